"""The PIN of the staff part: compared in constant time; guessing it is slowed down, and what was missed fades with time."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from biocarto.booth import pin_record
from biocarto.booth.pin_record import PinRecord

FREE = 3
"""Wrong answers before the first wait."""

FIRST_WAIT, LONGEST_WAIT = 5.0, 600.0
"""Seconds; each further wrong answer doubles the wait."""

FADES = 600.0
"""Seconds after which one wrong answer less is counted. Staff who mistype four times a day begin each day anew; whoever guesses gets
one answer in ten minutes in the long run, so that the 10,000 PINs of four digits take ten weeks."""

_ROUNDS = 100_000
_LONGEST = 64


@dataclass(frozen=True)
class PinAnswer:
    """Whether the PIN is right, and how many seconds nobody may try again."""

    right: bool
    wait: float = 0.0


class PinGuard:
    """Keeps a salted hash of the PIN and how often it was missed, by whatever session.

    `clock` never jumps (seconds). `path` is the file in which the count outlasts the process; its times are those of `calendar`
    (seconds since 1970), which may jump: never to a longer wait than the longest.
    """

    def __init__(
        self,
        pin: str,
        path: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        calendar: Callable[[], float] = time.time,
    ) -> None:
        self._salt = secrets.token_bytes(16)
        self._hash = self._hash_text(pin)
        self._path, self._clock, self._calendar, self._lock = path, clock, calendar, Lock()
        self.closed = not pin
        """True where the operator gave no PIN: no answer is right."""
        self._wrong, self._seen, self._until = 0.0, clock(), 0.0
        if pin and path is not None and (before := pin_record.read_record(path)):
            self._resume(before)

    def _resume(self, before: PinRecord) -> None:
        gone = max(0.0, self._calendar() - before.at)
        self._wrong = max(0.0, before.wrong - gone / FADES)
        self._until = self._clock() + min(max(0.0, before.wait - gone), LONGEST_WAIT)

    def _hash_text(self, text: str) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", text.encode("utf-8", "replace"), self._salt, _ROUNDS)

    def find_wait(self) -> float:
        """Seconds until somebody may try again, 0 when it is possible now."""
        return max(0.0, self._until - self._clock())

    def check(self, given: str) -> PinAnswer:
        """Compare an answer; during a wait even the right one is refused, and does not count as wrong."""
        with self._lock:
            if self.closed or self.find_wait():
                return PinAnswer(False, self.find_wait())
            if hmac.compare_digest(self._hash_text(given.strip()[:_LONGEST]), self._hash):
                self._wrong = 0.0
                self._record()
                return PinAnswer(True)
            self._count_wrong()
            self._record()
            return PinAnswer(False, self.find_wait())

    def _count_wrong(self) -> None:
        now = self._clock()
        self._wrong = max(0.0, self._wrong - (now - self._seen) / FADES) + 1
        self._seen = now
        late = math.ceil(self._wrong) - FREE
        if late >= 0:
            self._until = now + min(FIRST_WAIT * 2.0 ** min(late, 30), LONGEST_WAIT)

    def _record(self) -> None:
        """Before the answer is told, so that ending the process after it is in vain."""
        if self._path is not None:
            pin_record.write_record(self._path, PinRecord(self._wrong, self.find_wait(), self._calendar()))


_GUARDS: dict[tuple[str, Path], PinGuard] = {}


def get_guard(pin: str, needs: Path) -> PinGuard:
    """The one guard of this process, its record beside the file of the `needs`.

    Neither a new session, nor a page loaded anew, nor a new process forgets the wrong answers.
    """
    key = pin, needs.parent / pin_record.NAME
    return _GUARDS.get(key) or _GUARDS.setdefault(key, PinGuard(*key))
