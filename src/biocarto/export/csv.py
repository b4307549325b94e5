"""Rows as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import pandas as pd

from biocarto.export.columns import ExportColumn, Type, list_of_type
from biocarto.export.office import label_codes, label_headers, order_columns
from biocarto.export.selection import Progress, Selection, ignore_progress
from biocarto.export.table import flatten_table, split_chunks
from biocarto.render.text import disarm_text

_BOM = "\ufeff"
_LINE_END = "\r\n"
"""As RFC 4180 wants it; a lone CR or LF inside a cell is then quoted by every version of Python."""


_harmless: WeakValueDictionary[int, pd.DataFrame] = WeakValueDictionary()
"""Frames that came out of `disarm_frame` and are still in use, by their identity."""


def disarm_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell harmless; same shape, same index. One that came out of here is let through as it is."""
    if _harmless.get(id(frame)) is frame:
        return frame
    found = frame.map(disarm_text)
    _harmless[id(found)] = found
    return found


@dataclass(frozen=True)
class _Dialect:
    """How a file is written down: what it starts with, what parts its cells, what parts the decimals of a number."""

    start: str
    delimiter: str
    decimal: str


_FRENCH_EXCEL = _Dialect(_BOM, ";", ",")
_PLAIN = _Dialect("", ",", ".")


def _write_rows(pieces: Iterable[pd.DataFrame], columns: tuple[ExportColumn, ...], header: list[str], dialect: _Dialect) -> bytes:
    """Piece by piece, because 100,000 rows as one text would be in memory three times."""
    target = io.BytesIO(dialect.start.encode())
    target.seek(0, io.SEEK_END)
    texts = list_of_type(Type.TEXT, Type.LINK, Type.LIST, columns=columns)
    looks: dict[str, Any] = {"sep": dialect.delimiter, "decimal": dialect.decimal, "index": False, "lineterminator": _LINE_END}
    for number, piece in enumerate(pieces):
        piece[texts] = disarm_frame(piece[texts])
        target.write(piece.to_csv(header=False if number else header, **looks).encode())
    return target.getvalue()


def write_excel_csv(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """For French Excel: labels in the language of the selection, byte-order mark, semicolons, decimal commas, no live formula."""
    columns = order_columns(selection)
    pieces = (label_codes(rows, selection, columns) for rows in split_chunks(selection.actors, progress, columns=columns))
    return _write_rows(pieces, columns, label_headers(selection, columns), _FRENCH_EXCEL)


def write_plain_csv(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """For programs: names and codes as they are, UTF-8, commas, decimal points; a cell like a formula starts with an apostrophe."""
    columns = selection.columns
    pieces = (flatten_table(rows, columns) for rows in split_chunks(selection.actors, progress, columns=columns))
    return _write_rows(pieces, columns, [column.name for column in columns], _PLAIN)
