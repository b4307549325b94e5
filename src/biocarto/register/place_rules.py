"""What two columns tell of one place, held against the layers: commune and region or post code, point and country, names of regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import shapely

from biocarto.errors import Issue, quote_value
from biocarto.model import OWN_POINTS
from biocarto.names import fold
from biocarto.register.tables import Tables
from biocarto.territory.territory import Territory

BORDER = 30.0
"""Metres that the point of an actor may lie outside its commune: outlines and points are as exact as that."""

COAST = 0.2
"""Degrees that a city may lie outside the outline of its country, whose coasts are drawn coarsely."""

FORMER_REGIONS: Mapping[str, str] = {
    "Alsace": "Grand Est",
    "Aquitaine": "Nouvelle-Aquitaine",
    "Auvergne": "Auvergne-Rhône-Alpes",
    "Basse-Normandie": "Normandie",
    "Bourgogne": "Bourgogne-Franche-Comté",
    "Centre": "Centre-Val de Loire",
    "Champagne-Ardenne": "Grand Est",
    "Franche-Comté": "Bourgogne-Franche-Comté",
    "Haute-Normandie": "Normandie",
    "Languedoc-Roussillon": "Occitanie",
    "Limousin": "Nouvelle-Aquitaine",
    "Lorraine": "Grand Est",
    "Midi-Pyrénées": "Occitanie",
    "Nord-Pas-de-Calais": "Hauts-de-France",
    "Picardie": "Hauts-de-France",
    "Poitou-Charentes": "Nouvelle-Aquitaine",
    "Rhône-Alpes": "Auvergne-Rhône-Alpes",
}
"""Region until 2015 -> the region that holds it since 1 January 2016."""

WHOLE = ("France",)
"""What a regional figure may be about besides regions."""

_WITH_POSTCODE = ("actors", "clusters", "national_sites")
Texts = tuple[str, str]


def read_cells(tables: Tables, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The spreadsheet line of each row, then its cells."""
    frame = getattr(tables, table)
    return zip(tables.lines[table], *(frame[column] for column in columns), strict=True)


def find_path(tables: Tables, table: str) -> str:
    """The file of a table."""
    return str(tables.resources[table]["path"])


def find_issues(tables: Tables, territory: Territory) -> Iterator[Issue]:
    """Every cell that tells another place than the cells beside it."""
    yield from _regions_of_communes(tables, territory)
    for table in _WITH_POSTCODE:
        yield from _postcodes(tables, table, territory)
    yield from _check_points(tables, territory)
    yield from _cities(tables, territory)
    yield from _check_region_names(tables, territory)
    yield from _check_geographies(tables, territory)


def explain_code(territory: Territory, code: str) -> Texts:
    """What to write instead of a code that is none of today's communes; nothing where the code never was one.

    A post code is the likelier slip: 75001 also was Alfortville until 1968, a code without a name that nobody means.
    """
    codes = territory.official_codes
    served = ", ".join(_list_served(territory, code)[:5])
    was = _explain_former(territory, code) if not served or (code in codes.index and codes.at[code, "name"]) else ("", "")
    if not served:
        return was
    fr = f"{code} est un code postal : écrivez le code INSEE ({served})."
    en = f"{code} is a post code: write the INSEE code ({served})."
    return " ".join(filter(None, (fr, was[0]))), " ".join(filter(None, (en, was[1])))


def _explain_former(territory: Territory, code: str) -> Texts:
    """The commune that an arrondissement belongs to, or that a former commune has joined."""
    codes = territory.official_codes
    if code not in codes.index or codes.at[code, "type"] == "commune":
        return "", ""
    name, kind, today = codes.loc[code, ["name", "type", "commune_code"]]
    named = f"{code} ({name})" if name else code
    city = f"{today} ({territory.points['name'].get(today, today)})"
    if kind == "district":
        return f"{named} est un arrondissement : écrivez la commune, {city}.", f"{named} is an arrondissement: write the commune, {city}."
    return f"{named} a rejoint {city} : écrivez ce code.", f"{named} has joined {city}: write this code."


def _list_served(territory: Territory, postcode: str) -> list[str]:
    """The communes and arrondissements of a post code, the smallest areas first, as `75101 (Paris 1er Arrondissement)`."""
    codes, names = territory.official_codes, territory.points["name"]
    own = [cell.split(";") for cell in codes["postcodes"]]
    served = sorted((len(cells), code) for cells, code in zip(own, codes.index, strict=True) if postcode in cells)
    return [f"{code} ({str(codes.at[code, 'name']) or names.get(code, code)})" for _, code in served]


def _regions_of_communes(tables: Tables, territory: Territory) -> Iterator[Issue]:
    regions, names = territory.points["region_code"], territory.regions["name"]
    for line, commune, region in read_cells(tables, "national_sites", "commune_code", "region_code"):
        right = regions.get(commune, region)
        if right != region and region in names.index:
            told = f"{right} ({names.get(right, right)})"
            fr, en = f"{told}, la région de la commune {commune}", f"{told}, the region of commune {commune}"
            yield Issue(find_path(tables, "national_sites"), line, "region_code", quote_value(region), fr, en)


def _postcodes(tables: Tables, table: str, territory: Territory) -> Iterator[Issue]:
    """A post code of other communes, or (CEDEX codes are in no list) one that begins like none of its commune's."""
    served = territory.official_codes["postcodes"]
    for line, commune, postcode in read_cells(tables, table, "commune_code", "postcode"):
        own = str(served.get(commune, "")).split(";") if postcode else [""]
        if own == [""] or postcode in own:
            continue
        if postcode in territory.postcodes or postcode[:2] not in {code[:2] for code in own}:
            some = ", ".join(own[:5]) + ("…" if len(own) > 5 else "")
            fr, en = f"un code postal de la commune {commune} ({some})", f"a post code of commune {commune} ({some})"
            yield Issue(find_path(tables, table), line, "postcode", quote_value(postcode), fr, en)


def _check_points(tables: Tables, territory: Territory) -> Iterator[Issue]:
    """An actor whose own point is not in its commune or arrondissement; a row without a point has none to check."""
    if "latitude" not in tables.actors:
        return
    for line, code, position, latitude, longitude in read_cells(tables, "actors", "commune_code", "position", "latitude", "longitude"):
        if position not in OWN_POINTS or is_in_commune(territory, code, float(latitude), float(longitude)):
            continue
        found = territory.locate(latitude, longitude)
        told = f" ; celui-ci est dans la commune {found}" if found else "", f"; this one is in the commune {found}" if found else ""
        fr, en = f"un point de la commune {code}{told[0]}", f"a point of the commune {code}{told[1]}"
        yield Issue(find_path(tables, "actors"), line, "latitude", f"{latitude:g}, {longitude:g}", fr, en)


def is_in_commune(territory: Territory, code: str, latitude: float, longitude: float) -> bool:
    """Whether a point (EPSG:4326 degrees) lies in a commune or an arrondissement, or `BORDER` metres outside it at most.

    True of a code without an outline, which is told elsewhere.
    """
    metres = territory.measure_outside(code, latitude, longitude)
    return metres is None or metres <= BORDER


def _cities(tables: Tables, territory: Territory) -> Iterator[Issue]:
    """A city outside its country; where the point lies in it with latitude and longitude swapped, that is said."""
    shapes = territory.countries.geometry
    for line, country, latitude, longitude in read_cells(tables, "cities", "country", "latitude", "longitude"):
        outline = shapes.get(country)
        if outline is None or outline.distance(shapely.Point(longitude, latitude)) <= COAST:
            continue
        swapped = outline.distance(shapely.Point(latitude, longitude)) <= COAST
        remedy = ("Latitude et longitude sont interverties.", "Latitude and longitude are swapped.") if swapped else ("", "")
        fr, en = f"un point du pays {country}", f"a point in the country {country}"
        yield Issue(find_path(tables, "cities"), line, "latitude", f"{latitude:g}, {longitude:g}", fr, en, *remedy)


def _official(territory: Territory) -> dict[str, str]:
    """Folded name -> the official spelling, of regions and of what else a regional figure may be about."""
    return {fold(name): name for name in (*territory.regions["name"], *WHOLE)}


def _list_renamed() -> dict[str, str]:
    return {fold(old): new for old, new in FORMER_REGIONS.items()}


def _check_region_names(tables: Tables, territory: Territory) -> Iterator[Issue]:
    """Figures of regions that are not called so (any more): they would stand in a place of their own."""
    official = _official(territory)
    for line, names in read_cells(tables, "regional_figures", "region"):
        for name in names:
            if official.get(fold(name)) != name:
                yield Issue(find_path(tables, "regional_figures"), line, "region", quote_value(name), *_region_meant(name, official))


def _region_meant(name: str, official: Mapping[str, str]) -> tuple[str, ...]:
    """What is expected instead of a name, then since when, where a region has merged."""
    if new := _list_renamed().get(fold(name)):
        return f"« {new} »", f"“{new}”", "Les régions ont fusionné le 1er janvier 2016.", "The regions merged on 1 January 2016."
    near = get_close_matches(fold(name), official, n=1)
    meant = official.get(fold(name)) or (official[near[0]] if near else "")
    named = f" (« {meant} » ?)" * bool(meant), f" (“{meant}”?)" * bool(meant)
    return f"le nom officiel d'une région{named[0]}", f"the official name of a region{named[1]}"


def _check_geographies(tables: Tables, territory: Territory) -> Iterator[Issue]:
    """The free text of a figure's geography: a region of before 2016, or one that is nearly written like a region."""
    official, former = _official(territory), _list_renamed()
    seen: dict[str, list[int]] = defaultdict(list)
    for line, name in read_cells(tables, "figures", "geography"):
        key = fold(name)
        if key in former or official.get(key, name) != name:
            seen[name].append(line)
    for name, lines in seen.items():
        yield Issue(find_path(tables, "figures"), lines[0], "geography", quote_value(name), *_region_meant(name, official))
