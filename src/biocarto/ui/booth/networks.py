"""Networks on the stand: a scale, a network, its members, and whom they belong to; the map follows."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis.networks import organisations as organisation_lists
from biocarto.booth.shortlist import Shortlist
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import get_row, list_rows
from biocarto.ui.booth import frame, propose, state
from biocarto.ui.shared import address, cache, network_map, organisations
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.organisations import SHEETS, OpenSheet


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The map of the networks of a scale, and beside it their names or one sheet."""
    shown = organisations.read_sheet(catalogue)
    level = organisations.read_scale(catalogue, shown)
    drawing, side = frame.build_columns()
    with drawing:
        network_map.show(catalogue, shown, level, organisations.list_on_map(catalogue, shown, level))
    with side:
        if shown.kind in {"network", "cluster"}:
            _body(catalogue, shown.key)
            propose.show_report_button(organisations.name_table(catalogue, shown.key), shown.key)
        elif shown.key:
            _others(catalogue, shown)
        else:
            _scales(catalogue, level)


def _scales(catalogue: Catalogue, level: str) -> None:
    t = get_locale()
    scales = [(scale, t(vocabulary.BODY_SCALES[scale]), "") for scale in organisation_lists.SCALES]
    frame.show_tiles("scale", scales, lambda scale: state.select(scale=scale), [level])
    told = cache.make_once("story", lambda: organisation_lists.arrange_introduction(catalogue))
    _tiles(catalogue, list(dict.fromkeys(told.loc[told["scale"].eq(level), "id"])))


def _tiles(catalogue: Catalogue, keys: list[str]) -> None:
    """A tile per body or member; what it is stands below its name."""
    t, nodes, own = get_locale(), organisations.load_graph(catalogue).nodes, organisations.list_organisations(catalogue)
    items = [
        (key, str(nodes.at[key, "name"]), t(vocabulary.BODY_KINDS[str(own.at[key, "kind"])]) if key in own.index else "") for key in keys
    ]
    tables: dict[str, str] = {key: str(nodes.at[key, "table"]) or "member" for key in keys}
    frame.show_tiles("body", items, lambda key: address.replace_params([*SHEETS, "net"], {tables[key]: key}))


def _body(catalogue: Catalogue, key: str) -> None:
    t, found = get_locale(), organisations.load_profiles(catalogue)[key]
    row = found.row
    since: str = t("date inconnue de nos sources") if pd.isna(row["year"]) else str(row["year"])
    kicker = f"{t(vocabulary.BODY_KINDS[row['kind']])} · {t(vocabulary.BODY_SCALES[row['scale']])}"
    what = get_locale().read_cell(row, "description")
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{}</p><h2>{}</h2><p>{}</p>").format(kicker, row["name"], what)
        + html.render_facts(
            [
                (t("Membres"), escape(organisations.write_member_count(found))),
                (t("Depuis"), escape(since)),
                (t("Dates"), escape(_dates(found.events))),
                (t("Site web"), escape(str(row["website"]))),
                (t("Source"), html.render_source(row, t)),
            ]
        )
        + Markup("</article>")
    )
    _show_related(catalogue, t("Membres"), found.members["member_id"])
    _show_related(catalogue, t("Appartient à"), found.member_of["network_id"])


def _dates(events: pd.DataFrame) -> str:
    return " · ".join(f"{get_locale().read_cell(row, 'title')} ({organisations.write_event_dates(row)})" for row in list_rows(events))


def _show_related(catalogue: Catalogue, title: str, keys: pd.Series) -> None:
    if len(keys):
        frame.show_heading(title)
        _tiles(catalogue, list(dict.fromkeys(keys)))


def _others(catalogue: Catalogue, shown: OpenSheet) -> None:
    """An event, a member without a row of its own, or a city."""
    t, rows = get_locale(), organisations.list_memberships(catalogue)
    if shown.kind == "event":
        event = get_row(catalogue.events, shown.key)
        frame.show_heading(get_locale().read_cell(event, "title"), organisations.write_event_dates(event))
        propose.show_report_button("events", shown.key)
        return _tiles(catalogue, [*event["network_ids"], *event["cluster_ids"]])
    column = "member_id" if shown.kind == "member" else "place_id"
    mine = rows[rows[column].eq(shown.key)]
    first = list_rows(mine.sort_values("city", ascending=False))[0]
    country, city = organisations.name_country(first["country"]), organisations.name_city(catalogue, first)
    if shown.kind == "member":
        frame.show_heading(first["member_name"], ", ".join(filter(None, (city, country))))
        return _show_related(catalogue, t("Appartient à"), mine["network_id"])
    names = labels.join_words(sorted(set(catalogue.networks.loc[mine["network_id"], "name"])), t("et"))
    frame.show_heading(f"{city}, {country}", names)
    return _show_related(catalogue, t("Membres"), mine["member_id"])
