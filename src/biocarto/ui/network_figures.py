"""Published figures in a sheet: those that nobody contradicts, and those of one fact that disagree."""

from __future__ import annotations

from html import escape

import pandas as pd

from biocarto.i18n import Translator, localised
from biocarto.rows import Row, each
from biocarto.ui import html, network_choice
from biocarto.ui.language import current
from biocarto.ui.source_lists import published


def _list(lines: list[str]) -> str:
    return f"<ul class='bc-clusters'>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""


def told(rows: pd.DataFrame, t: Translator) -> str:
    """What each figure is, its value and who says so; nothing where there is none."""
    return _list([_told(row, t) for row in each(rows)])


def _told(row: Row, t: Translator) -> str:
    label = escape(localised(row, "label", current()))
    return f"{label}{network_choice.colon()}<strong>{escape(published(row))}</strong> ({html.source(row, t)})"


def disputed(rows: pd.DataFrame, t: Translator) -> str:
    """The values of one fact, each with its source: none is corrected."""
    return _list([f"<strong>{escape(published(row))}</strong>{network_choice.colon()}{html.source(row, t)}" for row in each(rows)])
