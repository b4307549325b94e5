"""What a drawn map of a territory shows around it: its neighbours, pale, and the long rivers."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from biocarto.model import ILE_DE_FRANCE, Level
from biocarto.territory.territory import Territory

RIVER = 240
"""Kilometres of a river that a drawn map shows: it tells readers where they are."""


def list_neighbours(territory: Territory, level: Level, code: str) -> gpd.GeoDataFrame:
    """What lies beside a territory of Île-de-France: departments, and beside what is smaller than one the other EPCI and EPT too."""
    mainland = territory.departments[territory.departments.index.str.len() == 2]
    outside = mainland[mainland["region_code"].ne(ILE_DE_FRANCE)]
    if level is Level.REGION:
        return outside
    if level is Level.DEPARTMENT:
        return mainland.drop(index=code)
    nearby = territory.epci if level is Level.COMMUNE else territory.epci.drop(index=code)
    return gpd.GeoDataFrame(pd.concat([nearby[["name", "geometry"]], outside[["name", "geometry"]]]), crs=mainland.crs)


def list_rivers(territory: Territory) -> gpd.GeoDataFrame | None:
    """The long rivers of the region, by the length that they have in all of France; none where the folder has none."""
    ground = territory.ground
    if "rivers" not in ground or "rivers_ile_de_france" not in ground:
        return None
    long = ground["rivers"].index[ground["rivers"]["length_km"].ge(RIVER)]
    here = ground["rivers_ile_de_france"]
    return here[here.index.isin(long)]
