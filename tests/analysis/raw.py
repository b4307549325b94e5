"""The committed files by another path than the app's: csv and plain pandas, no catalogue, no join, no Territory."""

from functools import cache

import geopandas as gpd
import pandas as pd

from biocarto.config import ROOT
from biocarto.model import Level
from biocarto.query.filters import Filters
from biocarto.query.select import select
from tests.support.register import joined

LEVELS = {Level.DEPARTMENT: "department", Level.EPCI: "epci", Level.COMMUNE: "commune"}


@cache
def shown() -> pd.DataFrame:
    """What the functions under test are given: the app's prepared actors that are present."""
    return select(Filters(), joined()).actors


def table(name: str) -> pd.DataFrame:
    """A table of data/ as strings."""
    return pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)


def status_years(actors: pd.DataFrame) -> pd.Series:
    """The year of the newest page on the status of each row: the latest claim, else the year of the row."""
    claims = table("evidence")
    claims = claims[claims["field"] == "status"]
    newest = {actor: max(map(int, claims.loc[claims["actor_id"] == actor, "as_of"])) for actor in set(claims["actor_id"])}
    return pd.Series([newest.get(actor, int(year)) for actor, year in zip(actors["id"], actors["as_of"], strict=True)], index=actors.index)


@cache
def layer(name: str) -> gpd.GeoDataFrame:
    """A layer of geo/ as committed."""
    return gpd.read_parquet(ROOT / "geo" / f"{name}.parquet")


@cache
def actors() -> pd.DataFrame:
    """Actors that are present by a page of 2015 or later, with department, epci, commune read off the commune's code."""
    rows = table("actors")
    rows = rows[(rows["status"] == "present") & (status_years(rows) >= 2015)].copy()
    rows["commune"] = ["75056" if code.startswith("751") else code for code in rows["commune_code"]]
    rows["department"] = rows["commune_code"].str[:2]
    communes = pd.read_parquet(ROOT / "geo" / "communes.parquet", columns=["epci_code", "ept_code"])
    epci = {code: ept or ("75056" if code == "75056" else whole) for code, whole, ept in communes.itertuples()}
    rows["epci"] = [epci[code] for code in rows["commune"]]
    return rows
