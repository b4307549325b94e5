"""What the register promises on every database: each function is asked of a desk of its own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace

from biocarto.desk import acts, editions, ledger, publishing, reshaping
from biocarto.desk.acts import Desk
from biocarto.desk.desk_error import CollisionError, DeskError
from biocarto.desk.facts import ActName, ChangeKind, Edit, Header
from biocarto.store.database import Store
from tests.support.desk import ACTOR, PAGE, an_intent, correct, look_up

EDITORS, ROWS = 8, 20


def assert_whole(store: Store) -> None:
    """The rows are what the facts say, and every edition is rebuilt from them to its hash."""
    with store.read() as transaction:
        assert list(ledger.find_deviations(transaction)) == []
        assert editions.find_altered(transaction) == []


def keeps_no_trace_of_a_save_without_a_change(desk: Desk) -> None:
    """Neither a change set nor a fact."""
    before = look_up(desk)
    assert correct(desk, "website", before.cells.get("website", "")) is None
    with desk.store.read() as transaction:
        assert ledger.find_last_number(transaction) == 1
    assert look_up(desk) == before


def refuses_a_late_save_with_both_values(desk: Desk) -> None:
    """And nothing of it is written, not even the cells that nobody else has touched."""
    assert correct(desk, "activity_fr", "Nanoscopie de cellules vivantes", why="d'après la page")
    first = look_up(desk)
    changes = {"activity_fr": ("an older text", "Microscopie"), "postcode": (first.cells["postcode"], "91401")}
    try:
        acts.save_row(desk, an_intent(), ("actors", ACTOR), changes, PAGE)
    except CollisionError as error:
        [told] = error.collisions
    assert (told.field, told.base, told.yours, told.theirs) == (
        "activity_fr",
        "an older text",
        "Microscopie",
        "Nanoscopie de cellules vivantes",
    )
    assert (told.who, told.change_set, told.evidence.source_title) == ("operator", 2, PAGE.source_title)
    assert look_up(desk) == first


def merges_cells_that_do_not_collide(desk: Desk) -> None:
    """Two forms of one row that were opened at the same moment."""
    assert correct(desk, "activity_en", "Nanoscopy of living cells")
    assert correct(desk, "founded", "2014", before="")
    assert {name: look_up(desk).cells[name] for name in ("activity_en", "founded")} == {
        "activity_en": "Nanoscopy of living cells",
        "founded": "2014",
    }


def does_the_same_click_once(desk: Desk) -> None:
    """A request that is sent twice is one act."""
    first = correct(desk, "founded", "2014", before="", request="click")
    assert correct(desk, "founded", "2015", before="2014", request="click") == first
    assert look_up(desk).cells["founded"] == "2014"


def puts_back_what_an_act_has_changed(desk: Desk) -> None:
    """To the byte, as an act of its own; and undoing that brings the act back."""
    before = look_up(desk)
    seen = before.cells["status"]
    closed = acts.close_actor(desk, an_intent(), ACTOR, seen, PAGE)
    assert closed is not None
    after = look_up(desk)
    assert after.cells["status"] == "former"
    undone = reshaping.undo(desk, an_intent("une erreur"), closed.number)
    assert undone is not None
    assert (undone.kind, undone.undoes, undone.act) == (ChangeKind.UNDO, closed.number, ActName.UNDO)
    assert (look_up(desk).cells, look_up(desk).place) == (before.cells, before.place)
    again = reshaping.undo(desk, an_intent("finalement juste"), undone.number)
    assert again is not None
    assert look_up(desk).cells == after.cells
    assert_whole(desk.store)


def publishes_an_edition_that_the_facts_rebuild(desk: Desk) -> None:
    """And one that is undone and published again has the tables of the first; its log tells both ways."""
    with desk.store.read() as transaction:
        [first] = editions.list_editions(transaction)
        files = editions.read_files(transaction, first.name)
    change = correct(desk, "founded", "2014", before="")
    assert change is not None
    second = publishing.publish(desk, an_intent("une date"))
    reshaping.undo(desk, an_intent("une erreur"), change.number)
    third = publishing.publish(desk, an_intent("sans la date"))
    with desk.store.read() as transaction:
        assert [edition.name for edition in editions.list_editions(transaction)] == [third.name, second.name, first.name]
        again = editions.read_files(transaction, third.name)
    told = again["changes.csv"].splitlines()[1:]
    assert [line.split(",")[0] for line in told] == [second.name, third.name]
    assert {name: again[name] for name in files if name != "datapackage.json"} == {
        name: text for name, text in files.items() if name != "datapackage.json"
    }
    assert_whole(desk.store)


def publishes_once_for_two_servers(desk: Desk) -> None:
    """At the same moment, each by its own connections: one edition, and a sentence for the other."""
    assert correct(desk, "founded", "2014", before="")
    barrier, told = threading.Barrier(2), list[str]()

    def publish(notes: str) -> None:
        barrier.wait()
        try:
            publishing.publish(desk, an_intent(notes))
        except DeskError as error:
            told.append(error.message("fr"))

    threads = [threading.Thread(target=publish, args=(notes,)) for notes in ("un serveur", "un autre")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.store.read() as transaction:
        assert len(editions.list_editions(transaction)) == 2
    assert [text[:19] for text in told] == ["Rien n'a changé dep"]
    assert_whole(desk.store)


def says_of_each_value_what_it_rests_on(desk: Desk) -> None:
    """What an undo puts back has the page that it had, never that of the mistake; undoing the undo brings that page back."""
    pages = [replace(PAGE, source_url=f"https://example.org/{name}") for name in ("first", "mistake")]
    correct(desk, "website", "https://first.example", evidence=pages[0])
    wrong = correct(desk, "website", "https://mistake.example", evidence=pages[1])
    assert wrong is not None
    undone = reshaping.undo(desk, an_intent("une erreur"), wrong.number)
    assert undone is not None
    reshaping.undo(desk, an_intent("finalement juste"), undone.number)
    with desk.store.read() as transaction:
        facts = ledger.select_facts(transaction, "WHERE row_id = ? AND field = 'website' AND change_set > 1 ORDER BY number", (ACTOR,))
    assert [fact.evidence for fact in facts] == [pages[0], pages[1], pages[0], pages[1]]


def tells_what_was_known_at_a_moment(desk: Desk) -> None:
    """The facts up to then, whatever came later."""
    first = correct(desk, "founded", "2014", before="")
    assert first is not None
    correct(desk, "founded", "2015", before="2014")
    with desk.store.read() as transaction:
        states = [ledger.replay(transaction, number)["actors", ACTOR] for number in (1, 2, 3)]
    assert [state.get("founded") for state in states] == [None, "2014", "2015"]


def loses_nothing_of_many_editors(store: Store, seconds: float) -> int:
    """Editors who change the same rows at once: every save that was acknowledged is in the history; returns how many."""
    acknowledged: list[tuple[str, str, str]] = []
    failures: list[BaseException] = []
    with store.write() as transaction:
        made = [Edit("actors", f"row-{number}", field, "", value) for number in range(ROWS) for field, value in (("#", f"{900 + number}"),)]
        ledger.record(transaction, Header("operator", "rows", uuid.uuid4().hex), made)
    threads = [threading.Thread(target=_edit, args=(store, seconds, number, acknowledged, failures)) for number in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.read() as transaction:
        told = {(fact.row_id, fact.field, fact.after) for fact in ledger.select_facts(transaction, "WHERE resource = 'actors'")}
        last = {(row.id, "name"): row.cells.get("name", "") for row in ledger.read_rows(transaction, "actors") if row.id.startswith("row-")}
    assert [save for save in acknowledged if save not in told] == []
    # each text says what it was written upon: a save that another one had swallowed would break the chain
    counts = {row: sum(save[0] == row for save in acknowledged) for row, _ in last}
    assert {row: len(text.split()) for (row, _), text in last.items()} == counts
    return len(acknowledged)


def _edit(store: Store, seconds: float, editor: int, acknowledged: list[tuple[str, str, str]], failures: list[BaseException]) -> None:
    chance, until = random.Random(editor), time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            row = f"row-{chance.randrange(ROWS)}"
            with store.read() as transaction:
                seen = ledger.read_states(transaction, [("actors", row)])["actors", row].get("name", "")
            wanted = f"{seen} {editor}".strip()
            try:
                with store.write() as transaction:
                    header = Header("operator", "a word more", uuid.uuid4().hex)
                    ledger.record(transaction, header, [Edit("actors", row, "name", seen, wanted)])
            except CollisionError:
                continue  # told, and nothing of it is written
            acknowledged.append((row, "name", wanted))
    except BaseException as error:  # noqa: BLE001 - a thread has nobody else to tell
        failures.append(error)


PROMISES: tuple[Callable[[Desk], None], ...] = (
    keeps_no_trace_of_a_save_without_a_change,
    refuses_a_late_save_with_both_values,
    merges_cells_that_do_not_collide,
    does_the_same_click_once,
    puts_back_what_an_act_has_changed,
    publishes_an_edition_that_the_facts_rebuild,
    publishes_once_for_two_servers,
    says_of_each_value_what_it_rests_on,
    tells_what_was_known_at_a_moment,
)
