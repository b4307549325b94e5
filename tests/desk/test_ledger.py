"""The memory of the register, asked with acts that nobody would think of: what the facts say is what the rows are."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.desk import ledger
from biocarto.desk.desk_error import CollisionError
from biocarto.desk.facts import PLACE, Edit, Evidence, Header
from biocarto.desk.ledger import Key, State
from biocarto.store.database import Store, open_store

ROWS = [("actors", "a"), ("actors", "b"), ("clusters", "a")]
FIELDS = ["name", "status", "latitude"]
TEXTS = st.sampled_from(["", "x", "y", "48.5", "« l'été » \u202f%"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.sampled_from(ROWS), st.dictionaries(st.sampled_from(FIELDS), TEXTS, min_size=1)),
        st.tuples(st.just("add"), st.sampled_from(ROWS), st.dictionaries(st.sampled_from(FIELDS), TEXTS)),
        st.tuples(st.just("remove"), st.sampled_from(ROWS), st.just({})),
        st.tuples(st.just("undo"), st.integers(0, 12), st.just({})),
    ),
    max_size=12,
)


def a_header(request: str = "") -> Header:
    """An act of somebody."""
    return Header("m1", "parce que", request or uuid.uuid4().hex)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    made = open_store(str(tmp_path / "register.sqlite"))
    made.prepare()
    return made


def read_all(store: Store) -> dict[Key, State]:
    """Every row as it is."""
    with store.read() as transaction:
        rows = [row for resource in ("actors", "clusters") for row in ledger.read_rows(transaction, resource)]
    return {(row.resource, row.id): ledger.to_state(row) for row in rows}


def list_edits(kind: str, row: Key, cells: State, state: State) -> list[Edit]:
    """What an act would change of a row as it is."""
    if kind == "remove":
        return [Edit(*row, field, text, "") for field, text in state.items()]
    wanted = {PLACE: "7", **cells} if kind == "add" else cells
    return [Edit(*row, field, state.get(field, ""), text) for field, text in wanted.items()]


def act(store: Store, kind: str, target: Key | int, cells: State) -> int | None:
    """One act on the store; the number that it was given, None where it changed nothing or was refused."""
    with store.write() as transaction:
        if isinstance(target, int):
            edits = ledger.list_reversed(transaction, target)
        else:
            edits = list_edits(kind, target, cells, ledger.read_states(transaction, [target])[target])
        try:
            made = ledger.record(transaction, a_header(), edits)
        except CollisionError:
            return None
    return made.number if made else None


@given(acts=ACTS)
def test_the_rows_are_what_the_facts_say(acts: list[tuple[str, Key | int, State]], tmp_path_factory: pytest.TempPathFactory) -> None:
    """After every act, of whatever kind, at every moment; and undoing all of them ends where they began."""
    store = open_store(str(tmp_path_factory.mktemp("ledger") / "register.sqlite"))
    store.prepare()
    states, numbers = [read_all(store)], []
    for kind, target, cells in acts:
        number = act(store, kind, target, cells)
        if number is not None:
            numbers.append(number)
            states.append(read_all(store))
    with store.read() as transaction:
        assert list(ledger.find_deviations(transaction)) == []
        assert [ledger.replay(transaction, number) for number in (0, *numbers)] == states
    for number, before, after in reversed(list(zip(numbers, states, states[1:], strict=False))):
        assert read_all(store) == after
        undone = act(store, "undo", number, {})
        assert undone is not None
        assert read_all(store) == before
        again = act(store, "undo", undone, {})
        assert again is not None
        assert read_all(store) == after
        assert act(store, "undo", number, {}) is not None


def test_a_cell_of_a_row_that_is_gone_is_a_collision(store: Store) -> None:
    """Whoever removes a row does not remove what somebody has just written into it, nor does anybody write into nothing."""
    row = ROWS[0]
    act(store, "add", row, {"name": "x"})
    with store.write() as transaction, pytest.raises(CollisionError) as caught:
        ledger.record(transaction, a_header(), [Edit(*row, PLACE, "7", "")])
    assert [told.field for told in caught.value.collisions] == ["name"]
    with store.write() as transaction, pytest.raises(CollisionError):
        ledger.record(transaction, a_header(), [Edit("actors", "nobody", "name", "", "x")])
    assert read_all(store) == {row: {PLACE: "7", "name": "x"}}


def test_a_refused_act_leaves_nothing(store: Store) -> None:
    """Of two cells, one late: neither is written, and no act is counted."""
    row = ROWS[0]
    act(store, "add", row, {"name": "x"})
    with pytest.raises(CollisionError), store.write() as transaction:
        ledger.record(transaction, a_header(), [Edit(*row, "status", "", "y"), Edit(*row, "name", "older", "z")])
    with store.read() as transaction:
        assert ledger.find_last_number(transaction) == 1
        assert len(ledger.select_facts(transaction, "")) == 2
    assert read_all(store) == {row: {PLACE: "7", "name": "x"}}


def test_evidence_and_both_times_are_kept(store: Store) -> None:
    """When it became true, and when we knew it."""
    page = Evidence("https://example.org", "Example", "2024", "2023-05", "high")
    now = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    with store.write() as transaction:
        made = ledger.record(transaction, a_header(), [Edit("actors", "a", PLACE, "", "1", page)], now)
        [fact] = ledger.select_facts(transaction, "")
    assert made is not None
    assert (made.at, fact.evidence) == ("2026-12-01T09:30:00.000+00:00", page)
    with store.read() as transaction:
        assert ledger.find_number_at(transaction, now - timedelta(seconds=1)) == 0
        assert ledger.find_number_at(transaction, now) == 1


def test_the_order_of_acts_is_not_that_of_the_clock(store: Store) -> None:
    """A clock that is set back does not reorder what was done."""
    for day, name in ((5, "x"), (3, "y")):
        with store.write() as transaction:
            seen = ledger.read_states(transaction, [ROWS[0]])[ROWS[0]]
            edits = [Edit(*ROWS[0], PLACE, seen.get(PLACE, ""), "1"), Edit(*ROWS[0], "name", seen.get("name", ""), name)]
            ledger.record(transaction, a_header(), edits, datetime(2026, 12, day, tzinfo=UTC))
    assert read_all(store)[ROWS[0]]["name"] == "y"
    with store.read() as transaction:
        assert list(ledger.find_deviations(transaction)) == []
