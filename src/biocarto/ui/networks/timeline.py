"""When: the meetings with their dated editions, and everything founded, launched and published since 1998."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis.networks import events, timeline
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import Row, list_rows
from biocarto.ui.networks import event, state
from biocarto.ui.shared import cache, organisations
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

DECADE = 10
"""Years that the timeline folds into one line."""


def _link(kind: str, key: str, name: str) -> Markup:
    return Markup("<a href='{}'>{}</a>").format(state.build_href(kind, key), name)


def prepare(catalogue: Catalogue) -> None:
    """Make what `show_meetings` and `show_timeline` show, in the language of the page."""
    _load_meetings(catalogue)
    _load_years(catalogue)
    _load_undated(catalogue)


def _load_meetings(catalogue: Catalogue) -> Markup:
    return cache.make_once("meetings", lambda: _meetings(catalogue), get_language())


def _load_years(catalogue: Catalogue) -> Markup:
    return cache.make_once("timeline", lambda: _years(catalogue), get_language())


def _load_undated(catalogue: Catalogue) -> list[str]:
    return cache.make_once("undated", lambda: _list_undated(catalogue))


def show_meetings(catalogue: Catalogue) -> None:
    """Each meeting, who organises it, which editions a source dates; and a calendar of those known to the day."""
    t = get_locale()
    st.header(t("Rendez-vous"), anchor=False)
    show_html(_load_meetings(catalogue))
    st.markdown(t("Seules les éditions dont une source donne le jour entrent dans l'agenda ; les autres restent dans la liste."))
    event.offer_calendar(catalogue.events, "rendez-vous")


def _meetings(catalogue: Catalogue) -> Markup:
    return Markup().join(_meeting(catalogue, row) for row in list_rows(events.list_meetings(catalogue)))


def _meeting(catalogue: Catalogue, row: Row) -> Markup:
    """Its name, who organises it and how many editions are dated; one tap away all of them, what it is, and its source."""
    t, nodes = get_locale(), organisations.load_graph(catalogue).nodes
    held = events.list_for_organisation(catalogue, row["id"])
    dated = list_rows(held[held["kind"].eq("edition")])
    names = labels.join_words([str(nodes.at[key, "name"]) for key in row["organisers"]], t("et"))
    count = t.write_count(len(dated), "{n} édition datée", "{n} éditions datées") if dated else t("aucune date dans nos sources")
    head = Markup("<strong>{}</strong> · {}").format(row["name"], " · ".join(filter(None, (names, count))))
    by = [_link(str(nodes.at[key, "table"]) or "member", key, str(nodes.at[key, "name"])) for key in row["organisers"]]
    editions = [_link("event", edition["id"], organisations.write_event_dates(edition)) + _where(edition) for edition in dated]
    facts = html.render_facts(
        [
            (t("Fiche"), _link("network", row["id"], row["name"])),
            (t("Organisé par"), Markup("<br>").join(by)),
            (t("Éditions datées"), Markup("<br>").join(editions)),
            (t("Précisions"), escape(t.read_cell(row, "notes"))),
            (t("Source"), html.render_source(row, t)),
        ]
    )
    return Markup("<details class='bc-period'><summary>{}</summary>{}</details>").format(head, facts)


def _where(edition: Row) -> str:
    place = get_locale().read_cell(edition, "place")
    return f", {place}" if place else ""


def show_timeline(catalogue: Catalogue) -> None:
    """Year by year, each thing with its source; then what nobody dates."""
    t = get_locale()
    st.header(t("De {first} à aujourd'hui").format(first=timeline.FIRST_YEAR), anchor=False)
    st.markdown(t("Ce qui a été fondé, lancé, tenu et publié, dans l'ordre des dates, chaque ligne avec sa source."))
    show_html(_load_years(catalogue))
    names = _load_undated(catalogue)
    if names:
        st.markdown(f"**{t('Sans date dans nos sources')}**{get_locale().colon}{labels.join_words(names, t('et'))}.")


def _list_undated(catalogue: Catalogue) -> list[str]:
    return [escape_markdown(str(organisations.list_organisations(catalogue).at[key, "name"])) for key in timeline.list_undated(catalogue)]


def _years(catalogue: Catalogue) -> Markup:
    """Ten years behind one line, newest last: what happened in them is one tap away."""
    told = timeline.build_timeline(catalogue)
    return Markup().join(_decade(catalogue, rows) for _, rows in told.groupby(told["year"].floordiv(DECADE), sort=True))


def _decade(catalogue: Catalogue, told: pd.DataFrame) -> Markup:
    first, last = told["year"].min(), told["year"].max()
    span = str(first) if first == last else f"{first} – {last}"
    count = get_locale().write_count(len(told), "{n} date", "{n} dates")
    years = Markup().join(
        Markup("<li><h3>{}</h3><ul>{}</ul></li>").format(year, Markup().join(_item(catalogue, row) for row in list_rows(rows)))
        for year, rows in told.groupby("year", sort=True)
    )
    return Markup("<details class='bc-period'><summary><strong>{}</strong> · {}</summary><ol class='bc-time'>{}</ol></details>").format(
        span, count, years
    )


def _item(catalogue: Catalogue, row: Row) -> Markup:
    """Date, what happened, to whom, who says so; every date where sources disagree."""
    t, nodes = get_locale(), organisations.load_graph(catalogue).nodes
    first = row["body_ids"][0] if row["body_ids"] else ""
    kind, key = ("event", row["event_id"]) if row["event_id"] else (str(nodes.at[first, "table"]), first)
    when = _either(catalogue.figures, row) or organisations.write_event_dates({"start": row["date"], "end": row["end"]})
    shown = "" if when == str(row["year"]) else Markup("<span>{}</span>").format(when)
    return Markup("<li><p><b>{}</b>{}</p><p>{}</p><p class='bc-source'>{}</p></li>").format(
        t(vocabulary.EVENT_KINDS[row["kind"]]),
        shown,
        _link(kind, key, get_locale().read_cell(row, "title")),
        html.render_source(row, t),
    )


def _either(figures: pd.DataFrame, row: Row) -> str:
    """The dates that sources give where they disagree, else nothing."""
    rivals = figures[figures["fact"].eq(row["fact"]) & figures["unit_fr"].eq("date")] if row["fact"] else figures.iloc[:0]
    return labels.join_words([get_locale().day(str(value)) for value in sorted(rivals["value"])], get_locale()("ou"))
