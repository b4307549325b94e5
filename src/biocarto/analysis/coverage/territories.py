"""Sites of actors per territory, as a count or a rate, and the classes that a map colours, in three schemes."""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto.model import ILE_DE_FRANCE, N_, Level, Presence
from biocarto.query.filters import Filters
from biocarto.register.columns import COMMUNE_OFFICIAL, DEPARTMENT_CODE, INTERCOMMUNALITY_CODE, REGION_CODE
from biocarto.territory.territory import Territory

SMALL = 5
"""Below this number of sites a rate says little: one site more or less changes it a lot."""

MOST_CLASSES = 5
"""A reader tells five shades of one colour apart, hardly more."""

LEVEL_COLUMNS = {Level.DEPARTMENT: DEPARTMENT_CODE, Level.EPCI: INTERCOMMUNALITY_CODE, Level.COMMUNE: COMMUNE_OFFICIAL}
"""Level inside Île-de-France -> column of the actors with the territory's code."""

DEPARTMENTS = ("75", "77", "78", "91", "92", "93", "94", "95")
"""Those of Île-de-France, for what is said of the tables alone, without any layer."""

CODE_COLUMNS = {Level.REGION: REGION_CODE, **LEVEL_COLUMNS}
"""The same, with the region as a whole."""


FACETS = {Level.DEPARTMENT: "department", Level.EPCI: "epci", Level.COMMUNE: "commune"}
"""Level inside Île-de-France -> facet with the territory's code."""


class Measure(StrEnum):
    """What a territory is coloured by."""

    COUNT = "count"
    RATE = "rate"


class Scheme(StrEnum):
    """How class breaks are chosen; the values stand in the address."""

    NATURAL = "natural"
    QUANTILES = "quantiles"
    EQUAL = "equal"


SCHEME_LABELS = {
    Scheme.NATURAL: N_("Seuils naturels (Jenks)"),
    Scheme.QUANTILES: N_("Quantiles"),
    Scheme.EQUAL: N_("Amplitudes égales"),
}

SCHEME_NOTES = {
    Scheme.NATURAL: N_("les classes séparent les valeurs qui se ressemblent de celles qui diffèrent"),
    Scheme.QUANTILES: N_("chaque classe a à peu près autant de territoires ; des valeurs égales restent ensemble"),
    Scheme.EQUAL: N_("chaque classe couvre le même écart de valeurs ; une classe sans territoire n'est pas montrée"),
}


def narrow_filters(filters: Filters, level: Level, code: str) -> Filters:
    """The same question about one territory of Île-de-France; the region itself narrows nothing."""
    inside: dict[str, Any] = {FACETS[level]: (code,)} if level in FACETS else {}
    return replace(filters, **inside)


def select_layer(territory: Territory, level: Level) -> gpd.GeoDataFrame:
    """The layer of `level` in Île-de-France (EPSG:4326; index: code); KeyError for countries."""
    column = CODE_COLUMNS[level]
    layer = territory.get_layer(level)
    if level is Level.REGION:
        return layer.loc[[ILE_DE_FRANCE]]
    return layer[layer["region_code"].eq(ILE_DE_FRANCE)] if column == DEPARTMENT_CODE else layer


def find_bounds(territory: Territory, level: Level, code: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """South-west and north-east corner, (latitude, longitude) in EPSG:4326, of a territory in Île-de-France; KeyError elsewhere."""
    west, south, east, north = (float(edge) for edge in select_layer(territory, level).geometry[code].bounds)
    return (south, west), (north, east)


def list_within(territory: Territory, level: Level, holder: Level, code: str) -> list[str]:
    """Codes of the territories of `level` that have a commune in the territory `code` of the level `holder`, in the order of the layer.

    An EPCI of two departments lies in both. Empty for an unknown code; KeyError for countries.
    """
    communes = select_layer(territory, Level.COMMUNE)
    columns = {Level.COMMUNE: communes.index, Level.EPCI: communes["intercommunality_code"]}
    columns |= {Level.DEPARTMENT: communes["department_code"], Level.REGION: communes["region_code"]}
    held = set(columns[level][columns[holder] == code])
    return [str(found) for found in select_layer(territory, level).index if found in held]


def count_per_territory(actors: pd.DataFrame, territory: Territory, level: Level) -> pd.DataFrame:
    """Every territory of Île-de-France at `level`, or the region as one row (index: code).

    Columns: name, population, count (sites), rate (sites per 100,000 inhabitants; missing without population) and small
    (a rate on fewer than five sites). KeyError for countries.
    """
    layer = select_layer(territory, level)
    count = actors[CODE_COLUMNS[level]].value_counts().reindex(layer.index, fill_value=0).astype(int)
    population = layer["population"].astype("Float64")
    rate = (count * 100_000 / population.where(population > 0)).astype("Float64")
    small = count.between(1, SMALL - 1)
    return pd.DataFrame({"name": layer["name"], "population": layer["population"], "count": count, "rate": rate, "small": small})


def find_least_served(actors: pd.DataFrame, most: int) -> list[str]:
    """Codes of the departments with the fewest sites of the register, fewest first, none included; present sites only."""
    shown = actors[actors["presence"].eq(Presence.PRESENT)]
    counts = shown["commune_code"].str[:2].value_counts().reindex(list(DEPARTMENTS), fill_value=0)
    return [str(code) for code in counts.sort_values(kind="stable").index[:most]]


@dataclass(frozen=True)
class Classes:
    """Class number per territory (0 is none known, -1 no data), and the bounds of the classes from 1 on."""

    of: pd.Series
    bounds: tuple[tuple[float, float], ...]


@cache
def _mapclassify() -> ModuleType:
    """The library of class breaks: 2 s to import, so only where a map needs it; it asks for Numba, which a few dozen values do not."""
    warnings.filterwarnings("ignore", "Numba not installed")
    return importlib.import_module("mapclassify")


def _breaks(values: pd.Series, most: int, scheme: Scheme) -> list[float]:
    """Upper bounds of the classes, the last one the maximum; some may be equal."""
    distinct = sorted(set(values))
    if len(distinct) == 1 or (len(distinct) <= most and scheme is not Scheme.EQUAL):
        return distinct
    return [float(bound) for bound in _run_classifier(values.to_numpy(), most, scheme).bins]


def _run_classifier(values: npt.NDArray[np.float64], most: int, scheme: Scheme) -> Any:
    """A classifier of mapclassify; its Quantiles warns of ties, the percentiles that it is made of do not."""
    if scheme is Scheme.QUANTILES:
        return _mapclassify().Percentiles(values, pct=[100 * number / most for number in range(1, most + 1)])
    name = {Scheme.NATURAL: "FisherJenks", Scheme.EQUAL: "EqualInterval"}[scheme]
    return getattr(_mapclassify(), name)(values, k=most)


def classify_values(values: pd.Series, most: int = MOST_CLASSES, scheme: Scheme = Scheme.NATURAL) -> Classes:
    """The positive values in at most `most` classes; zero is a class of its own, and a class without member is left out.

    Natural breaks and quantiles of few distinct values give each its own class.
    """
    known = values.dropna().astype(float)
    positive = known[known > 0]
    uppers = _breaks(positive, most, scheme) if len(positive) else []
    numbers = pd.Series(-1, index=values.index)
    numbers[known.index] = 0
    bounds: list[tuple[float, float]] = []
    below = 0.0
    for upper in uppers:
        members = positive[(positive > below) & (positive <= upper)]
        below = upper
        if len(members):
            bounds.append((float(members.min()), float(members.max())))
            numbers[members.index] = len(bounds)
    return Classes(numbers, tuple(bounds))
