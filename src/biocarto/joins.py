"""Tables and layers become one read-only Catalogue: every row knows its territory, and every mismatch is an issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import shapely

from biocarto import rows
from biocarto.catalogue import Tables
from biocarto.errors import CatalogueError, Issue
from biocarto.model import PARIS, Kind, Precision
from biocarto.territory import Territory, fold

_PARENTS = ["department_code", "region_code"]


@dataclass(frozen=True)
class Catalogue:
    """The joined register, shared read-only by every session.

    `actors` is indexed by id, one row per site of an organisation, with the columns of the table and:
    group (category of a company, else its kind), commune_official (Paris once), intercommunality_code,
    department_code, region_code, the names of these four, place_id, place_name, latitude, longitude (EPSG:4326)
    and precision. `clusters` and `stages` are indexed by id; clusters have latitude and longitude where the seat is known.
    `redirects` leads a former actor id to today's.
    """

    actors: pd.DataFrame
    sites: pd.DataFrame
    clusters: pd.DataFrame
    stages: pd.DataFrame
    networks: pd.DataFrame
    members: pd.DataFrame
    national_sites: pd.DataFrame
    figures: pd.DataFrame
    regional_figures: pd.DataFrame
    redirects: dict[str, str]
    territory: Territory
    resources: dict[str, dict]  # type: ignore[type-arg]


def _line(position: int) -> int:
    return position + 2


def _code_issues(table: str, frame: pd.DataFrame, names: pd.Series, code: str, name: str) -> Iterator[Issue]:
    """A code that no layer knows, or a code and a name that tell different places."""
    for position, (given, written) in enumerate(zip(frame[code], frame[name], strict=True)):
        if not given:
            continue
        if given not in names.index:
            yield Issue(
                table, _line(position), code, given, "un code du Code officiel géographique", "a code of the official list of territories"
            )
        elif fold(names[given]) != fold(written):
            yield Issue(
                table,
                _line(position),
                name,
                written,
                f"« {names[given]} », le nom du code {given}",
                f"“{names[given]}”, the name of code {given}",
            )


def _region_issues(table: str, frame: pd.DataFrame, regions: pd.Series, names_column: str) -> Iterator[Issue]:
    """Lists of region codes whose names do not agree with the list of names beside them."""
    for position, (codes, names) in enumerate(zip(frame["region_codes"], frame[names_column], strict=True)):
        unknown = [code for code in codes if code not in regions.index]
        if unknown:
            yield Issue(
                table, _line(position), "region_codes", ";".join(unknown), "des codes de région de l'INSEE", "region codes of INSEE"
            )
        elif [fold(regions[code]) for code in codes] != [fold(name) for name in names]:
            official = ";".join(regions[code] for code in codes)
            yield Issue(table, _line(position), names_column, ";".join(names), f"« {official} »", f"“{official}”")


def _site_issues(sites: pd.DataFrame, actors: pd.DataFrame, territory: Territory) -> Iterator[Issue]:
    """A campus point outside its commune or arrondissement, or an actor whose commune is not its campus'."""
    outlines = pd.concat([territory.communes.geometry, territory.arrondissements.geometry])
    for position, site in enumerate(rows.each(sites)):
        code, latitude, longitude = str(site["commune_code"]), float(site["latitude"]), float(site["longitude"])
        if not outlines[code].intersects(shapely.Point(longitude, latitude)):
            found = territory.locate(latitude, longitude)
            expected = f"la commune du point : {found}", f"the commune of the point: {found}"
            yield Issue("sites.csv", _line(position), "commune_code", code, *expected)
    communes = sites.set_index("id")["commune_code"]
    for position, (site, commune) in enumerate(zip(actors["site_id"], actors["commune_code"], strict=True)):
        if site and communes[site] != commune:
            text = f"{communes[site]} ({site})"
            yield Issue(
                "actors.csv",
                _line(position),
                "commune_code",
                commune,
                f"la commune du campus : {text}",
                f"the commune of the campus: {text}",
            )


def issues(tables: Tables, territory: Territory) -> list[Issue]:
    """Every disagreement between the tables and the layers."""
    communes = territory.points["name"].where(~territory.points.index.isin(territory.arrondissements.index), "Paris")
    regions = territory.regions["name"]
    found = [
        *_code_issues(
            "sites.csv",
            tables.sites.assign(commune=tables.sites["commune_code"].map(communes).fillna("?")),
            communes,
            "commune_code",
            "commune",
        ),
        *_code_issues("actors.csv", tables.actors, communes, "commune_code", "commune"),
        *_code_issues("clusters.csv", tables.clusters, communes, "commune_code", "commune"),
        *_code_issues("national_sites.csv", tables.national_sites, communes, "commune_code", "commune"),
        *_code_issues("national_sites.csv", tables.national_sites, regions, "region_code", "region"),
        *_region_issues("clusters.csv", tables.clusters, regions, "regions_covered"),
        *_region_issues("tour_stages.csv", tables.tour_stages, regions, "regions"),
    ]
    return found or list(_site_issues(tables.sites, tables.actors, territory))


def _with_territory(actors: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Codes and names of the four levels above an actor; raises KeyError never: codes were checked."""
    official = actors["commune_code"].mask(actors["commune_code"].isin(territory.arrondissements.index), PARIS)
    above = territory.communes.loc[official, ["name", "intercommunality_code", *_PARENTS]].set_axis(actors.index)
    return actors.assign(
        commune_official=official,
        commune_name=above["name"],
        intercommunality_code=above["intercommunality_code"],
        intercommunality_name=territory.epci["name"].reindex(above["intercommunality_code"]).to_numpy(),
        department_code=above["department_code"],
        department_name=territory.departments["name"].reindex(above["department_code"]).to_numpy(),
        region_code=above["region_code"],
    )


def _with_position(actors: pd.DataFrame, sites: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """The campus point where the register has one, else the point of the commune or arrondissement."""
    campus = sites.set_index("id")[["latitude", "longitude", "name"]]
    commune = territory.points.loc[actors["commune_code"], ["latitude", "longitude", "name"]].set_axis(actors.index)
    known = actors["site_id"].ne("")
    point = commune.copy()
    point.loc[known] = campus.loc[actors.loc[known, "site_id"]].to_numpy()
    return actors.assign(
        precision=known.map({True: Precision.CAMPUS.value, False: Precision.COMMUNE.value}),
        place_id=("site-" + actors["site_id"]).where(known, "commune-" + actors["commune_code"]),
        place_name=point["name"],
        latitude=point["latitude"].astype(float),
        longitude=point["longitude"].astype(float),
    )


def _joined_actors(tables: Tables, territory: Territory) -> pd.DataFrame:
    actors = tables.actors.set_index("id", drop=False).rename_axis(None)
    group = actors["category"].where(actors["kind"].eq(Kind.COMPANY), actors["kind"])
    return _with_position(_with_territory(actors.assign(group=group), territory), tables.sites, territory)


def _with_seat(frame: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Latitude and longitude of the commune; missing where the commune is unknown."""
    seats = territory.points[["latitude", "longitude"]].reindex(frame["commune_code"]).set_axis(frame.index)
    return frame.assign(latitude=seats["latitude"], longitude=seats["longitude"])


def build(tables: Tables, territory: Territory) -> Catalogue:
    """Join everything; raises CatalogueError with every code that does not agree with its name."""
    found = issues(tables, territory)
    if found:
        raise CatalogueError(found)
    by_id = {
        name: getattr(tables, name).set_index("id", drop=False).rename_axis(None)
        for name in ("clusters", "tour_stages", "networks", "sites", "figures")
    }
    return Catalogue(
        actors=_joined_actors(tables, territory),
        sites=by_id["sites"],
        clusters=_with_seat(by_id["clusters"], territory),
        stages=by_id["tour_stages"].sort_values("order"),
        networks=by_id["networks"],
        members=tables.network_members,
        national_sites=_with_seat(tables.national_sites, territory),
        figures=by_id["figures"],
        regional_figures=tables.regional_figures,
        redirects=dict(zip(tables.redirects["old_id"], tables.redirects["actor_id"], strict=True)),
        territory=territory,
        resources=tables.resources,
    )
