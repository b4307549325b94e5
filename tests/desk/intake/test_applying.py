"""What was explained becomes one act with its evidence, or nothing; an undo takes it all back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from biocarto.desk import acts
from biocarto.desk.acts import Desk
from biocarto.desk.desk_error import CollisionError, DeniedError, DeskError
from biocarto.desk.facts import NO_EVIDENCE, ActName, ChangeKind, ChangeSet
from biocarto.desk.intake.applying import apply_import
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.memory import compute_shape, recall
from biocarto.desk.intake.staging import Choices, MatchReason
from biocarto.desk.ledger import find_deviations, find_last_number, read_rows, replay, select_facts
from biocarto.desk.members import Member
from biocarto.desk.reshaping import undo
from biocarto.desk.rights import Role
from biocarto.store.transaction import Transaction
from tests.support.contacts import a_contact, count_outcome, explain_lines, import_lines, write_contacts
from tests.support.desk import PAGE, an_intent, copy_store, correct, look_up, open_desk

KNOWN = "genethon"
CLOSED = {"Société": "Genethon", "Ville": "Evry", "Statut": "fermé"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A register of the test's own."""
    return open_desk(copy_store(tmp_path))


def last_number(desk: Desk) -> int:
    """The act that the register ends with."""
    with desk.store.read() as transaction:
        return find_last_number(transaction)


def test_an_import_is_one_act_with_its_file(desk: Desk) -> None:
    """New rows, changed cells and their rows of evidence; every fact rests on the page, the reason names file and hash."""
    explanation = explain_lines(desk, a_contact(), CLOSED)
    made = apply_import(desk, an_intent("les contacts du pôle"), explanation)
    assert made is not None
    assert (made.kind, made.act, made.number) == (ChangeKind.IMPORT, ActName.IMPORT, 2)
    assert made.why == f"les contacts du pôle (contacts.csv {explanation.sha256[:12]})"
    assert look_up(desk, "nouvelle-biotech-inventee").cells == dict(explanation.new[0].values)
    assert look_up(desk, KNOWN).cells["status"] == "former"
    with desk.store.read() as transaction:
        facts = select_facts(transaction, "WHERE change_set = ? AND field <> '#'", (made.number,))
        claims = [
            row.cells for row in read_rows(transaction, "evidence") if row.cells["actor_id"] == KNOWN and row.cells["field"] == "status"
        ]
        assert not list(find_deviations(transaction))
    assert {fact.evidence.source_url for fact in facts} == {PAGE.source_url}
    assert [(claim["value"], claim["source_url"]) for claim in claims if claim["as_of"] == "2026"] == [("former", PAGE.source_url)]


def test_an_undo_takes_all_of_it_back(desk: Desk) -> None:
    """Rows, cells and evidence are what they were."""
    with desk.store.read() as transaction:
        before = replay(transaction, 1)
    import_lines(desk, a_contact(), CLOSED)
    undo(desk, an_intent("par erreur"), 2)
    with desk.store.read() as transaction:
        assert replay(transaction, 3) == before


def test_what_is_refused_or_doubtful_stays_outside(desk: Desk) -> None:
    """The rest is applied all the same."""
    explanation = import_lines(
        desk, a_contact(), a_contact(**{"Société": "Genethonn"}), a_contact(**{"Société": "X Inventé", "Ville": "Lutetia"})
    )
    assert count_outcome(explanation) == {"new": 1, "refused": 1, "doubtful": 1}
    with desk.store.read() as transaction:
        names = {row.cells["name"] for row in read_rows(transaction, "actors")}
    assert "Nouvelle Biotech Inventée" in names
    assert not names & {"Genethonn", "X Inventé"}


def test_lines_without_a_page_are_not_applied(desk: Desk) -> None:
    """Nothing is, and the sentence says what is missing."""
    with pytest.raises(DeskError, match="page"):
        apply_import(desk, an_intent(), explain_lines(desk, a_contact(), page=NO_EVIDENCE))
    assert last_number(desk) == 1


def test_nothing_new_is_no_act(desk: Desk) -> None:
    """A file of which the register knows all leaves no trace."""
    assert apply_import(desk, an_intent(), explain_lines(desk, {"Société": "Genethon", "Ville": "Evry"})) is None
    assert last_number(desk) == 1


def test_the_same_click_twice_is_one_act(desk: Desk) -> None:
    """The second one is told what the first has done."""
    explanation, intent = explain_lines(desk, a_contact()), an_intent()
    assert apply_import(desk, intent, explanation) == apply_import(desk, intent, explanation)
    assert last_number(desk) == 2


def test_a_cell_that_somebody_changed_meanwhile_collides(desk: Desk) -> None:
    """Nothing of the import is written; both values are told."""
    explanation = explain_lines(desk, a_contact(), {"Société": "Genethon", "Ville": "Evry", "Année de création": "1991"})
    correct(desk, "founded", "1985", row_id=KNOWN)
    with pytest.raises(CollisionError) as raised:
        apply_import(desk, an_intent(), explanation)
    assert [(cell.yours, cell.theirs) for cell in raised.value.collisions] == [("1991", "1985")]
    assert last_number(desk) == 2


def test_another_change_meanwhile_matters_where_the_outcome_differs(desk: Desk) -> None:
    """A change elsewhere is none of its concern; the same actor added by hand is."""
    explanation = explain_lines(desk, a_contact())
    correct(desk, "founded", "1985", row_id=KNOWN)
    other = explain_lines(desk, a_contact(**{"Société": "Tout Autre Inventée"}))
    assert apply_import(desk, an_intent(), explanation) is not None
    acts.add_row(desk, an_intent(), "actors", dict(other.new[0].values) | {"founded": "2020"}, PAGE)
    with pytest.raises(DeskError, match="preview"):
        apply_import(desk, an_intent(), other)


def test_a_failure_at_the_end_leaves_nothing(desk: Desk) -> None:
    """One transaction: what comes after the act is part of it."""

    def fail(_: Transaction, __: ChangeSet) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        apply_import(desk, replace(an_intent(), then=fail), explain_lines(desk, a_contact()))
    assert last_number(desk) == 1


def test_an_import_asks_for_its_right(desk: Desk) -> None:
    """A contributor explains and applies nothing."""
    somebody = Member("somebody", "", Role.CONTRIBUTOR)
    with pytest.raises(DeniedError):
        apply_import(desk, an_intent(who=somebody), explain_lines(desk, a_contact()))


def test_columns_that_were_chosen_are_remembered(desk: Desk) -> None:
    """The next file of the same form is read the same way."""
    line = {"Colonne inconnue": "2004", **a_contact()}
    explanation = import_lines(desk, line, fields={0: "founded"})
    with desk.store.read() as transaction:
        remembered = recall(transaction, compute_shape(explanation.staged))
    assert remembered is not None
    assert remembered.fields[0] == "founded"
    again = explain(desk, "suite.csv", write_contacts({**line, "Société": "Une Autre Inventée"}), Choices(page=PAGE))
    assert again.columns[0].reason == MatchReason.REMEMBERED
    assert again.new[0].values["founded"] == "2004"


def test_a_siret_alone_gives_its_siren(desk: Desk) -> None:
    """A sheet of contacts has one number; the register has both, and knows the row by it the next time."""
    line = a_contact(SIRET="73282932000074")
    explanation = import_lines(desk, line)
    assert explanation.new[0].values["siren"] == "732829320"
    renamed = explain_lines(desk, {"Société": "Autre Nom Inventé", "SIRET": "73282932000074"})
    assert [(cell.field, cell.after) for cell in renamed.changed] == [("name", "Autre Nom Inventé")]
