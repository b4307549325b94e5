"""Points as GeoJSON, after RFC 7946: longitude first, WGS 84, six decimals."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd

from biocarto.export.selection import Progress, Selection, describe_provenance, ignore_progress
from biocarto.export.table import split_chunks
from biocarto.rows import Row, list_rows


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature(row: Row) -> dict[str, Any]:
    """One actor; a null geometry where the position is unknown."""
    point = [row["longitude"], row["latitude"]]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    return {"type": "Feature", "geometry": geometry, "properties": dict(row)}


def _rows(part: pd.DataFrame) -> list[Row]:
    """Rows with None where a value is unknown."""
    cells = part.astype(object)
    return list_rows(cells.where(cells.notna(), None))


def write_geojson(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """A FeatureCollection, one feature per line; `metadata` says what `provenance` does, as a foreign member."""
    target = io.BytesIO()
    target.write(f'{{"type": "FeatureCollection", "metadata": {_json(describe_provenance(selection))}, "features": ['.encode())
    separator = "\n"
    for part in split_chunks(selection.actors, progress):
        for row in _rows(part):
            target.write(f"{separator}{_json(_feature(row))}".encode())
            separator = ",\n"
    target.write(b"\n]}\n")
    return target.getvalue()
