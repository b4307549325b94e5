"""Behind the PIN: the needs that were heard, to work through and to take away, and the way out of the stand."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from biocarto.booth import needs, pin
from biocarto.booth.needs_desk import NeedsPage, NeedState
from biocarto.booth.needs_error import NeedsError
from biocarto.booth.needs_files import Wording, name_territories, write_csv, write_xlsx
from biocarto.booth.shortlist import Shortlist
from biocarto.clock import read_today
from biocarto.register.catalogue import Catalogue
from biocarto.ui.booth import acts, frame, heard, keyboard, state
from biocarto.ui.shared import cache, pages
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The pad, or what it opens; closed where the operator gave no PIN."""
    t = get_locale()
    guard = pin.get_guard(cache.settings().booth_pin, cache.settings().needs)
    if guard.closed:
        words = t("L'opérateur n'a pas donné de code : BIOCARTO_BOOTH_PIN est vide.")
        frame.show_heading(t("Cette partie est fermée"), words)
    elif state.is_staff():
        _inside(catalogue)
    else:
        _ask_pin(guard)


def _ask_pin(guard: pin.PinGuard) -> None:
    t = get_locale()
    frame.show_heading(t("Code de l'équipe"))
    given = keyboard.show_digits(t("Code"))
    if given and guard.check(given).right:
        state.let_staff_in()
        st.rerun()
    _show_wait(guard, bool(given))


@st.fragment(run_every=1.0)
def _show_wait(guard: pin.PinGuard, wrong: bool) -> None:
    """How long the next answer has to wait, second by second; else that the last one was wrong."""
    t, wait = get_locale(), math.ceil(guard.find_wait())
    if wait:
        st.warning(t("Trop d'essais : le prochain est possible dans {n} s.").format(n=wait), icon=":material/hourglass_top:")
    elif wrong:
        st.warning(t("Ce n'est pas le bon code."), icon=":material/lock:")


def _leave(page: str) -> None:
    st.session_state["booth_leaving"] = page


def _inside(catalogue: Catalogue) -> None:
    if page_path := st.session_state.pop("booth_leaving", ""):
        state.reset()
        st.switch_page(page_path)
    wording = Wording(name_territories(catalogue, get_locale()), get_locale(), cache.settings().zone)
    try:
        page = heard.read()
    except NeedsError as error:
        st.error(escape_markdown(error.message(get_language())))
        _way_out()
        return
    with st.container(key="booth-room-staff"):
        with st.container(key="booth-staff-side"):
            _summary(page, wording)
        with st.container(key="booth-needs"):
            heard.show(page, wording)


def _summary(page: NeedsPage, wording: Wording) -> None:
    t = get_locale()
    event = cache.settings().booth_event or t("Événement sans nom : BIOCARTO_BOOTH_EVENT est vide.")
    frame.show_heading(t("Besoins entendus"), event)
    heard.show_tabs(page)
    _files(page, wording)
    _way_out()


def _way_out() -> None:
    t, leave = get_locale(), partial(st.button, width="stretch", on_click=_leave)
    with st.container(key="booth-ways-out"):
        with st.container(horizontal=True, key="booth-duties"):
            for entry, key in ((pages.LEGAL, "booth-legal"), (pages.ACCESSIBILITY, "booth-accessibility")):
                leave(t(entry.title), key=key, args=(entry.path,))
        leave(t("Quitter le mode stand"), key="booth-leave", icon=":material/logout:", args=(pages.OVERVIEW.path,))


def _files(page: NeedsPage, wording: Wording) -> None:
    """Made when their button is touched, and not before: nothing lies ready for whoever would guess its address."""
    t, today, path = get_locale(), read_today(wording.zone), cache.settings().needs
    count = page.counts[NeedState.OPEN] + page.counts[NeedState.HANDLED]
    words = t("Emporter {needs}, sans ceux qui sont supprimés").format(needs=acts.write_need_count(count))
    with st.container(horizontal=True, key="booth-files"):
        show_html(Markup("<p class='bc-note'>{}</p>").format(words))
        csv, xlsx = partial(_csv, path, wording), partial(_xlsx, path, wording)
        st.download_button("CSV", csv, f"biocarto-besoins-{today}.csv", "text/csv", on_click="ignore", icon=":material/download:")
        st.download_button("Excel", xlsx, f"biocarto-besoins-{today}.xlsx", _SHEET, on_click="ignore", icon=":material/table_view:")


def _csv(path: Path, wording: Wording) -> bytes:
    return write_csv(needs.list_kept(path), wording)


def _xlsx(path: Path, wording: Wording) -> bytes:
    return write_xlsx(needs.list_kept(path), wording, read_today(wording.zone))
