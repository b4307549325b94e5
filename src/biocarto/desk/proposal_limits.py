"""How many proposals are taken in a while, and how many wait at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from biocarto.desk.proposal_error import KEPT, ProposalError
from biocarto.rate_limit import Pace, RateLimit

PACE = Pace(per_visit=10, visit=600.0, per_while=20, pause=60.0)
"""Ten proposals of one visit in ten minutes, twenty of everybody in a minute."""

MOST_WAITING = 500
"""Proposals that wait for a decision; nobody reads more, and a flood ends there."""


def build_limit(clock: Callable[[], float] = time.monotonic) -> RateLimit:
    """The limit of proposals; `clock` never jumps (seconds)."""
    return RateLimit(PACE, TooManyProposalsError, clock)


class TooManyProposalsError(ProposalError):
    """One proposal too many; the next one is taken in so many `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            f"Beaucoup de propositions en peu de temps : la prochaine peut être envoyée dans {seconds} s. {KEPT[0]}",
            f"Many proposals in a short time: the next one can be sent in {seconds} s. {KEPT[1]}",
        )


LIMIT = build_limit()
"""That of this process."""
