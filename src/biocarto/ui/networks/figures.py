"""Published figures in a sheet: those that nobody contradicts, and those of one fact that disagree."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from biocarto.i18n import Locale
from biocarto.render import html, sources
from biocarto.rows import Row, each
from biocarto.ui.shared.language import current, text


def _list(lines: list[Markup]) -> Markup:
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul class='bc-clusters'>{}</ul>").format(items) if lines else Markup()


def told(rows: pd.DataFrame, t: Locale) -> Markup:
    """What each figure is, its value and who says so; nothing where there is none."""
    return _list([_told(row, t) for row in each(rows)])


def _told(row: Row, t: Locale) -> Markup:
    label = text().read_cell(row, "label")
    return Markup("{}{}<strong>{}</strong> ({})").format(label, text().colon, sources.published(row, current()), html.source(row, t))


def disputed(rows: pd.DataFrame, t: Locale) -> Markup:
    """The values of one fact, each with its source: none is corrected."""
    return _list(
        [
            Markup("<strong>{}</strong>{}{}").format(sources.published(row, current()), text().colon, html.source(row, t))
            for row in each(rows)
        ]
    )
