"""Rows of a table as JSON for programs: names and codes as they are, numbers as numbers, lists as lists."""

from __future__ import annotations

import io
import json

from biocarto.export.selection import Progress, Selection, ignore_progress
from biocarto.export.table import list_records, split_chunks


def write_json(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """A list of objects, one per line; null where a value is unknown."""
    target, separator = io.BytesIO(), "\n"
    target.write(b"[")
    for part in split_chunks(selection.actors, progress, columns=selection.columns):
        for row in list_records(part):
            target.write(f"{separator}{json.dumps(dict(row), ensure_ascii=False, allow_nan=False)}".encode())
            separator = ",\n"
    target.write(b"\n]\n")
    return target.getvalue()
