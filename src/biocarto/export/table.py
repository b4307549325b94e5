"""The rows of a selection as every format needs them: the same columns, typed, free of characters that files cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from biocarto.export.columns import COLUMNS, ExportColumn, Type, list_of_type
from biocarto.export.selection import Progress
from biocarto.register.schema import LIST_DELIMITER
from biocarto.render.text import clean
from biocarto.rows import Row, list_rows

CHUNK = 2_000
"""Rows in memory at a time, in the formats that are written row by row."""

DECIMALS = 6
"""Decimals of a degree: a tenth of a metre, and what RFC 7946 asks for."""


def _texts(values: pd.Series) -> pd.Series:
    """Clean text, missing where empty; each distinct text is cleaned once."""
    known = {value: clean(value) or None for value in values.dropna().unique()}
    return values.map(lambda value: known[value], na_action="ignore").astype("str")


def _lists(values: pd.Series) -> pd.Series:
    return values.map(lambda items: tuple(map(clean, items))).astype(object)


def _numbers(values: pd.Series) -> pd.Series:
    numbers = values.astype(float)
    return numbers.where(numbers.abs() < float("inf")).round(DECIMALS)


_CAST: dict[Type, Callable[[pd.Series], pd.Series]] = {
    Type.TEXT: _texts,
    Type.LINK: _texts,
    Type.LIST: _lists,
    Type.INTEGER: lambda values: values.astype("Int64"),
    Type.NUMBER: _numbers,
}


def build_table(rows: pd.DataFrame, columns: tuple[ExportColumn, ...] = COLUMNS) -> pd.DataFrame:
    """The columns of an export, each of its type, rows in the order given; lists stay tuples."""
    return pd.DataFrame({column.name: _CAST[column.type](rows[column.name]) for column in columns}).reset_index(drop=True)


def flatten_table(rows: pd.DataFrame, columns: tuple[ExportColumn, ...] = COLUMNS) -> pd.DataFrame:
    """The same table with each list as one text, as the register itself writes them."""
    lists = {name: _texts(rows[name].map(LIST_DELIMITER.join)) for name in list_of_type(Type.LIST, columns=columns)}
    return rows.assign(**lists)


def list_records(part: pd.DataFrame) -> list[Row]:
    """Rows with None where a value is unknown."""
    cells = part.astype(object)
    return list_rows(cells.where(cells.notna(), None))


def split_chunks(
    actors: pd.DataFrame, progress: Progress, size: int = CHUNK, columns: tuple[ExportColumn, ...] = COLUMNS
) -> Iterator[pd.DataFrame]:
    """The table piece by piece (one empty piece for an empty selection); says which share of the rows was taken."""
    for start in range(0, max(len(actors), 1), size):
        yield build_table(actors.iloc[start : start + size], columns)
        progress(min((start + size) / max(len(actors), 1), 1.0))
