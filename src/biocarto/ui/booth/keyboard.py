"""Keys on the screen: letters for a search, digits for the PIN; typed in the browser, so that fast fingers lose nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from biocarto import scripts
from biocarto.model import N_
from biocarto.query.filters import LONGEST_TEXT
from biocarto.ui.shared import address
from biocarto.ui.shared.language import get_language, get_locale

_HERE = Path(__file__).parent
_keys = st.components.v2.component(
    "biocarto_booth_keys",
    html="<div class='keys'></div>",
    js=scripts.read_script(_HERE / "keyboard.js"),
    css=scripts.read_style(_HERE / "keyboard.css"),
)

_ROWS = {"fr": ("azertyuiop", "qsdfghjklm", "wxcvbn-'"), "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm-'")}
_DIGITS = ("123", "456", "789", "0")
_FIGURES, _MARKS = "1234567890", {"fr": "éèêàçùôî.,?", "en": ".,?!:()/%&+"}
_WEB_MARKS = "@._/:?=&+"
"""Of addresses of pages and of e-mail."""
_SPOKEN = {
    "-": N_("Tiret"),
    "'": N_("Apostrophe"),
    ".": N_("Point"),
    ",": N_("Virgule"),
    "?": N_("Point d'interrogation"),
    "!": N_("Point d'exclamation"),
    ":": N_("Deux-points"),
    "(": N_("Parenthèse ouvrante"),
    ")": N_("Parenthèse fermante"),
    "/": N_("Barre oblique"),
    "%": N_("Pour cent"),
    "&": N_("Et commercial"),
    "+": N_("Plus"),
    "@": N_("Arobase"),
    "_": N_("Tiret bas"),
    "=": N_("Égal"),
}
"""What a key of a mark is called, because a screen reader says nothing of the mark."""
_LETTERS, _PIN, _TEXT = "booth_letters", "booth_pin", "booth_text"


def _words(label: str) -> dict[str, object]:
    t = get_locale()
    marks = {mark: t(name) for mark, name in _SPOKEN.items()}
    acts = {"erase": t("Effacer une lettre"), "clear": t("Tout effacer"), "space": t("Espace"), "done": t("Valider")}
    return {"label": label, "keys": t("Clavier à l'écran"), "marks": marks, **acts}


def _take_key() -> None:
    if address.has_widget(_LETTERS):
        address.replace_params(["page", "actor", "place"], {"q": str(st.session_state[_LETTERS].get("typed") or "")[:LONGEST_TEXT]})


def show_letters(label: str) -> str:
    """Keys that write `q` into the address while they are typed; what stands there now."""
    value = (address.read_values("q") or [""])[-1][:LONGEST_TEXT]
    with st.container(key="booth-keys"):
        _keys(
            data={"rows": (_FIGURES, *_ROWS[get_language()]), "value": value, "words": _words(label)},
            key=_LETTERS,
            on_typed_change=_take_key,
        )
    return value


def show_keys_into(container: str, longest: int, *, is_web: bool = False) -> None:
    """Keys that type into the text area of a container (its key); Streamlit takes the text over when a visitor touches something else.

    is_web: an address of a page or of e-mail is typed.
    """
    lang = get_language()
    rows = (_FIGURES, *_ROWS[lang], _WEB_MARKS if is_web else _MARKS[lang])
    with st.container(key="booth-keys"):
        _keys(data={"rows": rows, "into": f".st-key-{container} textarea", "most": longest, "words": _words("")}, key=_TEXT)


def show_digits(label: str) -> str:
    """A pad that hides what is typed; the answer once, in the run that follows its last key."""
    with st.container(key="booth-keys"):
        told = _keys(data={"rows": _DIGITS, "secret": True, "words": _words(label)}, key=_PIN, on_given_change=lambda: None)
    return str(told.get("given") or "")
