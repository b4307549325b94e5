"""Firefox on every page: whole under its policy, no error in its console, each symbol opened by its mouse, a sheet, a file, the stand."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.whole import PAGES
from tests.services import clicking
from tests.services.firefox import Firefox

pytestmark = pytest.mark.services

FONT = "document.fonts.check('16px \"IBM Plex Sans Variable\"') && document.fonts.size > 0"
RUN = "document.querySelector('[data-testid=\"stApp\"]')?.dataset.testScriptState === 'notRunning' && document.title"
DRAWN = "document.querySelector('.biocarto.bc-shown') && document.querySelectorAll('button[data-id], path.bc-area[data-code]').length"
TITLE = "document.querySelector('h1')?.textContent"
PLANT = "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))"
VIEWS: dict[str, tuple[clicking.View | None, ...]] = {
    "ile-de-france": (None, ((48.85, 2.34), 12)),
    "annuaire": (None,),
    "bioproduction-tour": (None,),
    "reseaux": (None,),
}
"""Where the maps are looked at: as they open, and Paris from near."""
BROKEN_OFF = "error loading dynamically imported module: blob:"
"""Where one run of a page follows another at once, Streamlit takes back a script that Firefox still loads, and gives it anew."""
OTHERS = ("couverture", "reseaux?cluster=medicen")


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One browser for all pages."""
    with Firefox(tmp_path_factory.mktemp("firefox")) as found:
        found.prepare(clicking.HOLD)
        found.resize(1400, 1100)
        yield found


def list_faults(firefox: Firefox) -> list[str]:
    """The errors that are a page's own."""
    return [error for error in firefox.take_errors() if BROKEN_OFF not in error]


def expect_whole(firefox: Firefox, address: str, has_map: bool) -> None:
    """Its own title, our font, its map drawn; nothing refused, no error said."""
    firefox.leave()
    firefox.open(address)
    assert "BioCarto" in firefox.wait_for(RUN)
    assert firefox.wait_for(DRAWN, in_frame=True) if has_map else firefox.wait_for(TITLE)
    firefox.wait_for(FONT)
    assert firefox.refusals() == []
    assert list_faults(firefox) == []


@pytest.mark.parametrize("path", [*(path for path in PAGES if path not in VIEWS), *OTHERS])
def test_a_page_is_whole(firefox: Firefox, app_url: str, path: str) -> None:
    """Every page as Chromium shows it."""
    expect_whole(firefox, f"{app_url}/{path}", PAGES[urlsplit(path).path] > 0)


@pytest.mark.parametrize("path", VIEWS)
def test_each_symbol_is_opened_by_a_real_click(firefox: Firefox, app_url: str, path: str) -> None:
    """Pressed in its middle it is itself what answers, on every map that has symbols; then one of them opens for good."""
    expect_whole(firefox, f"{app_url}/{path}", has_map=True)
    for view in VIEWS[path]:
        assert len(clicking.press_every_symbol(firefox, view)) > 5
    symbol = next(symbol for symbol in reversed(clicking.look(firefox, None)[1]) if symbol.identity)
    firefox.click(symbol.x, symbol.y)
    firefox.wait_for(f"decodeURIComponent(location.search).includes({json.dumps(symbol.identity)}) || {json.dumps(path)}.startsWith('bio')")
    firefox.wait_for("document.querySelector('.bc-sheet, [class*=\"beside\"] h2, .st-key-sheet h2, .st-key-place')")
    assert list_faults(firefox) == []


def test_a_selection_is_taken_away_as_a_file(firefox: Firefox, app_url: str) -> None:
    """Two real clicks, and the file for French Excel is among the downloads, complete."""
    firefox.open(f"{app_url}/ile-de-france?category=bioproduction")
    firefox.wait_for(DRAWN, in_frame=True)
    firefox.click_on(".st-key-take-away [data-testid='stPopoverButton']")
    firefox.click_on(".st-key-take-csv-excel button")
    text = firefox.receive_file().read_text(encoding="utf-8-sig")
    assert all(row["Nom"] for row in csv.DictReader(text.splitlines(), delimiter=";"))
    assert list_faults(firefox) == []


def test_the_stand_is_entered_by_a_real_click(firefox: Firefox, app_url: str) -> None:
    """From the loop to the doors, and through one of them; nothing refused, no error said."""
    expect_whole(firefox, f"{app_url}/stand", has_map=False)
    firefox.wait_for("[...document.querySelectorAll('*')].some(node => node.shadowRoot?.querySelector('.loop button'))")
    firefox.click(700, 550)
    firefox.wait_for("location.search.includes('door=home')")
    firefox.click_on(".st-key-tile-doors-survey button")
    firefox.wait_for("location.search.includes('door=survey')")
    firefox.wait_for(TITLE)
    assert firefox.refusals() == []
    assert list_faults(firefox) == []


def test_faults_are_seen(firefox: Firefox, app_url: str) -> None:
    """The tests above can fail: what the policy stops is seen, and what a script throws."""
    firefox.open(f"{app_url}/sources")
    firefox.wait_for(RUN)
    firefox.ask(PLANT)
    assert firefox.ask("window.ran") is None
    firefox.wait_for("window.bcRefused.length")
    assert firefox.refusals() == ["script-src-elem inline"]
    firefox.ask("new Promise(done => setTimeout(() => { setTimeout(done, 0); throw new Error('planted'); }, 0))")
    assert any("planted" in error for error in firefox.take_errors())
