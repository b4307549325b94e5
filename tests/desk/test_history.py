"""Acts as sentences: who, what, since when, by which page, in both languages; what only the store needs is told to nobody."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from biocarto.desk import acts, history, reshaping
from biocarto.desk.acts import Desk
from biocarto.desk.facts import ChangeSet
from biocarto.desk.history import HistoryEntry, HistoryQuestion
from biocarto.desk.members import Member
from biocarto.desk.rights import Role
from biocarto.i18n import Locale
from tests.support.small_desk import ECHOS, intend, make_desk

FR, EN = Locale("fr"), Locale("en")
EVERYTHING = HistoryQuestion()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A register of one row in each table."""
    return make_desk(tmp_path)


def close(desk: Desk, who: Member | None = None) -> ChangeSet:
    """Alpha has closed."""
    made = acts.close_actor(desk, intend("page lue", who) if who else intend("page lue"), "alpha", "present", ECHOS)
    assert made is not None
    return made


def read(desk: Desk, asked: HistoryQuestion = EVERYTHING) -> list[HistoryEntry]:
    """The acts that a question finds."""
    with desk.store.read() as transaction:
        return list(history.read_page(transaction, asked).entries)


def plain(text: str) -> str:
    """Without the no-break spaces of French."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def add_member(desk: Desk, member: str, name: str, role: Role) -> Member:
    """Somebody of the team."""
    with desk.store.write() as transaction:
        values = (member, f"{member}@pole.example", name, role.value, "", "", "operator", "2026-11-01T00:00:00+00:00", "")
        transaction.execute("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return Member(member, name, role)


def test_a_closed_actor_is_one_sentence_and_its_reason(desk: Desk) -> None:
    """And one fact: the row of evidence that says the same is folded away."""
    close(desk)
    [entry] = read(desk)
    day = FR.day(entry.act.at[:10])
    assert plain(history.tell_act(entry, FR, UTC)) == f"Le {plain(day)}, l'exploitant du serveur a fermé « Alpha »."
    assert history.tell_act(entry, EN, UTC) == f"On {EN.day(entry.act.at[:10])}, the operator of the server closed “Alpha”."
    [row] = entry.rows
    [french], [english] = history.tell_row(row, FR), history.tell_row(row, EN)
    assert plain(french) == (
        "Statut : « Ancien : fermé ou parti », auparavant « Présent », depuis mars 2025, selon Les Echos – fermeture (2025)."
    )
    assert english == (
        "Status: “Former: closed or moved away”, formerly “Present”, since March 2025, according to Les Echos – fermeture (2025)."
    )


@pytest.mark.parametrize(
    ("name", "role", "told"),
    [("Marie Martin", Role.EDITOR, "Marie Martin"), ("", Role.EDITOR, "un éditeur"), ("", Role.ADMINISTRATOR, "un administrateur")],
)
def test_people_are_told_by_the_name_that_they_chose_or_by_their_role(desk: Desk, name: str, role: Role, told: str) -> None:
    """An address of mail is in no sentence."""
    close(desk, add_member(desk, "m-1", name, role))
    [entry] = read(desk)
    assert f", {told} a fermé" in history.tell_act(entry, FR)
    assert "pole.example" not in history.tell_act(entry, FR)


def test_who_has_gone_is_a_former_member(desk: Desk) -> None:
    """The act stays."""
    close(desk, add_member(desk, "m-1", "Marie", Role.EDITOR))
    with desk.store.write() as transaction:
        transaction.execute("DELETE FROM member WHERE id = ?", ("m-1",))
    [entry] = read(desk)
    assert ", un ancien membre a fermé" in history.tell_act(entry, FR)


def test_an_act_that_was_undone_says_so_until_the_undo_is_undone(desk: Desk) -> None:
    """What an undo says is which act it took back."""
    made = close(desk)
    undone = reshaping.undo(desk, intend("erreur"), made.number)
    assert undone is not None
    newest, oldest = read(desk)
    assert (newest.is_undone, oldest.is_undone) == (False, True)
    assert plain(history.tell_act(newest, FR)).endswith(f"a annulé l'acte n° {made.number}.")
    reshaping.undo(desk, intend("si"), undone.number)
    assert [entry.is_undone for entry in read(desk)] == [False, True, False]


def test_rows_that_come_and_go_are_told_as_such(desk: Desk) -> None:
    """What a new row says, and of one that has gone only that it has."""
    cells = {"id": "lyon", "name": "Lyon", "commune_code": "91228", "latitude": "48.62362", "longitude": "2.43933", "stated": "48, 2"}
    source = {"source_url": "https://example.org/page", "source_title": "Example (2024)"}
    acts.add_row(desk, intend("nouveau"), "sites", cells | source)
    acts.remove_row(desk, intend("doublon"), "sites", "lyon")
    removed, added = read(desk)
    assert history.tell_row(added.rows[0], FR)[0] == "Ligne ajoutée."
    assert plain(history.tell_row(added.rows[0], FR)[2]) == "Nom : « Lyon »."
    assert [plain(told) for told in history.tell_row(removed.rows[0], FR)] == ["Ligne retirée ; l'historique garde ce qu'elle disait."]
    assert plain(history.tell_act(removed, FR)).endswith("a retiré « Lyon ».")


def test_acts_are_asked_for_by_table_row_and_person(desk: Desk) -> None:
    """Pages are bounded; a number beyond the last is the last."""
    member = add_member(desk, "m-1", "Marie", Role.EDITOR)
    close(desk, member)
    acts.save_row(desk, intend("nom"), ("sites", "genopole"), {"name": ("Genopole Évry", "Genopole")})
    assert [entry.subject for entry in read(desk)] == ["Genopole", "Alpha"]
    assert [entry.subject for entry in read(desk, HistoryQuestion("actors"))] == ["Alpha"]
    assert [entry.subject for entry in read(desk, HistoryQuestion("sites", "genopole"))][:1] == ["Genopole"]
    assert [entry.subject for entry in read(desk, HistoryQuestion(who="m-1"))] == ["Alpha"]
    with desk.store.read() as transaction:
        page = history.read_page(transaction, HistoryQuestion(number=9), per_page=1)
        assert (page.number, page.last, page.count) == (2, 2, 2)
        assert [entry.act.who for entry in history.list_authors(transaction)] == ["operator", "m-1"]


def test_the_files_have_every_cell_and_no_place(desk: Desk) -> None:
    """As they are stored, evidence included; people as pages tell them."""
    close(desk)
    with desk.store.read() as transaction:
        found = history.list_records(transaction, HistoryQuestion(), FR)
    status = next(record for record in found if (record["table"], record["field"]) == ("actors", "status"))
    assert (status["before"], status["after"], status["source_url"], status["author"]) == (
        *("present", "former", ECHOS.source_url),
        "L'exploitant du serveur",
    )
    assert {record["table"] for record in found} == {"actors", "evidence"}
    assert [record for record in found if record["field"] == "#"] == []


def test_the_history_of_a_row_tells_that_row_of_an_act_on_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register's beginning has more facts than a page reads: those of the row are told, wherever they stand in it."""
    with desk.store.read() as transaction:
        [(resource, row_id)] = transaction.execute("SELECT resource, row_id FROM fact ORDER BY number DESC LIMIT 1")
    for most in (3, history.MOST_FACTS):
        monkeypatch.setattr(history, "MOST_FACTS", most)
        with desk.store.read() as transaction:
            [entry] = history.read_history(transaction, resource, row_id)
        [page] = read(desk, HistoryQuestion(resource, row_id))
        assert page == entry
        assert (entry.rows[0].resource, entry.rows[0].row_id) == (resource, row_id)
        assert entry.rows[0].facts


def test_the_description_is_never_a_name(desk: Desk) -> None:
    """The first act brings the description of the tables, thousands of characters: its row is called like its file."""
    with desk.store.read() as transaction:
        entries = history.read_page(transaction, HistoryQuestion("datapackage", "datapackage.json")).entries
    assert {row.name for entry in entries for row in entry.rows if row.resource == "datapackage"} == {"datapackage.json"}


def test_what_is_put_back_is_not_said_by_the_page_of_the_mistake(desk: Desk) -> None:
    """It rests on what it rested on before; and undoing that brings the page back."""
    made = close(desk)
    undone = reshaping.undo(desk, intend("une erreur"), made.number)
    assert undone is not None
    [entry] = [entry for entry in read(desk) if entry.act.number == undone.number]
    [fact] = [fact for fact in entry.facts if (fact.resource, fact.field) == ("actors", "status")]
    assert (fact.after, fact.evidence.source_url) == ("present", "https://example.org/page")
    assert ECHOS.source_title not in " ".join(sentence for row in entry.rows for sentence in history.tell_row(row, FR))
    again = reshaping.undo(desk, intend("finalement juste"), undone.number)
    assert again is not None
    [entry] = [entry for entry in read(desk) if entry.act.number == again.number]
    assert [fact.evidence for fact in entry.facts if (fact.resource, fact.field) == ("actors", "status")] == [ECHOS]
