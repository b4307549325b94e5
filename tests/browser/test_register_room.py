"""The room of the register in Chromium: a company closed, a cell corrected, an actor added by keyboard, two editors at once."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from biocarto.desk import proposals
from biocarto.desk.description import read_package
from biocarto.desk.members import OPERATOR, VISITOR
from biocarto.desk.proposal import ProposalState
from biocarto.desk.proposal_texts import Draft
from biocarto.store.database import Store
from tests.browser.access import expect_no_violations, press_until
from tests.browser.conftest import NewPage
from tests.browser.servers import Serve
from tests.browser.waiting import opened, settled
from tests.support.desk import ACTOR, PAGE, copy_store, correct, look_up, open_desk

MOST_STEPS = 12
"""Clicks and fields of a closing: under a minute by hand."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The register of these tests."""
    return copy_store(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module")
def room(serve: Serve, store: Store) -> str:
    """The address of the room, on the laptop of Ada."""
    return f"{serve({'BIOCARTO_STORE': store.name, 'BIOCARTO_DESK_EDITOR': 'Ada'})}/atelier?vue=registre"


class Hands:
    """What a person does, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def click(self, name: str) -> None:
        """Press a button."""
        self.steps += 1
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def choose(self, name: str) -> None:
        """One of a row of choices."""
        self.steps += 1
        self.page.get_by_role("radio", name=name, exact=True).or_(self.page.get_by_role("button", name=name, exact=True)).first.click()

    def write(self, label: str, text: str) -> None:
        """Fill a field."""
        self.steps += 1
        self.page.get_by_role("textbox", name=label, exact=True).fill(text)


def test_a_company_is_closed_with_its_evidence(page: Page, room: str, store: Store, record_property: pytest.FixtureRequest) -> None:
    """From the list to the sentence that says it, then taken back: few steps, a few seconds."""
    hands, start = Hands(opened(page, room)), time.monotonic()
    hands.write("Chercher une ligne", "abivax")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ligne", exact=True)).to_be_visible()
    settled(page)  # a list that still moves loses the click
    hands.click("Abivax")
    expect(page.get_by_role("heading", name="Abivax")).to_be_visible()
    settled(page)
    hands.choose("Fermer")
    hands.write("Fermé ou parti depuis", "2026-03")
    hands.write("Adresse de la page *", "https://example.org/abivax-quitte-paris")
    hands.write("Titre de la page *", "Example – Abivax quitte Paris (2026)")
    hands.write("Année de la page *", "2026")
    hands.click("Fermer ce site")
    expect(page.get_by_test_id("stAlert").get_by_text("Fermé : Abivax")).to_be_visible()
    seconds = time.monotonic() - start
    record_property("steps", hands.steps)  # type: ignore[operator]
    record_property("seconds", round(seconds, 1))  # type: ignore[operator]
    print(f"closed in {hands.steps} steps, {seconds:.1f} s of machine")  # noqa: T201 - a measure
    assert hands.steps <= MOST_STEPS
    assert look_up(open_desk(store), "abivax").cells["status"] == "former"
    hands.click("Annuler")
    expect(page.get_by_test_id("stAlert").get_by_text("C'est annulé")).to_be_visible()
    assert look_up(open_desk(store), "abivax").cells["status"] == "present"


def test_a_cell_is_corrected(page: Page, room: str, store: Store) -> None:
    """The form keeps its place, says what was done, and leads to the history."""
    opened(page, f"{room}&ligne=genethon")
    page.get_by_role("textbox", name="Année de création", exact=True).fill("1991")
    page.get_by_role("textbox", name="Raison *", exact=True).fill("année lue sur leur site")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_test_id("stAlert").get_by_text("Enregistré : Généthon (Année de création)")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Annuler", exact=True)).to_be_in_viewport()
    assert look_up(open_desk(store), "genethon").cells["founded"] == "1991"
    page.get_by_role("button", name="Voir l'historique").click()
    page.wait_for_url("**vue=historique**ligne=genethon**")


def test_a_refusal_is_in_sight(new_page: NewPage, room: str) -> None:
    """Of a long form on a small screen, whose button is at its end."""
    page = opened(new_page(width=390, height=844), f"{room}&ligne=genethon")
    page.get_by_role("textbox", name="Année de création", exact=True).fill("jamais")
    page.get_by_role("textbox", name="Raison *", exact=True).fill("essai")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_test_id("stAlert").get_by_text("Rien n'est enregistré, votre saisie est gardée")).to_be_in_viewport()
    expect(page.get_by_role("textbox", name="Année de création", exact=True)).to_have_value("jamais")


def test_a_double_click_saves_once(page: Page, room: str, store: Store) -> None:
    """Two clicks as fast as a hand is."""
    opened(page, f"{room}&ligne=yposkesi")
    before = look_up(open_desk(store), "yposkesi").version
    page.get_by_role("textbox", name="Année de création", exact=True).fill("2015")
    page.get_by_role("textbox", name="Raison *", exact=True).fill("essai")
    page.get_by_role("button", name="Enregistrer", exact=True).dblclick()
    expect(page.get_by_test_id("stAlert").get_by_text("Enregistré :").first).to_be_visible()
    settled(page)
    with store.read() as transaction:
        [(count,)] = transaction.execute("SELECT count(*) FROM change_set WHERE number > ?", (before,))
        [(mine,)] = transaction.execute("SELECT count(*) FROM fact WHERE row_id = 'yposkesi' AND field = 'founded' AND change_set > 1")
    assert count >= mine == 1


def test_an_actor_is_added_by_keyboard_alone(page: Page, room: str, store: Store) -> None:
    """From the list to the new row, without a mouse."""
    opened(page, room)
    press_until(page, "Tab", page.locator("button:focus", has_text="Nouvel acteur"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nouvel acteur")).to_be_visible()
    settled(page)

    def write(label: str, text: str) -> None:
        press_until(page, "Tab", page.locator(f":is(input, textarea)[aria-label='{label}']:focus"))
        page.keyboard.type(text)

    write("Nom *", "Zymo Thérapeutique")
    press_until(page, "Tab", page.locator("input[aria-label*='Catégorie']:focus"))
    page.keyboard.type("Biothér")
    page.keyboard.press("Enter")
    write("Activité (français) *", "thérapie cellulaire")
    write("Activité (anglais)", "cell therapy")
    write("Commune *", "Villejuif")
    write("Adresse de la source *", "https://example.org/zymo")
    write("Titre de la source *", "Example – Zymo (2026)")
    write("Date de la source *", "2026")
    press_until(page, "Tab", page.locator("button:focus", has_text="Ajouter"))
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlert").get_by_text("Ajouté : Zymo Thérapeutique")).to_be_visible()
    assert look_up(open_desk(store), "zymo-therapeutique").cells["commune_code"] == "94076"


def test_two_editors_lose_nothing(page: Page, room: str, store: Store) -> None:
    """What the one has typed while the other saved stands beside it, and is saved by a choice."""
    opened(page, f"{room}&ligne={ACTOR}")
    page.get_by_role("textbox", name="Site web", exact=True).fill("https://mine.example")
    page.get_by_role("textbox", name="Raison *", exact=True).fill("lu sur place")
    correct(open_desk(store), "website", "https://theirs.example", evidence=PAGE)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_test_id("stAlert").get_by_text("Rien n'est perdu")).to_be_visible()
    expect(page.get_by_text("https://theirs.example")).to_be_visible()
    settled(page)
    expect_no_violations(page)
    page.get_by_text("ma saisie").click()
    page.get_by_role("button", name="Enregistrer ces choix").click()
    expect(page.get_by_test_id("stAlert").get_by_text("Enregistré :")).to_be_visible()
    assert look_up(open_desk(store), ACTOR).cells["website"] == "https://mine.example"


def test_a_point_is_set_by_a_click_in_the_commune(page: Page, room: str) -> None:
    """What was typed before the click stays in its field."""
    opened(page, f"{room}&table=sites&ligne=biocitech")
    page.get_by_role("textbox", name="Nom *", exact=True).fill("Biocitech, Romainville")
    before = page.get_by_role("textbox", name="Latitude *", exact=True).input_value()
    place = page.locator("iframe").last
    expect(place.content_frame.locator("[data-focus='1']")).to_be_visible()
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2 + 12, box["y"] + box["height"] / 2 + 8)
    expect(page.get_by_role("textbox", name="Latitude *", exact=True)).not_to_have_value(before)
    settled(page)
    expect(page.get_by_role("textbox", name="Nom *", exact=True)).to_have_value("Biocitech, Romainville")


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
@pytest.mark.parametrize(
    "state", ["", "&ligne=genethon", "&acte=ajouter", "&ligne=genethon&acte=fermer", "&ligne=genethon&acte=fusionner&avec=abivax"]
)
def test_everybody_gets_in(new_page: NewPage, room: str, state: str, width: int, scheme: str) -> None:
    """No serious finding of axe, and nothing wider than the screen."""
    page = opened(new_page(width=width, height=844 if width < 400 else 900, color_scheme=scheme), f"{room}{state}")
    expect_no_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_proposal_is_decided_by_the_act_that_follows_it(page: Page, room: str, store: Store) -> None:
    """From the queue to the form that it fills, saved with its page, then the answer to copy: the contact is shown for the last time."""
    with store.read() as transaction:
        actors = read_package(transaction)["actors"]
    draft = Draft({"website": "https://abivax.example"}, "vu sur leur site", "https://example.org/seen", "eve@example.org", "b" * 16)
    proposal = proposals.propose_correction(store, VISITOR, actors, "abivax", draft)
    opened(page, room.replace("vue=registre", "vue=propositions"))
    expect(page.get_by_text("https://abivax.example").first).to_be_visible()
    page.get_by_role("button", name="Ouvrir dans le formulaire").click()
    expect(page.get_by_role("heading", name="Abivax")).to_be_visible()
    settled(page)
    expect(page.get_by_role("textbox", name="Site web", exact=True)).to_have_value("https://abivax.example")
    page.get_by_role("textbox", name="Titre de la page", exact=True).fill("Example – Abivax (2026)")
    page.get_by_role("textbox", name="Année de la page", exact=True).fill("2026")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_test_id("stAlert").get_by_text("Enregistré : Abivax")).to_be_visible()
    expect(page.get_by_text("eve@example.org").first).to_be_visible()
    expect_no_violations(page)
    assert look_up(open_desk(store), "abivax").cells["website"] == "https://abivax.example"
    found = proposals.find_proposal(store, OPERATOR, proposal.id)
    assert found is not None
    assert (found.proposal.state, found.proposal.contact) == (ProposalState.ACCEPTED, "")
