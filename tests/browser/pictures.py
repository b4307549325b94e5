"""The pictures of docs/import.md, taken of the real page: `python -m tests.browser.pictures` writes them anew into docs/images/.

A server of its own, on a copy of the register, with a sheet that is made up (`tests/support/pole_sheet.py`); ends by itself.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests import chromium
from tests.browser.servers import APP, ROOT, Server
from tests.browser.waiting import opened, settled
from tests.support.desk import copy_store
from tests.support.pole_sheet import list_contacts, write_contacts

FOLDER = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1000, 2600
MOST_BYTES = 60 * 1024
MARGIN = 12

expect.set_options(timeout=60_000)


def list_rows() -> list[tuple[str, ...]]:
    """Forty companies, of which two cells cannot be read, and two that the register has."""
    rows = list_contacts()
    rows[3] = (*rows[3][:6], "Villejuiff", *rows[3][7:])
    rows[5] = (rows[5][0], "Entreprize", *rows[5][2:])
    people = ("Camille", "", "")
    rows.append(
        ("Yposkesi SAS", "Entreprise", "Bioproduction", "", "", "91100", "Corbeil-Essonnes", "https://www.yposkesi.com/fr", *people)
    )
    return [*rows, ("Généthon", "", "", "", "", "91000", "Évry", "", *people)]


def write_picture(page: Page, name: str, first: str, last: str) -> None:
    """What stands between the tops of two elements, as WebP."""
    top, end = (page.locator(f"{selector} >> visible=true").first.bounding_box() for selector in (first, last))
    assert top is not None
    assert end is not None
    height = max(120.0, end["y"] - top["y"])
    shot = page.screenshot(clip={"x": 0, "y": max(0.0, top["y"] - MARGIN), "width": WIDTH, "height": height})
    path = FOLDER / f"import-{name}.webp"
    Image.open(io.BytesIO(shot)).convert("RGB").save(path, quality=70, method=6)
    size = path.stat().st_size
    assert size <= MOST_BYTES, f"{path.name}: {size} bytes"
    print(path.relative_to(ROOT), size)  # noqa: T201 - a program


def choose_part(page: Page, label: str) -> None:
    """One of the parts of the preview."""
    page.locator(".st-key-import-part button", has_text=label).click()
    settled(page)


def take_pictures(page: Page, url: str) -> None:
    """From the empty room to what was applied."""
    opened(page, f"{url}/atelier?vue=importer")
    write_picture(page, "file", "h2:has-text('Importer')", "footer")
    page.locator("input[type=file]").set_input_files(
        {"name": "contacts.csv", "mimeType": "text/csv", "buffer": write_contacts(list_rows())}
    )
    expect(page.get_by_role("heading", name="Ce que l'import ferait")).to_be_visible()
    settled(page)
    write_picture(page, "columns", "h2:has-text('Importer')", "details:has-text('Corriger les colonnes')")
    page.get_by_label("Adresse de la page").fill("https://pole.example/adherents")
    page.get_by_label("Titre de la page").fill("Pôle Santé d'exemple – annuaire des adhérents (2026)")
    page.get_by_label("Année de la page").fill("2026")
    write_picture(page, "page", "details:has-text('Ce qui vaut')", "h3:has-text('Ce que')")
    page.get_by_role("button", name="Relire avec ces réponses").click()
    expect(page.get_by_text("ne disent pas sur quelle page")).to_have_count(0)
    for part, label in {"changed": "Modifiés", "matched": "Reconnus", "refused": "Refusés"}.items():
        choose_part(page, label)
        write_picture(page, part, "h3:has-text('Ce que')", "h3:has-text('Appliquer')")
    page.get_by_label("Raison *").fill("la liste du pôle de novembre")
    page.keyboard.press("Tab")
    write_picture(page, "apply", "h3:has-text('Appliquer')", "footer")
    page.get_by_role("button", name="Appliquer l'import").click()
    expect(page.get_by_text("Import appliqué en un acte")).to_be_visible()
    settled(page)
    write_picture(page, "done", "h2:has-text('Importer')", ".st-key-import-drop-fr")


def main(_: Sequence[str] = ()) -> None:
    """Start a server and a browser, take the pictures, end both."""
    with tempfile.TemporaryDirectory(prefix="biocarto-pictures-") as folder, sync_playwright() as driver:
        store = copy_store(Path(folder))
        server = Server(APP, {"BIOCARTO_STORE": store.name, "BIOCARTO_DESK_EDITOR": "Léa Martin"}, Path(folder) / "log.txt")
        try:
            server.wait()
            browser = driver.chromium.launch(executable_path=chromium.find(chromium.SHELLS), args=[*chromium.ARGUMENTS])
            take_pictures(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}), server.url)
            browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
