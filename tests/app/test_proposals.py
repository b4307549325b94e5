"""Forms of proposals without a browser: on the sheets, in the directory, at the stand; and the queue at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.desk import proposals
from biocarto.desk.proposal import Proposal, ProposedCell
from biocarto.desk.proposal_limits import PACE, build_limit
from biocarto.store.database import Store
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.ui.shared import cache, proposal_form
from tests.support.clock import Clock
from tests.support.desk_store import EDITOR, make_full_store
from tests.support.pages import opened, said

CONTACT = "marie@example.org"
SHEETS = {
    "actors": ("directory", {"actor": "genethon"}, "genethon"),
    "clusters": ("networks", {"cluster": "medicen"}, "medicen"),
    "networks": ("networks", {"network": "enosis-sante"}, "enosis-sante"),
    "events": ("networks", {"event": "biovalley-1998"}, "biovalley-1998"),
    "tour_stages": ("bioproduction_tour", {"stage": "stage-1"}, "stage-1"),
}
"""Table -> page, address and row of a sheet."""


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A store and a limit of its own for each test; the settings are read anew."""
    monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / "register.sqlite"))
    monkeypatch.setattr(proposal_form, "LIMIT", build_limit(Clock()))
    cache.settings.clear()
    yield
    cache.settings.clear()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A desk with the rows of `data/` that have a sheet."""
    return make_full_store(tmp_path)


def waiting(store: Store) -> list[Proposal]:
    """What waits for a decision."""
    return [found.proposal for found in proposals.list_page(store, EDITOR).proposals]


def sheet(table: str = "actors", lang: str = "fr") -> AppTest:
    """The sheet of a row with its form open."""
    page, params, key = SHEETS[table]
    app = opened(page, **params, lang=lang)
    app.session_state[f"open-report-{table}-{key}"] = True
    return app.run()


def fill(app: AppTest, **texts: str) -> AppTest:
    """Write into the fields of a form, by the ends of their keys."""
    for field, text in texts.items():
        for widget in (*app.text_input, *app.text_area):
            if str(widget.key).endswith(f"-{field}"):
                widget.set_value(text)
    return app


def press(app: AppTest, ending: str) -> AppTest:
    """Touch the button whose key ends so, and see what follows."""
    [button] = [button for button in app.button if str(button.key).endswith(ending)]
    return button.click().run()


def read(app: AppTest, field: str) -> str | None:
    """What a field holds."""
    [found] = [widget.value for widget in (*app.text_input, *app.text_area) if str(widget.key).endswith(f"-{field}")]
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("table", SHEETS)
def test_an_error_is_reported_from_every_sheet(store: Store, table: str, lang: str) -> None:
    """In words, with the page that shows it; the form is empty then, and says what follows."""
    app = press(fill(sheet(table, lang), message="Déménagé en 2024", source_url="example.org", contact=CONTACT), "-send")
    assert not app.exception
    assert [(found.resource, found.row_id, found.message, found.contact) for found in waiting(store)] == [
        (table, SHEETS[table][2], "Déménagé en 2024", CONTACT)
    ]
    assert "numéro 1" in app.success[0].value if lang == "fr" else "number 1" in app.success[0].value
    assert (read(app, "message"), read(app, "contact")) == ("", "")
    assert CONTACT not in remembered(app)


def test_fields_are_corrected_one_by_one(store: Store) -> None:
    """Today's value beside the new one, codes in words; a field left empty proposes nothing."""
    app = sheet()
    [pills] = [group for group in app.get("button_group") if str(group.key).endswith("-columns")]
    pills.set_value(["name", "status", "website"]).run()
    assert "Aujourd'hui : Généthon" in "\n".join(caption.value.replace("\u00a0", " ") for caption in app.caption)
    [status] = [box for box in app.selectbox if str(box.key).endswith("-status")]
    status.set_value("former")
    press(fill(app, name="Généthon SA"), "-send")
    [made] = waiting(store)
    assert made.cells == {"name": ProposedCell("Généthon", "Généthon SA"), "status": ProposedCell("present", "former")}


def test_without_a_desk_the_report_is_a_text_to_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before; nobody can propose an actor."""
    monkeypatch.setenv("BIOCARTO_CONTACT", "repertoire@pole.example")
    app = sheet()
    assert "genethon" in app.code[0].value
    assert [widget.key for widget in app.text_area] == []
    assert not any(str(found.proto.id).endswith("open-propose") for found in app.get("popover"))
    app = opened("directory", q="zzzzz")
    assert "Proposer un acteur" not in [found.proto.popover.label for found in app.get("popover")]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"message": "<script>alert(1)</script>"}, "une balise"),
        ({"message": ""}, "La proposition est vide"),
        ({"message": "x", "source_url": "javascript:alert(1)"}, "adresse du web"),
        ({"message": "x", "contact": "Marie"}, "Le contact"),
    ],
)
def test_what_is_refused_stays_on_screen(store: Store, texts: dict[str, str], words: str) -> None:
    """A sentence, and every text where it was; corrected, it is taken."""
    app = press(fill(sheet(), **({"contact": CONTACT} | texts)), "-send")
    assert words in app.error[0].value
    assert {field: read(app, field) for field in texts} == texts
    assert waiting(store) == []
    app = press(fill(app, message="Bon texte", source_url="", contact=CONTACT), "-send")
    assert not app.error
    assert len(waiting(store)) == 1


def test_a_database_that_is_down_is_told_and_the_texts_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the name of the database; once it is back, the same click is one proposal."""
    app = fill(sheet(), message="Déménagé", contact=CONTACT)
    real, sent = proposals.propose_correction, []

    def store_and_fall_silent(*args: Any) -> Proposal:
        sent.append(real(*args))
        raise StoreError(StoreTrouble.IN_DOUBT, "PostgreSQL, db.internal")

    monkeypatch.setattr(proposals, "propose_correction", store_and_fall_silent)
    app = press(app, "-send")
    assert "ne répond pas" in app.error[0].value
    assert "internal" not in app.error[0].value
    assert (read(app, "message"), read(app, "contact")) == ("Déménagé", CONTACT)
    monkeypatch.setattr(proposals, "propose_correction", real)
    app = press(app, "-send")
    assert "numéro 1" in app.success[0].value
    assert waiting(store) == sent


def test_too_many_in_a_while_are_told(store: Store) -> None:
    """The eleventh of a session waits; its texts stay."""
    app = sheet()
    for number in range(PACE.per_visit):
        app = press(fill(app, message=f"Erreur {number}"), "-send")
    app = press(fill(app, message="Encore"), "-send")
    assert "peut être envoyée dans 600 s" in app.error[0].value
    assert read(app, "message") == "Encore"
    assert len(waiting(store)) == PACE.per_visit


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("query", [{}, {"q": "zzzzz"}], ids=["all", "nothing found"])
def test_an_actor_is_proposed_in_the_directory(store: Store, query: dict[str, str], lang: str) -> None:
    """Also where a search finds nothing."""
    app = opened("directory", **query, lang=lang)
    app.session_state["open-propose"] = True
    app = press(app.run(), "propose-send")
    assert app.error
    app = press(fill(app, name="Alpha Bio", activity="Vecteurs viraux", commune="Évry", website="Alpha.example"), "propose-send")
    assert not app.exception
    [made] = waiting(store)
    assert {name: cell.after for name, cell in made.cells.items()} == {
        "name": "Alpha Bio",
        f"activity_{lang}": "Vecteurs viraux",
        "commune": "Évry",
        "website": "https://alpha.example",
    }


def remembered(app: AppTest) -> str:
    """All that the session holds."""
    return str(vars(app.session_state._state))


def asked(app: AppTest, name: str) -> str:
    """The last value of a name of the address."""
    found = app.query_params.get(name, "")
    return found if isinstance(found, str) else found[-1]


def tap(app: AppTest, key: str) -> AppTest:
    """Touch a button of the stand."""
    return app.button(key=key).click().run()


def write_at_stand(app: AppTest, **texts: str) -> AppTest:
    """Open one field after the other and write into it."""
    for field, text in texts.items():
        app = tap(app, f"tile-by-{field}")
        app.text_area[0].set_value(text)
        app = app.run()
    return app


def test_an_actor_is_proposed_at_the_stand(store: Store) -> None:
    """One field at a time; all that is written is seen before it is sent, and nothing of it afterwards."""
    app = tap(opened("booth", door="home"), "booth-propose")
    app = write_at_stand(app, activity="Vecteurs viraux", contact=CONTACT, name="Alpha Bio")
    assert all(text in said(app) for text in ("Vecteurs viraux", CONTACT, "Alpha Bio"))
    assert CONTACT not in str(dict(app.query_params))
    app = tap(app, "booth-send")
    assert "numéro 1" in app.success[0].value
    assert CONTACT not in said(app)
    [made] = waiting(store)
    assert (made.cells["name"].after, made.contact) == ("Alpha Bio", CONTACT)


@pytest.mark.parametrize("way", ["booth-home", "booth-back", "booth-list"])
def test_the_next_visitor_of_the_stand_sees_no_contact(store: Store, way: str) -> None:
    """Whoever leaves the form takes along what was not sent."""
    app = write_at_stand(opened("booth", door="propose"), name="Alpha Bio", contact=CONTACT)
    while asked(app, "door") == "propose":
        app = tap(app, way)
    assert CONTACT not in remembered(app)
    app.query_params["door"] = "propose"
    app = tap(app.run(), "tile-by-contact")
    assert app.text_area[0].value == ""
    assert CONTACT not in said(app)


def test_an_error_is_reported_at_the_stand_and_the_way_back_is_the_sheet(store: Store) -> None:
    """The list of the visitor stays as it is."""
    app = tap(opened("booth", door="who", by="search", actor="genethon", keep="abivax"), "booth-report")
    assert asked(app, "about") == "actors.genethon"
    app = tap(write_at_stand(app, message="Fermé"), "booth-send")
    assert [(found.row_id, found.message) for found in waiting(store)] == [("genethon", "Fermé")]
    app = tap(app, "booth-back")
    assert [asked(app, name) for name in ("door", "actor", "keep", "about")] == ["who", "genethon", "abivax", ""]


def test_a_stand_without_a_desk_offers_nothing() -> None:
    """Nor by an address that somebody types."""
    for params in ({"door": "home"}, {"door": "who", "actor": "genethon"}, {"door": "report", "about": "actors.genethon"}):
        app = opened("booth", **params)
        assert not {"booth-propose", "booth-report", "booth-send"} & {str(button.key) for button in app.button}
        assert not app.exception
