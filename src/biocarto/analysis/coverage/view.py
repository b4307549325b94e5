"""What is asked of the coverage: a territory, the level that is shown inside it, a measure of all actors or of one group, the classes."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from biocarto.analysis.coverage.coverage import GROUPED, GROUPS, TOTALS, Indicator
from biocarto.analysis.coverage.territories import CODE_COLUMNS, LEVEL_COLUMNS, Scheme, list_within, select_layer
from biocarto.model import ILE_DE_FRANCE, Level
from biocarto.names import fold
from biocarto.territory.territory import Territory

ReadValue = Callable[[str, Container[str], str], str]
"""The value of a name of the address, of those that are allowed, else the default."""

EVERY_GROUP = tuple(f"{facet}:{value}" for facet, values in GROUPS.items() for value in values)
"""Values of `group` in the address."""

_ORDER = (Level.REGION, Level.DEPARTMENT, Level.EPCI, Level.COMMUNE)


@dataclass(frozen=True)
class TerritoryIndex:
    """The territories of Île-de-France: code -> the largest level that has it, and its name.

    The region comes first, then departments by code, then EPCI or EPT and communes by name.
    """

    levels: dict[str, Level]
    names: dict[str, str]


def index_territories(territory: Territory) -> TerritoryIndex:
    """Every territory of the region."""
    levels: dict[str, Level] = {}
    names: dict[str, str] = {}
    for level in CODE_COLUMNS:
        layer = select_layer(territory, level)["name"]
        for code in layer.index if level is Level.DEPARTMENT else layer.map(fold).sort_values().index:
            levels.setdefault(str(code), level)
            names.setdefault(str(code), str(layer[code]))
    return TerritoryIndex(levels, names)


@dataclass(frozen=True)
class CoverageView:
    """A territory (code) and its level, the level that is shown, a measure, a group (facet and value "" for all actors), the classes."""

    territory: str
    own: Level
    level: Level
    measure: Indicator
    facet: str
    value: str
    scheme: Scheme


def find_level_inside(code: str, places: TerritoryIndex) -> Level:
    """The level that is shown of a territory: departments for the region as a whole, its communes for any other."""
    return Level.DEPARTMENT if places.levels[code] is Level.REGION else Level.COMMUNE


def list_measures(group: str) -> tuple[Indicator, ...]:
    """What can be measured of a group, or of all actors together."""
    return GROUPED if group else TOTALS


def read_view(read: ReadValue, places: TerritoryIndex) -> CoverageView:
    """The view that an address asks for, by its names `territory`, `group`, `measure`, `level` and `scheme`."""
    code = read("territory", places.levels, ILE_DE_FRANCE)
    facet, _, value = (group := read("group", EVERY_GROUP, "")).partition(":")
    return CoverageView(
        territory=code,
        own=places.levels[code],
        level=Level(read("level", [level.value for level in LEVEL_COLUMNS], find_level_inside(code, places).value)),
        measure=Indicator(read("measure", list_measures(group), Indicator.COUNT)),
        facet=facet,
        value=value,
        scheme=Scheme(read("scheme", list(Scheme), Scheme.NATURAL)),
    )


def list_inside(territory: Territory, places: TerritoryIndex, level: Level, code: str) -> list[str]:
    """Codes of the territories of a level that lie in a territory; all of them where it holds none of that level."""
    own = places.levels[code]
    holder = code if _ORDER.index(own) < _ORDER.index(level) else ILE_DE_FRANCE
    return list_within(territory, level, places.levels[holder], holder)
