"""The directory's map: the symbols of the answer, space as a filter, and the view in the address.

A map that was moved reruns the map alone; what is chosen on it reruns the page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from biocarto.analysis.nationwide import Answer
from biocarto.analysis.places import Bounds, find_extent
from biocarto.maps import viewpoint
from biocarto.maps.base import ILE_DE_FRANCE
from biocarto.maps.tools import build_tools_layer
from biocarto.maps.viewpoint import Viewpoint
from biocarto.query import filters, proximity
from biocarto.query.filters import DroppedValue, Filters
from biocarto.query.select import QueryResult
from biocarto.ui.shared import actor_sheet, address, cache, elsewhere_map, map_view, questions
from biocarto.ui.shared.language import get_locale

HEIGHT = 680
SPACE = ("area", "near")
_TOLD, _TURN, _CHOSEN, _REFUSED = "directory_view", "directory_turn", "directory_chosen", "directory_refused"
_QUESTION, _PAST = "directory_question", "directory_past_view"


class MapViewState(NamedTuple):
    """The view of the address, and a number that grows when something else than the map changed it, such as the back button."""

    view: Viewpoint | None
    turn: int


def _move_view(identity: str) -> None:
    """The view that the map itself tells; an empty one after "reset view"."""
    seen = viewpoint.read(identity, ILE_DE_FRANCE)
    if seen or not identity:
        st.session_state[_TOLD] = viewpoint.format_viewpoint(seen) if seen else ""
        address.write("view", st.session_state[_TOLD])


def _narrow(name: str, value: str) -> None:
    """Space as a filter, where `filters.read` understands it; the list starts anew."""
    meant, _ = filters.read({name: [value]}, {})
    understood = str(getattr(meant, name))
    if understood:
        address.clear(["actor", "place", "page"])
        address.write(name, understood)
    else:
        st.session_state[_REFUSED] = True


def _pick_symbol(kind: str, identity: str) -> None:
    """A tap on an actor opens its sheet; on a place, it narrows the list to its campus or commune; the tools narrow the question."""
    if kind == "view":
        return _move_view(identity)
    st.session_state[_CHOSEN] = True
    if kind == "actor":
        address.write("actor", identity)
    elif kind == "place":
        address.clear(["actor"])
        address.write("place", identity)
    elif kind in SPACE:
        _narrow(kind, identity)
    return None


def _question(chosen: Filters) -> str:
    """What the map follows: everything asked but what is drawn on the map itself; "" where nothing is."""
    return urlencode(replace(chosen, area="").to_params(), doseq=True)


def _is_past(now: str, question: str) -> bool:
    """Whether a view belongs to the question before, which this session has just left: a map that is made anew must not go there."""
    before = st.session_state.get(_QUESTION, question)
    st.session_state[_QUESTION] = question
    if before != question and now == st.session_state.get(_TOLD, ""):
        st.session_state[_PAST] = now
    return bool(now) and now == st.session_state.get(_PAST, "")


def _read_view(question: str) -> MapViewState:
    """The view of the address, and whether the map has to go there."""
    given = (address.read_values("view") or [""])[-1]
    seen = viewpoint.read(given, ILE_DE_FRANCE)
    if given and not seen:
        address.note_unknown([DroppedValue("view", given)])
    now = viewpoint.format_viewpoint(seen) if seen else ""
    past = _is_past(now, question)
    if not past:
        st.session_state.pop(_PAST, None)
    if now != st.session_state.get(_TOLD, ""):
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_TOLD] = now
    return MapViewState(None if past else seen, st.session_state.get(_TURN, 0))


def _find_target(rows: pd.DataFrame, found: QueryResult, km: float) -> Bounds | None:
    """What the map goes to when the question changes: the circle, where it touches the region, else all that is found."""
    if found.origin is not None and not found.origin.is_area and elsewhere_map.touches_region(found.origin, km):
        return proximity.frame_circle(found.origin, km)
    return find_extent(rows, cache.load_catalogue().territory)


def show(rows: pd.DataFrame, found: QueryResult, chosen: Filters, selected: str) -> None:
    """The map of an answer; `selected` is the place to mark."""
    st.session_state.pop(_CHOSEN, None)
    if st.session_state.pop(_REFUSED, False):
        st.toast(get_locale()("Cette zone ne peut pas servir de filtre : dessinez-la avec une surface, en France. Rien n'a changé."))
    _map(rows, found, chosen, selected, _read_view(_question(chosen)))


def show_elsewhere(chosen: Filters, answer: Answer) -> bool:
    """What answers outside the region, on a map of France, where it has a point; a tap on a commune asks for what is near it."""
    return elsewhere_map.draw(chosen, answer, lambda _, commune: questions.ask(replace(chosen, near=commune)), HEIGHT)


@st.fragment
def _map(rows: pd.DataFrame, found: QueryResult, chosen: Filters, selected: str, asked: MapViewState) -> None:
    """What is asked is that of the page's last run: a map that was moved since is drawn again as it is."""
    if st.session_state.pop(_CHOSEN, False):
        st.rerun()
    t, theme = get_locale(), map_view.read_theme()
    origin = None if found.origin is None or found.origin.is_area else found.origin
    question = _question(chosen)
    tools = build_tools_layer(
        t,
        area=chosen.area,
        near=origin,
        km=chosen.km,
        view=asked.view,
        turn=asked.turn,
        question=question,
        found=_find_target(rows, found, chosen.km) if question else None,
        theme=theme,
    )
    layers = [actor_sheet.build_layer(rows, selected, keep=not chosen.is_typed()), tools]
    map_view.show(ILE_DE_FRANCE, layers, _pick_symbol, height=HEIGHT)
