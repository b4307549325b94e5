"""The register's own rows, read as cells of a file."""

from __future__ import annotations

import pandas as pd
import pytest

from biocarto.i18n import Locale
from biocarto.register.headers import translate_values
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


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("table", sorted(package()))
def test_labels_are_read_back(table: str, language: str) -> None:
    """The register's own rows as office files show them, with labels and decimal commas."""
    own = pd.read_csv(DATA / package()[table].path, dtype=str, keep_default_na=False)
    shown = own.copy()
    for name, column in package()[table].fields.items():
        labels = translate_values(table, name, Locale(language))
        shown[name] = [";".join(labels.get(item, item) for item in cell.split(";")) for cell in own[name]] if labels else own[name]
        if column.type == "number" and language == "fr":
            shown[name] = shown[name].str.replace(".", ",")
    reading = read_sheet(table, {str(name): shown[name].tolist() for name in shown})
    assert reading.refused == ()
    assert reading.notices == ()
    assert reading.values.to_dict("list") == own.to_dict("list")
