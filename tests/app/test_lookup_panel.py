"""The searches beside the form of a row: not there while they are off, said before they leave, taken into the form and no further."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.desk import ledger
from biocarto.store.database import Store
from biocarto.ui.shared import cache
from tests.support.desk import ACTOR, copy_store, look_up, open_desk
from tests.support.lookup_server import StandIn, a_company, an_address, stand_in
from tests.support.pages import opened, said


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A register of the test's own, edited on a laptop."""
    made = copy_store(tmp_path)
    monkeypatch.setenv("BIOCARTO_STORE", made.name)
    monkeypatch.setenv("BIOCARTO_DESK_EDITOR", "Ada Laptop")
    cache.settings.clear()
    yield made
    monkeypatch.undo()
    cache.settings.clear()


@pytest.fixture
def server(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Both services are on, and are this stand-in."""
    with stand_in() as told:
        monkeypatch.setenv("BIOCARTO_BAN", told.address)
        monkeypatch.setenv("BIOCARTO_RECHERCHE_ENTREPRISES", told.address)
        cache.settings.clear()
        yield told


def open_form(**params: str) -> AppTest:
    """The form of an actor, or of a new one."""
    return opened("desk", vue="registre", **(params or {"ligne": ACTOR}))


def search(app: AppTest, panel: str, typed: str) -> AppTest:
    """Type into a panel and send."""
    [field] = [field for field in app.text_input if str(field.key).startswith(f"desk-lookup-{panel}-")]
    field.set_value(typed)
    [button] = [
        button for button in app.button if str(button.key).startswith(f"desk-lookup-{panel}-") and str(button.key).endswith("-send")
    ]
    return button.click().run()


def take(app: AppTest, panel: str) -> AppTest:
    """The first proposal goes into the form."""
    [button] = [button for button in app.button if str(button.key).startswith(f"desk-take-{panel}-0-")]
    return button.click().run()


def read_field(app: AppTest, name: str) -> str:
    """What a field of the form holds."""
    [field] = [field for field in app.text_input if re.search(rf"-\d+-{name}(-\d+)?$", str(field.key))]
    return str(field.value)


def count_acts(store: Store) -> int:
    """Acts of the register."""
    with store.read() as transaction:
        return ledger.find_last_number(transaction)


def test_while_they_are_off_nothing_is_offered_and_nothing_leaves(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """No panel, no socket to anywhere."""

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for app in (open_form(), open_form(acte="ajouter")):
        assert not app.exception
        assert [field.key for field in app.text_input if str(field.key).startswith("desk-lookup-")] == []
        assert "Ce qui part" not in said(app)


def test_a_page_that_is_opened_asks_nobody(server: StandIn) -> None:
    """What would leave is said first; it leaves by a button."""
    app = open_form()
    text = said(app)
    assert f"Ce qui part vers 127.0.0.1:{server.port} : ce texte et la commune, " in text
    assert "N'y écrivez aucun nom de personne" in text
    assert server.asked == []


def test_an_address_is_taken_into_the_form_and_no_further(server: StandIn, store: Store) -> None:
    """Beside what the form holds, with its score; the store learns of it by a save with a page."""
    before, acts = look_up(open_desk(store)).cells, count_acts(store)
    server.answer({"type": "FeatureCollection", "features": [an_address(citycode=before["commune_code"])]})
    app = search(open_form(), "ban", "1 rue de l'essai")
    text = said(app)
    assert "Dans le formulaire :" in text
    assert "score 0,93 · au numéro" in text
    assert "dans une autre commune" not in text
    app = take(app, "ban")
    assert read_field(app, "address") == "1 Rue de l'Essai"
    assert read_field(app, "postcode") == "91000"
    assert count_acts(store) == acts
    [(_, params, headers)] = server.asked
    assert params == {"q": "1 rue de l'essai", "limit": "5", "citycode": before["commune_code"]}
    assert "Ada" not in str((params, headers))


def test_a_siret_is_taken_into_the_form(server: StandIn, store: Store) -> None:
    """And nobody hidden is named."""
    server.answer({"results": [a_company(), a_company(nature_juridique="1000", nom_raison_sociale="MADAME UNE TELLE")]})
    app = search(open_form(), "company", "Essai Therapeutics")
    text = said(app)
    assert "ESSAI THERAPEUTICS, 00000000100011" in text
    assert "1 résultat n'est pas montré" in text.replace("\u00a0", " ")
    assert "UNE TELLE" not in text
    app = take(app, "company")
    assert (read_field(app, "siret"), read_field(app, "siren")) == ("00000000100011", "000000001")


def test_a_service_that_fails_is_said_and_the_form_stays(server: StandIn) -> None:
    """In words, beside the form."""
    server.status, server.body = 500, b""
    app = search(open_form(), "ban", "1 rue de l'essai")
    assert any("a refusé la question" in error.value for error in app.error)
    assert read_field(app, "address") is not None


def test_an_address_of_another_commune_is_marked(server: StandIn) -> None:
    """Taking it would move the actor."""
    server.answer({"features": [an_address(citycode="78646")]})
    assert "dans une autre commune : Versailles (78)" in said(search(open_form(), "ban", "1 rue de l'essai"))


def test_hostile_answers_are_text(server: StandIn) -> None:
    """Whatever a stranger sends is shown as it is written."""
    server.answer({"features": [an_address(label="<script>alert(1)</script> [x](javascript:1)")]})
    app = search(open_form(acte="ajouter"), "ban", "1 rue de l'essai")
    bodies = " ".join(str(html.proto.body) for html in app.get("html"))
    assert "<script>" not in bodies
    assert "&lt;script&gt;" in bodies
