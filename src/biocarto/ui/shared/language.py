"""The language of a session: in the address (`lang=en`), kept from page to page, French by default."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import streamlit as st

from biocarto import scripts
from biocarto.i18n import DEFAULT, LANGUAGES, Locale
from biocarto.ui.shared import address

_STATE = "biocarto_language"
_WIDGET = "biocarto_language_switch"
_PAGE = "biocarto_language_page"
_ENDONYMS = {"fr": "Français", "en": "English"}

_document = st.components.v2.component("biocarto_document", js=scripts.read_script(Path(__file__).with_name("document.js")))

_FIXED: ContextVar[str] = ContextVar("biocarto_lent_language", default="")


@contextmanager
def use_language(lang: str) -> Iterator[None]:
    """A language for what is made outside a run, where no session has one."""
    before = _FIXED.set(lang)
    try:
        yield
    finally:
        _FIXED.reset(before)


def get_language() -> str:
    """The language of this run: `fr` or `en`."""
    return _FIXED.get() or str(st.session_state.get(_STATE, DEFAULT))


def get_locale() -> Locale:
    """The translator of this run."""
    return Locale(get_language())


def build_language_params() -> dict[str, str]:
    """What the query string of another page needs for the language of this run."""
    return {} if get_language() == DEFAULT else {"lang": get_language()}


def build_link_params(name: str, value: str) -> dict[str, str]:
    """The query string of another page that opens one thing in the language of this run."""
    return {name: value} | build_language_params()


def resolve_language() -> str:
    """Read the language from the address; a change of page clears the address, so a page just entered keeps the session's."""
    page = address.read_page().path
    entered = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    st.session_state[_STATE] = address.read_value("lang", LANGUAGES, get_language() if entered else DEFAULT)
    return get_language()


def _choose_language() -> None:
    if address.has_widget(_WIDGET):
        st.session_state[_STATE] = st.session_state[_WIDGET]
        address.write("lang", st.session_state[_WIDGET], DEFAULT)


def show_switch() -> None:
    """The two languages, one tap apart, at the right end of the navigation."""
    st.session_state[_WIDGET] = get_language()
    with st.container(key="language"):
        st.segmented_control(
            get_locale()("Langue"),
            LANGUAGES,
            key=_WIDGET,
            format_func=lambda code: _ENDONYMS[code],
            required=True,
            on_change=_choose_language,
            label_visibility="collapsed",
        )


def tell_browser(title: str) -> None:
    """Set `<html lang>`, which Streamlit fixes to English (its issue 15726), and the title, for screen readers.

    A language kept from another page is put into the address without a step in the browser's history: `st.query_params`
    would add one, and the back button would lead nowhere.
    """
    t = get_locale()
    _document(
        data={"lang": t.language, "title": title, "frame": t("Contenu de la page"), "inAddress": t.language != DEFAULT}, key="document"
    )
