"""Published figures in a sheet: those that nobody contradicts, and those of one fact that disagree."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from biocarto.i18n import Locale
from biocarto.render import html, sources
from biocarto.rows import Row, list_rows
from biocarto.ui.shared.language import get_language, get_locale


def _list(lines: list[Markup]) -> Markup:
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul class='bc-clusters'>{}</ul>").format(items) if lines else Markup()


def describe_figures(rows: pd.DataFrame, t: Locale) -> Markup:
    """What each figure is, its value and who says so; nothing where there is none."""
    return _list([_describe_figure(row, t) for row in list_rows(rows)])


def _describe_figure(row: Row, t: Locale) -> Markup:
    label = get_locale().read_cell(row, "label")
    return Markup("{}{}<strong>{}</strong> ({})").format(
        label, get_locale().colon, sources.write_published(row, get_language()), html.render_source(row, t)
    )


def describe_disputed(rows: pd.DataFrame, t: Locale) -> Markup:
    """The values of one fact, each with its source: none is corrected."""
    return _list(
        [
            Markup("<strong>{}</strong>{}{}").format(
                sources.write_published(row, get_language()), get_locale().colon, html.render_source(row, t)
            )
            for row in list_rows(rows)
        ]
    )
