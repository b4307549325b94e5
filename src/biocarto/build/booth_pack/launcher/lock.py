"""One stand at a time in one folder: the system gives the lock back even where the launcher was killed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from launcher.words import StandError

if sys.platform == "win32":
    import msvcrt

    def _hold(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take(own: Path) -> IO[bytes]:
    """The lock, held for as long as the file is open; raises StandError where another launcher has it."""
    file = (own / "stand.lock").open("ab")
    try:
        _hold(file)
    except OSError:
        file.close()
        raise StandError(
            "Ce stand est déjà lancé. Rien n'a été modifié. Reprenez sa fenêtre, ou fermez-la (Ctrl+C) avant de relancer.",
            "This stand is already running. Nothing was changed. Go back to its window, or end it (Ctrl+C) before starting again.",
        ) from None
    return file
