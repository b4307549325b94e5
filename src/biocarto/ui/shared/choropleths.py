"""Territories coloured by a measure, on any page: its classes, its legend and what the tooltip says."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from biocarto.analysis.coverage import territories
from biocarto.analysis.coverage.coverage import Meaning
from biocarto.analysis.coverage.territories import SCHEME_LABELS, Scheme
from biocarto.maps import legend
from biocarto.maps.choropleth import build_choropleth_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.model import Level
from biocarto.ui.shared import address, filter_bar, map_view
from biocarto.ui.shared.language import get_locale


@dataclass(frozen=True)
class MapMeasure:
    """A measure as a map reads it: its title in the legend, in the language of the page, and what it means.

    outside says what no data means where it is not the measure that lacks.
    """

    title: str
    meaning: Meaning
    outside: str = ""


def format_value(value: object, digits: int) -> str:
    """A value as people write it; a dash where it is missing."""
    return legend.write_value(value, digits, get_locale())


def format_unit(meaning: Meaning, value: object) -> str:
    """The unit beside a value; what is counted is one or many."""
    if meaning.counts is None or pd.isna(value):  # type: ignore[call-overload]
        return get_locale()(meaning.unit)
    return get_locale().plural(float(value), *meaning.counts)  # type: ignore[arg-type]


def read_scheme() -> Scheme:
    """How class breaks are chosen, from the address."""
    return Scheme(address.read_value("scheme", list(Scheme), Scheme.NATURAL))


def show_scheme_box() -> None:
    """The choice of class breaks, kept in the address; behind a button, as few readers need it."""
    t = get_locale()
    with st.popover(t("Classes")):
        filter_bar.choose_in_box(
            "scheme", {scheme.value: t(label) for scheme, label in SCHEME_LABELS.items()}, Scheme.NATURAL.value, t("Classes")
        )


def build_layer(
    level: Level,
    values: pd.Series,
    small: pd.Series,
    reading: MapMeasure,
    *,
    breaks: Scheme,
    selected: str = "",
    among: pd.Series | None = None,
    plain: bool = False,
) -> ScriptLayer:
    """Values per territory (index: code) as a layer of the map.

    plain: to be tapped and told, but not coloured.
    small: which of them rest on few sites. among: all values that the classes are made for, where the map shows some of them only.
    """
    meaning = reading.meaning
    classes = territories.classify_values(values if among is None else among, scheme=breaks)
    told = pd.Series([f"{format_value(value, meaning.digits)} · {format_unit(meaning, value)}" for value in values], index=values.index)
    partial = among is not None
    drawn = legend.build_legend(
        classes,
        reading.title,
        meaning,
        get_locale(),
        scheme=breaks,
        hatched=bool(small.any()),
        lacking=partial or bool((classes.of < 0).any()),
        outside=reading.outside,
    )
    return build_choropleth_layer(
        level,
        classes.of[values.index],
        drawn,
        get_locale(),
        values=told,
        hatched=list(small.index[small]),
        selected=selected if selected in values.index else "",
        named=partial and not plain,
        plain=plain,
        theme=map_view.read_theme(),
    )
