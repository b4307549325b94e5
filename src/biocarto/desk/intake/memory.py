"""What columns of a file were taken for, remembered by the shape of its header: the next file of the same form is read the same way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from biocarto.desk.intake.staging import StagedSheet
from biocarto.names import fold
from biocarto.store.transaction import Transaction

_MOST = 500
"""Shapes that are kept: the one that was used longest ago goes first."""


@dataclass(frozen=True)
class RememberedColumns:
    """What a person decided of a file of this shape: its table, and place -> column of the register, "" for one that is left out."""

    resource: str
    fields: Mapping[int, str]


def compute_shape(staged: StagedSheet) -> str:
    """What two files with the same headers in the same order share; "" where there are none, which is no shape to know a file by."""
    if not any(staged.headers):
        return ""
    return sha256("\n".join(fold(header) for header in staged.headers).encode()).hexdigest()


def recall(transaction: Transaction, shape: str) -> RememberedColumns | None:
    """What was decided of files of this shape; None where nobody has, nor of files without headers."""
    found = transaction.execute("SELECT resource, fields FROM column_choice WHERE shape = ?", (shape,))
    if not found:
        return None
    resource, fields = found[0]
    return RememberedColumns(resource, {int(place): str(name) for place, name in json.loads(fields).items()})


def remember(transaction: Transaction, shape: str, columns: RememberedColumns, at: str) -> None:
    """Keep what was decided of files of this shape, at a moment in ISO 8601; nothing of files without headers."""
    if not shape:
        return
    fields = json.dumps({str(place): columns.fields[place] for place in sorted(columns.fields)})
    transaction.execute(
        "INSERT INTO column_choice (shape, resource, fields, at) VALUES (?, ?, ?, ?) ON CONFLICT (shape) DO UPDATE SET "
        "resource = excluded.resource, fields = excluded.fields, at = excluded.at",
        (shape, columns.resource, fields, at),
    )
    transaction.execute(
        "DELETE FROM column_choice WHERE shape NOT IN (SELECT shape FROM column_choice ORDER BY at DESC, shape LIMIT ?)", (_MOST,)
    )
