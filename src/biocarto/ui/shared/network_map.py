"""The map of networks with its table twin: members at their cities, and beside them those that no source gives a city."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.analysis.networks import networks
from biocarto.analysis.networks.networks import Map
from biocarto.export.csv import harmless_frame
from biocarto.maps.base import FRANCE, ILE_DE_FRANCE, Bounds
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.network import EUROPE, Ground, network_layer
from biocarto.register.catalogue import Catalogue
from biocarto.rows import each
from biocarto.ui.shared import cache, map_view, organisations, printing
from biocarto.ui.shared.language import current, text
from biocarto.ui.shared.messages import plain
from biocarto.ui.shared.organisations import Opened

_LOOKS = {"regional": ILE_DE_FRANCE.bounds, "national": FRANCE.bounds}


def show(catalogue: Catalogue, shown: Opened, level: str, here: list[str]) -> Map:
    """Draw the networks `here`, and the territory of the open body; returns what is on the map and what is not."""
    found = cache.filtered("members on the map", tuple(here), lambda: networks.on_map(organisations.everyone(catalogue), here))
    asked, theme = (shown, level, tuple(here)), map_view.theme()
    layer = cache.filtered("network layer", asked, lambda: _layer(catalogue, shown, level, found, here), theme, current())
    map_view.show(EUROPE, [layer], organisations.picked, height=620)
    return found


def _layer(catalogue: Catalogue, shown: Opened, level: str, found: Map, here: list[str]) -> ScriptLayer:
    ground = _ground(catalogue, shown)
    return network_layer(
        found.points,
        found.links,
        {network: str(catalogue.networks.at[network, "name"]) for network in here},
        text(),
        cities=cache.once("cities of members", lambda: _cities(catalogue), current()),
        countries=catalogue.territory.countries[f"name_{current()}"].to_dict(),
        ground=ground,
        look=_look(catalogue, found.points, ground, level),
        selected=shown.key if shown.kind == "place" else "",
        theme=map_view.theme(),
    )


def _cities(catalogue: Catalogue) -> dict[str, str]:
    """The name of every city with a member, by its place."""
    everyone = organisations.everyone(catalogue).drop_duplicates("place_id")
    return {str(row["place_id"]): organisations.city(catalogue, row) for row in each(everyone)}


def _ground(catalogue: Catalogue, shown: Opened) -> Ground | None:
    """The regions of a body, else the countries of its members."""
    if shown.kind not in {"network", "cluster"}:
        return None
    found = organisations.sheets(catalogue)[shown.key]
    if found.regions:
        return Ground("france", found.regions)
    return Ground("europe", found.countries or (("FR",) if found.row["scale"] == "national" else ()))


def _look(catalogue: Catalogue, points: pd.DataFrame, ground: Ground | None, level: str) -> Bounds | None:
    """Around the members and the regions on the map; where there is neither, what the scale shows."""
    boxes = [points[["longitude", "latitude"]].agg(["min", "max"]).to_numpy().ravel()] if len(points) else []
    if ground and ground.file == "france":
        regions = catalogue.territory.regions.geometry
        boxes += [regions[code].bounds for code in ground.codes]
    if not boxes:
        return _LOOKS.get(level)
    west, south, east, north = zip(*boxes, strict=True)
    return (min(south), min(west)), (max(north), max(east))


def _told(catalogue: Catalogue, title: str, why: str, keys: Iterable[str]) -> list[str]:
    """Networks that the map shows in part or not at all, by name; nothing where there is none."""
    names = [plain(str(catalogue.networks.at[key, "name"])) for key in keys]
    return [_named(title, why, names)] if names else []


def _named(title: str, why: str, names: list[str]) -> str:
    return f"**{title}** ({why}){text().colon}{labels.joined(names, text()('et'))}."


def listed(catalogue: Catalogue, level: str, found: Map, here: list[str]) -> None:
    """Who is not on the map and why, what has no line or no known member, and the table of everyone with their sources."""
    t, asked = text(), (level, tuple(here))
    for line in cache.filtered("members not on the map", asked, lambda: _apart(catalogue, level, found), current()):
        st.markdown(line)
    frame = cache.filtered("table of members", tuple(here), lambda: _table(catalogue, pd.concat([found.points, found.listed])), current())
    with st.expander(t("Le tableau des membres, chacun avec sa source ({n})").format(n=len(frame)), icon=":material/table_rows:"):
        printing.dataframe("members", frame, column_config={t("Source"): st.column_config.LinkColumn(display_text=t("ouvrir"))})


def _apart(catalogue: Catalogue, level: str, found: Map) -> list[str]:
    t = text()
    lines = [
        _named(t("Listés, pas placés"), t(networks.PLACE_LABELS[str(reason)]), [plain(name) for name in rows["member_name"].unique()])
        for reason, rows in found.listed.groupby("place", sort=False)
    ]
    lines += _told(catalogue, t("Sans lignes"), t("aucune page ne nomme de coordinateur, ou sa ville est inconnue"), found.uncoordinated)
    silent = networks.without_members(catalogue, level)
    return lines + _told(catalogue, t("Sans membre connu"), t("aucune page ne nomme de membre"), silent)


def _table(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    t = text()
    ordered = rows.sort_index()
    frame = pd.DataFrame(
        {
            t("Réseau"): ordered["network_id"].map(catalogue.networks["name"]),
            t("Membre"): ordered["member_name"],
            t("Rôle"): [t(networks.ROLE_LABELS[role]) for role in ordered["role"]],
            t("Pays"): [organisations.country(code) for code in ordered["country"]],
            t("Ville"): [organisations.city(catalogue, row) or "—" for row in each(ordered)],
            t("Sur la carte ?"): [t(networks.PLACE_LABELS[place]) for place in ordered["place"]],
            t("Source"): ordered["source_url"].where(ordered["source_url"].str.startswith("http"), ""),
            t("Titre de la source"): ordered["source_title"],
        }
    )
    return harmless_frame(frame)
