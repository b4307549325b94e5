"""Networks on the stand: a scale, a network, its members, and whom they belong to; the map follows."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis.networks import organisations as bodies
from biocarto.booth.shortlist import Shortlist
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import each, one
from biocarto.ui.booth import frame, state
from biocarto.ui.shared import address, cache, network_map, organisations
from biocarto.ui.shared.language import text
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.organisations import SHEETS, Opened


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The map of the networks of a scale, and beside it their names or one sheet."""
    shown = organisations.opened(catalogue)
    level = organisations.scale(catalogue, shown)
    drawing, side = frame.room()
    with drawing:
        network_map.show(catalogue, shown, level, organisations.drawn(catalogue, shown, level))
    with side:
        if shown.kind in {"network", "cluster"}:
            _body(catalogue, shown.key)
        elif shown.key:
            _others(catalogue, shown)
        else:
            _scales(catalogue, level)


def _scales(catalogue: Catalogue, level: str) -> None:
    t = text()
    scales = [(scale, t(bodies.SCALE_LABELS[scale]), "") for scale in bodies.SCALES]
    frame.tiles("scale", scales, lambda scale: state.step(scale=scale), [level])
    told = cache.once("story", lambda: bodies.story(catalogue))
    _tiles(catalogue, list(dict.fromkeys(told.loc[told["scale"].eq(level), "id"])))


def _tiles(catalogue: Catalogue, keys: list[str]) -> None:
    """A tile per body or member; what it is stands below its name."""
    t, nodes, own = text(), organisations.graph(catalogue).nodes, organisations.own(catalogue)
    items = [(key, str(nodes.at[key, "name"]), t(bodies.KIND_LABELS[str(own.at[key, "kind"])]) if key in own.index else "") for key in keys]
    tables: dict[str, str] = {key: str(nodes.at[key, "table"]) or "member" for key in keys}
    frame.tiles("body", items, lambda key: address.turn([*SHEETS, "net"], {tables[key]: key}))


def _body(catalogue: Catalogue, key: str) -> None:
    t, found = text(), organisations.sheets(catalogue)[key]
    row = found.row
    since: str = t("date inconnue de nos sources") if pd.isna(row["year"]) else str(row["year"])
    kicker = f"{t(bodies.KIND_LABELS[row['kind']])} · {t(bodies.SCALE_LABELS[row['scale']])}"
    what = text().read_cell(row, "description")
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{}</p><h2>{}</h2><p>{}</p>").format(kicker, row["name"], what)
        + html.facts(
            [
                (t("Membres"), escape(organisations.count_members(found))),
                (t("Depuis"), escape(since)),
                (t("Dates"), escape(_dates(found.events))),
                (t("Site web"), escape(str(row["website"]))),
                (t("Source"), html.source(row, t)),
            ]
        )
        + Markup("</article>")
    )
    _related(catalogue, t("Membres"), found.members["member_id"])
    _related(catalogue, t("Appartient à"), found.member_of["network_id"])


def _dates(events: pd.DataFrame) -> str:
    return " · ".join(f"{text().read_cell(row, 'title')} ({organisations.event_dates(row)})" for row in each(events))


def _related(catalogue: Catalogue, title: str, keys: pd.Series) -> None:
    if len(keys):
        frame.lead(title)
        _tiles(catalogue, list(dict.fromkeys(keys)))


def _others(catalogue: Catalogue, shown: Opened) -> None:
    """An event, a member without a row of its own, or a city."""
    t, rows = text(), organisations.everyone(catalogue)
    if shown.kind == "event":
        event = one(catalogue.events, shown.key)
        frame.lead(text().read_cell(event, "title"), organisations.event_dates(event))
        return _tiles(catalogue, [*event["network_ids"], *event["cluster_ids"]])
    column = "member_id" if shown.kind == "member" else "place_id"
    mine = rows[rows[column].eq(shown.key)]
    first = each(mine.sort_values("city", ascending=False))[0]
    country, city = organisations.country(first["country"]), organisations.city(catalogue, first)
    if shown.kind == "member":
        frame.lead(first["member_name"], ", ".join(filter(None, (city, country))))
        return _related(catalogue, t("Appartient à"), mine["network_id"])
    names = labels.joined(sorted(set(catalogue.networks.loc[mine["network_id"], "name"])), t("et"))
    frame.lead(f"{city}, {country}", names)
    return _related(catalogue, t("Membres"), mine["member_id"])
