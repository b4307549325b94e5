"""The map of the coverage page, the territory's card beside it, and the same numbers in a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto.analysis.coverage.coverage import BASES, FRAGILE_NOTE, MEANINGS, ON_FEW, Indicator
from biocarto.analysis.coverage.territories import CODE_COLUMNS, SMALL
from biocarto.maps.base import ILE_DE_FRANCE
from biocarto.maps.focus import build_focus_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.model import ILE_DE_FRANCE as REGION
from biocarto.model import LEVEL_LABELS, Level
from biocarto.ui.coverage import card, data
from biocarto.ui.coverage.choices import label_group
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared import actor_sheet, address, cache, choropleths, map_view, room, selectable
from biocarto.ui.shared.choropleths import MapMeasure
from biocarto.ui.shared.data_table import write_cells
from biocarto.ui.shared.encodings import Encoding
from biocarto.ui.shared.language import get_language, get_locale

HEIGHT = 560


def build_measure(asked: CoverageState, outside: str = "") -> MapMeasure:
    """The measure of the map, its group named."""
    t, meaning = get_locale(), MEANINGS[asked.measure]
    title = t(meaning.label)
    if asked.facet:
        title = f"{title} · {label_group(asked.facet, asked.value)}"
    return MapMeasure(title, meaning, outside)


def _pick_territory(kind: str, code: str) -> None:
    """A tap on a territory, or on a symbol in a commune, chooses it and shows what lies inside."""
    chosen = code if kind == "territory" else _find_commune(kind, code)
    if chosen in data.load_places().levels:
        address.clear(["level"])
        address.write("territory", chosen, REGION)


def _find_commune(kind: str, identity: str) -> str:
    """The commune of an actor or of a place (its first actor's); "" where there is none."""
    actors = cache.load_catalogue().actors
    here = actors[actors["place_id"].eq(identity)] if kind == "place" else actors[actors.index == identity]
    return "" if here.empty else str(here[CODE_COLUMNS[Level.COMMUNE]].iloc[0])


def show_notices(asked: CoverageState) -> None:
    """What the map cannot show, in words."""
    t = get_locale()
    values, _ = _values(asked)
    if asked.data.actors.empty:
        st.info(t("Aucun acteur avec ces filtres : les nombres sont à zéro. Retirez un filtre au-dessus de la carte ; rien n'est perdu."))
    elif asked.facet and not asked.data.measure_level(asked.level).counts[asked.facet][asked.value].any():
        group = label_group(asked.facet, asked.value)
        st.info(
            t("Le répertoire n'a aucun site pour « {group} » avec ces filtres : cela ne veut pas dire qu'il n'en existe pas.").format(
                group=group
            )
        )
    elif values.isna().all():
        st.info(t("Cette mesure ne peut être calculée pour aucun territoire avec ces filtres."))


def _values(asked: CoverageState) -> tuple[pd.Series, pd.Series]:
    return asked.data.read_measure(asked.level, asked.facet, asked.value, asked.measure)


def _layer(asked: CoverageState, values: pd.Series, small: pd.Series) -> ScriptLayer:
    """What lies inside the chosen territory, coloured as in the whole region; everything where nothing lies inside."""
    inside = asked.data.list_inside(asked.level, asked.territory)
    whole = len(inside) == len(values)
    meaning = build_measure(asked, "" if whole else get_locale()("hors du territoire choisi"))
    return choropleths.build_layer(
        *(asked.level, values[inside], small[inside], meaning),
        breaks=asked.scheme,
        selected=asked.territory,
        among=None if whole else values,
        plain=asked.drawn is Encoding.SYMBOLS,
    )


def _select_drawn(asked: CoverageState) -> pd.DataFrame:
    """The actors that the measure counts, inside the chosen territory."""
    rows = asked.data.actors
    here = rows[rows[CODE_COLUMNS[asked.own]].eq(asked.territory)] if asked.own is not Level.REGION else rows
    if asked.facet == "modality":
        return here[here["modalities"].map(lambda values: asked.value in values).astype(bool)]
    return here[here[asked.facet].eq(asked.value)] if asked.facet else here


def show(asked: CoverageState) -> None:
    """The map, and the card of the territory beside it."""
    values, small = _values(asked)
    layer = asked.get_or_make(lambda: _layer(asked, values, small), *("layer", map_view.read_theme()))
    bounds = None if asked.own is Level.REGION else asked.data.find_bounds(asked.territory)
    focus = build_focus_layer(get_locale(), bounds=bounds, theme=map_view.read_theme())
    layers = [layer, focus]
    if asked.drawn is not Encoding.AREAS:
        layers.insert(1, actor_sheet.build_layer(asked.get_or_make(lambda: _select_drawn(asked), "drawn"), ""))
    drawing, beside = room.open_room()
    with drawing:
        map_view.show(ILE_DE_FRANCE, layers, _pick_territory, height=HEIGHT)
    with room.open_beside(beside):
        card.show(asked)


def _frame(asked: CoverageState, values: pd.Series, small: pd.Series) -> pd.DataFrame:
    """The table twin: the chosen territory, then what lies inside it (else every territory), the highest value first."""
    t, title = get_locale(), build_measure(asked).title
    table = asked.data.measure_level(asked.level).table.loc[asked.data.list_inside(asked.level, asked.territory)]
    rows = table.assign(shown=values, few=small).sort_values(["shown", "name"], ascending=[False, True], na_position="last")
    if asked.own is not Level.REGION:
        own_values, own_small = asked.data.read_measure(asked.own, asked.facet, asked.value, asked.measure)
        own = asked.data.measure_level(asked.own).table.loc[[asked.territory]].assign(shown=own_values, few=own_small)
        rows = pd.concat([own, rows.drop(index=asked.territory, errors="ignore")])
    frame = {t(LEVEL_LABELS[asked.level]): rows["name"], t("Code"): rows.index, t("Population"): rows["population"]}
    if asked.facet or asked.measure not in {Indicator.COUNT, Indicator.RATE}:
        frame[title] = rows["shown"].round(MEANINGS[asked.measure].digits)
        frame[t("Fragile")] = rows["few"]
    frame[t(MEANINGS[Indicator.COUNT].label)] = rows["count"]
    frame[t(MEANINGS[Indicator.COMPANIES].label)] = rows["companies"]
    for each in ON_FEW:
        frame[t(MEANINGS[each].label)] = rows[each.value].astype("Float64").astype(float).round(MEANINGS[each].digits)
    frame[t("Moins de {n} sites").format(n=SMALL)] = rows["small"]
    return pd.DataFrame(frame, index=rows.index)


def show_twin(asked: CoverageState) -> None:
    """Every territory of the map as a row; choosing one chooses it on the map."""
    t, (values, small) = get_locale(), _values(asked)
    label = t("La carte en tableau : {level}, {measure}").format(level=t(LEVEL_LABELS[asked.level]), measure=build_measure(asked).title)
    box = st.expander(label, icon=":material/table:", key="coverage-twin", on_change="rerun", expanded=False)
    if not box.open:
        return
    with box:
        frame = asked.get_or_make(lambda: write_cells(_frame(asked, values, small), get_language()), "twin")
        selectable.show(f"coverage-{asked.level}", frame, "territory", alt=label)
        base = f" {t(BASES[asked.facet]).capitalize()}." if asked.facet else ""
        st.caption(t(FRAGILE_NOTE).format(n=SMALL) + base)
