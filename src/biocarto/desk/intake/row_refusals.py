"""Which lines the register's own rules would refuse, before anything is written: the same rules that an act is held against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from biocarto.desk.claims import CLAIMS, list_claim_edits, list_claimable
from biocarto.desk.description import make_frame
from biocarto.desk.differences import name_row
from biocarto.desk.facts import PLACE, Edit, Evidence, RegisterRow
from biocarto.desk.intake.known_register import KnownRegister
from biocarto.desk.intake.planning import PAGE, Plan
from biocarto.desk.intake.refusals import Refuser
from biocarto.desk.intake.staging import RefusedCell
from biocarto.desk.points import ACTORS
from biocarto.errors import Issue
from biocarto.register import row_check

_MOST_ROUNDS = 12
"""Times that lines are left out and the rest is asked again: what stands on a refused line is refused after it."""
_UNTOLD = ("chapter", "…", "")
"""A page for a line that has none yet, so that its other cells are checked all the same; the year is that of today."""
_FOLLOWS = {"id": "name", "organisation": "name", "commune_code": "commune", "category": "kind"}
"""Column -> the one whose absence is told instead of what follows from it."""
_LINE = re.compile(r"(?:\b([a-z_]+\.csv), )?\b(ligne|line) (\d+)")


@dataclass(frozen=True)
class _Beside:
    """The tables as a plan leaves them, the rows in question last, and what line of the file a row stands for."""

    frames: dict[str, pd.DataFrame]
    lines: dict[str, set[int]]
    told: dict[tuple[str, int], int]
    """Path of a table and line in it -> line of the file."""
    claims: str
    names: Callable[[int], str]


def refuse_rows(known: KnownRegister, plan: Plan, refuser: Refuser) -> list[RefusedCell]:
    """What the rules refuse; the lines are taken out of the plan."""
    refused: list[RefusedCell] = []
    if plan.fresh.empty and not plan.changes:
        return refused
    package, territory = known.package, known.territory
    stages: tuple[Callable[[_Beside], list[Issue]], ...] = (
        lambda beside: row_check.find_own_issues(package, beside.frames, beside.lines),
        lambda beside: row_check.find_issues_beside(package, beside.frames, beside.lines),
        lambda beside: row_check.find_place_issues(package, beside.frames, beside.lines, territory),
    )
    beside = _lay_out(known, plan)
    for find in stages:
        for _ in range(_MOST_ROUNDS):
            found = list(_tell(beside, plan, find(beside), refuser))
            refused += found
            if not found:
                break
            plan.drop({cell.line for cell in found})
            beside = _lay_out(known, plan)
    return refused


def _tell(beside: _Beside, plan: Plan, issues: Iterable[Issue], refuser: Refuser) -> Iterator[RefusedCell]:
    everything = [*map(int, plan.fresh.index), *plan.changes]
    told: set[tuple[int, str]] = set()
    found = list(issues)
    missing = {(issue.table, issue.line, issue.column) for issue in found if not issue.found}
    for issue in found:
        line = beside.told.get((issue.table, issue.line))
        if (issue.table, issue.line, _FOLLOWS.get(issue.column, "")) in missing:
            continue
        expected = _tell_lines(issue.expected_fr, beside, plan), _tell_lines(issue.expected_en, beside, plan)
        column = _find_claimed(beside, plan, issue)
        for each in everything if line is None else [line]:
            if (each, column) not in told:  # one correction of a cell at a time
                told.add((each, column))
                yield refuser.refuse(each, column, issue.found, expected)


def _find_claimed(beside: _Beside, plan: Plan, issue: Issue) -> str:
    """The column of the table that an issue is about; of a row of evidence the one that it is evidence of."""
    if issue.table == plan.resource.path:
        return issue.column
    frame = beside.frames[CLAIMS]
    field = str(frame.at[issue.line, "field"]) if issue.table == beside.claims and issue.line in frame.index else ""
    return field or plan.resource.keys[0][0]


def _tell_lines(text: str, beside: _Beside, plan: Plan) -> str:
    """Lines of our tables, which a file does not have, as its own lines or as the names of rows."""

    def tell(match: re.Match[str]) -> str:
        path, word, line = match[1] or plan.resource.path, match[2], int(match[3])
        if path != plan.resource.path:
            return match[0]
        if own := beside.told.get((path, line)):
            return f"{word} {own}"
        return f"« {beside.names(line)} »" if word == "ligne" else f"“{beside.names(line)}”"

    return _LINE.sub(tell, text)


# --- the tables as a plan leaves them ---------------------------------------------------------------------------------


def _lay_out(known: KnownRegister, plan: Plan) -> _Beside:
    name, path = plan.resource.name, plan.resource.path
    rows = known.read_frame(name)
    changed = _change(rows, plan)
    _tell_page(fresh := plan.fresh.copy(), known.today)
    kept = rows.drop(index=[row_id for row_id, _ in plan.changes.values()])
    whole = pd.concat([kept, changed, fresh]) if len(changed) or len(fresh) else kept
    frame = whole.set_axis(range(2, len(whole) + 2))
    first = len(kept) + 2
    told = {(path, first + place): line for place, line in enumerate([*plan.changes, *map(int, fresh.index)])}
    frames = {other: _number(known.read_frame(other)) for other in known.package} | {name: frame}
    lines = {name: {line for _, line in told}} if told else {}
    if name == ACTORS:
        _lay_out_claims(known, plan, frames, lines, told)
    if name == "sites":
        told |= _list_residents(known, plan)
    return _Beside(
        frames,
        lines,
        told,
        known.package[CLAIMS].path,
        lambda line: _name_line(frame, line),
    )


def _name_line(frame: pd.DataFrame, line: int) -> str:
    """What people call the row of a line of our own table."""
    return name_row({str(name): str(cell) for name, cell in frame.loc[line].items()}) if line in frame.index else str(line)


def _number(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis(range(2, len(frame) + 2))


def _change(rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The rows that change, as they would then be."""
    before = rows.loc[[row_id for row_id, _ in plan.changes.values()]].to_dict("records")
    after = [row | cells for row, (_, cells) in zip(before, plan.changes.values(), strict=True)]
    return pd.DataFrame(after, columns=rows.columns, dtype=object)


def _tell_page(frame: pd.DataFrame, today: str) -> None:
    for column, told in zip(PAGE, (*_UNTOLD[:2], today[:4]), strict=True):
        if column in frame:
            frame[column] = frame[column].where(frame[column] != "", told)


def _list_residents(known: KnownRegister, plan: Plan) -> dict[tuple[str, int], int]:
    """The actors of a campus, which are told of where it changes."""
    ids = {row_id: line for line, (row_id, _) in plan.changes.items()}
    rows = enumerate(known.rows[ACTORS], start=2)
    path = known.package[ACTORS].path
    return {(path, number): ids[campus] for number, row in rows if (campus := row.cells.get("site_id", "")) in ids}


def _lay_out_claims(
    known: KnownRegister,
    plan: Plan,
    frames: dict[str, pd.DataFrame],
    lines: dict[str, set[int]],
    told: dict[tuple[str, int], int],
) -> None:
    """The rows of evidence that go with the changes, and whose fault a claim is: of the line that its actor is."""
    edits = list_claims(known, plan, (*_UNTOLD[:2], known.today[:4]))
    states: dict[str, dict[str, str]] = {row.id: dict(row.cells) for row in known.rows[CLAIMS]}
    touched: dict[str, None] = {}
    for edit in edits:
        touched.setdefault(edit.row_id)
        state = states.setdefault(edit.row_id, {})
        if edit.field != PLACE:
            state[edit.field] = edit.after
        elif not edit.after:
            states.pop(edit.row_id)
    last = [row_id for row_id in touched if any(states.get(row_id, {}).values())]
    order = [*(row_id for row_id in states if row_id not in touched), *last]
    frame = make_frame(known.package[CLAIMS], [RegisterRow(CLAIMS, row_id, 0, 0, states[row_id]) for row_id in order])
    frames[CLAIMS] = frame
    if last:
        lines[CLAIMS] = set(frame.index[-len(last) :])
    of_actor = {row_id: line for line, (row_id, _) in plan.changes.items()}
    path = known.package[CLAIMS].path
    claimed = zip(frame.index, frame["actor_id"], strict=True)
    told |= {(path, int(number)): of_actor[actor] for number, actor in claimed if actor in of_actor}


def list_claims(known: KnownRegister, plan: Plan, untold: tuple[str, str, str] | None = None) -> list[Edit]:
    """The rows of evidence that go with the changed cells of actors; `untold` is the page of lines that have none."""
    return list_claim_edits(known.package, list_claimed(known, plan.changes, plan.evidence, untold), known.rows[CLAIMS], _find_next(known))


def list_claimed(
    known: KnownRegister,
    changes: Mapping[int, tuple[str, Mapping[str, str]]],
    evidence: Mapping[int, Evidence],
    untold: tuple[str, str, str] | None = None,
) -> Iterator[Edit]:
    """The changed cells of actors that a row of evidence is about, each with its page."""
    claimable, rows = list_claimable(known.package), known.read_frame(ACTORS)
    for line, (row_id, cells) in changes.items():
        page = evidence.get(line, Evidence())
        if untold and not (page.source_url and page.source_title and page.as_of):
            page = replace(page, source_url=untold[0], source_title=untold[1], as_of=untold[2])
        for column, after in cells.items():
            if column in claimable:
                yield Edit(ACTORS, row_id, column, str(rows.at[row_id, column]), after, page)


def _find_next(known: KnownRegister) -> int:
    """The place after the last row of evidence."""
    return max((row.place for row in known.rows[CLAIMS]), default=0) + 1
