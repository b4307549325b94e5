"""One dated thing: its sheet, and the calendar file of an edition whose day is known."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from biocarto.analysis.events import EVENT_LABELS, calendar
from biocarto.export.ics import ics
from biocarto.i18n import day, localised, number
from biocarto.joins import Catalogue
from biocarto.rows import Row, each, one
from biocarto.ui import html, network_choice
from biocarto.ui.language import current, text
from biocarto.ui.source_lists import published


def dates(row: Row) -> str:
    """When, as precisely as the source says."""
    first, last = day(row["start"], current()), day(row["end"], current())
    return text()("du {first} au {last}").format(first=first, last=last) if last else first


def sheet(catalogue: Catalogue, key: str) -> None:
    """What, when, where, who, and every value of a fact that sources disagree on."""
    t, row = text(), one(catalogue.events, key)
    people: str = "" if pd.isna(row["participants"]) else number(int(row["participants"]), current())
    rival = catalogue.figures[catalogue.figures["fact"].eq(row["fact"]) & catalogue.figures["fact"].ne("")]
    lines = "".join(
        f"<li><strong>{escape(published(said))}</strong>{network_choice.colon()}{html.source(said, t)}</li>" for said in each(rival)
    )
    st.html(
        f"<article class='bc-sheet'><p class='bc-kicker'>{escape(t(EVENT_LABELS[row['kind']]))}</p>"
        f"<h2>{escape(localised(row, 'title', current()))}</h2>"
        + html.facts(
            [
                (t("Date"), escape(dates(row))),
                (t("Lieu"), escape(row["place"]) or escape(t("inconnu de nos sources"))),
                (t("Participants"), escape(people)),
                (t("Précisions"), escape(localised(row, "notes", current()))),
                (t("Désaccords"), f"<ul class='bc-clusters'>{lines}</ul>" if lines else ""),
                (t("Source"), html.source(row, t)),
            ]
        )
        + "</article>"
    )
    for body in (*row["network_ids"], *row["cluster_ids"]):
        network_choice.body_link(catalogue, body, where="event")
    to_calendar(catalogue.events.loc[[key]], key)


def to_calendar(events: pd.DataFrame, name: str) -> None:
    """A calendar file of the editions among `events` whose day is known; no button where there is none."""
    if calendar(events).empty:
        return
    st.download_button(
        text()("Ajouter à un agenda (.ics)"),
        lambda: ics(events, date.today(), current()),
        file_name=f"biocarto-{name}.ics",
        mime="text/calendar",
        icon=":material/event:",
        key=f"ics-{name}",
    )
