"""Filters in CQL2 for the columns of a collection."""

from __future__ import annotations

from biocarto.export.collections.collection import Collection
from biocarto.export.collections.source import Condition
from biocarto.query.cql2 import FilterType, compile_filter
from biocarto.territory.systems import CoordinateSystem


def compile_condition(text: str, lang: str, system: CoordinateSystem, collection: Collection) -> Condition:
    """The condition of a filter (`cql2-text` or `cql2-json`) whose geometries are in a system; raises FilterError."""
    columns = {name: FilterType(kind.value) for name, kind in collection.types.items()}
    columns["geometry"] = FilterType.GEOMETRY
    return compile_filter(text, lang, columns, system.epsg, latitude_first=system.latitude_first)
