"""Cells that a spreadsheet must not run, and rows that come back as they were."""

import io

import pandas as pd
import pytest

from biocarto.export.columns import COLUMNS, NAMES, Type
from biocarto.export.csv import write_excel_csv, write_plain_csv
from biocarto.export.table import build_table, flatten_table
from biocarto.render.text import disarm_text
from tests.export.selections import a_row, a_selection, restored

DTYPES = {Type.INTEGER: "Int64", Type.NUMBER: "float64"}
READ = {"dtype": {c.name: DTYPES.get(c.type, "str") for c in COLUMNS}, "keep_default_na": False, "na_values": [""]}


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_formula_becomes_text(cell: str) -> None:
    """Whatever a spreadsheet would run starts with an apostrophe."""
    assert disarm_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Généthon", "a=b", "", 3, -2.5, None, "1-2"])
def test_an_ordinary_cell_is_untouched(cell: object) -> None:
    """Names and numbers stay what they are."""
    assert disarm_text(cell) is cell


def test_the_register_comes_back_from_a_plain_csv(register) -> None:
    """Every cell of every row with its type: codes as text, years and degrees as numbers."""
    back = pd.read_csv(io.BytesIO(write_plain_csv(a_selection(frame=register.actors))), **READ)
    pd.testing.assert_frame_equal(back, flatten_table(build_table(register.actors)))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_register_comes_back_from_a_french_csv(register, lang: str) -> None:
    """Byte-order mark, semicolons, decimal commas and labels say the same thing: each label leads back to one name or code."""
    selection = a_selection(frame=register.actors, lang=lang)
    data = write_excel_csv(selection)
    assert data.startswith("\ufeff{};".format({"fr": "Nom", "en": "Name"}[lang]).encode())
    back = pd.read_csv(io.BytesIO(data), sep=";", decimal=",", encoding="utf-8-sig", dtype="str", keep_default_na=False)
    expected = pd.read_csv(io.BytesIO(write_plain_csv(selection)), dtype="str", keep_default_na=False)
    degrees = {name: expected[name].str.replace(".", ",") for name in ("latitude", "longitude")}
    pd.testing.assert_frame_equal(restored(back, selection)[list(NAMES)], expected.assign(**degrees))


@pytest.mark.parametrize("write", [write_excel_csv, write_plain_csv])
def test_lines_and_quotes_stay_in_their_cell(write) -> None:
    """A name cannot start a new row or a new column."""
    name = 'A;B,"C"\nD\rE\r\nF'
    sep = ";" if write is write_excel_csv else ","
    back = pd.read_csv(io.BytesIO(write(a_selection(a_row(name=name)))), sep=sep, encoding="utf-8-sig", **{**READ, "dtype": "str"})
    assert (len(back), back["Nom" if write is write_excel_csv else "name"][0]) == (1, name)


@pytest.mark.parametrize("write", [write_excel_csv, write_plain_csv])
def test_a_formula_in_a_name_is_text_in_the_file(write) -> None:
    """The cell that leaves is the harmless one."""
    assert b"'=cmd()" in write(a_selection(a_row(name="=cmd()")))


def test_a_formula_behind_a_control_character_is_found() -> None:
    """What hides the equals sign is removed before the look at the first character."""
    assert b"'=1+1" in write_plain_csv(a_selection(a_row(name="\x00\x1f=1+1")))


def test_negative_numbers_stay_numbers() -> None:
    """A longitude west of Greenwich is no formula."""
    back = pd.read_csv(io.BytesIO(write_plain_csv(a_selection(a_row(longitude=-1.5534)))))
    assert back["longitude"][0] == -1.5534
