"""Île-de-France on a map: territories coloured by a measure, actors over them, and beside it what was tapped."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto.analysis.coverage import territories
from biocarto.analysis.coverage.coverage import MEANINGS, Indicator
from biocarto.analysis.coverage.territories import LEVEL_COLUMNS, Measure, Scheme
from biocarto.analysis.networks import networks
from biocarto.analysis.places import find_extent
from biocarto.maps.base import ILE_DE_FRANCE, Bounds
from biocarto.maps.focus import build_focus_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.model import LEVEL_LABELS, N_, Kind, Level
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import get_row
from biocarto.ui.shared import (
    accessibility,
    actor_sheet,
    address,
    cache,
    choropleths,
    encodings,
    filter_bar,
    map_view,
    pages,
    room,
    selectable,
)
from biocarto.ui.shared.choropleths import MapMeasure
from biocarto.ui.shared.data_table import write_cells
from biocarto.ui.shared.encodings import Encoding
from biocarto.ui.shared.language import build_link_params, get_locale
from biocarto.ui.shared.markup import show_html

SELECTIONS = ("actor", "place", "territory")

MEASURE_SHORT = {Measure.COUNT: N_("Nombre"), Measure.RATE: N_("Pour 100 000 hab.")}


ENCODINGS = {Measure.COUNT: Encoding.SYMBOLS, Measure.RATE: Encoding.BOTH}
"""What the map draws unless the reader chooses: a count is in the symbols; a rate is of territories, and symbols say of how many sites."""


def _read_measure() -> Measure:
    return Measure(address.read_value("measure", list(Measure), Measure.COUNT))


def _read_encoding(measure: Measure) -> Encoding:
    return encodings.read_encoding(Indicator(measure.value), ENCODINGS[measure])


def _choropleth(table: pd.DataFrame, level: Level, measure: Measure, selected: str, breaks: Scheme, *, plain: bool) -> ScriptLayer:
    meaning = MEANINGS[Indicator(measure.value)]
    reading = MapMeasure(get_locale()(meaning.label), meaning)
    values = table[measure.value].astype("Float64").astype(float)
    few = table["small"] & (measure is Measure.RATE)
    return choropleths.build_layer(level, values, few, reading, breaks=breaks, selected=selected, plain=plain)


def _areas(found: pd.DataFrame, table: pd.DataFrame, level: Level, measure: Measure, selected: str) -> ScriptLayer:
    """The territories, coloured unless symbols alone are drawn."""
    scheme, plain = choropleths.read_scheme(), _read_encoding(measure) is Encoding.SYMBOLS
    return cache.make_for_rows(
        "territories drawn",
        found,
        lambda: _choropleth(table, level, measure, selected, scheme, plain=plain),
        *(level, measure, selected, scheme, plain, map_view.read_theme(), get_locale().language),
    )


def _pick_symbol(kind: str, identity: str) -> None:
    """What was tapped replaces what was chosen before."""
    if kind in SELECTIONS:
        address.clear(SELECTIONS)
        address.write(kind, identity)


@dataclass(frozen=True)
class RegionState:
    """What of the address stands beside the map: ids that exist, or empty texts."""

    actor: str
    place: str
    territory: str

    def is_open(self) -> bool:
        """Whether something stands beside the map."""
        return bool(self.actor or self.place or self.territory)

    def find_mark(self, catalogue: Catalogue) -> str:
        """The symbol to mark: the actor's own where it stands alone, else its place; both carry the place's id."""
        return str(catalogue.actors.at[self.actor, "place_id"]) if self.actor else self.place


def _read_state(catalogue: Catalogue, table: pd.DataFrame) -> RegionState:
    actor = address.read_value("actor", cache.list_actor_ids())
    place = address.read_value("place", cache.list_place_ids())
    return RegionState(catalogue.redirects.get(actor, actor), place, address.read_value("territory", table.index))


def _beside(found: pd.DataFrame, catalogue: Catalogue, table: pd.DataFrame, level: Level, chosen: RegionState) -> None:
    """The actor's sheet, else the list of the place, else that of the territory."""
    if chosen.actor:
        actor_sheet.show_sheet(get_row(catalogue.actors, chosen.actor), shown=chosen.actor in found.index)
    elif chosen.place:
        actor_sheet.show_place(found, chosen.place)
    else:
        row = get_row(table, chosen.territory)
        note: str = (
            "" if pd.isna(row["rate"]) else f" · {get_locale().number(float(row['rate']), 2)} {get_locale()('pour 100 000 habitants')}"
        )
        actor_sheet.show_listing(str(row["name"]), note, found[found[LEVEL_COLUMNS[level]].eq(chosen.territory)], "territory")


def show_choices() -> None:
    """What the map draws, the level of territory and the measure."""
    t, measure = get_locale(), _read_measure()
    encodings.show_choice(Indicator(measure.value), ENCODINGS[measure])
    filter_bar.choose_one(
        "level", {level.value: t(LEVEL_LABELS[level]) for level in LEVEL_COLUMNS}, Level.DEPARTMENT.value, t("Maille"), ("territory",)
    )
    filter_bar.choose_one(
        "measure", {measure.value: t(label) for measure, label in MEASURE_SHORT.items()}, Measure.COUNT.value, t("Mesure")
    )
    if _read_encoding(measure) is not Encoding.SYMBOLS:
        choropleths.show_scheme_box()


def _show_unplaced(found: pd.DataFrame, catalogue: Catalogue) -> None:
    """Integrators that a source names without a place, where the map shows integrators: named, not placed."""
    names = networks.list_unplaced_integrators(catalogue.networks)
    if names.empty or not found["kind"].eq(Kind.INTEGRATOR).any():
        return
    t = get_locale()
    links = Markup(", ").join(
        html.render_inner_link(pages.NETWORKS.address, build_link_params("network", str(key)), str(name)) for key, name in names.items()
    )
    show_html(Markup("<p class='bc-kicker'>{} {}</p>").format(t("Intégrateur cité sans lieu, absent de la carte :"), links))


def _look(found: pd.DataFrame, catalogue: Catalogue, level: Level, code: str, narrowed: bool) -> Bounds | None:
    """The territory of the address, else what the filters have found, else the whole region."""
    if code:
        return territories.find_bounds(catalogue.territory, level, code)
    return find_extent(found, catalogue.territory) if narrowed else None


@st.fragment
def show(found: pd.DataFrame, catalogue: Catalogue, *, narrowed: bool) -> None:
    """The map and what stands beside it; a tap reruns only this part of the page.

    `narrowed` says whether filters have chosen `found`: the map then goes to it, or to the territory of the address.
    """
    t = get_locale()
    level = Level(address.read_value("level", [level.value for level in LEVEL_COLUMNS], Level.DEPARTMENT))
    measure = _read_measure()
    drawn = _read_encoding(measure)
    table = cache.make_for_rows("per territory", found, lambda: territories.count_per_territory(found, catalogue.territory, level), level)
    chosen = _read_state(catalogue, table)
    look = build_focus_layer(t, bounds=_look(found, catalogue, level, chosen.territory, narrowed), theme=map_view.read_theme())
    layers = [_areas(found, table, level, measure, chosen.territory), look]
    if drawn is not Encoding.AREAS:
        layers.insert(1, actor_sheet.build_layer(found, chosen.find_mark(catalogue)))
    drawing, beside = room.open_room()
    with drawing:
        map_view.show(ILE_DE_FRANCE, layers, _pick_symbol, height=620)
        accessibility.show_files_skip()
    if chosen.is_open():
        with room.open_beside(beside):
            _beside(found, catalogue, table, level, chosen)
    _show_unplaced(found, catalogue)
    with st.expander(t("Le même découpage en tableau : {level}").format(level=t(LEVEL_LABELS[level])), icon=":material/table:"):
        frame = cache.make_for_rows(
            "territory table", found, lambda: write_cells(_territory_table(table, level), t.language), level, t.language
        )
        selectable.show(f"territories-{level}", frame, "territory", ("actor", "place"), alt=t("Sites d'acteurs par territoire"))


def _territory_table(table: pd.DataFrame, level: Level) -> pd.DataFrame:
    t = get_locale()
    rows = table.sort_values(["count", "name"], ascending=[False, True])
    readable = {t(LEVEL_LABELS[level]): rows["name"], t("Code"): rows.index, t("Population"): rows["population"]}
    measures = {t(MEANINGS[Indicator.COUNT].label): rows["count"], t(MEANINGS[Indicator.RATE].label): rows["rate"].astype(float).round(2)}
    fragile = {t("Taux fragile"): rows["small"]}
    return pd.DataFrame(readable | measures | fragile, index=rows.index)
