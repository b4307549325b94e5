"""The French layers: measured on the contours as published, simplified as coverages, ready to be written.

Areas come from the mesh before simplification; a parent's area and population are the sums of its communes'.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from biocarto.build import layers_mesh as mesh
from biocarto.build.layers_registry import Registry, assign_epci, list_official_epci
from biocarto.model import ILE_DE_FRANCE, PARIS

FINE, LIGHT, SMALL = 100.0, 600.0, 4e6
"""Île-de-France: tolerances in metres of the two resolutions; areas below SMALL (m²) are never drawn coarser than 2 x FINE."""
NATIONAL, NATIONAL_LIGHT = 300.0, 1000.0
"""France: tolerances in metres of the two resolutions."""


@dataclass(frozen=True)
class France:
    """What the layers are cut from: the register, the mesh by projection (EPSG code) and one row per commune and arrondissement."""

    registry: Registry
    zones: dict[int, gpd.GeoSeries]
    places: pd.DataFrame


def _inside(contours: gpd.GeoSeries, town_halls: pd.Series) -> pd.DataFrame:
    """One point per contour (EPSG:4326), always inside it: the town hall where its point is, else a representative point."""
    halls = np.array([town_halls.get(code) for code in contours.index], dtype=object)
    good = shapely.contains_properly(contours.to_numpy(), halls)
    points = np.where(good, halls, shapely.point_on_surface(contours.to_numpy()))
    return pd.DataFrame(
        {
            "latitude": shapely.get_y(points).round(6),
            "longitude": shapely.get_x(points).round(6),
            "point": np.where(good, "town_hall", "inside"),
        },
        index=contours.index,
    )


def survey_communes(registry: Registry, zones: dict[int, gpd.GeoSeries], town_halls: pd.Series) -> France:
    """Area and point of every commune and Paris arrondissement; `town_halls` maps a code to a point in EPSG:4326."""
    city = mesh.dissolve_layer(_of(zones[2154], registry.arrondissements.index), [PARIS] * len(registry.arrondissements))
    measured = [*zones.values(), city]
    area = pd.concat([zone.area for zone in measured]) / 1e6
    points = pd.concat([_inside(mesh.to_geographic(zone), town_halls) for zone in measured])
    rows = pd.concat([registry.communes, registry.arrondissements]).fillna({"epci_code": "", "ept_code": "", "commune_code": ""})
    return France(registry, zones, rows.assign(area_km2=area.round(4)).join(points).sort_index())


def _of(layer: gpd.GeoSeries, codes: pd.Index) -> gpd.GeoSeries:
    return layer[layer.index.isin(codes)]


def list_points(france: France) -> pd.DataFrame:
    """Every commune of France and the 20 arrondissements: name, latitude, longitude, point (its kind), parents, population."""
    columns = ["name", "latitude", "longitude", "point", "department_code", "region_code", "population", "population_year"]
    return france.places[columns]


def _layer(shapes: gpd.GeoSeries, facts: pd.DataFrame) -> gpd.GeoDataFrame:
    """Shapes in EPSG:4326 with their facts; index = code."""
    geometry = mesh.to_geographic(shapes)
    return gpd.GeoDataFrame(facts.loc[geometry.index], geometry=geometry.to_numpy(), crs=4326).rename_axis("code").sort_index()


def _sum_communes(places: pd.DataFrame, by: str) -> pd.DataFrame:
    """area_km2 and population of each parent, from its communes; the year must be one for all of them."""
    groups = places.groupby(by)
    return pd.DataFrame(
        {
            "area_km2": groups["area_km2"].sum().round(4),
            "population": groups["population"].sum(),
            "population_year": groups["population_year"].max(),
        }
    )


def _with_inner_point(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    inner = shapely.point_on_surface(layer.geometry.to_numpy())
    return layer.assign(latitude=shapely.get_y(inner).round(6), longitude=shapely.get_x(inner).round(6))


def _region_mesh(france: France) -> gpd.GeoSeries:
    """The 1,265 communes of Île-de-France other than Paris, and Paris' arrondissements in its place (EPSG:2154)."""
    here = france.places.index[france.places["region_code"] == ILE_DE_FRANCE]
    return _of(france.zones[2154], here)


def _light(fine: gpd.GeoSeries) -> gpd.GeoSeries:
    """The mesh for maps: borders between two large communes are thinned, those of small ones (Paris and around) keep their shape."""
    base = mesh.simplify_layer(fine, 2 * FINE)
    large = fine.area.to_numpy() >= SMALL
    base[large] = shapely.coverage_simplify(base[large].to_numpy(), LIGHT, simplify_boundary=False)
    return base


def _with_paris(shapes: gpd.GeoSeries, districts: pd.Index) -> gpd.GeoSeries:
    """The communes: Paris once, as the union of its arrondissements."""
    return mesh.dissolve_layer(shapes, shapes.index.where(~shapes.index.isin(districts), PARIS))


def build_ile_de_france(france: France) -> dict[str, gpd.GeoDataFrame]:
    """communes, arrondissements and epci of Île-de-France, the first two at two resolutions; all levels share their borders."""
    fine = mesh.simplify_layer(_region_mesh(france), FINE)
    light = _light(_region_mesh(france))
    districts = france.registry.arrondissements.index
    communes = france.places.drop(index=districts).query("region_code == @ILE_DE_FRANCE").drop(columns="commune_code")
    communes = communes.assign(intercommunality_code=assign_epci(communes))
    arrondissements = france.places.loc[districts].drop(columns=["epci_code", "ept_code"])
    whole = _layer(_with_paris(fine, districts), communes)
    return {
        "communes": _keep_inside(whole),
        "arrondissements": _keep_inside(_layer(_of(fine, districts), arrondissements)),
        "communes_light": _layer(_with_paris(light, districts), communes[["name", "department_code", "intercommunality_code"]]),
        "arrondissements_light": _layer(_of(light, districts), arrondissements[["name"]]),
        "epci": _epci(france, whole),
    }


def _keep_inside(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same points, moved inside where simplification left one outside its contour."""
    inside = shapely.contains_xy(layer.geometry.to_numpy(), layer["longitude"].to_numpy(), layer["latitude"].to_numpy())
    moved = _with_inner_point(layer)
    kept = {name: layer[name].where(inside, moved[name]) for name in ("latitude", "longitude")}
    return layer.assign(**kept, point=layer["point"].where(inside, "inside"))


def _epci(france: France, communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The partition of Île-de-France: EPCI, the EPT of Greater Paris, and the city of Paris."""
    code = communes["intercommunality_code"]
    registry = france.registry
    names = pd.concat([registry.epci["name"], registry.ept["name"], registry.communes.loc[[PARIS], "name"]])
    departments = communes.groupby(code)["department_code"].agg(lambda found: found.iloc[0] if found.nunique() == 1 else "")
    whole = list_official_epci(registry)
    facts = _sum_communes(communes, "intercommunality_code").assign(
        type=lambda table: np.select([table.index == PARIS, table.index.isin(registry.ept.index)], ["city", "EPT"], "EPCI"),
        name=lambda table: names.reindex(table.index),
        epci_code=communes.groupby(code)["epci_code"].first(),
        department_code=departments,
        region_code=ILE_DE_FRANCE,
    )
    partial = whole.index[whole["communes"] > whole["communes_inside"]]
    facts = facts.assign(partial=facts.index.isin(partial) & (facts["type"] == "EPCI"))
    return _with_inner_point(_layer(mesh.dissolve_layer(communes.geometry, code), facts))


def build_national(france: France) -> dict[str, gpd.GeoDataFrame]:
    """Departments (101) and regions (18), regions at two resolutions too; overseas ones from their own projection."""
    communes = france.places.drop(index=france.registry.arrondissements.index)
    departments = france.registry.departments.join(_sum_communes(communes, "department_code"))
    regions = france.registry.regions.join(_sum_communes(communes, "region_code"))
    parent = france.registry.departments["region_code"]
    fine = _departments(france, NATIONAL)
    return {
        "departments": _with_inner_point(_layer(fine, departments)),
        "regions": _with_inner_point(_layer(mesh.dissolve_layer(fine, parent[fine.index]), regions)),
        "regions_light": _layer(_regions_light(france, parent), regions[["name"]]),
    }


def _by_department(france: France) -> list[gpd.GeoSeries]:
    """Departments as published, one coverage per separate piece of France, each in its own projection."""
    found = []
    for zone in france.zones.values():
        whole = mesh.dissolve_layer(zone, france.places.loc[zone.index, "department_code"])
        joined = whole.crs.to_epsg() == mesh.METROPOLITAN
        found += [whole] if joined else [whole.loc[[code]] for code in whole.index]
    return found


def _departments(france: France, tolerance: float) -> gpd.GeoSeries:
    """All departments in EPSG:4326, simplified to `tolerance` metres."""
    parts = [mesh.to_geographic(mesh.simplify_layer(part, tolerance)) for part in _by_department(france)]
    return gpd.GeoSeries(pd.concat(parts), crs=4326)


def _regions_light(france: France, parent: pd.Series) -> gpd.GeoSeries:
    """All regions in EPSG:4326, simplified for a map of the country."""
    parts = [mesh.dissolve_layer(part, parent[part.index]) for part in _by_department(france)]
    return gpd.GeoSeries(pd.concat([mesh.to_geographic(mesh.simplify_layer(part, NATIONAL_LIGHT)) for part in parts]), crs=4326)
