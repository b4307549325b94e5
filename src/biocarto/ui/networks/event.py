"""One dated thing: its sheet, and the calendar file of an edition whose day is known."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.networks import events as event_lists
from biocarto.analysis.networks.events import select_dated
from biocarto.clock import read_today
from biocarto.export.ics import write_ics
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import get_row
from biocarto.ui.networks import figures, state
from biocarto.ui.shared import cache, organisations
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html


def show_sheet(catalogue: Catalogue, key: str) -> None:
    """What, when, where, how many, and every value of a fact that sources disagree on."""
    t, row = get_locale(), get_row(catalogue.events, key)
    rival = catalogue.figures[catalogue.figures["fact"].eq(row["fact"]) & catalogue.figures["fact"].ne("")]
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{}</p><h2>{}</h2>").format(
            t(vocabulary.EVENT_KINDS[row["kind"]]), get_locale().read_cell(row, "title")
        )
        + html.render_facts(
            [
                (t("Date"), escape(organisations.write_event_dates(row))),
                (t("Lieu"), escape(get_locale().read_cell(row, "place") or t("inconnu de nos sources"))),
                (t("Chiffres"), figures.describe_figures(event_lists.list_figures(catalogue, key), t)),
                (t("Précisions"), escape(get_locale().read_cell(row, "notes"))),
                (t("Désaccords"), figures.describe_disputed(rival, t)),
                (t("Source"), html.render_source(row, t)),
            ]
        )
        + Markup("</article>")
    )
    for body in (*row["network_ids"], *row["cluster_ids"]):
        state.show_organisation_link(catalogue, body, where="event")
    offer_calendar(catalogue.events.loc[[key]], key)


def offer_calendar(events: pd.DataFrame, name: str) -> None:
    """A calendar file of the editions among `events` (`name` says which) whose day is known; no button where there is none."""
    if cache.make_for_filters("calendar", name, lambda: select_dated(events).empty):
        return
    st.download_button(
        get_locale()("Ajouter à un agenda (.ics)"),
        lambda: write_ics(events, read_today(), get_language()),
        file_name=f"biocarto-{name}.ics",
        mime="text/calendar",
        icon=":material/event:",
        key=f"ics-{name}",
    )
