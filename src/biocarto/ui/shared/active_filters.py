"""What narrows a selection, in words: for chips, for a sentence and for a file that is taken away."""

from __future__ import annotations

from biocarto import labels
from biocarto.query import proximity
from biocarto.query.facets import Found
from biocarto.query.filters import FACETS, Filters
from biocarto.query.proximity import Origin
from biocarto.query.site_roles import SITE_ROLE_LABELS, SiteRole
from biocarto.territory.territory import fold
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import current, text


def narrowed(chosen: Filters, found: Found) -> list[tuple[str, str, str]]:
    """(field, value, text) of all that narrows the selection, as people read it."""
    t, catalogue = text(), cache.catalogue()
    said = [(n, v, labels.option(n, v, catalogue, t)) for n in FACETS for v in getattr(chosen, n)]
    if chosen.q:
        said.append(("q", chosen.q, f"« {chosen.q} »"))
    if found.origin:
        said.append(("near", chosen.near, _around(chosen, found.origin)))
    if chosen.area:
        said.append(("area", chosen.area, t("dans la zone dessinée")))
    if chosen.first:
        said.append(("first", chosen.first, t("« {role} » d'abord").format(role=t(SITE_ROLE_LABELS[SiteRole(chosen.first)]))))
    return said


def _around(chosen: Filters, origin: Origin) -> str:
    """The circle in words; an area has none, it is asked for as a whole."""
    t = text()
    if origin.is_area:
        return str(cache.catalogue().territory.points.at[origin.commune, "name"])
    place = write_point(*origin[:2]) if proximity.point(chosen.near) else origin.label
    words = t("à {km} km d'{place}") if current() == "fr" and fold(place)[:1] in set("aeiouy") else t("à {km} km de {place}")
    return words.format(km=f"{chosen.km:g}", place=place)


def said(chosen: Filters, found: Found) -> list[tuple[str, str]]:
    """What narrows the selection, as pairs of field and value in words, for a file that is taken away."""
    t = text()
    names = {"q": t("Chercher"), "near": t("Près de…"), "area": t("Zone dessinée"), "first": t("Rôle")}
    return [(names.get(name) or t(labels.FIELD_LABELS[name]), shown) for name, _, shown in narrowed(chosen, found)]


def write_point(latitude: float, longitude: float) -> str:
    """A point of the map in words, at three decimals: a hundred metres."""
    t = text()
    words = t("{latitude}° N, {longitude}° O") if longitude < 0 else t("{latitude}° N, {longitude}° E")
    return words.format(latitude=t.number(latitude, 3), longitude=t.number(abs(longitude), 3))
