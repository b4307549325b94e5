"""What a store has to do, on a real PostgreSQL with PostGIS; tests/store/test_both.py asks the same of SQLite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.store_checks import CHECKS

pytestmark = pytest.mark.services


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_database_does_what_a_store_does(check: Callable[[str], None], database: str) -> None:
    """Each check in a database of its own."""
    check(database)
