"""What the stand stands in: no chrome, big targets, the bar on top, and the watch that forgets a visitor who has gone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from biocarto import scripts
from biocarto.booth.shortlist import Shortlist
from biocarto.i18n import LANGUAGES
from biocarto.ui.booth import state
from biocarto.ui.shared import accessibility, address, cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html, show_style
from biocarto.ui.shared.messages import escape_markdown

_HERE = Path(__file__).parent
_STYLE = scripts.read_style(_HERE / "booth.css")
COUNTDOWN = 10
"""Seconds during which the end of a visit is announced; half of the time where the operator gives less than twenty."""

_watch = st.components.v2.component(
    "biocarto_booth_watch",
    html="<div class='idle'></div>",
    js=scripts.read_script(_HERE / "idle_guard.js"),
    css=":host{all:initial}",
)

_more = st.components.v2.component(
    "biocarto_booth_more",
    html="<button type='button' class='more' hidden>↓</button>",
    js=scripts.read_script(_HERE / "more.js"),
    css=scripts.read_style(_HERE / "more.css"),
)


def _again() -> None:
    """The run itself is what the browser asks for."""


def apply_chrome(door: str) -> None:
    """The style sheet that hides Streamlit, and the watch; `door` is empty in the attract loop, where nobody is to be forgotten."""
    t, limit = get_locale(), cache.settings().booth_idle
    words = {
        "gone": t("Encore là ?"),
        "left": t("Tout s'efface dans {n} s"),
        "stay": t("Je continue"),
        "away": t("Un instant, le stand revient…"),
    }
    with st.container(key="booth-watch"):
        show_style(_STYLE)
        _watch(
            data={"limit": limit, "warn": min(COUNTDOWN, limit / 2), "running": bool(door), "words": words},
            key="booth_watch",
            on_gone_change=state.reset,
            on_back_change=_again,
        )
        if door:
            _more(data={"label": t("Voir la suite")}, key="booth_more")


def show_bar(door: str, kept: Shortlist) -> None:
    """The way back, where we are, both languages, the visitor's list."""
    t = get_locale()
    with st.container(horizontal=True, vertical_alignment="center", key="booth-bar"):
        if door != "home":
            st.button(t("Retour"), key="booth-back", icon=":material/arrow_back:", on_click=state.go_back)
            st.button(t("Accueil"), key="booth-home", icon=":material/home:", on_click=state.navigate, args=("home",))
        st.title(t(state.SCREENS[door]), anchor=False)
        _show_host()
        for lang in LANGUAGES:
            chosen = lang == get_language()
            kind = "primary" if chosen else "secondary"
            st.button(lang.upper(), key=f"booth-{lang}", type=kind, on_click=state.set_language, args=(lang,))  # type: ignore[arg-type]
        label = f"{t('Ma liste')} · {len(kept.ids)}"
        st.button(label, key="booth-list", icon=":material/bookmark:", on_click=state.open_list)
        accessibility.announce("room", t(state.SCREENS[door]))
        accessibility.announce("kept", label)


def _show_host() -> None:
    """Who holds the stand, and at which event: what the operator has given of it."""
    settings = cache.settings()
    event = Markup("<p>{}</p>").format(settings.booth_event) if settings.booth_event else Markup()
    logo = Markup("<img src='{}' alt=''>").format(settings.booth_logo) if settings.booth_logo else Markup()
    if event or logo:
        show_html(Markup("<div class='bc-host'>{}{}</div>").format(event, logo))


def build_columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The map and what stands beside it; below it on an upright screen."""
    with st.container(key="booth-room"):
        return st.container(key="booth-map"), st.container(key="booth-side")


def show_tiles(
    name: str,
    items: Iterable[tuple[str, str, str]],
    tapped: Callable[[str], None],
    chosen: Collection[str] = (),
    *,
    look: str = "",
    marks: Mapping[str, Markup] | None = None,
) -> None:
    """A grid of big buttons: (value, title, what stands below it); those `chosen` stand out. The style sheet knows `look`, or `name`.

    `marks` are attributes by which a program reads a tile, on an element without a size before it.
    """
    with st.container(key=f"booth-tiles-{look or name}", gap=None):
        for value, title, more in items:
            if marks:
                show_html(Markup("<span class='bc-row' {}></span>").format(marks[value]))
            kind = "primary" if value in chosen else "secondary"
            label = f"**{escape_markdown(title)}**" + (f" {escape_markdown(more)}" if more else "")
            st.button(label, key=f"tile-{name}-{value}", type=kind, on_click=tapped, args=(value,), width="stretch")  # type: ignore[arg-type]


def show_mode_switch(labels: Mapping[str, str]) -> str:
    """Several ways to the same answer, side by side, the first one without being asked for; which one the address has in `by`."""
    t, usual = get_locale(), next(iter(labels))
    chosen = address.read_value("by", labels, usual)

    def choose_way(way: str) -> None:
        state.select(by="" if way == usual else way, q="")

    show_tiles("by", [(way, t(label), "") for way, label in labels.items()], choose_way, [chosen])
    return chosen


def show_heading(title: str, words: str = "") -> None:
    """What a group of tiles asks, or what a list holds."""
    show_html(Markup("<div class='bc-lead'><h2>{}</h2>{}</div>").format(title, Markup("<p>{}</p>").format(words) if words else ""))
