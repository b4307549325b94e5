"""Points as files of a geographic information system: GeoPackage and GeoParquet, in EPSG:4326."""

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

from biocarto.export.columns import COLUMNS, Type
from biocarto.export.geopackage_notes import add_notes
from biocarto.export.selection import Progress, Selection, describe_provenance, ignore_progress
from biocarto.export.table import flatten_table, split_chunks

LAYER = "actors"
_PIECE = 20_000
"""Rows written at a time: each time a database is opened and closed, or a row group begins."""

_GEOPACKAGE = "1.2"
"""The version that every GIS of the last years reads without a warning."""

_TYPES = {
    Type.TEXT: pa.string(),
    Type.LINK: pa.string(),
    Type.LIST: pa.list_(pa.string()),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
}
_SCHEMA = pa.schema([*((column.name, _TYPES[column.type]) for column in COLUMNS), ("geometry", pa.binary())])


def _points(rows: pd.DataFrame) -> gpd.GeoSeries:
    """Longitude and latitude as points; none where the position is unknown."""
    points = gpd.GeoSeries(gpd.points_from_xy(rows["longitude"], rows["latitude"]), index=rows.index, crs=4326)
    return points.where(rows[["longitude", "latitude"]].notna().all(axis=1))


def write_geopackage(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """One layer, `actors`; lists as text; provenance in the metadata of the file, and what QGIS reads. The temporary file is removed."""
    metadata = {name: json.dumps(value, ensure_ascii=False) for name, value in describe_provenance(selection).items()}
    options = {"layer": LAYER, "driver": "GPKG", "geometry_type": "Point"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "biocarto.gpkg"
        for rows in split_chunks(selection.actors, progress, _PIECE):
            layer = gpd.GeoDataFrame(flatten_table(rows), geometry=_points(rows))
            new = {} if path.exists() else {"dataset_metadata": metadata, "dataset_options": {"VERSION": _GEOPACKAGE}}
            pyogrio.write_dataframe(layer, path, append=path.exists(), **new, **options)
        add_notes(path, LAYER, selection)
        return path.read_bytes()


def _file_metadata(selection: Selection) -> dict[str, str]:
    """What makes the file GeoParquet (version 1.0), and its provenance where pandas reads `attrs`."""
    column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": pyproj.CRS.from_epsg(4326).to_json_dict()}
    geo = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return {"geo": json.dumps(geo), "PANDAS_ATTRS": json.dumps(describe_provenance(selection), ensure_ascii=False)}


def _arrow(rows: pd.DataFrame) -> pa.Table:
    """The rows with their points, in types that an empty table has too."""
    return pa.Table.from_pandas(rows.assign(geometry=_points(rows).to_wkb()), schema=_SCHEMA, preserve_index=False)


def write_geoparquet(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """GeoParquet 1.0; lists are list<string>.

    Written without GeoPandas, whose files either lose the type of an empty list or name it so that GeoPandas cannot read it back.
    """
    target = io.BytesIO()
    metadata = _file_metadata(selection)
    pieces = map(_arrow, split_chunks(selection.actors, progress, _PIECE))
    first = next(pieces)
    schema = first.schema.with_metadata({**first.schema.metadata, **metadata})
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for piece in chain([first], pieces):
            writer.write_table(piece.replace_schema_metadata(schema.metadata))
    return target.getvalue()
