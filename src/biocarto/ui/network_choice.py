"""What the page of networks shows, as its address says it: a sheet, the networks on the map, and the links that lead there."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from biocarto.analysis import affiliations, bodies, body, networks
from biocarto.analysis.body import Body
from biocarto.filters import Dropped
from biocarto.joins import Catalogue
from biocarto.rows import Row, one
from biocarto.ui import address, cache, pages
from biocarto.ui.language import current, link_to, text
from biocarto.ui.messages import plain

SHEETS = ("event", "member", "place", "network", "cluster")
"""Names of the address that open a sheet; one stands there at a time."""

_STATE = (*SHEETS, "net", "scale")
"""What opening something else forgets."""

_SCALE, _DRAWN, _SEARCH = "networks_scale", "networks_drawn", "networks_search"


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
    return cache.once("bodies", lambda: bodies.bodies(catalogue))


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
    return address.value("scale", bodies.SCALES, str(scales.get(key, "european")))


def with_members(catalogue: Catalogue) -> list[str]:
    """Networks that have a member, from Europe inwards, in the order of the table."""
    return cache.once("networks with members", lambda: _with_members(catalogue))


def _with_members(catalogue: Catalogue) -> list[str]:
    known = set(everyone(catalogue)["network_id"])
    table = catalogue.networks
    return [n for level in reversed(bodies.SCALES) for n in table.index[table["scale"].eq(level)] if n in known]


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


def _label(name: str, more: str) -> str:
    return f"**{plain(name)}**" + (f" · {plain(more)}" if more else "")


def link(label: str, kind: str, key: str, more: str = "", *, where: str) -> None:
    """Open a sheet of this page; `more` stands after the name, `where` parts the links to one sheet from each other.

    A button, because a link of Streamlit to its own page changes what is shown and leaves the address as it was.
    """
    write_link(_label(label, more), kind, key, where=where)


def write_link(label: str, kind: str, key: str, *, where: str) -> None:
    """The same, with a label that is Markdown already."""
    st.button(label, key=f"go:{where}:{kind}={key}", type="tertiary", on_click=_open, args=(kind, key))


def _open(kind: str, key: str) -> None:
    address.turn(_STATE, {kind: key})


def body_link(catalogue: Catalogue, key: str, more: str = "", *, where: str) -> None:
    """Open the sheet of a body or of a member, on this page."""
    name, kind = names(catalogue)[key]
    link(name, kind, key, more, where=where)


def link_line(catalogue: Catalogue, key: str, more: str) -> tuple[str, str, str]:
    """Label, kind and key of such a link: what `written` takes."""
    name, kind = names(catalogue)[key]
    return _label(name, more), kind, key


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
    st.page_link(pages.NETWORKS.path, label=_label(str(node["name"]), ""), query_params=query, width="stretch")


def href(kind: str, key: str) -> str:
    """The address of a sheet for a link inside a table; keys of our tables need no quoting."""
    return "?" + "&".join(f"{name}={value}" for name, value in link_to(kind, key).items())


def picked(kind: str, place: str) -> None:
    """A tap on a city opens it; the map goes on showing the same networks."""
    if kind != "city":
        return
    catalogue = cache.catalogue()
    shown = opened(catalogue)
    level = scale(catalogue, shown)
    address.turn(_STATE, {"net": drawn(catalogue, shown, level), "scale": "" if level == "european" else level, "place": place})


def close() -> None:
    """Leave the sheet."""
    address.turn(_STATE, {})


def _to_scale() -> None:
    level = st.session_state[_SCALE]
    address.turn(_STATE, {"scale": "" if level == "european" else level})


def _to_body() -> None:
    key = st.session_state[_SEARCH]
    if key:
        _open(str(graph(cache.catalogue()).nodes.at[key, "table"]) or "member", key)


def bar(catalogue: Catalogue, shown: Opened, level: str, here: Iterable[str]) -> None:
    """One row above the map: the scale, the networks on the map, and a box that finds anyone by name."""
    t = text()
    with st.container(horizontal=True, vertical_alignment="bottom", key="networks-bar"):
        st.session_state[_SCALE] = level
        st.segmented_control(
            t("Échelle"),
            bodies.SCALES,
            key=_SCALE,
            format_func=lambda scale: t(bodies.SCALE_LABELS[scale]),
            required=True,
            on_change=_to_scale,
        )
        _choice(catalogue, list(here))
        _search(catalogue, shown)


def _choice(catalogue: Catalogue, here: list[str]) -> None:
    t = text()
    known = cache.once("names of networks", lambda: {key: plain(str(name)) for key, name in catalogue.networks["name"].items()})
    st.session_state[_DRAWN] = here
    with st.popover(t("Réseaux sur la carte : {n}").format(n=len(here)), icon=":material/lan:"):
        st.pills(
            t("Réseaux sur la carte"),
            with_members(catalogue),
            key=_DRAWN,
            selection_mode="multi",
            format_func=known.__getitem__,
            on_change=address.write_widget,
            args=("net", _DRAWN),
        )


def _search(catalogue: Catalogue, shown: Opened) -> None:
    """Everyone by name: bodies first, then members that have no row of their own."""
    t, known = text(), names(catalogue)
    st.session_state[_SEARCH] = shown.key if shown.key in known else None
    st.selectbox(
        t("Qui cherchez-vous ?"),
        list(known),
        key=_SEARCH,
        index=None,
        format_func=lambda key: known[key][0],
        placeholder=t("Un pôle, un réseau, un programme, un membre…"),
        on_change=_to_body,
        width="stretch",
    )


def colon() -> str:
    """Before what explains: French parts the two points from the word."""
    return "\u00a0: " if current() == "fr" else ": "


def country(code: str) -> str:
    """The name of a country; the code where we have no layer of it, a dash where no source names it."""
    table = cache.catalogue().territory.countries
    return str(table.at[code, f"name_{current()}"]) if code in table.index else code or "—"


def city(catalogue: Catalogue, row: Row) -> str:
    """The name of a member's city in the language of the page."""
    table = catalogue.cities
    abroad = table[table["country"].eq(row["country"]) & table["name_fr"].eq(row["city"])]
    return str(abroad.iloc[0]["name_en"]) if current() == "en" and len(abroad) else str(row["city"])
