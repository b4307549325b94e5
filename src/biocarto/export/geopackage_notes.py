"""What a GeoPackage says of its layer in its own tables: style, aliases, meaning of codes, metadata.

GDAL writes none of them from here, so they are added to the finished file: a GeoPackage is a SQLite database whose tables are
prescribed (OGC 12-128r15, extensions Schema and Metadata; `layer_styles` is the custom of QGIS).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from biocarto.export.columns import Type
from biocarto.export.geopackage_style import write_abstract, write_metadata, write_style
from biocarto.export.selection import Selection
from biocarto.register.headers import translate_header, translate_values

_SCHEMA_TABLES = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE IF NOT EXISTS gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC AUTOINCREMENT NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
  row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER, CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
"""
_EXTENSIONS = {
    "gpkg_schema": ("http://www.geopackage.org/spec121/#extension_schema", ("gpkg_data_columns", "gpkg_data_column_constraints")),
    "gpkg_metadata": ("http://www.geopackage.org/spec121/#extension_metadata", ("gpkg_metadata", "gpkg_metadata_reference")),
}
_QGIS = "http://mrcc.com/qgis.dtd"


def _list_labelled_columns(selection: Selection) -> dict[str, dict[str, str]]:
    """Columns that hold one code each -> code -> label."""
    texts = (column.name for column in selection.columns if column.type is Type.TEXT)
    return {name: labels for name in texts if (labels := translate_values(selection.table, name, selection.text))}


def _columns(selection: Selection) -> Iterator[tuple[str | None, ...]]:
    """A row of `gpkg_data_columns` for each column: its label, its meaning, the list of its codes where it has some."""
    t, coded = selection.text, _list_labelled_columns(selection)
    for column in selection.columns:
        meaning = t(column.meaning) if column.meaning else selection.described.get(column.name, "")
        label = translate_header(column.name, t)
        yield selection.table, column.name, label, label, meaning, None, column.name if column.name in coded else None


def add_notes(path: Path, selection: Selection) -> None:
    """Add to the file of one layer, called like its table, what programs read beside the rows; its dates are that of the selection."""
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(_SCHEMA_TABLES)
        for name, (definition, tables) in _EXTENSIONS.items():
            file.executemany(
                "INSERT OR IGNORE INTO gpkg_extensions SELECT ?, NULL, ?, ?, 'read-write' WHERE NOT EXISTS"
                " (SELECT 1 FROM gpkg_extensions WHERE table_name = ?)",
                [(table, name, definition, table) for table in tables],
            )
        codes = [(name, code, label) for name, labels in _list_labelled_columns(selection).items() for code, label in labels.items()]
        file.executemany(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description) VALUES (?, 'enum', ?, ?)",
            codes,
        )
        file.executemany("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, ?, ?)", _columns(selection))
        _add_texts(file, selection)
    set_dates(path, selection.made)


def _add_texts(file: sqlite3.Connection, selection: Selection) -> None:
    """Title and abstract for everyone, style and metadata for QGIS."""
    layer = selection.table
    told = (selection.title, write_abstract(selection), layer)
    file.execute("UPDATE gpkg_contents SET identifier = ?, description = ? WHERE table_name = ?", told)
    made = file.execute("INSERT INTO gpkg_metadata (md_standard_uri, metadata) VALUES (?, ?)", (_QGIS, write_metadata(selection)))
    file.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) VALUES ('table', ?, ?)", (layer, made.lastrowid)
    )
    if layer == "actors":
        _add_style(file, selection)


def _add_style(file: sqlite3.Connection, selection: Selection) -> None:
    style = (selection.table, "geom", "BioCarto", write_style(selection), selection.title)
    file.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,"
        " useAsDefault, description, owner) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, 'BioCarto')",
        style,
    )
    file.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles')")


_DATES = {"gpkg_contents": "last_change", "gpkg_metadata_reference": "timestamp", "layer_styles": "update_time"}
"""Table of a GeoPackage -> its column with a time."""


def set_dates(path: Path, day: date) -> None:
    """A day wherever the format wants a time: else a file would differ each time that it is made."""
    with closing(sqlite3.connect(path)) as file:
        with file:
            there = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for table in there & _DATES.keys():
                file.execute(f"UPDATE {table} SET {_DATES[table]} = ?", [f"{day.isoformat()}T00:00:00.000Z"])  # noqa: S608 - our own names
        file.execute("VACUUM")  # nothing stays of what was written over
