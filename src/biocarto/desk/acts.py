"""What a person does to a row of the register: each act is checked, done as a whole with its evidence, and can be undone.

A late act is refused (CollisionError), one that the register does not take too (InvalidRowError), one without the right (DeniedError);
what was typed is the caller's to keep. Nothing here is written without a reason.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from biocarto.clock import read_today
from biocarto.desk import claims, points, row_ids, rules
from biocarto.desk.claims import remove_row_edits
from biocarto.desk.description import Package, make_row_id, read_package
from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import NO_EVIDENCE, PLACE, ActName, ChangeKind, ChangeSet, Edit, Evidence, Header, RegisterRow
from biocarto.desk.ledger import apply_edits, find_next_place, find_request, read_row, record
from biocarto.desk.members import Member, remember_editor, require
from biocarto.desk.rights import Right
from biocarto.register.schema import Resource
from biocarto.store.database import Store
from biocarto.store.transaction import Transaction
from biocarto.territory.territory import Territory

ID = "id"
LONGEST_CELL = 5_000
"""Characters of a cell before its own rule is asked."""
Make = Callable[[Transaction, Package], Iterable[Edit]]
Changes = Mapping[str, tuple[str, str]]
"""Column -> what its editor saw, and what is to stand there."""


def _write_today() -> str:
    return read_today().isoformat()


@dataclass(frozen=True)
class Desk:
    """Where acts are done: the store, the layers that they are held against, and what day it is (ISO 8601)."""

    store: Store
    territory: Territory
    today: Callable[[], str] = field(default=_write_today)


@dataclass(frozen=True)
class Intent:
    """Who acts and why; `request` is the same each time that one click is sent; `then` is done in the transaction of the act."""

    who: Member
    why: str
    request: str
    kind: ChangeKind = ChangeKind.EDIT
    then: Callable[[Transaction, ChangeSet], None] | None = None


def save_row(desk: Desk, intent: Intent, row: tuple[str, str], changes: Changes, evidence: Evidence = NO_EVIDENCE) -> ChangeSet | None:
    """Change cells of one row (its table and its id); None where nothing changes. What others changed elsewhere in the row is kept."""
    return act_on(desk, intent, ActName.CORRECT, lambda transaction, _: _change_cells(transaction, row, changes, evidence))


def close_actor(desk: Desk, intent: Intent, actor: str, seen: str, evidence: Evidence) -> ChangeSet | None:
    """The site of an actor is there no more, since `evidence.valid_from`; `seen` is the status that its editor saw."""
    changes = {"status": (seen, "former")}
    return act_on(desk, intent, ActName.CLOSE, lambda transaction, _: _change_cells(transaction, ("actors", actor), changes, evidence))


def move_actor(desk: Desk, intent: Intent, actor: str, changes: Changes, evidence: Evidence) -> ChangeSet | None:
    """The site of an actor is elsewhere: its commune, its code, its post code, its address, its campus."""
    return act_on(desk, intent, ActName.MOVE, lambda transaction, _: _change_cells(transaction, ("actors", actor), changes, evidence))


def _change_cells(transaction: Transaction, row: tuple[str, str], changes: Changes, evidence: Evidence) -> list[Edit]:
    if read_row(transaction, *row) is None:
        raise DeskError(
            f"La ligne « {row[1][:80]} » n'est plus dans le registre. Rien n'est enregistré ; l'historique dit ce qu'elle est devenue.",
            f"The row “{row[1][:80]}” is in the register no more. Nothing is saved; the history says what became of it.",
        )
    edits = [Edit(*row, column, before, clean_cell(after), evidence) for column, (before, after) in changes.items()]
    if any(edit.field in {ID, PLACE} and edit.before != edit.after for edit in edits):
        raise DeskError(
            "Un identifiant ne change pas : il est imprimé et cité. Changez le nom, ou fusionnez deux lignes. Rien n'est enregistré.",
            "An identifier does not change: it is printed and cited. Change the name, or merge two rows. Nothing is saved.",
        )
    return edits


def add_row(
    desk: Desk,
    intent: Intent,
    resource: str,
    cells: Mapping[str, str],
    evidence: Evidence = NO_EVIDENCE,
    *,
    proofs: Mapping[str, Evidence] | None = None,
) -> ChangeSet | None:
    """A new row; where its table has ids and none is given, the name gives one that nobody has.

    proofs: columns of an actor that rest on another page than the row's own, which say so in claims of their own.
    """
    others = proofs or {}

    def make(transaction: Transaction, package: Package) -> Iterable[Edit]:
        clean = {column: text for column, cell in cells.items() if (text := clean_cell(cell))}
        described = _require_table(package, resource)
        if ID in described.fields and described.fields[ID].type == "string":
            clean = {ID: row_ids.find_free_id(clean, partial(row_ids.is_given, transaction, resource))} | clean

        def is_taken(row_id: str) -> bool:
            return read_row(transaction, resource, row_id) is not None

        row_id = clean[ID] if ID in clean else make_row_id(described, clean, is_taken)
        if is_taken(row_id):
            raise _build_taken_error(row_id)
        place = find_next_place(transaction, resource)
        made = [Edit(resource, row_id, PLACE, "", str(place), evidence)]
        made += [Edit(resource, row_id, column, "", text, others.get(column, evidence)) for column, text in clean.items()]
        own = [edit for edit in made if edit.field in others]
        return [*made, *claims.list_edits(transaction, package, own)]

    return act_on(desk, intent, ActName.ADD, make)


def remove_row(desk: Desk, intent: Intent, resource: str, row_id: str) -> ChangeSet | None:
    """Take away a row that never should have been there; what has ceased to be is closed instead. Its history stays."""

    def make(transaction: Transaction, _: Package) -> Iterable[Edit]:
        row = require_row(transaction, resource, row_id)
        own = claims.list_of_actor(transaction, row_id) if resource == "actors" else []
        return [edit for gone in (row, *own) for edit in remove_row_edits(gone)]

    return act_on(desk, intent, ActName.REMOVE, make)


def act_on(
    desk: Desk, intent: Intent, act: ActName, make: Make, right: Right = Right.EDIT, *, undoes: int | None = None
) -> ChangeSet | None:
    """Do what `make` lists, with the claims that go with it, after every check, in one transaction."""
    why = rules.require_reason(intent.why)
    with desk.store.write() as transaction:
        require(transaction, intent.who, right)
        remember_editor(transaction, intent.who)
        if known := find_request(transaction, intent.request):
            return known
        package = read_package(transaction)
        edits = list(make(transaction, package))
        if act not in {ActName.IMPORT, ActName.UNDO}:  # a folder and a former act say themselves where an actor stands
            edits = points.list_edits(transaction, package, edits)
        edits = [edit for edit in edits if edit.before != edit.after]
        if act is not ActName.UNDO:  # what is put back rests on what was taken once
            rules.require_evidence(package, edits, desk.today())
        apply_edits(transaction, edits)  # a late act is told first
        if act not in {ActName.REMOVE, ActName.UNDO, ActName.MERGE, ActName.ADD, ActName.IMPORT}:
            edits += claims.list_edits(transaction, package, edits)
        rules.require_valid(transaction, edits, desk.territory, describes=act in {ActName.IMPORT, ActName.UNDO})
        header = Header(intent.who.id, why, intent.request, intent.kind, act, undoes)
        made = record(transaction, header, edits)
        if made and intent.then:
            intent.then(transaction, made)
        return made


def require_row(transaction: Transaction, resource: str, row_id: str) -> RegisterRow:
    """A row that is there; raises DeskError."""
    row = read_row(transaction, resource, row_id)
    if row is None:
        raise DeskError(
            f"La table « {resource[:80]} » n'a pas de ligne « {row_id[:80]} ». Rien n'est enregistré ; vérifiez l'identifiant.",
            f"The table “{resource[:80]}” has no row “{row_id[:80]}”. Nothing is saved; check the identifier.",
        )
    return row


def clean_cell(text: str) -> str:
    """A cell as it is kept: one line, accents in one piece, no space at its ends; raises DeskError for one beyond all bounds."""
    if len(text) > LONGEST_CELL:
        raise DeskError(
            f"Un texte de {len(text)} caractères : {LONGEST_CELL} au plus. Rien n'est enregistré, votre saisie est gardée.",
            f"A text of {len(text)} characters: {LONGEST_CELL} at most. Nothing is saved, what you typed is kept.",
        )
    rules.require_readable(text)
    return " ".join(unicodedata.normalize("NFC", text).split("\n")).strip()


def _require_table(package: Package, resource: str) -> Resource:
    if resource not in package:
        raise DeskError(
            f"Le registre n'a pas de table « {resource[:80]} » ; il a : {', '.join(package)}. Rien n'est enregistré.",
            f"The register has no table “{resource[:80]}”; it has: {', '.join(package)}. Nothing is saved.",
        )
    return package[resource]


def _build_taken_error(row_id: str) -> DeskError:
    return DeskError(
        f"L'identifiant « {row_id[:80]} » est celui d'une autre ligne. Rien n'est enregistré, votre saisie est gardée.",
        f"The identifier “{row_id[:80]}” is that of another row. Nothing is saved, what you typed is kept.",
    )
