"""Tables on screen: numbers and dates in the language of the page, sorted by what they are worth; no text is a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeAlias

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator

from biocarto.export.csv import disarm_frame
from biocarto.i18n import format_day, format_number
from biocarto.ui.shared.language import get_language

Table: TypeAlias = pd.DataFrame | Styler

DIGITS = 3
"""Decimals at most; a measure with fewer is rounded by who makes the table."""
MISSING = "—"


def _translate_once(table: Styler) -> Styler:
    """What is shown for each cell, made once: Streamlit asks for it at every run, and a kept table is shown at many.

    A class of our own would do as well, but Streamlit knows a Styler by the name of its class.
    """
    shown = table._translate(False, False)  # type: ignore[attr-defined]
    table._translate = lambda *_: shown  # type: ignore[attr-defined]
    return table


def _date(value: object, lang: str) -> str:
    return format_day(str(value), lang) or MISSING


def write_number(value: float, lang: str) -> str:
    """A number of a cell, on screen and on paper."""
    return format_number(value, lang, DIGITS).replace("-", "−")


def write_cells(frame: Table, lang: str, dates: Iterable[str] = ()) -> Table:
    """A frame as a page in `lang` shows it; columns of ISO days, months or years are named in `dates`. A result is let through as it is.

    Streamlit sorts and searches a Styler by its values and shows its texts, which no column configuration does: a format of
    Streamlit's own follows the language of the browser, and a column of written numbers sorts 9 after 10.
    """
    if isinstance(frame, Styler):
        return frame
    safe = disarm_frame(frame)
    numbers = safe.select_dtypes("number").columns
    writers: dict[Any, str | Callable[[Any], str] | None] = {name: partial(write_number, lang=lang) for name in numbers}
    writers |= {name: partial(_date, lang=lang) for name in dates}
    return _translate_once(Styler(safe).format(writers, na_rep=MISSING)) if writers else safe


def read_texts(table: Table) -> pd.DataFrame:
    """The frame behind a table, its dates as they are shown; numbers stay numbers."""
    if not isinstance(table, Styler):
        return table
    frame: pd.DataFrame = vars(table)["data"]
    body = table._translate(False, False)["body"]  # type: ignore[attr-defined]
    texts = pd.DataFrame([[cell["display_value"] for cell in row if cell["type"] == "td"] for row in body], frame.index, frame.columns)
    words = frame.columns.difference(frame.select_dtypes(["number", "bool"]).columns)
    return frame.assign(**{name: texts[name] for name in words})


def show(frame: Table, box: DeltaGenerator | None = None, **options: Any) -> None:
    """Show a table, here or in `box`; `options` are those of `st.dataframe`."""
    (box or st).dataframe(write_cells(frame, get_language()), hide_index=True, placeholder=MISSING, **options)
