"""What lines would make of the register: new rows with what nobody said filled in, cells that change, and the page that each rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto.desk.claims import list_claimable
from biocarto.desk.facts import PLACE, Edit, Evidence
from biocarto.desk.handmade_edits import tell_past_evidence
from biocarto.desk.intake.known_register import KnownRegister
from biocarto.desk.intake.row_choice import RowChoice
from biocarto.desk.intake.staging import Choices
from biocarto.desk.likeness import simplify_name
from biocarto.desk.points import ACTORS, list_computed, list_following
from biocarto.desk.row_ids import find_free_id
from biocarto.model import PARIS
from biocarto.names import fold_company
from biocarto.register.schema import Resource
from biocarto.register.table_rules import IDENTITIES

PAGE = ("source_url", "source_title", "as_of")
"""Columns that tell the page of a row."""
_OF_PAGE = frozenset((*PAGE, "confidence"))
"""Columns that tell what a row rests on: of a row that is there only an export of ours changes them."""
_ALIKE = frozenset({"name", "organisation"})
"""Columns whose spelling a file without ids does not correct."""
_DEFAULTS = {"status": "unknown", "confidence": "medium"}
"""Column of a new actor -> what stands there where nobody says otherwise."""


@dataclass
class Plan:
    """What is to be done: `fresh` has a new row a line, all columns; `changes` line -> the row and what becomes of its cells."""

    resource: Resource
    fresh: pd.DataFrame
    changes: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)
    unchanged: dict[int, str] = field(default_factory=dict)
    evidence: dict[int, Evidence] = field(default_factory=dict)
    needs_page: set[int] = field(default_factory=set)

    def drop(self, lines: set[int]) -> None:
        """Leave lines out that cannot be done."""
        self.fresh = self.fresh.loc[[line not in lines for line in self.fresh.index]]
        for told in (self.changes, self.evidence):
            for line in lines & told.keys():
                del told[line]
        self.needs_page -= lines


def is_ours(resource: Resource, columns: Iterable[str]) -> bool:
    """Whether a file has every column of a table, as our exports do: then an empty cell says that nothing is to stand there."""
    return resource.fields.keys() - list_computed(resource.name) <= set(columns)


def make_plan(known: KnownRegister, resource: Resource, values: pd.DataFrame, choice: RowChoice, choices: Choices, *, ours: bool) -> Plan:
    """What the lines of `values` do, each as the row that was chosen for it; ours: the file itself has every column of the table."""
    plan = Plan(resource, _fill_new(known, resource, values.loc[[line for line, row in choice.rows.items() if not row]], choices.page))
    _tell_new_pages(plan, known.today)
    _find_changes(plan, known, values, choice, ours=ours)
    claimable = list_claimable(known.package) if resource.name == ACTORS else frozenset()
    names = [name for name in PAGE if name in values]
    said = dict(zip(values.index, values[names].itertuples(index=False, name=None), strict=True)) if names else {}
    before = _read_rows(known, resource, [row_id for row_id, _ in plan.changes.values()])
    for line, (row_id, cells) in plan.changes.items():
        told = dict(zip(names, said.get(line, ()), strict=bool(said)))
        _tell_changed_page(plan, line, told, before[row_id], choices.page)
        if claimable & {name for name, after in cells.items() if after} and not _is_page(plan.evidence[line]):
            plan.needs_page.add(line)
    return plan


# --- new rows ---------------------------------------------------------------------------------------------------------


def _fill_new(known: KnownRegister, resource: Resource, values: pd.DataFrame, page: Evidence) -> pd.DataFrame:
    """New rows with every column of their table."""
    frame = values.reindex(columns=list(resource.fields), fill_value="").astype(object)
    _fill_page(frame, page)
    if resource.name == ACTORS:
        _fill(frame, "organisation", frame["name"])
        _spell_as_known(frame, known)
        _fill(frame, "siren", [siret[:9] for siret in frame["siret"]])
        _fill(frame, "confidence", page.confidence)
        for column, value in _DEFAULTS.items():
            _fill(frame, column, value)
        for column in list_computed(resource.name).intersection(frame):
            frame[column] = ""  # a file of contacts gives no point
        frame["position"] = _as_objects(np.where(frame["site_id"] != "", "campus", "commune"))
    if "id" in resource.fields and resource.fields["id"].type == "string":
        _fill_ids(frame, known)
    return frame.astype(object)  # texts of Python: they are gone through row by row


def _fill(frame: pd.DataFrame, column: str, told: pd.Series | list[str] | str) -> None:
    frame[column] = np.where(frame[column] != "", frame[column], _as_objects(told))


def _as_objects(cells: object) -> npt.NDArray[np.object_]:
    """Cells as Python's own texts, which are what most of the work is done on."""
    return np.asarray(cells, dtype=object)


def _fill_page(frame: pd.DataFrame, page: Evidence) -> None:
    """The page of the import, on lines that name none."""
    if "source_url" not in frame or not page.source_url:
        return
    bare = frame["source_url"] == ""
    for column in (name for name in PAGE if name in frame):
        empty = bare & (frame[column] == "")
        frame[column] = frame[column].mask(empty, getattr(page, column))


def _spell_as_known(frame: pd.DataFrame, known: KnownRegister) -> None:
    """One spelling of an organisation: that of the register, else the first one of the file."""
    spelled: dict[str, str] = {}
    columns = IDENTITIES[0]
    for name in dict.fromkeys(cell for table, column in columns for cell in known.read_frame(table)[column]):
        spelled.setdefault(fold_company(name).replace(" ", ""), name)
    for column in (column for table, column in columns if table == ACTORS):
        told = {name: spelled.setdefault(fold_company(name).replace(" ", ""), name) for name in dict.fromkeys(frame[column]) if name}
        frame[column] = _as_objects([told.get(name, "") for name in frame[column]])


def _fill_ids(frame: pd.DataFrame, known: KnownRegister) -> None:
    """Ids of new rows that have none: made in the order of the lines, none given twice."""
    given = set(known.given) | set(frame["id"])
    columns = [name for name in ("name", "title_fr", "label_fr", "commune") if name in frame]
    made = []
    for row_id, *cells in frame[["id", *columns]].itertuples(index=False, name=None):
        made.append(row_id or find_free_id(dict(zip(columns, cells, strict=True)), given.__contains__))
        given.add(made[-1])
    frame["id"] = made


def _tell_new_pages(plan: Plan, today: str) -> None:
    """The page of each new row: its own."""
    names = [name for name in ("source_url", "source_title", "as_of", "valid_from", "confidence") if name in plan.fresh]
    described = plan.resource.fields.get("source_url")
    needed = described is not None and described.is_required
    known: dict[tuple[str, ...], Evidence] = {}
    for line, *cells in plan.fresh[names].itertuples(name=None):
        key = tuple(cells)
        if key not in known:
            known[key] = tell_past_evidence(dict(zip(names, cells, strict=True)), today)
        plan.evidence[int(line)] = known[key]
        if needed and not known[key].source_url:
            plan.needs_page.add(int(line))


# --- changed rows -----------------------------------------------------------------------------------------------------


def _find_changes(plan: Plan, known: KnownRegister, values: pd.DataFrame, choice: RowChoice, *, ours: bool) -> None:
    lines = [line for line, row_id in choice.rows.items() if row_id]
    rows = known.read_frame(plan.resource.name).loc[[choice.rows[line] for line in lines]]  # each once: lines of one row were told apart
    emptying = np.array([line in choice.by_key for line in lines], dtype=bool) & ours
    found: dict[int, dict[str, str]] = {line: {} for line in lines}
    fixed = {*list_computed(plan.resource.name), *plan.resource.keys[0]}  # an id is printed and cited, and never changes
    for column in (name for name in plan.resource.fields if name in values and name not in fixed):
        after, now = values[column].loc[lines].to_numpy(dtype=object), rows[column].to_numpy(dtype=object)
        differ = (after != now) & ((after != "") | emptying)
        if column in _OF_PAGE:
            differ &= emptying
        if plan.resource.fields[column].type == "number":
            differ[differ] = [_read_number(one) != _read_number(other) for one, other in zip(after[differ], now[differ], strict=True)]
        for place in np.flatnonzero(differ):
            found[lines[place]][column] = after[place]
    before = _read_rows(known, plan.resource, [choice.rows[line] for line, cells in found.items() if cells])
    for (line, said), whole in zip(found.items(), emptying, strict=True):
        row_id = choice.rows[line]
        cells = _choose_cells(plan.resource, said, before[row_id], whole=bool(whole), is_keyed=line in choice.by_key) if said else {}
        if cells:
            plan.changes[line] = row_id, cells
        else:
            plan.unchanged[line] = row_id


def _read_rows(known: KnownRegister, resource: Resource, ids: list[str]) -> dict[str, dict[str, str]]:
    """Rows by what the store calls them, each with all its cells."""
    rows = known.read_frame(resource.name).loc[ids]
    names = list(resource.fields)
    return {str(row_id): dict(zip(names, cells, strict=True)) for row_id, *cells in rows.itertuples(name=None)}


def _choose_cells(resource: Resource, said: dict[str, str], row: Mapping[str, str], *, whole: bool, is_keyed: bool) -> dict[str, str]:
    """The cells of a row that change."""
    told = said if whole else _drop_same(said, row, is_keyed)
    cells = _complete(resource, told, row) if told else {}
    return {name: cell for name, cell in cells.items() if cell != row[name]}


def _read_number(cell: str) -> float | str:
    """48.810 is 48.81; a cell that is no number is what it is."""
    try:
        return float(cell)
    except ValueError:
        return cell


def _drop_same(cells: dict[str, str], row: Mapping[str, str], is_keyed: bool) -> dict[str, str]:
    """What a file of somebody else's writes otherwise and means the same: a legal form, Paris for one of its arrondissements."""
    kept = dict(cells)
    for column in _ALIKE & kept.keys():
        if not is_keyed and simplify_name(kept[column]) == simplify_name(row[column]):
            del kept[column]
    if kept.get("commune_code") == PARIS and row["commune_code"].startswith("751"):
        del kept["commune_code"]
    if "commune" in kept and "commune_code" in row and "commune_code" not in kept and row["commune_code"]:
        del kept["commune"]
    return kept


def _complete(resource: Resource, cells: dict[str, str], row: Mapping[str, str]) -> dict[str, str]:
    """What follows from other cells of an actor: its position from its point and its campus, its SIREN from its SIRET."""
    if resource.name != ACTORS:
        return cells
    whole = dict(cells)
    edits = [Edit(ACTORS, row["id"], name, row[name], cell) for name, cell in cells.items()]
    whole |= {edit.field: edit.after for edit in list_following(row["id"], {**row, PLACE: "1"}, edits)}
    if cells.get("siret") and "siren" not in cells:
        whole["siren"] = cells["siret"][:9]
    return whole


def _tell_changed_page(plan: Plan, line: int, told: Mapping[str, str], row: Mapping[str, str], page: Evidence) -> None:
    """The page of changed cells: the line's, where it names another than its row, else that of the import."""
    own = all(told.get(name) for name in PAGE) and any(told[name] != row[name] for name in PAGE)
    plan.evidence[line] = Evidence(told["source_url"], told["source_title"], told["as_of"], page.valid_from) if own else page


def _is_page(evidence: Evidence) -> bool:
    return bool(evidence.source_url and evidence.source_title and evidence.as_of)


def list_cells(plan: Plan) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of each new row that are not empty, in the order of the table."""
    said = plan.fresh != ""
    told = plan.fresh.loc[:, said.any()]
    names, gaps = [str(name) for name in told.columns], [str(name) for name in told.columns[~said[told.columns].all()]]
    for line, *cells in told.itertuples(name=None):
        row = dict(zip(names, cells, strict=True))
        for name in gaps:  # most columns are empty in all lines, or in none
            if not row[name]:
                del row[name]
        yield int(line), row
