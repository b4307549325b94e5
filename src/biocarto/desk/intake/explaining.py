"""What a file would do to the register, line by line: new, changed cell by cell, unchanged, refused, or for a person to decide.

Nothing is written here, and what is refused later is refused here already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import pandas as pd

from biocarto.caches import pause_collection
from biocarto.desk.acts import Desk
from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import Edit
from biocarto.desk.intake.cells import read_cells
from biocarto.desk.intake.header import choose_grid, stage
from biocarto.desk.intake.known_register import KnownRegister, read_known
from biocarto.desk.intake.mapping import choose_resource, list_unread_points, map_columns
from biocarto.desk.intake.memory import RememberedColumns, compute_shape, recall
from biocarto.desk.intake.planning import Plan, is_ours, list_cells, make_plan
from biocarto.desk.intake.reading import read_grids
from biocarto.desk.intake.refusals import Refuser
from biocarto.desk.intake.refused_file import drop_reasons
from biocarto.desk.intake.row_choice import RowChoice, choose_rows
from biocarto.desk.intake.row_refusals import refuse_rows
from biocarto.desk.intake.staging import (
    CellChange,
    Choices,
    ColumnMatch,
    Explanation,
    MatchReason,
    NewRow,
    Reading,
    RefusedCell,
    StagedSheet,
)
from biocarto.desk.points import ACTORS
from biocarto.desk.rules import require_evidence
from biocarto.errors import Notice
from biocarto.register.delimited import name_column
from biocarto.register.schema import Resource

Tell = Callable[[float], None]
Recall = Callable[[StagedSheet], RememberedColumns | None]
_READ, _CELLS, _CHOSEN, _CHECKED = 0.15, 0.45, 0.7, 0.95
"""Shares of the time after which a file is read, its cells, which row each line is, and what the rules say."""


def ignore_progress(_: float) -> None:
    """Nobody looks."""


@dataclass(frozen=True)
class MappedSheet:
    """A sheet whose columns are known: what is explained, and explained again where the register has changed meanwhile."""

    staged: StagedSheet
    resource: Resource
    columns: tuple[ColumnMatch, ...]
    sha256: str
    sheets: tuple[str, ...] = ()


def explain(desk: Desk, name: str, data: bytes, choices: Choices, tell: Tell = ignore_progress) -> Explanation:
    """What a file would do to the register of a store; raises IntakeError for one that cannot be read, DeskError, StoreError."""
    with desk.store.read() as transaction:
        known = read_known(desk, transaction)

    def recall_columns(staged: StagedSheet) -> RememberedColumns | None:
        with desk.store.read() as transaction:
            return recall(transaction, compute_shape(staged))

    sheet = map_file(known, name, data, choices, recall_columns)
    tell(_READ)
    with desk.store.read() as transaction:
        known = read_known(desk, transaction, sheet.resource.name)
    return explain_sheet(known, sheet, choices, tell)


def explain_beside(known: KnownRegister, name: str, data: bytes, choices: Choices, tell: Tell = ignore_progress) -> Explanation:
    """The same against tables that no store keeps."""
    sheet = map_file(known, name, data, choices, lambda _: None)
    tell(_READ)
    return explain_sheet(known, sheet, choices, tell)


def map_file(known: KnownRegister, name: str, data: bytes, choices: Choices, ask: Recall) -> MappedSheet:
    """A file read and its columns found."""
    grids = read_grids(name, data)
    sheets = tuple(grid.name for grid in grids)
    if choices.sheet:
        grids = tuple(grid for grid in grids if grid.name == choices.sheet)
        if not grids:
            raise DeskError(
                f"Le fichier n'a pas de feuille « {choices.sheet[:80]} ». Rien n'est importé ; choisissez-en une autre.",
                f"The file has no sheet “{choices.sheet[:80]}”. Nothing is imported; choose another one.",
            )
    staged = _write_over(drop_reasons(stage(name, choose_grid(grids, known.package), known.package)), choices.cells)
    remembered = ask(staged)
    table = choices.resource or (remembered.resource if remembered and remembered.resource in known.package else "")
    resource = _choose_table(known, staged, table)
    _require_columns(staged, resource, choices.fields)
    earlier = remembered.fields if remembered and remembered.resource == resource.name else {}
    columns = map_columns(staged, resource, choices.fields, earlier, known.territory)
    return MappedSheet(staged, resource, columns, sha256(data).hexdigest(), sheets)


def _write_over(staged: StagedSheet, told: Mapping[tuple[int, int], str]) -> StagedSheet:
    """A sheet with what a person has written over its cells; what is not in it is nobody's."""
    known = {cell: text for cell, text in told.items() if cell[0] in staged.cells.index and cell[1] in staged.cells.columns}
    if not known:
        return staged
    cells = staged.cells.copy()
    for (line, place), text in known.items():
        cells.at[line, place] = text
    return replace(staged, cells=cells)


def _choose_table(known: KnownRegister, staged: StagedSheet, asked: str) -> Resource:
    name = asked or choose_resource(staged, known.package)
    if name not in known.package:
        raise DeskError(
            f"Le registre n'a pas de table « {name[:80]} » ; il a : {', '.join(known.package)}. Rien n'est importé.",
            f"The register has no table “{name[:80]}”; it has: {', '.join(known.package)}. Nothing is imported.",
        )
    return known.package[name]


def _require_columns(staged: StagedSheet, resource: Resource, fields: Mapping[int, str]) -> None:
    """Raise DeskError for a column that the file or the table does not have: it would be left out without a word."""
    for place, name in fields.items():
        if place not in range(len(staged.headers)):
            letter = name_column(place)
            raise DeskError(
                f"Le fichier n'a pas de colonne {letter}. Rien n'est importé.", f"The file has no column {letter}. Nothing is imported."
            )
        if name and name not in resource.fields:
            raise _build_column_error(resource, name)


def _build_column_error(resource: Resource, column: str) -> DeskError:
    return DeskError(
        f"La table « {resource.name} » n'a pas de colonne « {column[:80]} ». Rien n'est importé.",
        f"The table “{resource.name}” has no column “{column[:80]}”. Nothing is imported.",
    )


@pause_collection()
def explain_sheet(known: KnownRegister, sheet: MappedSheet, choices: Choices, tell: Tell = ignore_progress) -> Explanation:
    """What a sheet would do to the register as it is known."""
    resource, refuser = sheet.resource, Refuser(sheet.columns, sheet.staged.cells)
    require_evidence(known.package, [Edit(resource.name, "", "", "", "", choices.page)], known.today)
    reading = _read(known, sheet, choices)
    tell(_CELLS)
    bad = {cell.line for cell in reading.refused}
    values, notices = _drop_foreign_ids(known, sheet, reading.values.loc[[line not in bad for line in reading.values.index]])
    choice = choose_rows(known, resource, values, choices, refuser)
    tell(_CHOSEN)
    plan = make_plan(known, resource, values, choice, choices, ours=_is_ours(sheet))
    refused = [*reading.refused, *choice.refused, *refuse_rows(known, plan, refuser)]
    tell(_CHECKED)
    found = _gather(known, sheet, plan, choice, refused)
    tell(1.0)
    return replace(found, notices=(*sheet.staged.notices, *_tell_unread_points(sheet), *reading.notices, *notices), choices=choices)


def _gather(known: KnownRegister, sheet: MappedSheet, plan: Plan, choice: RowChoice, refused: list[RefusedCell]) -> Explanation:
    rows = known.read_frame(sheet.resource.name)
    names = {name: place for place, name in enumerate(sheet.resource.fields)}
    changed = [
        CellChange(line, row_id, name, str(rows.at[row_id, name]), cells[name])
        for line, (row_id, cells) in sorted(plan.changes.items())
        for name in sorted(cells, key=names.__getitem__)
    ]
    alive = {*map(int, plan.fresh.index), *plan.changes, *plan.unchanged}
    return Explanation(
        file=sheet.staged.file,
        sha256=sheet.sha256,
        resource=sheet.resource.name,
        staged=sheet.staged,
        columns=sheet.columns,
        new=tuple(NewRow(line, cells) for line, cells in list_cells(plan)),
        changed=tuple(changed),
        unchanged=tuple(plan.unchanged[line] for line in sorted(plan.unchanged)),
        refused=tuple(sorted(refused, key=lambda cell: cell.line)),
        doubtful=tuple(choice.doubtful),
        matched=tuple(sorted((likeness for likeness in choice.matched if likeness.line in alive), key=lambda found: found.line)),
        needs_page=tuple(sorted(plan.needs_page)),
        evidence=plan.evidence,
        upto=known.upto,
        sheets=sheet.sheets,
    )


# --- cells ------------------------------------------------------------------------------------------------------------


def _read(known: KnownRegister, sheet: MappedSheet, choices: Choices) -> Reading:
    """The cells, with what holds for every line that does not say otherwise; lines without any cell are left out."""
    reading = read_cells(sheet.staged, sheet.columns, sheet.resource, known.territory, known.today)
    values = reading.values
    values = values.loc[(values != "").any(axis=1)] if len(values.columns) else values.iloc[:0]
    constants = _read_constants(known, sheet, choices.constants)
    for column, cell in constants.items():
        values = values.assign(**{column: values[column].where(values[column] != "", cell) if column in values else cell})
    return replace(reading, values=values)


def _read_constants(known: KnownRegister, sheet: MappedSheet, constants: Mapping[str, str]) -> dict[str, str]:
    """What a person says for every line, read as a cell would be; raises DeskError."""
    for column in constants:
        if column not in sheet.resource.fields:
            raise _build_column_error(sheet.resource, column)
    if not constants:
        return {}
    cells = pd.DataFrame([[*constants.values()]], index=[1], dtype=object)
    staged = StagedSheet(sheet.staged.file, "", 0, tuple(constants), cells)
    columns = [ColumnMatch(place, name, "", name, 1.0, MatchReason.CHOSEN) for place, name in enumerate(constants)]
    reading = read_cells(staged, columns, sheet.resource, known.territory, known.today)
    if reading.refused:
        cell = reading.refused[0]
        raise DeskError(
            f"{cell.column} : trouvé « {cell.found} », attendu : {cell.expected_fr}. Rien n'est importé.",
            f"{cell.column}: found “{cell.found}”, expected: {cell.expected_en}. Nothing is imported.",
        )
    return {str(name): str(cell) for name, cell in reading.values.loc[1].items() if cell}


def _tell_unread_points(sheet: MappedSheet) -> list[Notice]:
    """That a point is not taken from a file, unless it is one of ours, whose points are those of the register."""
    unread = [] if _is_ours(sheet) else [column.header for column in list_unread_points(sheet.columns, sheet.resource)]
    if not unread:
        return []
    fr = f"non lu : {', '.join(unread)} ; un acteur est placé par son adresse, son site ou sa commune"
    en = f"not read: {', '.join(unread)}; an actor is placed by its address, its site or its commune"
    return [Notice(sheet.staged.file, sheet.staged.header_line, unread[0], fr, en)]


def _is_ours(sheet: MappedSheet) -> bool:
    """Of what the file says itself: its commune gives a code too, which is not what the file has said."""
    return is_ours(sheet.resource, [column.field for column in sheet.columns])


def _drop_foreign_ids(known: KnownRegister, sheet: MappedSheet, values: pd.DataFrame) -> tuple[pd.DataFrame, list[Notice]]:
    """Ids of another register: where none of them is ours, they are somebody's own numbers, and not those of new rows."""
    resource = sheet.resource
    if "id" not in values or resource.fields["id"].type != "string" or _is_ours(sheet):
        return values, []
    ours = set(known.read_frame(resource.name)["id"]) | (set(known.redirects) if resource.name == ACTORS else set())
    told = values["id"][values["id"] != ""]
    if told.empty or told.isin(ours).any():
        return values, []
    header = next(column.header for column in sheet.columns if column.field == "id")
    fr = "aucun de ces identifiants n'est celui d'une ligne du registre : ils sont laissés de côté"
    en = "none of these identifiers is that of a row of the register: they are left aside"
    return values.drop(columns="id"), [Notice(sheet.staged.file, sheet.staged.header_line, header, fr, en)]
