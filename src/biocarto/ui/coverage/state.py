"""What the coverage page was asked for: one frozen value, read from the address."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from biocarto.analysis.coverage import view
from biocarto.analysis.coverage.view import CoverageView
from biocarto.query.filters import COVERAGE_FACETS, YEAR, Filters
from biocarto.ui.coverage import data as coverage_data
from biocarto.ui.coverage.data import CoverageData
from biocarto.ui.shared import address, encodings, filter_bar
from biocarto.ui.shared.encodings import Encoding
from biocarto.ui.shared.language import get_language

T = TypeVar("T")

FACETS = COVERAGE_FACETS
"""Filters of this page."""

DRAWN = Encoding.AREAS
"""What the map draws unless the reader chooses: the page is about territories."""


@dataclass(frozen=True)
class CoverageState(CoverageView):
    """A view with what the page adds: what the map draws the measure with, the code of the territory compared ("" for none), filters."""

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


def read() -> CoverageState:
    """The state of the address; unknown values are named in a notice and ignored."""
    chosen, places = filter_bar.read((*FACETS, YEAR), {"region"}), coverage_data.load_places()
    found = view.read_view(address.read_value, places)
    return CoverageState(
        **vars(found),
        drawn=encodings.read_encoding(found.measure, DRAWN),
        other=address.read_value("with", places.levels),
        filters=chosen,
        data=coverage_data.load_data(chosen),
    )
