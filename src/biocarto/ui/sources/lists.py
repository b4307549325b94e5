"""The page of sources: conflicts first, then every figure, table and layer, then method and limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis.sources import conflicts, series
from biocarto.register import catalogue
from biocarto.register.tables import Tables
from biocarto.render import cards
from biocarto.render import sources as source_html
from biocarto.rows import Row, each
from biocarto.ui.shared import cache, data_table, printing
from biocarto.ui.shared.data_table import Table
from biocarto.ui.shared.language import current, text
from biocarto.ui.shared.markup import show_html


def published(row: Row) -> str:
    """The value as published, in the language of the page."""
    return source_html.published(row, current())


def disagreements(rows: pd.DataFrame) -> None:
    """Figures whose sources contradict each other, side by side; then those that only speak of other dates or scopes."""
    t = text()
    st.header(t("Quand les sources ne disent pas la même chose"), anchor=False)
    st.markdown(t("Toutes les valeurs sont gardées, chacune avec sa source ; personne n'est corrigé."))
    show_html(_conflicts(rows))
    with st.expander(t("Un même fait, d'autres dates ou d'autres périmètres")):
        show_html(_series(rows))


def prepare(found: Tables) -> None:
    """Make what `disagreements` shows, in the language of the page."""
    _conflicts(found.figures)
    _series(found.figures)


def _conflicts(rows: pd.DataFrame) -> Markup:
    return cache.once("conflicts", lambda: source_html.side_by_side(conflicts(rows), text()), current())


def _series(rows: pd.DataFrame) -> Markup:
    return cache.once("series", lambda: source_html.side_by_side(series(rows), text()), current())


def _linked(name: str, rows: pd.DataFrame, columns: Callable[[], dict[str, object]]) -> None:
    """A table with its sources, made once per language."""
    t = text()

    def made() -> Table:
        sources = {
            t("Date"): [_when(row) for row in each(rows)],
            t("Éditeur et titre"): rows["source_title"],
            t("Lien"): rows["source_url"].where(rows["source_url"].str.startswith("http"), ""),
        }
        return data_table.write_cells(pd.DataFrame(columns() | sources), current(), dates=[t("Date")])

    printing.dataframe(
        name.replace(" ", "-"),
        cache.once(name, made, current()),
        unprinted=(t("Lien"),),
        column_config={t("Lien"): st.column_config.LinkColumn(display_text=t("ouvrir"))},
    )


def _when(row: Row) -> str:
    """The date as it sorts, written by the table; a target in words."""
    return str(row["as_of"]) if pd.isna(row.get("target_year", pd.NA)) else labels.figure_date(row, text())


def figures(found: Tables) -> None:
    """Every published figure, those of the survey with who made it."""
    t, rows = text(), found.figures
    st.header(t("Chiffres publiés"), anchor=False)
    show_html(
        cache.once(
            "notes of the survey", lambda: Markup("<p>{}</p>").format(cards.survey_notes(rows.set_index("id"), found.events, t)), t.language
        )
    )
    _linked(
        "published figures",
        rows,
        lambda: {
            t("Chiffre"): [t.read_cell(row, "label") for row in each(rows)],
            t("Valeur"): [published(row) for row in each(rows)],
            t("Territoire"): [t(labels.GEOGRAPHIES.get(name, name)) for name in rows["geography"]],
            t("Contexte"): [t.read_cell(row, "context") for row in each(rows)],
        },
    )


def regional_figures(rows: pd.DataFrame) -> None:
    """What any page says of a region; most are proxies, as their notes say."""
    t = text()
    st.header(t("Chiffres des régions"), anchor=False)
    _linked(
        "regional figures",
        rows,
        lambda: {
            t("Région"): [", ".join(names) if isinstance(names, tuple) else names for names in rows["region"]],
            t("Indicateur"): [t.read_cell(row, "indicator") for row in each(rows)],
            t("Valeur"): [published(row) for row in each(rows)],
            t("Remarque"): [t.read_cell(row, "notes") for row in each(rows)],
        },
    )


def tables(found: Tables) -> None:
    """Every table: what it is, how many rows, sources, licence."""
    t = text()
    st.header(t("Tables"), anchor=False)
    counts = {name: len(getattr(found, name)) for name in found.resources}
    show_html(cache.once("tables of sources", lambda: source_html.resources(t("Tables"), found.resources, counts, t), t.language))


def layers(found: dict[str, dict[str, Any]]) -> None:
    """Every boundary layer: what it is, vintage, sources, licence."""
    t = text()
    st.header(t("Couches géographiques"), anchor=False)
    rows = {name: layer.get("rows", "") for name, layer in found.items()}
    show_html(cache.once("layers of sources", lambda: source_html.resources(t("Couches géographiques"), found, rows, t), t.language))


def method(tables: Tables) -> None:
    """How the numbers are made, and what they cannot say; of the tables alone, which this page shows even without layers."""
    t, actors = text(), cache.once("actors of the tables", lambda: catalogue.tell_status(tables))
    st.header(t("Méthode et limites"), anchor=False)
    st.markdown(cache.once("method", lambda: "\n".join(f"- {point}" for point in source_html.method(actors, t)), current()))
