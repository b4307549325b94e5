"""The coverage page by hand: territory, map, card, table and address in step; absences lead to sheets; two maps move together."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from biocarto.analysis.coverage import absences, chain, compare, coverage, territories
from biocarto.analysis.coverage.coverage import Indicator
from biocarto.analysis.coverage.roles import ChainLink
from biocarto.i18n import format_number
from biocarto.model import Level
from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.register.catalogue import Catalogue
from tests.browser.conftest import NewPage
from tests.browser.maps import MapView
from tests.browser.visit import expect_state, state
from tests.browser.waiting import opened, settled

ESSONNE, SEINE_ET_MARNE = "91", "77"


@pytest.fixture(scope="module")
def actors(catalogue: Catalogue) -> pd.DataFrame:
    """The rows that the page counts without a filter."""
    return select(Filters(), catalogue).actors


def asked(page: Page) -> dict[str, str]:
    """The address, one value per name."""
    return {name: values[-1] for name, values in state(page).items()}


def area_maps(page: Page, count: int) -> list[MapView]:
    """The maps of the page, their territories coloured."""
    iframes = page.locator("iframe")
    expect(iframes).to_have_count(count)
    found = []
    for place in range(count):
        expect(iframes.nth(place).content_frame.locator(".biocarto.bc-shown[data-areas]")).to_be_visible()
        frame = iframes.nth(place).element_handle().content_frame()
        assert frame is not None
        found.append(MapView(page, frame))
    return found


def choose(page: Page, label: str, option: str) -> None:
    """Type into a searchable box, once nothing redraws it, and take the first answer."""
    box = page.get_by_role("combobox", name=re.compile(label))
    expect(box).to_be_visible()
    settled(page)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=re.compile(re.escape(option))).first.click()


def test_a_tap_on_a_territory_is_in_step(page: Page, app_url: str, actors: pd.DataFrame, catalogue: Catalogue) -> None:
    """Essonne tapped: address, box, figures, card and table say Essonne; the same map goes there, with its communes."""
    opened(page, f"{app_url}/couverture")
    shown = area_maps(page, 1)[0]
    shown.mark()
    before = shown.view()
    shown.tap_area(ESSONNE)
    expect_state(page, territory=ESSONNE)
    settled(page)
    line = coverage.measure(actors, catalogue.territory, Level.DEPARTMENT).table.loc[ESSONNE]
    card = page.locator(".st-key-beside")
    expect(card.get_by_role("heading", name="Essonne")).to_be_visible()
    expect(page.get_by_role("combobox", name=re.compile("Territoire"))).to_have_value(re.compile("Essonne"))
    figures = page.locator(".st-key-coverage-figures .bc-value")
    expect(figures.first).to_have_text(format_number(int(line["count"]), "fr"))
    expect(figures.nth(2)).to_have_text(format_number(float(line["rate"]), "fr", 2))
    shown.expect_areas(len(catalogue.territory.communes))
    grey = shown.fills()["77288"]
    inside = {code for code, fill in shown.fills().items() if fill != grey}
    communes = catalogue.territory.communes
    assert inside == set(communes.index[communes["department_code"].eq(ESSONNE)])
    zoom, latitude, longitude = shown.view()
    (south, west), (north, east) = territories.find_bounds(catalogue.territory, Level.DEPARTMENT, ESSONNE)
    assert zoom > before[0] + 0.5
    assert south < latitude < north
    assert west < longitude < east
    assert shown.is_the_marked_one()
    expect(page.locator("tr[aria-current] th").first).to_have_text("Essonne")
    expect(card.locator(".bc-names li")).to_have_count(int(line["count"]))
    page.get_by_text("La carte en tableau").click()
    expect(page.locator("[class*='st-key-coverage-commune']").get_by_test_id("stDataFrame")).to_be_visible()
    assert page.errors == []


def test_a_link_brings_every_choice_back(page: Page, app_url: str, actors: pd.DataFrame, catalogue: Catalogue) -> None:
    """Communes, quotient of a modality, quantiles: chosen by hand, and the same colours from the link."""
    opened(page, f"{app_url}/couverture")
    page.get_by_role("button", name="Commune", exact=True).or_(page.get_by_role("radio", name="Commune", exact=True)).first.click()
    expect_state(page, level="commune")
    settled(page)
    choose(page, "Acteurs", "Thérapie génique")
    expect_state(page, group="modality:gene_therapy")
    settled(page)
    choose(page, "Mesure", "Indice de spécialisation")
    expect_state(page, measure="quotient")
    settled(page)
    page.get_by_role("button", name="Classes").click()
    choose(page, "Classes", "Quantiles")
    expect_state(page, scheme="quantiles")
    settled(page)
    shown = area_maps(page, 1)[0]
    expect(shown.legend).to_contain_text("Quantiles")
    shown.expect_areas(len(catalogue.territory.communes))
    fills = shown.fills()
    measured = coverage.measure(actors, catalogue.territory, Level.COMMUNE)
    values = coverage.measure_by_group(measured, "modality", Indicator.QUOTIENT)["gene_therapy"].astype(float)
    classes = territories.classify_values(values, scheme=territories.Scheme.QUANTILES)
    assert len(set(fills.values())) == len(set(classes.of))
    address = page.url
    opened(page, address)
    again = area_maps(page, 1)[0]
    expect(again.legend).to_contain_text("Quantiles")
    again.expect_areas(len(catalogue.territory.communes))
    assert again.fills() == fills
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_an_absence_leads_to_the_nearest_actor(page: Page, app_url: str, actors: pd.DataFrame, catalogue: Catalogue) -> None:
    """The first commune without an incubator: its nearest one, its distance, and by keyboard the sheet."""
    opened(page, f"{app_url}/couverture?level=commune")
    first = absences.list_absent(actors, catalogue.territory, Level.COMMUNE, ChainLink.INCUBATION).iloc[0]
    row = page.locator("tr", has=page.get_by_role("rowheader", name=str(first["name"]), exact=True)).filter(has=page.get_by_role("link"))
    expect(row).to_contain_text(format_number(float(first["distance_km"]), "fr"))
    link = row.get_by_role("link", name=str(first["actor_name"]))
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/annuaire\?actor={first['actor_id']}"))
    settled(page)
    expect(page.get_by_role("heading", name=str(first["actor_name"])).first).to_be_visible()


def offset(shown: MapView) -> tuple[float, float, float]:
    """How far a map of the comparison is from its own territory: pixels of zoom 0, and zoom levels."""
    found: list[float] = shown.frame.evaluate("""() => {
        const { centre, zoom } = map.biocarto.sync;
        const { x, y } = map.project(map.getCenter(), 0).subtract(map.project(centre, 0));
        return [x, y, map.getZoom() - zoom];
    }""")
    return found[0], found[1], found[2]


def expect_together(one: MapView, other: MapView) -> None:
    """Until both are at the same scale and as far from their own territories."""
    wanted = [round(value, 2) for value in offset(one)]
    other.frame.wait_for_function(
        """wanted => {
        const { centre, zoom } = map.biocarto.sync;
        const { x, y } = map.project(map.getCenter(), 0).subtract(map.project(centre, 0));
        return [x, y, map.getZoom() - zoom].every((value, i) => Math.abs(value - wanted[i]) < 0.02);
    }""",
        arg=wanted,
    )
    assert one.view()[0] == pytest.approx(other.view()[0])


def test_two_territories_are_compared(page: Page, app_url: str, actors: pd.DataFrame, catalogue: Catalogue) -> None:
    """Essonne with Seine-et-Marne: one scale, moves shared both ways, and the differences of the analysis."""
    opened(page, f"{app_url}/couverture?territory={ESSONNE}")
    page.get_by_text("Choisir un second territoire").click()
    choose(page, "Comparer Essonne avec", "Seine-et-Marne")
    expect_state(page, **{"with": SEINE_ET_MARNE})
    settled(page)
    _, one, other = area_maps(page, 3)
    one.frame.frame_element().scroll_into_view_if_needed()
    expect_together(one, other)
    assert one.view()[1:] != other.view()[1:]
    one.zoom_in()
    expect_together(one, other)
    other.drag(60, 40, start=(150, 120))
    expect_together(other, one)
    one.frame.locator(".bc-reset").click()
    one.frame.wait_for_function("() => map.getZoom() === map.biocarto.sync.zoom")
    expect_together(one, other)
    assert offset(other) == pytest.approx((0, 0, 0), abs=0.02)
    measures = coverage.measure(actors, catalogue.territory, Level.DEPARTMENT)
    links = chain.count_by_territory(actors, catalogue.territory, Level.DEPARTMENT)
    table = compare.compare(*(compare.profile_territory(measures, links, code) for code in (ESSONNE, SEINE_ET_MARNE)))
    line = page.locator("tr", has=page.get_by_role("rowheader", name="Nombre de sites", exact=True)).last
    expect(line.get_by_role("cell").last).to_have_text(f"+{int(table.at[('', '', 'count'), 'difference'])}")
    rate = page.locator("tr", has=page.get_by_role("rowheader", name=re.compile(r"^Sites pour 100.000"))).last
    expect(rate.get_by_role("cell").last).to_have_text(f"+{format_number(float(table.at[('', '', 'rate'), 'difference']), 'fr', 2)}")
    expect(rate.get_by_role("cell").nth(1)).to_contain_text("*")
    assert page.errors == []


def test_another_tab_is_not_moved(new_page: NewPage, app_url: str) -> None:
    """Two tabs of one browser with the same comparison: each keeps its own view."""
    first = new_page()
    address = f"{app_url}/couverture?territory={ESSONNE}&with={SEINE_ET_MARNE}"
    opened(first, address)
    second = first.context.new_page()
    opened(second, address)
    quiet = area_maps(second, 3)[1]
    before = quiet.view()
    _, one, other = area_maps(first, 3)
    one.frame.frame_element().scroll_into_view_if_needed()
    one.zoom_in()
    expect_together(one, other)
    assert quiet.view() == before


def test_the_page_by_keyboard(page: Page, app_url: str) -> None:
    """Type a name, Enter: the territory is chosen; the matrix is reached and scrolled by keys."""
    opened(page, f"{app_url}/couverture")
    box = page.get_by_role("combobox", name=re.compile("Territoire"))
    box.focus()
    page.keyboard.type("Villejuif")
    expect(page.get_by_role("option").first).to_contain_text("Villejuif")
    page.keyboard.press("Enter")
    expect_state(page, territory="94076")
    settled(page)
    expect(page.locator(".st-key-beside").get_by_role("heading", name="Villejuif")).to_be_visible()
    matrix = page.get_by_role("region", name=re.compile("^Sites par maillon")).first
    matrix.focus()
    expect(matrix).to_be_focused()
