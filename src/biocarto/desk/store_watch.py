"""Whether there is a desk, for pages that must not wait for a database: asked aside, remembered for a few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Lock

from biocarto.store.database import Store
from biocarto.store.store_error import StoreError

FRESH = 5.0
"""Seconds for which an answer holds."""

PATIENCE = 1.0
"""Seconds that the first page of a process waits for its answer."""


@dataclass
class _Question:
    """What was asked of one store, and the last answer; until there is one, a store is taken to be there: whoever writes is told."""

    asked: float
    future: Future[bool]
    answer: bool = field(default=True)


class StoreWatch:
    """Asks each store at most once in `FRESH` seconds, in a thread of its own; `clock` never jumps (seconds)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store-watch")
        self._questions: dict[str, _Question] = {}

    def is_there(self, address: str, store: Store) -> bool:
        """The last answer for a store: False before `desk init`. Only the first one is waited for, and not for long."""
        now = self._clock()
        with self._lock:
            question = self._questions.get(address)
            if is_first := question is None:
                question = self._questions[address] = _Question(now, self._pool.submit(_ask, store))
            elif question.future.done() and now - question.asked >= FRESH:
                question.asked, question.answer = now, question.future.result()
                question.future = self._pool.submit(_ask, store)
        if is_first:
            wait([question.future], PATIENCE)
        return question.future.result() if question.future.done() else question.answer


def _ask(store: Store) -> bool:
    """A store that cannot tell is one that an operator has set up: who writes to it is told what is wrong."""
    try:
        return store.exists()
    except StoreError:
        return True


WATCH = StoreWatch()
"""That of this process."""
