"""What the coverage page was asked for: one frozen value, read from the address."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from biocarto.analysis.coverage.coverage import GROUPED, GROUPS, TOTALS, Indicator
from biocarto.analysis.coverage.territories import LEVEL_COLUMNS, Scheme
from biocarto.model import ILE_DE_FRANCE, Level
from biocarto.query.filters import COVERAGE_FACETS, YEAR, Filters
from biocarto.ui.coverage import data as coverage_data
from biocarto.ui.coverage.data import CoverageData
from biocarto.ui.shared import address, choropleths, encodings, filter_bar
from biocarto.ui.shared.encodings import Encoding
from biocarto.ui.shared.language import get_language

T = TypeVar("T")

FACETS = COVERAGE_FACETS
"""Filters of this page."""

EVERY_GROUP = tuple(f"{facet}:{value}" for facet, values in GROUPS.items() for value in values)
"""Values of `group` in the address."""


DRAWN = Encoding.AREAS
"""What the map draws unless the reader chooses: the page is about territories."""


@dataclass(frozen=True)
class CoverageState:
    """A territory (code) and its level, the level that the map shows, a measure of all actors or of one group, and the filters.

    facet and value are "" for all actors together; drawn is what the map draws the measure with;
    other is the code of the territory compared, "" for none.
    """

    territory: str
    own: Level
    level: Level
    measure: Indicator
    facet: str
    value: str
    scheme: Scheme
    drawn: Encoding
    other: str
    filters: Filters
    data: CoverageData

    @property
    def group(self) -> str:
        """The group as the address writes it."""
        return f"{self.facet}:{self.value}" if self.facet else ""

    def get_or_make(self, make: Callable[[], T], *name: Hashable) -> T:
        """What `make` gives for all that is asked, in the language of the page: kept with the selection of actors."""
        asked = (self.territory, self.level, self.measure, self.facet, self.value, self.scheme, self.drawn)
        return self.data.get_or_make(make, *name, asked, get_language())


def find_level_inside(code: str) -> Level:
    """The level that the map shows for a territory: departments for the region as a whole, its communes for any other."""
    return Level.DEPARTMENT if coverage_data.load_places().levels[code] is Level.REGION else Level.COMMUNE


def list_measures(group: str) -> tuple[Indicator, ...]:
    """What can be measured of a group, or of all actors together."""
    return GROUPED if group else TOTALS


def read() -> CoverageState:
    """The state of the address; unknown values are named in a notice and ignored."""
    levels, chosen = coverage_data.load_places().levels, filter_bar.read((*FACETS, YEAR), {"region"})
    code = address.read_value("territory", levels, ILE_DE_FRANCE)
    facet, _, value = (group := address.read_value("group", EVERY_GROUP)).partition(":")
    measure = Indicator(address.read_value("measure", list_measures(group), Indicator.COUNT))
    return CoverageState(
        territory=code,
        own=levels[code],
        level=Level(address.read_value("level", [level.value for level in LEVEL_COLUMNS], find_level_inside(code).value)),
        measure=measure,
        facet=facet,
        value=value,
        scheme=choropleths.read_scheme(),
        drawn=encodings.read_encoding(measure, DRAWN),
        other=address.read_value("with", levels),
        filters=chosen,
        data=coverage_data.load_data(chosen),
    )
