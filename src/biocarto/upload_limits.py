"""How a file may be given: what the desk, which decides about it, and the server, which takes it, say to each other."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

MOST_FILES = 3
"""Files that a session may have given and nobody has taken yet."""
MOST_BYTES = 20 * 1024 * 1024
"""Bytes of a file."""


class UploadOutcome(StrEnum):
    """What is answered to a session that wants to upload."""

    ALLOWED = "allowed"
    UNKNOWN = "unknown"
    DENIED = "denied"
    FULL = "full"


class UploadRegister(Protocol):
    """Who knows which sessions may upload; a session and a file are named by ids."""

    def has(self, session: str) -> bool:
        """Whether a session may be asked about at all."""
        ...

    def claim(self, session: str, file: str) -> UploadOutcome:
        """Whether it may upload a file now, and a place for that where it may; raises AppError, may wait for a store."""
        ...

    def holds(self, session: str, file: str) -> bool:
        """Whether a file that was on its way has its place still: the import may have ended meanwhile."""
        ...

    def release(self, session: str, *files: str) -> None:
        """Files that never arrived, or were taken away again."""
        ...
