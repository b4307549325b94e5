"""Île-de-France on a map: territories coloured by a measure, actors over them, and beside it what was tapped."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from biocarto.analysis import territories
from biocarto.analysis.places import places
from biocarto.analysis.territories import LEVEL_COLUMNS, SMALL, Measure
from biocarto.i18n import Translator, number
from biocarto.joins import Catalogue
from biocarto.maps.actors import actor_layer
from biocarto.maps.base import ILE_DE_FRANCE
from biocarto.maps.choropleth import choropleth_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.legend import Legend
from biocarto.model import LEVEL_LABELS, N_, Level
from biocarto.rows import one
from biocarto.ui import actor_sheet, address, filter_bar, map_view, selectable
from biocarto.ui.language import current, text

SELECTIONS = ("actor", "place", "territory")

MEASURE_LABELS = {Measure.COUNT: N_("Nombre de sites"), Measure.RATE: N_("Sites pour 100 000 habitants")}
MEASURE_SHORT = {Measure.COUNT: N_("Nombre"), Measure.RATE: N_("Pour 100 000 hab.")}


def _values(table: pd.DataFrame, measure: Measure, unit: str, lang: str) -> pd.Series:
    """What the tooltip says of each territory: its value and unit."""
    digits = 0 if measure is Measure.COUNT else 2
    texts = ["—" if pd.isna(value) else number(float(value), lang, digits) for value in table[measure.value]]
    return pd.Series([f"{shown} · {unit}" for shown in texts], index=table.index)


def _bounds(low: float, high: float, measure: Measure, lang: str) -> str:
    digits = 0 if measure is Measure.COUNT else 2
    first, last = number(low, lang, digits), number(high, lang, digits)
    return first if first == last else f"{first} – {last}"


def _legend(classes: territories.Classes, measure: Measure, small: bool, t: Translator, lang: str) -> Legend:
    texts = (t("aucun acteur connu"), *(_bounds(low, high, measure, lang) for low, high in classes.bounds))
    hatch = t("taux sur moins de {n} sites : fragile").format(n=SMALL) if small and measure is Measure.RATE else ""
    return Legend(t(MEASURE_LABELS[measure]), texts, no_data=t("pas de donnée") if (classes.of < 0).any() else "", hatch=hatch)


def _choropleth(table: pd.DataFrame, level: Level, measure: Measure, selected: str) -> ScriptLayer:
    t, lang = text(), current()
    classes = territories.classes(table[measure.value])
    values = _values(table, measure, t(MEASURE_LABELS[measure]).lower(), lang)
    hatched = list(table.index[table["small"]]) if measure is Measure.RATE else []
    legend = _legend(classes, measure, bool(table["small"].any()), t, lang)
    return choropleth_layer(
        level, classes.of, legend, t, values=values, hatched=hatched, selected=selected, theme=map_view.theme(), lang=lang
    )


def _picked(kind: str, identity: str) -> None:
    """What was tapped replaces what was chosen before."""
    if kind in SELECTIONS:
        address.clear(SELECTIONS)
        address.write(kind, identity)


@dataclass(frozen=True)
class Chosen:
    """What of the address stands beside the map: ids that exist, or empty texts."""

    actor: str
    place: str
    territory: str

    def on_map(self, catalogue: Catalogue) -> str:
        """The symbol to mark: the actor's own where it stands alone, else its place; both carry the place's id."""
        return str(catalogue.actors.at[self.actor, "place_id"]) if self.actor else self.place


def _chosen(catalogue: Catalogue, table: pd.DataFrame) -> Chosen:
    actor = address.value("actor", {*catalogue.actors.index, *catalogue.redirects})
    place = address.value("place", set(catalogue.actors["place_id"]))
    return Chosen(catalogue.redirects.get(actor, actor), place, address.value("territory", table.index))


def _beside(found: pd.DataFrame, catalogue: Catalogue, table: pd.DataFrame, level: Level, chosen: Chosen) -> None:
    """The actor's sheet, else the list of the place or territory, else an invitation."""
    if chosen.actor:
        actor_sheet.sheet(one(catalogue.actors, chosen.actor), shown=chosen.actor in found.index)
    elif chosen.place:
        actor_sheet.place(found, chosen.place)
    elif chosen.territory:
        row = one(table, chosen.territory)
        note: str = "" if pd.isna(row["rate"]) else f" · {number(float(row['rate']), current(), 2)} {text()('pour 100 000 habitants')}"
        actor_sheet.listing(str(row["name"]), note, found[found[LEVEL_COLUMNS[level]].eq(chosen.territory)], "territory")
    else:
        actor_sheet.invitation()


def choices() -> None:
    """The level of territory and the measure that colour the map."""
    t = text()
    filter_bar.choice(
        "level", {level.value: t(LEVEL_LABELS[level]) for level in LEVEL_COLUMNS}, Level.DEPARTMENT.value, t("Maille"), ("territory",)
    )
    filter_bar.choice("measure", {measure.value: t(label) for measure, label in MEASURE_SHORT.items()}, Measure.COUNT.value, t("Mesure"))


@st.fragment
def show(found: pd.DataFrame, catalogue: Catalogue) -> None:
    """The map and what stands beside it; a tap reruns only this part of the page."""
    t, lang = text(), current()
    level = Level(address.value("level", [level.value for level in LEVEL_COLUMNS], Level.DEPARTMENT))
    measure = Measure(address.value("measure", list(Measure), Measure.COUNT))
    table = territories.per_territory(found, catalogue.territory, level)
    chosen = _chosen(catalogue, table)
    layers = [
        _choropleth(table, level, measure, chosen.territory),
        actor_layer(places(found), t, selected=chosen.on_map(catalogue), theme=map_view.theme(), lang=lang),
    ]
    drawing, beside = st.columns([2, 1])
    with drawing:
        map_view.show(ILE_DE_FRANCE, layers, _picked, height=620)
    with beside, st.container(border=True, key="beside"):
        _beside(found, catalogue, table, level, chosen)
    with st.expander(t("Le même découpage en tableau : {level}").format(level=t(LEVEL_LABELS[level])), icon=":material/table:"):
        _territory_table(table, level)


def _territory_table(table: pd.DataFrame, level: Level) -> None:
    t = text()
    rows = table.sort_values(["count", "name"], ascending=[False, True])
    readable = {t(LEVEL_LABELS[level]): rows["name"], t("Code"): rows.index, t("Population"): rows["population"]}
    measures = {t(MEASURE_LABELS[Measure.COUNT]): rows["count"], t(MEASURE_LABELS[Measure.RATE]): rows["rate"].astype(float).round(2)}
    fragile = {t("Taux fragile"): rows["small"]}
    frame = pd.DataFrame(readable | measures | fragile, index=rows.index)
    selectable.show(f"territories-{level}", frame, "territory", ("actor", "place"), alt=t("Sites d'acteurs par territoire"))
