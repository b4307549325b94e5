"""The page of sources: conflicts first, then every figure, table and layer, then method and limits."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto.analysis.changelog import list_editions
from biocarto.analysis.sources import list_conflicts, list_series
from biocarto.register import catalogue
from biocarto.register.tables import Tables
from biocarto.render import cards
from biocarto.render import changes as change_html
from biocarto.render import sources as source_html
from biocarto.rows import Row
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

MOST_EDITIONS = 5
"""Editions whose changes the page tells; the feed has more."""


def write_published(row: Row) -> str:
    """The value as published, in the language of the page."""
    return source_html.write_published(row, get_language())


def show_disagreements(rows: pd.DataFrame) -> None:
    """Figures whose sources contradict each other, side by side; then those that only speak of other dates or scopes."""
    t = get_locale()
    st.header(t("Quand les sources ne disent pas la même chose"), anchor=False)
    st.markdown(t("Toutes les valeurs sont gardées, chacune avec sa source ; personne n'est corrigé."))
    show_html(_conflicts(rows))
    with st.expander(t("Un même fait, d'autres dates ou d'autres périmètres")):
        show_html(_series(rows))


def prepare(found: Tables) -> None:
    """Make what `show_disagreements` shows, in the language of the page."""
    _conflicts(found.figures)
    _series(found.figures)


def _conflicts(rows: pd.DataFrame) -> Markup:
    return cache.make_once("conflicts", lambda: source_html.render_side_by_side(list_conflicts(rows), get_locale()), get_language())


def _series(rows: pd.DataFrame) -> Markup:
    return cache.make_once("series", lambda: source_html.render_side_by_side(list_series(rows), get_locale()), get_language())


def show_figures(found: Tables) -> None:
    """Every published figure, those of the survey with who made it."""
    t, rows = get_locale(), found.figures
    st.header(t("Chiffres publiés"), anchor=False)
    show_html(
        cache.make_once(
            "notes of the survey",
            lambda: Markup("<p>{}</p>").format(cards.render_survey_notes(rows.set_index("id"), found.events, t)),
            t.language,
        )
    )
    show_html(cache.make_once("published figures", lambda: source_html.render_figures(rows, t), t.language))


def show_regional_figures(rows: pd.DataFrame) -> None:
    """What any page says of a region; most are proxies, as their notes say."""
    t = get_locale()
    st.header(t("Chiffres des régions"), anchor=False)
    show_html(cache.make_once("regional figures", lambda: source_html.render_regional_figures(rows, t), t.language))


def show_tables(found: Tables) -> None:
    """Every table: what it is, how many rows, sources, licence."""
    t = get_locale()
    st.header(t("Tables"), anchor=False)
    counts = {name: len(getattr(found, name)) for name in found.resources}
    show_html(
        cache.make_once("tables of sources", lambda: source_html.render_resources(t("Tables"), found.resources, counts, t), t.language)
    )


def show_layers(found: dict[str, dict[str, Any]]) -> None:
    """Every boundary layer: what it is, vintage, sources, licence."""
    t = get_locale()
    st.header(t("Couches géographiques"), anchor=False)
    rows = {name: layer.get("rows", "") for name, layer in found.items()}
    show_html(
        cache.make_once("layers of sources", lambda: source_html.render_resources(t("Couches géographiques"), found, rows, t), t.language)
    )


def show_changes(found: Tables) -> None:
    """What the last editions have changed, and the feed of it; nothing where no edition is known to have changed anything."""
    t = get_locale()
    if not found.changes:
        return
    titles = {name: str(about[f"title_{t.language}"]) for name, about in found.resources.items()}
    st.header(t("Ce que les dernières éditions ont changé"), anchor=False)
    show_html(
        cache.make_once(
            "changes of sources", lambda: change_html.render_editions(list_editions(found.changes, MOST_EDITIONS), titles, t), t.language
        )
    )
    show_html(change_html.render_feed_link(t))


def show_method(tables: Tables) -> None:
    """How the numbers are made, and what they cannot say; of the tables alone, which this page shows even without layers."""
    t, actors = get_locale(), cache.make_once("actors of the tables", lambda: catalogue.tell_status(tables))
    st.header(t("Méthode et limites"), anchor=False)
    st.markdown(
        cache.make_once("method", lambda: "\n".join(f"- {point}" for point in source_html.describe_method(actors, t)), get_language())
    )
