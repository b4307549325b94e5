"""When: the meetings with their dated editions, and everything founded, launched and published since 1998."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis.networks import events, timeline
from biocarto.analysis.networks.events import EVENT_LABELS
from biocarto.register.catalogue import Catalogue
from biocarto.render import html, sources
from biocarto.rows import Row, each
from biocarto.ui.networks import event, state
from biocarto.ui.shared import cache, organisations
from biocarto.ui.shared.language import current, text
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import plain


def _link(kind: str, key: str, name: str) -> Markup:
    return Markup("<a href='{}'>{}</a>").format(state.href(kind, key), name)


def prepare(catalogue: Catalogue) -> None:
    """Make what `meetings` and `line` show, in the language of the page."""
    _cached_meetings(catalogue)
    _cached_years(catalogue)
    _cached_undated(catalogue)


def _cached_meetings(catalogue: Catalogue) -> Markup:
    return cache.once("meetings", lambda: _meetings(catalogue), current())


def _cached_years(catalogue: Catalogue) -> Markup:
    return cache.once("timeline", lambda: _years(catalogue), current())


def _cached_undated(catalogue: Catalogue) -> list[str]:
    return cache.once("undated", lambda: _undated(catalogue))


def meetings(catalogue: Catalogue) -> None:
    """Each meeting, who organises it, which editions a source dates; and a calendar of those known to the day."""
    t = text()
    st.header(t("Rendez-vous"), anchor=False)
    show_html(_cached_meetings(catalogue))
    st.markdown(t("Seules les éditions dont une source donne le jour entrent dans l'agenda ; les autres restent dans la liste."))
    event.to_calendar(catalogue.events, "rendez-vous")


def _meetings(catalogue: Catalogue) -> Markup:
    t = text()
    head = [t("Rendez-vous"), t("Organisé par"), t("Éditions datées"), t("Source")]
    return sources.table(t("Rendez-vous"), head, [_meeting(catalogue, row) for row in each(events.meetings(catalogue))])


def _meeting(catalogue: Catalogue, row: Row) -> Markup:
    t, nodes = text(), organisations.graph(catalogue).nodes
    by = [_link(str(nodes.at[key, "table"]) or "member", key, str(nodes.at[key, "name"])) for key in row["organisers"]]
    held = events.of_body(catalogue, row["id"])
    editions = [
        _link("event", edition["id"], organisations.event_dates(edition)) + _where(edition)
        for edition in each(held[held["kind"].eq("edition")])
    ]
    about = text().read_cell(row, "notes")
    return Markup("<tr><th scope='row'>{}</th><td>{}</td><td>{}<br><em>{}</em></td><td>{}</td></tr>").format(
        _link("network", row["id"], row["name"]),
        Markup("<br>").join(by) or "—",
        Markup("<br>").join(editions) or t("aucune date dans nos sources"),
        about,
        html.source(row, t),
    )


def _where(edition: Row) -> str:
    place = text().read_cell(edition, "place")
    return f", {place}" if place else ""


def line(catalogue: Catalogue) -> None:
    """Year by year, each thing with its source; then what nobody dates."""
    t = text()
    st.header(t("De {first} à aujourd'hui").format(first=timeline.FIRST_YEAR), anchor=False)
    st.markdown(t("Ce qui a été fondé, lancé, tenu et publié, dans l'ordre des dates, chaque ligne avec sa source."))
    show_html(_cached_years(catalogue))
    names = _cached_undated(catalogue)
    if names:
        st.markdown(f"**{t('Sans date dans nos sources')}**{text().colon}{labels.joined(names, t('et'))}.")


def _undated(catalogue: Catalogue) -> list[str]:
    return [plain(str(organisations.own(catalogue).at[key, "name"])) for key in timeline.undated(catalogue)]


def _years(catalogue: Catalogue) -> Markup:
    years = Markup().join(
        Markup("<li><h3>{}</h3><ul>{}</ul></li>").format(year, Markup().join(_item(catalogue, row) for row in each(told)))
        for year, told in timeline.timeline(catalogue).groupby("year", sort=True)
    )
    return Markup("<ol class='bc-time'>{}</ol>").format(years)


def _item(catalogue: Catalogue, row: Row) -> Markup:
    """Date, what happened, to whom, who says so; every date where sources disagree."""
    t, nodes = text(), organisations.graph(catalogue).nodes
    first = row["body_ids"][0] if row["body_ids"] else ""
    kind, key = ("event", row["event_id"]) if row["event_id"] else (str(nodes.at[first, "table"]), first)
    when = _either(catalogue.figures, row) or organisations.event_dates({"start": row["date"], "end": row["end"]})
    shown = "" if when == str(row["year"]) else Markup("<span>{}</span>").format(when)
    return Markup("<li><p><b>{}</b>{}</p><p>{}</p><p class='bc-source'>{}</p></li>").format(
        t(EVENT_LABELS[row["kind"]]), shown, _link(kind, key, text().read_cell(row, "title")), html.source(row, t)
    )


def _either(figures: pd.DataFrame, row: Row) -> str:
    """The dates that sources give where they disagree, else nothing."""
    rivals = figures[figures["fact"].eq(row["fact"]) & figures["unit_fr"].eq("date")] if row["fact"] else figures.iloc[:0]
    return labels.joined([text().day(str(value)) for value in sorted(rivals["value"])], text()("ou"))
