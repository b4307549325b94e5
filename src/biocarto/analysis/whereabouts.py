"""How a place and a distance are told: never closer than what the register knows."""

from __future__ import annotations

import re

import pandas as pd

from biocarto.analysis.proximity import Origin
from biocarto.i18n import Translator, number
from biocarto.model import N_, Precision
from biocarto.rows import Row

EXACT = frozenset({Precision.CAMPUS.value, Precision.ADDRESS.value})
"""What a distance may start from, or lead to, without "about"."""

UNKNOWN_DISTRICT = N_("{place}, arrondissement inconnu")

_ARTICLE = re.compile(r"^(?:(Le)|(Les)) (?=.)")


def name_place(actor: Row, t: Translator) -> str:
    """The campus, the commune or the arrondissement of a joined actor; of an area, that no more is known."""
    name = str(actor["place_name"])
    return t(UNKNOWN_DISTRICT).format(place=name) if actor["precision"] == Precision.AREA else name


def name_place_and_department(actor: Row, t: Translator) -> str:
    """The place, and the department where its name says more: never "Paris, Paris"."""
    place, department = name_place(actor, t), str(actor["department_name"])
    return place if place.startswith(department) else f"{place}, {department}"


def locate_in(place: str, lang: str) -> str:
    """`à Évry-Courcouronnes`, `au Kremlin-Bicêtre`, `aux Ulis`; `in Les Ulis`."""
    if lang != "fr":
        return f"in {place}"
    found = _ARTICLE.match(place)
    return f"{'au' if found[1] else 'aux'} {place[found.end() :]}" if found else f"à {place}"


def describe_distance(km: float | None, actor: Row, origin: Origin, t: Translator, lang: str) -> str:
    """How far a joined actor is from an origin, in words; "" where nobody knows.

    A tenth of a kilometre only between two exact positions; "about" where one end is the point of a commune; within one
    commune, its name.
    """
    if km is None or pd.isna(km):
        return ""
    known = str(actor["precision"])
    if known == origin.precision == Precision.COMMUNE and actor["commune_code"] == origin.commune:
        return locate_in(str(actor["place_name"]), lang)
    if {known, origin.precision} <= EXACT:
        return f"{number(float(km), lang, 1)} km"
    return describe_about(float(km), t, lang)


def describe_about(km: float, t: Translator, lang: str) -> str:
    """A distance one end of which is the point of a commune: whole kilometres."""
    return t("moins de 1 km") if km < 0.95 else t("environ {km} km").format(km=number(round(km), lang))
