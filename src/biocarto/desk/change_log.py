"""The log of an edition: what each edition changes for readers, made of facts alone, so that it is the same whenever it is made again.

Editions are compared with each other: what was undone before it was published leaves no line. Who did it is in no line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from biocarto.desk.claims import CLAIMS
from biocarto.desk.description import Package, find_key
from biocarto.desk.differences import name_row
from biocarto.desk.facts import NO_EVIDENCE, PLACE, Evidence, Fact
from biocarto.desk.ledger import Key, State, select_change_sets, select_facts
from biocarto.model import RowChange, Status
from biocarto.register.changes import KEY_JOINT, Change
from biocarto.register.schema import Resource
from biocarto.store.transaction import Transaction

EARLIER = "changes"
"""The table whose only row is the log that the register began with."""
_EVIDENCE_COLUMNS = frozenset({"valid_from", "as_of", "source_url", "source_title"})
"""Of a row that is evidence itself: its lines have them, so that no line is about them."""


@dataclass(frozen=True)
class _Log:
    """What every line is written from: the tables, and the day when the store learned of each act."""

    package: Package
    days: Mapping[int, str]


_Cell = tuple[str, str, str]
"""A column, before and after; nothing where a line is about a row."""


def list_changes(transaction: Transaction, package: Package, states: Mapping[Key, State], name: str, upto: int) -> list[Change]:
    """What the editions up to the one of this name tell differently, each from the one before; `states` is the register at `upto`."""
    bounds = transaction.execute("SELECT name, upto FROM edition WHERE upto < ? ORDER BY number", (upto,))
    if not bounds:
        return []
    start = int(bounds[0][1])
    facts = select_facts(transaction, "WHERE change_set > ? AND change_set <= ? ORDER BY number", (start, upto))
    acts = select_change_sets(transaction, "WHERE number > ? AND number <= ?", (start, upto))
    before = _take_back(states, facts)
    log = _Log(package, {act.number: act.at[:10] for act in acts})
    found: list[Change] = []
    for edition, last in [*((str(named), int(number)) for named, number in bounds[1:]), (name, upto)]:
        own = [fact for fact in facts if start < fact.change_set <= last]
        after = _go_on(before, own)
        found += _compare(log, edition, before, after, own)
        before, start = after, last
    return found


def _take_back(states: Mapping[Key, State], facts: Sequence[Fact]) -> dict[Key, State]:
    """The rows that facts are about, as they were before them."""
    rows = {key: dict(states.get(key, {})) for key in _list_keys(facts)}
    for fact in reversed(facts):
        _set(rows[fact.resource, fact.row_id], fact.field, fact.before)
    return rows


def _go_on(rows: Mapping[Key, State], facts: Sequence[Fact]) -> dict[Key, State]:
    after = {**rows, **{key: dict(rows[key]) for key in _list_keys(facts)}}
    for fact in facts:
        _set(after[fact.resource, fact.row_id], fact.field, fact.after)
    return after


def _list_keys(facts: Iterable[Fact]) -> dict[Key, None]:
    """Rows in the order in which they were touched first."""
    return dict.fromkeys((fact.resource, fact.row_id) for fact in facts)


def _set(state: State, field: str, cell: str) -> None:
    if cell:
        state[field] = cell
    else:
        state.pop(field, None)


def _list_last(facts: Iterable[Fact]) -> dict[Key, dict[str, Fact]]:
    """The last fact about each cell."""
    last: dict[Key, dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        last[fact.resource, fact.row_id][fact.field] = fact
    return last


def _compare(log: _Log, edition: str, before: Mapping[Key, State], after: Mapping[Key, State], own: Sequence[Fact]) -> Iterator[Change]:
    """The lines of one edition, in the order of the acts."""
    last = _list_last(own)
    told = {
        (key[1], field): after[key].get(field, "")
        for key, facts in last.items()
        if key[0] == "actors"
        for field in facts
        if before[key].get(field, "") != after[key].get(field, "")
    }
    for key, facts in last.items():
        if key[0] not in log.package or (key[0] == CLAIMS and _repeats(before[key], after[key], told)):
            continue
        for fact, change, cell in _list_lines(log.package[key[0]], before[key], after[key], facts):
            page = after[key] if _comes_with_page(facts, fact) else {}
            row = after[key] if PLACE in after[key] else before[key]
            yield _write_line(log, fact, (edition, change, cell), row, page)


def _repeats(before: State, after: State, told: Mapping[tuple[str, str], str]) -> bool:
    """Whether a row of evidence says what a line about its actor says already, or has gone with what it proved."""
    row = after if PLACE in after else before
    actor, field = row.get("actor_id", ""), row.get("field", "")
    if PLACE in after:
        return told.get((actor, field)) == row.get("value", "")
    return (actor, field) in told or (actor, PLACE) in told


def _list_lines(resource: Resource, before: State, after: State, facts: Mapping[str, Fact]) -> Iterator[tuple[Fact, RowChange, _Cell]]:
    """The fact, the kind and the cell (its column, before, after) of each line about a row; none where all is as it was."""
    was, is_there = PLACE in before, PLACE in after
    if was != is_there:
        yield facts[PLACE], RowChange.ADDED if is_there else RowChange.REMOVED, ("", "", "")
    if not (was and is_there):
        return
    changed = [field for field in resource.fields if field in facts and before.get(field, "") != after.get(field, "")]
    if resource.name == CLAIMS:
        changed = [field for field in changed if field not in _EVIDENCE_COLUMNS] or changed[:1]
    closed = "status" in changed and after.get("status") == Status.FORMER
    for field in changed:
        yield facts[field], RowChange.CLOSED if closed else RowChange.CHANGED, (field, before.get(field, ""), after.get(field, ""))


def _comes_with_page(facts: Mapping[str, Fact], fact: Fact) -> bool:
    """Whether the act that wrote a cell has written the page of its row too: only then is it the page of the cell."""
    return any(facts[name].change_set == fact.change_set for name in _EVIDENCE_COLUMNS & facts.keys())


def _write_line(log: _Log, fact: Fact, told: tuple[str, RowChange, _Cell], row: State, page: State) -> Change:
    """A line about `row`; `page` tells what it rests on where its fact does not."""
    edition, change, cell = told
    resource = log.package[fact.resource]
    cells = {column: row[column] for column in resource.fields if column in row}
    source = fact.evidence if fact.after else NO_EVIDENCE
    if change is RowChange.ADDED or resource.name == CLAIMS:
        source = _read_page(row)
    elif fact.after and not source.source_url:
        source = _read_page(page)
    row_id = KEY_JOINT.join(cells.get(column, "") for column in find_key(resource))
    return Change(
        *(edition, log.days[fact.change_set], resource.name, row_id, name_row(cells), change.value, *cell),
        *(source.valid_from, source.as_of, source.source_url, source.source_title),
    )


def _read_page(cells: State) -> Evidence:
    return Evidence(**{name: cells.get(name, "") for name in _EVIDENCE_COLUMNS})
