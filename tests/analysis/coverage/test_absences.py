"""Absences: who lacks what, and how far people live from it, against geodesics on the raw files."""

from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely import Point

from biocarto.analysis.coverage import absences, roles
from biocarto.analysis.coverage.absences import ABSENCES, REACHED
from biocarto.analysis.coverage.roles import ChainLink
from biocarto.model import Level
from tests.analysis import raw
from tests.support.register import layers

KINDS = {ChainLink.INCUBATION: "incubator", ChainLink.RESEARCH: "research_centre", ChainLink.INTEGRATION: "integrator"}


def having(role: ChainLink) -> pd.DataFrame:
    """Rows of the raw file with a role, by other means than the module's."""
    rows = raw.actors()
    if role in KINDS:
        return rows[rows["kind"] == KINDS[role]]
    production = rows[(rows["category"] == "bioproduction") & ~rows["activity_fr"].str.startswith("Siège")]
    cdmo = production[["CDMO" in text for text in production["activity_en"]]]
    return {ChainLink.ANY: rows, ChainLink.PRODUCTION: production, ChainLink.CDMO: cdmo}[role]


@cache
def lived_in() -> pd.DataFrame:
    """Communes and Paris' arrondissements of the raw layers."""
    communes = raw.layer("communes").drop("75056")
    return pd.concat([frame[["name", "population", "latitude", "longitude"]] for frame in (communes, raw.layer("arrondissements"))])


def placed(role: ChainLink) -> pd.DataFrame:
    """Those of `having` with a position: of Paris as a whole nobody knows one."""
    rows = having(role)
    return rows[rows["commune_code"].ne("75056") | rows["site_id"].ne("")]


def positions(rows: pd.DataFrame) -> np.ndarray:
    """Longitude and latitude of raw rows: the campus' point, else the commune's or arrondissement's."""
    campus = raw.table("sites").set_index("id")
    points = pd.read_parquet(raw.ROOT / "geo" / "points.parquet")
    at = [campus.loc[site] if site else points.loc[code] for site, code in zip(rows["site_id"], rows["commune_code"], strict=True)]
    return np.array([[float(place["longitude"]), float(place["latitude"])] for place in at])


def geodesic(role: ChainLink) -> pd.Series:
    """Kilometres on the ellipsoid from every place to the nearest row with a role."""
    lived, geod, found = lived_in(), Geod(ellps="WGS84"), []
    for longitude, latitude in positions(placed(role)):
        start = np.full(len(lived), longitude), np.full(len(lived), latitude)
        found.append(geod.inv(*start, lived["longitude"].to_numpy(), lived["latitude"].to_numpy())[2] / 1000)
    return pd.Series(np.min(found, axis=0), index=lived.index)


@pytest.mark.parametrize("role", REACHED)
def test_distances_agree_with_the_ellipsoid(role: ChainLink) -> None:
    """Every place of Île-de-France, within one in a thousand; the actor named is the one at that distance."""
    near = absences.find_nearest(absences.list_places(layers()), roles.select_role(raw.shown(), role))
    expected = geodesic(role).reindex(near.index)
    np.testing.assert_allclose(near["distance_km"], expected, rtol=0.001, atol=0.001)
    assert set(near["actor_id"]) <= set(placed(role)["id"])


@pytest.mark.parametrize("role", REACHED)
def test_people_beyond_each_limit_are_those_of_the_places_beyond(role: ChainLink) -> None:
    """Populations added up by geodesic distance; Lambert-93 differs by less than one in a thousand, so two sums hold it between them."""
    found, distance, people = absences.measure_reach(raw.shown(), layers())[role], geodesic(role), lived_in()["population"]
    for limit in (10, 20, 30):
        surely, perhaps = distance > limit * 1.001, distance > limit * 0.999
        assert surely.sum() <= found.at[limit, "places"] <= perhaps.sum()
        assert people[surely].sum() <= found.at[limit, "population"] <= people[perhaps].sum()
        assert found.at[limit, "share"] == pytest.approx(100 * found.at[limit, "population"] / people.sum())
        assert perhaps.sum() - surely.sum() <= 5
    assert found["population"].is_monotonic_decreasing


def test_every_inhabitant_is_at_one_place() -> None:
    """Communes with Paris cut into arrondissements add up to the region."""
    places = absences.list_places(layers())
    assert len(places) == 1265 + 20
    assert places["population"].sum() == raw.layer("regions").at["11", "population"]


@pytest.mark.parametrize("level", list(raw.LEVELS))
@pytest.mark.parametrize("role", ABSENCES)
def test_territories_without_a_role_are_all_the_others(level: Level, role: ChainLink) -> None:
    """Listed and served make the level; the totals agree with the list, which starts with the most people."""
    served = set(having(role)[raw.LEVELS[level]])
    absent = absences.list_absent(raw.shown(), layers(), level, role)
    whole = {"department": 8, "epci": 63, "commune": 1266}[raw.LEVELS[level]]
    assert not served & set(absent.index)
    assert len(absent) + len(served) == whole
    assert absent["population"].is_monotonic_decreasing
    told = absences.count_lacking(raw.shown(), layers(), level).loc[role]
    assert (told["territories"], told["population"], told["of"]) == (len(absent), absent["population"].sum(), whole)


def test_the_nearest_is_the_nearest_by_shapely() -> None:
    """Every commune without an incubator, by geopandas' nearest join of points in metres."""
    absent = absences.list_absent(raw.shown(), layers(), Level.COMMUNE, ChainLink.INCUBATION)
    communes, rows = raw.layer("communes").loc[absent.index], placed(ChainLink.INCUBATION)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(communes["longitude"], communes["latitude"]), index=communes.index, crs=4326)
    actors = gpd.GeoDataFrame(geometry=[Point(place) for place in positions(rows)], index=rows["id"], crs=4326)
    joined = points.to_crs(2154).sjoin_nearest(actors.to_crs(2154), distance_col="metres")
    assert absent["distance_km"].to_numpy() == pytest.approx(joined.groupby(level=0)["metres"].min().loc[absent.index].to_numpy() / 1000)
    for code, actor in absent["actor_id"].items():
        assert actor in set(joined.loc[[code], "id"])


@pytest.mark.parametrize("level", [Level.DEPARTMENT, Level.EPCI])
def test_nothing_is_the_nearest_to_a_territory_larger_than_a_commune(level: Level) -> None:
    """Only its nearest and its farthest commune are told, by the geodesics of the raw files; Paris counts by arrondissement."""
    found = absences.list_absent(raw.shown(), layers(), level, ChainLink.CDMO)
    assert len(found) > 3
    assert set(found["actor_id"]) == {""}
    assert found["distance_km"].isna().all()
    km = geodesic(ChainLink.CDMO)
    communes = pd.read_parquet(raw.ROOT / "geo" / "communes.parquet", columns=["epci_code", "ept_code"])
    for code, row in found.iterrows():
        inside = {
            Level.DEPARTMENT: km.index.str[:2] == code,
            Level.EPCI: km.index.isin(communes.index[communes.eq(code).any(axis="columns")])
            | ((code == "75056") & (km.index.str[:2] == "75")),
        }[level]
        assert (row["least_km"], row["most_km"]) == pytest.approx((km[inside].min(), km[inside].max()), rel=0.001)


def test_paris_lacks_by_arrondissement() -> None:
    """As a commune it is an area too: no distance, the span of its arrondissements; another commune has one distance, told twice."""
    elsewhere = raw.shown()[raw.shown()["department_code"].ne("75")]
    found = absences.list_absent(elsewhere, layers(), Level.COMMUNE, ChainLink.ANY)
    assert np.isnan(found.at["75056", "distance_km"])
    assert found.at["75056", "least_km"] < found.at["75056", "most_km"]
    others = found.drop(index="75056")
    assert others["distance_km"].equals(others["least_km"].rename("distance_km"))
    assert others["distance_km"].equals(others["most_km"].rename("distance_km"))


def test_without_any_such_actor_everyone_lives_beyond() -> None:
    """No distance, no name, and the whole population farther than every limit."""
    nobody = raw.shown().iloc[:0]
    near = absences.find_nearest(absences.list_places(layers()), nobody)
    assert near["distance_km"].isna().all()
    assert set(near["actor_id"]) == {""}
    for found in absences.measure_reach(nobody, layers()).values():
        assert found["share"].tolist() == [100, 100, 100]
    assert absences.count_lacking(nobody, layers(), Level.DEPARTMENT)["territories"].tolist() == [8] * len(ABSENCES)
    assert absences.list_absent(nobody, layers(), Level.DEPARTMENT, ChainLink.ANY)["actor_name"].tolist() == [""] * 8


def test_a_limit_belongs_to_what_is_reached() -> None:
    """Exactly ten kilometres is not farther than ten; an unknown population counts as nobody, and nobody has no share."""
    people = pd.array([100, 50, None], dtype="Int64")
    near = pd.DataFrame({"name": ["near", "far", "nobody"], "population": people, "distance_km": [10.0, 10.001, 99.0]})
    found = absences.count_beyond(near, [10])
    assert found.loc[10].to_dict() == {"places": 2, "population": 50, "names": ("far", "nobody"), "share": pytest.approx(100 / 3)}
    assert absences.count_beyond(near.iloc[2:], [10])["share"].isna().all()


def test_countries_are_refused() -> None:
    """A KeyError, as documented."""
    with pytest.raises(KeyError):
        absences.list_absent(raw.shown(), layers(), Level.COUNTRY, ChainLink.ANY)
