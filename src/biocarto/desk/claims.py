"""What an act on an actor says in the table of evidence: the cell is what the newest claim says, with its page and its year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from biocarto.desk.description import Package, make_row_id
from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import PLACE, Edit, Evidence, RegisterRow
from biocarto.desk.ledger import find_next_place, read_rows, to_state
from biocarto.store.transaction import Transaction

CLAIMS = "evidence"


def list_claimable(package: Package) -> frozenset[str]:
    """Columns of the actors that a row of evidence may be about."""
    rules = package[CLAIMS].fields["field"].rules
    return frozenset(name for name in package["actors"].fields if all(rule.passes(name) for rule in rules))


def list_of_actor(transaction: Transaction, actor: str) -> list[RegisterRow]:
    """The rows of evidence about an actor."""
    return [row for row in read_rows(transaction, CLAIMS) if row.cells.get("actor_id") == actor]


def list_edits(transaction: Transaction, package: Package, changes: Iterable[Edit]) -> list[Edit]:
    """The rows of evidence that go with changed cells of actors; raises DeskError for such a cell without a page and its year."""
    claimable = list_claimable(package)
    changed = [edit for edit in changes if edit.resource == "actors" and edit.field in claimable and edit.before != edit.after]
    if not changed:
        return []
    return list_claim_edits(package, changed, read_rows(transaction, CLAIMS), find_next_place(transaction, CLAIMS))


def list_claim_edits(package: Package, changed: Iterable[Edit], rows: Sequence[RegisterRow], place: int) -> list[Edit]:
    """The same for cells that are claimable, beside rows of evidence that were read, the next one at `place`."""
    taken, known = {row.id for row in rows}, defaultdict(list)
    for row in rows:
        known[row.cells.get("actor_id"), row.cells.get("field")].append(row)
    edits: list[Edit] = []
    for edit in changed:
        edits += _list_claim(package, edit, known[edit.row_id, edit.field], place + len(edits), taken)
    return edits


_PLACES = 16
"""Places that the claims of one changed cell may take."""


def list_confirmations(transaction: Transaction, package: Package, kept: Iterable[Edit], changes: int = 0) -> list[Edit]:
    """The rows of evidence for cells that stay what they are and that a newer page says too (`before` is `after`).

    changes: cells that change in the same act, whose own claims come first.
    """
    claimable = list_claimable(package)
    rows, place = read_rows(transaction, CLAIMS), find_next_place(transaction, CLAIMS) + _PLACES * changes
    taken, edits = {row.id for row in rows}, list[Edit]()
    for edit in kept:
        if edit.field in claimable and edit.after:
            own = [row for row in rows if (row.cells.get("actor_id"), row.cells.get("field")) == (edit.row_id, edit.field)]
            edits += _list_claim(package, edit, own, place + len(edits), taken)
    return edits


def _list_claim(package: Package, edit: Edit, own: list[RegisterRow], place: int, taken: set[str]) -> Iterator[Edit]:
    """An emptied cell has no claim left; a new one takes the place of what another page of its year said."""
    if not edit.after:
        yield from (gone for row in own for gone in remove_row_edits(row))
        return
    _require_page(edit.evidence)
    evidence = edit.evidence
    told = {
        "actor_id": edit.row_id,
        "field": edit.field,
        "value": edit.after,
        "valid_from": evidence.valid_from,
        "as_of": evidence.as_of,
        "source_url": evidence.source_url,
        "source_title": evidence.source_title,
    }
    same_year = [row for row in own if row.cells.get("as_of") == evidence.as_of]
    known = next((row for row in same_year if row.cells.get("value") == edit.after), None)
    yield from (gone for row in same_year if row is not known for gone in remove_row_edits(row))
    if known is None:
        row_id = make_row_id(package[CLAIMS], told, taken.__contains__)
        taken.add(row_id)
        yield Edit(CLAIMS, row_id, PLACE, "", str(place), evidence)
        yield from (Edit(CLAIMS, row_id, name, "", text, evidence) for name, text in told.items() if text)
    else:
        yield from (Edit(CLAIMS, known.id, name, known.cells.get(name, ""), text, evidence) for name, text in told.items())


def _require_page(evidence: Evidence) -> None:
    if not (evidence.source_url and evidence.source_title and evidence.as_of):
        raise DeskError(
            "Dites d'où vient ce que vous changez : l'adresse de la page, son titre et son année. Rien n'est enregistré, votre saisie est "
            "gardée.",
            "Say where your change comes from: the address of the page, its title and its year. Nothing is saved, what you typed is kept.",
        )


def remove_row_edits(row: RegisterRow, evidence: Evidence | None = None) -> Iterator[Edit]:
    """The edits that take a row away."""
    told = evidence or Evidence()
    yield from (Edit(row.resource, row.id, field, text, "", told) for field, text in to_state(row).items())
