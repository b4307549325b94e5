"""From an act at the desk to what readers see: published by the page, seen everywhere, taken back, published again."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from biocarto.desk import acts
from biocarto.desk.acts import Desk
from biocarto.desk.facts import Evidence
from biocarto.store.transaction import Record
from tests.browser.access import expect_no_violations
from tests.browser.conftest import NewPage
from tests.browser.maps import only_map
from tests.browser.servers import Serve
from tests.browser.waiting import opened, settled
from tests.browser.whole import check
from tests.support.desk import ACTOR, an_intent, copy_store, open_desk

ATOM = "{http://www.w3.org/2005/Atom}"
ECHOS = Evidence("https://example.org/echos", "Les Echos – fermeture (2026)", "2026", "2026-03")
WILD = f"<b>Genopole & Co</b> {'Bioregions' * 12}"
ROOMS = ("a-faire", "historique", "publier")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The register in a store of its own."""
    return open_desk(copy_store(tmp_path_factory.mktemp("desk")))


@pytest.fixture(scope="module")
def url(serve: Serve, desk: Desk) -> str:
    """A laptop with a named editor."""
    return serve({"BIOCARTO_STORE": desk.store.name, "BIOCARTO_DESK_EDITOR": "Marie Martin"})


def read(desk: Desk, query: str) -> list[Record]:
    """What the store answers."""
    with desk.store.read() as transaction:
        return transaction.execute(query)


def list_entries(page: Page, url: str) -> list[str]:
    """Titles of the feed."""
    answer = page.request.get(f"{url}/changements.atom")
    assert answer.status == 200
    feed = ElementTree.fromstring(answer.body())
    return [(entry.findtext(f"{ATOM}title") or "").replace("\u00a0", " ") for entry in feed.findall(f"{ATOM}entry")]


def publish(page: Page, url: str, notes: str) -> None:
    """Two steps at the page."""
    opened(page, f"{url}/atelier?vue=publier")
    page.get_by_label("Notes de l'édition, pour les lecteurs").fill(notes)
    page.get_by_role("button", name="Continuer vers la confirmation").click()
    expect(page.get_by_text("Tous les lecteurs verront cette édition")).to_be_visible()
    settled(page)
    expect_no_violations(page)
    page.get_by_role("button", name="Publier l'édition du").click()
    expect(page.get_by_text("est publiée")).to_be_visible()


def read_map(page: Page, url: str) -> list[str]:
    """What the map of a question says of each symbol on it."""
    opened(page, f"{url}/annuaire?q=abbelight")
    settled(page)
    return [node.get_attribute("aria-label") or "" for node in only_map(page).symbols.all()]


def test_an_act_is_published_seen_taken_back_and_published_again(page: Page, url: str, desk: Desk) -> None:
    """On the map, on the sheet, at the stand, on the page of sources, in the feed; the second edition tells the way back."""
    assert list_entries(page, url) == []
    symbols = read_map(page, url)
    assert any("Abbelight" in label for label in symbols)
    opened(page, f"{url}/annuaire?actor={ACTOR}")
    expect(page.locator(".bc-sheet")).to_contain_text("Présent")
    expect(page.get_by_text("Depuis quand le sait-on")).to_have_count(0)
    assert acts.close_actor(desk, an_intent("la page le dit"), ACTOR, "present", ECHOS)
    publish(page, url, "Une fermeture")
    [closed] = list_entries(page, url)
    assert closed.startswith("Fermeture : ")
    opened(page, f"{url}/annuaire?actor={ACTOR}")
    expect(page.locator(".bc-sheet")).to_contain_text("Ancien : fermé ou parti (2026)")
    page.get_by_text("Depuis quand le sait-on, selon qui").click()
    expect(page.get_by_text("depuis mars 2026")).to_be_visible()
    check(page)
    expect_no_violations(page)
    assert not any("Abbelight" in label for label in read_map(page, url))
    opened(page, f"{url}/stand?door=who&by=search&actor={ACTOR}")
    expect(page.get_by_text("Ancien : fermé ou parti").first).to_be_visible()
    opened(page, f"{url}/atelier?vue=historique")
    page.get_by_test_id("stPopover").get_by_role("button", name="Annuler").click()
    page.get_by_label("Pourquoi l'annuler").fill("erreur de site")
    page.get_by_role("button", name="Annuler l'acte").click()
    expect(page.get_by_test_id("stAlert").get_by_text("Les lecteurs le verront à la prochaine édition")).to_be_visible()
    expect(page.get_by_text("Annulé depuis.")).to_be_visible()
    assert len(list_entries(page, url)) == 1
    publish(page, url, "Elle est ouverte")
    assert len(list_entries(page, url)) == 2
    assert read_map(page, url) == symbols
    opened(page, f"{url}/annuaire?actor={ACTOR}")
    expect(page.locator(".bc-sheet")).to_contain_text("Présent")
    opened(page, f"{url}/sources")
    expect(page.locator(".bc-edition")).to_have_count(2)
    expect(page.get_by_text("Ces deux éditions disent la même chose")).to_be_visible()
    check(page)
    expect_no_violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_rooms_fit_a_phone(new_page: NewPage, url: str, desk: Desk, scheme: str) -> None:
    """Nothing too wide, nothing that axe finds, whatever a name holds."""
    [(cells,)] = read(desk, "SELECT cells FROM register_row WHERE resource = 'sites' AND id = 'genopole'")
    acts.save_row(desk, an_intent(WILD), ("sites", "genopole"), {"name": (json.loads(cells)["name"], f"{WILD} {scheme}")})
    page = new_page(width=390, height=844)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for room in ROOMS:
        opened(page, f"{url}/atelier?vue={room}")
        check(page)
        expect_no_violations(page)
