"""Points as files of a geographic information system: GeoPackage and GeoParquet, in EPSG:4326; rows without points as Parquet."""

from __future__ import annotations

import io
import json
import tempfile
from itertools import chain
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj

from biocarto.export.columns import ExportColumn, Type
from biocarto.export.geopackage_notes import add_notes
from biocarto.export.selection import Progress, Selection, describe_provenance, ignore_progress
from biocarto.export.table import flatten_table, split_chunks

_PIECE = 20_000
"""Rows written at a time: each time a database is opened and closed, or a row group begins."""

GEOPACKAGE_VERSION = "1.2"
"""The version that every GIS of the last years reads without a warning."""

_TYPES = {
    Type.TEXT: pa.string(),
    Type.LINK: pa.string(),
    Type.LIST: pa.list_(pa.string()),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
}


def _points(rows: pd.DataFrame) -> gpd.GeoSeries:
    """Longitude and latitude as points; none where the position is unknown."""
    points = gpd.GeoSeries(gpd.points_from_xy(rows["longitude"], rows["latitude"]), index=rows.index, crs=4326)
    return points.where(rows[["longitude", "latitude"]].notna().all(axis=1))


def write_geopackage(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """One layer, called like its table; lists as text; provenance in the metadata of the file, and what QGIS reads.

    The temporary file is removed, and nothing in it is of the hour: the same selection gives the same bytes.
    """
    metadata = {name: json.dumps(value, ensure_ascii=False) for name, value in describe_provenance(selection).items()}
    options = {"layer": selection.table, "driver": "GPKG", "geometry_type": "Point"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "biocarto.gpkg"
        for rows in split_chunks(selection.actors, progress, _PIECE, selection.columns):
            layer = gpd.GeoDataFrame(flatten_table(rows, selection.columns), geometry=_points(rows))
            new = {} if path.exists() else {"dataset_metadata": metadata, "dataset_options": {"VERSION": GEOPACKAGE_VERSION}}
            pyogrio.write_dataframe(layer, path, append=path.exists(), **new, **options)
        add_notes(path, selection)
        return path.read_bytes()


def _describe_points() -> dict[str, str]:
    """What makes the file GeoParquet (version 1.0)."""
    column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": pyproj.CRS.from_epsg(4326).to_json_dict()}
    return {"geo": json.dumps({"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": column}})}


def _schema(columns: tuple[ExportColumn, ...], *, has_points: bool) -> pa.Schema:
    """Types that an empty table has too."""
    return pa.schema([*((column.name, _TYPES[column.type]) for column in columns), *([("geometry", pa.binary())] if has_points else [])])


def write_geoparquet(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """The rows with their points.

    Written without GeoPandas, whose files either lose the type of an empty list or name it so that GeoPandas cannot read it back.
    """
    return _write_parquet(selection, progress, has_points=True)


def write_parquet(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """The rows of a table without positions."""
    return _write_parquet(selection, progress, has_points=False)


def _write_parquet(selection: Selection, progress: Progress, *, has_points: bool) -> bytes:
    """Piece by piece; the provenance stands where pandas reads `attrs`."""
    schema = _schema(selection.columns, has_points=has_points)
    told = {"PANDAS_ATTRS": json.dumps(describe_provenance(selection), ensure_ascii=False), **(_describe_points() if has_points else {})}

    def build_piece(rows: pd.DataFrame) -> pa.Table:
        found = rows.assign(geometry=_points(rows).to_wkb()) if has_points else rows
        return pa.Table.from_pandas(found, schema=schema, preserve_index=False)

    target = io.BytesIO()
    pieces = map(build_piece, split_chunks(selection.actors, progress, _PIECE, selection.columns))
    first = next(pieces)
    whole = first.schema.with_metadata({**first.schema.metadata, **told})
    with pq.ParquetWriter(target, whole, compression="zstd") as writer:
        for piece in chain([first], pieces):
            writer.write_table(piece.replace_schema_metadata(whole.metadata))
    return target.getvalue()
