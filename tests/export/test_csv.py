"""Cells that a spreadsheet must not run."""

import io

import pandas as pd
import pytest

from biocarto.export.csv import french_csv, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_becomes_text(cell: str) -> None:
    """Whatever a spreadsheet would run starts with an apostrophe."""
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Généthon", "a=b", "", 3, -2.5, None, "1-2"])
def test_an_ordinary_cell_is_untouched(cell: object) -> None:
    """Names and numbers stay what they are."""
    assert harmless(cell) is cell


def test_french_excel_reads_the_file_back() -> None:
    """Semicolons, byte-order mark, lists as text, and every formula disarmed."""
    frame = pd.DataFrame({"nom": ["=cmd()", "Évry; ville"], "modalités": [("ARN", "Vaccins"), ()]})
    data = french_csv(frame)
    assert data.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(data), sep=";", encoding="utf-8-sig", keep_default_na=False)
    assert back.to_dict("list") == {"nom": ["'=cmd()", "Évry; ville"], "modalités": ["ARN, Vaccins", ""]}
