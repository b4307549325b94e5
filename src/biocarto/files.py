"""Files that are there as a whole or not at all, and what tells that the files of a folder have changed."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

_PRIVATE, _USUAL = 0o600, 0o666
DRAFT = ".draft-"
"""How the name of a file begins that is being written."""


def write_file(path: Path, content: bytes, *, private: bool = False) -> None:
    """Replace a file in one step: a reader sees the old content or the new one, never half of it; what fails leaves nothing behind.

    A file that is replaced keeps its permissions, a new one has the usual ones; one that is `private` is for its owner alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = None if private else _read_mode(path)
    draft = path.with_name(f"{DRAFT}{secrets.token_hex(8)}")
    created = _USUAL if kept is None and not private else _PRIVATE  # the system takes the umask off, which no thread may ask for
    file = open(draft, "xb", opener=lambda name, flags: os.open(name, flags, created))  # noqa: SIM115 - a name that is taken is not ours to remove
    try:
        with file:
            file.write(content)
        if kept is not None:
            draft.chmod(kept)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _read_mode(path: Path) -> int | None:
    """The permissions of a file; None where there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o777
    except FileNotFoundError:
        return None


def stamp_folder(folder: Path) -> str:
    """Names, times and sizes of a folder's files: a changed file changes it. What cannot be listed has none: whoever reads says why."""
    try:
        with os.scandir(folder) as entries:
            return "|".join(sorted(f"{e.name} {(s := e.stat()).st_mtime_ns} {s.st_size}" for e in entries if e.is_file()))
    except OSError:
        return ""
