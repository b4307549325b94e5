"""The one way of HTML and style sheets to a page: what is no `Markup` does not pass."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup


def show_html(markup: Markup) -> None:
    """HTML as `render/` makes it; text has to be escaped before it comes here, and raises AttributeError."""
    st.html(markup.__html__())


def show_style(sheet: str) -> None:
    """A style sheet of ours, as `scripts.read_style` gives it: every visit gets it anew."""
    st.html(f"<style>{sheet}</style>")
