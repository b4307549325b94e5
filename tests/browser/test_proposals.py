"""A visitor reports an error and proposes an actor: with a mouse, with keys alone, on a telephone, at the stand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from biocarto.desk import proposals
from biocarto.desk.proposal import Proposal
from biocarto.store.database import Store
from tests.browser.access import expect_no_violations, press_until
from tests.browser.conftest import NewPage, Serve
from tests.browser.stand import press, tile, write
from tests.browser.visit import block
from tests.browser.waiting import opened, settled
from tests.browser.whole import check
from tests.support.desk_store import EDITOR, make_full_store

CONTACT = "marie@example.org"
_SMALL = """() => [...document.querySelectorAll("[class*=st-key-booth] button, [class*=st-key-tile] button")].filter(node => {
    const { width, height } = node.getBoundingClientRect();
    return width && (width < 44 || height < 44);
}).map(node => node.textContent)"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The register of a desk."""
    return make_full_store(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def desk_url(serve: Serve, desk: Store) -> str:
    """A server whose readers may propose, and whose stand forgets after ten seconds."""
    return serve({"BIOCARTO_STORE": desk.name, "BIOCARTO_BOOTH_IDLE": "600"})


def last(desk: Store) -> Proposal:
    """What was proposed last."""
    page = proposals.list_page(desk, EDITOR, number=10**6)
    return page.proposals[-1].proposal


def form(page: Page) -> Locator:
    """The form in its popover."""
    return page.get_by_test_id("stPopoverBody")


def test_a_visitor_reports_an_error_and_a_refusal_keeps_the_words(page: Page, desk_url: str, desk: Store) -> None:
    """Field by field and in words; a wrong link is told beside what was written; the second try is taken, and nothing is left."""
    opened(page, f"{desk_url}/annuaire?actor=genethon")
    page.get_by_role("button", name="Signaler une erreur").click()
    form(page).get_by_role("button", name="Nom", exact=True).click()
    form(page).get_by_label("Nom : ce qu'il faudrait lire".replace(" :", "\u00a0:")).fill("Généthon SA")
    form(page).get_by_label("Ce que vous savez").fill("Le nom a changé.")
    form(page).get_by_label("La page qui le montre").fill("javascript:alert(1)")
    form(page).get_by_label(re.compile("Votre adresse")).fill(CONTACT)
    form(page).get_by_role("button", name="Envoyer").click()
    expect(form(page).get_by_test_id("stAlertContainer")).to_contain_text("adresse du web")
    expect(form(page).get_by_label("Ce que vous savez")).to_have_value("Le nom a changé.")
    form(page).get_by_label("La page qui le montre").fill("genethon.example")
    form(page).get_by_role("button", name="Envoyer").click()
    expect(form(page).get_by_test_id("stAlertContainer")).to_contain_text("Merci")
    expect(form(page).get_by_label(re.compile("Votre adresse"))).to_have_value("")
    made = last(desk)
    assert (made.row_id, made.cells["name"].after, made.message) == ("genethon", "Généthon SA", "Le nom a changé.")
    assert (made.source_url, made.contact) == ("https://genethon.example", CONTACT)
    check(page)


def test_closing_the_form_loses_nothing(page: Page, desk_url: str) -> None:
    """Opened again, the words are there."""
    opened(page, f"{desk_url}/annuaire?actor=genethon")
    page.get_by_role("button", name="Signaler une erreur").click()
    form(page).get_by_label("Ce que vous savez").fill("Presque fini")
    form(page).get_by_label("Ce que vous savez").press("Control+Enter")
    settled(page)
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="Signaler une erreur").click()
    expect(form(page).get_by_label("Ce que vous savez")).to_have_value("Presque fini")
    page.keyboard.press("Escape")


def test_an_actor_is_proposed_with_the_keyboard_alone(page: Page, desk_url: str, desk: Store) -> None:
    """Where a search finds nothing: Tab, Enter, words; the focus is always seen."""
    opened(page, f"{desk_url}/annuaire?q=zzzzz")
    focused = page.locator("button:focus", has_text="Proposer un acteur")
    press_until(page, "Tab", focused, 120)
    expect(focused).not_to_have_css("outline-style", "none")
    page.keyboard.press("Enter")
    expect(form(page).get_by_label("Son nom")).to_be_visible()
    settled(page)
    for label, words in (("Son nom", "Alpha Bio"), ("Ce qu'il fait", "Vecteurs viraux"), ("Sa commune", "Évry")):
        field = page.locator(f'[aria-label^="{label}"]:focus')
        if not field.count():
            press_until(page, "Tab", field, 20)
        page.keyboard.type(words)
    press_until(page, "Tab", page.locator("button:focus", has_text="Envoyer"), 20)
    page.keyboard.press("Enter")
    expect(form(page).get_by_test_id("stAlertContainer")).to_contain_text("Merci")
    assert {name: cell.after for name, cell in last(desk).cells.items()} == {
        "name": "Alpha Bio",
        "activity_fr": "Vecteurs viraux",
        "commune": "Évry",
    }
    page.keyboard.press("Escape")


@pytest.mark.parametrize("address", ["annuaire?actor=genethon", "reseaux?cluster=medicen&lang=en", "annuaire?q=zzzzz"])
def test_everybody_gets_into_a_form(new_page: NewPage, desk_url: str, address: str) -> None:
    """On a telephone, in the dark theme: axe finds nothing serious, nothing is wider than the screen."""
    page = new_page(width=390, height=844, color_scheme="dark")
    opened(page, f"{desk_url}/{address}")
    page.get_by_role("button", name=re.compile("Signaler une erreur|Report an error|Proposer un acteur")).click()
    expect(form(page).get_by_role("button", name=re.compile("Envoyer|Send"))).to_be_visible()
    settled(page)
    box = form(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    expect_no_violations(page)
    check(page)
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)], ids=["upright", "wide"])
def test_an_actor_is_proposed_by_touch(new_page: NewPage, desk_url: str, desk: Store, width: int, height: int) -> None:
    """From the doors of the stand with the keys of the screen; all that can be touched is large, all that is written is seen."""
    page = new_page(width=width, height=height, has_touch=True, color_scheme="light")
    opened(page, f"{desk_url}/stand?door=home")
    press(page, "booth-propose")
    expect(page.locator("h1")).to_have_text("Proposer un acteur")
    write(page, "alpha")
    tile(page, "by", "activity").tap()
    settled(page)
    write(page, "virus")
    tile(page, "by", "contact").tap()
    settled(page)
    write(page, "a@b.fr")
    assert page.evaluate(_SMALL) == []
    expect_no_violations(page)
    check(page)
    press(page, "booth-send")
    expect(page.get_by_test_id("stAlertContainer")).to_contain_text("Merci")
    expect(block(page, "booth-need-who")).not_to_contain_text("a@b.fr", ignore_case=True)
    settled(page)
    expect(block(page, "booth-need-text").locator("textarea")).to_have_value("")
    made = last(desk)
    assert ({name: cell.after for name, cell in made.cells.items()}, made.contact.lower()) == (
        {"name": "Alpha", "activity_fr": "Virus"},
        "a@b.fr",
    )


def test_a_visitor_who_has_gone_leaves_no_contact(new_page: NewPage, desk_url: str) -> None:
    """The guard of the stand forgets what was not sent: the next visitor finds an empty form."""
    page = new_page(width=1920, height=1080, has_touch=True, fresh="a clock of its own")
    page.clock.install()
    page.goto(f"{desk_url}/stand?door=propose&by=contact")
    settled(page)
    write(page, "a@b.fr")
    tile(page, "by", "name").tap()
    expect(block(page, "booth-need-who")).to_contain_text("@b.fr")
    page.clock.run_for(601_000)
    expect(page.locator(".loop")).to_be_visible()
    page.locator(".loop").tap()
    press(page, "booth-propose")
    tile(page, "by", "contact").tap()
    expect(tile(page, "by", "contact")).to_have_attribute("kind", "primary")
    settled(page)
    expect(block(page, "booth-need-text").locator("textarea")).to_have_value("")
    expect(page.locator("body")).not_to_contain_text("@b.fr")


def test_the_stand_sheet_leads_to_its_report_and_back(new_page: NewPage, desk_url: str, desk: Store) -> None:
    """What is wrong in words of one's own; back is the sheet."""
    page = new_page(width=1920, height=1080, has_touch=True, color_scheme="light")
    opened(page, f"{desk_url}/stand?door=who&modality=vaccine&actor=genethon")
    press(page, "booth-report")
    expect(page.locator("h1")).to_have_text("Signaler une erreur")
    settled(page)
    write(page, "moved")
    press(page, "booth-send")
    expect(page.get_by_test_id("stAlertContainer")).to_contain_text("Merci")
    assert (last(desk).row_id, last(desk).message) == ("genethon", "Moved")
    expect_no_violations(page)
    press(page, "booth-back")
    expect(page.locator(".bc-sheet h2")).to_have_text("Généthon")


def test_without_a_database_the_form_says_so(page: Page, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A server of PostgreSQL that does not answer keeps no page waiting; the words stay."""
    url = serve({"BIOCARTO_STORE": "postgresql://nobody@127.0.0.1:9/register"})
    opened(page, f"{url}/annuaire?actor=genethon")
    page.get_by_role("button", name="Signaler une erreur").click()
    form(page).get_by_label("Ce que vous savez").fill("Déménagé")
    form(page).get_by_role("button", name="Envoyer").click()
    expect(form(page).get_by_test_id("stAlertContainer")).to_contain_text("ne répond pas")
    expect(form(page).get_by_label("Ce que vous savez")).to_have_value("Déménagé")
    page.keyboard.press("Escape")
