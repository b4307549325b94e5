"""What the static edition is made of: the tables and layers, read once, and what is derived from them in every language alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from biocarto.analysis import breakdown, tour
from biocarto.analysis.breakdown import Register, Survey
from biocarto.analysis.tour import TourSummary
from biocarto.query import memberships, select
from biocarto.query.facets import Facets
from biocarto.query.filters import Filters
from biocarto.query.search import SearchIndex
from biocarto.register import catalogue as catalogue_builder
from biocarto.register import tables as tables_reader
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import Tables
from biocarto.render import locator
from biocarto.territory import resources, territory


@dataclass(frozen=True, eq=False)
class Content:
    """One reading of data/ and geo/."""

    tables: Tables
    catalogue: Catalogue
    layers: dict[str, dict[str, Any]]

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The joined actors, prepared for filters; a row number in the scripts is a row of this frame."""
        return select.prepare_actors(self.catalogue)

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The actors that pages show before anything is chosen: those that are present."""
        return select.select(Filters(), self.catalogue).actors

    @cached_property
    def index(self) -> SearchIndex:
        """The search index of `actors`."""
        return select.index_words(self.catalogue)

    @cached_property
    def facets(self) -> Facets:
        """The facets of `actors`."""
        return select.build_facets(self.catalogue)

    @cached_property
    def survey(self) -> Survey:
        """The breakdown that was published."""
        return breakdown.read_survey(self.catalogue.figures)

    @cached_property
    def register(self) -> Register:
        """The breakdown of the named companies."""
        return breakdown.count_register(self.catalogue.actors, self.catalogue.edition)

    @cached_property
    def tour(self) -> TourSummary:
        """The Tour in numbers."""
        return tour.summarise_tour(self.catalogue)

    @cached_property
    def networks(self) -> dict[str, list[str]]:
        """Actor id -> names of the networks that a page says it is a member of."""
        names = self.catalogue.networks["name"]
        return {str(actor): [str(names.get(n, n)) for n in found] for actor, found in memberships.group_by_actor(self.catalogue).items()}

    @cached_property
    def ground(self) -> locator.LocatorBase:
        """The small map of a sheet, without an actor."""
        return locator.draw_base(self.catalogue.territory)


def read(data: Path, geo: Path) -> Content:
    """Tables and layers, validated and joined; raises DataError."""
    tables, layers = tables_reader.read(data), territory.read(geo)
    return Content(tables, catalogue_builder.build(tables, layers), resources.read(geo))
