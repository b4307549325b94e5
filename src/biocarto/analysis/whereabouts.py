"""How a place and a distance are told: never closer than what the register knows."""

from __future__ import annotations

import re

import pandas as pd

from biocarto.i18n import Locale
from biocarto.model import DIVIDED, N_, Precision
from biocarto.query.proximity import Origin
from biocarto.register import freshness
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row, list_rows

EXACT = frozenset({Precision.STREET.value, Precision.CAMPUS.value, Precision.ADDRESS.value})
"""What a distance may start from, or lead to, without "about"."""

UNKNOWN_DISTRICT = N_("{place}, arrondissement inconnu")

PLACE_NOTES = {
    Precision.STREET: N_(" : à la même adresse."),
    Precision.IN_STREET: N_(" : leur point est pris au hasard dans leur rue."),
    Precision.COMMUNE: N_(" : leur position n'est connue qu'à la commune."),
    Precision.AREA: N_(" : aucune page ne dit leur arrondissement ; ils ne sont à aucun point de la carte."),
}
"""What the list of a place says of its position."""

_ARTICLE = re.compile(r"^(?:(Le)|(Les)) (?=.)")


def name_place(actor: Row, t: Locale) -> str:
    """The campus, the commune or the arrondissement of a joined actor; of an area, that no more is known."""
    name = str(actor["place_name"])
    return t(UNKNOWN_DISTRICT).format(place=name) if actor["precision"] == Precision.AREA else name


def name_place_and_department(actor: Row, t: Locale) -> str:
    """The place, and the department where its name says more: never "Paris, Paris"."""
    place, department = name_place(actor, t), str(actor["department_name"])
    return place if place.startswith(department) else f"{place}, {department}"


def locate_in(place: str, lang: str) -> str:
    """`à Évry-Courcouronnes`, `au Kremlin-Bicêtre`, `aux Ulis`; `in Les Ulis`."""
    if lang != "fr":
        return f"in {place}"
    found = _ARTICLE.match(place)
    return f"{'au' if found[1] else 'aux'} {place[found.end() :]}" if found else f"à {place}"


def describe_distance(km: float | None, actor: Row, origin: Origin, t: Locale) -> str:
    """How far a joined actor is from an origin, in words; "" where nobody knows.

    A tenth of a kilometre only between two exact positions; "about" where one end is the point of a commune or a
    random one of a street; within one commune, its name.
    """
    if km is None or pd.isna(km):
        return ""
    known = str(actor["precision"])
    if known == origin.precision == Precision.COMMUNE and actor["commune_code"] == origin.commune:
        return locate_in(str(actor["place_name"]), t.language)
    if {known, origin.precision} <= EXACT:
        return f"{t.number(float(km), 1)} km"
    return describe_about(float(km), t)


def describe_about(km: float, t: Locale) -> str:
    """A distance one end of which is no exact position: whole kilometres."""
    return t("moins de 1 km") if km < 0.95 else t("environ {km} km").format(km=t.number(round(km)))


def find_claims(actor: Row, catalogue: Catalogue) -> list[Row]:
    """What other pages prove of an actor's row, in the order of the table: the newest claim on each field, as the row has it."""
    mine = catalogue.evidence[catalogue.evidence["actor_id"].eq(actor["id"])]
    return list_rows(freshness.list_newest(mine).sort_index())


def find_other_places(actor: Row, catalogue: Catalogue) -> list[Row]:
    """What other pages say of an actor's commune, newest first: the claims on it that its row does not follow.

    Each with the columns of the evidence and place_name, department_name and precision.
    """
    claims = catalogue.evidence
    mine = claims[claims["actor_id"].eq(actor["id"]) & claims["field"].eq("commune_code") & claims["value"].ne(actor["commune_code"])]
    points, departments = catalogue.territory.points, catalogue.territory.departments["name"]
    places = points.reindex(mine["value"]).set_axis(mine.index)
    told = mine.assign(
        place_name=places["name"],
        department_name=places["department_code"].map(departments),
        precision=mine["value"].isin(DIVIDED).map({True: Precision.AREA.value, False: Precision.COMMUNE.value}),
    )
    return list_rows(told[told["place_name"].notna()].sort_values("as_of", ascending=False, kind="stable"))
