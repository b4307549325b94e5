"""Parts of the coverage page on a page of their own: the report to take away, and France."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from biocarto.analysis.coverage import national, territories
from biocarto.analysis.coverage.territories import SCHEME_LABELS, Scheme
from biocarto.clock import read_today
from biocarto.errors import ExportError
from biocarto.export.report import pdf
from biocarto.i18n import typeset_french
from biocarto.ui.coverage import national as coverage_national
from tests.analysis import raw
from tests.support.register import joined


def _report(code: str, category: str) -> None:
    """A page with the report of one territory and nothing else."""
    from biocarto.query.filters import Filters
    from biocarto.query.select import select
    from biocarto.ui.coverage import report as coverage_report
    from biocarto.ui.shared import cache, language

    language.resolve_language()
    chosen = Filters(category=(category,)) if category else Filters()
    said = [("Catégorie", category)] if category else []
    coverage_report.show(cache.load_catalogue(), code, select(chosen, cache.load_catalogue()).actors, said)


def _france() -> None:
    """A page with France and nothing else."""
    from biocarto.ui.coverage import national as coverage_national
    from biocarto.ui.shared import cache, language

    language.resolve_language()
    coverage_national.show(cache.load_catalogue())


def reported(code: str, category: str = "", /, **params: str) -> AppTest:
    """The page of the report, opened."""
    app = AppTest.from_function(_report, default_timeout=300, args=(code, category))
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def offered(app: AppTest) -> list[str]:
    """What the download buttons say, without the marks that keep Markdown from changing a name."""
    return [re.sub(r"[\\\u2060]", "", button.proto.label) for button in app.get("download_button")]


@pytest.mark.parametrize(("kind", "lang", "name"), [("pdf", "fr", "couverture-essonne"), ("xlsx", "en", "coverage-essonne")])
def test_a_report_is_made_when_its_button_is_pressed(kind: str, lang: str, name: str) -> None:
    """Not before; then a download whose name says what it is and when."""
    app = reported("91", lang=lang)
    assert not offered(app)
    days = {read_today()}
    app.button(key=f"report-{kind}").click().run()
    assert not app.exception
    (label,) = offered(app)
    days.add(read_today())  # a report that is made at midnight
    assert any(f"biocarto-{name}-{day.isoformat()}.{kind}" in label for day in days)


def test_the_name_tells_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the report is about what they have left, with the address of the page."""
    made = []
    monkeypatch.setitem(*_spied(made))
    app = reported("91", "bioproduction", territory="91", category="bioproduction")
    app.button(key="report-pdf").click().run()
    assert "couverture-essonne-bioproduction" in offered(app)[0]
    (report,) = made
    rows = raw.actors()
    assert report.figures[0].value == (rows["department"].eq("91") & rows["category"].eq("bioproduction")).sum()
    assert "territory=91&category=bioproduction" in report.link
    assert len(PdfReader(io.BytesIO(pdf.write(report))).pages) >= 2


def _spied(made: list) -> tuple:
    """The table of writers, the PDF's entry, and one that also keeps the report."""
    from biocarto.ui.coverage import report as coverage_report

    write, *rest = coverage_report.WRITERS["pdf"]
    return coverage_report.WRITERS, "pdf", (lambda report, progress: made.append(report) or write(report, progress), *rest)


def test_what_cannot_be_made_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ExportError and an unknown territory: a sentence, no trace, no file."""
    from biocarto.ui.coverage import report as coverage_report

    def refuse(*_: object) -> bytes:
        raise ExportError("Trop long.", "Too long.")

    monkeypatch.setitem(coverage_report.WRITERS, "pdf", (refuse, *coverage_report.WRITERS["pdf"][1:]))
    for app, said in ((reported("91"), "Trop long"), (reported("99999"), "pas dans nos contours")):
        app.button(key="report-pdf").click().run()
        assert not app.exception
        assert said in app.error[0].value
        assert not offered(app)


def france(**params: str) -> AppTest:
    """The page of France, opened."""
    app = AppTest.from_function(_france, default_timeout=300)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def test_france_is_not_computed_before_it_is_opened() -> None:
    """A closed expander costs nothing."""
    app = france()
    assert not app.exception
    assert not app.dataframe
    assert html(app) == ""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_region_in_the_address_opens_france(lang: str) -> None:
    """What covers it, links to its stage, every known site with its source; and the map's twin for all 18."""
    app = france(region="84", lang=lang)
    assert not app.exception
    text, sites = html(app), joined().national_sites.query("region_code == '84'")
    assert "bioproduction-tour?stage=stage-2" in text
    assert ("lang=en" in text) is (lang == "en")
    assert text.count("<li><strong>") == len(sites) == raw.table("national_sites")["region_code"].eq("84").sum()
    assert all(url.replace("&", "&amp;") in text for url in sites["source_url"])
    table = app.dataframe[0].value
    assert len(table) == 18
    columns = {"fr": ["Sites connus", "Autres sites cités"], "en": ["Known sites", "Other sites named"]}[lang]
    present = joined().national_sites["presence"].eq("present")
    assert list(table[columns].sum()) == [present.sum(), (~present).sum()]


def test_regions_that_nothing_covers_are_named() -> None:
    """All six of them; the note says that it is no census."""
    app = france(region="94")
    said = " ".join(element.value for element in app.markdown)
    regions = joined().territory.regions
    assert all(regions.at[code, "name"] in said for code in national.list_uncovered(national.list_regions(joined())))
    assert "Rien ne couvre cette région" in html(app)
    assert "pas un recensement" in app.caption[0].value


def test_clusters_say_what_they_cover_and_from_where() -> None:
    """One row each; Polepharma covers three regions from Chartres."""
    text = html(france(region="24"))
    rows = re.findall(r"<tr><th scope='row'>(.*?)</tr>", text)
    assert len(rows) == len(joined().clusters)
    (polepharma,) = (row for row in rows if row.startswith('<a href="reseaux?cluster=polepharma"'))
    assert "Chartres (Centre-Val de Loire)" in polepharma
    assert "Normandie, Nouvelle-Aquitaine, Île-de-France</td>" in polepharma


@pytest.mark.parametrize("scheme", Scheme)
def test_france_is_classed_as_the_page_asks(scheme: Scheme, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheme of the address makes the classes, and the legend names it."""
    drawn = []
    kept = coverage_national.build_choropleth_layer
    monkeypatch.setattr(coverage_national, "build_choropleth_layer", lambda *given, **named: drawn.append(given) or kept(*given, **named))
    assert not france(region="84", scheme=scheme.value).exception
    _, classes, legend, _ = drawn[-1]
    expected = territories.classify_values(national.list_regions(joined())["sites"], scheme=scheme)
    assert classes.to_dict() == expected.of.to_dict()
    assert len(legend.classes) == len(expected.bounds) + 1
    assert typeset_french(SCHEME_LABELS[scheme]) in legend.note


def test_an_unknown_region_is_ignored() -> None:
    """Nothing opens, nothing breaks."""
    app = france(region="<b>")
    assert not app.exception
    assert not app.dataframe
