"""Columns and cells as people read them in office files: labels in the language of the selection, what is printed first."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from biocarto.export.columns import ExportColumn, Type
from biocarto.export.selection import Selection
from biocarto.register.headers import VALUES_BY, translate_header, translate_values
from biocarto.render.text import join_lines

DELIMITER = "; "
"""Between the items of a list; no label holds it."""

PRINTED = {
    **{"name": 34, "group": 26, "activity": 58, "modalities": 24, "commune": 22, "department_name": 18},
    **{"presence": 24, "status": 24, "status_year": 9, "as_of": 9, "source_title": 44},
}
"""What a page of actors shows, from the left, and how wide: whoever prints rows wants to know what, where, and since when it is known."""

_INSTEAD = {"status": "presence", "as_of": "status_year"}
"""A column that is not printed where the one that says it better is."""

PRINTED_WIDTH = 250
"""Characters beside one another that an A4 page in landscape shows and people can still read."""

_NOT_PRINTED = ("id", "_id", "_ids", "_code", "_codes", "_url", "website", "latitude", "longitude", "fact")


def _is_readable(column: ExportColumn, lang: str) -> bool:
    """Whether a column is for readers of this language: no key, no address, no text in the other one."""
    other = "_en" if lang == "fr" else "_fr"
    return column.type is not Type.LINK and not column.name.endswith((*_NOT_PRINTED, other))


def choose_printed(selection: Selection) -> tuple[ExportColumn, ...]:
    """The columns that a printed page shows, in its order: of actors the chosen ones, of another table as many as fit."""
    readable = [column for column in selection.columns if _is_readable(column, selection.lang)]
    if selection.table == "actors":
        by_name = {column.name.removesuffix(f"_{selection.lang}"): column for column in readable}
        chosen = [name for name in PRINTED if name in by_name and _INSTEAD.get(name) not in by_name]
        return tuple(replace(by_name[name], width=PRINTED[name]) for name in chosen)
    fitting, width = [], 0
    for column in readable:
        width += column.width
        if width <= PRINTED_WIDTH:
            fitting.append(column)
    return tuple(fitting)


def order_columns(selection: Selection) -> tuple[ExportColumn, ...]:
    """What is printed, then everything else as in the other files."""
    printed = choose_printed(selection)
    names = {column.name for column in printed}
    return (*printed, *(column for column in selection.columns if column.name not in names))


def label_headers(selection: Selection, columns: tuple[ExportColumn, ...]) -> list[str]:
    """The header of each column."""
    return [join_lines(translate_header(column.name, selection.text)) for column in columns]


def label_codes(rows: pd.DataFrame, selection: Selection, columns: tuple[ExportColumn, ...]) -> pd.DataFrame:
    """Typed rows with their codes as labels, and each list as one text."""
    return pd.DataFrame({column.name: _label_cells(rows, column, selection) for column in columns}, index=rows.index)


def _label_cells(rows: pd.DataFrame, column: ExportColumn, selection: Selection) -> pd.Series:
    cells, beside = rows[column.name], VALUES_BY.get((selection.table, column.name))
    if beside is not None:
        table, named = beside
        known = {name: translate_values(table, name, selection.text) for name in rows[named].dropna().unique()}
        labelled = [known.get(name, {}).get(cell, cell) for name, cell in zip(rows[named], cells, strict=True)]
        return pd.Series(labelled, index=rows.index, dtype=object)
    values = translate_values(selection.table, column.name, selection.text)
    if column.type is Type.LIST:
        return cells.map(lambda items: DELIMITER.join(values.get(item, item) for item in items) or None)
    return cells.map(lambda cell: values.get(cell, cell), na_action="ignore") if values else cells
