"""Turns the contours of former communes into the mesh of today's communes, borders shared and areas measured.

Metropolitan France is worked in EPSG:2154; each overseas region in its own legal projection, because 2154 is not valid there.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from biocarto.errors import LayerError

METROPOLITAN = 2154
OVERSEAS = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}
"""Department code -> EPSG code of the legal projection of that overseas department."""
GAP = 400.0
"""Metres: cracks of the source narrower than this are closed; Llívia, a Spanish enclave, is 3 km wide and stays a hole."""


def find_projection(code: str) -> int:
    """EPSG code of the legal projection for a commune or department code."""
    return OVERSEAS.get(code[:3], METROPOLITAN)


def label_pieces(table: pd.DataFrame, current: set[str], former: dict[str, str]) -> gpd.GeoSeries:
    """Contours in EPSG:4326 that tile France, each labelled (index, repeated) with the commune of today that holds it.

    `table` has the columns code, type, id, parent, contour; `former` maps a code that is gone to the commune it joined.
    A commune of the source that has since been split is replaced by its delegated communes (`COMD`); Paris by its
    arrondissements (`ARM`). LayerError when a piece belongs to no commune, or a commune gets no piece.
    """
    communes, delegated = table[table["type"] == "COM"], table[table["type"] == "COMD"]
    districts = table[(table["type"] == "ARM") & table["code"].str.startswith("751")]
    reborn = delegated[delegated["code"].isin(current - set(communes["code"]) - set(former.values()))]
    split = communes["id"].isin(reborn["parent"])
    parts = delegated[delegated["parent"].isin(communes.loc[split, "id"])]
    kept = pd.concat([communes[~split & (communes["code"] != "75056")], parts, districts])
    wanted = (current - {"75056"}) | set(districts["code"])
    labels = kept["code"].where(kept["code"].isin(wanted), kept["code"].map(former))
    lost = wanted.symmetric_difference(labels.dropna()) | set(kept["code"][labels.isna()])
    if lost:
        names = ", ".join(sorted(lost))
        raise LayerError(
            f"Communes sans contour, ou contours sans commune : {names}.", f"Communes without contour, or the reverse: {names}."
        )
    return gpd.GeoSeries(kept["contour"].to_numpy(), index=labels.to_numpy(), crs=4326)


def mesh_pieces(parts: gpd.GeoSeries, epsg: int) -> gpd.GeoSeries:
    """One contour per label in `epsg`, as a valid coverage: cracks and overlaps closed, pieces of one label merged."""
    cleaned = shapely.coverage_clean(parts.to_crs(epsg).to_numpy(), gap_width=GAP)
    return dissolve_layer(gpd.GeoSeries(cleaned, index=parts.index, crs=epsg), parts.index)


def mesh_france(parts: gpd.GeoSeries) -> dict[int, gpd.GeoSeries]:
    """The mesh of all communes, by EPSG code of its projection; departments 971 and 972 share one projection, not borders."""
    zones: dict[int, gpd.GeoSeries] = {}
    epsg = np.array([find_projection(code) for code in parts.index])
    for zone in dict.fromkeys(epsg):
        zones[int(zone)] = mesh_pieces(parts[epsg == zone], int(zone))
    return zones


def dissolve_layer(layer: gpd.GeoSeries, labels: pd.Index | pd.Series | list[str]) -> gpd.GeoSeries:
    """Union of a valid coverage by label (same length as the layer); index = label, sorted."""
    groups = pd.Series(layer.to_numpy(), index=np.asarray(labels, dtype=object)).groupby(level=0, sort=True)
    unions = {code: shapely.coverage_union_all(group.to_numpy()) for code, group in groups}
    return gpd.GeoSeries(list(unions.values()), index=list(unions), crs=layer.crs)


def simplify_layer(layer: gpd.GeoSeries, tolerance: float) -> gpd.GeoSeries:
    """The coverage with fewer vertices, shared borders still shared; LayerError when one area is lost or the coverage breaks."""
    lighter = shapely.coverage_simplify(layer.to_numpy(), tolerance)
    if shapely.is_empty(lighter).any() or not shapely.coverage_is_valid(lighter):
        raise LayerError(
            f"La simplification à {tolerance} m casse la couverture.",
            f"Simplifying to {tolerance} m breaks the coverage.",
        )
    return gpd.GeoSeries(lighter, index=layer.index, crs=layer.crs)


def to_geographic(layer: gpd.GeoSeries) -> gpd.GeoSeries:
    """The layer in EPSG:4326, coordinates at 6 decimals (0.1 m): equal vertices stay equal, so borders stay shared."""
    moved = layer.to_crs(4326)
    rounded = shapely.remove_repeated_points(shapely.transform(moved.to_numpy(), lambda xy: np.round(xy, 6)))
    return gpd.GeoSeries(rounded, index=layer.index, crs=4326)
