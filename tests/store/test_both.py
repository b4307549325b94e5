"""What a store has to do, on a file of SQLite; tests/services/test_postgres.py asks the same of PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.store_checks import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_file_does_what_a_store_does(check: Callable[[str], None], tmp_path: Path) -> None:
    """Each check in a folder that is not there yet."""
    check(str(tmp_path / "new" / "register.sqlite"))
