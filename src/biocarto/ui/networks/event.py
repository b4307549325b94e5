"""One dated thing: its sheet, and the calendar file of an edition whose day is known."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.networks import events as events_module
from biocarto.analysis.networks.events import EVENT_LABELS, calendar
from biocarto.export.ics import ics
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import one
from biocarto.ui.networks import figures, state
from biocarto.ui.shared import cache, organisations
from biocarto.ui.shared.language import current, text
from biocarto.ui.shared.markup import show_html


def sheet(catalogue: Catalogue, key: str) -> None:
    """What, when, where, how many, and every value of a fact that sources disagree on."""
    t, row = text(), one(catalogue.events, key)
    rival = catalogue.figures[catalogue.figures["fact"].eq(row["fact"]) & catalogue.figures["fact"].ne("")]
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{}</p><h2>{}</h2>").format(
            t(EVENT_LABELS[row["kind"]]), text().read_cell(row, "title")
        )
        + html.facts(
            [
                (t("Date"), escape(organisations.event_dates(row))),
                (t("Lieu"), escape(text().read_cell(row, "place") or t("inconnu de nos sources"))),
                (t("Chiffres"), figures.told(events_module.figures_of(catalogue, key), t)),
                (t("Précisions"), escape(text().read_cell(row, "notes"))),
                (t("Désaccords"), figures.disputed(rival, t)),
                (t("Source"), html.source(row, t)),
            ]
        )
        + Markup("</article>")
    )
    for body in (*row["network_ids"], *row["cluster_ids"]):
        state.body_link(catalogue, body, where="event")
    to_calendar(catalogue.events.loc[[key]], key)


def to_calendar(events: pd.DataFrame, name: str) -> None:
    """A calendar file of the editions among `events` (`name` says which) whose day is known; no button where there is none."""
    if cache.filtered("calendar", name, lambda: calendar(events).empty):
        return
    st.download_button(
        text()("Ajouter à un agenda (.ics)"),
        lambda: ics(events, date.today(), current()),
        file_name=f"biocarto-{name}.ics",
        mime="text/calendar",
        icon=":material/event:",
        key=f"ics-{name}",
    )
