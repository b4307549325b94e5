"""Figures of one fact: contradictions of one period apart from what changes with the date or the scope."""

from __future__ import annotations

import pandas as pd
import pytest

from biocarto.analysis.breakdown import TOTAL_FIGURE
from biocarto.analysis.sources import list_conflicts, list_publications, list_series
from biocarto.config import ROOT
from biocarto.register import tables as catalogue


def figures(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Figures of one fact: (value, unit, as_of)."""
    frame = pd.DataFrame(rows, columns=["value", "unit_fr", "as_of"])
    return frame.assign(id=[f"row-{number}" for number in range(len(rows))], fact="the-fact", target_year=pd.NA)


def said(found: dict[str, pd.DataFrame]) -> list[str]:
    """The values of the fact, in order; none where it is not there."""
    return list(found["the-fact"]["value"]) if found else []


@pytest.mark.parametrize(
    ("rows", "in_conflict", "in_series"),
    [
        # one period
        ([("15", "members", "2022"), ("17", "members", "2022")], ["15", "17"], []),
        ([("15", "members", "2022-12"), ("17", "members", "2022-01-03")], ["17", "15"], []),
        ([("45", "clusters", "2023"), ("44", "members", "2023-05")], ["45", "44"], []),
        ([("7", "stages", "2021"), ("7", "stages", "2021")], [], []),
        # several periods
        ([("2660", "companies", "2024"), ("2210", "companies", "2023")], [], ["2210", "2660"]),
        ([("40", "%", "2021"), ("40", "%", "2023")], [], []),
        ([("8", "products", "2019"), ("2", "of 12", "2022")], [], ["8", "2"]),
        # both
        ([("52", "sites", "2024"), ("32", "sites", "2018"), ("35", "sites", "2018-02")], ["32", "35"], ["32", "35", "52"]),
        # no date: any period, unless a dated row says the same; only the same unit is comparable
        ([("15", "M€", ""), ("12", "M€", "2023")], ["12", "15"], []),
        ([("12", "M€", ""), ("15", "M€", "")], ["12", "15"], []),
        ([("13000", "jobs", ""), ("13000", "jobs", "2012"), ("10000", "jobs", "2022")], [], ["13000", "10000", "13000"]),
        ([("2", "of 76", ""), ("6", "of 97", "2017")], [], ["6", "2"]),
        # dates: a month does not contradict a day in it
        ([("2021-06-08", "date", "2021-06-08"), ("2021-05", "date", "2021")], ["2021-05", "2021-06-08"], []),
        ([("2021-06-08", "date", "2021-06-08"), ("2021-06", "date", "2021")], [], []),
        ([("2021", "date", "2020"), ("2020-12-11", "date", "2020-12-11")], ["2021", "2020-12-11"], []),
    ],
)
def test_rows_of_one_fact(rows: list[tuple[str, str, str]], in_conflict: list[str], in_series: list[str]) -> None:
    """Oldest first, undated last."""
    table = figures(*rows)
    assert (said(list_conflicts(table)), said(list_series(table))) == (in_conflict, in_series)


@pytest.mark.parametrize(
    ("targets", "in_conflict"),
    [((2030, 2030), ["10", "20"]), ((2030, 2025), []), ((2030, pd.NA), [])],
    ids=["one year", "two years", "a target and what is"],
)
def test_a_target_speaks_of_its_year(targets: tuple[object, object], in_conflict: list[str]) -> None:
    """Two targets for one year contradict each other whenever their pages were published; what is contradicts no target."""
    table = figures(("20", "products", ""), ("10", "products", "2021")).assign(target_year=pd.array(targets, dtype="Int64"))
    assert sorted(said(list_conflicts(table))) == in_conflict


def test_no_page_is_of_a_year_to_come() -> None:
    """A year after the edition is what a figure aims at, not the date of its page."""
    tables = catalogue.read(ROOT / "data")
    assert tables.figures.loc[tables.figures["as_of"].str[:4].gt(tables.edition[:4]), "id"].tolist() == []
    targets = tables.figures.dropna(subset="target_year")
    assert len(targets) >= 5
    assert targets["target_year"].gt(int(tables.edition[:4])).all()


def test_the_survey_names_the_studies_that_the_chapter_refers_to() -> None:
    """Notes rapides 909 and 985, each at the address that the chapter's footnotes give."""
    tables = catalogue.read(ROOT / "data")
    body = tables.figures.set_index("id").at[TOTAL_FIGURE, "body_id"]
    assert list(list_publications(tables.events, body)["source_url"]) == [
        "https://www.institutparisregion.fr/nos-travaux/publications/biotherapies-et-bioproduction-structurer-et-renforcer-lecosysteme/",
        "https://www.institutparisregion.fr/nos-travaux/publications/"
        "biomedicaments-les-enjeux-du-passage-a-la-production-en-ile-de-france/",
    ]
    assert list_publications(tables.events, "nobody").empty


def test_figures_without_a_fact_are_compared_with_nothing() -> None:
    """Most figures stand alone."""
    table = figures(("15", "members", "2022"), ("17", "members", "2022")).assign(fact="")
    assert (list_conflicts(table), list_series(table)) == ({}, {})


def test_facts_of_the_committed_table() -> None:
    """Known contradictions are told as such, and nothing that only grew with the years is."""
    table = catalogue.read(ROOT / "data").figures
    told = {fact: list(rows["value"]) for fact, rows in list_conflicts(table).items()}
    assert told == {
        "ais-launch": ["2022-11", "2022-10-31"],
        "cebr-members": ["45", "44"],
        "cobioe-name": ["Connection for bioproduction ecosystems", "growing COnnection for BIO Ecosystems"],
        "dim-budget": ["12", "15"],
        "france-biolead-founders": ["15", "17"],
        "french-bioproduction-sites": ["32", "35"],
        "congress-2021-end": ["2021-06-18", "2021-06-23"],
        "health-plan-committed": ["2", "3"],
        "meary-start": ["2020", "2018"],
        "regional-assises-date": ["2021-05", "2021-06-08"],
    }
    assert set(list_series(table)) == {
        "biologics-made-in-france",
        "biologics-targeted-2030",
        "french-bioproduction-jobs",
        "french-bioproduction-sites",
        "french-healthtech-companies",
        "imported-share",
    }
    undated = list_series(table)["french-bioproduction-sites"]["as_of"]
    assert list(undated) == [*sorted(undated[undated.ne("")]), ""]
