"""Which establishment of SIRENE each actor is: proposed with a score and its parts, decided by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from biocarto.desk.communes import is_same_place
from biocarto.desk.facts import RegisterRow
from biocarto.desk.likeness import compare_names
from biocarto.desk.official.activities import ACTIVITIES, NEAR
from biocarto.desk.official.offers import Offer, OfferKind, list_open
from biocarto.desk.official.register_look import RegisterLook, list_names
from biocarto.desk.official.sirene import LEAST_NAME, SireneLook, simplify

MOST = 3
"""Establishments that are offered for one actor."""
LEAST = 0.7
"""Score of what is offered at all."""
CLEAR = 0.9
"""Score from which the best one may be taken together with others, where no second is near."""
_LEAD = 0.05

WEIGHTS = {"name": 0.6, "commune": 0.25, "activity": 0.1, "open": 0.05}
"""What a score is made of; a SIREN that is known counts as the name."""
_SAME_DEPARTMENT = 0.4
_OTHER_CODE = 0.5


def list_siret_offers(look: RegisterLook) -> list[Offer]:
    """For each actor without a SIRET the best few establishments, the best first; what was refused or taken is not offered again."""
    if look.sirene is None:
        return []
    index = _Index(look.sirene)
    found = [offer for row in look.actors if not row.cells.get("siret") for offer in _list_of_actor(look, index, row)]
    return list_open(_mark_shared(look, found), look.verdicts)


def list_clear(offers: Iterable[Offer]) -> list[Offer]:
    """The best offer of each actor, where it is sure enough and open, no other comes near, and nobody else has the number.

    One that has closed may be what the actor was before it moved: taken in haste, it would close the actor.
    """
    by_actor: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        by_actor[offer.row_id].append(offer)
    best = ((own[0], own[1].score if len(own) > 1 else 0.0) for own in by_actor.values())
    sure = (offer for offer, second in best if offer.score >= CLEAR and offer.score - second >= _LEAD and not offer.shared)
    return [offer for offer in sure if offer.told.get("state") != "F"]


class _Index:
    """The establishments of a look by legal unit, and by the first letters of the names that they bear."""

    def __init__(self, look: SireneLook) -> None:
        self.look = look
        self.rows: Mapping[str, pd.Series] = {str(siret): row for siret, row in look.establishments.iterrows()}
        self.by_siren: dict[str, list[str]] = defaultdict(list)
        self.signs: list[tuple[str, str]] = []
        for siret, siren, signs in zip(look.establishments.index, look.establishments["siren"], look.establishments["signs"], strict=True):
            self.by_siren[siren].append(siret)
            self.signs += [(simplify(sign), siret) for sign in signs]

    def find_by_sign(self, names: tuple[str, ...]) -> dict[str, float]:
        """SIRET -> likeness of a name over the door with one of these."""
        if not self.signs or not names:
            return {}
        scores = compare_names([sign for sign, _ in self.signs], [simplify(name) for name in names], LEAST_NAME).max(axis=1)
        found: dict[str, float] = {}
        for (_, siret), score in zip(self.signs, scores, strict=True):
            if score:
                found[siret] = max(found.get(siret, 0.0), float(score))
        return found


def _list_of_actor(look: RegisterLook, index: _Index, row: RegisterRow) -> list[Offer]:
    names = list_names(row.cells)
    siren = row.cells.get("siren", "")
    if siren:
        alike = dict.fromkeys(index.by_siren.get(siren, ()), 1.0)
    else:
        alike = index.find_by_sign(names)
        for name in names:
            for unit, score in index.look.likely.get(name, {}).items():
                for siret in index.by_siren.get(unit, ()):
                    alike[siret] = max(score, alike.get(siret, 0.0))
    offers = [_build(look, index, row, siret, score) for siret, score in alike.items()]
    good = sorted((offer for offer in offers if offer.score >= LEAST), key=lambda offer: (-offer.score, offer.subject))
    return good[:MOST]


def _build(look: RegisterLook, index: _Index, row: RegisterRow, siret: str, alike: float) -> Offer:
    found = index.rows[siret]
    parts = {
        "name": round(alike, 3),
        "commune": rate_commune(row.cells.get("commune_code", ""), found["commune_code"]),
        "activity": 1.0 if found["activity"] in NEAR else _OTHER_CODE if found["activity"] in ACTIVITIES else 0.0,
        "open": float(found["state"] == "A"),
    }
    score = round(sum(weight * parts[part] for part, weight in WEIGHTS.items()), 3)
    cells = {"siret": (row.cells.get("siret", ""), siret)}
    if row.cells.get("siren", "") != found["siren"]:
        cells["siren"] = (row.cells.get("siren", ""), found["siren"])
    told = tell_establishment(index.look, siret, found)
    if row.cells.get("siren"):
        parts = {"siren": 1.0, **{part: value for part, value in parts.items() if part != "name"}}
    return Offer(OfferKind.SIRET, row.id, row.cells.get("name", row.id), siret, cells, look.cite(found["created"]), score, parts, told)


def tell_establishment(look: SireneLook, siret: str, row: pd.Series) -> dict[str, str]:
    """What a person wants to see of an establishment; of a person or a masked one no name and no address."""
    unit = look.find_unit(row["siren"])
    names = [*(unit["names"] if unit is not None else ()), *row["signs"]]
    return {
        "siret": siret,
        "name": " / ".join(dict.fromkeys(names)),
        "address": row["address"],
        "commune": row["commune"],
        "commune_code": row["commune_code"],
        "activity": row["activity"],
        "employees": row["employees"],
        "created": row["created"],
        "state": row["state"],
        "since": row["since"],
        "unit_state": unit["state"] if unit is not None else "",
        "unit_since": unit["since"] if unit is not None else "",
    }


def rate_commune(own: str, found: str) -> float:
    """1 for the same commune (Paris without an arrondissement is any of them), less for the same department, else 0."""
    if not own or not found:
        return 0.0
    if is_same_place(own, found):
        return 1.0
    return _SAME_DEPARTMENT if own[:2] == found[:2] else 0.0


def _mark_shared(look: RegisterLook, offers: list[Offer]) -> list[Offer]:
    """Name on each offer the other actors that have its number, or are offered it as their best."""
    users: dict[str, set[str]] = defaultdict(set)
    for row in look.actors:
        if row.cells.get("siret"):
            users[row.cells["siret"]].add(row.id)
    first = {offer.row_id: offer for offer in reversed(offers)}
    for offer in first.values():
        users[offer.subject].add(offer.row_id)
    return [replace(offer, shared=tuple(sorted(users[offer.subject] - {offer.row_id}))) for offer in offers]
