"""Pages on paper: what is read, whole and in colour; nothing that is only for tapping, in both themes."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.register.catalogue import Catalogue
from tests.browser.forced import expect_bars_without_colours, expect_classes_without_colours
from tests.browser.waiting import opened

PAGES = {
    "couverture?territory=91&map=both": ("La couverture du territoire", "Essonne", "Modalité inconnue"),
    "annuaire?q=vecteurs+viraux": ("L'annuaire", "Le tableau"),
    "annuaire?actor=genethon": ("Généthon", "Date de la source"),
    "reseaux": ("Réseaux", "Medicen"),
    "bioproduction-tour": ("Le French Bioproduction Tour", "Lyonbiopôle", "Eurobiomed"),
}
"""Address -> what its paper says."""

TAPPED = ("Préparer le rapport", "Lien et code QR", "Autres formats", "Fermer la fiche", "Signaler une erreur", "Imprimer")

UNFILLED = """() => [...document.querySelectorAll(".bc-mark, .bc-track *")].filter(
    mark => getComputedStyle(mark).printColorAdjust !== "exact" && mark.checkVisibility()).length"""
OVERLAPPING = """() => [...document.querySelectorAll("button, input, [role=combobox]")].filter(
    control => control.checkVisibility() && !control.closest(".st-key-chosen") && control.getAttribute("kind") !== "tertiary").length"""


TITLES = """() => [...document.querySelectorAll(".st-key-title-row")].map(row => row.getBoundingClientRect().height)"""
"""How high the row of the title is: a control that paper does not show leaves no gap below it."""


def printed(page: Page) -> str:
    """The text of the page on paper, blanks as single spaces."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets} == {(595, 842)}
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_printed_without_its_controls(page: Page, app_url: str, address: str) -> None:
    """Its content, where and when it was read and of which edition; the marks of its legends keep their colour.

    The coverage page is also read as somebody does whose system sets all colours.
    """
    page.emulate_media(color_scheme="dark" if address == "bioproduction-tour" else "light")
    opened(page, f"{app_url}/{address}")
    text = printed(page)
    for words in (*PAGES[address], "copie locale", "données du", "page lue le"):
        assert words in text
    assert [words for words in TAPPED if words in text] == []
    page.emulate_media(media="print")
    assert page.evaluate(UNFILLED) == 0
    assert page.evaluate(OVERLAPPING) == 0
    page.set_viewport_size({"width": 680, "height": 960})
    assert max(page.evaluate(TITLES), default=0) < 100
    if "map=both" in address:
        expect_classes_without_colours(page)


def test_a_printed_table_holds_every_row(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """Streamlit's own table is a picture of the rows in view; on paper each row stands with its source; bars need no colour to be read."""
    chosen = Filters(category=("bioproduction",))
    opened(page, f"{app_url}/ile-de-france?category=bioproduction")
    text = printed(page)
    rows = select(chosen, catalogue).actors
    assert [name for name in rows["name"] if " ".join(name.split()) not in text] == []
    assert page.locator("canvas").locator("visible=true").count() > 0
    page.emulate_media(media="print")
    assert page.get_by_test_id("stDataFrame").locator("visible=true").count() == 0
    expect_bars_without_colours(page)
