"""The one way into the register: an act is recorded as facts and rows at once, or nothing of it is.

Current rows are what the facts say; nothing else writes them. All functions run inside of a transaction of `store`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from biocarto.desk.desk_error import CollisionError
from biocarto.desk.facts import PLACE, ActName, ChangeKind, ChangeSet, Collision, Edit, Evidence, Fact, Header, RegisterRow
from biocarto.store.transaction import Record, Transaction, Value

State = dict[str, str]
"""The cells of a row that are not empty, its place among them; empty where there is no row."""
Key = tuple[str, str]
"""A table and the id of a row."""

_FACT = "number, change_set, resource, row_id, field, before, after, source_url, source_title, as_of, valid_from, confidence"
_CHANGE_SET = "number, at, who, why, kind, act, undoes, request"
_LARGEST = 2**31 - 1
"""What an INTEGER of both kinds of database holds."""
_BY_ROW = 50
"""Rows that are asked for one by one; of more, the whole table is read."""


def record(transaction: Transaction, header: Header, edits: Iterable[Edit], now: datetime | None = None) -> ChangeSet | None:
    """Write what changes as one act; None where nothing does, the earlier act where the request was heard before.

    Raises CollisionError with every cell that is no longer what its editor saw: then nothing is written.
    """
    if known := find_request(transaction, header.request):
        return known
    changes = [edit for edit in edits if edit.before != edit.after]
    if not changes:
        return None
    return write_act(transaction, header, changes, apply_edits(transaction, changes), now)


def write_act(
    transaction: Transaction, header: Header, changes: Sequence[Edit], after: Mapping[Key, State], now: datetime | None = None
) -> ChangeSet:
    """The same of edits that all change something, whose rows `apply_edits` has just made in this transaction."""
    made = _write_change_set(transaction, header, now or datetime.now(UTC))
    _write_facts(transaction, made.number, changes)
    _write_rows(transaction, made.number, after)
    return made


def apply_edits(transaction: Transaction, edits: Sequence[Edit]) -> dict[Key, State]:
    """The rows as the edits would leave them; raises CollisionError with every cell that is no longer what its editor saw."""
    states = read_states(transaction, {(edit.resource, edit.row_id) for edit in edits})
    after = {key: dict(state) for key, state in states.items()}
    late = []
    for edit in edits:
        state = after[edit.resource, edit.row_id]
        if state.get(edit.field, "") != edit.before:
            late.append(edit)
        elif edit.after:
            state[edit.field] = edit.after
        else:
            state.pop(edit.field, None)
    # cells without a row: it was removed, or somebody has filled a cell of a row that is being removed
    orphans = [Edit(*key, field, "", "") for key, state in after.items() if PLACE not in state for field in state]
    if late or orphans:
        raise CollisionError([_tell_collision(transaction, states, edit) for edit in late or orphans])
    return after


def _tell_collision(transaction: Transaction, states: Mapping[Key, State], edit: Edit) -> Collision:
    theirs = states[edit.resource, edit.row_id].get(edit.field, "")
    last = next(
        iter(select_facts(transaction, "WHERE resource = ? AND row_id = ? AND field = ? ORDER BY number DESC LIMIT 1", edit.cell)), None
    )
    act = read_change_set(transaction, last.change_set) if last else None
    return Collision(
        *edit.cell,
        edit.before,
        edit.after,
        theirs,
        act.who if act else "",
        act.at if act else "",
        act.number if act else 0,
        last.evidence if last else Evidence(),
    )


# --- writing ------------------------------------------------------------------------------------------------------------


def _write_change_set(transaction: Transaction, header: Header, now: datetime) -> ChangeSet:
    number = find_last_number(transaction) + 1
    at = now.astimezone(UTC).isoformat(timespec="milliseconds")
    made = ChangeSet(number, at, header.who, header.why, header.kind, header.act, header.undoes, header.request)
    values = (number, at, made.who, made.why, made.kind.value, made.act.value, made.undoes, made.request)
    transaction.execute(f"INSERT INTO change_set ({_CHANGE_SET}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - our own columns
    return made


def _write_facts(transaction: Transaction, change_set: int, edits: Sequence[Edit]) -> None:
    [(last,)] = transaction.execute("SELECT coalesce(max(number), 0) FROM fact")
    rows: Iterator[tuple[Value, ...]] = (
        (place, change_set, *edit.cell, edit.before, edit.after, *_list_evidence(edit.evidence))
        for place, edit in enumerate(edits, start=int(last) + 1)
    )
    transaction.execute_many(f"INSERT INTO fact ({_FACT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own columns


def _list_evidence(evidence: Evidence) -> tuple[str, ...]:
    return evidence.source_url, evidence.source_title, evidence.as_of, evidence.valid_from, evidence.confidence


def _write_rows(transaction: Transaction, version: int, states: Mapping[Key, State]) -> None:
    transaction.execute_many("DELETE FROM register_row WHERE resource = ? AND id = ?", list(states))
    rows = [_list_row(key, version, state) for key, state in states.items() if PLACE in state]
    columns = "resource, id, place, version, latitude, longitude, cells"
    transaction.execute_many(f"INSERT INTO register_row ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own columns


def _list_row(key: Key, version: int, state: State) -> tuple[Value, ...]:
    cells = {field: text for field, text in sorted(state.items()) if field != PLACE}
    point = _read_degrees(cells.get("latitude", "")), _read_degrees(cells.get("longitude", ""))
    return (*key, int(state[PLACE]), version, *point, json.dumps(cells, ensure_ascii=False))


def _read_degrees(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


# --- reading ------------------------------------------------------------------------------------------------------------


def find_last_number(transaction: Transaction) -> int:
    """Number of the newest change set; 0 without any."""
    [(last,)] = transaction.execute("SELECT coalesce(max(number), 0) FROM change_set")
    return int(last)


def find_request(transaction: Transaction, request: str) -> ChangeSet | None:
    """The act that a request has led to."""
    return next(iter(select_change_sets(transaction, "WHERE request = ?", (request,))), None)


def read_change_set(transaction: Transaction, number: int) -> ChangeSet | None:
    """One act; None where there is none of that number, however large."""
    return next(iter(select_change_sets(transaction, "WHERE number = ?", (number,))), None) if number <= _LARGEST else None


def select_change_sets(transaction: Transaction, rest: str, values: Sequence[Value] = ()) -> list[ChangeSet]:
    """Acts; `rest` is the SQL that follows the table, ours and never a user's."""
    rows = transaction.execute(f"SELECT {_CHANGE_SET} FROM change_set {rest}", values)  # noqa: S608 - both are ours; values are bound
    return [
        ChangeSet(n, at, who, why, ChangeKind(kind), ActName(act), undoes, request) for n, at, who, why, kind, act, undoes, request in rows
    ]


def select_facts(transaction: Transaction, rest: str, values: Sequence[Value] = ()) -> list[Fact]:
    """Facts; `rest` is the SQL that follows the table, ours and never a user's."""
    rows = transaction.execute(f"SELECT {_FACT} FROM fact {rest}", values)  # noqa: S608 - both are ours; values are bound
    return [_read_fact(row) for row in rows]


def _read_fact(row: Record) -> Fact:
    number, change_set, resource, row_id, field, before, after, *evidence = row
    return Fact(int(number), int(change_set), resource, row_id, field, before, after, Evidence(*evidence))


def read_rows(transaction: Transaction, resource: str) -> list[RegisterRow]:
    """The rows of a table, in their places."""
    query = "SELECT resource, id, place, version, cells FROM register_row WHERE resource = ? ORDER BY place, id"
    return [_read_row(row) for row in transaction.execute(query, (resource,))]


def read_row(transaction: Transaction, resource: str, row_id: str) -> RegisterRow | None:
    """One row; None where there is none."""
    query = "SELECT resource, id, place, version, cells FROM register_row WHERE resource = ? AND id = ?"
    return next((_read_row(row) for row in transaction.execute(query, (resource, row_id))), None)


def find_next_place(transaction: Transaction, resource: str) -> int:
    """The place after the last row of a table."""
    [(last,)] = transaction.execute("SELECT coalesce(max(place), 0) FROM register_row WHERE resource = ?", (resource,))
    return int(last) + 1


def read_states(transaction: Transaction, keys: Iterable[Key]) -> dict[Key, State]:
    """Each row that is asked for, with its place among its cells; an empty one for a row that is not there."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for resource, row_id in keys:
        wanted[resource].add(row_id)
    found: dict[Key, State] = {(resource, row_id): {} for resource, ids in wanted.items() for row_id in ids}
    for resource, ids in wanted.items():
        rows = read_rows(transaction, resource) if len(ids) > _BY_ROW else filter(None, (read_row(transaction, resource, i) for i in ids))
        found |= {(row.resource, row.id): to_state(row) for row in rows if row.id in ids}
    return found


def to_state(row: RegisterRow) -> State:
    """The cells of a row with its place among them."""
    return {PLACE: str(row.place), **row.cells}


def _read_row(row: Record) -> RegisterRow:
    resource, row_id, place, version, cells = row
    return RegisterRow(resource, row_id, int(place), int(version), json.loads(cells))


def list_reversed(transaction: Transaction, number: int) -> list[Edit]:
    """The edits that put back what an act has changed, the last one first; what is put back rests on what it rested on before."""
    told = "earlier.source_url, earlier.source_title, earlier.as_of, earlier.valid_from, earlier.confidence"
    query = f"""
        SELECT fact.resource, fact.row_id, fact.field, fact.after, fact.before, {told}
        FROM fact LEFT JOIN fact AS earlier ON earlier.number = CASE WHEN fact.before <> '' THEN (
            SELECT max(number) FROM fact AS other
            WHERE (other.resource, other.row_id, other.field) = (fact.resource, fact.row_id, fact.field) AND other.number < fact.number
        ) END
        WHERE fact.change_set = ? ORDER BY fact.number DESC
    """  # noqa: S608 - our own columns
    pages: dict[tuple[str | None, ...], Evidence] = {}  # many cells rest on few pages
    edits = []
    for table, row_id, field, seen, wanted, *told_of in transaction.execute(query, (number,)):
        page = tuple(told_of)
        if page not in pages:
            pages[page] = Evidence(*(text or "" for text in page))
        edits.append(Edit(table, row_id, field, seen, wanted, pages[page]))
    return edits


# --- what was ---------------------------------------------------------------------------------------------------------


def replay(transaction: Transaction, upto: int) -> dict[Key, State]:
    """Every row as the facts up to a change set say, read from nothing."""
    states: dict[Key, State] = {}
    query = "SELECT resource, row_id, field, after FROM fact WHERE change_set <= ? ORDER BY number"
    for resource, row_id, field, after in transaction.execute(query, (upto,)):
        state = states.setdefault((resource, row_id), {})
        if after:
            state[field] = after
        else:
            state.pop(field, None)
    return {key: state for key, state in states.items() if state}


def find_number_at(transaction: Transaction, moment: datetime) -> int:
    """The newest change set that the store knew at a moment (with a time zone); 0 before the first."""
    at = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    [(number,)] = transaction.execute("SELECT coalesce(max(number), 0) FROM change_set WHERE at <= ?", (at,))
    return int(number)


def find_deviations(transaction: Transaction) -> Iterator[Key]:
    """Rows that are not what their facts say: none, unless somebody wrote past the desk."""
    facts = replay(transaction, find_last_number(transaction))
    tables = {resource for (resource,) in transaction.execute("SELECT DISTINCT resource FROM register_row")}
    rows = {(row.resource, row.id): to_state(row) for resource in tables for row in read_rows(transaction, resource)}
    yield from sorted(key for key in facts.keys() | rows.keys() if facts.get(key) != rows.get(key))
