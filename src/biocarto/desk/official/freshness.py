"""What became of the actors that have a SIRET: still there, closed, moved, called otherwise, as proposals with the file as their page.

An establishment that has closed is not a company that has died: whether the legal unit has ceased is said apart. SIRENE's file has no
closing date of its own: the first day of a period in the state F is it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from biocarto.desk import communes
from biocarto.desk.facts import RegisterRow
from biocarto.desk.likeness import compare_names, simplify_name
from biocarto.desk.official.files import OfficialKind
from biocarto.desk.official.offers import Offer, OfferKind, list_open
from biocarto.desk.official.reconcile import rate_commune, tell_establishment
from biocarto.desk.official.register_look import RegisterLook, list_names
from biocarto.desk.official.sirene import SireneLook, write_words
from biocarto.model import PARIS, Status
from biocarto.territory.territory import Territory

OPEN, CLOSED, CEASED = "A", "F", "C"
SUCCEEDS = 400
"""Days between the closing of an establishment and the opening of another that takes its place."""
_SAME_NAME = 0.6
"""Likeness under which a legal unit is called otherwise than its actor."""
_LONGEST_ADDRESS = 200


@dataclass(frozen=True)
class UnknownNumber:
    """An actor whose SIRET the file does not have: a slip of the pen, or a row that INSEE shows to nobody."""

    row_id: str
    name: str
    siret: str


def list_freshness_offers(look: RegisterLook) -> list[Offer]:
    """What the file says more or otherwise than the register, by kind, then by name; what was decided is not offered again.

    A file that is older than the page of a cell says nothing about it.
    """
    if look.sirene is None:
        return []
    numbers = {row.cells["siret"] for row in look.actors if row.cells.get("siret")}
    found = [offer for row in look.actors for offer in _list_of_actor(look, look.sirene, row, numbers)]
    order = list(OfferKind)
    return list_open(sorted(found, key=lambda offer: (order.index(offer.kind), offer.name.casefold())), look.verdicts)


def list_unknown_numbers(look: RegisterLook) -> list[UnknownNumber]:
    """Actors whose number is in no row of the file."""
    if look.sirene is None:
        return []
    known = look.sirene.establishments.index
    rows = ((row, row.cells.get("siret", "")) for row in look.actors)
    return [UnknownNumber(row.id, row.cells.get("name", row.id), siret) for row, siret in rows if siret and siret not in known]


def _list_of_actor(look: RegisterLook, sirene: SireneLook, row: RegisterRow, numbers: set[str]) -> Iterator[Offer]:
    found = sirene.find(row.cells.get("siret", ""))
    if found is None:
        return
    if found["state"] == CLOSED:
        yield from _list_closed(look, sirene, row, found, numbers)
    elif found["state"] == OPEN:
        yield from _list_opened(look, row, found)
        yield from _list_renamed(look, sirene, row, found)


def _offer(look: RegisterLook, kind: OfferKind, row: RegisterRow, subject: str, cells: Mapping[str, str], **more: Any) -> Offer:
    """By the file of establishments, unless `evidence` says another."""
    changes = {column: (row.cells.get(column, ""), after) for column, after in cells.items() if row.cells.get(column, "") != after}
    return Offer(kind, row.id, row.cells.get("name", row.id), subject, changes, **{"evidence": look.cite(), **more})


def _is_newer(
    look: RegisterLook, row: RegisterRow, column: str, *, same: bool = True, kind: OfficialKind = OfficialKind.ESTABLISHMENTS
) -> bool:
    """Whether the file is of a later year than the page of a cell, or (`same`) of the same one."""
    year = int(look.cite(kind=kind).as_of or 0)
    return year > look.find_year(row, column) or (same and year == look.find_year(row, column))


# --- still there ------------------------------------------------------------------------------------------------------


def _list_opened(look: RegisterLook, row: RegisterRow, found: pd.Series) -> Iterator[Offer]:
    """Present by a page of the file's year; a site that the register says to be planned or gone is told apart."""
    siret, year, status = str(found.name), look.cite().as_of, row.cells.get("status", "")
    told = tell_establishment(look.sirene, siret, found) if look.sirene else {}
    if status == Status.PRESENT:
        if _is_newer(look, row, "status", same=False):
            yield _offer(look, OfferKind.OPEN, row, f"{siret} {year}", {}, told=told, confirms={"status": status})
    elif _is_newer(look, row, "status"):
        kind = OfferKind.OPEN if status == Status.UNKNOWN else OfferKind.REOPENED
        yield _offer(look, kind, row, f"{siret} {year}", {"status": Status.PRESENT.value}, told=told)


def _list_renamed(look: RegisterLook, sirene: SireneLook, row: RegisterRow, found: pd.Series) -> Iterator[Offer]:
    """The legal unit is called otherwise than its organisation, and so is the door; a word in common is enough not to say so."""
    unit = sirene.find_unit(found["siren"])
    if unit is None or not _is_newer(look, row, "name", kind=OfficialKind.LEGAL_UNITS):
        return
    official = [simplify_name(name) for name in (*unit["names"], *found["signs"])]
    own = list_names(row.cells)
    if not official or not own or any(set(one.split()) <= set(other.split()) for one in own for other in official):
        return
    if any(set(other.split()) <= set(one.split()) for one in own for other in official):
        return
    if compare_names(own, official).max() >= _SAME_NAME:
        return
    wanted = write_words(unit["name"])
    cells = {"organisation": wanted}
    if row.cells.get("name") == row.cells.get("organisation"):
        cells["name"] = wanted
    told = tell_establishment(sirene, str(found.name), found)
    evidence = look.cite(kind=OfficialKind.LEGAL_UNITS)  # a legal unit is named in its own file
    yield _offer(look, OfferKind.RENAMED, row, f"{found['siren']} {unit['name']}", cells, evidence=evidence, told=told)


# --- closed or elsewhere ----------------------------------------------------------------------------------------------


def _list_closed(look: RegisterLook, sirene: SireneLook, row: RegisterRow, found: pd.Series, numbers: set[str]) -> Iterator[Offer]:
    """Closed; where another establishment of the same legal unit took its place, moved there, or left for a place that is not ours."""
    siret, since = str(found.name), found["since"]
    if row.cells.get("status") == Status.FORMER or not _is_newer(look, row, "status"):
        return
    told = tell_establishment(sirene, siret, found)
    successor = find_successor(sirene, siret, numbers)
    if successor is not None:
        told |= {f"next_{name}": text for name, text in tell_establishment(sirene, str(successor.name), successor).items()}
        if communes.is_in_region(look.territory, successor["commune_code"]):
            cells = _list_new_place(look.territory, row, successor)
            yield _offer(
                look, OfferKind.MOVED, row, f"{siret} {successor.name}", cells, evidence=look.cite(successor["created"]), told=told
            )
            return
    kind = OfferKind.CLOSED if successor is None else OfferKind.LEFT
    yield _offer(look, kind, row, f"{siret} {since}", {"status": Status.FORMER.value}, evidence=look.cite(since), told=told)


def find_successor(sirene: SireneLook, siret: str, numbers: Iterable[str] = ()) -> pd.Series | None:
    """The open establishment of the same legal unit that opened when this one closed: the seat first, then the nearest in time.

    numbers: SIRETs of other actors, which are no successors of this one.
    """
    gone, rows = sirene.find(siret), sirene.establishments
    if gone is None:
        return None
    others = rows[rows["siren"].eq(gone["siren"]) & rows["state"].eq(OPEN) & ~rows.index.isin({*numbers, siret})]
    cells = zip(others["seat"], others["created"], others.index, strict=True)
    near = [
        (seat != "true", days, str(number)) for seat, created, number in cells if (days := _count_days(gone["since"], created)) <= SUCCEEDS
    ]
    return sirene.find(min(near)[2]) if near else None


def _count_days(one: str, other: str) -> float:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return float("inf")


def _list_new_place(territory: Territory, row: RegisterRow, successor: pd.Series) -> dict[str, str]:
    """The cells of the new place; what told of the old one alone is emptied."""
    code = successor["commune_code"]
    cells = {"siret": str(successor.name), "siren": successor["siren"], "address": successor["address"][:_LONGEST_ADDRESS]}
    cells["postcode"] = successor["postcode"] if _is_served(territory, code, successor["postcode"]) else ""
    if rate_commune(row.cells.get("commune_code", ""), code) < 1 or row.cells.get("commune_code") != PARIS:
        cells |= {"commune": communes.write_commune(territory, code), "commune_code": code}
    if row.cells.get("site_id") or row.cells.get("site"):
        cells |= {"site": "", "site_id": "", "position": "commune"}
    return cells


def _is_served(territory: Territory, code: str, postcode: str) -> bool:
    served = territory.official_codes["postcodes"]
    return bool(postcode) and postcode in str(served.get(code, "")).split(";")
