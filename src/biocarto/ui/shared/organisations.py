"""Clusters, networks and their members on any page: read once, the sheet and the networks that the address asks for, and links to them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.analysis.networks import affiliations, networks, organisations
from biocarto.analysis.networks import profile as body
from biocarto.analysis.networks.profile import Body
from biocarto.model import NP_
from biocarto.query.filters import Dropped
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row, each, one
from biocarto.ui.shared import address, cache, pages
from biocarto.ui.shared.language import current, link_to, text
from biocarto.ui.shared.messages import plain

SHEETS = ("event", "member", "place", "network", "cluster")
"""Names of the address that open a sheet; one stands there at a time."""


STATE = (*SHEETS, "net", "scale")
"""What opening something else forgets."""


@dataclass(frozen=True)
class Opened:
    """The sheet of the address; both empty where none is open."""

    kind: str = ""
    key: str = ""


def everyone(catalogue: Catalogue) -> pd.DataFrame:
    """Every membership, with where its member is on the map: `networks.members`."""
    return cache.once("members", lambda: networks.members(catalogue))


def own(catalogue: Catalogue) -> pd.DataFrame:
    """Every body: `bodies.bodies`."""
    return cache.once("bodies", lambda: organisations.bodies(catalogue))


def sheets(catalogue: Catalogue) -> dict[str, Body]:
    """The sheet of every body: `body.sheets`."""
    return cache.once("sheets", lambda: body.sheets(catalogue))


def graph(catalogue: Catalogue) -> affiliations.Graph:
    """Who belongs to what."""
    return cache.once("affiliations", lambda: affiliations.graph(catalogue))


def opened(catalogue: Catalogue) -> Opened:
    """The sheet that the address asks for; a member that is one of ours has the sheet of a body."""
    found, members = own(catalogue).index, everyone(catalogue)
    allowed: dict[str, Container[str]] = {
        "event": catalogue.events.index,
        "member": graph(catalogue).nodes.index,
        "place": cache.once("places of members", lambda: frozenset(members.loc[members["place"].eq(networks.PLACED), "place_id"])),
        "network": found,
        "cluster": found,
    }
    asked = [Opened(kind, key) for kind in SHEETS if (key := address.value(kind, allowed[kind]))]
    chosen = asked[0] if asked else Opened()
    return Opened("network", chosen.key) if chosen.kind == "member" and chosen.key in found else chosen


def scale(catalogue: Catalogue, shown: Opened) -> str:
    """The scale of the address, else that of the open body or event, else Europe."""
    key = shown.key
    if shown.kind == "event":
        event = one(catalogue.events, shown.key)
        key = next(iter((*event["network_ids"], *event["cluster_ids"])), "")
    scales = own(catalogue)["scale"]
    return address.value("scale", organisations.SCALES, str(scales.get(key, "european")))


def with_members(catalogue: Catalogue) -> list[str]:
    """Networks that have a member, from Europe inwards, in the order of the table."""
    return cache.once("networks with members", lambda: _with_members(catalogue))


def _with_members(catalogue: Catalogue) -> list[str]:
    known = set(everyone(catalogue)["network_id"])
    table = catalogue.networks
    return [n for level in reversed(organisations.SCALES) for n in table.index[table["scale"].eq(level)] if n in known]


def drawn(catalogue: Catalogue, shown: Opened, level: str) -> list[str]:
    """The networks on the map: those chosen, else those of the open sheet, else all of the scale."""
    able = with_members(catalogue)
    asked = address.values("net")
    address.note_unknown(Dropped("net", value) for value in asked if value not in able)
    chosen = {value for value in asked if value in able} or _of_sheet(catalogue, shown)
    if chosen is None:
        chosen = set(catalogue.networks.index[catalogue.networks["scale"].eq(level)])
    return [network for network in able if network in chosen]


def _of_sheet(catalogue: Catalogue, shown: Opened) -> set[str] | None:
    """A network itself, the networks of a cluster or a member, those of an event; None where the sheet asks for none."""
    if shown.kind == "event":
        return set(one(catalogue.events, shown.key)["network_ids"])
    if shown.kind in {"network", "cluster", "member"}:
        rows = everyone(catalogue)
        inside = rows["network_id"].eq(shown.key)
        return {shown.key} if inside.any() else set(rows.loc[rows["member_id"].eq(shown.key), "network_id"])
    return None


def label(name: str, more: str) -> str:
    """A name as the label of a link, what it is beside it; Markdown."""
    return f"**{plain(name)}**" + (f" · {plain(more)}" if more else "")


def names(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """The name of each body and member, and the parameter of its address: `_names`, made once."""
    return cache.once("names", lambda: _names(catalogue))


def _names(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """The name of each body and member, and the parameter of its address."""
    nodes = graph(catalogue).nodes
    return {str(key): (str(name), str(table) or "member") for key, name, table in nodes[["name", "table"]].itertuples(name=None)}


def link_from_elsewhere(catalogue: Catalogue, key: str) -> None:
    """A link of another page to the sheet of a body."""
    node = one(graph(catalogue).nodes, key)
    query = link_to(str(node["table"]) or "member", key)
    st.page_link(pages.NETWORKS.path, label=label(str(node["name"]), ""), query_params=query, width="stretch")


def picked(kind: str, place: str) -> None:
    """A tap on a city opens it; the map goes on showing the same networks."""
    if kind != "city":
        return
    catalogue = cache.catalogue()
    shown = opened(catalogue)
    level = scale(catalogue, shown)
    address.turn(STATE, {"net": drawn(catalogue, shown, level), "scale": "" if level == "european" else level, "place": place})


def country(code: str) -> str:
    """The name of a country; the code where we have no layer of it, a dash where no source names it."""
    table = cache.catalogue().territory.countries
    return str(table.at[code, f"name_{current()}"]) if code in table.index else code or "—"


def city(catalogue: Catalogue, row: Row) -> str:
    """The name of a member's city in the language of the page."""
    table = catalogue.cities
    abroad = table[table["country"].eq(row["country"]) & table["name_fr"].eq(row["city"])]
    return str(abroad.iloc[0]["name_en"]) if current() == "en" and len(abroad) else str(row["city"])


def count_members(found: Body) -> str:
    """Known members against every published number; the published ones of a cluster with their year."""
    t, row = text(), found.row
    if found.coverage is None:
        year: str = "" if pd.isna(row["published_as_of"]) else f" ({row['published_as_of']})"
        return "" if pd.isna(row["published"]) else labels.counted(int(row["published"]), "membre", "membres", current()) + year
    values = sorted(labels.qualified(str(said["value"]), said["qualifier"], t) for said in each(found.coverage.published))
    if not found.coverage.named:
        return t("aucun membre nommé dans nos sources")
    if not values:
        return labels.counted(found.coverage.named, "membre nommé", "membres nommés", current())
    among = labels.joined(values, t("ou"))
    one, many = NP_("{n} nommé sur {published} publiés", "{n} nommés sur {published} publiés")
    return text().write_count(found.coverage.named, one, many, published=among)


def event_dates(row: Row) -> str:
    """When an event is, as precisely as the source says."""
    return text().days(row["start"], row["end"])
