"""What people do: filter, tap, read, share, go back. Each journey ends where the visitor thinks it does."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from biocarto.analysis.coverage.territories import LEVEL_COLUMNS, Measure, classify_values, count_per_territory
from biocarto.analysis.places import find_extent, group_by_place, select_at_place
from biocarto.i18n import Locale
from biocarto.labels import FIELD_LABELS, label_option
from biocarto.model import LEVEL_LABELS, PRECISION_LABELS, Category, Level
from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.register.catalogue import Catalogue
from tests.browser import maps
from tests.browser.answering import list_failing
from tests.browser.conftest import NewPage
from tests.browser.visit import TOUR, block, expect_state, go, speak, state
from tests.browser.waiting import opened, settled

REGION = "ile-de-france"
BIOPRODUCTION = Filters(category=(Category.BIOPRODUCTION.value,))


def choose_pill(page: Page, name: str, value: str, catalogue: Catalogue, lang: str = "fr") -> None:
    """Open one filter, tap one of its values, close it."""
    t = Locale(lang)
    block(page, "facets").get_by_test_id("stPopoverButton").filter(has_text=t(FIELD_LABELS[name])).click()
    pills = block(page, f"facet_{name}")
    pills.get_by_role("button", name=label_option(name, value, catalogue, t), exact=True).click()
    expect_state(page, **{name: value})
    page.keyboard.press("Escape")
    expect(pills).to_have_count(0)


def sheet(page: Page) -> Locator:
    """What stands beside the map of Île-de-France."""
    return block(page, "beside")


def expect_sheet(page: Page, actor: pd.Series, lang: str) -> None:
    """The sheet of an actor says what it does, who says so, when, and how well its place is known."""
    beside = sheet(page)
    expect(beside.get_by_role("heading", name=actor["name"], exact=True)).to_be_visible()
    expect(beside).to_contain_text(actor[f"activity_{lang}"])
    expect(beside).to_contain_text(str(actor["as_of"]))
    expect(beside).to_contain_text(Locale(lang)(PRECISION_LABELS[actor["precision"]]))
    if actor["source_url"].startswith("http"):
        expect(beside.locator(f'a[href="{actor["source_url"]}"]').first).to_have_text(actor["source_title"])


def expect_no_sheet(page: Page) -> None:
    """Nothing stands beside the map, which has all the room."""
    expect(sheet(page)).to_have_count(0)
    expect(page.locator(".st-key-room > * > * > [data-testid='stColumn']").last).to_be_hidden()


def test_a_filtered_view_with_a_sheet_is_shared_in_two_languages(page: Page, new_page: NewPage, app_url: str, catalogue: Catalogue) -> None:
    """Filter to one category, tap an actor, change the language, open the address elsewhere: the same state."""
    found = select(BIOPRODUCTION, catalogue).actors
    opened(page, f"{app_url}/{REGION}")
    choose_pill(page, "category", "bioproduction", catalogue)
    shown = maps.only_map(page)
    shown.expect_places(len(group_by_place(found)))
    identity = shown.ids("actor")[-1]
    assert identity in found.index
    shown.symbol(identity).click()
    expect_state(page, category="bioproduction", actor=identity)
    expect_sheet(page, catalogue.actors.loc[identity], "fr")
    expect(shown.symbol(identity)).to_have_attribute("aria-current", "true")
    speak(page, "en")
    expect_state(page, lang="en", category="bioproduction", actor=identity)
    expect_sheet(page, catalogue.actors.loc[identity], "en")

    other = opened(new_page(), page.url)
    expect(other.locator("html")).to_have_attribute("lang", "en")
    assert state(other) == state(page)
    expect_sheet(other, catalogue.actors.loc[identity], "en")
    chip = label_option("category", "bioproduction", catalogue, Locale("en"))
    expect(block(other, "chosen").get_by_role("button", name=re.compile(re.escape(chip)))).to_be_visible()
    elsewhere = maps.only_map(other)
    elsewhere.expect_places(len(group_by_place(found)))
    expect(elsewhere.symbol(identity)).to_have_attribute("aria-current", "true")


def test_a_filter_moves_the_map_and_nothing_else_does(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """It goes to what is left, and back; a language leaves a view of one's own alone. The map is never made anew."""
    opened(page, f"{app_url}/{REGION}")
    shown = maps.only_map(page)
    shown.expect_places(len(group_by_place(select(Filters(), catalogue).actors)))
    shown.mark()
    home = shown.view()
    shown.zoom_in()
    before = shown.zoom_in()
    choose_pill(page, "category", "bioproduction", catalogue)
    left = select(BIOPRODUCTION, catalogue).actors
    shown.expect_places(len(group_by_place(left)))
    (south, west), (north, east) = find_extent(left, catalogue.territory)
    _, latitude, longitude = shown.view()
    assert shown.view() != before
    assert south < latitude < north
    assert west < longitude < east
    block(page, "chosen").get_by_role("button").first.click()
    expect_state(page, category=None)
    shown.expect_places(len(group_by_place(select(Filters(), catalogue).actors)))
    shown.frame.wait_for_function("zoom => Math.abs(map.getZoom() - zoom) < 0.05", arg=home[0])
    view = shown.zoom_in()
    speak(page, "en")
    expect(shown.frame.locator("html")).to_have_attribute("lang", "en")
    assert shown.view() == view
    assert shown.is_the_marked_one()


def test_a_place_opens_its_list_and_its_list_opens_actors(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """Ring, list, actor, close, list again, close: every step leads back to the one before."""
    found = select(BIOPRODUCTION, catalogue).actors
    opened(page, f"{app_url}/{REGION}?category=bioproduction")
    shown = maps.only_map(page)
    shown.expect_places(len(group_by_place(found)))
    place = shown.ids("place")[-1]
    here = select_at_place(found, place)
    shown.symbol(place).click()
    expect_state(page, place=place)
    listed = block(page, "listing").get_by_role("button")
    expect(listed).to_have_count(len(here))
    expect(sheet(page).get_by_role("heading", name=here.iloc[0]["place_name"])).to_be_visible()
    block(page, f"open-{here.index[1]}").get_by_role("button").click()
    expect_sheet(page, here.iloc[1], "fr")
    expect_state(page, place=place, actor=here.index[1])
    block(page, "close-actor").get_by_role("button").click()
    expect(listed).to_have_count(len(here))
    expect_state(page, place=place, actor=None)
    block(page, "close-list").get_by_role("button").click()
    expect_no_sheet(page)
    expect_state(page, place=None, actor=None, category="bioproduction")


def test_gathered_places_part_when_tapped(page: Page, app_url: str) -> None:
    """A ring of several places goes closer until its places stand alone, and then opens their lists."""
    opened(page, f"{app_url}/{REGION}")
    shown = maps.only_map(page)
    alone = set(shown.ids("place") + shown.ids("actor"))
    before = shown.view()[0]
    gathered = shown.frame.locator('[data-type="places"]')
    expect(gathered.first).to_be_visible()
    gathered.first.click()
    shown.frame.wait_for_function("before => map.getZoom() > before && !map._animatingZoom", arg=before)
    assert set(shown.ids("place") + shown.ids("actor")) - alone


@pytest.mark.parametrize("kind", ["place", "actor"])
def test_a_symbol_of_the_overview_opens_the_region(page: Page, app_url: str, catalogue: Catalogue, kind: str) -> None:
    """A tap on a place or on an actor of the small map leads to its list or sheet, in the language of the visitor."""
    opened(page, f"{app_url}/?lang=en")
    small = maps.small_map(page, "ile-de-france")
    identity = small.reachable_ids(kind)[-1]
    small.symbol(identity).click()
    expect_state(page, path=REGION, lang="en", **{kind: identity})
    settled(page)
    actors = catalogue.actors
    name = actors.loc[identity, "name"] if kind == "actor" else actors.loc[actors["place_id"].eq(identity), "place_name"].iloc[0]
    expect(sheet(page).get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_the_three_doors_lead_somewhere(page: Page, app_url: str) -> None:
    """Each door opens a page of ours that shows something else than the other doors, in the language of the visitor."""
    arrived = {}
    for key in ("stand", "coverage", "research"):
        opened(page, f"{app_url}/?lang=en")
        block(page, f"door-{key}").get_by_role("link").click()
        page.wait_for_url(lambda url: urlsplit(url).path != "/", wait_until="commit")
        settled(page)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_test_id("stAlert")).to_have_count(0)
        expect(page.locator("h1")).to_be_visible()
        arrived[key] = page.url
    assert len(set(arrived.values())) == 3
    assert urlsplit(arrived["research"]).path == "/annuaire"


def by_colour(shown: maps.MapView) -> set[frozenset[str]]:
    """The territories that have the same colour on screen, together."""
    fills = pd.Series(shown.fills())
    return {frozenset(codes) for codes in fills.groupby(fills).groups.values()}


def by_class(catalogue: Catalogue, level: Level, measure: Measure) -> set[frozenset[str]]:
    """The territories that should have the same colour, together."""
    table = count_per_territory(select(Filters(), catalogue).actors, catalogue.territory, level)
    numbers = classify_values(table["count"] if measure is Measure.COUNT else table["rate"]).of
    return {frozenset(codes) for codes in numbers.groupby(numbers).groups.values()}


@pytest.mark.parametrize("level", list(LEVEL_COLUMNS), ids=lambda level: level.value)
def test_level_and_measure_recolour_the_map(page: Page, app_url: str, catalogue: Catalogue, level: Level) -> None:
    """Another level draws other territories, another measure its own classes, each with its legend, in the same map."""
    start = next(other for other in LEVEL_COLUMNS if other is not level)
    opened(page, f"{app_url}/{REGION}?map=areas&level={start.value}")
    shown = maps.every_map(page, 1, "areas")[0]
    expect(shown.frame.locator("path.bc-area[data-code]").first).to_be_attached()
    shown.mark()
    legend = shown.legend.inner_text()
    block(page, "choice_level").get_by_text(Locale("fr")(LEVEL_LABELS[level]), exact=True).click()
    expect_state(page, level=None if level is Level.DEPARTMENT else level.value)
    expect(shown.legend).not_to_have_text(legend, use_inner_text=True)
    shown.expect_areas(len(count_per_territory(catalogue.actors, catalogue.territory, level)))
    assert by_colour(shown) == by_class(catalogue, level, Measure.COUNT)
    legend = shown.legend.inner_text()
    block(page, "choice_measure").get_by_role("radio").last.click()
    expect_state(page, measure=Measure.RATE.value)
    expect(shown.legend).not_to_have_text(legend, use_inner_text=True)
    assert by_colour(shown) == by_class(catalogue, level, Measure.RATE)
    assert shown.is_the_marked_one()


def click_row(page: Page, number: int) -> None:
    """Tap the mark at the head of a row of the actors' table (Streamlit paints it, so that only its place is known)."""
    maps.actor_table(page).locator(".dvn-scroller").click(position={"x": 18, "y": 36 + 35 * number + 17})


def test_a_row_of_the_table_opens_its_sheet(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """The table is the map's twin: a chosen row opens the same sheet, and writes the same address."""
    found = select(BIOPRODUCTION, catalogue).actors.sort_values("name", key=lambda names: names.str.casefold())
    opened(page, f"{app_url}/{REGION}?category=bioproduction")
    click_row(page, 2)
    expect_state(page, actor=found.index[2], category="bioproduction")
    expect_sheet(page, found.iloc[2], "fr")
    click_row(page, 0)
    expect_state(page, actor=found.index[0])
    expect_sheet(page, found.iloc[0], "fr")


def rows_of_download(page: Page) -> list[dict[str, str]]:
    """The page's file for French Excel, read as a spreadsheet would."""
    block(page, "take-away").get_by_test_id("stPopoverButton").first.click()
    with page.expect_download() as download:
        block(page, "take-csv-excel").get_by_role("button").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_download_holds_the_filtered_rows(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """The CSV has the rows of the selection, all of them and no other, with a source each."""
    found = select(BIOPRODUCTION, catalogue).actors
    opened(page, f"{app_url}/{REGION}?category=bioproduction")
    rows = rows_of_download(page)
    assert sorted(row["Nom"] for row in rows) == sorted(found["name"])
    assert all(row["Adresse de la source"].startswith("http") or row["Titre de la source"] for row in rows)


def test_the_language_stays_when_pages_change(page: Page, app_url: str) -> None:
    """English chosen once stays through the whole navigation, in the address and on the page, and so does French."""
    opened(page, app_url)
    speak(page, "en")
    for path in (REGION, TOUR, "sources", ""):
        go(page, path)
        expect_state(page, path=path, lang="en")
        expect(page.locator("html")).to_have_attribute("lang", "en")
    speak(page, "fr")
    for path in (TOUR, REGION):
        go(page, path)
        expect_state(page, path=path, lang=None)
        expect(page.locator("html")).to_have_attribute("lang", "fr")


@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        (REGION, "category=sorcery&department=91", "sorcery"),
        (REGION, "actor=nobody", "nobody"),
        (REGION, "place=nowhere", "nowhere"),
        (REGION, "level=galaxy&measure=beauty", "galaxy"),
        (TOUR, "stage=stage-99", "stage-99"),
        (REGION, "lang=xx", "xx"),
    ],
)
def test_unknown_values_of_an_address_are_named(page: Page, app_url: str, path: str, query: str, named: str) -> None:
    """A notice names what was ignored; map, sheet and table are those of the address without it."""
    opened(page, f"{app_url}/{path}?{query}")
    expect(page.get_by_test_id("stAlert")).to_contain_text(named)
    maps.only_map(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stDataFrame").locator("visible=true").first).to_be_visible()


def test_back_returns_to_the_state_before(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """The browser's back button undoes the last choice: sheet, then filter, then page; forward brings them again."""
    opened(page, app_url)
    go(page, REGION)
    choose_pill(page, "category", "bioproduction", catalogue)
    shown = maps.only_map(page)
    shown.expect_places(len(group_by_place(select(BIOPRODUCTION, catalogue).actors)))
    identity = shown.ids("actor")[-1]
    shown.symbol(identity).click()
    expect_sheet(page, catalogue.actors.loc[identity], "fr")
    page.go_back(wait_until="commit")
    expect_state(page, path=REGION, category="bioproduction", actor=None)
    expect_no_sheet(page)
    page.go_back(wait_until="commit")
    expect_state(page, path=REGION, category=None)
    maps.only_map(page).expect_places(len(group_by_place(select(Filters(), catalogue).actors)))
    page.go_forward(wait_until="commit")
    expect_state(page, path=REGION, category="bioproduction")
    maps.only_map(page).expect_places(len(group_by_place(select(BIOPRODUCTION, catalogue).actors)))
    page.go_back(wait_until="commit")
    page.go_back(wait_until="commit")
    expect_state(page, path="")
    for name in ("france", "ile-de-france"):
        assert list_failing(maps.small_map(page, name), (None,)) == []
