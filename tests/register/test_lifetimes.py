"""Which actors were there at the end of a year: by hand for a small register, and what holds for any."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.model import Presence
from biocarto.query import select as query
from biocarto.query.filters import Filters
from biocarto.register import lifetimes
from biocarto.register.lifetimes import Existence, Lifetimes
from tests.support import time_register
from tests.support.register import joined

THIS_YEAR = 2026
years = st.integers(1950, THIS_YEAR)


def at(year: int) -> dict[str, Existence]:
    """Actor of the small register -> whether it was there."""
    catalogue = time_register.read_register()
    found = lifetimes.classify_year(lifetimes.trace_lifetimes(catalogue), year)
    return dict(zip(catalogue.actors.index, map(Existence, found), strict=True))


def test_every_year_counts_what_a_table_by_hand_counts() -> None:
    """All 127 of them, once by the slider's counts and once as a question to the register."""
    catalogue = time_register.read_register()
    counts = query.count_by_year(Filters(), catalogue)
    expected = {year: (there, undated) for first, last, there, undated in time_register.BY_HAND for year in range(first, last + 1)}
    assert dict(zip(counts.index, counts.itertuples(index=False, name=None), strict=True)) == expected
    answers = {year: query.select(Filters(etat=str(year)), catalogue) for year in expected}
    assert {year: (answer.total, answer.undated) for year, answer in answers.items()} == expected


def test_the_year_of_the_edition_is_the_headline() -> None:
    """What is counted without a year is what is there in its own, dated or not."""
    for catalogue in (time_register.read_register(), joined()):
        now = query.select(Filters(etat=catalogue.edition[:4]), catalogue)
        assert list(now.actors.index) == list(query.select(Filters(), catalogue).actors.index)
        assert set(now.actors["presence"]) == {Presence.PRESENT}


@pytest.mark.parametrize(
    ("year", "actor", "expected"),
    [
        (2015, "recent", Existence.NOT_YET),
        (2016, "recent", Existence.THERE),
        (2014, "closed", Existence.THERE),
        (2015, "closed", Existence.NO_MORE),
        (2012, "faded", Existence.THERE),
        (2013, "faded", Existence.UNDATED),
        (2020, "faded", Existence.NO_MORE),
        (1999, "faded", Existence.NOT_YET),
        (2009, "lost", Existence.UNDATED),
        (2010, "lost", Existence.NO_MORE),
        (2007, "unsure", Existence.NOT_YET),
        (2008, "unsure", Existence.UNDATED),
        (2012, "old-page", Existence.THERE),
        (2013, "old-page", Existence.UNDATED),
        (2022, "announced", Existence.NOT_YET),
        (2026, "announced", Existence.NOT_YET),
        (2020, "logged", Existence.THERE),
        (2021, "logged", Existence.NO_MORE),
        (2025, "undated", Existence.UNDATED),
        (2026, "undated", Existence.THERE),
    ],
)
def test_one_actor_at_the_end_of_a_year(year: int, actor: str, expected: Existence) -> None:
    """On both sides of each bound: founded, last seen, closed with a date and without, in the log only, announced."""
    assert at(year)[actor] is expected


@pytest.mark.parametrize(
    ("date", "there"),
    [("2015-12-31", (2005, 2014)), ("2016-01-01", (2005, 2015)), ("2016", (2005, 2015)), ("2005-03", ()), ("2004", ())],
)
def test_the_last_day_of_a_year_is_what_counts(date: str, there: tuple[int, ...]) -> None:
    """Closed on 31 December it is there no more that day; on 1 January it still was; what closed before it was founded never was."""
    catalogue = time_register.read_register()
    mine = catalogue.evidence["actor_id"].eq("closed")
    dated = replace(catalogue, evidence=catalogue.evidence.assign(valid_from=catalogue.evidence["valid_from"].mask(mine, date)))
    lives, place = lifetimes.trace_lifetimes(dated), catalogue.actors.index.get_loc("closed")
    found = [year for year in range(2000, THIS_YEAR + 1) if lifetimes.classify_year(lives, year)[place] == Existence.THERE]
    assert (found[:1] + found[-1:]) == list(there)


def test_a_facet_narrows_both_counts() -> None:
    """Of research centres and of one status, as each is today; the counts of facets follow the year."""
    catalogue = time_register.read_register()
    assert query.select(Filters(etat="1990", kind=("research_centre",)), catalogue).total == 1
    gone = query.select(Filters(etat="2012", status=("former",)), catalogue)
    assert (set(gone.actors.index), gone.undated) == ({"closed", "faded", "logged"}, 0)
    answer = query.select(Filters(etat="2012"), catalogue)
    assert {key: count for key, count in answer.counts["status"].items() if count} == {"former": 3, "present": 3, "dated": 1}
    assert query.count_by_year(Filters(kind=("research_centre",)), catalogue).loc[2000].to_dict() == {"there": 1, "undated": 0}


def a_register(founded: list[int | None], *, seen: float = np.inf) -> Lifetimes:
    """Actors without an end."""
    nothing = np.full(len(founded), np.nan)
    no = np.zeros(len(founded), dtype=bool)
    return Lifetimes(np.array(founded, dtype=float), np.full(len(founded), seen), nothing, no, ~no, THIS_YEAR)


@given(st.lists(st.none() | years, max_size=30))
def test_without_closings_a_count_never_falls(founded: list[int | None]) -> None:
    """From year to year; and who has no date is undated until this year, when all are there."""
    counts = lifetimes.count_by_year(a_register(founded), np.ones(len(founded), dtype=bool))
    assert counts["there"].is_monotonic_increasing
    assert set(counts["undated"].iloc[:-1]) <= {founded.count(None)}
    assert counts.iloc[-1].to_list() == [len(founded), 0]


@given(st.lists(st.tuples(st.none() | years, st.none() | years, st.none() | years, st.booleans()), max_size=20), years)
def test_everybody_is_somewhere(rows: list[tuple[int | None, int | None, int | None, bool]], year: int) -> None:
    """Whatever the dates, each actor is one of four things, and one that has gone never comes back."""
    founded, seen, gone = (np.array([row[place] for row in rows], dtype=float) for place in range(3))
    planned = np.array([row[3] for row in rows], dtype=bool)
    lives = Lifetimes(founded, seen, gone, planned, np.zeros(len(rows), dtype=bool), THIS_YEAR)
    now, later = lifetimes.classify_year(lives, year), lifetimes.classify_year(lives, year + 1)
    assert set(now) <= set(Existence)
    assert (later[now == Existence.NO_MORE] == Existence.NO_MORE).all()
    assert (now[later == Existence.NOT_YET] == Existence.NOT_YET).all()
