"""Points of actors by their official numbers: proposed with their evidence, written by a person alone, and what is not proposed is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from biocarto.desk.acts import Desk, Intent, act_on, require_row
from biocarto.desk.description import Package
from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import ActName, ChangeKind, ChangeSet, Edit, Evidence, RegisterRow
from biocarto.desk.ledger import read_rows
from biocarto.desk.official import verdicts
from biocarto.desk.official.files import OfficialFile
from biocarto.desk.official.geolocation import DECIMALS, OfficialPosition, look_up_positions
from biocarto.desk.official.verdicts import REFUSED, Verdict
from biocarto.desk.points import ACTORS, LATITUDE, LONGITUDE, POSITION
from biocarto.model import N_, OWN_POINTS, Precision
from biocarto.register.place_rules import is_in_commune
from biocarto.store.transaction import Transaction
from biocarto.territory.territory import Territory, project_points

KIND = "position"
SAME = 5.0
"""Metres below which two points of one precision are one: a file is not made anew to the metre."""
_FINENESS = {Precision.IN_STREET.value: 1, Precision.STREET.value: 2}
"""What is known better is never proposed to be known less."""


class PositionTrouble(StrEnum):
    """Why nothing is proposed for an actor whose number the file has."""

    OUTSIDE = "outside"
    COARSER = "coarser"
    UNKNOWN_QUALITY = "unknown_quality"
    WITHOUT_POINT = "without_point"
    AMBIGUOUS = "ambiguous"


POSITION_TROUBLE_LABELS = {
    PositionTrouble.OUTSIDE: N_("Le point du fichier est hors de la commune de l'acteur : l'un des deux est faux, ou il a déménagé."),
    PositionTrouble.COARSER: N_("Le registre connaît ce point mieux que le fichier : il est gardé."),
    PositionTrouble.UNKNOWN_QUALITY: N_("Le code de qualité de ce fichier est inconnu : le point n'est pas pris."),
    PositionTrouble.WITHOUT_POINT: N_("Le fichier donne une qualité, mais ni latitude ni longitude."),
    PositionTrouble.AMBIGUOUS: N_("Le fichier dit plusieurs choses de cet établissement : aucune n'est prise."),
}


@dataclass(frozen=True)
class PlacedPoint:
    """A point as the table keeps it, `position` one of model.OWN_POINTS; all cells "" for none but `position`."""

    latitude: str
    longitude: str
    position: str

    def measure_to(self, other: PlacedPoint) -> float | None:
        """Metres to another one; None where one of the two is none."""
        if not (self.latitude and other.latitude):
            return None
        x, y = project_points([float(self.latitude), float(other.latitude)], [float(self.longitude), float(other.longitude)])
        return float(np.hypot(x[0] - x[1], y[0] - y[1]))


@dataclass(frozen=True)
class PositionProposal:
    """A point for an actor: what stands there now, and how many metres it would move (None where it has no point yet)."""

    actor: str
    name: str
    siret: str
    now: PlacedPoint
    proposed: PlacedPoint
    metres: float | None
    evidence: Evidence

    @property
    def subject(self) -> str:
        """What a refusal is remembered by: another point is another question."""
        return f"{self.proposed.position} {self.proposed.latitude} {self.proposed.longitude}"


@dataclass(frozen=True)
class PositionConflict:
    """An actor for which nothing is proposed, and why; `commune` is where the point of the file lies, "" where that is unknown."""

    actor: str
    name: str
    siret: str
    trouble: PositionTrouble
    commune: str = ""


@dataclass(frozen=True)
class PositionReview:
    """What a file says of the points of the register: every actor that has a number is in one of these lists.

    `unchanged` has the point already, `commune_only` is known by its commune in the file too (quality 33: its point is a random one and
    never taken), `refused` was proposed before and not wanted, `absent` is not in the file (masked, or newer than it).
    """

    file: OfficialFile
    proposals: tuple[PositionProposal, ...] = ()
    conflicts: tuple[PositionConflict, ...] = ()
    unchanged: tuple[str, ...] = ()
    commune_only: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def review_positions(desk: Desk, file: OfficialFile) -> PositionReview:
    """What a geolocation file says of the actors that have a SIRET; writes nothing. Raises OfficialFileError."""
    with desk.store.read() as transaction:
        rows = [row for row in read_rows(transaction, ACTORS) if row.cells.get("siret")]
        refused = verdicts.read_refused(transaction, KIND)
    told = look_up_positions(file, {row.cells["siret"] for row in rows})
    evidence = Evidence(file.page, file.title, file.dated[:4])
    lists: dict[str, list[str]] = {name: [] for name in ("unchanged", "commune_only", "refused", "absent")}
    proposals: list[PositionProposal] = []
    conflicts: list[PositionConflict] = []
    for row in rows:
        found = _judge(row, told.get(row.cells["siret"], ()), evidence, desk.territory)
        if isinstance(found, PositionConflict):
            conflicts.append(found)
        elif isinstance(found, str):
            lists[found].append(row.id)
        elif (row.id, found.subject) in refused:
            lists["refused"].append(row.id)
        else:
            proposals.append(found)
    return PositionReview(file, tuple(proposals), tuple(conflicts), **{name: tuple(ids) for name, ids in lists.items()})


def _judge(
    row: RegisterRow, told: Sequence[OfficialPosition], evidence: Evidence, territory: Territory
) -> PositionProposal | PositionConflict | str:
    """A proposal, a conflict, or the name of the list that the actor is in."""
    if not told:
        return "absent"
    name, siret, now, said = row.cells.get("name", row.id), row.cells["siret"], read_point(row.cells), told[0]
    trouble = PositionTrouble.AMBIGUOUS if len(told) > 1 else _find_trouble(row, now, said, territory)
    if trouble:
        lies_in = territory.locate(*said.point) or "" if trouble is PositionTrouble.OUTSIDE and said.point else ""
        return PositionConflict(row.id, name, siret, trouble, lies_in)
    if said.point is None or said.precision is None:
        return "commune_only"
    point = make_point(*said.point, said.precision)
    metres = now.measure_to(point)
    if metres is not None and metres < SAME and now.position == point.position:
        return "unchanged"
    return PositionProposal(row.id, name, siret, now, point, metres, evidence)


def _find_trouble(row: RegisterRow, now: PlacedPoint, said: OfficialPosition, territory: Territory) -> PositionTrouble | None:
    if said.precision is None:
        return PositionTrouble.UNKNOWN_QUALITY
    if _FINENESS.get(now.position, 0) > _FINENESS.get(said.precision, 0):
        return PositionTrouble.COARSER
    if said.precision is Precision.COMMUNE:
        return None
    if said.point is None:
        return PositionTrouble.WITHOUT_POINT
    return None if is_in_commune(territory, row.cells.get("commune_code", ""), *said.point) else PositionTrouble.OUTSIDE


def read_point(cells: Mapping[str, str]) -> PlacedPoint:
    """The point of a row, and its precision."""
    return PlacedPoint(cells.get(LATITUDE, ""), cells.get(LONGITUDE, ""), cells.get(POSITION, ""))


def make_point(latitude: float, longitude: float, precision: Precision) -> PlacedPoint:
    """A point (degrees, WGS 84) as the table keeps it; `precision` is STREET or IN_STREET."""
    return PlacedPoint(write_degrees(latitude), write_degrees(longitude), precision.value)


def write_degrees(degrees: float) -> str:
    """Degrees as the table keeps them, the same as a file of ours does: five decimals at most, none that says nothing but the first."""
    text = f"{degrees:.{DECIMALS}f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


# --- deciding ---------------------------------------------------------------------------------------------------------


def place_actor(desk: Desk, intent: Intent, actor: str, point: PlacedPoint, evidence: Evidence) -> ChangeSet | None:
    """Give an actor a point of its own; None where it has it already.

    Raises DeskError, InvalidRowError where the point is not in its commune.
    """

    def make(transaction: Transaction, package: Package) -> Iterable[Edit]:
        now = read_point(require_row(transaction, ACTORS, actor).cells)
        return _list_point_edits(package, actor, now, point, evidence)

    return act_on(desk, replace(intent, kind=ChangeKind.RECONCILE), ActName.CORRECT, make)


def accept_positions(desk: Desk, intent: Intent, proposals: Iterable[PositionProposal]) -> ChangeSet | None:
    """Give all these actors their points, as one act that one button undoes; an actor whose point or number has changed refuses it.

    Raises CollisionError, DeskError.
    """
    chosen = tuple(proposals)

    def make(transaction: Transaction, package: Package) -> Iterable[Edit]:
        for one in chosen:
            _require_number(transaction, one)
        return [edit for one in chosen for edit in _list_point_edits(package, one.actor, one.now, one.proposed, one.evidence)]

    return act_on(desk, replace(intent, kind=ChangeKind.RECONCILE), ActName.CORRECT, make)


def _require_number(transaction: Transaction, one: PositionProposal) -> None:
    """A point is that of an establishment: raises DeskError where the actor is another one by now, or is no more."""
    siret = require_row(transaction, ACTORS, one.actor).cells.get("siret", "")
    if siret != one.siret:
        raise DeskError(
            f"« {one.name} » n'a plus le SIRET {one.siret}, dont c'est le point. Rien n'est enregistré ; rouvrez la liste.",
            f"“{one.name}” no longer has SIRET {one.siret}, whose point this is. Nothing is saved; open the list again.",
        )


def refuse_positions(desk: Desk, intent: Intent, proposals: Iterable[PositionProposal]) -> None:
    """Remember that these points are not wanted, and why: the same point is not proposed again, another one is."""
    verdicts.decide(desk, intent, [Verdict(KIND, one.actor, one.subject, REFUSED) for one in proposals])


def _list_point_edits(package: Package, actor: str, now: PlacedPoint, point: PlacedPoint, evidence: Evidence) -> list[Edit]:
    if not {LATITUDE, LONGITUDE} <= package[ACTORS].fields.keys():
        raise DeskError(
            "Ce registre a été créé avant que les acteurs aient une latitude et une longitude. Rien n'est enregistré ; lancez une fois "
            "« python -m biocarto desk init » sur le serveur, qui ajoute ces colonnes.",
            "This register was made before actors had a latitude and a longitude. Nothing is saved; run “python -m biocarto desk init” "
            "once on the server, which adds these columns.",
        )
    if point.position not in OWN_POINTS:
        raise DeskError(
            "Ce point ne dit pas plus que la commune. Rien n'est enregistré ; un point se donne à l'adresse ou dans la rue.",
            "This point says no more than the commune. Nothing is saved; a point is given at the address or in the street.",
        )
    cells = (
        (LATITUDE, now.latitude, point.latitude),
        (LONGITUDE, now.longitude, point.longitude),
        (POSITION, now.position, point.position),
    )
    return [Edit(ACTORS, actor, field, seen, wanted, evidence) for field, seen, wanted in cells]
