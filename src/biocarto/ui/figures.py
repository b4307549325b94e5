"""Figures with their sources: published ones from the table, counted ones from the rows."""

from __future__ import annotations

from html import escape

import streamlit as st

from biocarto.i18n import number, percent
from biocarto.rows import Row, one
from biocarto.ui import cache, html
from biocarto.ui.language import current, text


def _figure(figure_id: str) -> Row:
    return one(cache.catalogue().figures, figure_id)


def published(figure_id: str, label: str, *, more: bool = False) -> str:
    """A row of figures.csv; `more` says that the source gives a floor ("more than 3,000")."""
    row = _figure(figure_id)
    lang, value = current(), float(row["value"])
    shown = percent(value, lang) if row["unit_fr"] == "%" else number(value, lang)
    return html.figure(f"{shown}{'+' if more else ''}", label, html.source(row, text()), str(row["as_of"]), text())


def counted(count: int, label: str, second: int, second_label: str, source_id: str) -> str:
    """Two numbers counted in the tables, beside the published figure that they can be checked against."""
    t, lang = text(), current()
    row = _figure(source_id)
    origin = f"{escape(t('Compté dans la table des étapes ; liste publiée par :'))} {html.source(row, t)}"
    return html.figure(number(count, lang), f"{label} · {number(second, lang)} {second_label}", origin, str(row["as_of"]), t)


def row(cards: list[str]) -> None:
    """Figures side by side; they wrap on a phone."""
    st.html(f"<div class='bc-figures'>{''.join(cards)}</div>")
