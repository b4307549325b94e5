"""What a person does at the desk: checked, told in words, done as a whole with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biocarto.desk import acts, duties, history, ledger, reshaping, row_ids
from biocarto.desk.acts import Desk
from biocarto.desk.desk_error import CollisionError, DeniedError, DeskError, InvalidRowError
from biocarto.desk.facts import ActName
from biocarto.desk.members import OPERATOR, Member, name_laptop_editor
from biocarto.desk.rights import Role
from biocarto.errors import AppError
from biocarto.i18n import Locale
from tests.support.desk import ACTOR, PAGE, an_intent, copy_store, correct, look_up, open_desk

NEW = {
    "name": "Essai Biotech",
    "organisation": "Essai Biotech",
    "kind": "company",
    "category": "biotherapies",
    "activity_fr": "Vecteurs viraux",
    "activity_en": "Viral vectors",
    "commune": "Évry-Courcouronnes",
    "commune_code": "91228",
    "position": "commune",
    "status": "present",
    "as_of": "2026",
    "source_url": "https://example.org/essai",
    "source_title": "Example – Essai (2026)",
    "confidence": "medium",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on a register of its own."""
    return open_desk(copy_store(tmp_path))


def count_acts(desk: Desk) -> int:
    """Acts on the register, its beginning included."""
    with desk.store.read() as transaction:
        return ledger.find_last_number(transaction)


def list_claims(desk: Desk, field: str, actor: str = ACTOR) -> list[Mapping[str, str]]:
    """Rows of evidence about a column of an actor."""
    with desk.store.read() as transaction:
        rows = ledger.read_rows(transaction, "evidence")
    return [row.cells for row in rows if (row.cells["actor_id"], row.cells["field"]) == (actor, field)]


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_a_closed_site_has_its_page_and_its_day(desk: Desk) -> None:
    """The cell, the claim of the newest page, and since when."""
    made = acts.close_actor(desk, an_intent(), ACTOR, "present", replace(PAGE, valid_from="2026-03"))
    assert made is not None
    assert made.act is ActName.CLOSE
    assert look_up(desk).cells["status"] == "former"
    [claim] = list_claims(desk, "status")
    assert (claim["value"], claim["valid_from"], claim["as_of"], claim["source_url"]) == ("former", "2026-03", "2026", PAGE.source_url)


def test_a_fact_without_a_page_is_not_taken(desk: Desk) -> None:
    """What the register says of a status, somebody else must be able to read."""
    with pytest.raises(DeskError, match="Say where"):
        correct(desk, "status", "former", evidence=replace(PAGE, source_url=""))
    assert count_acts(desk) == 1


def test_an_older_page_does_not_outdo_a_newer_one(desk: Desk) -> None:
    """The newest claim is what the cell says."""
    correct(desk, "status", "former")
    with pytest.raises(InvalidRowError):
        correct(desk, "status", "present", evidence=replace(PAGE, as_of="2020"))
    assert look_up(desk).cells["status"] == "former"


def test_a_page_of_the_same_year_takes_the_place_of_the_other(desk: Desk) -> None:
    """Two claims of one year would contradict each other; the history keeps both."""
    correct(desk, "status", "former")
    correct(desk, "status", "planned")
    assert [claim["value"] for claim in list_claims(desk, "status")] == ["planned"]


def test_an_emptied_cell_has_no_claim_left(desk: Desk) -> None:
    """Else the newest claim would contradict it."""
    correct(desk, "address", "1 rue de Paris")
    assert list_claims(desk, "address")
    correct(desk, "address", "")
    assert list_claims(desk, "address") == []


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        ({"name": "<b>Alpha</b>\x00"}, {}),
        ({"name": "x" * 100_000}, {}),
        ({"name": "x" * 200}, {}),
        ({"name": "alpha\u202egnp"}, {}),
        ({"website": "javascript:alert(1)"}, {}),
        ({"founded": "2001"}, {"confidence": "sûr"}),
        ({"website": "pas une adresse"}, {}),
        ({"founded": "l'an dernier"}, {}),
        ({"founded": "3000"}, {}),
        ({"category": "magie"}, {}),
        ({"kind": "incubator"}, {}),
        ({"commune_code": "75001"}, {}),
        ({"commune_code": "91000"}, {}),
        ({"site_id": "nulle-part"}, {}),
        ({"siren": "123456789"}, {}),
        ({"status": ""}, {}),
        ({"no_such_column": "x"}, {}),
        ({"id": "another"}, {}),
        ({"#": "1"}, {}),
        ({"status": "former"}, {"source_url": "javascript:alert(1)"}),
        ({"status": "former"}, {"source_url": "la page du pôle"}),
        ({"status": "former"}, {"as_of": "2031"}),
        ({"status": "former"}, {"as_of": "hier"}),
        ({"status": "former"}, {"valid_from": "2027-01"}),
        ({"status": "former"}, {"source_title": "t" * 5_000}),
    ],
    ids=str,
)
def test_what_the_register_does_not_take_is_told_in_words(desk: Desk, changes: dict[str, str], page: dict[str, str]) -> None:
    """In both languages, and nothing of it is written."""
    before = look_up(desk)
    seen = {name: (before.cells.get(name, str(before.place) if name == "#" else ""), text) for name, text in changes.items()}
    with pytest.raises(AppError) as caught:
        acts.save_row(desk, an_intent(), ("actors", ACTOR), seen, replace(PAGE, **page))
    assert caught.value.fr
    assert caught.value.fr != caught.value.en
    assert len(caught.value.fr) < 3_000
    assert look_up(desk) == before
    assert count_acts(desk) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(column=st.sampled_from(["name", "activity_fr", "address", "website", "founded", "modalities", "siret"]), text=st.text(max_size=400))
def test_any_text_is_taken_whole_or_refused_in_words(desk: Desk, column: str, text: str) -> None:
    """Never a stack trace, never half a save."""
    try:
        made = correct(desk, column, text)
    except AppError:
        made = None
    if made is not None:
        assert look_up(desk).cells.get(column, "") == acts.clean_cell(text)
    with desk.store.read() as transaction:
        assert list(ledger.find_deviations(transaction)) == []


@pytest.mark.parametrize("why", ["", "  \n ", "x" * 501, "\x00"])
def test_an_act_has_a_reason(desk: Desk, why: str) -> None:
    """Who reads the history wants to know it."""
    with pytest.raises(DeskError):
        correct(desk, "founded", "2014", before="", why=why)
    assert count_acts(desk) == 1


@pytest.mark.parametrize("role", [Role.VISITOR, Role.CONTRIBUTOR])
def test_who_may_not_edit_does_not(desk: Desk, role: Role) -> None:
    """Asked of the table of members in the transaction of the act, whatever the page believed."""
    who = Member("m1", "Camille", Role.EDITOR)
    with desk.store.write() as transaction:
        values = ("m1", "camille@pole.example", "Camille", role.value, "", "", "", "", "")
        transaction.execute("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    doings: tuple[Callable[[], object], ...] = (
        lambda: correct(desk, "founded", "2014", before="", who=who),
        lambda: acts.add_row(desk, an_intent(who=who), "actors", NEW),
        lambda: acts.remove_row(desk, an_intent(who=who), "actors", ACTOR),
        lambda: reshaping.merge_actors(desk, an_intent(who=who), ACTOR, "aavlife"),
        lambda: reshaping.undo(desk, an_intent(who=who), 1),
    )
    for do in doings:
        with pytest.raises(DeniedError):
            do()
    assert count_acts(desk) == 1


# --- whole rows -------------------------------------------------------------------------------------------------------


def test_a_new_actor_has_an_id_of_its_own(desk: Desk) -> None:
    """Made of its name; of a second of that name elsewhere, of its commune too."""
    acts.add_row(desk, an_intent(), "actors", NEW)
    second = NEW | {"commune": "Massy", "commune_code": "91377"}
    acts.add_row(desk, an_intent(), "actors", second)
    assert look_up(desk, "essai-biotech").cells == {"id": "essai-biotech", **NEW}
    assert look_up(desk, "essai-biotech-massy").cells["commune"] == "Massy"


def test_the_id_of_a_row_that_is_gone_is_not_given_again(desk: Desk) -> None:
    """Its history is its own, and its removal can still be undone."""
    acts.add_row(desk, an_intent(), "actors", NEW)
    gone = acts.remove_row(desk, an_intent(), "actors", "essai-biotech")
    assert gone is not None
    acts.add_row(desk, an_intent(), "actors", {**NEW, "name": "Essai – Biotech", "organisation": "Essai – Biotech"})
    assert look_up(desk, "essai-biotech-evry-courcouronnes").cells["name"] == "Essai – Biotech"


def test_an_actor_that_is_there_already_is_not_added_again(desk: Desk) -> None:
    """However its name is written."""
    acts.add_row(desk, an_intent(), "actors", NEW)
    with pytest.raises(InvalidRowError):
        acts.add_row(desk, an_intent(), "actors", NEW | {"name": "ESSAI  BIOTECH"})
    with pytest.raises(DeskError, match="that of another row"):
        acts.add_row(desk, an_intent(), "actors", NEW | {"id": ACTOR})


def test_a_row_of_any_table_is_added_and_removed(desk: Desk) -> None:
    """One mechanism for all of them."""
    member = {"network_id": "enosis-sante", "member_id": "essai", "member_name": "Essai", "role": "member", "country": "FR"}
    page = {"source_url": "https://example.org/membres", "source_title": "Example – members (2026)"}
    made = acts.add_row(desk, an_intent(), "network_members", member | page)
    assert made is not None
    assert look_up(desk, "enosis-sante|essai", "network_members").cells == member | page
    acts.remove_row(desk, an_intent(), "network_members", "enosis-sante|essai")
    reshaping.undo(desk, an_intent(), made.number + 1)
    assert look_up(desk, "enosis-sante|essai", "network_members").cells == member | page


def test_a_row_that_others_name_is_not_removed(desk: Desk) -> None:
    """A network whose members would be left behind."""
    with pytest.raises(InvalidRowError) as caught:
        acts.remove_row(desk, an_intent(), "networks", "enosis-sante")
    assert "network_members.csv" in caught.value.en


def test_an_organisation_is_renamed_wherever_it_is_written(desk: Desk) -> None:
    """In each of its rows at once: a register with two spellings of one name counts it twice."""
    with desk.store.read() as transaction:
        rows = ledger.read_rows(transaction, "actors")
    names = [row.cells["organisation"] for row in rows]
    several = next(row for row in rows if names.count(row.cells["organisation"]) > 1)
    old = several.cells["organisation"]
    reshaping.rename_actor(desk, an_intent(), several.id, {"organisation": (old, "Nouveau Nom")}, PAGE)
    with desk.store.read() as transaction:
        after = [row.cells["organisation"] for row in ledger.read_rows(transaction, "actors")]
    assert after.count("Nouveau Nom") == names.count(old)
    assert old not in after


def test_two_rows_become_one_and_the_printed_address_still_leads_there(desk: Desk) -> None:
    """Claims and references go along, and undo brings all of it back."""
    acts.add_row(desk, an_intent(), "actors", NEW)
    correct(desk, "address", "1 rue de Paris", row_id="essai-biotech")
    before = {row_id: look_up(desk, row_id) for row_id in (ACTOR, "essai-biotech")}
    made = reshaping.merge_actors(desk, an_intent(), ACTOR, "essai-biotech")
    assert made is not None
    assert look_up(desk, "essai-biotech", "redirects").cells == {"old_id": "essai-biotech", "actor_id": ACTOR, "date": "2026-12-01"}
    with desk.store.read() as transaction:
        assert ledger.read_row(transaction, "actors", "essai-biotech") is None
    reshaping.undo(desk, an_intent(), made.number)
    assert {row_id: replace(look_up(desk, row_id), version=0) for row_id in before} == {
        row_id: replace(row, version=0) for row_id, row in before.items()
    }


def test_an_act_that_was_built_upon_is_not_undone(desk: Desk) -> None:
    """The later one is named: undo it first."""
    first = correct(desk, "founded", "2014", before="")
    assert first is not None
    correct(desk, "founded", "2015")
    with pytest.raises(CollisionError) as caught:
        reshaping.undo(desk, an_intent(), first.number)
    assert caught.value.collisions[0].change_set == first.number + 1


def test_the_beginning_of_the_register_is_not_undone(desk: Desk) -> None:
    """Nor an act that there is not, nor one twice."""
    for number in (1, 999):
        with pytest.raises(DeskError, match="cannot be undone"):
            reshaping.undo(desk, an_intent(), number)
    made = correct(desk, "founded", "2014", before="")
    assert made is not None
    reshaping.undo(desk, an_intent(), made.number)
    with pytest.raises(DeskError, match="undone already"):
        reshaping.undo(desk, an_intent(), made.number)


# --- what no register takes ---------------------------------------------------------------------------------------------


def test_half_a_character_is_told(desk: Desk) -> None:
    """A lone surrogate, in a cell or in its evidence, is no text that a database takes: a sentence, and nothing is stored."""
    with pytest.raises(DeskError, match="half of a character"):
        correct(desk, "address", "1 rue \ud800")
    with pytest.raises(DeskError, match="half of a character"):
        correct(desk, "address", "1 rue", evidence=replace(PAGE, source_title="Page \ud800"))
    assert count_acts(desk) == 1


def test_an_id_that_leads_elsewhere_is_given_to_nobody(desk: Desk) -> None:
    """A printed address that leads to another actor keeps leading there: a row of its id could not be published."""
    with pytest.raises(InvalidRowError, match="an id that no actor has"):
        acts.add_row(desk, an_intent(), "actors", {**NEW, "id": "centre-meary"}, PAGE)
    assert count_acts(desk) == 1


def test_long_names_have_ids_of_their_own(desk: Desk) -> None:
    """Names that begin with the same eighty letters are numbered within eighty."""
    ids = set()
    for ending in "abc":
        name = f"Institut {'tres long nom ' * 8}{ending}"
        made = acts.add_row(desk, an_intent(), "actors", {**NEW, "name": name, "organisation": f"Essai {ending}"}, PAGE)
        assert made is not None
        with desk.store.read() as transaction:
            ids |= {row_id for (row_id,) in transaction.execute("SELECT row_id FROM fact WHERE change_set = ?", (made.number,))}
    assert len(ids) == 3
    assert max(map(len, ids)) <= row_ids.LONGEST_ID


def test_the_description_of_the_tables_is_no_row_that_is_edited(desk: Desk) -> None:
    """Nobody could read the register any more, nor undo that: it comes with a folder that was checked as a whole."""
    row = "datapackage", "datapackage.json"
    text = look_up(desk, row[1], row[0]).cells["text"]
    doings: tuple[Callable[[], object], ...] = (
        lambda: acts.save_row(desk, an_intent(), row, {"text": (text, "{}")}),
        lambda: acts.remove_row(desk, an_intent(), *row),
    )
    for do in doings:
        with pytest.raises(DeskError, match="has no column"):
            do()
    assert count_acts(desk) == 1


def test_each_refusal_is_an_error_of_its_own(desk: Desk) -> None:
    """One that was raised twice would keep what both were doing in memory, for ever."""
    errors = []
    for _ in range(2):
        with pytest.raises(DeniedError) as caught:
            correct(desk, "founded", "2014", before="", who=Member("nobody", "", Role.EDITOR))
        errors.append(caught.value)
    assert errors[0] is not errors[1]


def test_a_laptop_s_editor_is_named_in_the_history_and_can_be_erased(desk: Desk) -> None:
    """By the name in the setting, which no fact holds: two editors of one file are told apart, and each can be forgotten."""
    for name, year in (("Léa Martin", "2013"), ("Ada King", "2014")):
        correct(desk, "founded", year, who=name_laptop_editor(name))
    with desk.store.read() as transaction:
        entries = history.read_history(transaction, "actors", ACTOR)
        facts = transaction.execute("SELECT count(*) FROM change_set WHERE who LIKE '%Martin%'")
    assert [history.tell_author(entry, Locale("fr")) for entry in entries][:2] == ["Ada King", "Léa Martin"]
    assert facts == [(0,)]
    shown = duties.show_person(desk.store, "Léa Martin")
    assert shown["member"] == {"id": name_laptop_editor("Léa Martin").id, "name": "Léa Martin"}
    assert duties.erase_person(desk.store, OPERATOR, "Léa Martin").was_member
    with desk.store.read() as transaction:
        entries = history.read_history(transaction, "actors", ACTOR)
    assert [history.tell_author(entry, Locale("fr")) for entry in entries][:2] == ["Ada King", "L'éditeur de ce poste"]
