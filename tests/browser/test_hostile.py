"""Data of strangers: names that try to run stay names, on every page and in every download."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from biocarto.model import PRECISION_LABELS, Precision
from biocarto.render.text import disarm_text
from tests.browser import maps
from tests.browser.conftest import NewPage, Serve
from tests.browser.hostile import ACTIVITY, CATEGORIES, NAMES, PAGES, POSITIONS, SITE, TITLE
from tests.browser.waiting import opened, settled


@pytest.fixture(scope="module")
def hostile_url(serve: Serve, hostile_data: Path) -> str:
    """The app on hostile data."""
    return serve({"BIOCARTO_DATA": str(hostile_data)})


def literally(locator: Locator, text: str) -> None:
    """The text stands on screen as in the file, but for white space and the invisible joiner that parts signs of Markdown."""
    letters = ["\\s+" if letter == " " else re.escape(letter) for letter in " ".join(text.split())]
    expect(locator).to_contain_text(re.compile("\u2060?".join(letters)))


@pytest.mark.parametrize("path", [*PAGES, "annuaire"], ids=lambda path: path or "overview")
def test_nothing_of_the_data_runs_on_any_page(page: Page, hostile_url: str, unharmed: Callable[[], None], path: str) -> None:
    """Each page opens, in both languages, and every name on it is only text."""
    for lang in ("fr", "en"):
        opened(page, f"{hostile_url}/{path}?lang={lang}")
        maps.every_map(page, {"": 2, "sources": 0}.get(path, 1))
        unharmed()
    expect(page.locator("body")).not_to_contain_text("1337")


@pytest.mark.parametrize("query", ["network=cebr", "network=bioman4r2", "member=biocat", "event=cfb-2021", "place=FR-Paris"])
def test_names_are_text_in_the_sheets_of_networks(page: Page, hostile_url: str, unharmed: Callable[[], None], query: str) -> None:
    """Body, member, event and city: each sheet opens, with the letters of the file."""
    opened(page, f"{hostile_url}/reseaux?{query}")
    expect(page.locator(".st-key-sheet h2")).to_be_visible()
    unharmed()
    expect(page.locator("body")).not_to_contain_text("1337")


def test_names_are_text_in_the_tooltips_of_the_map(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Hover shows the name letter by letter, and so does what a screen reader is told."""
    opened(page, f"{hostile_url}/ile-de-france")
    shown = maps.only_map(page)
    for number, name in enumerate(NAMES):
        symbol = shown.symbol(f"alone-{number}")
        symbol.hover()
        literally(shown.tooltip, name)
        assert " ".join(name.split()) in str(symbol.get_attribute("aria-label"))
    shown.frame.locator('[data-id="site-genopole"]').hover()
    literally(shown.tooltip, SITE)
    unharmed()


def test_an_actor_with_a_point_of_its_own_is_one_tap_away(page: Page, hostile_url: str) -> None:
    """Its symbol stands there alone and opens its sheet, which says what the point is; the legend counts such points."""
    opened(page, f"{hostile_url}/ile-de-france")
    shown = maps.only_map(page)
    for number, position in enumerate(POSITIONS):
        shown.symbol(f"alone-{number}").click()
        literally(page.locator(".st-key-beside").get_by_role("heading", level=2), NAMES[number])
        expect(page.locator(".st-key-beside")).to_contain_text(PRECISION_LABELS[Precision(position)])
        settled(page)
    expect(shown.legend).to_contain_text("À l'adresse : 1 ; dans la rue, à un point au hasard : 1")


@pytest.mark.parametrize("path", ["", "bioproduction-tour"], ids=["overview", "tour"])
def test_names_are_text_on_the_map_of_the_tour(page: Page, hostile_url: str, unharmed: Callable[[], None], path: str) -> None:
    """Titles of stages and names of organisers, hovered and spoken."""
    opened(page, f"{hostile_url}/{path}")
    shown = maps.small_map(page, "france") if path == "" else maps.only_map(page)
    for number in range(7):
        shown.symbol(f"stage-{number + 1}").hover()
        literally(shown.tooltip, NAMES[number])
    seats = shown.frame.locator(".bc-seat[data-id]")
    spoken = [str(seat.get_attribute("aria-label")) for seat in seats.all()]
    assert len([label for label in spoken if any(" ".join(name.split()) in label for name in NAMES)]) == len(spoken)
    shown.symbol("stage-1").focus()
    page.keyboard.press("Home")
    for seat in seats.all():
        seat.focus()
        literally(shown.tooltip, str(shown.frame.locator(".bc-seat:focus .bc-seat-name").text_content()))
    unharmed()


def test_names_are_text_in_the_list_of_a_place(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Each button of the list has the name that it opens."""
    opened(page, f"{hostile_url}/ile-de-france?place=site-genopole")
    expect(page.locator(".st-key-beside").get_by_role("heading", level=2)).to_have_text(SITE)
    unharmed()
    for number, name in enumerate(NAMES):
        literally(page.locator(f".st-key-open-campus-{number}"), name)


def test_names_are_text_in_the_sheet_of_an_actor(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Name, activity, place, address and source, letter by letter; the link leads where the file says."""
    opened(page, f"{hostile_url}/ile-de-france?place=site-genopole")
    beside = page.locator(".st-key-beside")
    for number, name in enumerate(NAMES):
        page.locator(f".st-key-open-campus-{number}").get_by_role("button").click()
        expect(beside.get_by_role("heading", level=2)).to_have_text(name)
        for text in (ACTIVITY, SITE, TITLE):
            literally(beside, text)
        expect(beside.locator("a[href=\"https://example.org/?a=1&b='2'\"]")).to_have_text(TITLE)
        page.locator(".st-key-close-actor").get_by_role("button").click()
        expect(page.locator(".st-key-listing")).to_be_visible()
        settled(page)
    unharmed()


def test_names_are_text_in_pills_and_chips(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """The pill of a site and the chip that it leaves."""
    opened(page, f"{hostile_url}/ile-de-france")
    for button in page.locator(".st-key-facets").get_by_test_id("stPopoverButton").all():
        button.click()
        pills = page.get_by_test_id("stPopoverBody")
        expect(pills).to_be_visible()
        if pills.locator(".st-key-facet_site").count():
            break
        page.keyboard.press("Escape")
        expect(pills).to_have_count(0)
    pill = pills.get_by_role("button").filter(has_text="Campus").filter(has_text="n° 1")
    pill.click()
    literally(page.locator(".st-key-chosen").get_by_role("button").first, SITE)
    unharmed()
    literally(pill, SITE)


def cells(table: Locator) -> Locator:
    """What a screen reader finds in a table that Streamlit paints."""
    return table.locator("canvas table").first


@pytest.mark.parametrize("category", CATEGORIES)
def test_names_are_text_in_the_table_and_harmless_in_the_download(
    page: Page, hostile_url: str, unharmed: Callable[[], None], category: str
) -> None:
    """The table shows every letter; in the file a formula has an apostrophe in front, and everything else is as it was."""
    opened(page, f"{hostile_url}/ile-de-france?category={category}&site=genopole")
    names = NAMES[CATEGORIES.index(category) :: 2]
    table = maps.actor_table(page)
    for name in names:
        literally(cells(table), name)
    page.locator(".st-key-take-away").get_by_test_id("stPopoverButton").first.click()
    with page.expect_download() as download:
        page.locator(".st-key-take-csv-excel button").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")), delimiter=";"))
    assert sorted(row["Nom"] for row in rows) == sorted(str(disarm_text(name)) for name in names)
    unharmed()


@pytest.mark.parametrize("path", ["ile-de-france", "bioproduction-tour", "sources"])
def test_no_table_lets_a_formula_out(new_page: NewPage, hostile_url: str, path: str) -> None:
    """Streamlit's own download button over each table gives files without a live formula, too."""
    page = new_page(fresh="a script of its own")
    page.add_init_script("delete window.showSaveFilePicker")  # else Chromium asks where to save
    opened(page, f"{hostile_url}/{path}")
    for table in page.get_by_test_id("stDataFrame").locator("visible=true").all():
        with page.expect_download() as download:
            table.get_by_test_id("stElementToolbarButton").filter(has=page.locator('path[d^="M18 15v3H6"]')).locator(
                "button"
            ).dispatch_event("click")
        found = csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
        live = {cell for row in found for cell in row if cell.startswith(("=", "@", "\t", "\r"))}
        assert live == set()


def test_the_sheet_of_a_stage_is_text(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Title, organisers, notes and source of each stage, letter by letter."""
    opened(page, f"{hostile_url}/bioproduction-tour")
    sheet = page.locator("article.bc-sheet")
    for number in range(7):
        page.locator(".st-key-stage-after").get_by_role("button").click()
        expect(sheet.get_by_role("heading")).to_have_text(NAMES[number])
        for text in (ACTIVITY, TITLE, SITE):
            literally(sheet, text)
    unharmed()
