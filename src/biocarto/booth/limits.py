"""How many needs are taken in a while: nobody says ten in ten minutes, a program says as many in a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from biocarto.booth.needs_error import NeedsError
from biocarto.rate_limit import Pace, RateLimit

PER_VISIT, VISIT = 10, 600.0
"""Needs of one visit within as many seconds."""

PER_MINUTE, MINUTE = 30, 60.0
"""Needs of all visits together within as many seconds."""


class Limits:
    """Counts what was stored, by whatever session; `clock` never jumps (seconds)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = RateLimit(Pace(PER_VISIT, VISIT, PER_MINUTE, MINUTE), _too_many, clock)

    def count_need(self, visit: str) -> AbstractContextManager[None]:
        """Around the storing of one need: raises NeedsError where it is one too many; what was not stored in the end does not count."""
        return self._limit.count(visit)


def _too_many(seconds: int) -> NeedsError:
    return NeedsError(
        f"Beaucoup de besoins en peu de temps : le prochain peut être transmis dans {seconds} s. "
        "Rien n'est enregistré, vos mots restent à l'écran.",
        f"Many needs in a short time: the next one can be passed on in {seconds} s. Nothing is stored, your words stay on screen.",
    )


LIMITS = Limits()
"""Those of this process."""
