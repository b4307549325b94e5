"""Where an actor stands, after an act: its precision follows from its point and its campus, and a point goes with the address it was of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from biocarto.desk.description import Package
from biocarto.desk.facts import PLACE, Edit
from biocarto.desk.ledger import read_row, to_state
from biocarto.model import OWN_POINTS, Precision
from biocarto.names import fold
from biocarto.store.transaction import Transaction

ACTORS, POSITION, LATITUDE, LONGITUDE = "actors", "position", "latitude", "longitude"
_TOLD_OF = ("commune_code", "address", "siret")
"""Cells whose point it is: where one of them says something else, the point is that of a former place."""


def list_computed(table: str) -> frozenset[str]:
    """Columns of a table that nobody types and no file of contacts gives: they follow from others, or come from an official file."""
    return frozenset({POSITION, LATITUDE, LONGITUDE}) if table == ACTORS else frozenset()


def list_edits(transaction: Transaction, package: Package, edits: Iterable[Edit]) -> list[Edit]:
    """The edits of an act, with what follows for the positions of the actors that it touches."""
    every = list(edits)
    if POSITION not in package[ACTORS].fields:
        return every
    touched: dict[str, list[Edit]] = {}
    for edit in every:
        if edit.resource == ACTORS:
            touched.setdefault(edit.row_id, []).append(edit)
    rows = {actor: read_row(transaction, ACTORS, actor) for actor in touched}
    states = {actor: to_state(row) if row else {} for actor, row in rows.items()}
    more = [edit for actor, own in touched.items() for edit in list_following(actor, states[actor], own)]
    replaced = {edit.cell for edit in more}
    return [*(edit for edit in every if edit.cell not in replaced), *more]


def list_following(actor: str, before: Mapping[str, str], own: Iterable[Edit]) -> list[Edit]:
    """The cells of its position that the edits of one actor lead to: in the place of those edits, or beside them.

    A new point is in its street, unless the same act says that it is at its number.
    """
    edits = {edit.field: edit for edit in own}
    after = {**before, **{field: edit.after for field, edit in edits.items()}}
    if POSITION not in edits and any(edits[name].before != edits[name].after for name in (LATITUDE, LONGITUDE) if name in edits):
        after[POSITION] = ""  # the precision was that of another point
    if not after.get(PLACE):  # a row that goes
        return []
    evidence = next(iter(edits.values())).evidence
    told: dict[str, str] = {}
    if after.get(LATITUDE) and LATITUDE not in edits and LONGITUDE not in edits and any(map(_says_another, edits.values())):
        told = {LATITUDE: "", LONGITUDE: ""}
    told[POSITION] = find_position({**after, **told})
    wanted = {field: cell for field, cell in told.items() if field in edits or before.get(field, "") != cell}
    made = (Edit(ACTORS, actor, field, before.get(field, ""), cell, evidence) for field, cell in wanted.items())
    return [replace(edits[edit.field], after=edit.after) if edit.field in edits else edit for edit in made]


def _says_another(edit: Edit) -> bool:
    """Whether a cell that was told says something else now: another spelling is the same address."""
    return edit.field in _TOLD_OF and bool(edit.before) and fold(edit.before) != fold(edit.after)


def find_position(cells: Mapping[str, str]) -> str:
    """The precision of a row's position: a point of its own as it is told to be, else that of its campus, else that of its commune."""
    if cells.get(LATITUDE):
        told = cells.get(POSITION, "")
        return told if told in OWN_POINTS else Precision.IN_STREET.value
    return Precision.CAMPUS.value if cells.get("site_id") else Precision.COMMUNE.value
