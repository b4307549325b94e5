"""France as a whole: which regions the Tour, the clusters, ENOSIS and the known sites reach, and which nothing does."""

from __future__ import annotations

import pandas as pd

from biocarto.analysis import tour
from biocarto.model import ILE_DE_FRANCE, N_, Presence
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue

SITES_NOTE = N_(
    "Sites que des pages publiques disent présents : ce n'est pas un recensement. Projets annoncés, pages anciennes ou sans date "
    "et sites fermés sont à part. "
    "L'Île-de-France n'y figure pas, ses acteurs sont dans le répertoire."
)
COVERED_NOTE = N_(
    "Une région est couverte si elle a une étape du Tour, un pôle ou réseau qui dit la couvrir, ou un site connu ; "
    "l'Île-de-France l'est aussi par son répertoire."
)

CDMO = "cdmo"
"""The value of `type` in national_sites of a site that produces for others."""


def _gather(pairs: pd.Series, index: pd.Index) -> pd.Series:
    """Key -> the values that stand with it, as a tuple in their order; empty for a key without any."""
    found = pairs.groupby(level=0, sort=False).agg(tuple).to_dict()
    return pd.Series([found.get(key, ()) for key in index], index=index, dtype=object)


def _covering(clusters: pd.DataFrame) -> pd.Series:
    """Region code -> id of a cluster that says it covers it."""
    return clusters.explode("region_codes").dropna(subset="region_codes").set_index("region_codes")["id"]


def _sites(sites: pd.DataFrame, codes: pd.Index) -> pd.DataFrame:
    """Known sites per region, those that are present: one column per perimeter, sites (their sum) and cdmo; apart: the others.

    All are missing for Île-de-France while none is listed.
    """
    present = sites[sites["presence"].eq(Presence.PRESENT)]
    counts = (
        present.groupby(["region_code", "perimeter"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=codes, columns=list(vocabulary.PERIMETERS), fill_value=0)
    )
    cdmo = present.loc[present["type"].eq(CDMO), "region_code"].value_counts().reindex(codes, fill_value=0)
    apart = sites["region_code"].value_counts().reindex(codes, fill_value=0) - counts.sum(axis="columns")
    found = counts.assign(sites=counts.sum(axis="columns"), cdmo=cdmo, apart=apart).astype("Int64").rename_axis(columns=None)
    elsewhere_only = found.index.isin([ILE_DE_FRANCE]) & found["sites"].eq(0)
    found.loc[elsewhere_only] = pd.NA
    return found


def list_regions(catalogue: Catalogue) -> pd.DataFrame:
    """The 18 regions (index: code), and what reaches each.

    Columns: name; stage (id, "" for none); organisers (ids, as the stage names them); clusters (ids of those that say they cover
    the region, alliances and agencies included); enosis (those of them that are members of ENOSIS Santé); one count of known sites per
    value of `PERIMETERS`, sites (all of them that are present), cdmo (those of them that produce for others), apart (known sites that
    are not present); covered.
    """
    layer, stages, clusters = catalogue.territory.regions, catalogue.stages, catalogue.clusters
    codes = layer.index
    stage = tour.map_regions_to_stages(stages).reindex(codes).fillna("")
    names = dict(zip(stages["id"], stages["organisers"], strict=True))
    frame = pd.DataFrame(
        {
            "name": layer["name"],
            "stage": stage,
            "organisers": pd.Series([tuple(names.get(found, ())) for found in stage], index=codes, dtype=object),
            "clusters": _gather(_covering(clusters), codes),
            "enosis": _gather(_covering(clusters[clusters["enosis_member"].eq("yes")]), codes),
        }
    ).join(_sites(catalogue.national_sites, codes))
    reached = frame["stage"].ne("") | frame["clusters"].map(bool).astype(bool) | frame["sites"].fillna(0).gt(0)
    return frame.assign(covered=(reached | frame.index.isin([ILE_DE_FRANCE])).astype(bool))


def list_uncovered(found: pd.DataFrame) -> list[str]:
    """Codes of those of `list_regions` that nothing covers."""
    return [str(code) for code in found.index[~found["covered"]]]


def list_clusters(catalogue: Catalogue) -> pd.DataFrame:
    """Every cluster (index: id): which regions it covers, and from where.

    Columns: name, type, commune (of its seat) and seat_region (code), both "" where the seat is unknown; latitude, longitude
    (EPSG:4326, missing there too); regions (codes, empty where no page says), remote (those of them that are not the seat's; empty
    without a known seat), stages (ids that it organised), organiser and enosis (booleans).
    """
    table = catalogue.clusters
    seats = catalogue.territory.points["region_code"].reindex(table["commune_code"]).fillna("").to_numpy()
    codes = [tuple(found) for found in table["region_codes"]]
    away = [tuple(code for code in found if code != seat) if seat else () for found, seat in zip(codes, seats, strict=True)]
    stages = tour.list_cluster_stages(catalogue.stages).set_index("cluster")["stage"]
    return table[["name", "type", "commune", "latitude", "longitude"]].assign(
        seat_region=seats,
        regions=pd.Series(codes, index=table.index, dtype=object),
        remote=pd.Series(away, index=table.index, dtype=object),
        stages=_gather(stages, table.index),
        organiser=table["tour_member"].eq("yes"),
        enosis=table["enosis_member"].eq("yes"),
    )
