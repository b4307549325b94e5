"""The Tour by hand: numbers, next and previous, regions and organisers on the map each open a stage."""

from __future__ import annotations

import re

import pandas as pd
from playwright.sync_api import Locator, Page, expect

from biocarto import rows
from biocarto.analysis import tour
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import stages
from tests.browser import maps
from tests.browser.answering import LEAST_SHARE, list_failing, measure_answering
from tests.browser.conftest import NewPage
from tests.browser.visit import TOUR, block, expect_state
from tests.browser.waiting import opened, settled


def stage_sheet(page: Page) -> Locator:
    """The sheet of a stage."""
    return page.get_by_test_id("stMain").locator("article.bc-sheet")


def expect_stage(page: Page, stage: pd.Series) -> None:
    """The sheet, the picker and the address all say this stage."""
    expect_state(page, stage=stage["id"])
    expect(stage_sheet(page)).to_contain_text(stage["title_fr"])


def test_the_picker_walks_through_the_stages_by_keyboard(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """Tab reaches the numbers; arrows and Enter open the seven stages one after the other, the focus staying on them."""
    opened(page, f"{app_url}/{TOUR}")
    picker = block(page, "stage_picker")
    language = block(page, "language").locator("button, input").last
    language.focus()
    numbers = picker.locator("button, input")
    for _ in range(60):
        page.keyboard.press("Tab")
        if picker.locator(":focus").count():
            break
    expect(picker.locator(":focus")).to_have_count(1)
    expect(numbers).to_have_count(len(catalogue.stages))
    for number, (_, stage) in enumerate(catalogue.stages.iterrows()):
        if number:
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect_stage(page, stage)
        expect(numbers.nth(number)).to_be_focused()


def test_every_symbol_answers_where_it_stands(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """At three sizes and four zooms each answers on half of itself and offers 24 pixels; a real click on each seat opens its stage.

    Every organiser and every region of the mainland is named on a desk, those without a stage too; what stands aside has its leader.
    """
    opened(page, f"{app_url}/{TOUR}")
    shown = maps.only_map(page)
    regions = shown.frame.locator(".bc-caption:not(.bc-out)")
    expect(regions).to_have_count(13)
    named = {" ".join(text.split()).replace("- ", "-") for text in regions.all_text_contents()}
    assert named == set(catalogue.territory.regions["name"][catalogue.territory.regions.index > "10"])
    expect(shown.frame.locator(".bc-seat-name.bc-out")).to_have_count(0)
    expect(shown.frame.locator("path.bc-leader:not(.bc-halo)")).to_have_count(1)
    for seat, row in tour.locate_seats(catalogue).iterrows():
        shown.symbol(str(seat)).click()
        expect_stage(page, rows.get_row(catalogue.stages, stages.find_stage("cluster", str(seat), catalogue)))
        expect(shown.symbol(str(seat))).to_have_attribute("aria-label", re.compile(re.escape(row["name"])))
    assert list_failing(shown, (4, 5, 6.5, 9), (48.7, 2.4)) == []


def test_a_finger_finds_every_seat(new_page: NewPage, app_url: str) -> None:
    """On a phone each symbol takes 44 pixels, and none lies under another; the badges by what lies around them."""
    page = new_page(width=390, has_touch=True, is_mobile=True)
    opened(page, f"{app_url}/{TOUR}")
    shown = maps.only_map(page)
    answers = measure_answering(shown, ".bc-seat[data-id], .bc-stage")
    assert len(answers) > 10
    assert [one for one in answers if one.share < LEAST_SHARE] == []
    assert {one.pixels for one in measure_answering(shown, ".bc-seat[data-id]")} == {44}


def test_next_and_previous_walk_through_the_stages(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """« Suivante » from none to the last stage, where it ends, and « Précédente » one back; the map follows."""
    opened(page, f"{app_url}/{TOUR}")
    shown = maps.only_map(page)
    shown.mark()
    after, before = (block(page, key).get_by_role("button") for key in ("stage-after", "stage-before"))
    expect(before).to_be_disabled()
    for _, stage in catalogue.stages.iterrows():
        after.click()
        expect_stage(page, stage)
        expect(shown.symbol(stage["id"])).to_have_attribute("aria-current", "true")
    expect(after).to_be_disabled()
    before.click()
    expect_stage(page, catalogue.stages.iloc[-2])
    assert shown.is_the_marked_one()


def test_a_region_opens_its_stage(page: Page, new_page: NewPage, app_url: str, catalogue: Catalogue) -> None:
    """A tap on a region opens the sheet of its stage; the address brings it back; a region without a stage opens nothing."""
    opened(page, f"{app_url}/{TOUR}")
    shown = maps.only_map(page)
    visited = {code for codes in catalogue.stages["region_codes"] for code in codes}
    shown.expect_areas(len(catalogue.territory.regions))
    stage = catalogue.stages.iloc[2]
    shown.tap_area(stage["region_codes"][0])
    expect_stage(page, stage)
    other = opened(new_page(), page.url)
    expect_stage(other, stage)
    without = next(code for code in ("28", "94") if code not in visited)
    shown.tap_area(without)
    shown.tap_area(catalogue.stages.iloc[3]["region_codes"][0])
    expect_stage(page, catalogue.stages.iloc[3])


def test_a_stage_of_the_overview_opens_the_tour(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """A tap on a stage of the small map leads to its sheet, in the language of the visitor."""
    opened(page, f"{app_url}/?lang=en")
    stage = catalogue.stages.iloc[2]
    maps.small_map(page, "france").symbol(stage["id"]).click()
    expect_state(page, path=TOUR, stage=stage["id"], lang="en")
    settled(page)
    expect(stage_sheet(page)).to_contain_text(stage["title_en"])
