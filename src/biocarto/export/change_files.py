"""What editions tell differently, line by line, as files for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from biocarto.export.package import write_text
from biocarto.export.records import write_csv
from biocarto.register.changes import COLUMNS, Change


def write_changes_csv(found: Iterable[Change]) -> bytes:
    """The columns of the log; a cell like a formula starts with an apostrophe."""
    return write_csv(COLUMNS, map(asdict, found))


def write_changes_json(found: Sequence[Change], **about: str) -> bytes:
    """`about` what is compared, then the lines, each with the columns of the log."""
    return write_text({**about, "changes": list(map(asdict, found))})
