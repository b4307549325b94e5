"""What the coverage page was asked for: one frozen value, read from the address."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from biocarto.analysis.coverage.coverage import GROUPED, GROUPS, TOTALS, Indicator
from biocarto.analysis.coverage.territories import LEVEL_COLUMNS, Scheme
from biocarto.model import ILE_DE_FRANCE, Level
from biocarto.query.filters import Filters
from biocarto.ui.coverage import data as coverage_data
from biocarto.ui.coverage.data import Data
from biocarto.ui.shared import address, choropleths, filter_bar
from biocarto.ui.shared.language import current

T = TypeVar("T")

FACETS = ("kind", "category", "modality", "status")
"""Filters of this page; where the actors are is what it measures, so that places are no filters here."""

EVERY_GROUP = tuple(f"{facet}:{value}" for facet, values in GROUPS.items() for value in values)
"""Values of `group` in the address."""


@dataclass(frozen=True)
class Asked:
    """A territory (code) and its level, the level that the map shows, a measure of all actors or of one group, and the filters.

    facet and value are "" for all actors together; other is the code of the territory compared, "" for none.
    """

    territory: str
    own: Level
    level: Level
    measure: Indicator
    facet: str
    value: str
    scheme: Scheme
    other: str
    filters: Filters
    data: Data

    @property
    def group(self) -> str:
        """The group as the address writes it."""
        return f"{self.facet}:{self.value}" if self.facet else ""

    def cached(self, make: Callable[[], T], *name: Hashable) -> T:
        """What `make` gives for all that is asked, in the language of the page: kept with the selection of actors."""
        asked = (self.territory, self.level, self.measure, self.facet, self.value, self.scheme)
        return self.data.cached(make, *name, asked, current())


def level_inside(code: str) -> Level:
    """The level that the map shows for a territory: departments for the region as a whole, its communes for any other."""
    return Level.DEPARTMENT if coverage_data.places().levels[code] is Level.REGION else Level.COMMUNE


def measures(group: str) -> tuple[Indicator, ...]:
    """What can be measured of a group, or of all actors together."""
    return GROUPED if group else TOTALS


def read() -> Asked:
    """The state of the address; unknown values are named in a notice and ignored."""
    levels, chosen = coverage_data.places().levels, filter_bar.read(FACETS)
    code = address.value("territory", levels, ILE_DE_FRANCE)
    facet, _, value = (group := address.value("group", EVERY_GROUP)).partition(":")
    return Asked(
        territory=code,
        own=levels[code],
        level=Level(address.value("level", [level.value for level in LEVEL_COLUMNS], level_inside(code).value)),
        measure=Indicator(address.value("measure", measures(group), Indicator.COUNT)),
        facet=facet,
        value=value,
        scheme=choropleths.scheme(),
        other=address.value("with", levels),
        filters=chosen,
        data=coverage_data.of(chosen),
    )
