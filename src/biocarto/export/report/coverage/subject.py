"""What a report of a territory is about: the territory, its sites among those that filters have left, and the words of its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from biocarto.analysis.coverage import coverage
from biocarto.analysis.coverage.compare import find_level
from biocarto.analysis.coverage.coverage import Coverage
from biocarto.analysis.coverage.territories import CODE_COLUMNS, Scheme, select_layer
from biocarto.export.report.model import Cell
from biocarto.i18n import Locale
from biocarto.model import ILE_DE_FRANCE, PARIS, Level
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row, get_row


@dataclass(frozen=True, eq=False)
class ReportContext:
    """One territory of Île-de-France (code of a region, department, EPCI or EPT, or commune) and the actors of the region as filtered.

    layer tells where its outline and its population come from, as `resources.read` describes it; scheme is that of the map's classes.
    """

    catalogue: Catalogue
    code: str
    level: Level
    actors: pd.DataFrame
    lang: str
    layer: Mapping[str, Any]
    scheme: Scheme

    @classmethod
    def build(
        cls, catalogue: Catalogue, code: str, actors: pd.DataFrame, lang: str, *, layer: Mapping[str, Any], scheme: Scheme
    ) -> ReportContext:
        """The largest territory that has this code; KeyError for a code of none."""
        return cls(catalogue, code, find_level(catalogue.territory, code), actors, lang, layer, scheme)

    @property
    def text(self) -> Locale:
        """The translator of the report."""
        return Locale(self.lang)

    def write_number(self, value: float, digits: int = 0) -> str:
        """A number as the report's readers write it."""
        return self.text.number(value, digits)

    def find_page(self, publisher: str) -> str:
        """The address where a publisher named by the layer (IGN, INSEE) tells of its data; "" where the layer has none."""
        return next((str(source.get("path", "")) for source in self.layer["sources"] if source["title"].startswith(publisher)), "")

    @property
    def whole(self) -> bool:
        """Whether it is the region itself, which has nothing to stand beside."""
        return self.level is Level.REGION

    @property
    def paris(self) -> bool:
        """Whether it is Paris, whose parts are its arrondissements."""
        return self.code in {PARIS, PARIS[:2]}

    @property
    def name(self) -> str:
        """Its official name."""
        return str(self.outline["name"])

    @cached_property
    def outline(self) -> Row:
        """Its row of the layer of its level: name, population, area, point."""
        return get_row(select_layer(self.catalogue.territory, self.level), self.code)

    @cached_property
    def measured(self) -> Coverage:
        """All territories of its level."""
        return coverage.measure(self.actors, self.catalogue.territory, self.level)

    @cached_property
    def region(self) -> Coverage:
        """The region as one row."""
        return coverage.measure(self.actors, self.catalogue.territory, Level.REGION)

    @cached_property
    def row(self) -> Row:
        """Its totals."""
        return get_row(self.measured.table, self.code)

    @cached_property
    def region_row(self) -> Row:
        """The totals of the region."""
        return get_row(self.region.table, ILE_DE_FRANCE)

    @cached_property
    def sites(self) -> pd.DataFrame:
        """Its sites, by name."""
        found = self.actors[self.actors[CODE_COLUMNS[self.level]].eq(self.code)]
        return found.sort_values("name", key=lambda names: names.str.casefold())

    @cached_property
    def communes(self) -> pd.DataFrame:
        """Its communes, or those of the region (index: code)."""
        communes = self.catalogue.territory.communes
        columns = {Level.DEPARTMENT: "department_code", Level.EPCI: "intercommunality_code"}
        if self.level in columns:
            return pd.DataFrame(communes[communes[columns[self.level]].eq(self.code)])
        return pd.DataFrame(communes if self.whole else communes.loc[[self.code]])


def convert_cell(value: object) -> Cell:
    """A number of a frame as a cell; None where it is missing."""
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
