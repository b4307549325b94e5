"""The register's own rows, read as cells of a file."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.support.intake_sheets import DATA, package, read_sheet


@pytest.mark.parametrize("table", sorted(package()))
def test_the_own_rows_of_a_table_are_read_as_they_are(table: str) -> None:
    """No cell of the thirteen tables changes, is refused or is told of: an export that comes back is no alarm."""
    own = pd.read_csv(DATA / package()[table].path, dtype=str, keep_default_na=False)
    reading = read_sheet(table, {str(name): own[name].tolist() for name in own})
    assert list(reading.refused) == []
    assert [notice.text("en") for notice in reading.notices] == []
    assert list(reading.values.columns) == list(own.columns)
    differing = {name: [(a, b) for a, b in zip(own[name], reading.values[name], strict=True) if a != b] for name in own}
    assert {name: pairs for name, pairs in differing.items() if pairs} == {}
