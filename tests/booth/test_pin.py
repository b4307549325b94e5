"""The PIN opens the staff part, and guessing it takes longer than a congress."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biocarto.booth import pin, pin_record
from biocarto.booth.pin import FADES, FIRST_WAIT, FREE, LONGEST_WAIT, PinAnswer, PinGuard
from tests.support.clock import Clock

DAY = 86_400.0


@pytest.fixture
def clock() -> Clock:
    """Stands still."""
    return Clock()


@pytest.fixture
def guard(clock: Clock) -> PinGuard:
    """The PIN is 2468."""
    return PinGuard("2468", clock=clock)


@pytest.mark.parametrize(
    ("given", "right"), [("2468", True), (" 2468 ", True), ("24680", False), ("", False), ("٢٤٦٨", False), ("\ud800", False)]
)
def test_only_the_pin_is_right(guard: PinGuard, given: str, right: bool) -> None:
    """Spaces around it do not matter, everything else does."""
    assert guard.check(given) == PinAnswer(right)


def test_without_a_pin_nothing_opens() -> None:
    """An operator who set none has no staff part, not one that an empty answer opens."""
    guard = PinGuard("")
    assert guard.closed
    assert [guard.check(given).right for given in ("", " ", "0000")] == [False] * 3


def test_waits_grow_after_three_wrong_answers(guard: PinGuard, clock: Clock) -> None:
    """Each further one doubles the wait, up to a longest."""
    waits = []
    for _ in range(FREE + 12):
        waits.append(guard.check("0000").wait)
        clock.now += waits[-1]
    assert waits[: FREE + 2] == [0, 0, FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT


def test_during_a_wait_even_the_right_pin_is_refused(guard: PinGuard, clock: Clock) -> None:
    """Otherwise a guess would still tell; answers given too early do not lengthen the wait."""
    for _ in range(FREE):
        guard.check("0000")
    clock.now += FIRST_WAIT / 2
    assert [guard.check("2468"), guard.check("0000")] == [PinAnswer(False, FIRST_WAIT / 2)] * 2
    clock.now += FIRST_WAIT / 2
    assert guard.check("2468").right


def test_the_right_pin_forgets_the_wrong_ones(guard: PinGuard) -> None:
    """Staff who mistype once a day never wait."""
    for _ in range(5):
        guard.check("0000")
        assert guard.check("2468") == PinAnswer(True)


def test_guesses_at_the_same_moment_are_counted(guard: PinGuard) -> None:
    """Twenty sessions have three guesses together, not three each."""
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(guard.check, [f"{number:04}" for number in range(20)]))
    assert sum(not answer.wait for answer in answers) == FREE - 1
    assert guard._wrong == pytest.approx(FREE)


def test_four_slips_a_day_cost_the_same_every_day(guard: PinGuard, clock: Clock) -> None:
    """Staff who mistype in the morning and in the evening: the third day is like the first, and the right PIN opens."""
    days = []
    for _ in range(3):
        waits = []
        for pause in (0.0, 20.0, 30.0, 40.0):
            clock.now += pause
            waits.append(guard.check("0000").wait)
        days.append(waits)
        clock.now += DAY / 2
        assert guard.check("0000") == PinAnswer(False)
        clock.now += DAY / 2
    assert days == [[0, 0, FIRST_WAIT, 2 * FIRST_WAIT]] * 3
    assert guard.check("2468").right


def test_slips_that_are_far_apart_never_cost_anything(guard: PinGuard, clock: Clock) -> None:
    """One in twenty minutes, all day long."""
    waits = []
    for _ in range(72):
        waits.append(guard.check("0000").wait)
        clock.now += 2 * FADES
    assert set(waits) == {0.0}


@settings(deadline=None)
@given(st.lists(st.floats(0, 3 * LONGEST_WAIT), min_size=1, max_size=60))
def test_no_pattern_of_guesses_beats_the_wait(pauses: list[float]) -> None:
    """However the guesses are spaced: a dozen, then one in ten minutes, so that 10,000 PINs take ten weeks."""
    clock = Clock()
    guard, start, heard = PinGuard("2468", clock=clock), clock.now, 0
    guard._hash_text = lambda _text: b""  # type: ignore[method-assign] - the hash takes time on purpose
    for pause in pauses:
        clock.now += pause
        if not guard.find_wait():
            guard.check("0000")
            heard += 1
    assert heard <= FREE + 9 + (clock.now - start) / FADES
    assert guard.find_wait() <= LONGEST_WAIT


def test_a_restart_does_not_forget(tmp_path: Path, clock: Clock) -> None:
    """A new process goes on with the wait and with the count; both fade while none runs."""
    path, calendar = tmp_path / "new" / "record.json", Clock()
    first = PinGuard("2468", path, clock, calendar)
    for _ in range(FREE):
        first.check("0000")
    second = PinGuard("2468", path, Clock(), calendar)
    assert second.find_wait() == pytest.approx(FIRST_WAIT)
    assert not second.check("2468").right
    calendar.now += FIRST_WAIT
    third = PinGuard("2468", path, Clock(), calendar)
    assert third.check("0000").wait == pytest.approx(2 * FIRST_WAIT)
    calendar.now += DAY
    assert PinGuard("2468", path, Clock(), calendar).check("0000") == PinAnswer(False)


@pytest.mark.parametrize("jump", [-10 * 365 * DAY, -60.0, 10 * 365 * DAY])
def test_a_calendar_that_jumps_locks_nobody_out(tmp_path: Path, clock: Clock, jump: float) -> None:
    """A laptop whose battery was empty believes that it is 2000: nobody waits longer than the longest wait."""
    path, calendar = tmp_path / "record.json", Clock()
    first = PinGuard("2468", path, clock, calendar)
    for _ in range(FREE):
        first.check("0000")
    calendar.now += jump
    clock.now += 1
    second = PinGuard("2468", path, clock, calendar)
    assert second.find_wait() <= LONGEST_WAIT
    clock.now += LONGEST_WAIT
    assert second.check("2468").right


def test_the_right_pin_takes_the_record_away(tmp_path: Path) -> None:
    """Nothing is left to explain; and what is recorded meanwhile says nothing of the PIN."""
    path = tmp_path / "record.json"
    guard = PinGuard("2468", path)
    guard.check("9753")
    assert set(json.loads(path.read_text())) == {"wrong", "wait", "at"}
    assert not {"2468", "9753"} & set(path.read_text().split('"'))
    guard.check("2468")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff", b"[]", b"{}", b"1" * 9_999, b'{"wrong": 9}', b'{"wrong": "x", "wait": 0, "at": 0}'),
        *(f'{{"wrong": {wrong}, "wait": 0, "at": 0}}'.encode() for wrong in ("1e999", "NaN", "-5", "null")),
    ],
)
def test_a_record_that_makes_no_sense_is_none(tmp_path: Path, content: bytes) -> None:
    """A file that somebody has edited keeps nobody out, and is written anew."""
    path = tmp_path / "record.json"
    path.write_bytes(content)
    guard = PinGuard("2468", path)
    assert guard.check("0000") == PinAnswer(False)
    assert json.loads(path.read_text())["wrong"] == 1


def test_a_disk_that_takes_nothing_lets_staff_in(tmp_path: Path) -> None:
    """The count lasts as long as the process then."""
    (tmp_path / "file").write_text("x")
    guard = PinGuard("2468", tmp_path / "file" / "record.json")
    for _ in range(FREE - 1):
        assert guard.check("0000") == PinAnswer(False)
    assert guard.check("2468").right


def test_a_new_session_meets_the_same_guard(tmp_path: Path) -> None:
    """What was missed stays missed, whoever asks; another PIN has a guard of its own."""
    assert pin.get_guard("1357", tmp_path / "needs.sqlite") is pin.get_guard("1357", tmp_path / "needs.sqlite")
    assert pin.get_guard("1357", tmp_path / "needs.sqlite") is not pin.get_guard("9999", tmp_path / "needs.sqlite")
    pin.get_guard("1357", tmp_path / "needs.sqlite").check("0000")
    assert (tmp_path / pin_record.NAME).exists()


def test_the_guard_does_not_keep_the_pin() -> None:
    """A dump of its state shows a salted hash: two guards of one PIN have nothing in common."""
    first, second = PinGuard("2468"), PinGuard("2468")
    assert first._hash != second._hash
    assert "2468" not in repr(vars(first))
