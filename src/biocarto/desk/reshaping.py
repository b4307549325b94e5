"""Acts that touch several rows at once: a name written anew wherever it stands, two rows that are one, an act taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from biocarto.desk import claims
from biocarto.desk.acts import Desk, Intent, act_on, clean_cell, require_row
from biocarto.desk.claims import remove_row_edits
from biocarto.desk.description import Package
from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import NO_EVIDENCE, PLACE, ActName, ChangeKind, ChangeSet, Edit, Evidence
from biocarto.desk.ledger import find_next_place, list_reversed, read_change_set, read_rows, select_change_sets
from biocarto.desk.rights import Right
from biocarto.names import fold_company
from biocarto.register.table_rules import IDENTITIES
from biocarto.store.transaction import Transaction

_ORGANISATIONS = IDENTITIES[0]
"""Columns that name an organisation, which is counted by its name."""
BODIES = (("network_members", "member_id"), ("figures", "body_id"))
"""Columns that may name an actor without being bound to."""


def rename_actor(
    desk: Desk, intent: Intent, actor: str, names: dict[str, tuple[str, str]], evidence: Evidence = NO_EVIDENCE
) -> ChangeSet | None:
    """Another name of a site (`name`), or of its organisation (`organisation`) wherever it is written; each as seen and as wanted."""

    def make(transaction: Transaction, _: Package) -> Iterable[Edit]:
        require_row(transaction, "actors", actor)
        edits = [Edit("actors", actor, column, seen, clean_cell(wanted), evidence) for column, (seen, wanted) in names.items()]
        own = next((edit for edit in edits if edit.field == "organisation"), None)
        others = list_spellings(transaction, own, evidence) if own else []
        return [*edits, *others]

    return act_on(desk, intent, ActName.RENAME, make)


def list_spellings(transaction: Transaction, own: Edit, evidence: Evidence) -> Iterator[Edit]:
    """The other cells that name the same organisation."""
    for table, column in _ORGANISATIONS:
        for row in read_rows(transaction, table):
            cell = row.cells.get(column, "")
            if cell and fold_company(cell) == fold_company(own.before) and (table, row.id, column) != own.cell:
                yield Edit(table, row.id, column, cell, own.after, evidence)


def merge_actors(desk: Desk, intent: Intent, kept: str, gone: str) -> ChangeSet | None:
    """Two rows are one: what names the one that goes names the other from now on, and its printed address leads there."""

    def make(transaction: Transaction, package: Package) -> Iterable[Edit]:
        if kept == gone:
            raise DeskError(
                "Une ligne ne se fusionne pas avec elle-même. Rien n'est enregistré ; choisissez l'autre ligne.",
                "A row is not merged with itself. Nothing is saved; choose the other row.",
            )
        stays, goes = require_row(transaction, "actors", kept), require_row(transaction, "actors", gone)
        yield from remove_row_edits(goes)
        yield from _lead_references(transaction, package, gone, kept)
        for claim in claims.list_of_actor(transaction, gone):
            yield from _move_claim(transaction, claim.id, stays.cells, kept)
        place = find_next_place(transaction, "redirects")
        cells = {PLACE: str(place), "old_id": gone, "actor_id": kept, "date": desk.today()}
        yield from (Edit("redirects", gone, column, "", text) for column, text in cells.items())

    return act_on(desk, intent, ActName.MERGE, make)


def _lead_references(transaction: Transaction, package: Package, gone: str, kept: str) -> Iterator[Edit]:
    bound = [
        (name, key.column)
        for name, resource in package.items()
        for key in resource.foreign_keys
        if (key.resource, key.target) == ("actors", "id") and name != claims.CLAIMS
    ]
    for table, column in (*bound, *BODIES):
        for row in read_rows(transaction, table):
            if row.cells.get(column) == gone:
                yield Edit(table, row.id, column, gone, kept)


def _move_claim(transaction: Transaction, claim_id: str, stays: dict[str, str], kept: str) -> Iterator[Edit]:
    """A claim goes with its row where the other row says the same and has no such claim; else the history alone keeps it."""
    claim = next(row for row in read_rows(transaction, claims.CLAIMS) if row.id == claim_id)
    told = claim.cells.get("field", ""), claim.cells.get("value"), claim.cells.get("as_of")
    has = {(row.cells.get("field"), row.cells.get("value"), row.cells.get("as_of")) for row in claims.list_of_actor(transaction, kept)}
    if stays.get(told[0]) == told[1] and told not in has:
        yield Edit(claims.CLAIMS, claim_id, "actor_id", claim.cells["actor_id"], kept)
    else:
        yield from remove_row_edits(claim)


def undo(desk: Desk, intent: Intent, number: int) -> ChangeSet | None:
    """Put back what an act has changed, as an act of its own; raises CollisionError where a later one has changed it again."""

    def make(transaction: Transaction, _: Package) -> Iterable[Edit]:
        _require_undoable(transaction, number)
        return list_reversed(transaction, number)

    taken_back = Intent(intent.who, intent.why, intent.request, ChangeKind.UNDO, intent.then)
    return act_on(desk, taken_back, ActName.UNDO, make, Right.UNDO, undoes=number)


def _require_undoable(transaction: Transaction, number: int) -> None:
    act = read_change_set(transaction, number)
    if act is None or act.kind is ChangeKind.SEED:
        raise DeskError(
            f"L'acte {number} ne peut pas être annulé : il n'existe pas, ou le registre en est né. Rien n'a été modifié.",
            f"Act {number} cannot be undone: there is none, or the register began with it. Nothing was changed.",
        )
    undone = select_change_sets(transaction, "WHERE undoes = ? ORDER BY number DESC LIMIT 1", (number,))
    if undone and not select_change_sets(transaction, "WHERE undoes = ?", (undone[0].number,)):
        raise DeskError(
            f"L'acte {number} est déjà annulé, par l'acte {undone[0].number}. Rien n'a été modifié.",
            f"Act {number} is undone already, by act {undone[0].number}. Nothing was changed.",
        )
