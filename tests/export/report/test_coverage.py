"""The report of a territory: what it says equals what the analysis says, in both languages, wherever it is about."""

from __future__ import annotations

import dataclasses
import io
import random
import re
from datetime import date
from functools import cache
from itertools import cycle, product

import pandas as pd
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from biocarto.analysis.coverage import absences, chain, coverage
from biocarto.analysis.coverage.compare import find_level
from biocarto.analysis.coverage.coverage import Indicator
from biocarto.analysis.coverage.roles import CHAIN, ChainLink
from biocarto.analysis.coverage.territories import CODE_COLUMNS, SCHEME_LABELS, Scheme, classify_values, select_layer
from biocarto.config import ROOT
from biocarto.export.report import pdf as report_pdf
from biocarto.export.report import table as report_table
from biocarto.export.report import xlsx
from biocarto.export.report.coverage import compose
from biocarto.export.report.model import Report, ReportColumn, Section, Table, write_cell
from biocarto.i18n import format_number, typeset_french
from biocarto.model import ILE_DE_FRANCE, Category, Level, Modality
from biocarto.query import memberships
from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.render.printable import make_printable
from biocarto.territory import resources
from tests.analysis import raw
from tests.support.register import joined, layers

LINK = "https://biocarto.example/couverture?territory=91"
MADE = date(2026, 11, 23)
DEPARTMENTS = ["75", "77", "78", "91", "92", "93", "94", "95"]
LAYER = resources.read(ROOT / "geo")["communes"]
SOME = random.Random(4)
SAMPLE = [*SOME.sample(sorted(layers().communes.index), 12), *SOME.sample(sorted(layers().epci.index), 8), "94076", "75056"]


def made(code: str, actors: pd.DataFrame, **changes: object) -> Report:
    """A report about some actors."""
    return compose.compose(joined(), code, actors, **({"layer": LAYER, "lang": "fr", "link": LINK, "made": MADE} | changes))


@cache
def composed(code: str, lang: str = "fr") -> Report:
    """A report about the real register."""
    return made(code, raw.shown(), lang=lang)


@cache
def measured(level: Level) -> coverage.Coverage:
    """The real register."""
    return coverage.measure(raw.shown(), layers(), level)


@cache
def pdf(code: str, lang: str = "fr") -> PdfReader:
    """The printed report, read back."""
    return PdfReader(io.BytesIO(report_pdf.write(composed(code, lang))))


@cache
def pages(code: str, lang: str = "fr") -> list[str]:
    """The text of each page; to find it among the outlines of the map takes longer than to set the report."""
    return [page.extract_text() for page in pdf(code, lang).pages]


def squeezed(text: str) -> str:
    """Text without any blank: lines of a PDF break anywhere."""
    return re.sub(r"[\s\u200b]+", "", text)


def words(texts: list[str]) -> str:
    """All words of a PDF, squeezed; a table that breaks repeats its header, a page its footer."""
    return squeezed(" ".join(texts))


def section(report: Report, title: str) -> Section:
    """The section of a title."""
    return next(found for found in report.sections if found.title == title)


def values(report: Report) -> list[object]:
    """The key figures."""
    return [figure.value for figure in report.figures]


def in_territory(code: str) -> pd.DataFrame:
    """The actors of a territory, by its column of the largest level."""
    return raw.shown()[raw.shown()[CODE_COLUMNS[find_level(layers(), code)]].eq(code)]


@pytest.mark.parametrize("code", [ILE_DE_FRANCE, *DEPARTMENTS, *SAMPLE])
def test_key_figures_equal_the_coverage(code: str) -> None:
    """Sites, companies, rate, density and people are those that the page shows; the region's stand beside."""
    level = find_level(layers(), code)
    row = measured(level).table.loc[code]
    report = composed(code)
    *totals, rank, people = report.figures
    assert [figure.value for figure in totals] == pytest.approx([float(row[each]) for each in coverage.TOTALS])
    assert people.value == row["population"]
    region = measured(Level.REGION).table.loc[ILE_DE_FRANCE]
    if level is not Level.REGION:
        digits = {Indicator.COUNT: 0, Indicator.COMPANIES: 0, Indicator.RATE: 2, Indicator.DENSITY: 2}
        for figure, (indicator, places) in zip(totals, digits.items(), strict=True):
            assert f"Île-de-France\u00a0: {format_number(float(region[indicator]), 'fr', places)}" in figure.note
        more = int((measured(level).table["count"] > row["count"]).sum())
        assert rank.value == (1 + more if row["count"] else None)
    assert all(figure.source for figure in report.figures)


@pytest.mark.parametrize(("code", "lang"), [*product(["91", "77"], ["fr", "en"]), *zip(SAMPLE, cycle(["fr", "en"]))])
def test_the_pdf_holds_figures_names_and_nearest(code: str, lang: str) -> None:
    """Everything that a reader needs is on paper: the name, each figure with its note, who is nearest where nobody is."""
    report, text = composed(code, lang), words(pages(code, lang))
    name = select_layer(layers(), find_level(layers(), code)).at[code, "name"]
    assert squeezed(make_printable(name)) in text
    for figure in report.figures:
        for part in (write_cell(figure.value, lang, figure.digits), figure.label, figure.unit, figure.note):
            assert squeezed(make_printable(part)) in text
    for found in report.sections:
        assert squeezed(found.title) in text
        for row in found.table.rows[: found.table.shown] if found.table else ():
            assert squeezed(make_printable(str(row[0]))) in text
    nearest = [row[3] for row in report.sections[1 + bool(len(in_territory(code)))].table.rows if len(row) > 3 and row[3]]
    assert all(squeezed(make_printable(str(who))) in text for who in nearest)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("code", DEPARTMENTS)
def test_a_department_takes_two_to_four_pages(code: str, lang: str) -> None:
    """Short enough to be read, and no page with two lines alone."""
    texts = pages(code, lang)
    assert 2 <= len(texts) <= 4
    assert all(len(text.splitlines()) > 8 for text in texts)


def test_addresses_of_sources_are_in_the_workbook_only() -> None:
    """They would fill the page, and nobody types them."""
    text = words(pages("91"))
    assert not [url for url in in_territory("91")["source_url"] if squeezed(url) in text]


def test_the_region_takes_four_pages() -> None:
    """All levels fit."""
    assert len(pdf(ILE_DE_FRANCE).pages) <= 4


@pytest.mark.parametrize("code", [ILE_DE_FRANCE, "91", "77", "75056", "200056232"])
def test_the_workbook_has_every_row(code: str) -> None:
    """One sheet per table, each with all its rows and columns, also those that the paper leaves out."""
    report = composed(code)
    book = load_workbook(io.BytesIO(xlsx.write(report)))
    tabled = [found for found in report.sections if found.table]
    assert len(book.worksheets) == 1 + len(tabled)
    for sheet, found in zip(book.worksheets[1:], tabled, strict=True):
        assert [cell.value for cell in sheet[1]] == [column.label or None for column in found.table.columns]
        assert [sheet.cell(line, 1).value for line in range(2, len(found.table.rows) + 2)] == [row[0] for row in found.table.rows]
    actors = section(report, "Les acteurs").table
    assert sorted(row[-1] for row in actors.rows) == sorted(in_territory(code)["id"])
    assert {row[-2] for row in actors.rows} == set(in_territory(code)["source_url"])


@pytest.mark.parametrize("code", [ILE_DE_FRANCE, "91", "77", "75", "200056232"])
def test_the_parts_add_up_to_the_territory(code: str) -> None:
    """Departments, communes, arrondissements with the unknown one: no site is lost or counted twice."""
    assert sum(row[1] for row in composed(code).sections[0].table.rows) == len(in_territory(code))


def expected_nearest(found: pd.Series) -> tuple[str, str]:
    """A name and whole kilometres from a commune; from a larger territory no name, and how far its communes are."""
    if found["actor_id"]:
        return f"{found['actor_name']} ({found['actor_commune']})", format_number(round(found["distance_km"]), "fr")
    least, most = (format_number(round(found[end]), "fr") for end in ("least_km", "most_km"))
    return "", least if least == most else f"{least} à {most}"


@pytest.mark.parametrize("code", ["91", "77", *SAMPLE])
def test_links_and_the_nearest_equal_the_analysis(code: str) -> None:
    """Sites per link, and for each that is missing who has it and how far."""
    level = find_level(layers(), code)
    table = section(composed(code), "La chaîne, de la recherche à la production").table
    counts = chain.count_by_territory(raw.shown(), layers(), level).loc[code]
    for row, link in zip(table.rows, CHAIN, strict=True):
        assert row[1] == counts[link.value]
        if not row[1]:
            found = absences.list_absent(raw.shown(), layers(), level, link).loc[code]
            assert row[3:] == expected_nearest(found)


@pytest.mark.parametrize("code", ["91", "94", "75056"])
def test_specialisation_equals_the_analysis(code: str) -> None:
    """Sites, share, the region's share, index and what is fragile, for each category and modality that the region has."""
    level = find_level(layers(), code)
    found, region = measured(level), measured(Level.REGION)
    expected = []
    for facet, keys in {"category": Category, "modality": Modality}.items():
        cells = [coverage.measure_by_group(found, facet, each).loc[code] for each in (Indicator.COUNT, Indicator.SHARE, Indicator.QUOTIENT)]
        whole = coverage.measure_by_group(region, facet, Indicator.SHARE).loc[ILE_DE_FRANCE]
        small = coverage.find_small_groups(found, facet, Indicator.QUOTIENT).loc[code]
        expected += [(*(cell[key] for cell in cells), whole[key], "fragile" if small[key] else "") for key in keys if whole[key] > 0]
    shown = [(row[2], row[3], row[5], row[4], row[6]) for row in section(composed(code), "Spécialisation").table.rows]
    assert sorted(shown) == sorted(expected)


def test_people_who_live_far_equal_the_analysis() -> None:
    """The region's rows are those of the page; of a department, only its own people count."""
    table = section(composed(ILE_DE_FRANCE), "Distances").table
    reach = absences.measure_reach(raw.shown(), layers())
    assert [list(row[1:]) for row in table.rows] == [list(reach[role]["share"]) for role in absences.REACHED]
    far = section(composed("77"), "Distances").table.rows[0]
    assert far[1:] != table.rows[0][1:]


def test_communes_without_a_site_are_those_of_the_territory() -> None:
    """Most people first, with the nearest site; as many as the paragraph says."""
    found = section(composed("91"), "Absences")
    everywhere = absences.list_absent(raw.shown(), layers(), Level.COMMUNE, ChainLink.ANY)
    own = everywhere[everywhere.index.str.startswith("91")]
    assert [row[0] for row in found.table.rows] == list(own["name"])
    assert [row[3] for row in found.table.rows] == list(own["distance_km"].round())
    communes = layers().communes["department_code"].eq("91").sum()
    assert found.paragraphs == (f"Communes sans site du répertoire\u00a0: {len(own)} sur {communes}.",)


def test_who_covers_says_from_where() -> None:
    """Genopole sits in the Essonne, Polepharma elsewhere; the networks are those that name actors there."""
    clusters = {row[0]: row for row in section(composed("91"), "Qui couvre le territoire").table.rows}
    assert clusters["Genopole"][2] == "Évry-Courcouronnes, dans le territoire"
    assert clusters["Polepharma"][2:4] == ("Chartres (Centre-Val de Loire)", "1, 6")
    assert clusters["Medicen Paris Region"][2:] == ("Paris", "6", "membre")
    links = memberships.list_links(joined())
    named = links[links["actor_id"].isin(in_territory("91")["id"])].groupby("network_id")["actor_id"].nunique()
    assert sorted(row[2] for row in section(composed("91"), "Réseaux").table.rows) == sorted(named)


def test_the_survey_is_kept_apart() -> None:
    """Its figures stand in a section of their own, under its name, and none is a key figure."""
    report = composed("91")
    found = section(report, "Le recensement publié")
    assert [row[1] for row in found.table.rows] == [183, 48, 6, 46]
    assert "ne s'ajoutent pas" in found.paragraphs[0]
    assert 183 not in values(report)


@pytest.mark.parametrize(
    ("lang", "publisher"), [("fr", "Institut Paris Région, cité par Medicen"), ("en", "Institut Paris Région, quoted by Medicen")]
)
def test_the_survey_has_its_publisher(lang: str, publisher: str) -> None:
    """Who counted stands below the figures and among the sources, not only who quotes."""
    report = composed("91", lang)
    assert squeezed(publisher) in words(pages("91", lang))
    assert publisher in next(found.table.note for found in report.sections if found.table and publisher in found.table.note)
    assert publisher in report.sources[-1].title


def test_sources_lead_to_their_pages() -> None:
    """IGN and INSEE by the address that the layers name, in the list and at the figures that rest on them."""
    report = composed("91")
    pages = {source["path"] for source in LAYER["sources"]}
    assert pages <= {source.url for source in report.sources}
    assert {figure.url for figure in report.figures} == {"", *pages}
    assert report.figures[5].url in {source.url for source in report.sources if "INSEE" in source.title}
    links = {
        str(note.get_object()["/A"]["/URI"]) for page in pdf("91").pages for note in page.get("/Annots", []) if "/A" in note.get_object()
    }
    assert pages <= links


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("fr", ["0,42", "0,40", "2,00", "1\u202f234,50", "–", "0,00"]), ("en", ["0.42", "0.40", "2.00", "1,234.50", "–", "0.00"])],
)
def test_a_column_has_one_number_of_decimals(lang: str, expected: list[str]) -> None:
    """Below each other, also where the last ones are zeros; whole numbers and texts stay."""
    lines = tuple((value, 3, "2023") for value in (0.42, 0.4, 2, 1234.5, None, 0.001))
    table = Table("", (ReportColumn("a", 2), ReportColumn("b", 0), ReportColumn("c")), lines)
    rows = report_table.build_content(table, lang)["rows"]
    assert [row[0] for row in rows] == expected
    assert {tuple(row[1:]) for row in rows} == {("3", "2023")}


@pytest.mark.parametrize("scheme", Scheme)
def test_the_map_is_classed_as_asked(scheme: Scheme) -> None:
    """As many classes as the scheme makes, and its name in the legend."""
    report = made(ILE_DE_FRANCE, raw.shown(), scheme=scheme)
    counts = measured(Level.DEPARTMENT).table["count"]
    svg = report.sections[0].map.svg
    texts = squeezed(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))
    assert squeezed(make_printable(typeset_french(SCHEME_LABELS[scheme]))) in texts
    for low, high in classify_values(counts, scheme=scheme).bounds:
        assert squeezed(str(int(low)) if low == high else f"{int(low)} – {int(high)}") in texts


def test_a_filter_that_leaves_nothing_is_said() -> None:
    """Report included: what the filters are, what there is without them, and no rank."""
    report = made("91", raw.shown().iloc[:0], filters_said=[("Catégorie", "Biothérapies")])
    assert report.subtitle.endswith("Filtres\u00a0: Catégorie\u00a0: Biothérapies")
    first, second, apart = report.sections[0].paragraphs
    assert apart.startswith("À part, hors de ces nombres\u00a0: ")
    assert f"le répertoire en compte {len(in_territory('91'))}" in first
    assert second.startswith("Aucun site de la région")
    assert (report.figures[0].value, report.figures[4].value) == (0, None)
    assert 1 <= len(PdfReader(io.BytesIO(report_pdf.write(report))).pages) <= 4
    assert xlsx.write(report)[:2] == b"PK"


def test_a_report_of_a_past_year_says_what_no_date_places() -> None:
    """And how to read the year; not which sites today's numbers leave out, of which a past year counts some."""
    found = select(Filters(etat="2010"), joined())
    [said] = made("91", found.actors, undated=41).sections[0].paragraphs
    assert squeezed(said) == squeezed(
        "À part, hors de ces nombres : 41 sites sans date connue. Année de création de l'organisme, adresse et population d'aujourd'hui."
    )
    [none] = made("91", found.actors, undated=0).sections[0].paragraphs
    assert none.startswith("Année de création")


def test_a_territory_without_any_actor_says_where_the_nearest_is() -> None:
    """By name and distance, as the analysis gives it."""
    found = absences.list_absent(raw.shown(), layers(), Level.COMMUNE, ChainLink.ANY).loc["77001"]
    said = " ".join(composed("77001").sections[0].paragraphs)
    assert f"{found['actor_name']} ({found['actor_commune']}), à environ {format_number(round(found['distance_km']), 'fr')} km" in said


def test_a_territory_without_population_has_no_rate() -> None:
    """Unknown, not zero; and the report is made all the same."""
    epci = layers().epci.assign(population=layers().epci["population"].mask(layers().epci.index == "200056232"))
    catalogue = dataclasses.replace(joined(), territory=dataclasses.replace(layers(), epci=epci))
    report = compose.compose(catalogue, "200056232", raw.shown(), layer=LAYER, lang="fr", link=LINK, made=MADE)
    assert (report.figures[2].value, report.figures[5].value) == (None, None)
    assert "pas de taux" in report.figures[5].note
    assert report_pdf.write(report)[:4] == b"%PDF"


@pytest.mark.parametrize("code", ["", "2A", "99999", "75101", "84"])
def test_an_unknown_code_is_a_key_error(code: str) -> None:
    """The caller says so; an arrondissement and another region are no territory of this page."""
    with pytest.raises(KeyError):
        composed(code)


def test_hostile_names_stay_text() -> None:
    """In the PDF as they stand, in the workbook never a formula, in the drawing no element."""
    evil = '=1+1 <script>#evil() & "x"'
    actors = raw.shown().assign(name=evil, commune=evil, source_title=evil, activity_fr=evil)
    report = made("91", actors, filters_said=[(evil, evil)])
    assert squeezed(evil) in words([page.extract_text() for page in PdfReader(io.BytesIO(report_pdf.write(report))).pages])
    book = load_workbook(io.BytesIO(xlsx.write(report)))
    assert {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert "<script" not in report.sections[0].map.svg


@pytest.mark.parametrize("code", ["11", "91", "75", "75056", "200056232", "77001"])
def test_english_is_complete(code: str) -> None:
    """Two languages, the same structure; no text of ours stays French."""
    french, english = composed(code), composed(code, "en")
    assert values(french) == values(english)
    assert len(french.sections) == len(english.sections)
    same = {"Distances", "Communes", "communes", "INSEE", "Source", "Population", "Date", "Distance (km)", "EPCI et EPT"}
    texts = [(f.title, e.title) for f, e in zip(french.sections, english.sections, strict=True)]
    texts += [(f.label, e.label) for f, e in zip(french.figures, english.figures, strict=True)]
    texts += list(zip(french.method, english.method, strict=True))
    assert [one for one, other in texts if one == other and one not in same] == []


def test_equal_reports_are_equal_files() -> None:
    """The same day and the same data give the same bytes."""
    assert report_pdf.write(made("77", raw.shown())) == report_pdf.write(made("77", raw.shown()))
