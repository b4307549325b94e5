"""Rows of text as files for programs: CSV that a spreadsheet opens without running anything, and JSON as the texts are."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from biocarto.render.text import clean, disarm_text

_MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every file of an archive: the same files give the same archive."""


def write_csv(columns: Sequence[str], records: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8, commas; a cell like a formula starts with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([disarm_text(clean(record[column])) for column in columns] for record in records)
    return text.getvalue().encode()


def write_json(records: Iterable[Mapping[str, str]]) -> bytes:
    """A list of objects, UTF-8."""
    return (json.dumps(list(records), ensure_ascii=False, indent=2) + "\n").encode(errors="replace")


def write_zip(files: Mapping[str, str]) -> bytes:
    """Files as an archive in memory, each under its own name, which has no folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name.replace("/", "-").replace("\\", "-"), _MADE), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()
