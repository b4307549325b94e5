"""An act of the desk and what became of it: done, told once in a new run of the page, or refused, with what was typed still there."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from biocarto.errors import AppError
from biocarto.ui.shared.language import get_language
from biocarto.ui.shared.messages import escape_markdown

_DONE = "desk_done"


def run_act(act: Callable[[], object], done: str) -> None:
    """Do it; `done` is the sentence for when it is done. The page runs anew then, so that everything on it is as it is now."""
    try:
        act()
    except AppError as error:
        show_refusal(error)
        return
    st.session_state[_DONE] = done
    st.rerun()


def show_refusal(error: AppError) -> None:
    """Why something was not done, in the language of the page."""
    st.error(escape_markdown(error.message(get_language())), icon=":material/error:")


def show_done() -> None:
    """What has just been done."""
    if done := st.session_state.pop(_DONE, ""):
        st.success(escape_markdown(done), icon=":material/check:")
