"""The log of the server: bounded, the one before it kept, its last lines at hand."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

LIMIT = 1_000_000


class Journal:
    """`journal.txt`; where it grows past its limit, or another start begins, it becomes `journal-1.txt`."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.path, self._older, self._limit = folder / "journal.txt", folder / "journal-1.txt", limit
        self._lock = threading.Lock()
        self._turn()

    def _turn(self) -> None:
        """Begin anew; where somebody has the file open and the system lets nobody move it, go on in it."""
        self._size = 0
        with suppress(OSError):
            if self.path.is_file():
                self.path.replace(self._older)
            return
        with suppress(OSError):
            self.path.unlink()

    def write(self, text: bytes) -> None:
        """Append; a disk that is full does not stop the stand."""
        with self._lock:
            if self._size + len(text) > self._limit:
                self._turn()
            try:
                with self.path.open("ab") as file:
                    file.write(text)
            except OSError:
                return
            self._size += len(text)

    def note(self, text: str) -> None:
        """A line of the launcher itself, with the time."""
        self.write(f"[{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}] {text}\n".encode())

    def read_tail(self, count: int = 12) -> str:
        """The last lines."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join(lines[-count:])
