"""From a candidate to the form of a new actor: what an official file knows, and never what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from biocarto.desk.official.candidates import KnownCells
from biocarto.desk.official.newcomers import Newcomer
from biocarto.ui.desk import form_state
from biocarto.ui.shared import address

NAME = "candidat"
"""Its number, in the address."""
_HELD = "desk-candidate"


@dataclass(frozen=True)
class CandidatePrefill:
    """The values of a candidate for the form of a new actor."""

    subject: str
    cells: Mapping[str, str]
    known: KnownCells


def open_form(found: Newcomer) -> None:
    """Go to the form; a page that is loaded anew there shows an empty one."""
    st.session_state[_HELD] = CandidatePrefill(found.subject, dict(found.cells), found.known_cells)
    form_state.close()
    address.replace_params(["liste", "page", "source"], {"vue": "registre", "acte": "ajouter", NAME: found.subject})


def read_prefill() -> CandidatePrefill | None:
    """What the address asks the form to be filled with; None where there is nothing of it in this session."""
    asked = (address.read_values(NAME) or [""])[-1]
    held = st.session_state.get(_HELD)
    return held if asked and isinstance(held, CandidatePrefill) and held.subject == asked else None
