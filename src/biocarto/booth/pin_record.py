"""How often the PIN was missed, in a file that outlasts the process; it holds nothing of the PIN."""

from __future__ import annotations

import json
import logging
import math
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "essais-du-code.json"
"""Of the file, in the folder of the needs. An operator who deletes it and starts the server anew has all attempts again."""

_LONGEST = 1_000
"""Bytes of the file that are read."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class PinRecord:
    """Wrong answers that still counted and the seconds that were still to wait, at a moment (seconds since 1970)."""

    wrong: float
    wait: float
    at: float


def read_record(path: Path) -> PinRecord | None:
    """What was written last; None where there is nothing, or nothing that makes sense."""
    try:
        with path.open("rb") as source:
            found = json.loads(source.read(_LONGEST))
        record = PinRecord(**{name: float(value) for name, value in found.items()})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, AttributeError, OverflowError) as error:
        _LOG.warning("%s: %s", path, error)
        return None
    return record if all(map(math.isfinite, asdict(record).values())) and record.wrong >= 0 else None


def write_record(path: Path, record: PinRecord) -> None:
    """Whole or not at all; a disk that takes nothing is told to the log, because staff must get in all the same."""
    draft = path.with_name(f"{path.name}.new")
    try:
        if not record.wrong:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8") as target:
            json.dump(asdict(record), target)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    except OSError as error:
        _LOG.warning("%s: %s", path, error)
