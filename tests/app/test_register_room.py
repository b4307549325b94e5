"""The room of the register without a browser: find, correct, add, close, move, rename, merge, remove, take back; and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.desk import acts, ledger, proposals
from biocarto.desk.description import read_package
from biocarto.desk.facts import Evidence
from biocarto.desk.members import VISITOR, name_laptop_editor
from biocarto.desk.official.positions import make_point, place_actor
from biocarto.desk.proposal import ProposalState
from biocarto.desk.proposal_texts import Draft
from biocarto.model import Precision
from biocarto.register.tables import TABLES
from biocarto.store.database import Store
from biocarto.store.sqlite import SqliteTransaction
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.ui.shared import cache
from tests.support.desk import ACTOR, PAGE, an_intent, copy_store, correct, look_up, open_desk
from tests.support.pages import opened, said

EDITOR = name_laptop_editor("Ada")
Room = Callable[..., AppTest]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A register of the test's own, edited by Ada on her laptop."""
    made = copy_store(tmp_path)
    monkeypatch.setenv("BIOCARTO_STORE", made.name)
    monkeypatch.setenv("BIOCARTO_DESK_EDITOR", "Ada")
    cache.settings.clear()
    return made


@pytest.fixture
def room(store: Store, monkeypatch: pytest.MonkeyPatch) -> Room:
    """`room(ligne=…)` -> the room at an address."""

    def _room(**params: str) -> AppTest:
        return opened("desk", vue="registre", **params)

    yield _room  # type: ignore[misc]
    monkeypatch.undo()
    cache.settings.clear()


def words(app: AppTest) -> str:
    """What a reader sees, messages and captions too, without the signs of Markdown."""
    more = " ".join(str(element.value) for element in (*app.success, *app.caption))
    return re.sub(r"\s+", " ", f"{said(app)} {more}").replace("\\", "").replace("\u2060", "")


def name_key(app: AppTest, ending: str) -> str:
    """The key of the widget of a form by its field."""
    widgets = [*app.text_input, *app.text_area, *app.selectbox, *app.multiselect, *app.button, *app.radio, *app.checkbox]
    return next(str(widget.key) for widget in widgets if str(widget.key).endswith(f"-{ending}"))


def fill(app: AppTest, **values: str) -> AppTest:
    """Type into fields; `since` and so on are the evidence, a list or a choice is given by its code."""
    for name, value in values.items():
        key = name_key(app, f"evidence-{name[3:]}" if name.startswith("ev_") else name)
        kinds = {str(widget.key): widget for widget in (*app.text_input, *app.text_area, *app.selectbox)}
        kinds[key].set_value(value)
    return app


def save(app: AppTest, button: str = "save") -> AppTest:
    """Press the button of the form."""
    return app.button(key=name_key(app, button)).click().run()


EVIDENCE = {"ev_source_url": "https://example.org/page", "ev_source_title": "Example (2026)", "ev_as_of": "2026"}


def count_acts(store: Store) -> int:
    """Acts of the register."""
    with store.read() as transaction:
        return ledger.find_last_number(transaction)


def cells_of(store: Store, row_id: str = ACTOR, table: str = "actors") -> dict[str, str]:
    """A row as it is now."""
    return look_up(open_desk(store), row_id, table).cells


# --- finding ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_list_and_its_form(room: Room, table: str) -> None:
    """Thirteen tables, no error; the first row of each opens by a button, by keyboard as by hand."""
    app = room(table=table)
    assert not app.exception
    first = next(button for button in app.button if str(button.key).startswith("desk-open-"))
    app = first.click().run()
    assert not app.exception
    assert app.query_params["ligne"]
    assert name_key(app, "save")


def test_a_search_is_in_the_address(room: Room) -> None:
    """Without accents; the page of the list begins anew."""
    app = room(page="3")
    app.text_input(key="desk-query-actors").set_value("genethon").run()
    assert app.query_params["q"] == "genethon"
    assert "page" not in app.query_params
    assert "Généthon" in [button.label.strip("*") for button in app.button]


def test_nothing_found_is_said(room: Room) -> None:
    """And no list is there."""
    assert "Aucune ligne" in words(room(q="<b>rien de tel</b>"))


@pytest.mark.parametrize("page", ["0", "999", "x", "1" * 50])
def test_a_page_that_is_none_is_the_nearest(room: Room, page: str) -> None:
    """An address may be typed."""
    assert not room(page=page).exception


def test_a_former_id_opens_todays_row(room: Room) -> None:
    """A printed address leads here too; one that never was says so."""
    assert "Meary" in words(room(ligne="centre-meary")) or "MEARY" in words(room(ligne="centre-meary"))
    assert "n'a pas (ou plus) cette ligne" in words(room(ligne="<script>"))


# --- correcting -----------------------------------------------------------------------------------------------------------


def test_a_point_is_told_and_typed_by_nobody(store: Store, room: Room) -> None:
    """The form has no field for it and keeps it; another address, with its page, takes it away in the same act."""
    desk = open_desk(store)
    correct(desk, "address", "1 rue des Exemples", row_id="genethon")
    place_actor(desk, an_intent(), "genethon", make_point(48.62317, 2.4391, Precision.STREET), PAGE)
    app = room(ligne="genethon")
    assert "Point d'un fichier officiel (Adresse, au numéro)" in words(app)
    assert not [widget for widget in app.text_input if str(widget.key).endswith(("-latitude", "-longitude"))]
    save(fill(app, address="2 rue des Exemples", why="autre adresse", **EVIDENCE))
    cells = look_up(desk, "genethon").cells
    assert cells["address"] == "2 rue des Exemples"
    assert "latitude" not in cells
    assert cells["position"] in {"campus", "commune"}


def test_a_cell_is_corrected_with_its_evidence(room: Room, store: Store) -> None:
    """Only what differs is written; the sentence says it; it can be taken back at once."""
    before, acts_before = cells_of(store), count_acts(store)
    app = save(fill(room(ligne=ACTOR), website="https://abbelight.example", why="adresse lue", **EVIDENCE))
    assert cells_of(store) == before | {"website": "https://abbelight.example"}
    with store.read() as transaction:
        [fact] = ledger.select_facts(transaction, "WHERE change_set = ?", (acts_before + 1,))
        act = ledger.read_change_set(transaction, acts_before + 1)
    assert (fact.field, fact.evidence.source_title, act.who, act.why) == ("website", "Example (2026)", EDITOR.id, "adresse lue")
    assert "Enregistré" in words(app)
    app = app.button(key="desk-undo").click().run()
    assert "annulé" in words(app)
    assert cells_of(store) == before


def test_what_changes_does_not_rest_on_the_old_page(room: Room, store: Store) -> None:
    """The page of the row is not filled in for whoever changes it: it says what the row says now."""
    app = room(ligne=ACTOR)
    assert [app.text_input(key=name_key(app, f"evidence-{name}")).value for name in ("source_url", "source_title", "as_of")] == [""] * 3
    acts_before = count_acts(store)
    app = save(fill(app, status="former", why="fermée"))
    assert "Dites d'où vient" in words(app)
    assert count_acts(store) == acts_before


def test_a_save_without_a_change_leaves_no_trace(room: Room, store: Store) -> None:
    """Every field of every table says what it said, so that nobody writes what they have not typed."""
    before = count_acts(store)
    app = save(fill(room(ligne=ACTOR), why="rien"))
    assert "Rien n'a changé" in words(app)
    assert count_acts(store) == before


@pytest.mark.parametrize("table", TABLES)
def test_a_form_that_nobody_touched_changes_nothing(room: Room, store: Store, table: str) -> None:
    """Whatever the table: lists, codes, references and communes come back as they were."""
    with store.read() as transaction:
        rows = ledger.read_rows(transaction, table)
    for row in (rows[0], rows[-1]):
        assert "Rien n'a changé" in words(save(fill(room(table=table, ligne=row.id), why="rien")))


def test_a_reason_is_asked(room: Room, store: Store) -> None:
    """What was typed is kept."""
    app = save(fill(room(ligne=ACTOR), website="https://abbelight.example"))
    assert "Dites pourquoi" in words(app)
    assert app.text_input(key=name_key(app, "website")).value == "https://abbelight.example"
    assert "website" not in cells_of(store)


def test_a_field_that_was_emptied_stays_empty(room: Room) -> None:
    """Also where the refused form was not on screen for a while."""
    app = save(fill(room(ligne=ACTOR), name=""))
    assert "Dites pourquoi" in words(app)
    for view in ("historique", "registre"):
        app.query_params["vue"] = view
        app.run()
    assert app.text_input(key=name_key(app, "name")).value == ""


def test_a_double_click_is_one_act(room: Room, store: Store) -> None:
    """The same form sent twice, before its answer is read."""
    before = count_acts(store)
    app = fill(room(ligne=ACTOR), website="https://abbelight.example", why="adresse lue", **EVIDENCE)
    again = app.session_state["desk_form"]
    app = save(app)
    app.session_state["desk_form"] = again
    save(fill(app.run(), website="https://abbelight.example", why="adresse lue", **EVIDENCE))
    assert count_acts(store) == before + 1


HOSTILE = {
    "x" * 100_000: "au plus 5000 caractères",
    "a\u0000b\u0007": "sans caractère de contrôle",
    "Аbivax": "alphabet",
}


@pytest.mark.parametrize("text", HOSTILE, ids=["100 kB", "control", "look-alike"])
def test_what_cannot_be_taken_is_said_at_its_field(room: Room, store: Store, text: str) -> None:
    """A sentence, nothing stored, nothing of it lost."""
    before = count_acts(store)
    app = save(fill(room(ligne=ACTOR), name=text, why="essai", **EVIDENCE))
    assert not app.exception
    assert HOSTILE[text] in words(app)
    assert app.text_input(key=name_key(app, "name")).value == text
    assert count_acts(store) == before


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "=HYPERLINK('x')", "**gras** [a](javascript:x)", "'; DROP TABLE fact; --"]
)
def test_markup_and_formulas_are_texts(room: Room, store: Store, text: str) -> None:
    """They are kept as they were typed, and shown so."""
    app = save(fill(room(ligne=ACTOR), name=text, why="essai", **EVIDENCE))
    assert not app.exception
    assert cells_of(store)["name"] == text
    assert "<img src=x" not in "".join(str(html.value) for html in app.get("html"))


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ({"ev_source_url": "javascript:alert(1)"}, "une adresse http"),
        ({"ev_as_of": "2099"}, "une date passée"),
        ({"ev_as_of": "hier"}, "un nombre entier"),
        ({"ev_valid_from": "2026-13"}, "attendu"),
        ({"ev_source_url": ""}, "Dites d'où vient"),
    ],
)
def test_evidence_that_is_none_is_said(room: Room, store: Store, evidence: dict[str, str], told: str) -> None:
    """A source that is no link, a date in the future."""
    before = count_acts(store)
    app = save(fill(room(ligne=ACTOR), name="Abbelight Nanolife", why="essai", **(EVIDENCE | evidence)))
    assert told.lower() in words(app).lower()
    assert count_acts(store) == before


def read_newest_evidence(store: Store, column: str) -> Evidence:
    """What the last change of a cell of the actor rests on."""
    with store.read() as transaction:
        rows = transaction.execute(
            "SELECT source_url, source_title, as_of, valid_from, confidence FROM fact "
            "WHERE row_id = ? AND field = ? ORDER BY change_set DESC LIMIT 1",
            (ACTOR, column),
        )
    return Evidence(*map(str, rows[0]))


def test_an_old_page_is_no_evidence_of_a_new_fact(room: Room, store: Store) -> None:
    """The page of the row is not filled in; a status that changes without another one is refused."""
    app = room(ligne=ACTOR)
    held = [app.text_input(key=name_key(app, f"evidence-{name}")).value for name in ("source_url", "source_title", "as_of")]
    assert held == ["", "", ""]
    assert "Dites d'où vient" in words(save(fill(app, status="former", why="essai")))
    assert cells_of(store)["status"] == "present"
    save(fill(room(ligne=ACTOR), website="https://mine.example", why="essai"))
    assert read_newest_evidence(store, "website") == Evidence()


def test_the_page_of_the_row_is_evidence_where_an_editor_says_so(room: Room, store: Store) -> None:
    """A slip of the pen is corrected after the same page."""
    cells, app = cells_of(store), room(ligne=ACTOR)
    app.checkbox(key=name_key(app, "evidence-same")).check()
    save(fill(app, name="Abbelight Nanolife", why="faute de frappe"))
    told = read_newest_evidence(store, "name")
    assert (told.source_url, told.as_of) == (cells["source_url"], cells["as_of"][:4])


def test_a_new_page_of_the_row_is_evidence_of_what_changes_with_it(room: Room, store: Store) -> None:
    """It is not to be typed twice."""
    page = {"source_url": "https://example.org/new", "source_title": "Example – Abbelight", "as_of": "2026"}
    save(fill(room(ligne=ACTOR), name="Abbelight Nanolife", why="page plus récente", **page))
    told = read_newest_evidence(store, "name")
    assert (told.source_url, told.source_title, told.as_of) == tuple(page.values())


def test_a_commune_is_found_by_its_name(room: Room, store: Store) -> None:
    """Code and name go together; a homonym is asked."""
    app = save(fill(room(ligne=ACTOR), commune="Marolles-en-Brie", postcode="", site_id="", why="essai", **EVIDENCE))
    assert "laquelle" in words(app)
    save(fill(app, homonym="94048"))
    assert (cells_of(store)["commune"], cells_of(store)["commune_code"]) == ("Marolles-en-Brie", "94048")


def test_a_commune_that_is_none_is_said(room: Room) -> None:
    """At its field."""
    assert "une commune de France" in words(save(fill(room(ligne=ACTOR), commune="Nulle-Part", why="essai", **EVIDENCE)))


# --- two editors ----------------------------------------------------------------------------------------------------------


def test_a_late_save_is_compared_field_by_field(room: Room, store: Store) -> None:
    """Both values, whose the other one is and from which page; what is chosen is saved, the rest of the form with it."""
    app = fill(room(ligne=ACTOR), website="https://mine.example", founded="2015", why="essai", **EVIDENCE)
    correct(open_desk(store), "website", "https://theirs.example", evidence=PAGE)
    app = save(app)
    said = words(app)
    assert "https://mine.example" in said
    assert "https://theirs.example" in said
    assert PAGE.source_title in said
    assert "L'exploitant du serveur" in said
    assert cells_of(store).get("founded") is None
    app = save(app, "choose")
    assert cells_of(store)["website"] == "https://theirs.example", "no choice, no save"
    app.radio[0].set_value("mine")
    save(app, "choose")
    assert (cells_of(store)["website"], cells_of(store)["founded"]) == ("https://mine.example", "2015")


def test_the_other_value_may_be_kept(room: Room, store: Store) -> None:
    """Then only what did not collide is written."""
    app = fill(room(ligne=ACTOR), website="https://mine.example", founded="2015", why="essai", **EVIDENCE)
    correct(open_desk(store), "website", "https://theirs.example", evidence=PAGE)
    app = save(app)
    app.radio[0].set_value("theirs")
    save(app, "choose")
    assert (cells_of(store)["website"], cells_of(store)["founded"]) == ("https://theirs.example", "2015")


def test_fields_that_do_not_collide_merge(room: Room, store: Store) -> None:
    """A form that was opened yesterday writes only its own change."""
    app = fill(room(ligne=ACTOR), founded="2015", why="essai", **EVIDENCE)
    correct(open_desk(store), "website", "https://theirs.example", evidence=PAGE)
    save(app)
    assert (cells_of(store)["website"], cells_of(store)["founded"]) == ("https://theirs.example", "2015")


def test_a_row_that_is_gone_keeps_what_was_typed(room: Room, store: Store) -> None:
    """Somebody has removed it meanwhile: a sentence, nothing stored."""
    app = fill(room(ligne=ACTOR), website="https://mine.example", why="essai", **EVIDENCE)
    acts.remove_row(open_desk(store), an_intent(), "actors", ACTOR)
    app = save(app)
    assert not app.exception
    assert "n'a pas (ou plus) cette ligne" in words(app)


def test_a_store_that_is_gone_is_said(room: Room, store: Store) -> None:
    """The text stays in its field for when it is back."""
    app = fill(room(ligne=ACTOR), website="https://mine.example", why="essai", **EVIDENCE)
    Path(store.name).rename(f"{store.name}.away")
    app = save(app)
    assert not app.exception
    assert "Rien n'a été modifié" in words(app)
    Path(f"{store.name}.away").rename(store.name)
    assert app.run().text_input(key=name_key(app, "website")).value == "https://mine.example"


# --- acts on actors -----------------------------------------------------------------------------------------------------


def test_a_site_is_closed(room: Room, store: Store) -> None:
    """Four fields and a button: since when, the page, its title and its year."""
    app = fill(room(ligne=ACTOR, acte="fermer"), ev_valid_from="2026-03", **EVIDENCE)
    app = save(app)
    assert cells_of(store)["status"] == "former"
    assert "Fermé : Abbelight" in words(app)
    assert "acte" not in app.query_params
    assert "déjà fermé" in words(room(ligne=ACTOR, acte="fermer"))


def test_a_closing_without_a_page_is_refused(room: Room, store: Store) -> None:
    """A status rests on a page, whose year nobody guesses."""
    half = fill(room(ligne=ACTOR, acte="fermer"), **(EVIDENCE | {"ev_as_of": ""}))
    assert "Dites d'où vient" in words(save(half))
    assert "Dites d'où vient" in words(save(room(ligne=ACTOR, acte="fermer")))
    assert cells_of(store)["status"] == "present"


def test_a_site_moves(room: Room, store: Store) -> None:
    """What is left empty is emptied: it told the old place."""
    app = fill(room(ligne=ACTOR, acte="deplacer"), commune="Paris 13e", postcode="75013", **EVIDENCE)
    app = save(app)
    cells = cells_of(store)
    assert (cells["commune"], cells["commune_code"], cells["postcode"], cells["position"]) == ("Paris", "75113", "75013", "commune")
    assert not {"address", "site", "site_id"} & cells.keys()
    assert "Déplacé" in words(app)


def test_an_organisation_is_renamed_wherever_it_is_written(room: Room, store: Store) -> None:
    """The page says how often before it is done."""
    app = room(ligne="sanofi-vitry-sur-seine" if has_row(store, "sanofi-vitry-sur-seine") else find_row(store, "Sanofi"), acte="renommer")
    assert "lignes du registre" in words(app)
    save(fill(app, organisation="Sanofi Group", **EVIDENCE))
    with store.read() as transaction:
        told = {row.cells.get("organisation") for row in ledger.read_rows(transaction, "actors")}
        companies = {row.cells.get("company") for row in ledger.read_rows(transaction, "national_sites")}
    assert "Sanofi Group" in told & companies
    assert "Sanofi" not in told | companies


def has_row(store: Store, row_id: str) -> bool:
    """Whether an actor is there."""
    with store.read() as transaction:
        return ledger.read_row(transaction, "actors", row_id) is not None


def find_row(store: Store, organisation: str) -> str:
    """An actor of an organisation."""
    with store.read() as transaction:
        return next(row.id for row in ledger.read_rows(transaction, "actors") if row.cells["organisation"] == organisation)


def test_two_rows_become_one(room: Room, store: Store) -> None:
    """After a preview of what differs; the address of the one that goes leads to the other."""
    app = room(ligne=ACTOR, acte="fusionner", avec="abivax")
    assert "Abivax" in words(app)
    app = save(fill(app, why="la même société"))
    assert not has_row(store, "abivax")
    assert "mène maintenant" in words(app)
    assert "Abbelight" in words(room(ligne="abivax"))


def test_a_row_is_removed_with_a_reason(room: Room, store: Store) -> None:
    """A row that others name is not; what names it is told."""
    app = save(fill(room(table="sites", ligne="genopole", acte="retirer"), why="essai"))
    assert "Répertoire public" in words(app)
    assert has_row(store, ACTOR)
    app = save(fill(room(ligne=ACTOR, acte="retirer"), why="saisie par erreur"))
    assert not has_row(store, ACTOR)
    assert "Retiré" in words(app)


# --- new rows -------------------------------------------------------------------------------------------------------------


NEW = {
    "name": "Zymo Thérapeutique",
    "category": "biotherapies",
    "activity_fr": "thérapie cellulaire",
    "activity_en": "cell therapy",
    "commune": "Villejuif",
    "source_url": "https://example.org/zymo",
    "source_title": "Example – Zymo (2026)",
    "as_of": "2026",
}


def test_an_actor_is_added(room: Room, store: Store) -> None:
    """Seven fields; the organisation is called like the site, the id is made of the name, the code is found."""
    app = save(fill(room(acte="ajouter"), **NEW))
    cells = cells_of(store, "zymo-therapeutique")
    assert (cells["organisation"], cells["commune_code"], cells["position"], cells["kind"]) == (
        "Zymo Thérapeutique",
        "94076",
        "commune",
        "company",
    )
    assert app.query_params["ligne"] == "zymo-therapeutique"
    assert "Ajouté" in words(app)


def test_an_actor_that_lacks_something_is_kept_on_screen(room: Room, store: Store) -> None:
    """Each missing field says so."""
    before = count_acts(store)
    app = save(fill(room(acte="ajouter"), **(NEW | {"category": "", "activity_fr": ""})))
    assert "une catégorie" in words(app) or "une valeur" in words(app)
    assert app.text_input(key=name_key(app, "name")).value == NEW["name"]
    assert count_acts(store) == before


def test_a_city_is_added_under_the_next_number(room: Room, store: Store) -> None:
    """Its table is numbered."""
    with store.read() as transaction:
        last = max(int(row.id) for row in ledger.read_rows(transaction, "cities"))
    values = {"name_fr": "Turin", "name_en": "Turin", "country": "IT", "latitude": "45.07", "longitude": "7.69"}
    save(fill(room(table="cities", acte="ajouter"), **values, source_url="https://example.org/t", source_title="Example – Turin"))
    assert cells_of(store, str(last + 1), "cities")["name_fr"] == "Turin"


# --- proposals ------------------------------------------------------------------------------------------------------------


def propose(store: Store, **cells: str) -> str:
    """A visitor proposes a correction; the id of the proposal."""
    with store.read() as transaction:
        actors = read_package(transaction)["actors"]
    draft = Draft(cells, "vu sur leur site", "https://example.org/seen", "eve@example.org", "a" * 16)
    return proposals.propose_correction(store, VISITOR, actors, ACTOR, draft).id


def test_a_save_that_fails_at_its_end_decides_nothing(room: Room, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does the desk say so, or show the contact to write to."""
    proposal = propose(store, website="https://proposed.example")
    app = fill(room(table="actors", ligne=ACTOR, proposition=proposal), ev_source_title="Example (2026)", ev_as_of="2026")

    def fail(_: SqliteTransaction) -> None:
        raise StoreError(StoreTrouble.FULL, "disk")

    with monkeypatch.context() as full:
        full.setattr(SqliteTransaction, "commit", fail)
        app = save(app)
    assert "website" not in cells_of(store)
    app.query_params["vue"] = "propositions"
    assert "acceptée" not in words(app.run())


def test_a_proposal_fills_the_form_and_is_decided_by_its_save(room: Room, store: Store) -> None:
    """What is proposed stands beside today's value; accepting is one act with the change."""
    proposal = propose(store, website="https://proposed.example")
    app = room(table="actors", ligne=ACTOR, proposition=proposal)
    assert "https://proposed.example" in words(app)
    assert app.text_input(key=name_key(app, "website")).value == "https://proposed.example"
    assert app.text_input(key=name_key(app, "evidence-as_of")).value == "", "the year of the row's page is not that of the visitor's"
    app = save(fill(app, ev_source_title="Example (2026)", ev_as_of="2026"))
    assert cells_of(store)["website"] == "https://proposed.example"
    found = proposals.find_proposal(store, EDITOR, proposal)
    assert found is not None
    assert (found.proposal.state, found.proposal.contact, found.proposal.change_set) == (ProposalState.ACCEPTED, "", count_acts(store))
    assert "proposition" not in app.query_params
    [thanks] = [str(code.value) for code in app.code]
    assert f"à propos de « {cells_of(store)['name']} »" in thanks, "the contact is kept nowhere else: the answer is shown at once"
    assert "eve@example.org" in words(app)
