"""The PIN opens the staff part, and guessing it takes longer than a congress."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from biocarto.booth import pin
from biocarto.booth.pin import FIRST_WAIT, FREE, LONGEST_WAIT, Answer, Guard


class Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        """Like `time.monotonic`."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Stands still."""
    return Clock()


@pytest.fixture
def guard(clock: Clock) -> Guard:
    """The PIN is 2468."""
    return Guard("2468", clock)


@pytest.mark.parametrize(
    ("given", "right"), [("2468", True), (" 2468 ", True), ("24680", False), ("", False), ("٢٤٦٨", False), ("\ud800", False)]
)
def test_only_the_pin_is_right(guard: Guard, given: str, right: bool) -> None:
    """Spaces around it do not matter, everything else does."""
    assert guard.check(given) == Answer(right)


def test_without_a_pin_nothing_opens() -> None:
    """An operator who set none has no staff part, not one that an empty answer opens."""
    guard = Guard("")
    assert guard.closed
    assert [guard.check(given).right for given in ("", " ", "0000")] == [False] * 3


def test_waits_grow_after_three_wrong_answers(guard: Guard, clock: Clock) -> None:
    """Each further one doubles the wait, up to a longest."""
    waits = []
    for _ in range(FREE + 12):
        waits.append(guard.check("0000").wait)
        clock.now += waits[-1]
    assert waits[: FREE + 2] == [0, 0, FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT


def test_during_a_wait_even_the_right_pin_is_refused(guard: Guard, clock: Clock) -> None:
    """Otherwise a guess would still tell; answers given too early do not lengthen the wait."""
    for _ in range(FREE):
        guard.check("0000")
    clock.now += FIRST_WAIT / 2
    assert [guard.check("2468"), guard.check("0000")] == [Answer(False, FIRST_WAIT / 2)] * 2
    clock.now += FIRST_WAIT / 2
    assert guard.check("2468").right


def test_the_right_pin_forgets_the_wrong_ones(guard: Guard) -> None:
    """Staff who mistype once a day never wait."""
    for _ in range(5):
        guard.check("0000")
        assert guard.check("2468") == Answer(True)


def test_guesses_at_the_same_moment_are_counted(guard: Guard) -> None:
    """Twenty sessions have three guesses together, not three each."""
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(guard.check, [f"{number:04}" for number in range(20)]))
    assert sum(not answer.wait for answer in answers) == FREE - 1
    assert guard._wrong == FREE


def test_a_new_session_meets_the_same_guard() -> None:
    """What was missed stays missed, whoever asks; another PIN has a guard of its own."""
    assert pin.guard("1357") is pin.guard("1357")
    assert pin.guard("1357") is not pin.guard("9999")


def test_the_guard_does_not_keep_the_pin() -> None:
    """A dump of its state shows a salted hash: two guards of one PIN have nothing in common."""
    first, second = Guard("2468"), Guard("2468")
    assert first._hash != second._hash
    assert "2468" not in repr(vars(first))
