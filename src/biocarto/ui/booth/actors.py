"""Actors on the stand: the map, and beside it a list to touch or the sheet of one, which can be kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.analysis.places import find_extent, group_by_place
from biocarto.booth.shortlist import MOST, Shortlist
from biocarto.maps.actors import build_actor_layer
from biocarto.maps.base import ILE_DE_FRANCE, Bounds
from biocarto.maps.focus import build_focus_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.names import fold
from biocarto.query.filters import KM, Filters
from biocarto.query.proximity import Origin, parse_point
from biocarto.query.select import QueryResult
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.booth import frame, propose, state
from biocarto.ui.shared import actor_sheet, address, beyond, cache, elsewhere_map, map_view, questions
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

PER_PAGE = 12
HEIGHT = 720
"""Pixels before the style sheet gives the map the height of the screen."""


class DistancesFrom(NamedTuple):
    """Where a visitor is, and actor id -> kilometres from there, nan where nobody knows."""

    origin: Origin
    km: pd.Series


def find_distances(found: QueryResult) -> DistancesFrom | None:
    """Where the question of an answer starts; None where it names no place."""
    if found.origin is None:
        return None
    unknown = pd.Series(np.nan, index=found.actors.index)
    return DistancesFrom(found.origin, unknown if found.distance_km is None else found.distance_km)


def list_active_actors(catalogue: Catalogue) -> pd.DataFrame:
    """The actors that are shown without asking: those that are present, by name."""
    return cache.make_once("booth actors", lambda: sort_by_name(questions.answer(Filters(), catalogue).actors))


def sort_by_name(rows: pd.DataFrame) -> pd.DataFrame:
    """In alphabetical order, accents apart."""
    return rows.sort_values("name", key=lambda names: names.map(fold))


def show(
    rows: pd.DataFrame,
    catalogue: Catalogue,
    kept: Shortlist,
    told: Callable[[], None],
    *,
    far: DistancesFrom | None = None,
    listed: bool = True,
    bounds: Bounds | None = None,
    km: float = KM,
    after: Callable[[], None] | None = None,
    elsewhere: Callable[[], bool] | None = None,
    asks: bool = False,
) -> None:
    """The map of `rows`, and beside it what is told and their list, or the sheet of the address.

    The map goes to `bounds`, or to the circle of `km` kilometres around the origin of `far`, or to all that is listed. `after` follows
    the list, and stands alone where it is empty; `elsewhere` then draws what answers outside the region, and says whether it did. With
    `asks`, a tap on the map is where the visitor is.
    """
    asked = address.read_value("actor", {*catalogue.actors.index, *catalogue.redirects})
    actor = catalogue.redirects.get(asked, asked)
    place = address.read_value("place", set(catalogue.actors["place_id"]))
    drawing, side = frame.build_columns()
    with drawing:
        selected = str(catalogue.actors.at[actor, "place_id"]) if actor else place
        near = far.origin if far and not far.origin.is_area and elsewhere_map.touches_region(far.origin, km) else None
        look = bounds or (find_extent(rows, catalogue.territory) if listed and not near else None)
        if actor or not (rows.empty and elsewhere and elsewhere()):
            name = name_circle(near, km, catalogue) if near else ""
            asked_here = asks and not actor
            focus = build_focus_layer(get_locale(), bounds=look, near=near, km=km, name=name, asks=asked_here, theme=map_view.read_theme())
            _map(rows, selected, focus)
    with side:
        if actor:
            show_sheet(get_row(catalogue.actors, actor), kept)
        elif place in set(rows["place_id"]):
            _here(rows[rows["place_id"].eq(place)], far)
        else:
            told()
            if listed and not (rows.empty and after):
                show_actors(rows, far)
            if after:
                after()


def _map(rows: pd.DataFrame, selected: str, focus: ScriptLayer) -> None:
    layer = build_actor_layer(group_by_place(rows), get_locale(), selected=selected, theme=map_view.read_theme())
    map_view.show(ILE_DE_FRANCE, [layer, focus], _pick_actor, height=HEIGHT)


def _pick_actor(kind: str, identity: str) -> None:
    if kind == "actor":
        address.write("actor", identity)
    elif kind == "place":
        address.replace_params(["actor", "page"], {"place": identity})
    elif kind == "here" and parse_point(identity):
        state.choose_place(identity)


def name_origin(origin: Origin, catalogue: Catalogue) -> str:
    """What people call the place: of a point that was touched, its commune."""
    code = "" if origin.commune else catalogue.territory.locate(origin.latitude, origin.longitude)
    return str(catalogue.territory.points["name"].get(code, origin.label)) if code else origin.label


def name_circle(origin: Origin, km: float, catalogue: Catalogue) -> str:
    """What a circle on the map holds, in words."""
    return get_locale()("{place} · {km} km").format(km=f"{km:g}", place=name_origin(origin, catalogue))


def _here(rows: pd.DataFrame, far: DistancesFrom | None) -> None:
    frame.show_heading(whereabouts.name_place(list_rows(rows.head(1))[0], get_locale()), write_actor_count(len(rows)))
    show_actors(rows, far)


def write_actor_count(n: int) -> str:
    """How many actors, in words."""
    return labels.label_count(n, "site", "sites", get_language())


def show_actors(rows: pd.DataFrame, far: DistancesFrom | None = None) -> None:
    """One page of the list: a tile per actor, and how to see more."""
    if rows.empty:
        frame.show_heading(get_locale()("Aucun acteur ici"), get_locale()("Revenez d'un pas : rien n'est perdu."))
        return
    pages = math.ceil(len(rows) / PER_PAGE)
    page = min(int(address.read_value("page", {str(n) for n in range(1, 100)}, "1")), pages)
    shown = rows.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    items = [(row["id"], row["name"], _line(row, far)) for row in list_rows(shown)]
    marks = {row["id"]: beyond.mark_row(row["id"], row["kind"], _find_told_km(row, far)) for row in list_rows(shown)}
    frame.show_tiles("actors", items, actor_sheet.open_actor, marks=marks)
    if pages > 1:
        _pager(page, pages)


def _find_told_km(actor: Row, far: DistancesFrom | None) -> float | None:
    """The kilometres that its line tells, None where it tells none."""
    told = whereabouts.describe_distance(far.km[actor["id"]], actor, far.origin, get_locale()) if far else ""
    return beyond.find_told_km(told, far.km[actor["id"]]) if far else None


def _line(actor: Row, far: DistancesFrom | None) -> str:
    t = get_locale()
    km = whereabouts.describe_distance(far.km[actor["id"]], actor, far.origin, t) if far else ""
    place = whereabouts.name_place(actor, t)
    where = [km] if km == whereabouts.locate_in(place, t.language) else [km, place]
    return " · ".join(filter(None, (*where, t.read_cell(actor, "activity"))))


def _pager(page: int, pages: int) -> None:
    t = get_locale()
    with st.container(horizontal=True, vertical_alignment="center", key="booth-pager"):
        st.button(t("Avant"), key="booth-before", disabled=page == 1, on_click=address.write, args=("page", str(page - 1), "1"))
        show_html(Markup("<p>{} / {}</p>").format(page, pages))
        st.button(t("Suite"), key="booth-after", disabled=page == pages, on_click=address.write, args=("page", str(page + 1), "1"))


def show_sheet(actor: Row, kept: Shortlist) -> None:
    """What is known of one actor, and whether the visitor keeps it."""
    t, key = get_locale(), str(actor["id"])
    with st.container(key="booth-keep"):
        if key in kept.ids:
            st.button(t("Retirer de ma liste"), key="drop", icon=":material/bookmark_remove:", on_click=state.drop, args=(key,))
        elif len(kept.ids) < MOST:
            st.button(t("Garder"), key="keep", icon=":material/bookmark_add:", type="primary", on_click=state.keep, args=(key,))
        else:
            show_html(
                Markup("<p>{}</p>").format(t("Votre liste est pleine : {n} acteurs. Retirez-en un pour garder celui-ci.").format(n=MOST))
            )
    actor_sheet.show_facts(actor)
    propose.show_report_button("actors", key)
