"""How many needs are taken: a visitor never meets the limits, a program does after a moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.booth.limits import MINUTE, PER_MINUTE, PER_VISIT, VISIT, Limits
from biocarto.booth.needs_error import NeedsError
from tests.support.clock import Clock


@pytest.fixture
def clock() -> Clock:
    """Stands still."""
    return Clock(50.0)


def ask(limits: Limits, visit: str) -> bool:
    """Whether a need of this visit is taken."""
    try:
        with limits.count_need(visit):
            return True
    except NeedsError:
        return False


def test_a_visit_has_a_limit_of_its_own(clock: Clock) -> None:
    """The eleventh waits, and is told how long; another visit does not; later it is taken."""
    limits = Limits(clock)
    assert [ask(limits, "a") for _ in range(PER_VISIT)] == [True] * PER_VISIT
    with pytest.raises(NeedsError, match=f"in {VISIT:.0f} s") as caught, limits.count_need("a"):
        pass
    assert "Rien n'est enregistré" in caught.value.fr
    assert ask(limits, "b")
    clock.now += VISIT
    assert ask(limits, "a")


def test_visits_that_are_made_for_it_meet_the_limit_of_all(clock: Clock) -> None:
    """Seventy-five needs in sixteen seconds, each from a session of its own."""
    limits = Limits(clock)
    taken = 0
    for number in range(75):
        taken += ask(limits, f"{number}")
        clock.now += 16 / 75
    assert taken == PER_MINUTE


def test_what_was_not_stored_does_not_count(clock: Clock) -> None:
    """A full disk is no reason to wait once there is room."""
    limits = Limits(clock)
    for _ in range(PER_VISIT):
        with pytest.raises(OSError, match="full"), limits.count_need("a"):
            raise OSError("full")
    assert ask(limits, "a")


def test_needs_of_the_same_moment_are_counted(clock: Clock) -> None:
    """Forty threads get as many needs together as one."""
    limits = Limits(clock)
    with ThreadPoolExecutor(20) as pool:
        taken = list(pool.map(lambda number: ask(limits, f"{number}"), range(2 * PER_MINUTE)))
    assert sum(taken) == PER_MINUTE


@given(st.lists(st.tuples(st.floats(0, 40), st.sampled_from("abc")), max_size=80))
def test_no_pattern_gets_past(asked: list[tuple[float, str]]) -> None:
    """Whatever the pauses: in no minute and in no visit's ten minutes are there more than the limits say."""
    clock, taken = Clock(50.0), []
    limits = Limits(clock)
    for pause, visit in asked:
        clock.now += pause
        if ask(limits, visit):
            taken.append((clock.now, visit))
    for at, visit in taken:
        assert sum(at - MINUTE < other <= at for other, _ in taken) <= PER_MINUTE
        assert sum(at - VISIT < other <= at for other, of in taken if of == visit) <= PER_VISIT
