"""Published figures in a sheet: those that nobody contradicts, and those of one fact that disagree."""

from __future__ import annotations

from html import escape

import pandas as pd

from biocarto.i18n import Locale
from biocarto.render import html, sources
from biocarto.rows import Row, each
from biocarto.ui.shared.language import current, text


def _list(lines: list[str]) -> str:
    return f"<ul class='bc-clusters'>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""


def told(rows: pd.DataFrame, t: Locale) -> str:
    """What each figure is, its value and who says so; nothing where there is none."""
    return _list([_told(row, t) for row in each(rows)])


def _told(row: Row, t: Locale) -> str:
    label = escape(text().read_cell(row, "label"))
    return f"{label}{text().colon}<strong>{escape(sources.published(row, current()))}</strong> ({html.source(row, t)})"


def disputed(rows: pd.DataFrame, t: Locale) -> str:
    """The values of one fact, each with its source: none is corrected."""
    return _list([f"<strong>{escape(sources.published(row, current()))}</strong>{text().colon}{html.source(row, t)}" for row in each(rows)])
