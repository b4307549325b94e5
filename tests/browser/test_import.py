"""From a pole's sheet of contacts to a published edition; the import taken back by one button; and who may not give a file."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, WebSocket, expect

from biocarto.desk.acts import Desk
from tests.browser.access import expect_no_violations
from tests.browser.conftest import NewPage
from tests.browser.servers import Serve
from tests.browser.waiting import opened, settled
from tests.browser.whole import check
from tests.support.desk import copy_store, open_desk
from tests.support.official_files import Planted, write_sirene
from tests.support.pole_sheet import name_contact, write_contacts

ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GIVE = """async ([session, token]) => {
    const form = new FormData();
    form.append("file", new Blob(["x".repeat(1024)]), "x.csv");
    const headers = { "X-Xsrftoken": token };
    const answer = await fetch(`/_stcore/upload_file/${session}/${crypto.randomUUID()}`, { method: "PUT", body: form, headers });
    return answer.status;
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The register in a store of its own."""
    return open_desk(copy_store(tmp_path_factory.mktemp("import")))


@pytest.fixture(scope="module")
def url(serve: Serve, desk: Desk) -> str:
    """A laptop with a named editor."""
    folder = Path(desk.store.name).parent / "official"
    write_sirene(folder, 0, [Planted("900000019")])
    return serve({"BIOCARTO_STORE": desk.store.name, "BIOCARTO_DESK_EDITOR": "Marie Martin", "BIOCARTO_OFFICIAL": str(folder)})


def count_contacts(desk: Desk) -> int:
    """How many of the sheet's companies the register has."""
    with desk.store.read() as transaction:
        [(count,)] = transaction.execute("SELECT count(*) FROM register_row WHERE resource = 'actors' AND cells LIKE '%rue de l''Essai%'")
    return int(count)


def give(page: Page, url: str, data: bytes) -> None:
    """A file in the room, and wait until it is told."""
    opened(page, f"{url}/atelier?vue=importer")
    page.locator("input[type=file]").set_input_files({"name": "contacts.csv", "mimeType": "text/csv", "buffer": data})
    expect(page.get_by_role("heading", name="Ce qui a été compris")).to_be_visible()
    settled(page)


def give_page(page: Page) -> None:
    """What the sheet does not say: the page that it rests on."""
    page.get_by_label("Adresse de la page").fill("https://pole.example/adherents")
    page.get_by_label("Titre de la page").fill("Pôle Santé d'exemple – annuaire des adhérents (2026)")
    page.get_by_label("Année de la page").fill("2026")
    page.get_by_role("button", name="Relire avec ces réponses").click()
    expect(page.get_by_test_id("stAlert").get_by_text("ne disent pas sur quelle page")).to_have_count(0)
    settled(page)


def apply(page: Page) -> None:
    """The reason, and the button."""
    page.get_by_label("Raison *").fill("la liste du pôle")
    page.get_by_role("button", name="Appliquer l'import").click()
    expect(page.get_by_text("Import appliqué en un acte")).to_be_visible()


def choose_part(page: Page, name: str) -> None:
    """One of the parts of the preview."""
    page.get_by_role("radio", name=re.compile(name)).or_(page.get_by_role("button", name=re.compile(name))).first.click()


def test_from_a_sheet_of_contacts_to_a_published_edition(page: Page, url: str, desk: Desk) -> None:
    """Told, applied, taken back by one button; given again, applied, published, found by a reader; and then nothing is left to write."""
    give(page, url, write_contacts())
    expect(page.get_by_text("40 lignes lues sous l'en-tête de la ligne 3")).to_be_visible()
    told = page.get_by_role("table").filter(has_text="Colonnes du fichier")
    for header, column in {"Raison sociale": "Nom", "CP": "Code postal"}.items():
        expect(told.get_by_role("row").filter(has_text=header)).to_contain_text(column)
    expect(page.get_by_text("Jamais lues, car le registre ne garde rien sur des personnes")).to_contain_text("« E-mail »")
    expect(page.get_by_test_id("stAlert").get_by_text("40 lignes ne disent pas sur quelle page")).to_be_visible()
    expect(page.get_by_role("button", name="Appliquer l'import")).to_be_disabled()
    check(page)
    expect_no_violations(page)
    give_page(page)
    expect(page.get_by_text("Un seul acte : 40 lignes nouvelles.")).to_be_visible()
    apply(page)
    assert count_contacts(desk) == 40
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(page.get_by_text("C'est annulé")).to_be_visible()
    assert count_contacts(desk) == 0
    give(page, url, write_contacts())
    give_page(page)
    apply(page)
    page.get_by_role("link", name="Voir ce qui changera pour les lecteurs, et publier").click()
    page.get_by_label("Notes de l'édition, pour les lecteurs").fill("Les adhérents du pôle")
    page.get_by_role("button", name="Continuer vers la confirmation").click()
    page.get_by_role("button", name="Publier l'édition du").click()
    expect(page.get_by_text("est publiée")).to_be_visible()
    opened(page, f"{url}/annuaire?q={name_contact(0)}&status=unknown")
    expect(page.get_by_text(name_contact(0)).first).to_be_visible()
    give(page, url, write_contacts())
    expect(page.get_by_text("Il n'y a rien à écrire")).to_be_visible()
    choose_part(page, "Inchangés · 40")
    expect(page.get_by_role("link", name=name_contact(1))).to_be_visible()
    page.get_by_role("button", name="Annuler l'import").click()
    expect(page.get_by_role("button", name="Choisir un fichier")).to_be_visible()
    settled(page)
    expect_no_violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_room_fits_a_phone(new_page: NewPage, url: str, scheme: str) -> None:
    """With a file in hand, some of it refused; nothing too wide, nothing that axe finds."""
    page = new_page(width=390, height=844)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    give(page, url, "Nom;Type;Ville;Année de création\nAbbelight;Entreprise;Cachan;jamais\nZymo d'essai;Entreprise;Villejuif;\n".encode())
    check(page)
    expect_no_violations(page)
    choose_part(page, "Refusés")
    refused = page.get_by_role("region", name="Cellules refusées")
    expect(refused).to_be_visible()
    assert refused.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    expect(page.get_by_role("button", name="Les lignes refusées, à corriger")).to_be_visible()
    settled(page)
    check(page)
    expect_no_violations(page)


def test_the_room_of_official_files_fits_a_phone(new_page: NewPage, url: str) -> None:
    """With the long names under which they are published."""
    page = opened(new_page(width=390, height=844), f"{url}/atelier?vue=officiels")
    expect(page.get_by_text("GeolocalisationEtablissement_Sirene")).to_be_visible()
    check(page)
    expect_no_violations(page)


def test_who_only_reads_gives_no_file(page: Page, url: str) -> None:
    """On a page without the room of the import: neither under the session's own id, nor under another."""
    ids: set[str] = set()

    def listen(channel: WebSocket) -> None:
        channel.on(
            "framereceived", lambda frame: ids.update(found.decode() for found in ID.findall(frame if isinstance(frame, bytes) else b""))
        )

    page.on("websocket", listen)
    opened(page, f"{url}/mentions-legales")
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "_streamlit_xsrf")
    assert ids
    answers = {page.evaluate(GIVE, [session, token]) for session in [*sorted(ids)[:5], "0" * 8 + "-0000-4000-8000-" + "0" * 12]}
    assert answers == {413}


def test_an_upload_is_refused_before_its_body(url: str) -> None:
    """The attack of the first version on a running server with an editor: each of many requests is answered before a byte of it is sent."""
    address = urlsplit(url)
    head = (
        f"PUT /_stcore/upload_file/00000000-0000-4000-8000-000000000000/00000000-0000-4000-8000-000000000001 HTTP/1.1\r\n"
        f"Host: {address.netloc}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1048576\r\n\r\n"
    )
    for _ in range(30):
        with socket.create_connection((address.hostname or "", address.port or 0), timeout=20) as client:
            client.sendall(head.encode())
            assert client.recv(4096).split(b" ", 2)[1] == b"413"
