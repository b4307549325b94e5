"""Whatever a cell holds, it becomes a value that the register takes, or is refused; never an error."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biocarto.desk.intake.staging import Reading
from tests.support.intake_sheets import package, read_sheet

_PIECES = (
    *(
        "Évry",
        "evry",
        "Paris",
        "13",
        "XIIIe",
        "Lyon",
        "3e",
        "CEDEX",
        "91058",
        "91228",
        "75013",
        "1004",
        "2a004",
        "(94)",
        "France",
        "Marolles",
    ),
    *(
        "08",
        "/",
        "06",
        "2021",
        "21",
        "juin",
        "depuis",
        "44355",
        "44355.5",
        "1e9",
        "1.23457E+13",
        "12,5",
        "1 200",
        "-",
        "%",
        "€",
        "k€",
        "°",
        "N",
    ),
    *(
        "732829320",
        "00074",
        "FR",
        "UK",
        "France",
        "www.",
        "x.fr",
        "https://",
        "javascript:",
        "a@b.fr",
        ";",
        ",",
        " et ",
        "|",
        "\n",
        "•",
        "?",
        "n/a",
    ),
    *(
        "Entreprise",
        "thérapie génique",
        "ARN",
        "fermé",
        "oui",
        "=",
        "'",
        "+",
        "@",
        "#REF!",
        "Île-de-France",
        "Alsace",
        "chapter",
        "genopole",
    ),
    *("\u00a0", "\u202f", "\u200b", "\u00ad", "\u202e", "e\u0301", "\x00", " ", "  ", "ß", "Ⅻ", "٣", "²", "ﬁ", "'=", "'\u200b="),
)
_PLACE = frozenset(("commune", "city", "place_fr", "commune_code", "postcode", "region", "region_code", "address", "country"))
_TOGETHER = (
    _PLACE,
    frozenset(("siren", "siret")),
    frozenset(("field", "value")),
    frozenset(("regions", "regions_covered", "region_codes")),
)
_cells = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=6).map("".join), st.integers().map(str))


def _read_one(table: str, cell: str) -> Reading:
    """The cell in every column of a table, each by itself: places in a sheet of their own, as their cells complete each other."""
    return read_sheet(table, {name: [cell] for name in package()[table].fields})


@pytest.mark.parametrize("table", sorted(package()))
@settings(max_examples=max(5, settings().max_examples // 3))
@given(cell=_cells)
@example("'\u200b=x")
@example("e\u200b\u0301")
@example("1e99999999999")
@example("\u0660\u0661/06/2021")
@example("x" * 200_000)
@example(";" * 1_900)
def test_any_cell_is_taken_or_refused(table: str, cell: str) -> None:
    """Every column of every table: the value breaks no rule, is told why where there is none, and is read again as itself."""
    reading = _read_one(table, cell)
    fields = package()[table].fields
    values = {str(name): str(reading.values[name].iloc[0]) for name in reading.values}
    assert {name: value for name, value in values.items() if value and fields[name].find_broken_rule(value)} == {}
    assert all(refused.line == 2 and refused.expected_fr and refused.expected_en for refused in reading.refused)
    assert not [refused.column for refused in reading.refused if values.get(refused.column)]
    _check_again(table, values, reading)


def _check_again(table: str, values: dict[str, str], reading: Reading) -> None:
    """What was taken is read again as it is; where a column was refused, those that it is held against are left out."""
    refused = {cell.column for cell in reading.refused}
    left = refused.union(*(group for group in _TOGETHER if group & refused))
    taken = {name: value for name, value in values.items() if name not in left}
    again = read_sheet(table, {name: [value] for name, value in taken.items()})
    assert {name: str(again.values[name].iloc[0]) for name in taken} == taken
    assert again.refused == ()


@settings(max_examples=max(5, settings().max_examples // 3))
@given(name=_cells, code=_cells, postcode=_cells, address=_cells)
def test_any_place_is_taken_or_refused(name: str, code: str, postcode: str, address: str) -> None:
    """The four cells that tell where an actor is."""
    columns = {"commune": name, "commune_code": code, "postcode": postcode, "address": address}
    reading = read_sheet("actors", {column: [cell] for column, cell in columns.items()})
    values = {str(column): str(reading.values[column].iloc[0]) for column in reading.values}
    _check_again("actors", values, reading)
