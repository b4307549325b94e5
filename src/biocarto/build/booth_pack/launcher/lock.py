"""One stand at a time in one folder: the system gives the lock back even where the launcher was killed.

The builder of the pack reads this file by itself, so that it never writes under a stand that runs: nothing of the launcher is needed here.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import IO

NAME = "stand.lock"
_TAKEN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES}
"""The last is what Windows answers; everything else means that the file system knows no locks."""

if sys.platform == "win32":
    import msvcrt

    def _hold(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockTakenError(Exception):
    """Another launcher has the lock."""


def take(folder: Path) -> tuple[IO[bytes], bool]:
    """The lock, held for as long as the file is open, and whether there are locks here at all; raises LockTakenError, or OSError."""
    file = (folder / NAME).open("ab")
    try:
        _hold(file)
    except OSError as error:
        if error.errno not in _TAKEN:
            return file, False
        file.close()
        raise LockTakenError from None
    return file, True
