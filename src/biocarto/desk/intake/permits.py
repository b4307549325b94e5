"""Which sessions may upload a file now: said by the room of the import for an editor, asked anew at each upload, in memory alone.

A session is named by the id that its own browser alone knows. Whoever loses the role meanwhile uploads nothing more, and what a session
has given is let go when its import ends, or a quarter of an hour after the last thing that was done in the room.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from biocarto.caches import IMPORTS
from biocarto.desk.members import Member, read_role, require
from biocarto.desk.rights import Right, may
from biocarto.store.database import Store
from biocarto.upload_limits import MOST_FILES, UploadOutcome

LIFE = 15 * 60.0
"""Seconds that a permit lives, and with it what its session has given, after the room was shown last."""


@dataclass
class Permit:
    """One session's: whose it is, where their role is read, what lets go of all that they gave, the files that wait, by their ids."""

    who: Member
    store: Store
    let_go: Callable[[], None]
    until: float
    is_open: bool = True
    files: set[str] = field(default_factory=set)


class UploadPermits:
    """The permits of a process, `most` at a time: the one that was used longest ago makes room."""

    def __init__(self, most: int = IMPORTS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._permits: OrderedDict[str, Permit] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._permits)

    def grant(self, session: str, who: Member, store: Store, let_go: Callable[[], None]) -> None:
        """A quarter of an hour from now; raises DeniedError for who is no editor, StoreError. `let_go` is called once, when it ends."""
        with store.read() as transaction:
            require(transaction, who, Right.IMPORT)
        with self._lock:
            known = self._permits.pop(session, None)
            files = known.files if known and known.who.id == who.id else set()
            self._permits[session] = Permit(who, store, let_go, self._clock() + LIFE, files=files)
            ended = [self._permits.popitem(last=False)[1] for _ in range(len(self._permits) - self._most)]
        _let_go(ended if known is None or known.who.id == who.id else [*ended, known])

    def close(self, session: str) -> None:
        """The room is not shown any more: nothing is taken, what was given stays for its time."""
        with self._lock:
            if permit := self._permits.get(session):
                permit.is_open = False

    def withdraw(self, session: str) -> None:
        """The import has ended: nothing is taken, what was given is let go."""
        with self._lock:
            permit = self._permits.pop(session, None)
        _let_go([permit] if permit else [])

    def has(self, session: str) -> bool:
        """Whether a session has a permit that lives."""
        with self._lock:
            return self._find(session) is not None

    def claim(self, session: str, file: str) -> UploadOutcome:
        """Whether a session may upload a file now, and the place for it where it may; raises StoreError. Waits for the store."""
        with self._lock:
            permit = self._find(session)
        if permit is None or not permit.is_open:
            return UploadOutcome.UNKNOWN
        with permit.store.read() as transaction:
            role = read_role(transaction, permit.who)
        if not may(role, Right.IMPORT):
            self.withdraw(session)
            return UploadOutcome.DENIED
        with self._lock:
            if self._permits.get(session) is not permit:
                return UploadOutcome.UNKNOWN
            if file in permit.files or len(permit.files) >= MOST_FILES:
                return UploadOutcome.FULL
            permit.files.add(file)
        return UploadOutcome.ALLOWED

    def holds(self, session: str, file: str) -> bool:
        """Whether a session has a place for a file still, which `release` and the end of its permit take away."""
        with self._lock:
            permit = self._find(session)
            return permit is not None and file in permit.files

    def release(self, session: str, *files: str) -> None:
        """Files that were taken, removed or never arrived make room; all of a session's where none is named."""
        with self._lock:
            if permit := self._permits.get(session):
                permit.files -= set(files) if files else set(permit.files)

    def sweep(self) -> int:
        """End the permits whose time is over; how many there were."""
        with self._lock:
            over = [session for session, permit in self._permits.items() if permit.until <= self._clock()]
            ended = [self._permits.pop(session) for session in over]
        _let_go(ended)
        return len(ended)

    def _find(self, session: str) -> Permit | None:
        permit = self._permits.get(session)
        return permit if permit and permit.until > self._clock() else None


def _let_go(ended: list[Permit]) -> None:
    """Outside of the lock: what lets go may ask for permits itself."""
    for permit in ended:
        permit.let_go()


UPLOADS = UploadPermits()
"""Those of this process."""
