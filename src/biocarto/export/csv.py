"""Rows as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import io
from weakref import WeakValueDictionary

import pandas as pd

from biocarto.export.columns import Type, of_type
from biocarto.export.selection import Progress, Selection, quiet
from biocarto.export.table import chunks, flat
from biocarto.export.words import harmless

_BOM = "\ufeff"
_LINE_END = "\r\n"
"""As RFC 4180 wants it; a lone CR or LF inside a cell is then quoted by every version of Python."""


_harmless: WeakValueDictionary[int, pd.DataFrame] = WeakValueDictionary()
"""Frames that came out of `harmless_frame` and are still in use, by their identity."""


def harmless_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell harmless; same shape, same index. One that came out of here is let through as it is."""
    if _harmless.get(id(frame)) is frame:
        return frame
    found = frame.map(harmless)
    _harmless[id(found)] = found
    return found


def _written(selection: Selection, progress: Progress, start: str, delimiter: str, decimal: str) -> bytes:
    """Piece by piece, because 100,000 rows as one text would be in memory three times."""
    target = io.BytesIO(start.encode())
    target.seek(0, io.SEEK_END)
    texts = of_type(Type.TEXT, Type.LINK, Type.LIST)
    for number, rows in enumerate(chunks(selection.actors, progress)):
        cells = flat(rows)
        cells[texts] = harmless_frame(cells[texts])
        written = cells.to_csv(sep=delimiter, decimal=decimal, header=number == 0, index=False, lineterminator=_LINE_END)
        target.write(written.encode())
    return target.getvalue()


def excel_csv(selection: Selection, progress: Progress = quiet) -> bytes:
    """For French Excel: byte-order mark, semicolons, decimal commas; cells that look like formulas start with an apostrophe."""
    return _written(selection, progress, start=_BOM, delimiter=";", decimal=",")


def plain_csv(selection: Selection, progress: Progress = quiet) -> bytes:
    """For programs: UTF-8, commas, decimal points; cells that look like formulas start with an apostrophe."""
    return _written(selection, progress, start="", delimiter=",", decimal=".")
