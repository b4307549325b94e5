"""Dates and years as people and spreadsheets write them."""

from __future__ import annotations

import pytest

from tests.support.intake_sheets import read_sheet


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021-06-08", "2021-06-08"),
        ("08/06/2021", "2021-06-08"),
        ("8.6.2021", "2021-06-08"),
        ("8 juin 2021", "2021-06-08"),
        ("1er août 2021", "2021-08-01"),
        ("mardi 8 juin 2021", "2021-06-08"),
        ("June 8, 2021", "2021-06-08"),
        ("2021-06-08 00:00:00", "2021-06-08"),
        ("2021-06-08T12:00:00Z", "2021-06-08"),
        ("juin 2021", "2021-06"),
        ("sept. 2021", "2021-09"),
        ("06/2021", "2021-06"),
        ("2021", "2021"),
        ("depuis 2019", "2019"),
        ("44355", "2021-06-08"),
        ("44355.0", "2021-06-08"),
        ("44355,75", "2021-06-08"),
        ("12/05/1885", "1885-05-12"),
        ("n.c.", ""),
    ],
)
def test_dates_are_as_precise_as_they_are_written(written: str, value: str) -> None:
    """A day, a month or a year."""
    reading = read_sheet("events", {"start": [written]})
    assert reading.values["start"].tolist() == [value]
    assert reading.refused == ()


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("08/06/21", "2021-06-08"),
        ("juin-21", "2021-06"),
        ("06/25/2021", "2021-06-25"),
        ("31/02/2021", "2021-02"),
        ("vers 2019", "2019"),
        ("2019-2021", ""),
        ("1905-07-13", "2021"),
        ("1900-01-00", ""),
        ("1899-12-30", ""),
        ("1904-01-01", ""),
        ("3000-01-01", ""),
        ("bientôt", ""),
    ],
)
def test_half_dates_are_refused_with_the_nearest_one(written: str, nearest: str) -> None:
    """Two digits of a year, months and days the other way round, what a spreadsheet makes of an empty cell or of a year."""
    reading = read_sheet("events", {"start": [written]})
    assert reading.values["start"].tolist() == [""]
    assert [(cell.found, cell.nearest) for cell in reading.refused] == [(written, nearest)]


def test_numbers_of_days_are_told_with_both_systems() -> None:
    """The file does not say since when it counts; many lines are told once."""
    (notice,) = read_sheet("events", {"start": ["2020", "44355", "44356", "44357"]}).notices
    assert notice.line == 3
    assert notice.fr.startswith("« 44355 » lu comme 2021-06-08")
    assert "2025-06-09" in notice.fr
    assert notice.fr.endswith("(et 2 autres lignes)")


@pytest.mark.parametrize(
    ("written", "year"), [("2021", "2021"), ("2 021", "2021"), ("2021.0", "2021"), ("08/06/2021", "2021"), ("44355", "2021")]
)
def test_a_column_of_years_takes_the_year_of_a_date(written: str, year: str) -> None:
    """And says so."""
    reading = read_sheet("actors", {"founded": [written]})
    assert reading.values["founded"].tolist() == [year]
    assert len(reading.notices) == (written[:2] not in ("20", "2 "))


def test_pages_are_not_of_tomorrow() -> None:
    """Today is, and a figure may be a target."""
    reading = read_sheet("national_sites", {"as_of": ["2026-11-28", "2026-11-29", "2027", "2026"]})
    assert reading.values["as_of"].tolist() == ["2026-11-28", "", "", "2026"]
    assert {cell.expected_fr for cell in reading.refused} == {"une date jusqu'à aujourd'hui (2026-11-28)"}
    assert read_sheet("figures", {"as_of": ["2030"]}).refused == ()
    assert read_sheet("events", {"start": ["2030-05"]}).refused == ()
