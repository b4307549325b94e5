"""A filter that was read, checked and typed."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from biocarto.query.cql2.terms import Bindings, Rows, Term


@dataclass(frozen=True)
class Expression:
    """One condition, said in two ways that agree; a row of which it is unknown is not kept."""

    term: Term

    def build_mask(self, frame: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
        """One truth per row of a frame in EPSG:4326 that has the columns the filter was compiled for."""
        rows = Rows(frame)
        values, known = self.term.evaluate(rows)
        return np.broadcast_to(values & known, len(rows)).copy()

    def build_sql(self) -> tuple[str, tuple[object, ...]]:
        """A condition of WHERE for psycopg over a table of the same columns (geometry in EPSG:4326, lists as text[]), and its values."""
        bindings = Bindings()
        return self.term.write(bindings), tuple(bindings.values)
