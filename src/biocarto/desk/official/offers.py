"""What official files offer the register, each with its evidence: taken or refused by a person, one act for all that are taken at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from biocarto.desk import claims, points, rules
from biocarto.desk.acts import Desk, Intent, act_on
from biocarto.desk.description import Package, read_package
from biocarto.desk.desk_error import DeskError, InvalidRowError
from biocarto.desk.facts import ActName, ChangeKind, ChangeSet, Edit, Evidence, RegisterRow
from biocarto.desk.ledger import find_request, read_rows
from biocarto.desk.members import require
from biocarto.desk.official import verdicts
from biocarto.desk.official.verdicts import ACCEPTED, REFUSED, Verdict
from biocarto.desk.points import ACTORS
from biocarto.desk.reshaping import list_spellings
from biocarto.desk.rights import Right
from biocarto.names import fold_company
from biocarto.store.transaction import Transaction


class OfferKind(StrEnum):
    """What is offered: a number (of INSEE, or of the ministry of research), or what became of a site that has one."""

    SIRET = "siret"
    OPEN = "open"
    CLOSED = "closed"
    LEFT = "left"
    MOVED = "moved"
    RENAMED = "renamed"
    REOPENED = "reopened"
    RNSR = "rnsr"
    SIREN = "siren"


ONE_BY_ONE = frozenset({OfferKind.LEFT, OfferKind.RENAMED, OfferKind.REOPENED})
"""Kinds that are never taken all at once: each is a question to a person."""
_ACTS = {OfferKind.CLOSED: ActName.CLOSE, OfferKind.LEFT: ActName.CLOSE, OfferKind.MOVED: ActName.MOVE, OfferKind.RENAMED: ActName.RENAME}


@dataclass(frozen=True)
class Offer:
    """Cells of an actor as an official file has them: column -> what stands there, what would.

    `confirms` are cells that stay as they are (column -> what stands there) and gain a dated page. `subject` is what a
    decision is about: the number, with what is said of it.
    `score` is 0 to 1, `parts` what it is made of; `told` what a person wants to see (name, commune, since ... in the file's words).
    `shared` are other actors that have the same number, or are offered it.
    """

    kind: OfferKind
    row_id: str
    name: str
    subject: str
    cells: Mapping[str, tuple[str, str]]
    evidence: Evidence
    score: float = 1.0
    parts: Mapping[str, float] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    confirms: Mapping[str, str] = field(default_factory=dict)
    shared: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """As a verdict about it has."""
        return self.kind.value, self.row_id, self.subject


@dataclass(frozen=True)
class Obstacle:
    """An offer that was left out of an act, and why, in words."""

    offer: Offer
    fr: str
    en: str

    def text(self, lang: str) -> str:
        """The sentence."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True)
class Acceptance:
    """What was written, as one act (None for nothing), and what was left out of it."""

    change_set: ChangeSet | None
    done: tuple[Offer, ...]
    left: tuple[Obstacle, ...]


def accept_offers(desk: Desk, intent: Intent, offers: Sequence[Offer], *, shares: bool = False) -> Acceptance:
    """Write what is offered as one act; what collides with the register of now is left out and told, the others are written.

    `shares`: one number may belong to several actors, as a person has said. Raises DeniedError, DeskError.
    """
    with desk.store.read() as transaction:
        require(transaction, intent.who, Right.EDIT)
        if known := find_request(transaction, intent.request):  # the same click, sent twice
            return Acceptance(known, tuple(offers), ())
        left = _find_obstacles(transaction, offers, shares=shares)
        good = _drop(offers, left)
        if good and (error := _try(desk, transaction, good)) is not None:
            left += _find_invalid(desk, transaction, good, error)
            good = _drop(good, left)
    if not good:
        return Acceptance(None, (), tuple(left))
    kinds = {offer.kind for offer in good}
    act = _ACTS.get(next(iter(kinds)), ActName.CORRECT) if len(kinds) == 1 else ActName.CORRECT

    def keep(transaction: Transaction, made: ChangeSet) -> None:
        made_verdicts = [Verdict(*offer.key, ACCEPTED, intent.why) for offer in good]
        verdicts.keep_verdicts(transaction, made_verdicts, intent.who.id, made.number)
        if intent.then:
            intent.then(transaction, made)

    def make(transaction: Transaction, package: Package) -> list[Edit]:
        if late := _find_obstacles(transaction, good, shares=shares):  # somebody else was quicker since the first look
            raise _build_late_error(late[0])
        return list_edits(transaction, package, good)

    made = act_on(desk, replace(intent, kind=ChangeKind.RECONCILE, then=keep), act, make)
    return Acceptance(made, tuple(good) if made else (), tuple(left))


def refuse_offers(desk: Desk, intent: Intent, offers: Iterable[Offer]) -> None:
    """They are not offered again as long as the files say the same; raises DeniedError, DeskError without a reason."""
    verdicts.decide(desk, intent, [Verdict(*offer.key, REFUSED) for offer in offers])


def list_open(offers: Iterable[Offer], decided: Iterable[Verdict]) -> list[Offer]:
    """The offers that nobody has decided on."""
    known = {verdict.key for verdict in decided}
    return [offer for offer in offers if offer.key not in known]


# --- edits ------------------------------------------------------------------------------------------------------------


def list_edits(transaction: Transaction, package: Package, offers: Iterable[Offer]) -> list[Edit]:
    """The cells that change, other spellings of an organisation that is called otherwise, and claims for what is confirmed."""
    edits: dict[tuple[str, str, str], Edit] = {}
    kept = []
    for offer in offers:
        for column, (before, after) in offer.cells.items():
            edit = Edit(ACTORS, offer.row_id, column, before, after, offer.evidence)
            others = list_spellings(transaction, edit, offer.evidence) if column == "organisation" else ()
            for one in (edit, *others):
                edits.setdefault(one.cell, one)
        kept += [Edit(ACTORS, offer.row_id, column, cell, cell, offer.evidence) for column, cell in offer.confirms.items()]
    return [*edits.values(), *claims.list_confirmations(transaction, package, kept, len(edits))]


# --- what stands in the way -------------------------------------------------------------------------------------------


def _drop(offers: Iterable[Offer], left: Iterable[Obstacle]) -> list[Offer]:
    gone = {obstacle.offer.key for obstacle in left}
    return [offer for offer in offers if offer.key not in gone]


def _find_obstacles(transaction: Transaction, offers: Iterable[Offer], *, shares: bool) -> list[Obstacle]:
    """Offers about rows or cells that are not what they were, about a number of another actor, or two about the same cell."""
    rows = {row.id: row for row in read_rows(transaction, ACTORS)}
    holders = {row.cells["siret"]: row for row in rows.values() if row.cells.get("siret")}
    seen: set[tuple[str, str]] = set()
    taken: dict[str, str] = {}
    left = []
    for offer in offers:
        obstacle = _find_late(offer, rows, seen) or (None if shares else _find_shared(offer, holders, taken)) or _find_siren(offer, rows)
        if obstacle:
            left.append(Obstacle(offer, *obstacle))
            continue
        seen |= {(offer.row_id, column) for column in offer.cells}
        if siret := offer.cells.get("siret", ("", ""))[1]:
            taken[siret] = offer.name
    return left


def _find_late(offer: Offer, rows: Mapping[str, RegisterRow], seen: set[tuple[str, str]]) -> tuple[str, str] | None:
    row = rows.get(offer.row_id)
    if row is None:
        return f"« {offer.name} » n'est plus dans le registre", f"“{offer.name}” is in the register no more"
    if (called := row.cells.get("name", offer.row_id)) != offer.name:
        fr = f"« {offer.name} » s'appelle maintenant « {called} » : la proposition ne vaut plus"
        return fr, f"“{offer.name}” is now called “{called}”: the proposal holds no more"
    for column, before in {**{name: seen for name, (seen, _) in offer.cells.items()}, **offer.confirms}.items():
        if row.cells.get(column, "") != before:
            theirs = row.cells.get(column, "")
            fr = f"« {offer.name} », {column} : était « {before} », est maintenant « {theirs} »"
            return fr, f"“{offer.name}”, {column}: was “{before}”, is now “{theirs}”"
        if (offer.row_id, column) in seen:
            fr = f"« {offer.name} », {column} : deux propositions pour la même cellule, la première seule est prise"
            return fr, f"“{offer.name}”, {column}: two proposals for one cell, only the first is taken"
    return None


def _build_late_error(obstacle: Obstacle) -> DeskError:
    return DeskError(
        f"{obstacle.fr}. Quelqu'un vient de l'écrire. Rien n'est enregistré ; la liste est à jour, recommencez.",
        f"{obstacle.en}. Somebody has just written it. Nothing is saved; the list is up to date, try again.",
    )


def _find_shared(offer: Offer, holders: Mapping[str, RegisterRow], taken: Mapping[str, str]) -> tuple[str, str] | None:
    siret = offer.cells.get("siret", ("", ""))[1]
    holder = holders.get(siret)
    if siret and holder is not None and holder.id != offer.row_id:
        other = holder.cells.get("name", holder.id)
    elif siret in taken:
        other = taken[siret]
    else:
        return None
    fr = f"« {offer.name} » : le SIRET {siret} est celui de « {other} » ; dites si les deux lignes partagent cet établissement"
    return fr, f"“{offer.name}”: SIRET {siret} is that of “{other}”; say whether the two rows share this establishment"


def _find_siren(offer: Offer, rows: Mapping[str, RegisterRow]) -> tuple[str, str] | None:
    """A legal unit of an organisation of another name: the register counts organisations, and one is not two."""
    siren = offer.cells.get("siren", ("", ""))[1]
    if not siren:
        return None
    own = fold_company(rows[offer.row_id].cells.get("organisation", ""))
    named = (row.cells.get("organisation", "") for row in rows.values() if row.cells.get("siren") == siren)
    other = next((name for name in named if fold_company(name) != own), None)
    if other is None:
        return None
    fr = f"« {offer.name} » : le SIREN {siren} est celui de « {other} » ; une seule organisation peut le porter"
    return fr, f"“{offer.name}”: SIREN {siren} is that of “{other}”; only one organisation can bear it"


def _try(desk: Desk, transaction: Transaction, offers: Iterable[Offer]) -> InvalidRowError | None:
    """What the register would not take of the offers together; None where it takes them."""
    package = read_package(transaction)
    made = points.list_edits(transaction, package, list_edits(transaction, package, offers))
    edits = [edit for edit in made if edit.before != edit.after]
    try:
        changed = claims.list_edits(transaction, package, edits)
        rules.require_evidence(package, edits, desk.today())
        rules.require_valid(transaction, [*edits, *changed], desk.territory)
    except InvalidRowError as error:
        return error
    return None


def _find_invalid(desk: Desk, transaction: Transaction, offers: Sequence[Offer], error: InvalidRowError) -> list[Obstacle]:
    """Which of some offers the register does not take, found by halves: most acts have none."""
    if len(offers) == 1:
        told = ["; ".join(issue.text(lang) for issue in error.issues) for lang in ("fr", "en")]
        return [Obstacle(offers[0], f"« {offers[0].name} » : {told[0]}", f"“{offers[0].name}”: {told[1]}")]
    half = len(offers) // 2
    parts = ((part, _try(desk, transaction, part)) for part in (offers[:half], offers[half:]))
    found = [obstacle for part, wrong in parts if wrong for obstacle in _find_invalid(desk, transaction, part, wrong)]
    return found or [obstacle for offer in offers for obstacle in _find_invalid(desk, transaction, [offer], error)]
