"""Edits that lead from what a folder began as to what it says now, cell by cell; keys decide which row is which."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from biocarto.clock import read_today
from biocarto.desk.description import DESCRIPTION, TEXT, find_key, list_states, make_row_id
from biocarto.desk.facts import PLACE, Edit, Evidence
from biocarto.desk.ledger import Key, State
from biocarto.desk.seed import list_new_row, tell_evidence
from biocarto.register.schema import Resource
from biocarto.register.tables import PACKAGE
from biocarto.register.value_rules import is_date

RowKey = tuple[str, ...]
Cells = dict[str, str]
_NAMES = ("created", "edition")
"""What each edition writes anew into its description."""


def list_description_edits(base: str, wanted: str, current: str) -> list[Edit]:
    """The edit of the description, where it differs in more than the name of the edition from what it was and from what it is."""
    if _drop_names(wanted) in (_drop_names(base), _drop_names(current)):
        return []
    seen = current if _drop_names(current) == _drop_names(base) else base
    return [Edit(DESCRIPTION, PACKAGE, TEXT, seen, wanted)]


def _drop_names(description: str) -> dict[str, object]:
    return {name: value for name, value in json.loads(description).items() if name not in _NAMES}


def list_table_edits(resource: Resource, texts: tuple[str, str], earlier: Mapping[Key, State], current: Mapping[Key, State]) -> list[Edit]:
    """The edits of one table: `texts` are its file as it was and as it is, `earlier` and `current` the register then and now."""
    base, wanted = (_read_rows(resource, text) for text in texts)
    was, now = (_find_ids(resource, states) for states in (earlier, current))
    taken = {row_id for name, row_id in current if name == resource.name}
    place = max((int(state[PLACE]) for (name, _), state in current.items() if name == resource.name), default=0)
    edits: list[Edit] = []
    for key in [*wanted, *(key for key in base if key not in wanted)]:
        before, after = base.get(key, {}), wanted.get(key, {})
        if before == after:
            continue
        row_id = (was.get(key) if before else None) or now.get(key)
        if row_id is None and not before:
            row_id, place = make_row_id(resource, after, taken.__contains__), place + 1
            taken.add(row_id)
            edits += list_new_row(resource.name, row_id, place, after, tell_past_evidence(after, read_today().isoformat()))
        elif row_id is not None:
            edits += _list_row_edits((resource.name, row_id), before, after, current.get((resource.name, row_id), {}))
    return edits


def _list_row_edits(row: Key, before: Cells, after: Cells, current: State) -> Iterator[Edit]:
    """What was seen is what the folder began as: whatever else stands in the register now collides, unless it is the same."""
    evidence = tell_past_evidence(after, read_today().isoformat())
    if not after and current:
        yield Edit(*row, PLACE, current[PLACE], "")
    for name in dict.fromkeys((*after, *before)):
        seen, wanted = before.get(name, ""), after.get(name, "")
        if seen != wanted != current.get(name, ""):
            yield Edit(*row, name, seen, wanted, evidence)


def _read_rows(resource: Resource, text: str) -> dict[RowKey, Cells]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return _key_rows(resource, ({str(name): cell for name, cell in row.items() if cell} for row in rows))


def _key_rows(resource: Resource, rows: Iterable[Cells]) -> dict[RowKey, Cells]:
    """Rows by their key, numbered: a key with an empty cell may stand twice."""
    counts: Counter[RowKey] = Counter()
    keyed = {}
    for cells in rows:
        key = tuple(cells.get(name, "") for name in find_key(resource))
        counts[key] += 1
        keyed[*key, str(counts[key])] = cells
    return keyed


def _find_ids(resource: Resource, states: Mapping[Key, State]) -> dict[RowKey, str]:
    rows = {row.id: row.cells for row in list_states({key: state for key, state in states.items() if PLACE in state}, resource.name)}
    return dict(zip(_key_rows(resource, rows.values()), rows, strict=True))


def tell_past_evidence(cells: Mapping[str, str], today: str) -> Evidence:
    """What a row says that it rests on; years of other tables may be plans, or no years at all, and are no evidence."""
    told = tell_evidence(cells)

    def keep(cell: str) -> str:
        return cell if is_date(cell) and cell <= today[: len(cell)] else ""

    year = keep(told.as_of)
    return Evidence(told.source_url, told.source_title, year if len(year) == 4 else "", keep(told.valid_from), told.confidence)
