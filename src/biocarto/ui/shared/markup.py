"""The one way of HTML and style sheets to a page: what is no `Markup` does not pass."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup


def show_html(markup: Markup) -> None:
    """HTML as `render/` makes it; text has to be escaped before it comes here, and raises AttributeError."""
    st.html(markup.__html__())


def show_style(sheet: Path) -> None:
    """A style sheet of ours, by its file."""
    st.html(sheet)
