"""The PIN of the staff part: compared in constant time, and guessing it is slowed down."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

FREE = 3
"""Wrong answers before the first wait."""

FIRST_WAIT, LONGEST_WAIT = 5.0, 600.0
"""Seconds; each further wrong answer doubles the wait. At the longest, the 10,000 PINs of four digits take ten weeks."""

_ROUNDS = 100_000
_LONGEST = 64


@dataclass(frozen=True)
class Answer:
    """Whether the PIN is right, and how many seconds nobody may try again."""

    right: bool
    wait: float = 0.0


class Guard:
    """Keeps a salted hash of the PIN and how often it was missed, by whatever session; `clock` never jumps (seconds)."""

    def __init__(self, pin: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._salt = secrets.token_bytes(16)
        self._hash = self._hashed(pin)
        self._clock, self._lock = clock, Lock()
        self._wrong, self._until = 0, 0.0
        self.closed = not pin
        """True where the operator gave no PIN: no answer is right."""

    def _hashed(self, text: str) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", text.encode("utf-8", "replace"), self._salt, _ROUNDS)

    def wait(self) -> float:
        """Seconds until somebody may try again, 0 when it is possible now."""
        return max(0.0, self._until - self._clock())

    def check(self, given: str) -> Answer:
        """Compare an answer; during a wait even the right one is refused, and does not count as wrong."""
        with self._lock:
            if self.closed or self.wait():
                return Answer(False, self.wait())
            if hmac.compare_digest(self._hashed(given.strip()[:_LONGEST]), self._hash):
                self._wrong = 0
                return Answer(True)
            self._wrong += 1
            late = self._wrong - FREE
            if late >= 0:
                self._until = self._clock() + min(FIRST_WAIT * 2.0 ** min(late, 30), LONGEST_WAIT)
            return Answer(False, self.wait())


_GUARDS: dict[str, Guard] = {}


def guard(pin: str) -> Guard:
    """The one guard of this process: a new session, or a page loaded anew, does not forget the wrong answers."""
    return _GUARDS.get(pin) or _GUARDS.setdefault(pin, Guard(pin))
