"""Sites of actors per territory, as a count or a rate, and the classes that a map colours."""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import ModuleType

import pandas as pd

from biocarto.model import Level, Status
from biocarto.territory import Territory

SMALL = 5
"""Below this number of sites a rate says little: one site more or less changes it a lot."""

MOST_CLASSES = 5
"""A reader tells five shades of one colour apart, hardly more."""

LEVEL_COLUMNS = {Level.DEPARTMENT: "department_code", Level.EPCI: "intercommunality_code", Level.COMMUNE: "commune_official"}


class Measure(StrEnum):
    """What a territory is coloured by."""

    COUNT = "count"
    RATE = "rate"


def per_territory(actors: pd.DataFrame, territory: Territory, level: Level) -> pd.DataFrame:
    """Every territory of Île-de-France at `level` (index: code).

    Columns: name, population, count (sites), rate (sites per 100,000 inhabitants; missing without population) and small
    (a rate on fewer than five sites).
    """
    layer = territory.layer(level)
    if level is Level.DEPARTMENT:
        layer = layer[layer["region_code"].eq("11")]
    count = actors[LEVEL_COLUMNS[level]].value_counts().reindex(layer.index, fill_value=0).astype(int)
    population = layer["population"].astype("Float64")
    rate = (count * 100_000 / population.where(population > 0)).astype("Float64")
    small = count.between(1, SMALL - 1)
    return pd.DataFrame({"name": layer["name"], "population": layer["population"], "count": count, "rate": rate, "small": small})


def least_served(actors: pd.DataFrame, most: int) -> list[str]:
    """Codes of the departments with the fewest sites of the register, fewest first; historic rows are not counted."""
    shown = actors[actors["status"].ne(Status.HISTORIC)]
    return [str(code) for code in shown["commune_code"].str[:2].value_counts(ascending=True).index[:most]]


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


def _breaks(values: pd.Series, most: int) -> list[float]:
    distinct = sorted(set(values))
    if len(distinct) <= most:
        return distinct
    return [float(bound) for bound in _mapclassify().FisherJenks(values.to_numpy(), k=most).bins]


def classes(values: pd.Series, most: int = MOST_CLASSES) -> Classes:
    """Natural breaks (Fisher-Jenks) of the positive values, at most `most` classes; zero is a class of its own."""
    known = values.dropna().astype(float)
    positive = known[known > 0]
    uppers = _breaks(positive, most) if len(positive) else []
    numbers = pd.Series(-1, index=values.index)
    numbers[known.index] = 0
    bounds: list[tuple[float, float]] = []
    for number, upper in enumerate(uppers, start=1):
        members = positive[(positive <= upper) & (positive > (uppers[number - 2] if number > 1 else 0))]
        numbers[members.index] = number
        bounds.append((float(members.min()), float(members.max())))
    return Classes(numbers, tuple(bounds))
