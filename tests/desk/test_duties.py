"""What is kept about a person is shown, erased and forgotten in time: in the tables, and in the bytes of the file."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from biocarto.config import ROOT
from biocarto.desk import duties, history
from biocarto.desk.acts import Desk, Intent, save_row
from biocarto.desk.desk_error import DeniedError, DeskError
from biocarto.desk.duties import MEMBER_DAYS, TidiedPeople, erase_person, show_person, tidy_people
from biocarto.desk.editions import find_altered
from biocarto.desk.facts import Evidence
from biocarto.desk.ledger import find_deviations, read_row
from biocarto.desk.members import OPERATOR, Member
from biocarto.desk.people import Person
from biocarto.desk.rights import Role
from biocarto.desk.seed import seed
from biocarto.i18n import Locale
from biocarto.store.database import Store, open_store
from tests.desk.people import ANNE, OTHER, PAUL, VISITOR, ZOE, add_act, add_member, add_proposal, dump, make_store, read_bytes
from tests.support.register import layers

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three members, four proposals, two acts."""
    return make_store(tmp_path)


def write(moment: datetime) -> str:
    """A moment as the store has it."""
    return moment.isoformat(timespec="seconds")


@pytest.mark.parametrize("named", [ZOE, f" {ZOE.upper()} ", "m-zoe"])
def test_a_member_is_shown_everything(store: Store, named: str) -> None:
    """By address in any case or by id: the row, the proposals made and those that name the address, the acts; as JSON."""
    shown = json.loads(json.dumps(show_person(store, named)))
    assert (shown["member"]["mail"], shown["member"]["subject"]) == (ZOE, "subject-of-m-zoe")
    assert [proposal["number"] for proposal in shown["proposals"]] == [2, 3]
    assert [act["number"] for act in shown["acts"]] == [2]
    assert shown["mentions"] == {}


def test_a_proposer_is_shown_their_proposals_and_nobody_else(store: Store) -> None:
    """An address that ends in the same letters is another person's; a number of telephone is a contact as well."""
    assert [proposal["number"] for proposal in show_person(store, VISITOR)["proposals"]] == [1]
    assert [proposal["number"] for proposal in show_person(store, OTHER)["proposals"]] == [2]
    assert [proposal["number"] for proposal in show_person(store, "06 12 34 56 78")["proposals"]] == [4]


@pytest.mark.parametrize("named", ["nobody@example.org", "", "   ", "@", "x" * 100_000, "<b>", "%", "'; DROP TABLE member; --"])
def test_who_is_not_kept_is_told_so(store: Store, named: str) -> None:
    """A sentence in both languages, and nothing changed."""
    before = dump(store, "member"), dump(store, "proposal")
    for act in (lambda: show_person(store, named), lambda: erase_person(store, OPERATOR, named)):
        with pytest.raises(DeskError, match="keeps nothing under") as caught:
            act()
        assert len(caught.value.fr) < 500
    assert (dump(store, "member"), dump(store, "proposal")) == before


def test_a_member_is_erased_and_the_history_keeps_its_numbers(store: Store, tmp_path: Path) -> None:
    """No address, name or subject is left in the file or its log; the acts stand under the id, which reads as a former member."""
    acts, facts = dump(store, "change_set"), dump(store, "fact")
    with store.read():  # as another session would: the log is there
        pass
    erased = erase_person(store, OPERATOR, ZOE)
    assert (erased.was_member, erased.proposals, erased.mentions, erased.is_overwritten) == (True, 2, {}, True)
    left = read_bytes(tmp_path)
    assert [word for word in (ZOE, "Dupont", "subject-of-m-zoe") if word.encode() in left] == []
    assert (dump(store, "change_set"), dump(store, "fact")) == (acts, facts)
    with store.read() as transaction:
        authors = [history.tell_author(entry, Locale("fr")) for entry in history.read_latest(transaction)]
    assert authors == ["Un ancien membre", "Anne Martin"]


def test_who_edits_and_publishes_is_named_by_the_id_alone(tmp_path: Path) -> None:
    """After acts of the desk, no table but that of the members has the address, the name or the subject; nor has an edition's file."""
    store = open_store(str(tmp_path / "register.sqlite"))
    seed(store, ROOT / "data")
    add_member(store, "m-anne", ANNE, "administrator", seen="2026-11-20T08:00:00+00:00")
    anne = Member("m-anne", "Anne Martin", Role.ADMINISTRATOR)
    with store.read() as transaction:
        row = read_row(transaction, "actors", "genethon")
    assert row is not None
    changes = {"activity_fr": (row.cells["activity_fr"], "Vecteurs viraux")}
    evidence = Evidence("https://www.genethon.fr/", "Généthon", "2026")
    assert save_row(Desk(store, layers()), Intent(anne, "Vérifié", "click-1"), ("actors", "genethon"), changes, evidence)
    with store.read() as transaction:
        tables = [row[0] for row in transaction.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    holders = [table for table in tables for word in (ANNE, "Anne Martin", "subject-of") if word in str(dump(store, table))]
    assert holders == ["member"] * 3
    add_member(store, "m-paul", PAUL, "administrator")
    assert erase_person(store, OPERATOR, ANNE).mentions == {}
    assert [word for word in (ANNE, "Anne Martin") if word.encode() in read_bytes(tmp_path)] == []
    with store.read() as transaction:
        assert list(find_deviations(transaction)) == []
        assert find_altered(transaction) == []


def test_a_proposer_is_erased_and_the_proposal_stays(store: Store, tmp_path: Path) -> None:
    """Name, contact and the address in the text go, in whatever case; the words about the register stay; others keep theirs."""
    erased = erase_person(store, OPERATOR, VISITOR)
    assert (erased.was_member, erased.proposals) == (False, 1)
    with store.read() as transaction:
        rows = transaction.execute("SELECT who, contact, message, cells FROM proposal ORDER BY number")
    assert rows[0] == ("", "", "Écrivez-moi à […], merci.", '{"notes": "Écrivez-moi à […], merci."}')
    assert rows[1][1] == OTHER
    left = read_bytes(tmp_path)
    assert left.lower().count(VISITOR.encode()) == left.count(OTHER.encode()) == 1


def test_an_address_in_the_history_is_told_and_not_rewritten(store: Store) -> None:
    """Who typed an address into a reason or a source is told where, and the chain stays what it was."""
    add_act(store, 3, "m-anne", why=f"Signalé par {VISITOR}", title=f"Mail de {VISITOR}")
    facts = dump(store, "fact")
    erased = erase_person(store, OPERATOR, VISITOR)
    assert erased.mentions == {"change_set": ("3",), "fact": ("3",)}
    assert show_person(store, VISITOR)["mentions"] == erased.mentions
    assert dump(store, "fact") == facts


def test_erasing_needs_the_right_to_it(store: Store) -> None:
    """Whatever role a page was made for: it is read from the table again."""
    for who in (Member("m-zoe", "Zoé", Role.ADMINISTRATOR), Member("gone", "", Role.ADMINISTRATOR)):
        with pytest.raises(DeniedError):
            erase_person(store, who, ANNE)
    assert len(dump(store, "member")) == 3


def test_the_last_administrator_stays(store: Store) -> None:
    """Nobody could let anybody in; once another one is named, it works."""
    erase_person(store, Member("m-anne", "Anne", Role.ADMINISTRATOR), PAUL)
    with pytest.raises(DeskError, match="last administrator"):
        erase_person(store, OPERATOR, ANNE)
    add_member(store, "m-new", "new@pole.example", "administrator")
    assert erase_person(store, OPERATOR, ANNE).was_member


def test_another_session_that_reads_is_told_and_the_bytes_go_next_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log cannot be emptied under a reader: what was erased is so for everybody, its bytes go with the next round."""
    monkeypatch.setattr("biocarto.store.sqlite.PATIENCE", 0.1)
    with store.read() as reader:
        reader.execute("SELECT count(*) FROM member")
        assert not erase_person(store, OPERATOR, ZOE).is_overwritten
    assert dump(store, "remark") == [("to_overwrite", "")]
    assert tidy_people(store, datetime(2020, 1, 1, tzinfo=UTC)) == TidiedPeople()
    assert dump(store, "remark") == []
    assert ZOE.encode() not in read_bytes(tmp_path)


def test_contacts_go_after_the_decision(store: Store, tmp_path: Path) -> None:
    """Whatever has left them there, and half a year after a proposal that nobody decided; a member who proposed still follows it."""
    add_proposal(store, 10, "new@open.example", who="Lea", at=write(NOW - 100 * DAY))
    add_proposal(store, 11, "long@decided.example", who="Max", decided=write(NOW - DAY))
    add_proposal(store, 12, "old@open.example", at=write(NOW - 200 * DAY))
    add_proposal(store, 13, ZOE, who="m-zoe", decided="2026-10-05T00:00:00+00:00")
    add_proposal(store, 14, "broken@moment.example", at="soon")
    assert tidy_people(store, NOW) == TidiedPeople(contacts=3, members=1)
    with store.read() as transaction:
        rows = {row[0]: row[1:] for row in transaction.execute("SELECT number, who, contact FROM proposal WHERE number > 9")}
    gone = ("", "")
    assert rows == {
        10: ("Lea", "new@open.example"),
        11: gone,
        12: gone,
        13: ("m-zoe", ""),
        14: ("", "broken@moment.example"),
    }
    left = read_bytes(tmp_path)
    assert [word for word in (b"long@decided", b"old@open", b"Max") if word in left] == []
    assert tidy_people(store, NOW) == TidiedPeople()


def test_members_go_a_year_after_they_signed_in(store: Store, tmp_path: Path) -> None:
    """Or after an invitation that nobody took up; their proposals name them no more."""
    add_member(store, "m-never", "never@pole.example", invited=write(NOW - (MEMBER_DAYS + 1) * DAY))
    add_member(store, "m-soon", "soon@pole.example", invited=write(NOW - (MEMBER_DAYS - 1) * DAY))
    add_proposal(store, 20, PAUL, who="m-paul")
    assert tidy_people(store, NOW).members == 2
    assert [row[0] for row in dump(store, "member")] == ["m-anne", "m-soon", "m-zoe"]
    assert PAUL.encode() not in read_bytes(tmp_path)


def test_the_administrator_who_came_last_is_kept(store: Store) -> None:
    """After years away, one of them is still there, and it is the one who was there last."""
    assert tidy_people(store, NOW + 5000 * DAY).members == 2
    assert [row[0] for row in dump(store, "member")] == ["m-anne"]


def test_nothing_to_erase_writes_nothing(store: Store, tmp_path: Path) -> None:
    """The clock costs a look."""
    tidy_people(store, NOW)
    before = (tmp_path / "register.sqlite").stat().st_mtime_ns, read_bytes(tmp_path)
    assert tidy_people(store, NOW) == TidiedPeople()
    assert ((tmp_path / "register.sqlite").stat().st_mtime_ns, read_bytes(tmp_path)) == before


@pytest.mark.parametrize("seed", range(3))
def test_no_byte_stays_whatever_the_pages_went_through(tmp_path: Path, seed: int) -> None:
    """Rows of every length, grown and moved between pages: no contact of two hundred stays in the file."""
    drawn, store = random.Random(seed), make_store(tmp_path)
    for number in range(100, 300):
        add_proposal(store, number, f"secret{number}@labo.example", message="m" * drawn.choice((5, 300, 3000, 9000)))
        if drawn.random() < 0.3:
            with store.write() as transaction:
                values = "r" * drawn.randint(0, 2500), "2026-01-01T00:00:00+00:00", drawn.randint(100, number)
                transaction.execute("UPDATE proposal SET reason = ?, decided_at = ? WHERE number = ?", values)
    tidy_people(store, NOW + 400 * DAY)
    assert b"@labo.example" not in read_bytes(tmp_path)


def test_a_round_that_fails_halfway_erases_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Members and contacts go together or not at all."""
    add_proposal(store, 30, "a@b.example", decided="2026-01-01T00:00:00+00:00")
    before = dump(store, "member"), dump(store, "proposal")
    monkeypatch.setattr(duties, "_FORGET_CONTACT", "UPDATE nowhere SET x = ?")
    with pytest.raises(Exception, match="nowhere"):
        tidy_people(store, NOW)
    assert (dump(store, "member"), dump(store, "proposal")) == before


@pytest.mark.parametrize(
    ("text", "erased"),
    [
        ("a.b+c@x.fr", "[…]"),
        ("(A.B+C@X.FR)", "([…])"),
        ("a.b+c@x.fr.", "[…]."),
        ("za.b+c@x.fr", "za.b+c@x.fr"),
        ("a.b+c@x.fr.org", "a.b+c@x.fr.org"),
        ("aXb+c@x.fr", "aXb+c@x.fr"),
    ],
)
def test_an_address_is_found_whole(text: str, erased: str) -> None:
    """Its dots and its plus are letters, a longer address is another's, a full stop behind it ends a sentence."""
    assert Person("", "a.b+c@x.fr").erase_from(text) == erased


def test_an_invitation_nobody_took_up_does_not_let_the_last_administrator_go(store: Store) -> None:
    """Erasing asks what removing asks: somebody must be left who can sign in and invite."""
    anne = Member("m-anne", "", Role.ADMINISTRATOR)
    erase_person(store, anne, PAUL)
    add_member(store, "m-new", "new@pole.example", "administrator")
    with pytest.raises(DeskError, match="last administrator"):
        erase_person(store, anne, ANNE)
    assert show_person(store, ANNE)["member"]
