"""A year of the past on the pages: what was there then, who has no date, what changed, and years that mean nothing."""

import re

import pytest

from biocarto.analysis.history import foundings, life_events
from biocarto.export.active_filters import name_filters
from biocarto.i18n import Locale
from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult, count_by_year, select
from biocarto.ui.shared import time_slider
from biocarto.verbs.select import select_rows
from tests.support.pages import opened, said
from tests.support.register import joined

YEAR = "2015"


def there(**chosen: tuple[str, ...]) -> QueryResult:
    """Who was there at the end of the year."""
    return select(Filters(etat=YEAR, **chosen), joined())  # type: ignore[arg-type]


@pytest.mark.parametrize("view", ["ile_de_france", "coverage", "directory"])
def test_a_page_counts_what_was_there(view: str) -> None:
    """At the end of the year in the address; who has no date is counted and said, not shown; nothing is called unknown."""
    app = opened(view, etat=YEAR)
    told = said(app)
    assert not app.exception
    assert not [notice for notice in app.warning if "ignor" in notice.value]
    assert f"{there().total} sites affichés sur {len(joined().actors)}" in told
    assert f"{there().undated} sites sans date connue, à part" in told
    assert "Année de création de l'organisme, adresse et population d'aujourd'hui." in told
    assert "état au 31 décembre 2015 ✕" in re.sub(r"\s", " ", " ".join(button.label for button in app.button))
    assert not [button for button in app.button if button.key and button.key.startswith("with-")]


@pytest.mark.parametrize("given", ["1899", "2027", "2015-06", "deux mille", "-2015", "２０１５", "2015.0"])
def test_a_year_that_means_nothing_is_named_and_ignored(given: str) -> None:
    """Before 1900, after the edition, or no year: the page of today, and the usual notice."""
    app = opened("ile_de_france", etat=given)
    assert [notice.value for notice in app.warning if "etat" in notice.value and given[:4] in notice.value]
    assert f"{select(Filters(), joined()).total} sites affichés" in said(app)


def test_the_measures_of_coverage_follow_the_year() -> None:
    """The figure of sites is that of the year, and leads to them in the directory; in a department, its own and its undated."""
    app = opened("coverage", etat=YEAR, territory="91", since="2010")
    told = said(app)
    here = there(department=("91",))
    assert re.search(rf"\b{here.total} sites d'acteurs?\b", told) or f" {here.total} " in told
    assert f"{here.undated} sites sans date connue, à part" in told
    assert "etat=2015&amp;department=91" in "".join(str(html.body) for html in app.get("html"))
    assert "De fin 2010 à fin 2015, Essonne" in told


def test_what_changed_is_listed_with_its_sources() -> None:
    """Each event between the two years, in its words, and what has no date beside them; drawings say what they show."""
    catalogue = joined()
    app = opened("coverage", since="2019")
    told, markup = said(app), "".join(str(html.body) for html in app.get("html"))
    events = life_events.list_life_events(catalogue)
    expected = life_events.select_between(events, 2019, int(catalogue.edition[:4]))
    counts = expected["kind"].value_counts()
    assert f"{counts['created']} créations, {counts['acquired']} rachats, {counts['closed']} fermetures" in told
    assert all(name in told for name in expected["name"])
    assert f"De fin 2019 au {Locale('fr').edition(catalogue.edition)}, Île-de-France" in told
    assert "2 événements sans date connue" in told
    sums = foundings.accumulate(foundings.count_by_year(events, int(catalogue.edition[:4])))
    assert f"Biothérapies : de {sums['biotherapies'].iloc[0]} à {sums['biotherapies'].iloc[-1]}" in re.sub(r"\s", " ", markup)
    assert markup.count("data:image/svg+xml") >= 2


def test_a_first_year_that_the_page_went_behind_is_nobodys_fault() -> None:
    """Chosen while a later year was shown: the usual span, and no notice of an unknown value; one that is none is named still."""
    app = opened("coverage", etat=YEAR, since="2020")
    assert "De fin 2005 à fin 2015, Île-de-France" in said(app)
    assert not [notice for notice in app.warning if "since" in notice.value]
    assert [notice for notice in opened("coverage", etat=YEAR, since="2999").warning if "since" in notice.value]


def test_it_is_said_in_english() -> None:
    """The chip, who has no date, and the events."""
    app = opened("coverage", etat=YEAR, lang="en")
    assert "as of 31 December 2015 ✕" in [button.label for button in app.button]
    assert f"{there().undated} sites of unknown date, apart" in said(app)
    assert "From the end of 2005 to the end of 2015" in said(app)


def test_the_counts_of_the_line_are_those_of_each_year() -> None:
    """What the browser tells while a hand moves the line is what the page then shows."""
    catalogue = joined()
    counts = count_by_year(Filters(kind=("company",), etat="1990"), catalogue)
    for year in (1990, 2015, 2026):
        found = select(Filters(kind=("company",), etat=str(year)), catalogue)
        assert counts.loc[year].to_list() == [found.total, found.undated]
    assert counts.index[-1] == int(catalogue.edition[:4])
    assert counts.loc[time_slider.FIRST :].shape[0] == int(catalogue.edition[:4]) - time_slider.FIRST + 1


def test_a_file_says_of_which_year_it_is() -> None:
    """KnownCells away from a page or by the command line: the year is a filter in words and a part of the link."""
    assert name_filters(Filters(etat=YEAR), None, joined(), Locale("fr")) == [("Date", "état au 31 décembre 2015")]
    rows = select_rows({"etat": [YEAR], "kind": ["company"]}, joined(), Locale("en"))
    assert ("Date", "as of 31 December 2015") in rows.filters
    assert rows.params["etat"] == [YEAR]
    assert list(rows.rows.index.sort_values()) == list(there(kind=("company",)).actors.index.sort_values())
    unknown = select_rows({"etat": ["1850"]}, joined(), Locale("fr"))
    assert [(dropped.name, dropped.value) for dropped in unknown.dropped] == [("etat", "1850")]
