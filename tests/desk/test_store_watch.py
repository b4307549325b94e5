"""Pages ask whether there is a desk, and never wait for a database that is silent."""

from __future__ import annotations

import time
from concurrent.futures import wait
from threading import Event

import pytest

from biocarto.desk import store_watch
from biocarto.desk.store_watch import FRESH, StoreWatch
from biocarto.store.store_error import StoreError, StoreTrouble
from tests.support.clock import Clock


class Sleeper:
    """A store that answers when it is let."""

    def __init__(self, answer: bool | StoreError, awake: bool = True) -> None:
        self.answer, self.awake, self.asked = answer, Event(), 0
        if awake:
            self.awake.set()

    def exists(self) -> bool:
        """After a while."""
        self.asked += 1
        assert self.awake.wait(60)
        if isinstance(self.answer, StoreError):
            raise self.answer
        return self.answer


def ask(watch: StoreWatch, store: Sleeper) -> bool:
    """What a page is told."""
    return watch.is_there("here", store)  # type: ignore[arg-type]


def finish(watch: StoreWatch) -> None:
    """Until what was asked is answered."""
    wait([watch._questions["here"].future], 60)


def test_a_store_is_asked_once_in_a_while() -> None:
    """A hundred pages are one question; a desk that is made meanwhile is seen soon."""
    clock, store = Clock(), Sleeper(answer=False)
    watch = StoreWatch(clock)
    assert {ask(watch, store) for _ in range(100)} == {False}
    assert store.asked == 1
    store.answer = True
    clock.now += FRESH
    ask(watch, store)
    finish(watch)
    assert ask(watch, store)
    assert store.asked == 2


def test_a_silent_database_keeps_no_page_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first page waits, and not for long; the form is there, and says what happens when it is sent."""
    monkeypatch.setattr(store_watch, "PATIENCE", 0.05)
    clock, store = Clock(), Sleeper(answer=False, awake=False)
    watch = StoreWatch(clock)
    begun = time.monotonic()
    assert ask(watch, store)
    for _ in range(100):
        clock.now += FRESH
        assert ask(watch, store)
    assert time.monotonic() - begun < 30
    assert store.asked == 1
    store.awake.set()
    finish(watch)
    assert not ask(watch, store)


def test_a_database_that_is_down_is_a_desk_all_the_same() -> None:
    """An operator has set it up."""
    assert ask(StoreWatch(Clock()), Sleeper(StoreError(StoreTrouble.UNREACHABLE, "PostgreSQL")))
