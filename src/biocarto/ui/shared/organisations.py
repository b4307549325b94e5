"""Clusters, networks and their members on any page: read once, the sheet and the networks that the address asks for, and links to them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.analysis.networks import affiliations, networks, organisations
from biocarto.analysis.networks import profile as profiles
from biocarto.analysis.networks.profile import OrganisationProfile
from biocarto.model import NP_
from biocarto.query.filters import DroppedValue
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.shared import address, cache, pages
from biocarto.ui.shared.language import build_link_params, get_language, get_locale
from biocarto.ui.shared.messages import escape_markdown

SHEETS = ("event", "member", "place", "network", "cluster")
"""Names of the address that open a sheet; one stands there at a time."""


STATE = (*SHEETS, "net", "scale")
"""What opening something else forgets."""


@dataclass(frozen=True)
class OpenSheet:
    """The sheet of the address; both empty where none is open."""

    kind: str = ""
    key: str = ""


def list_memberships(catalogue: Catalogue) -> pd.DataFrame:
    """Every membership, with where its member is on the map: `networks.list_members`."""
    return cache.make_once("members", lambda: networks.list_members(catalogue))


def list_organisations(catalogue: Catalogue) -> pd.DataFrame:
    """Every body: `organisations.list_organisations`."""
    return cache.make_once("bodies", lambda: organisations.list_organisations(catalogue))


def load_profiles(catalogue: Catalogue) -> dict[str, OrganisationProfile]:
    """The sheet of every body: `profile.build_profiles`."""
    return cache.make_once("sheets", lambda: profiles.build_profiles(catalogue))


def load_graph(catalogue: Catalogue) -> affiliations.Graph:
    """Who belongs to what."""
    return cache.make_once("affiliations", lambda: affiliations.build_graph(catalogue))


def read_sheet(catalogue: Catalogue) -> OpenSheet:
    """The sheet that the address asks for; a member that is one of ours has the sheet of a body."""
    found, members = list_organisations(catalogue).index, list_memberships(catalogue)
    allowed: dict[str, Container[str]] = {
        "event": catalogue.events.index,
        "member": load_graph(catalogue).nodes.index,
        "place": cache.make_once("places of members", lambda: frozenset(members.loc[members["place"].eq(networks.PLACED), "place_id"])),
        "network": found,
        "cluster": found,
    }
    asked = [OpenSheet(kind, key) for kind in SHEETS if (key := address.read_value(kind, allowed[kind]))]
    chosen = asked[0] if asked else OpenSheet()
    return OpenSheet("network", chosen.key) if chosen.kind == "member" and chosen.key in found else chosen


def name_table(catalogue: Catalogue, key: str) -> str:
    """The table of `data/` that has the row of a body: `networks` or `clusters`."""
    return str(list_organisations(catalogue).at[key, "table"]) + "s"


def read_scale(catalogue: Catalogue, shown: OpenSheet) -> str:
    """The scale of the address, else that of the open body or event, else Europe."""
    key = shown.key
    if shown.kind == "event":
        event = get_row(catalogue.events, shown.key)
        key = next(iter((*event["network_ids"], *event["cluster_ids"])), "")
    scales = list_organisations(catalogue)["scale"]
    return address.read_value("scale", organisations.SCALES, str(scales.get(key, "european")))


def list_with_members(catalogue: Catalogue) -> list[str]:
    """Networks that have a member, from Europe inwards, in the order of the table."""
    return cache.make_once("networks with members", lambda: organisations.list_with_members(catalogue))


def list_on_map(catalogue: Catalogue, shown: OpenSheet, level: str) -> list[str]:
    """The networks on the map: those chosen, else those of the open sheet, else all of the scale."""
    able = list_with_members(catalogue)
    asked = address.read_values("net")
    address.note_unknown(DroppedValue("net", value) for value in asked if value not in able)
    chosen = {value for value in asked if value in able} or _of_sheet(catalogue, shown)
    if chosen is None:
        chosen = set(catalogue.networks.index[catalogue.networks["scale"].eq(level)])
    return [network for network in able if network in chosen]


def _of_sheet(catalogue: Catalogue, shown: OpenSheet) -> set[str] | None:
    """A network itself, the networks of a cluster or a member, those of an event; None where the sheet asks for none."""
    if shown.kind == "event":
        return set(get_row(catalogue.events, shown.key)["network_ids"])
    if shown.kind in {"network", "cluster", "member"}:
        rows = list_memberships(catalogue)
        inside = rows["network_id"].eq(shown.key)
        return {shown.key} if inside.any() else set(rows.loc[rows["member_id"].eq(shown.key), "network_id"])
    return None


def label(name: str, more: str) -> str:
    """A name as the label of a link, what it is beside it; Markdown."""
    return f"**{escape_markdown(name)}**" + (f" · {escape_markdown(more)}" if more else "")


def list_names(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """The name of each body and member, and the parameter of its address: `_names`, made once."""
    return cache.make_once("names", lambda: _names(catalogue))


def _names(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """The name of each body and member, and the parameter of its address."""
    nodes = load_graph(catalogue).nodes
    return {str(key): (str(name), str(table) or "member") for key, name, table in nodes[["name", "table"]].itertuples(name=None)}


def show_page_link(catalogue: Catalogue, key: str) -> None:
    """A link of another page to the sheet of a body."""
    node = get_row(load_graph(catalogue).nodes, key)
    query = build_link_params(str(node["table"]) or "member", key)
    st.page_link(pages.NETWORKS.path, label=label(str(node["name"]), ""), query_params=query, width="stretch")


def pick_city(kind: str, place: str) -> None:
    """A tap on a city opens it; the map goes on showing the same networks."""
    if kind != "city":
        return
    catalogue = cache.load_catalogue()
    shown = read_sheet(catalogue)
    level = read_scale(catalogue, shown)
    address.replace_params(
        STATE, {"net": list_on_map(catalogue, shown, level), "scale": "" if level == "european" else level, "place": place}
    )


def name_country(code: str) -> str:
    """The name of a country; the code where we have no layer of it, a dash where no source names it."""
    table = cache.load_catalogue().territory.countries
    return str(table.at[code, f"name_{get_language()}"]) if code in table.index else code or "—"


def name_city(catalogue: Catalogue, row: Row) -> str:
    """The name of a member's city in the language of the page."""
    return labels.name_city(catalogue, row, get_locale())


def write_member_count(found: OrganisationProfile) -> str:
    """Known members against every published number; the published ones of a cluster with their year."""
    t, row = get_locale(), found.row
    if found.coverage is None:
        year: str = "" if pd.isna(row["published_as_of"]) else f" ({row['published_as_of']})"
        return "" if pd.isna(row["published"]) else labels.label_count(int(row["published"]), "membre", "membres", get_language()) + year
    values = sorted(labels.qualify_number(str(said["value"]), said["qualifier"], t) for said in list_rows(found.coverage.published))
    if not found.coverage.named:
        return t("aucun membre nommé dans nos sources")
    if not values:
        return labels.label_count(found.coverage.named, "membre nommé", "membres nommés", get_language())
    among = labels.join_words(values, t("ou"))
    one, many = NP_("{n} nommé sur {published} publiés", "{n} nommés sur {published} publiés")
    return get_locale().write_count(found.coverage.named, one, many, published=among)


def write_event_dates(row: Row) -> str:
    """When an event is, as precisely as the source says."""
    return get_locale().days(row["start"], row["end"])
