"""The map of networks with its table twin: members at their cities, and beside them those that no source gives a city."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.analysis.networks import networks
from biocarto.analysis.networks.networks import MappedMembers
from biocarto.export.csv import disarm_frame
from biocarto.maps.base import FRANCE, ILE_DE_FRANCE, Bounds
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.network import EUROPE, HighlightedTerritory, build_network_layer
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.rows import list_rows
from biocarto.ui.shared import cache, map_view, organisations, printing
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.messages import escape_markdown
from biocarto.ui.shared.organisations import OpenSheet

_LOOKS = {"regional": ILE_DE_FRANCE.bounds, "national": FRANCE.bounds}


def show(catalogue: Catalogue, shown: OpenSheet, level: str, here: list[str]) -> MappedMembers:
    """Draw the networks `here`, and the territory of the open body; returns what is on the map and what is not."""
    found = cache.make_for_filters(
        "members on the map", tuple(here), lambda: networks.place_members(organisations.list_memberships(catalogue), here)
    )
    asked, theme = (shown, level, tuple(here)), map_view.read_theme()
    layer = cache.make_for_filters("network layer", asked, lambda: _layer(catalogue, shown, level, found, here), theme, get_language())
    map_view.show(EUROPE, [layer], organisations.pick_city, height=620)
    return found


def _layer(catalogue: Catalogue, shown: OpenSheet, level: str, found: MappedMembers, here: list[str]) -> ScriptLayer:
    ground = _ground(catalogue, shown)
    return build_network_layer(
        found.points,
        found.links,
        {network: str(catalogue.networks.at[network, "name"]) for network in here},
        get_locale(),
        cities=cache.make_once("cities of members", lambda: _cities(catalogue), get_language()),
        countries=catalogue.territory.countries[f"name_{get_language()}"].to_dict(),
        ground=ground,
        look=_look(catalogue, found.points, ground, level),
        selected=shown.key if shown.kind == "place" else "",
        theme=map_view.read_theme(),
    )


def _cities(catalogue: Catalogue) -> dict[str, str]:
    """The name of every city with a member, by its place."""
    everyone = organisations.list_memberships(catalogue).drop_duplicates("place_id")
    return {str(row["place_id"]): organisations.name_city(catalogue, row) for row in list_rows(everyone)}


def _ground(catalogue: Catalogue, shown: OpenSheet) -> HighlightedTerritory | None:
    """The regions of a body, else the countries of its members."""
    if shown.kind not in {"network", "cluster"}:
        return None
    found = organisations.load_profiles(catalogue)[shown.key]
    if found.regions:
        return HighlightedTerritory("france", found.regions)
    return HighlightedTerritory("europe", found.countries or (("FR",) if found.row["scale"] == "national" else ()))


def _look(catalogue: Catalogue, points: pd.DataFrame, ground: HighlightedTerritory | None, level: str) -> Bounds | None:
    """Around the members and the regions on the map; where there is neither, what the scale shows."""
    boxes = [points[["longitude", "latitude"]].agg(["min", "max"]).to_numpy().ravel()] if len(points) else []
    if ground and ground.file == "france":
        regions = catalogue.territory.regions.geometry
        boxes += [regions[code].bounds for code in ground.codes]
    if not boxes:
        return _LOOKS.get(level)
    west, south, east, north = zip(*boxes, strict=True)
    return (min(south), min(west)), (max(north), max(east))


def _list_networks(catalogue: Catalogue, title: str, why: str, keys: Iterable[str]) -> list[str]:
    """Networks that the map shows in part or not at all, by name; nothing where there is none."""
    names = [escape_markdown(str(catalogue.networks.at[key, "name"])) for key in keys]
    return [_write_names(title, why, names)] if names else []


def _write_names(title: str, why: str, names: list[str]) -> str:
    return f"**{title}** ({why}){get_locale().colon}{labels.join_words(names, get_locale()('et'))}."


def show_listed(catalogue: Catalogue, level: str, found: MappedMembers, here: list[str]) -> None:
    """Who is not on the map and why, what has no line or no known member, and the table of everyone with their sources."""
    t, asked = get_locale(), (level, tuple(here))
    lines = cache.make_for_filters("members not on the map", asked, lambda: _apart(catalogue, level, found), get_language())
    if lines:
        absent = found.listed["member_id"].nunique()
        title = t.write_count(absent, "{n} membre hors de la carte", "{n} membres hors de la carte") if absent else t("Hors de la carte")
        with st.expander(title, icon=":material/location_off:"):
            for line in lines:
                st.markdown(line)
    frame = cache.make_for_filters(
        "table of members", tuple(here), lambda: _table(catalogue, pd.concat([found.points, found.listed])), get_language()
    )
    with st.expander(t("Le tableau des membres, chacun avec sa source ({n})").format(n=len(frame)), icon=":material/table_rows:"):
        config = {t("Source"): st.column_config.LinkColumn(display_text=t("ouvrir"))}
        printing.show_dataframe("members", frame, alt=t("Membres des réseaux, chacun avec sa source"), column_config=config)


def _apart(catalogue: Catalogue, level: str, found: MappedMembers) -> list[str]:
    t = get_locale()
    lines = [
        _write_names(
            t("Listés, pas placés"), t(networks.PLACE_LABELS[str(reason)]), [escape_markdown(name) for name in rows["member_name"].unique()]
        )
        for reason, rows in found.listed.groupby("place", sort=False)
    ]
    lines += _list_networks(
        catalogue, t("Sans lignes"), t("aucune page ne nomme de coordinateur, ou sa ville est inconnue"), found.uncoordinated
    )
    silent = networks.list_without_members(catalogue, level)
    return lines + _list_networks(catalogue, t("Sans membre connu"), t("aucune page ne nomme de membre"), silent)


def _table(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    t = get_locale()
    ordered = rows.sort_index()
    frame = pd.DataFrame(
        {
            t("Réseau"): ordered["network_id"].map(catalogue.networks["name"]),
            t("Membre"): ordered["member_name"],
            t("Rôle"): [t(vocabulary.MEMBER_ROLES[role]) for role in ordered["role"]],
            t("Pays"): [organisations.name_country(code) for code in ordered["country"]],
            t("Ville"): [organisations.name_city(catalogue, row) or "—" for row in list_rows(ordered)],
            t("Sur la carte ?"): [t(networks.PLACE_LABELS[place]) for place in ordered["place"]],
            t("Source"): ordered["source_url"].where(ordered["source_url"].str.startswith("http"), ""),
            t("Titre de la source"): ordered["source_title"],
        }
    )
    return disarm_frame(frame)
