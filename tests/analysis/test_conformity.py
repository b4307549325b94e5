"""The grid of RGAA: whole, honest about its evidence, and the only source of every rate."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from biocarto.analysis.conformity import (
    COLUMNS,
    THEMES,
    Conformity,
    CriteriaGrid,
    Criterion,
    CriterionState,
    measure_share,
    read_grid,
)
from biocarto.config import ROOT
from biocarto.errors import DataError
from biocarto.render.accessibility_statement import SAMPLE

REFERENCE = ROOT.parent / "shared" / "reference" / "rgaa-4.1.2-criteres.json"
"""The criteria as their authors publish them, where this machine has them: they are read, never copied."""
DAY = date(2026, 11, 29)
CRITERIA = read_grid().criteria
DOUBLE_A = {
    *("1.8", "3.2", "3.3", "4.5", "4.6", "7.5", "8.7", "8.8"),
    *("10.4", "10.5", "10.11", "10.12", "10.13", "11.3", "11.11", "11.12"),
    *("11.13", "12.1", "12.2", "12.3", "12.4", "12.5", "13.9"),
}
"""Criteria whose least WCAG criterion is of level AA, as RGAA 4.1.2 has them; all others are of level A."""
OBSOLETE = {"8.2"}
"""Criteria that stand for WCAG 4.1.1 alone, which its authors hold to be always satisfied; RGAA 4.1.2 still asks for them."""
THEME_SIZES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
"""Criteria of each theme of RGAA 4.1.2."""


def make_grid(**counts: int) -> CriteriaGrid:
    """A grid with so many criteria in each state."""
    row = Criterion("1.1", "A", "x", "x", CriterionState.CONFORM, ("accueil",), "x", DAY, "", "")
    return CriteriaGrid(tuple(replace(row, state=CriterionState(state)) for state, count in counts.items() for _ in range(count)))


def read_reference() -> dict[str, str]:
    """Number -> level of every criterion of the reference: the lowest of the WCAG criteria that it stands for."""
    topics = json.loads(REFERENCE.read_text(encoding="utf-8"))["topics"]
    return {
        f"{topic['number']}.{item['criterium']['number']}": min(
            re.findall(r"\((A+)\)", json.dumps(item["criterium"]["references"])), key=len
        )
        for topic in topics
        for item in topic["criteria"]
    }


def test_the_grid_has_every_criterion_once() -> None:
    """106, in order, theme by theme; where the reference is not on this machine, the sizes of the themes are all there is to compare."""
    assert [row.criterion for row in CRITERIA] == [
        f"{theme}.{number}" for theme, size in enumerate(THEME_SIZES, 1) for number in range(1, size + 1)
    ]
    assert len(CRITERIA) == sum(THEME_SIZES) == 106
    assert len(THEMES) == len(THEME_SIZES)
    assert {row.criterion: row.level for row in CRITERIA} == {row.criterion: "AA" if row.criterion in DOUBLE_A else "A" for row in CRITERIA}
    if REFERENCE.is_file():
        assert {row.criterion: row.level for row in CRITERIA} == read_reference()
    else:
        print(f"{REFERENCE} is not here: numbers and levels were not compared with it")  # noqa: T201 - said in the report of pytest


def test_a_criterion_is_named_in_our_own_words() -> None:
    """In both languages, no two alike, and never the question of the reference."""
    for names in ([row.name_fr for row in CRITERIA], [row.name_en for row in CRITERIA]):
        assert len(set(names)) == len(names)
        assert [name for name in names if not name or "?" in name or len(name) > 120] == []
    if REFERENCE.is_file():
        text = re.sub(r"\]\([^)]*\)|\[", "", REFERENCE.read_text(encoding="utf-8")).replace("’", "'")
        assert [row.criterion for row in CRITERIA if row.name_fr in text] == []


def test_a_state_has_its_pages_its_evidence_and_its_words() -> None:
    """Pages are those of the sample; what does not hold or was not judged tells readers why, in both languages."""
    assert [row.criterion for row in CRITERIA if not row.pages or set(row.pages) - set(SAMPLE)] == []
    assert [row.criterion for row in CRITERIA if len(row.evidence) < 10 or row.date > date.today() + timedelta(1)] == []  # noqa: DTZ011 - a day's grace
    tells = {CriterionState.NOT_CONFORM, CriterionState.NOT_JUDGED}
    assert [row.criterion for row in CRITERIA if (row.state in tells) != bool(row.note_fr and row.note_en)] == []
    assert {page for row in CRITERIA for page in row.pages} == set(SAMPLE)


def list_named_tests() -> Iterator[tuple[str, str, str]]:
    """Criterion, file and name of every test that an evidence names, as `tests/…/test_x.py::test_y`."""
    for row in CRITERIA:
        for file, name in re.findall(r"(tests/[\w/]+\.(?:py|js|test\.js))(?:::(\w+))?", row.evidence):
            yield row.criterion, file, name


def test_the_tests_that_it_names_exist() -> None:
    """File and function; a test that is gone takes its judgement with it."""
    gone = [
        (criterion, file, name)
        for criterion, file, name in list_named_tests()
        if not (ROOT / file).is_file() or (name and f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert gone == []
    assert sum(1 for _ in list_named_tests()) > 40


def test_no_criterion_of_level_a_fails() -> None:
    """Among those that were judged, and that WCAG still asks for; more than 95 % of all that were judged hold."""
    grid = read_grid()
    assert {row.criterion for row in grid.list_in_state(CriterionState.NOT_CONFORM) if row.level == "A"} <= OBSOLETE
    assert grid.judged_rate > 95


@pytest.mark.parametrize(
    ("counts", "rates", "state"),
    [
        ({"conform": 2, "not_applicable": 3}, (100.0, 100.0), Conformity.FULL),
        ({"conform": 1, "not_judged": 1}, (50.0, 100.0), Conformity.PARTIAL),
        ({"conform": 999, "not_conform": 1}, (99.9, 99.9), Conformity.PARTIAL),
        ({"conform": 9999, "not_conform": 1}, (99.9, 99.9), Conformity.PARTIAL),
        ({"conform": 1, "not_conform": 1, "not_judged": 1}, (33.3, 50.0), Conformity.NONE),
        ({"not_applicable": 1}, (0.0, 0.0), Conformity.FULL),
        ({}, (0.0, 0.0), Conformity.NONE),
    ],
)
def test_the_word_of_the_law_follows_the_rate(counts: dict[str, int], rates: tuple[float, float], state: Conformity) -> None:
    """All, half or less of what applies; what was not judged counts as not conform in the declaration alone, and no rate is rounded up."""
    grid = make_grid(**counts)
    assert (grid.rate, grid.judged_rate) == rates
    assert grid.tell_conformity(DAY) is state
    assert measure_share(0, 0) == 0


def test_a_result_grows_old() -> None:
    """Three years on nothing may be declared of it."""
    grid = make_grid(conform=1)
    assert grid.tell_conformity(date(2029, 11, 28)) is Conformity.FULL
    assert grid.tell_conformity(date(2029, 11, 29)) is Conformity.NONE
    leap = CriteriaGrid((replace(grid.criteria[0], date=date(2028, 2, 29)),))
    assert (leap.is_valid(date(2031, 2, 28)), leap.is_valid(date(2031, 3, 1))) == (True, False)


@pytest.mark.parametrize(
    "row",
    [
        "1.1,A,x,x,fine,accueil,x,2026-11-29,,",
        "1.1,A,x,x,conform,accueil,x,yesterday,,",
        "one,A,x,x,conform,accueil,x,2026-11-29,,",
        "1.1,A",
    ],
)
def test_a_row_that_cannot_be_read_names_its_line(tmp_path: Path, row: str) -> None:
    """State, date, number or columns; a file that is missing is a grid without criteria."""
    path = tmp_path / "rgaa.csv"
    assert read_grid(path).criteria == ()
    path.write_text(f"{','.join(COLUMNS)}\n1.1,A,x,x,conform,accueil,x,2026-11-29,,\n{row}\n", encoding="utf-8")
    read_grid.cache_clear()
    with pytest.raises(DataError, match=r"rgaa\.csv.*3"):
        read_grid(path)
    read_grid.cache_clear()


def test_a_grid_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A folder in its place, letters of another encoding: an error of data, which the foot of a page knows, and no crash of every page."""
    with pytest.raises(DataError, match="cannot be read"):
        read_grid(tmp_path)
    path = tmp_path / "rgaa.csv"
    path.write_bytes("é".encode("latin-1"))
    with pytest.raises(DataError, match="cannot be read"):
        read_grid(path)
