"""What narrows a selection, in words: for chips, for a sentence and for a file that is taken away."""

from __future__ import annotations

from biocarto import labels
from biocarto.i18n import Locale
from biocarto.names import fold
from biocarto.query import proximity
from biocarto.query.filters import FACETS, YEAR, Filters
from biocarto.query.proximity import Origin
from biocarto.query.site_roles import SITE_ROLE_LABELS, SiteRole
from biocarto.register.catalogue import Catalogue


def list_filters(chosen: Filters, origin: Origin | None, catalogue: Catalogue, t: Locale) -> list[tuple[str, str, str]]:
    """(field, value, text) of all that narrows the selection, as people read it; `origin` is where its distances start."""
    told = [(n, v, labels.label_option(n, v, catalogue, t)) for n in FACETS for v in getattr(chosen, n)]
    if chosen.q:
        told.append(("q", chosen.q, f"« {chosen.q} »"))
    if origin:
        told.append(("near", chosen.near, _write_circle(chosen, origin, catalogue, t)))
    if chosen.area:
        told.append(("area", chosen.area, t("dans la zone dessinée")))
    if chosen.etat:
        told.append((YEAR, chosen.etat, labels.label_option(YEAR, chosen.etat, catalogue, t)))
    if chosen.first:
        told.append(("first", chosen.first, t("« {role} » d'abord").format(role=t(SITE_ROLE_LABELS[SiteRole(chosen.first)]))))
    return told


def _write_circle(chosen: Filters, origin: Origin, catalogue: Catalogue, t: Locale) -> str:
    """The circle in words; an area has none, it is asked for as a whole."""
    if origin.is_area:
        return str(catalogue.territory.points.at[origin.commune, "name"])
    place = write_point(*origin[:2], t) if proximity.parse_point(chosen.near) else origin.label
    words = t("à {km} km d'{place}") if t.language == "fr" and fold(place)[:1] in set("aeiouy") else t("à {km} km de {place}")
    return words.format(km=f"{chosen.km:g}", place=place)


def name_filters(chosen: Filters, origin: Origin | None, catalogue: Catalogue, t: Locale) -> list[tuple[str, str]]:
    """The same as pairs of field and value in words, for a file that is taken away."""
    names = {"q": t("Chercher"), "near": t("Près de…"), "area": t("Zone dessinée"), "first": t("Rôle")}
    return [(names.get(name) or t(labels.FIELD_LABELS[name]), words) for name, _, words in list_filters(chosen, origin, catalogue, t)]


def write_point(latitude: float, longitude: float, t: Locale) -> str:
    """A point of the map in words, at three decimals: a hundred metres."""
    words = t("{latitude}° N, {longitude}° O") if longitude < 0 else t("{latitude}° N, {longitude}° E")
    return words.format(latitude=t.number(latitude, 3), longitude=t.number(abs(longitude), 3))
