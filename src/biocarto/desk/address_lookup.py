"""An address in the national address base, where an operator has turned that on: proposals beside what a person wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from biocarto.desk.lookup_client import Service, build_odd_error, fetch, read_number, read_question, read_text
from biocarto.model import N_, PARIS

SERVICE = Service("BIOCARTO_BAN")
MOST = 5
"""Addresses that are asked for and shown."""
_COMMUNE = re.compile("([0-9]{2}|2[AB])[0-9]{3}")
_POSTCODE = re.compile("[0-9]{5}")


class AddressKind(StrEnum):
    """How exactly the base knows what was asked."""

    HOUSE_NUMBER = "housenumber"
    STREET = "street"
    LOCALITY = "locality"
    MUNICIPALITY = "municipality"


ADDRESS_KIND_LABELS = {
    AddressKind.HOUSE_NUMBER: N_("au numéro"),
    AddressKind.STREET: N_("à la rue"),
    AddressKind.LOCALITY: N_("au lieu-dit"),
    AddressKind.MUNICIPALITY: N_("à la commune seulement"),
}


@dataclass(frozen=True)
class FoundAddress:
    """An address of the base: `score` 0 to 1 is the base's own, the point is in WGS 84 (degrees)."""

    label: str
    score: float
    kind: AddressKind
    address: str
    postcode: str
    commune_code: str
    latitude: float
    longitude: float

    @property
    def is_street(self) -> bool:
        """Whether the point says more than the commune does."""
        return self.kind in {AddressKind.HOUSE_NUMBER, AddressKind.STREET}


def find_addresses(base: str, typed: str, commune_code: str, visit: str) -> list[FoundAddress]:
    """Addresses like what was typed, of a commune where one is given, the likeliest first; raises DeskError."""
    params = {"q": read_question(typed), "limit": str(MOST)}
    if commune_code == PARIS:  # the base has Paris by its arrondissements
        params["q"] += ", Paris"
    elif _COMMUNE.fullmatch(commune_code):
        params["citycode"] = commune_code
    answer = fetch(SERVICE, base, params, visit)
    features = answer.get("features") if isinstance(answer, dict) else None
    if not isinstance(features, list):
        raise build_odd_error(SERVICE, base)
    return sorted(_read_features(features[: 4 * MOST]), key=lambda found: -found.score)[:MOST]


def _read_features(features: list[object]) -> Iterator[FoundAddress]:
    """What can be read; what cannot is left out."""
    for feature in features:
        told = feature.get("properties") if isinstance(feature, dict) else None
        point = _read_point(feature.get("geometry")) if isinstance(feature, dict) else None
        if not isinstance(told, dict) or point is None:
            continue
        score, code, label = read_number(told.get("score"), 0, 1), read_text(told.get("citycode")), read_text(told.get("label"))
        kind = read_text(told.get("type"))
        if score is None or not label or kind not in set(AddressKind) or not _COMMUNE.fullmatch(code):
            continue
        postcode = read_text(told.get("postcode"))
        known = postcode if _POSTCODE.fullmatch(postcode) else ""
        name = "" if kind == AddressKind.MUNICIPALITY else read_text(told.get("name"))
        yield FoundAddress(label, score, AddressKind(kind), name, known, code, *point)


def _read_point(geometry: object) -> tuple[float, float] | None:
    """Latitude and longitude."""
    held = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(held, list) or len(held) != 2:
        return None
    longitude, latitude = read_number(held[0], -180, 180), read_number(held[1], -90, 90)
    return None if latitude is None or longitude is None else (latitude, longitude)
