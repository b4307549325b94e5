"""What the coverage page shows, each part computed when it is first asked for and kept with its selection of actors."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd

from biocarto import caches
from biocarto.analysis.coverage import absences, chain, compare, concentration, coverage, territories, view
from biocarto.analysis.coverage.concentration import Concentration
from biocarto.analysis.coverage.coverage import Coverage, Indicator
from biocarto.analysis.coverage.roles import ChainLink
from biocarto.analysis.coverage.territories import CODE_COLUMNS
from biocarto.analysis.coverage.view import TerritoryIndex
from biocarto.caches import Cache
from biocarto.maps.base import Bounds
from biocarto.model import ILE_DE_FRANCE, LEVEL_LABELS, Level
from biocarto.query.filters import Filters
from biocarto.register.catalogue import Catalogue
from biocarto.territory.territory import Territory
from biocarto.ui.shared import cache, questions
from biocarto.ui.shared.language import get_language, get_locale

T = TypeVar("T")


def load_places() -> TerritoryIndex:
    """Made once per process."""
    return cache.make_once("coverage places", lambda: view.index_territories(cache.load_catalogue().territory))


def label_options() -> dict[str, str]:
    """Code -> name, level and code, in the language of the page."""
    return cache.make_once("coverage options", _options, get_language())


def _options() -> dict[str, str]:
    t, found = get_locale(), load_places()
    labels = {level: t(LEVEL_LABELS[level]) for level in CODE_COLUMNS}
    return {c: f"{n} · {labels[found.levels[c]]} {c}" for c, n in found.names.items()}


@dataclass(frozen=True, eq=False)
class CoverageData:
    """Everything about one selection of actors; `actors` is what the filters leave."""

    catalogue: Catalogue
    places: TerritoryIndex
    actors: pd.DataFrame
    _parts: Cache = field(default_factory=lambda: Cache(caches.PARTS))

    def get_or_make(self, make: Callable[[], T], *name: Hashable) -> T:
        """What `make` gives, made once for this selection (the last `caches.PARTS` stay) and shared read-only."""
        return self._parts.get(name, make)

    @property
    def territory(self) -> Territory:
        """The layers."""
        return self.catalogue.territory

    def measure_level(self, level: Level) -> Coverage:
        """The coverage of every territory of a level."""
        return self.get_or_make(lambda: coverage.measure(self.actors, self.territory, level), "coverage", level)

    def count_links(self, level: Level) -> pd.DataFrame:
        """Territory x link of the chain."""
        return self.get_or_make(lambda: chain.count_by_territory(self.actors, self.territory, level), "chain", level)

    def count_modalities(self) -> pd.DataFrame:
        """Modality x link of the chain."""
        return self.get_or_make(lambda: chain.count_by_modality(self.actors), "modalities")

    def read_measure(self, level: Level, facet: str, value: str, indicator: Indicator) -> tuple[pd.Series, pd.Series]:
        """A measure per territory, of all actors (facet "") or of one group, and which of its values rest on few sites."""
        return self.get_or_make(
            lambda: coverage.read_measure(self.measure_level(level), facet, value, indicator), "values", level, facet, value, indicator
        )

    def count_lacking(self, level: Level) -> pd.DataFrame:
        """How many territories of a level lack each role."""
        return self.get_or_make(lambda: absences.count_lacking(self.actors, self.territory, level), "lacking", level)

    def list_absent(self, level: Level, role: ChainLink, code: str) -> pd.DataFrame:
        """The territories of a level without a role and the nearest site that has it; those inside `code`, where it holds any."""
        everywhere = self.get_or_make(lambda: absences.list_absent(self.actors, self.territory, level, role), "absent", level, role)
        here = self.list_inside(level, code)
        return self.get_or_make(lambda: everywhere[everywhere.index.isin(here)], "absent inside", level, role, code)

    def list_inside(self, level: Level, code: str) -> list[str]:
        """Codes of the territories of a level that lie in a territory; all of them where it holds none of that level."""
        return self.get_or_make(lambda: view.list_inside(self.territory, self.places, level, code), "inside", level, code)

    def name_container(self, level: Level, code: str) -> str:
        """The name of what holds `inside`: the territory itself, or the region."""
        every = len(self.list_inside(level, ILE_DE_FRANCE))
        return self.places.names[code if len(self.list_inside(level, code)) < every else ILE_DE_FRANCE]

    def measure_reach(self) -> dict[ChainLink, pd.DataFrame]:
        """How many people live far from an incubator, an integrator, a CDMO."""
        return self.get_or_make(lambda: absences.measure_reach(self.actors, self.territory), "reach")

    def measure_concentration(self) -> Concentration:
        """How concentrated the sites are, by commune."""
        counts, shapes = self.measure_level(Level.COMMUNE).table["count"], self.territory.communes.geometry
        return self.get_or_make(lambda: concentration.measure_concentration(counts, shapes), "concentration")

    def compare_territories(self, one: str, other: str) -> pd.DataFrame:
        """Two territories, measure by measure."""
        return self.get_or_make(lambda: compare.compare(self._profile(one), self._profile(other)), "compare", one, other)

    def _profile(self, code: str) -> pd.DataFrame:
        level = self.places.levels[code]
        return compare.profile_territory(self.measure_level(level), self.count_links(level), code)

    def find_bounds(self, code: str) -> Bounds:
        """South-west and north-east corner of a territory (EPSG:4326)."""
        return territories.find_bounds(self.territory, self.places.levels[code], code)


def load_data(chosen: Filters) -> CoverageData:
    """The data of a selection: those of the last selections are kept."""
    return cache.make_for_selection(chosen, lambda: _data(chosen))


def _data(chosen: Filters) -> CoverageData:
    catalogue = cache.load_catalogue()
    return CoverageData(catalogue, load_places(), questions.answer(chosen, catalogue).actors)
