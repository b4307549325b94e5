"""The numbers that people quote, by another path than the app's: the csv module over the committed files."""

import csv
from collections import defaultdict

import pytest

from biocarto.analysis import breakdown
from biocarto.analysis.coverage import coverage
from biocarto.config import ROOT
from biocarto.model import Level
from biocarto.query.filters import Filters
from biocarto.query.select import select
from tests.support.pages import opened, words
from tests.support.register import joined


def rows_of(name: str) -> list[dict[str, str]]:
    """A committed table as the csv module reads it."""
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def present() -> list[dict[str, str]]:
    """Actors whose site is present by a page of 2015 or later."""
    newest: dict[str, int] = defaultdict(int)
    for claim in rows_of("evidence"):
        if claim["field"] == "status":
            newest[claim["actor_id"]] = max(newest[claim["actor_id"]], int(claim["as_of"]))
    return [row for row in rows_of("actors") if row["status"] == "present" and (newest[row["id"]] or int(row["as_of"])) >= 2015]


def companies(rows: list[dict[str, str]]) -> set[str]:
    """Organisations of the rows that are companies."""
    return {row["organisation"] for row in rows if row["kind"] == "company"}


def test_the_headline_counts_what_is_present() -> None:
    """No company whose sites are all closed, planned, unknown or known from an old page only."""
    found = breakdown.count_register(joined().actors, joined().edition)
    assert found.companies == len(companies(present()))
    everyone = companies(rows_of("actors"))
    assert found.companies + sum(found.apart.values()) == len(everyone)
    assert {"Lysogene", "Galapagos", "Acticor Biotech", "Pherecydes Pharma"} <= everyone - companies(present())
    assert {"CELLforCURE", "Stilla Technologies", "InstaDeep", "BrainVectis"} <= companies(present())


@pytest.mark.parametrize(("department", "name"), [("93", "Seine-Saint-Denis"), ("91", "Essonne"), ("95", "Val-d'Oise")])
def test_a_department_counts_what_is_present(department: str, name: str) -> None:
    """Sites and companies, as the page of coverage shows them."""
    here = [row for row in present() if row["commune_code"].startswith(department)]
    shown = select(Filters(), joined()).actors
    line = coverage.measure(shown, joined().territory, Level.DEPARTMENT).table.loc[department]
    assert (line["count"], line["name"]) == (len(here), name)
    assert line["companies"] == len(companies(here))
    assert "galapagos-site-de-romainville" not in shown.index


def test_nothing_that_is_gone_or_planned_answers_near_by() -> None:
    """Neither at the stand nor as the nearest incubator."""
    shown = select(Filters(), joined()).actors
    gone = {"acticor-biotech", "pepiniere-neovacs-projet-suresnes", "lysogene"}
    assert gone <= set(joined().actors.index)
    assert not gone & set(shown.index)


def test_beside_the_count_the_share_of_old_pages_and_what_is_left_out() -> None:
    """On the page of the region: the share by another path, one button for each kind that is not counted."""
    app = opened("ile_de_france")
    actors = joined().actors
    shown = actors[actors["presence"].eq("present")]
    share = round(100 * sum(year <= 2021 for year in shown["status_year"]) / len(shown))
    assert f"{share}\u202f% sur des pages de 2021 ou avant" in words(app)
    apart = {presence: f"with-{presence}" for presence in ("dated", "planned", "unknown", "former")}
    for presence, key in apart.items():
        assert app.button(key=key).label.startswith(f"+ {actors['presence'].eq(presence).sum()} ")
    app.button(key="with-unknown").click().run()
    assert app.query_params["status"] == ["present", "unknown"]
    assert not app.exception


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_to_be_checked_is_a_list(lang: str) -> None:
    """`/annuaire?verifier=1`: the oldest page first, a department narrows it, and the way back."""
    app = opened("directory", verifier="1", lang=lang)
    assert not app.exception
    listed, by_department = app.dataframe[0].value, app.dataframe[1].value
    assert by_department.iloc[:, 1].sum() == len(listed)
    assert listed.iloc[:, 1].is_monotonic_decreasing
    narrowed = opened("directory", verifier="1", lang=lang, department="93").dataframe[0].value
    assert 0 < len(narrowed) < len(listed)
    assert narrowed.iloc[:, 4].nunique() == 1


@pytest.mark.parametrize("asked", [{"q": "zz"}, {"near": "91228"}, {"km": "5"}, {"first": "makes"}, {"literal": "1"}], ids=str)
def test_a_search_in_the_address_leaves_the_list_to_check_whole(asked: dict[str, str]) -> None:
    """The list is by facets: words and places of the address stay for the directory, and spoil neither the page nor its files."""
    app = opened("directory", verifier="1", **asked)
    assert not app.exception
    assert len(app.dataframe[0].value) == len(opened("directory", verifier="1").dataframe[0].value)
