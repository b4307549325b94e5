"""Tables and layers become one read-only Catalogue: every row knows its territory, and every mismatch is an issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from biocarto.errors import CatalogueError, Issue, quote_value
from biocarto.model import DIVIDED, OWN_POINTS, PARIS, Kind, Precision
from biocarto.names import fold
from biocarto.register import causes, columns, freshness, place_rules
from biocarto.register.changes import Change
from biocarto.register.place_rules import find_path, read_cells
from biocarto.register.tables import Tables
from biocarto.territory.territory import Territory

_PARENTS = ["department_code", "region_code"]
_KNOWN = ("un code de commune du Code officiel géographique", "a commune code of the official list of territories")
_FINEST = 100_000
"""Points of actors are told to 1e-5 degree, about a metre: those that agree so far are one place."""
_ELSEWHERE = ("une commune d'Île-de-France", "a commune of Île-de-France")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The joined register, shared read-only by every session; a key of what is made once from it (`query.select`).

    `actors` is indexed by id, one row per site of an organisation, with the columns of the table and those of `columns.JOINED`,
    whose latitude and longitude are known for almost every row: precision says whether they are its own, its campus' or its commune's.
    Latitude and longitude are missing where precision is `area`: of Paris as a whole nobody knows a position.
    `clusters`, `stages`, `networks` and `events` are indexed by id; clusters and national sites have latitude and longitude where
    the seat is known, `members` where their city has a point (a commune of France, or a row of `cities`): those mark a city on a
    map of countries, and precision says what they are worth (`commune`, `area`, "" where unknown).
    `redirects` leads a former actor id to today's.
    """

    actors: pd.DataFrame
    evidence: pd.DataFrame
    sites: pd.DataFrame
    clusters: pd.DataFrame
    stages: pd.DataFrame
    networks: pd.DataFrame
    members: pd.DataFrame
    events: pd.DataFrame
    cities: pd.DataFrame
    national_sites: pd.DataFrame
    figures: pd.DataFrame
    regional_figures: pd.DataFrame
    redirects: dict[str, str]
    territory: Territory
    resources: dict[str, dict]  # type: ignore[type-arg]
    edition: str = ""
    """The name of the edition that the tables are."""
    changes: tuple[Change, ...] = ()
    """What each edition told differently from the one before, oldest first."""
    stamp: str = ""
    """The folder of the tables as it was before they were read."""


def _code_issues(
    tables: Tables, table: str, official: pd.Series, pair: tuple[str, str], territory: Territory, *, known: tuple[str, str] = _KNOWN
) -> Iterator[Issue]:
    """A code that is not among the official ones (`known` says which they are), or a code and a name that tell different places."""
    code, name = pair
    codes = list(dict.fromkeys(given for _, given in read_cells(tables, table, code) if given))
    names = {given: found for given, found in zip(codes, official.reindex(codes).tolist(), strict=True) if isinstance(found, str)}
    for line, given, written in read_cells(tables, table, code, name):
        if not given or names.get(given) == written:
            continue
        if given not in names:
            yield Issue(find_path(tables, table), line, code, quote_value(given), *known, *place_rules.explain_code(territory, given))
        elif fold(names[given]) != fold(written):
            fr, en = f"« {names[given]} », le nom du code {given}", f"“{names[given]}”, the name of code {given}"
            yield Issue(find_path(tables, table), line, name, quote_value(written), fr, en)


def _region_issues(tables: Tables, table: str, regions: pd.Series, column: str) -> Iterator[Issue]:
    """Lists of region codes whose names do not agree with the list of names beside them."""
    for line, codes, names in read_cells(tables, table, "region_codes", column):
        unknown = [code for code in codes if code not in regions.index]
        if unknown:
            expected = "des codes de région de l'INSEE", "region codes of INSEE"
            yield Issue(find_path(tables, table), line, "region_codes", quote_value(";".join(unknown)), *expected)
        elif [fold(regions[code]) for code in codes] != [fold(name) for name in names]:
            official = ";".join(regions[code] for code in codes)
            yield Issue(find_path(tables, table), line, column, quote_value(";".join(names)), f"« {official} »", f"“{official}”")


def _claim_issues(tables: Tables, territory: Territory) -> Iterator[Issue]:
    """A claim, even an old one, on a commune that an actor cannot have: its sheet would name a place that is none."""
    known = territory.points
    for line, field, code in read_cells(tables, "evidence", "field", "value"):
        if field == "commune_code" and code and code not in known.index:
            remedy = place_rules.explain_code(territory, code)
            yield Issue(find_path(tables, "evidence"), line, "value", quote_value(code), *_KNOWN, *remedy)


def _outlines(territory: Territory) -> gpd.GeoSeries:
    """What an actor or a campus may lie in: the communes of Île-de-France and the arrondissements of Paris."""
    return gpd.GeoSeries(pd.concat([territory.communes.geometry, territory.arrondissements.geometry]))


def _site_issues(tables: Tables, territory: Territory) -> Iterator[Issue]:
    """A campus outside Île-de-France, or whose point is outside its commune or arrondissement."""
    outlines = _outlines(territory)
    for line, code, latitude, longitude in read_cells(tables, "sites", "commune_code", "latitude", "longitude"):
        if code not in outlines.index:
            yield Issue(
                find_path(tables, "sites"), line, "commune_code", quote_value(code), *_ELSEWHERE, *place_rules.explain_code(territory, code)
            )
        elif not outlines[code].intersects(shapely.Point(longitude, latitude)):
            found = territory.locate(latitude, longitude)
            told = f"la commune du point : {found}", f"the commune of the point: {found}"
            expected = told if found else ("un point d'Île-de-France, dans sa commune", "a point of Île-de-France, in its commune")
            yield Issue(find_path(tables, "sites"), line, "commune_code", quote_value(code), *expected)


def _campus_issues(tables: Tables, territory: Territory, doubtful: set[int]) -> Iterator[Issue]:
    """An actor whose commune is not its campus'; an actor or a campus (by line) that has an issue of its own is left out."""
    here = _outlines(territory).index
    campuses = {site: code for line, site, code in read_cells(tables, "sites", "id", "commune_code") if line not in doubtful}
    for line, site, code in read_cells(tables, "actors", "site_id", "commune_code"):
        if site in campuses and code in here and campuses[site] != code:
            text = f"{campuses[site]} ({site})"
            expected = f"la commune du campus : {text}", f"the commune of the campus: {text}"
            yield Issue(find_path(tables, "actors"), line, "commune_code", quote_value(code), *expected)


def _network_region_issues(tables: Tables, regions: pd.Series) -> Iterator[Issue]:
    """Codes of regions that INSEE does not know."""
    for line, codes in read_cells(tables, "networks", "region_codes"):
        unknown = [code for code in codes if code not in regions.index]
        if unknown:
            found = quote_value(";".join(unknown))
            yield Issue(
                find_path(tables, "networks"), line, "region_codes", found, "des codes de région de l'INSEE", "region codes of INSEE"
            )


def _body_issues(tables: Tables) -> Iterator[Issue]:
    """Figures about a body that neither the clusters nor the networks hold."""
    known = {*tables.clusters["id"], *tables.networks["id"]}
    expected = "« id » d'une ligne de clusters.csv ou networks.csv", "the “id” of a row of clusters.csv or networks.csv"
    for line, body in read_cells(tables, "figures", "body_id"):
        if body and body not in known:
            yield Issue(find_path(tables, "figures"), line, "body_id", quote_value(body), *expected)


def find_issues(tables: Tables, territory: Territory) -> list[Issue]:
    """Every disagreement between the tables and the layers, in the order of the tables and their lines."""
    communes = territory.points["name"].where(~territory.points.index.isin(territory.arrondissements.index), "Paris")
    here, regions = communes[communes.index.isin(_outlines(territory).index)], territory.regions["name"]
    sites, commune = list(_site_issues(tables, territory)), ("commune_code", "commune")
    found = [
        *sites,
        *_campus_issues(tables, territory, {issue.line for issue in sites}),
        *_code_issues(tables, "actors", here, commune, territory, known=_ELSEWHERE),
        *_claim_issues(tables, territory),
        *_code_issues(tables, "clusters", communes, commune, territory),
        *_code_issues(tables, "network_members", communes, ("commune_code", "city"), territory),
        *_code_issues(tables, "events", communes, ("commune_code", "place_fr"), territory),
        *_code_issues(tables, "national_sites", communes, commune, territory),
        *_code_issues(tables, "national_sites", regions, ("region_code", "region"), territory),
        *_region_issues(tables, "clusters", regions, "regions_covered"),
        *_region_issues(tables, "tour_stages", regions, "regions"),
        *_network_region_issues(tables, regions),
        *_body_issues(tables),
        *place_rules.find_issues(tables, territory),
    ]
    order = [resource["path"] for resource in tables.resources.values()]
    return causes.gather(sorted(found, key=lambda issue: (order.index(issue.table), issue.line)))


def _with_territory(actors: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Codes and names of the four levels above an actor, whose commune `find_issues` found in Île-de-France."""
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


def _precision(communes: pd.Series) -> pd.Series:
    """What a position is worth that is known by the code of its commune; "" without a code."""
    known = pd.Series(Precision.COMMUNE.value, index=communes.index)
    return known.mask(communes.isin(DIVIDED), Precision.AREA.value).mask(communes.eq(""), "")


def _with_position(actors: pd.DataFrame, sites: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """A point of its own, else that of its campus, else the point of the commune or arrondissement, else none."""
    campus = sites.set_index("id")[["latitude", "longitude", "name"]]
    commune = territory.points.loc[actors["commune_code"], ["latitude", "longitude", "name"]].set_axis(actors.index)
    known = actors["site_id"].ne("")
    point = commune.copy()
    point.loc[known] = campus.loc[actors.loc[known, "site_id"]].to_numpy()
    precision = _precision(actors["commune_code"]).mask(known, Precision.CAMPUS.value)
    point.loc[precision.eq(Precision.AREA), ["latitude", "longitude"]] = float("nan")
    places = ("site-" + actors["site_id"]).where(known, "commune-" + actors["commune_code"])
    own = actors["position"].isin(OWN_POINTS)
    if own.any():
        points = actors.loc[own, ["latitude", "longitude"]].astype(float)
        point.loc[own, points.columns] = points
        whole = (points * _FINEST).round().astype(int).astype(str)
        places.loc[own] = actors.loc[own, "position"] + "-" + whole["latitude"] + "-" + whole["longitude"]
    return actors.assign(
        precision=precision.mask(own, actors["position"]),
        place_id=places,
        place_name=point["name"],
        latitude=point["latitude"].astype(float),
        longitude=point["longitude"].astype(float),
    )


def tell_status(tables: Tables) -> pd.DataFrame:
    """The actors (index: id) of the tables alone, and the page that each status rests on: the newest claim, else the row's own.

    Columns added: status_year, status_source_url, status_source_title, presence and trust.
    """
    return tell_actor_status(tables.actors, tables.evidence, tables.edition)


def tell_actor_status(rows: pd.DataFrame, evidence: pd.DataFrame, edition: str) -> pd.DataFrame:
    """The same of typed rows of the two tables."""
    actors = rows.set_index("id", drop=False).rename_axis(None)
    claims = freshness.find_newest(evidence, "status").reindex(actors.index)
    claimed = claims["value"].notna()
    years = claims["as_of"].astype("Int64").where(claimed, actors["as_of"])
    return actors.assign(
        status_year=years,
        status_source_url=claims["source_url"].where(claimed, actors["source_url"]),
        status_source_title=claims["source_title"].where(claimed, actors["source_title"]),
        presence=freshness.compute_presences(actors["status"], years),
        trust=freshness.compute_trusts(actors["confidence"], years, edition),
    )


def _join_actors(tables: Tables, territory: Territory) -> pd.DataFrame:
    actors = tell_status(tables)
    group = actors["category"].where(actors["kind"].eq(Kind.COMPANY), actors["kind"])
    joined = _with_position(_with_territory(actors.assign(group=group), territory), tables.sites, territory)
    return columns.check(joined, columns.JOINED)


def _join_sites(tables: Tables, territory: Territory) -> pd.DataFrame:
    """Sites of the nation (index: id) with their point and their presence."""
    sites = tables.national_sites.set_index("id", drop=False).rename_axis(None)
    years = pd.to_numeric(sites["as_of"].str[:4], errors="coerce").astype("Int64")
    return _with_seat(sites.assign(status_year=years, presence=freshness.compute_presences(sites["status"], years)), territory)


def _with_seat(frame: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Latitude, longitude and precision of the commune; missing where the commune is unknown."""
    seats = territory.points[["latitude", "longitude"]].reindex(frame["commune_code"]).set_axis(frame.index)
    return frame.assign(latitude=seats["latitude"], longitude=seats["longitude"], precision=_precision(frame["commune_code"]))


def _with_city(members: pd.DataFrame, cities: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Latitude and longitude of the commune in France, of the row of `cities` elsewhere; missing where neither is known."""
    abroad = cities.set_index(["country", "name_fr"])[["latitude", "longitude"]]
    named = abroad.reindex(pd.MultiIndex.from_frame(members[["country", "city"]])).set_axis(members.index)
    french = _with_seat(members, territory)
    points = {column: french[column].fillna(named[column].astype(float)) for column in abroad.columns}
    known = french["precision"].mask(french["precision"].eq("") & points["latitude"].notna(), Precision.COMMUNE.value)
    return french.assign(**points, precision=known)


def build(tables: Tables, territory: Territory) -> Catalogue:
    """Join everything; raises CatalogueError with every code or point that does not fit the layers."""
    found = find_issues(tables, territory)
    if found:
        raise CatalogueError(found)
    by_id = {
        name: getattr(tables, name).set_index("id", drop=False).rename_axis(None)
        for name in ("clusters", "tour_stages", "networks", "sites", "figures", "events")
    }
    return Catalogue(
        actors=_join_actors(tables, territory),
        evidence=tables.evidence,
        sites=by_id["sites"],
        clusters=_with_seat(by_id["clusters"], territory),
        stages=by_id["tour_stages"].sort_values("order"),
        networks=by_id["networks"],
        members=_with_city(tables.network_members, tables.cities, territory),
        events=by_id["events"],
        cities=tables.cities,
        national_sites=_join_sites(tables, territory),
        figures=by_id["figures"],
        regional_figures=tables.regional_figures,
        redirects=dict(zip(tables.redirects["old_id"], tables.redirects["actor_id"], strict=True)),
        territory=territory,
        resources=tables.resources,
        edition=tables.edition,
        changes=tables.changes,
        stamp=tables.stamp,
    )
