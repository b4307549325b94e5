"""What a printed page needs beside the rules of style.css: a button, maps that fit, real tables for Streamlit's canvases, a foot."""

from __future__ import annotations

import weakref
from collections.abc import Collection
from numbers import Real
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import scripts
from biocarto.clock import read_today
from biocarto.errors import AppError
from biocarto.i18n import write_count
from biocarto.render.text import is_web
from biocarto.ui.shared import cache, data_table, downloads
from biocarto.ui.shared.data_table import Table
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

MOST_PRINTED = 500
"""Rows of a table on paper; the files have them all."""

_button = st.components.v2.component(
    "biocarto_print",
    html='<button type="button" class="bc-button"></button>',
    js=scripts.read_script(Path(__file__).with_name("print_button.js")),
    isolate_styles=False,
)
_measure = st.components.v2.component("biocarto_print_maps", js=scripts.read_script(Path(__file__).with_name("print.js")))
_twins: dict[tuple[int, str], Markup] = {}
"""Printed tables by the identity of a frame that is still in use, and the language."""


def show_button(key: str) -> None:
    """Print what the page shows, or the open sheet alone."""
    _button(data={"label": get_locale()("Imprimer")}, key=key, width="content")


def prepare() -> None:
    """Let maps say before printing how much smaller paper makes them."""
    _measure(key="print-maps")


def show_foot() -> None:
    """At the foot of every printed page: where it stands, of which edition it is, and when it was read."""
    t = get_locale()
    try:
        edition = t.edition(cache.load_catalogue().edition)
    except AppError:  # the page itself says what is wrong with the tables
        edition = "—"
    told = t("{link} · données du {edition} · page lue le {today}").format(
        link=downloads.build_file_link(), edition=edition, today=t.day(read_today().isoformat())
    )
    show_html(Markup("<p class='bc-foot bc-printed'>BioCarto · {}</p>").format(told))


def show_dataframe(name: str, frame: Table, *, alt: str, unprinted: Collection[str] = (), **options: Any) -> None:
    """Streamlit's table, which is a picture for a printer, and the same rows as a real table that only paper shows.

    Both have the title `alt`. Paper is narrow: the columns `unprinted` stay away.
    """
    cells = data_table.write_cells(frame, get_language())
    with st.container(key=f"twin-{name}", gap=None):
        data_table.show(cells, alt=alt, **options)
        show_html(_find_twin(cells, alt, unprinted))


def _find_twin(frame: Table, alt: str, unprinted: Collection[str]) -> Markup:
    key = (id(frame), get_language())
    if key not in _twins:
        _twins[key] = _write_table(data_table.read_texts(frame).drop(columns=list(unprinted)), alt)
        weakref.finalize(frame, _twins.pop, key, None)
    return _twins[key]


def _write_table(frame: pd.DataFrame, alt: str) -> Markup:
    lang = get_language()
    head = Markup().join(Markup("<th scope='col'>{}</th>").format(str(name)) for name in frame.columns)
    rows = frame.head(MOST_PRINTED).itertuples(index=False, name=None)
    lines = Markup().join(
        Markup("<tr>") + Markup().join(Markup("<td>{}</td>").format(_write_cell(cell, lang)) for cell in row) + Markup("</tr>")
        for row in rows
    )
    left = len(frame) - MOST_PRINTED
    caption = Markup("<caption>{}</caption>").format(alt)
    table = Markup("<table class='bc-table'>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(caption, head, lines)
    return Markup("<div class='bc-printed'>{}{}</div>").format(table, _write_rest(left, lang) if left > 0 else "")


def _write_rest(left: int, lang: str) -> Markup:
    words = write_count(left, "{n} ligne de plus : les fichiers l'ont.", "{n} lignes de plus : les fichiers les ont toutes.", lang)
    return Markup("<p>{}</p>").format(words)


def _write_cell(cell: Any, lang: str) -> str:
    """A cell as people read it: numbers as they are written, an address by its site, an unknown as a dash."""
    if isinstance(cell, str):
        return (urlsplit(cell).hostname or cell).removeprefix("www.") if is_web(cell) else cell
    if pd.isna(cell):
        return data_table.MISSING
    return data_table.write_number(float(cell), lang) if isinstance(cell, Real) else str(cell)
