"""The pieces of a compiled filter: typed terms, each a column of cells where some are unknown, and an expression of SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[Any]
Known = npt.NDArray[np.bool_]


class FilterType(StrEnum):
    """What a property holds, and what a term of a filter is worth; INTEGER and NUMBER are compared as numbers."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"
    DATE = "date"
    GEOMETRY = "geometry"


TYPE_WORDS = {
    FilterType.TEXT: ("un texte", "a text"),
    FilterType.INTEGER: ("un nombre", "a number"),
    FilterType.NUMBER: ("un nombre", "a number"),
    FilterType.BOOLEAN: ("vrai ou faux", "true or false"),
    FilterType.LIST: ("une liste", "a list"),
    FilterType.DATE: ("une date", "a date"),
    FilterType.GEOMETRY: ("une géométrie", "a geometry"),
}
"""Each type in French and in English, for what an error says."""


class Cells(NamedTuple):
    """Values and which of them are known; arrays of one row per feature, or without a dimension where all rows have the same.

    A value that is not known is a neutral one of its type (false, 0, an empty text), so that nothing raises on it.
    """

    values: Values
    known: Known


class Bindings:
    """The values of a statement, in the order of their placeholders."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def bind(self, value: object, cast: str) -> str:
        """The placeholder of psycopg for this value, with its type of PostgreSQL."""
        self.values.append(value)
        return f"%s::{cast}"


class Rows:
    """A frame whose columns are read once, however often a filter names them."""

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        self._frame = frame
        self._cells: dict[str, Cells] = {}

    def __len__(self) -> int:
        return len(self._frame)

    def read(self, name: str, kind: FilterType) -> Cells:
        """The cells of a property: None, NaN, NaT and an empty text are unknown."""
        if name not in self._cells:
            self._cells[name] = _READERS[kind](self._frame[name])
        return self._cells[name]


@dataclass(frozen=True)
class Term:
    """A typed piece of a filter: how it is computed over rows, and how it is written for PostGIS.

    `literal` is its value where it is a constant, as `evaluate` would give it: a text, a list of them or a geometry; None elsewhere.
    """

    kind: FilterType
    evaluate: Callable[[Rows], Cells]
    write: Callable[[Bindings], str]
    literal: object = None


def apply_each(function: Callable[..., object], *values: Values) -> Values:
    """What a function gives for each cell, as objects."""
    return np.asarray(np.frompyfunc(function, len(values), 1)(*values), dtype=object)


def read_texts(column: pd.Series) -> Cells:
    """Texts; an empty one is unknown."""
    values = column.to_numpy(dtype=object)
    known = column.notna().to_numpy(dtype=bool) & (values != "")
    return Cells(np.where(known, values, ""), known)


def read_numbers(column: pd.Series) -> Cells:
    """Numbers as float64; what is not finite is unknown."""
    values = pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(values)
    return Cells(np.where(known, values, 0.0), known)


def read_booleans(column: pd.Series) -> Cells:
    """True and false."""
    known = column.notna().to_numpy(dtype=bool)
    values = np.zeros(len(column), dtype=bool)
    values[known] = column.to_numpy(dtype=object)[known].astype(bool)
    return Cells(values, known)


def read_sets(column: pd.Series) -> Cells:
    """Lists as sets, whatever they are kept in; a list without an item is known to be empty, a text is no list."""
    values = np.empty(len(column), dtype=object)
    known = np.zeros(len(column), dtype=bool)
    for index, cell in enumerate(column):
        known[index] = isinstance(cell, tuple | list | set | frozenset | np.ndarray)
        values[index] = frozenset(cell) if known[index] else frozenset()
    return Cells(values, known)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def count_microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of a moment; one without a zone is of UTC."""
    elapsed = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - EPOCH
    return (elapsed.days * 86_400 + elapsed.seconds) * 1_000_000 + elapsed.microseconds


def _count_cell(cell: object) -> int | None:
    if isinstance(cell, str):
        try:
            return count_microseconds(datetime.fromisoformat(cell))
        except ValueError:
            return None
    if isinstance(cell, datetime):
        return count_microseconds(cell)
    return count_microseconds(datetime.combine(cell, time.min)) if isinstance(cell, date) else None


def read_instants(column: pd.Series) -> Cells:
    """Dates, and texts that are ISO dates, as microseconds since 1970; a text that is no whole date is unknown."""
    counted = [_count_cell(cell) if known else None for cell, known in zip(column.astype(object), column.notna(), strict=True)]
    known = np.array([count is not None for count in counted], dtype=bool)
    return Cells(np.array([count or 0 for count in counted], dtype=np.int64), known)


def read_shapes(column: pd.Series) -> Cells:
    """Geometries; a missing one is unknown."""
    values = np.asarray(column.array, dtype=object)
    return Cells(values, np.array([shape is not None for shape in values], dtype=bool))


_READERS: dict[FilterType, Callable[[pd.Series], Cells]] = {
    FilterType.TEXT: read_texts,
    FilterType.INTEGER: read_numbers,
    FilterType.NUMBER: read_numbers,
    FilterType.BOOLEAN: read_booleans,
    FilterType.LIST: read_sets,
    FilterType.DATE: read_instants,
    FilterType.GEOMETRY: read_shapes,
}

_CASTS = {
    FilterType.TEXT: '({} COLLATE "C")',
    FilterType.INTEGER: "{}::float8",
    FilterType.NUMBER: "{}::float8",
    FilterType.DATE: "{}::timestamp",
}
"""How a column is written where its order or its arithmetic would depend on the database: texts by code point, numbers as doubles."""


def quote_identifier(name: str) -> str:
    """A name of a column as SQL of psycopg takes it."""
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'


def make_property(name: str, kind: FilterType) -> Term:
    """A property of the collection."""
    written = _CASTS.get(kind, "{}").format(quote_identifier(name))
    shown = FilterType.NUMBER if kind is FilterType.INTEGER else kind
    return Term(shown, lambda rows: rows.read(name, kind), lambda _: written)


def make_literal(kind: FilterType, value: object, cast: str, bound: object = None) -> Term:
    """A constant; `bound` is what the statement gets where that is not the value itself."""
    cell = np.empty((), dtype=object)
    cell[()] = value
    cells = Cells(cell if kind in _OBJECTS else cell.astype(type(value)), np.True_)  # type: ignore[arg-type]
    sent = value if bound is None else bound
    return Term(kind, lambda _: cells, lambda bindings: bindings.bind(sent, cast), value)


_OBJECTS = {FilterType.TEXT, FilterType.LIST, FilterType.GEOMETRY}
"""Types whose values are Python objects in an array."""
