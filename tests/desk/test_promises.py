"""The promises of the register on a file of SQLite; tests/services asks the same of PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from biocarto.desk.acts import Desk
from tests.support.desk import copy_store, open_desk
from tests.support.desk_promises import PROMISES, assert_whole, loses_nothing_of_many_editors


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_register_keeps_its_promise(promise: Callable[[Desk], None], tmp_path: Path) -> None:
    """Each on a register of its own."""
    promise(open_desk(copy_store(tmp_path)))


def test_no_save_of_eight_editors_is_lost(tmp_path: Path) -> None:
    """Eight editors on twenty rows for six seconds."""
    store = copy_store(tmp_path)
    assert loses_nothing_of_many_editors(store, 6) > 8
    assert_whole(store)
