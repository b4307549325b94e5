"""A need heard at the stand: usual sentences to touch, words of one's own where there are keys, no question about who asks."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from biocarto.booth import needs
from biocarto.booth.limits import LIMITS
from biocarto.booth.needs_error import NeedsError
from biocarto.booth.needs_store import LONGEST
from biocarto.booth.shortlist import Shortlist
from biocarto.errors import AppError
from biocarto.model import CATEGORY_LABELS, ILE_DE_FRANCE, N_, Category, Level
from biocarto.register.catalogue import Catalogue
from biocarto.ui.booth import frame, keyboard, nearby, state
from biocarto.ui.shared import address, cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

SENTENCES = {
    "cdmo": N_("Trouver un fabricant pour un lot clinique"),
    "space": N_("Trouver un laboratoire ou des locaux"),
    "people": N_("Recruter ou former"),
    "funding": N_("Financer un projet"),
    "partner": N_("Rencontrer un partenaire de recherche"),
    "rules": N_("Être accompagné pour le réglementaire"),
    "quality": N_("Contrôle qualité et analyses"),
    "supply": N_("Matières premières et équipements"),
}
"""What is usually asked for: name in the address -> the sentence that is stored."""

WAYS = {"choose": N_("Choisir une phrase"), "write": N_("Écrire avec mes mots")}
_TURN = "booth_need_turn"
_LOG = logging.getLogger(__name__)
_WORDS = "words"
_NAMES = ("say", _WORDS, "category", "territory", "by")


class SubmissionResult(NamedTuple):
    """What became of a need, a number or an error, and the form as it then stood."""

    what: int | AppError
    form: tuple[str, ...]


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The form, and beside what sends it what became of the last need."""
    t = get_locale()
    _remember(address.read_value("by", WAYS))
    with st.container(key="booth-room-need"):
        with st.container(key="booth-need-what"):
            _what()
        with st.container(key="booth-need-who"):
            _who(catalogue)
    with st.container(horizontal=True, vertical_alignment="center", key="booth-need-foot"):
        st.button(t("Transmettre ce besoin"), key="booth-send", type="primary", icon=":material/send:", on_click=_send)
        _answer()


def _answer() -> None:
    """Until the form is changed: a touch on something else takes no acknowledgement away."""
    t, told = get_locale(), st.session_state.get(state.SUBMISSION)
    if told and told.form == _form():
        if isinstance(told.what, AppError):
            st.error(escape_markdown(told.what.message(get_language())))
        else:
            st.success(t("Merci : votre besoin est noté sous le numéro {n}.").format(n=told.what))
    else:
        show_html(Markup("<p class='bc-note'>{}</p>").format(t("Aucune donnée personnelle : ni nom, ni photo, ni adresse de cet écran.")))


def _form() -> tuple[str, ...]:
    """All that a need is made of, as it stands."""
    return (st.session_state[_field()], *_read_words(), *address.read_values("category"), *address.read_values("territory"))


def _field() -> str:
    """The key of the field: another one for each need, so that what a browser still tells of the last one is not taken for the next."""
    return f"booth_need_text_{st.session_state.get(_TURN, 0)}"


def _remember(way: str) -> None:
    """One's own words last while their field is not on screen, and stand in the address: a page loaded anew has them.

    While the field is there, it is left alone: a value that is set anew would take the place of what was typed meanwhile.
    """
    field = _field()
    if field not in st.session_state:
        st.session_state[field] = (address.read_values(_WORDS) or [""])[-1][:LONGEST]
    elif way != "write":
        st.session_state[field] = st.session_state[field]
    address.write(_WORDS, st.session_state[field])


def _what() -> None:
    """Usual sentences, or keys; what was said the other way stays in sight."""
    t, said = get_locale(), _read_words()
    frame.show_heading(t("De quoi avez-vous besoin ?"), t("Les pôles et la Région lisent ces besoins. Ne donnez ni nom ni contact."))
    if frame.show_mode_switch(WAYS) == "choose":
        frame.show_tiles("say", [(key, t(words), "") for key, words in SENTENCES.items()], _toggle, said)
        _also([st.session_state[_field()]] if st.session_state[_field()] else [])
        return
    _also([t(SENTENCES[key]) for key in said])
    with st.container(key="booth-need-text"):
        st.text_area(t("Vos mots ({n} caractères au plus)").format(n=LONGEST), key=_field(), max_chars=LONGEST, height=100)
    keyboard.show_keys_into("booth-need-text", LONGEST)


def _also(words: list[str]) -> None:
    if words:
        show_html(Markup("<p class='bc-also'>{} {}</p>").format(get_locale()("Et aussi :"), " · ".join(words)))


def _who(catalogue: Catalogue) -> None:
    t, around = get_locale(), list_territories(catalogue)
    frame.show_heading(t("Pour qui, et où ?"), t("Si vous voulez le dire."))
    categories = [(c.value, t(CATEGORY_LABELS[c]), "") for c in Category]
    frame.show_tiles("category", categories, lambda value: _choose("category", value), [address.read_value("category", set(Category))])
    frame.show_tiles(
        "territory", [(k, v, "") for k, v in around.items()], lambda v: _choose("territory", v), [address.read_value("territory", around)]
    )


def list_territories(catalogue: Catalogue) -> dict[str, str]:
    """Value of the address, `level-code` -> name."""
    t = get_locale()
    around = {f"{Level.REGION}-{ILE_DE_FRANCE}": t("Île-de-France"), f"{Level.COUNTRY}-FR": t("France")}
    return {f"{Level.DEPARTMENT}-{code}": str(name) for code, name in nearby.list_departments(catalogue).items()} | around


def _read_words() -> list[str]:
    return [value for value in dict.fromkeys(address.read_values("say")) if value in SENTENCES]


def _toggle(key: str) -> None:
    """A second tap takes the sentence back."""
    address.write("say", [value for value in _read_words() if value != key] if key in _read_words() else [*_read_words(), key])


def _choose(name: str, value: str) -> None:
    """A second tap on the same tile takes the choice back."""
    address.write(name, None if address.read_values(name) == [value] else value)


def _send() -> None:
    """Store the need; what was written stays on screen until it is safe on the disk."""
    t, catalogue = get_locale(), cache.load_catalogue()
    words = "\n".join([*(t(SENTENCES[key]) for key in _read_words()), st.session_state[_field()]])
    level, _, code = address.read_value("territory", list_territories(catalogue)).partition("-")
    settings = cache.settings()
    now, event = datetime.now().astimezone(settings.zone), settings.booth_event
    try:
        new = needs.build_need(words, address.read_value("category", set(Category)), level, code, now, event=event)
        with LIMITS.count_need(state.name_visit()):
            stored = needs.add(settings.needs, new)
    except NeedsError as error:
        _LOG.warning("%s", error)
        st.session_state[state.SUBMISSION] = SubmissionResult(error.aside, _form())
        return
    address.clear(_NAMES)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_field()] = ""
    st.session_state[state.SUBMISSION] = SubmissionResult(stored.seq, _form())
