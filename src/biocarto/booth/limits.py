"""How many needs are taken in a while: nobody says ten in ten minutes, a program says as many in a second."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from biocarto.booth.needs_error import NeedsError

PER_VISIT, VISIT = 10, 600.0
"""Needs of one visit within as many seconds."""

PER_MINUTE, MINUTE = 30, 60.0
"""Needs of all visits together within as many seconds."""


class Limits:
    """Counts what was stored, by whatever session; `clock` never jumps (seconds)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._taken: deque[tuple[float, str]] = deque()

    def find_wait(self, visit: str) -> float:
        """Seconds until a visit may have another need stored, 0 when it may now."""
        now = self._clock()
        while self._taken and self._taken[0][0] <= now - VISIT:
            self._taken.popleft()
        own = [at for at, other in self._taken if other == visit]
        everyone = [at for at, _ in self._taken if at > now - MINUTE]
        waits = [own[-PER_VISIT] + VISIT - now] if len(own) >= PER_VISIT else []
        waits += [everyone[-PER_MINUTE] + MINUTE - now] if len(everyone) >= PER_MINUTE else []
        return max([0.0, *waits])

    @contextmanager
    def count_need(self, visit: str) -> Iterator[None]:
        """Around the storing of one need: raises NeedsError where it is one too many; what was not stored in the end does not count."""
        with self._lock:
            if wait := self.find_wait(visit):
                raise _too_many(math.ceil(wait))
            entry = (self._clock(), visit)
            self._taken.append(entry)
        try:
            yield
        except BaseException:
            with self._lock:
                if entry in self._taken:
                    self._taken.remove(entry)
            raise


def _too_many(seconds: int) -> NeedsError:
    return NeedsError(
        f"Beaucoup de besoins en peu de temps : le prochain peut être transmis dans {seconds} s. "
        "Rien n'est enregistré, vos mots restent à l'écran.",
        f"Many needs in a short time: the next one can be passed on in {seconds} s. Nothing is stored, your words stay on screen.",
    )


LIMITS = Limits()
"""Those of this process."""
