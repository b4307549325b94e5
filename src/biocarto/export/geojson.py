"""Points as GeoJSON, after RFC 7946: longitude first, WGS 84, six decimals."""

from __future__ import annotations

import io
import json
from typing import Any

from biocarto.export.selection import Progress, Selection, describe_provenance, ignore_progress
from biocarto.export.table import list_records, split_chunks
from biocarto.rows import Row


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature(row: Row) -> dict[str, Any]:
    """One row; a null geometry where the position is unknown."""
    point = [row["longitude"], row["latitude"]]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    return {"type": "Feature", "geometry": geometry, "properties": dict(row)}


def write_geojson(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """A FeatureCollection, one feature per line; `metadata` says what `provenance` does, as a foreign member."""
    target = io.BytesIO()
    target.write(f'{{"type": "FeatureCollection", "metadata": {_json(describe_provenance(selection))}, "features": ['.encode())
    separator = "\n"
    for part in split_chunks(selection.actors, progress, columns=selection.columns):
        for row in list_records(part):
            target.write(f"{separator}{_json(_feature(row))}".encode())
            separator = ",\n"
    target.write(b"\n]}\n")
    return target.getvalue()
