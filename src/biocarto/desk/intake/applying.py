"""What was explained becomes one act, checked against the register as it is then: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from biocarto.desk.acts import Desk, Intent, act_on
from biocarto.desk.claims import CLAIMS, list_claim_edits, list_claimable
from biocarto.desk.description import make_row_id
from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import ActName, ChangeKind, ChangeSet, Edit, Evidence
from biocarto.desk.intake.explaining import MappedSheet, explain_sheet
from biocarto.desk.intake.known_register import KnownRegister, read_known
from biocarto.desk.intake.memory import RememberedColumns, compute_shape, remember
from biocarto.desk.intake.staging import Explanation
from biocarto.desk.ledger import apply_edits
from biocarto.desk.points import ACTORS
from biocarto.desk.rights import Right
from biocarto.desk.seed import list_new_row
from biocarto.errors import quote_value
from biocarto.store.transaction import Transaction

_SHORT = 12
"""Digits of a hash that a reason tells."""
_LONGEST_NAME = 80
"""Characters of a file's name in a reason."""


def apply_import(desk: Desk, intent: Intent, explanation: Explanation) -> ChangeSet | None:
    """Let new and changed rows enter the register as one act; None where there are none. What is refused or doubtful stays outside.

    Raises CollisionError where somebody has changed such a cell since, DeskError where the register has otherwise changed what would
    come of it, or where lines have no page yet: then nothing is imported.
    """
    if explanation.needs_page:
        raise _build_page_error(len(explanation.needs_page))

    def make(transaction: Transaction, _: object) -> list[Edit]:
        known = read_known(desk, transaction, explanation.resource)
        edits = list_edits(known, explanation)
        if known.upto != explanation.upto:
            apply_edits(transaction, edits)  # a cell that somebody has changed is told with both values
            _require_same(known, explanation)
        return edits

    def keep(transaction: Transaction, made: ChangeSet) -> None:
        fields = {column.place: column.field for column in explanation.columns}
        remember(transaction, compute_shape(explanation.staged), RememberedColumns(explanation.resource, fields), made.at)
        if intent.then:
            intent.then(transaction, made)

    told = replace(intent, why=f"{intent.why} ({tell_file(explanation)})", kind=ChangeKind.IMPORT, then=keep)
    return act_on(desk, told, ActName.IMPORT, make, Right.IMPORT)


def tell_file(explanation: Explanation) -> str:
    """The file, the beginning of its hash, how much of it was written over by hand: what an import leaves as its reason."""
    lines, places = explanation.staged.cells.index, explanation.staged.cells.columns
    count = sum(line in lines and place in places for line, place in explanation.choices.cells)
    by_hand = f", {count} {'cellules corrigées' if count > 1 else 'cellule corrigée'} à la main" if count else ""
    return f"{quote_value(explanation.file)[:_LONGEST_NAME]} {explanation.sha256[:_SHORT]}{by_hand}"


def list_edits(known: KnownRegister, explanation: Explanation) -> list[Edit]:
    """Every cell that an import writes, rows of evidence included."""
    edits = [*_list_new(known, explanation), *_list_changed(explanation)]
    if explanation.resource == ACTORS:
        claimable = list_claimable(known.package)
        claimed = (edit for edit in _list_changed(explanation) if edit.field in claimable)
        rows = known.rows[CLAIMS]
        edits += list_claim_edits(known.package, claimed, rows, max((row.place for row in rows), default=0) + 1)
    return edits


def _list_new(known: KnownRegister, explanation: Explanation) -> Iterator[Edit]:
    resource, rows = known.package[explanation.resource], known.rows[explanation.resource]
    taken = {row.id for row in rows}
    place = max((row.place for row in rows), default=0)
    for number, row in enumerate(explanation.new, start=place + 1):
        row_id = make_row_id(resource, row.values, taken.__contains__)
        taken.add(row_id)
        yield from list_new_row(resource.name, row_id, number, row.values, explanation.evidence.get(row.line, Evidence()))


def _list_changed(explanation: Explanation) -> Iterator[Edit]:
    for cell in explanation.changed:
        evidence = explanation.evidence.get(cell.line, Evidence())
        yield Edit(explanation.resource, cell.row_id, cell.field, cell.before, cell.after, evidence)


def _require_same(known: KnownRegister, explanation: Explanation) -> None:
    """Raise DeskError where the register has changed what would come of a file."""
    sheet = MappedSheet(explanation.staged, known.package[explanation.resource], explanation.columns, explanation.sha256)
    again = explain_sheet(known, sheet, explanation.choices)
    if (again.new, again.changed, again.needs_page) != (explanation.new, explanation.changed, explanation.needs_page):
        raise DeskError(
            "Le registre a changé depuis l'aperçu, et ce fichier n'y ferait plus la même chose. Rien n'est importé ; relisez l'aperçu.",
            "The register has changed since the preview, and this file would do something else to it. Nothing is imported; read the "
            "preview again.",
        )


def _build_page_error(count: int) -> DeskError:
    return DeskError(
        f"Lignes sans page qui le dise : {count}. Rien n'est importé ; donnez l'adresse, le titre et l'année de la page du fichier.",
        f"Lines without a page that says so: {count}. Nothing is imported; give address, title and year of the page of the file.",
    )
