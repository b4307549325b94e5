"""GeoJSON, GeoPackage and Parquet as sheets: one row per feature, its point as latitude and longitude in degrees (EPSG:4326)."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio

from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.sheet_limits import LARGEST_UNPACKED, MOST_ROWS, build_bomb_error, check_shape
from biocarto.desk.intake.staging import Grid
from biocarto.desk.intake.workbook import drop_blank, write_cell
from biocarto.errors import Notice, quote_value
from biocarto.register.schema import LIST_DELIMITER
from biocarto.rows import list_rows
from biocarto.territory.territory import to_degrees

POINT = ("latitude", "longitude")
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326")
_MARK, _MARKS = slice(68, 72), {b"GPKG", b"GP10", b"GP11"}
"""Where an SQLite file says whose it is, and what a GeoPackage says there."""
_REMEDY = (
    "Exportez-le de nouveau depuis le système d'information géographique, en GeoPackage, GeoJSON (EPSG:4326) ou CSV.",
    "Export it again from the geographic information system, as GeoPackage, GeoJSON (EPSG:4326) or CSV.",
)


def read_geojson(name: str, data: bytes) -> tuple[Grid, ...]:
    """The features of a GeoJSON: line 1 is the names of their properties; raises IntakeError."""
    try:
        told = json.loads(data.decode("utf-8-sig"))
        features = told["features"] if told["type"] == "FeatureCollection" else [told]
        rows = [feature["properties"] or {} for feature in features]
        shapes = [feature["geometry"] or {} for feature in features]
        points = [_read_point(shape) for shape in shapes]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _build_error(name, "GeoJSON") from error
    if str(system := (told.get("crs") or {"properties": {"name": "CRS84"}}).get("properties", {}).get("name", "")).endswith(_DEGREES):
        unread = sum(bool(shape) and point is None for shape, point in zip(shapes, points, strict=True))
        return _build_grids(name, name, rows, points, unread)
    raise build_intake_error(
        name,
        (
            f"des coordonnées en {quote_value(system)}, alors que GeoJSON est en degrés (EPSG:4326).",
            f"coordinates in {quote_value(system)}, while GeoJSON is in degrees (EPSG:4326).",
        ),
        _REMEDY,
    )


def read_geopackage(name: str, data: bytes) -> tuple[Grid, ...]:
    """The layers of a GeoPackage, each a sheet; raises IntakeError. The file that GDAL reads, which looks at its name, is removed."""
    grids: list[Grid] = []
    cells = 0
    if data[_MARK] not in _MARKS:
        raise _build_error(name, "GeoPackage")
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "file.gpkg")
            path.write_bytes(data)
            for layer, _ in pyogrio.list_layers(path):
                frame = pyogrio.read_dataframe(path, layer=layer, max_features=MOST_ROWS + 1)  # a layer may be a view without end
                check_shape(name, len(frame), len(frame.columns), cells)
                cells += len(frame) * len(frame.columns)
                grids += _read_layer(name, str(layer), frame)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError, ValueError) as error:
        raise _build_error(name, "GeoPackage") from error
    if not grids:
        raise _build_error(name, "GeoPackage")
    return tuple(grids)


def read_parquet(name: str, data: bytes) -> tuple[Grid, ...]:
    """The one table of a Parquet or GeoParquet file; raises IntakeError."""
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        check_shape(name, file.metadata.num_rows, file.metadata.num_columns)
        _check_unpacked(name, file)
        is_geo = b"geo" in (file.schema_arrow.metadata or {})
        grids = _read_layer(name, name, (gpd if is_geo else pd).read_parquet(io.BytesIO(data)))
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _build_error(name, "Parquet") from error
    if not grids:
        raise _build_error(name, "Parquet")
    return grids


def _check_unpacked(name: str, file: pq.ParquetFile) -> None:
    """Raise IntakeError for a file that says much in few bytes: as its groups declare, then as its columns turn out to be."""
    declared = sum(file.metadata.row_group(number).total_byte_size for number in range(file.metadata.num_row_groups))
    found = 0
    for batch in file.iter_batches(batch_size=1_000) if declared <= LARGEST_UNPACKED else ():
        found += batch.nbytes
        if found > LARGEST_UNPACKED:
            break
    if max(declared, found) > LARGEST_UNPACKED:
        raise build_bomb_error(name)


def _read_layer(name: str, layer: str, frame: pd.DataFrame) -> tuple[Grid, ...]:
    points: list[tuple[float, float] | None] = [None] * len(frame)
    unread = 0
    if isinstance(frame, gpd.GeoDataFrame):
        shapes = to_degrees(frame).geometry if frame.crs is not None else frame.geometry
        is_point = (shapes.geom_type == "Point") & ~shapes.is_empty
        points = [(shape.y, shape.x) if good else None for shape, good in zip(shapes, is_point, strict=True)]
        unread = int((~is_point & shapes.notna()).sum())
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    cells = frame.astype(object)
    rows = list_rows(cells.where(cells.notna(), None))
    return _build_grids(name, layer, rows, points, unread) if rows else ()


def _read_point(shape: Mapping[str, Any]) -> tuple[float, float] | None:
    if shape.get("type") != "Point" or not shape["coordinates"]:
        return None
    longitude, latitude = shape["coordinates"][:2]
    return float(latitude), float(longitude)


def _build_grids(
    name: str, sheet: str, rows: Sequence[Mapping[str, Any]], points: list[tuple[float, float] | None], unread: int
) -> tuple[Grid, ...]:
    """Rows under the names of their properties; a point is told where no property of its name says it."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    added = [column for column in POINT if column not in columns] if any(points) else []
    check_shape(name, len(rows) + 1, len(columns) + len(added))
    cells = [[_write_value(row.get(column)) for column in columns] for row in rows]
    for place, column in enumerate(POINT):
        if column in added:
            for row, point in zip(cells, points, strict=True):
                row.append(write_cell(point[place]) if point else "")
    frame = pd.DataFrame([[*columns, *added], *cells], index=range(1, len(cells) + 2), dtype=str)
    if not columns or not rows:
        raise _build_error(name, "GeoJSON")
    fr = f"{unread} formes qui ne sont pas des points : leurs lignes sont lues, leurs positions non"
    told = (Notice(name, 0, "", fr, f"{unread} shapes that are no points: their rows are read, their positions are not"),) if unread else ()
    return (Grid(sheet, drop_blank(frame), told),)


def _write_value(value: object) -> str:
    if isinstance(value, list | np.ndarray):  # a list of GeoJSON, of GeoPackage or Parquet
        return LIST_DELIMITER.join(map(write_cell, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else write_cell(value)


def _build_error(name: str, kind: str) -> IntakeError:
    return build_intake_error(name, (f"un {kind} abîmé, incomplet ou sans objet.", f"a damaged, incomplete or empty {kind}."), _REMEDY)
