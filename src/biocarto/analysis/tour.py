"""The French Bioproduction Tour: who organised it, where it went, and which regions had no stage."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from biocarto.register.catalogue import Catalogue

INITIATOR = "medicen"


@dataclass(frozen=True)
class TourSummary:
    """Counts that come out of the tables; `listed` is the set of organisers in the stages, to compare with the clusters'."""

    stages: int
    organisers: tuple[str, ...]
    around_initiator: tuple[str, ...]
    visited: tuple[str, ...]
    unvisited: tuple[str, ...]


def summarise_tour(catalogue: Catalogue) -> TourSummary:
    """Organisers are the clusters that the stages name; the initiator is one of them."""
    organisers = tuple(dict.fromkeys(catalogue.stages["organisers"].explode()))
    visited = tuple(dict.fromkeys(catalogue.stages["region_codes"].explode()))
    regions = catalogue.territory.regions.index
    return TourSummary(
        stages=len(catalogue.stages),
        organisers=organisers,
        around_initiator=tuple(c for c in organisers if c != INITIATOR),
        visited=visited,
        unvisited=tuple(code for code in regions if code not in visited),
    )


def map_regions_to_stages(stages: pd.DataFrame) -> pd.Series:
    """Region code -> stage id."""
    return stages.explode("region_codes").set_index("region_codes")["id"]


def list_cluster_stages(stages: pd.DataFrame) -> pd.DataFrame:
    """One row per cluster and stage (columns: cluster, stage, order)."""
    pairs = stages.explode("organisers")[["organisers", "id", "order"]]
    return pairs.rename(columns={"organisers": "cluster", "id": "stage"}).reset_index(drop=True)


def locate_seats(catalogue: Catalogue) -> pd.DataFrame:
    """Organisers whose seat is known (index: cluster id): name, commune, latitude, longitude; unknown seats are left out."""
    organisers = catalogue.clusters.loc[list(summarise_tour(catalogue).organisers)]
    return organisers.loc[organisers["latitude"].notna(), ["name", "commune", "latitude", "longitude"]]


def list_unplaced(catalogue: Catalogue) -> list[str]:
    """Names of the organisers without a known seat: listed, not placed."""
    organisers = catalogue.clusters.loc[list(summarise_tour(catalogue).organisers)]
    return list(organisers.loc[organisers["latitude"].isna(), "name"])


def find_neighbours(stages: pd.DataFrame, stage: str) -> tuple[str, str]:
    """The stages before and after in the order of the source; an empty text at either end."""
    ids = ["", *stages["id"], ""]
    place = ids.index(stage, 1)
    return ids[place - 1], ids[place + 1]


def place_anchors(catalogue: Catalogue) -> pd.DataFrame:
    """A point inside the largest region of each stage (index: stage id; order, latitude, longitude): no city of a stage is known."""
    regions = catalogue.territory.regions
    largest = [regions.loc[list(codes), "area_km2"].idxmax() for codes in catalogue.stages["region_codes"]]
    points: pd.DataFrame = regions.loc[largest, ["latitude", "longitude"]].set_axis(catalogue.stages.index)
    return points.assign(order=catalogue.stages["order"].astype(int))
