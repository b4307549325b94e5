"""Who structures the sector: clusters, networks, programmes, calls, integrators and meetings in one frame, and the story they make."""

from __future__ import annotations

from typing import Any

import pandas as pd

from biocarto.model import ILE_DE_FRANCE, N_
from biocarto.register.catalogue import Catalogue

SCALES = ("regional", "national", "european")

SECTIONS = {
    "clusters": ("pole_de_competitivite", "cluster", "biocluster"),
    "networks": ("alliance", "association", "network", "agency"),
    "programmes": ("programme", "call", "eu_project"),
    "platforms": ("integrator", "platform"),
    "studies": ("study",),
    "events": ("event",),
}
"""Sections of the story in their order -> the kinds that they hold."""

SECTION_LABELS = {
    "clusters": N_("Pôles et clusters"),
    "networks": N_("Réseaux, alliances et agences"),
    "programmes": N_("Programmes, projets et appels"),
    "platforms": N_("Intégrateurs et plateformes"),
    "studies": N_("Études et cartographies"),
    "events": N_("Rendez-vous"),
}

_COLUMNS = [
    *("id", "name", "kind", "scale", "table", "region_codes", "year", "amount_eur", "qualifier", "website"),
    *("description_fr", "description_en", "notes_fr", "notes_en", "published", "published_as_of"),
    *("actor_id", "latitude", "longitude", "source_url", "source_title"),
]


def list_organisations(catalogue: Catalogue) -> pd.DataFrame:
    """One row per body, index id: networks first, then the clusters that are not also a network.

    kind (key of vocabulary.BODY_KINDS), scale (one of SCALES), table ("network" or "cluster": the parameter of its address), region_codes
    (tuple), year, amount_eur with its qualifier (of labels.qualified), published and published_as_of (number of members that a page
    gives, and its year; Int64), actor_id (the same body in the register, or ""), latitude and longitude of the seat (EPSG:4326,
    missing where unknown), texts and source.
    """
    clusters = _clusters(catalogue)
    networks = _networks(catalogue, clusters)
    return pd.concat([networks, clusters.drop(index=clusters.index.intersection(networks.index))])


def _networks(catalogue: Catalogue, clusters: pd.DataFrame) -> pd.DataFrame:
    """The networks; one that is also a cluster takes from there what its own table has no column for."""
    frame = catalogue.networks.rename(columns={"start_year": "year"})
    more = clusters[["published", "published_as_of", "latitude", "longitude"]].reindex(frame.index)
    regions = clusters["region_codes"].to_dict()
    codes = [own or regions.get(body, ()) for body, own in frame["region_codes"].items()]
    return frame.assign(table="network", region_codes=codes, **more)[_COLUMNS]


def _clusters(catalogue: Catalogue) -> pd.DataFrame:
    names = {
        "type": "kind",
        "founded": "year",
        "members": "published",
        "members_as_of": "published_as_of",
        "focus_fr": "description_fr",
        "focus_en": "description_en",
    }
    frame = catalogue.clusters.rename(columns=names)
    scale = ["regional" if codes else "national" for codes in frame["region_codes"]]
    unpaid = pd.array([pd.NA] * len(frame), dtype="Int64")
    return frame.assign(table="cluster", scale=scale, amount_eur=unpaid, qualifier="")[_COLUMNS]


def arrange_introduction(catalogue: Catalogue) -> pd.DataFrame:
    """Which body the page tells where (columns: scale, section, id), in the order of SCALES, SECTIONS and the tables.

    Region is Île-de-France. A cluster of Île-de-France that organised the Tour is told twice: at home, and among the organisers.
    """
    told = list_organisations(catalogue)
    organisers = set(catalogue.clusters.index[catalogue.clusters["tour_member"].eq("yes")])
    rows = [place for body in told.itertuples() for place in _places(body, body.id in organisers)]
    frame = pd.DataFrame(rows, columns=["scale", "section", "id"])
    order = frame.assign(scale=frame["scale"].map(SCALES.index), section=frame["section"].map(list(SECTIONS).index))
    return frame.loc[order.sort_values(["scale", "section"], kind="stable").index].reset_index(drop=True)


def _places(body: Any, organiser: bool) -> list[tuple[str, str, str]]:
    """Where one body stands in the story: a cluster is a cluster whatever its legal form, and a region that is not ours is the nation's."""
    section = "clusters" if organiser else next(name for name, kinds in SECTIONS.items() if body.kind in kinds)
    here = body.scale == "regional" and body.region_codes == (ILE_DE_FRANCE,)
    scale = "national" if body.scale == "regional" and not here else body.scale
    home = [(scale, section, body.id)]
    return [*home, ("national", section, body.id)] if organiser and here else home


def resolve_organisation(catalogue: Catalogue, body: str) -> str | None:
    """The id of a body as its address gives it (`network=` and `cluster=` alike), else None."""
    return body if body in catalogue.networks.index or body in catalogue.clusters.index else None


def list_with_members(catalogue: Catalogue) -> list[str]:
    """Networks that have a member, from Europe inwards, in the order of the table."""
    known, table = set(catalogue.members["network_id"]), catalogue.networks
    return [str(network) for level in reversed(SCALES) for network in table.index[table["scale"].eq(level)] if network in known]
