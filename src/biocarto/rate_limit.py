"""How many acts are taken in a while: no person does ten in ten minutes, a program does as many in a second."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from biocarto.errors import AppError


@dataclass(frozen=True)
class Pace:
    """At most `per_visit` acts of one visit within `visit` seconds, and `per_while` of all visits together within `pause` seconds."""

    per_visit: int
    visit: float
    per_while: int
    pause: float


class RateLimit:
    """Counts what was done, by whatever session; `clock` never jumps (seconds). `refuse` makes the error from the seconds to wait."""

    def __init__(self, pace: Pace, refuse: Callable[[int], AppError], clock: Callable[[], float] = time.monotonic) -> None:
        self._pace, self._refuse = pace, refuse
        self._clock, self._lock = clock, Lock()
        self._taken: deque[tuple[float, str]] = deque()

    def find_wait(self, visit: str) -> float:
        """Seconds until a visit may act again, 0 when it may now."""
        now, pace = self._clock(), self._pace
        while self._taken and self._taken[0][0] <= now - max(pace.visit, pace.pause):
            self._taken.popleft()
        own = [at for at, other in self._taken if other == visit and at > now - pace.visit]
        everyone = [at for at, _ in self._taken if at > now - pace.pause]
        waits = [own[-pace.per_visit] + pace.visit - now] if len(own) >= pace.per_visit else []
        waits += [everyone[-pace.per_while] + pace.pause - now] if len(everyone) >= pace.per_while else []
        return max([0.0, *waits])

    @contextmanager
    def count(self, visit: str) -> Iterator[None]:
        """Around one act: raises where it is one too many; what was not done in the end does not count."""
        with self._lock:
            if wait := self.find_wait(visit):
                raise self._refuse(math.ceil(wait))
            entry = (self._clock(), visit)
            self._taken.append(entry)
        try:
            yield
        except BaseException:
            with self._lock:
                if entry in self._taken:
                    self._taken.remove(entry)
            raise


@dataclass(frozen=True)
class Allowance:
    """What one asker may still do: calls `left`, seconds until the next one (`wait`, 0 for now) and until all are there again."""

    left: int
    wait: float
    full: float


class TokenBuckets:
    """A bucket of calls for each key, filled again all the time: at most `per_minute` at once, and that many a minute.

    The `most` keys that were seen last are remembered; `clock` never jumps (seconds).
    """

    def __init__(self, per_minute: int, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._most, self._clock, self._lock = most, clock, Lock()
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: Hashable) -> Allowance:
        """One call of a key, which is not counted where there is none left."""
        now, rate = self._clock(), self.per_minute / 60
        with self._lock:
            level, at = self._buckets.pop(key, (float(self.per_minute), now))
            level = min(self.per_minute, level + (now - at) * rate)
            wait = 0.0 if level >= 1 else (1 - level) / rate
            level -= 0 if wait else 1
            self._buckets[key] = (level, now)
            while len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
        return Allowance(int(level), wait, (self.per_minute - level) / rate)
