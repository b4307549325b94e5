"""The ten questions that visitors bring: from the first page, each answered in at most three interactions, with what the tables say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import quote

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from biocarto.config import Settings
from tests.analysis import raw
from tests.browser import maps
from tests.browser.answering import list_failing, look
from tests.browser.conftest import NewPage
from tests.browser.visit import expect_state
from tests.browser.waiting import opened, settled

DATA = Settings().data
MOST = 3


def table(name: str) -> pd.DataFrame:
    """A table as it is in the repository, every cell a text: another path than the app's."""
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


ACTORS = table("actors")
TODAY = ACTORS[ACTORS["id"].isin(raw.actors()["id"])]


class Visitor:
    """Someone on the first page who counts what it takes: a search typed, or a tap."""

    def __init__(self, page: Page, app_url: str) -> None:
        self.page, self.interactions = opened(page, app_url), 0

    def ask(self, text: str) -> None:
        """Type a search on the first page, and Enter."""
        box = self.page.get_by_role("searchbox").or_(self.page.get_by_label("Chercher dans l'annuaire")).first
        box.fill(text)
        box.press("Enter")
        self.page.wait_for_url("**/annuaire?q=**", wait_until="commit")
        settled(self.page)
        self.interactions += 1

    def tap(self, target: Locator) -> None:
        """One tap."""
        target.click()
        self.interactions += 1

    def go(self, path: str) -> None:
        """Another page, by the navigation on top."""
        self.tap(self.page.get_by_test_id("stTopNav").locator(f'a[href$="/{path}"]'))
        self.page.wait_for_url(f"**/{path}*", wait_until="commit")
        settled(self.page)

    def exactly(self) -> None:
        """Tap the exact reading of the words that are left beside place and role."""
        self.tap(self.page.locator(".st-key-reading button"))
        expect(self.page.locator(".st-key-readings")).to_have_count(0)
        settled(self.page)

    def facet(self, label: str, value: str) -> None:
        """Open a facet, or the button of the rarer ones, and choose a value: two taps."""
        buttons = self.page.locator(".st-key-facets").get_by_test_id("stPopoverButton")
        own = buttons.filter(has_text=label)
        self.tap(own if own.count() else buttons.last)
        self.tap(self.page.get_by_test_id("stPopoverBody").get_by_role("button", name=value))

    def expect_list(self, rows: pd.DataFrame) -> None:
        """The list holds these rows (its first page is among them), and the sentence above says how many."""
        expect(self.page.locator(".st-key-chosen")).to_contain_text(f"{len(rows)} site")
        shown = settled(self.page).locator(".st-key-directory-list button")
        expect(shown).to_have_count(min(20, len(rows)))
        assert set(shown.all_inner_texts()) <= set(rows["name"])

    def expect_sources(self, rows: pd.DataFrame) -> None:
        """Each row of the list says who says so, with a link where there is one."""
        for url in rows.loc[rows["source_url"].ne("chapter"), "source_url"]:
            expect(self.page.locator(f'.st-key-directory-list a[href="{url}"]').first).to_be_visible()


def answer_rows(page: Page) -> list[tuple[str, str, str]]:
    """Id, kind and kilometres ("" where none is told) of each row of an answer, as a program reads them."""
    return [
        tuple(row)
        for row in settled(page)
        .locator("[data-id]")
        .evaluate_all("rows => rows.map(({ dataset }) => [dataset.id, dataset.kind, dataset.km ?? ''])")
    ]


@pytest.fixture
def visitor(page: Page, app_url: str) -> Iterator[Visitor]:
    """A visitor whose journey must end within three interactions."""
    someone = Visitor(page, app_url)
    yield someone
    assert someone.interactions <= MOST


def with_modality(*wanted: str) -> pd.Series:
    """Rows of today with one of the modalities."""
    return TODAY["modalities"].map(lambda cell: bool(set(cell.split(";")) & set(wanted)))


def test_1_gene_therapy_companies_of_essonne(visitor: Visitor) -> None:
    """Which companies work on gene therapy in Essonne, and what is each one's source?"""
    visitor.ask("entreprises thérapie génique Essonne")
    visitor.exactly()
    rows = TODAY[with_modality("gene_therapy") & TODAY["kind"].eq("company") & TODAY["commune_code"].str.startswith("91")]
    assert len(rows) > 3
    visitor.expect_list(rows)
    visitor.expect_sources(rows)


def test_2_who_manufactures_biologics(visitor: Visitor) -> None:
    """Which named companies manufacture biologics in Île-de-France, and in which departments?"""
    visitor.ask("bioproduction")
    visitor.exactly()
    rows = TODAY[TODAY["category"].eq("bioproduction")]
    visitor.expect_list(rows)
    departments = {"75": "Paris", "91": "Essonne", "92": "Hauts-de-Seine", "94": "Val-de-Marne"}
    for code in set(rows["commune_code"].str[:2]) & set(departments):
        expect(visitor.page.locator(".st-key-directory-list")).to_contain_text(departments[code])


def test_3_a_place_for_a_start_up_near_villejuif(visitor: Visitor) -> None:
    """What is within 10 km of Villejuif that could host a start-up?"""
    visitor.ask("incubateurs Villejuif")
    found = answer_rows(visitor.page)
    incubators = TODAY[TODAY["kind"].eq("incubator")]
    in_villejuif = set(incubators.loc[incubators["commune_code"].eq("94076"), "id"])
    assert in_villejuif < {key for key, *_ in found} <= set(incubators["id"])
    assert {km for _, _, km in found if km}
    assert all(float(km) <= 10 for _, _, km in found if km)


def test_4_industrial_integrators(visitor: Visitor) -> None:
    """Which industrial integrators exist in Île-de-France, and which of them do we know by more than the chapter?"""
    visitor.ask("intégrateurs industriels")
    rows = TODAY[TODAY["kind"].eq("integrator")]
    visitor.expect_list(rows)
    visitor.expect_sources(rows)
    assert rows["source_url"].ne("chapter").any()


def test_5_how_sure_is_the_survey(visitor: Visitor) -> None:
    """How many of the survey's 183 companies are in biotherapies, and how sure is that number?"""
    visitor.go("ile-de-france")
    survey = visitor.page.locator(".bc-bar").first
    expect(survey).to_contain_text("87 ou 88")
    details = visitor.page.locator("details.bc-source").first
    visitor.tap(details.locator("summary"))
    expect(details).to_contain_text("les seuls entiers qui s’arrondissent ainsi")


def test_6_who_organised_the_stage_of_auvergne_rhone_alpes(visitor: Visitor) -> None:
    """Which clusters organised the stage that covered Auvergne-Rhône-Alpes?"""
    visitor.go("bioproduction-tour")
    visitor.tap(maps.only_map(visitor.page).symbol("stage-2").first)
    stages, clusters = table("tour_stages").set_index("id"), table("clusters").set_index("id")
    assert "84" in stages.at["stage-2", "region_codes"].split(";")
    for cluster in stages.at["stage-2", "organisers"].split(";"):
        expect(visitor.page.locator(".bc-sheet")).to_contain_text(clusters.at[cluster, "name"])


def test_7_regions_without_a_stage(visitor: Visitor) -> None:
    """Which regions had no stage of the Tour?"""
    visitor.go("bioproduction-tour")
    for region in ("Normandie", "Corse", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        expect(visitor.page.get_by_test_id("stMain")).to_contain_text(region)


def test_8_phages_or_the_microbiome(visitor: Visitor) -> None:
    """Who works on bacteriophages or the microbiome?"""
    visitor.ask("bactériophages ou microbiome")
    visitor.exactly()
    visitor.expect_list(TODAY[with_modality("phage", "microbiome")])


def test_9_rows_that_rest_on_an_old_page(visitor: Visitor) -> None:
    """Which rows rest on a page older than 2015, so that they should be checked first?"""
    visitor.go("annuaire")
    visitor.facet("Année de la source", "Avant 2015")
    rows = ACTORS[raw.status_years(ACTORS).lt(2015)]
    assert len(rows) > 3
    visitor.expect_list(rows)


def test_10_research_centres_of_paris_in_excel(visitor: Visitor, new_page: NewPage) -> None:
    """Give me, in Excel, all research centres of Paris with a link that shows the same list."""
    visitor.ask("centres de recherche Paris")
    with visitor.page.expect_download() as taken:
        visitor.tap(visitor.page.locator(".st-key-take-xlsx button"))
    rows = TODAY[TODAY["kind"].eq("research_centre") & TODAY["commune_code"].str.startswith("75")]
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    header, *lines = book.worksheets[0].iter_rows(values_only=True)
    assert sorted(dict(zip(header, line, strict=True))["Identifiant"] for line in lines) == sorted(rows["id"])
    links = [str(cell) for line in book.worksheets[1].iter_rows(values_only=True) for cell in line if "/annuaire?" in str(cell)]
    view = links[0].removeprefix("copie locale\u00a0: ")
    again = Visitor(new_page(), visitor.page.url.split("/annuaire")[0] + view)
    again.expect_list(rows)


def of_the_nation(region: str) -> set[str]:
    """Contract manufacturers of a region in the table of national sites."""
    sites = table("national_sites")
    return set(sites.loc[sites["type"].eq("cdmo") & sites["region_code"].eq(region), "id"])


def check_viral_vectors(found: list[tuple[str, str, str]]) -> None:
    """The maker of Corbeil-Essonnes with its distance, before the supplier of a reagent."""
    order = [key for key, *_ in found]
    assert order.index("yposkesi") < order.index("polytheragene")
    assert 0 < float(found[order.index("yposkesi")][2]) <= 10


def check_cell_therapy(found: list[tuple[str, str, str]]) -> None:
    """The contract manufacturer first; those of other regions too."""
    assert found[0][0] == "cellforcure"
    assert "national_site" in {kind for _, kind, _ in found}


def check_incubators(found: list[tuple[str, str, str]]) -> None:
    """Every incubator of the Val-de-Marne, and nothing else."""
    rows = TODAY[TODAY["kind"].eq("incubator") & TODAY["commune_code"].str.startswith("94")]
    assert {key for key, *_ in found} == set(rows["id"])


def check_toulouse(found: list[tuple[str, str, str]]) -> None:
    """Contract manufacturers of Toulouse and its neighbours."""
    assert {"gtp-bioways-toulouse", "gtp-bioways-labege"} <= {key for key, *_ in found} <= of_the_nation("76")


TOULOUSE = (43.6, 1.44)
NEAR_WHAT = {
    "vecteurs viraux évry": check_viral_vectors,
    "qui fabrique des vecteurs viraux près d'Évry": check_viral_vectors,
    "CDMO thérapie cellulaire": check_cell_therapy,
    "incubateur dans le 94": check_incubators,
    "cdmo Toulouse": check_toulouse,
}


@pytest.mark.parametrize("question", NEAR_WHAT)
def test_what_near_where_in_the_directory(page: Page, app_url: str, question: str) -> None:
    """Asked on the first page, answered by rows that a program can read; each symbol of the answer's map answers at its own place."""
    someone = Visitor(page, app_url)
    someone.ask(question)
    NEAR_WHAT[question](answer_rows(page))
    if NEAR_WHAT[question] is check_toulouse:
        shown = maps.only_map(page)
        assert list_failing(shown, (5, 7, 9, 11), TOULOUSE) == []
        look(shown, TOULOUSE, 7)
        named = shown.frame.locator(".bc-name-text, .bc-member-name:not(.bc-out)")
        assert named.all_text_contents().count("Toulouse") == 1


def test_a_question_without_answer_leads_on(visitor: Visitor) -> None:
    """No contract researcher on antibodies is known within 15 km: one tap leads to what is near, without the words being lost."""
    visitor.ask("CRO anticorps à 15 km de Villejuif")
    assert answer_rows(visitor.page) == []
    visitor.tap(visitor.page.locator(".st-key-suggestion-0 button"))
    expect(visitor.page.locator(".st-key-suggestions")).to_have_count(0)
    found = answer_rows(visitor.page)
    assert found
    assert all(float(km) <= 25 for _, _, km in found if km)


def test_the_questions_on_the_stand(page: Page, app_url: str) -> None:
    """The same words on the stand: what near where, and those of the ten that a list answers."""
    gene = TODAY[with_modality("gene_therapy") & TODAY["kind"].eq("company") & TODAY["commune_code"].str.startswith("91")]
    research = TODAY[TODAY["kind"].eq("research_centre") & TODAY["commune_code"].str.startswith("75")]
    integrators = TODAY[TODAY["kind"].eq("integrator")]
    lists = {"entreprises thérapie génique Essonne": gene, "centres de recherche Paris": research, "intégrateurs": integrators}
    for question, check in NEAR_WHAT.items():
        opened(page, f"{app_url}/stand?door=who&by=search&q={quote(question)}")
        check(answer_rows(page))
    for question, rows in lists.items():
        opened(page, f"{app_url}/stand?door=who&by=search&q={quote(question)}")
        found = {key for key, kind, _ in answer_rows(page) if kind in set(ACTORS["kind"])}
        assert len(found) == min(12, len(rows))
        assert found <= set(ACTORS["id"]) if question.startswith("entreprises") else found <= set(rows["id"])


def test_place_and_subject_on_the_stand(page: Page, app_url: str) -> None:
    """Near a town, those who make; who makes, in a department: by touch, the same site."""
    opened(page, f"{app_url}/stand?door=near&near=91228")
    page.locator(".st-key-tile-what-role-makes button").click()
    page.wait_for_url("**role=makes*", wait_until="commit")
    near = {key for key, *_ in answer_rows(page)}
    opened(page, f"{app_url}/stand?door=who&role=makes")
    page.locator(".st-key-tile-where-department-91 button").click()
    page.wait_for_url("**department=91*", wait_until="commit")
    inside = {key for key, *_ in answer_rows(page)}
    assert "yposkesi" in near & inside
    assert "polytheragene" not in near | inside


def test_a_place_taken_away_does_not_come_back(page: Page, app_url: str) -> None:
    """Place and radius stand in a button that is closed when their chip is tapped: the next runs hear nothing of them."""
    opened(page, f"{app_url}/annuaire")
    facets = page.locator(".st-key-facets")
    facets.get_by_test_id("stPopoverButton").filter(has_text="Près de").click()
    place = page.get_by_test_id("stPopoverBody").get_by_role("combobox")
    place.fill("Villejuif (94)")
    place.press("Enter")
    expect_state(page, near="94076")
    radius = settled(page).get_by_test_id("stPopoverBody").get_by_role("spinbutton")
    radius.fill("7")
    radius.press("Enter")
    expect_state(page, near="94076", km="7")
    settled(page).keyboard.press("Escape")
    page.locator(".st-key-drop-near-94076 button").first.click()
    expect_state(page, near=None, km=None)
    for words in ("phages", "vecteurs"):
        box = settled(page).get_by_role("searchbox")
        box.fill(words)
        box.press("Enter")
        expect_state(page, q=words, near=None, km=None)
    facets.get_by_test_id("stPopoverButton").filter(has_text="Près de").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_role("spinbutton")).to_have_value("10.00")
