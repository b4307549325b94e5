"""The needs that were heard, as staff works through them: a page at a time, each to be marked as handled or deleted, and both undone."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup, escape

from biocarto.booth import needs_desk
from biocarto.booth.needs import Need, find_local_time
from biocarto.booth.needs_desk import NeedsPage, NeedState
from biocarto.booth.needs_files import Wording, name_category
from biocarto.i18n import format_moment, format_number
from biocarto.model import N_
from biocarto.ui.booth import acts, frame
from biocarto.ui.booth import state as booth_state
from biocarto.ui.shared import address, cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

TABS = {NeedState.OPEN: N_("À traiter"), NeedState.HANDLED: N_("Traités"), NeedState.DELETED: N_("Supprimés")}
EMPTY = {
    NeedState.OPEN: N_("Aucun besoin à traiter"),
    NeedState.HANDLED: N_("Aucun besoin traité"),
    NeedState.DELETED: N_("Aucun besoin supprimé"),
}


def read_state() -> NeedState:
    """The tab of the address."""
    return NeedState(address.read_value("state", set(NeedState), NeedState.OPEN))


def read() -> NeedsPage:
    """The page of the address; raises NeedsError."""
    asked = (address.read_values("page") or ["1"])[-1]
    return needs_desk.read_page(cache.settings().needs, read_state(), int(asked) if asked.isdecimal() and len(asked) < 9 else 1)


def show_tabs(page: NeedsPage) -> None:
    """The three states, each with its count."""
    t = get_locale()

    def turn(state: str) -> None:
        booth_state.select(state="" if state == NeedState.OPEN else state)

    frame.show_tiles("state", [(state, t(name), t.number(page.counts[state])) for state, name in TABS.items()], turn, [read_state()])


def show(page: NeedsPage, wording: Wording) -> None:
    """What was done last, then the needs of this page and the way to the others."""
    state = read_state()
    acts.show_done()
    if state is NeedState.DELETED and page.counts[state]:
        acts.show_erasing(page.counts[state])
    if not page.needs:
        frame.show_heading(get_locale()(EMPTY[state]))
    with st.container(key="booth-heard", gap=None):
        for need in page.needs:
            _show_need(need, wording)
    if page.last > 1:
        _show_pager(page)


def _show_need(need: Need, wording: Wording) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"booth-heard-{need.seq}"):
        show_html(_draw(need, wording))
        acts.show_offered(need)


def _draw(need: Need, wording: Wording) -> Markup:
    """Its number, time and event, its words, and for whom and where."""
    lang, heard = get_language(), find_local_time(need, wording.zone)
    head = [format_moment(heard, lang) if heard else need.made, need.event]
    place = wording.names.get((need.level, need.territory), need.territory)
    t = wording.t
    about = [name_category(need, t), place]
    title = t("n° {n}").format(n=format_number(need.seq, lang))
    parts = [
        Markup("<p class='bc-kicker'><strong>{}</strong> · {}</p>").format(title, _join(head)),
        *(Markup("<p>{}</p>").format(line) for line in need.text.splitlines()),
        Markup("<p class='bc-about'>{}</p>").format(_join(about)) if any(about) else Markup(),
    ]
    return Markup("<div class='bc-heard'>{}</div>").format(Markup().join(parts))


def _join(words: list[str]) -> Markup:
    return Markup(" · ").join(escape(word) for word in words if word)


def _show_pager(page: NeedsPage) -> None:
    t = get_locale()
    ways = {
        "newest": (t("Les plus récents"), "first_page", 1),
        "before": (t("Avant"), "chevron_left", page.number - 1),
        "after": (t("Suite"), "chevron_right", page.number + 1),
        "oldest": (t("Les plus anciens"), "last_page", page.last),
    }
    with st.container(horizontal=True, vertical_alignment="center", key="booth-heard-pager"):
        for name, (label, icon, target) in ways.items():
            if name == "after":
                show_html(Markup("<p>{} / {}</p>").format(t.number(page.number), t.number(page.last)))
            out = not 1 <= target <= page.last or target == page.number
            st.button(
                label, key=f"booth-{name}", icon=f":material/{icon}:", disabled=out, on_click=address.write, args=("page", str(target), "1")
            )
