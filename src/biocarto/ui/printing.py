"""A button that opens the browser's print window; what is printed is decided by the print rules of style.css."""

from __future__ import annotations

import streamlit as st

from biocarto.ui.language import text

_SCRIPT = """
export default function (component) {
  const button = component.parentElement.querySelector("button")
  button.textContent = component.data.label
  button.onclick = () => window.print()
}
"""
_button = st.components.v2.component(
    "biocarto_print", html='<button type="button" class="bc-button"></button>', js=_SCRIPT, isolate_styles=False
)


def button(key: str) -> None:
    """Print what the page shows, or the open sheet alone."""
    _button(data={"label": text()("Imprimer")}, key=key, width="content")
