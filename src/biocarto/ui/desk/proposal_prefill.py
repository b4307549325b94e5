"""From a proposal to the form of its row: what the form is to be filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from biocarto.desk import proposals
from biocarto.desk.members import Member
from biocarto.desk.proposal import ProposalState, ReviewedProposal
from biocarto.store.database import Store
from biocarto.ui.shared import address

PREFILL = "desk-prefill"
"""Key of the session: the `Prefill` of the proposal that the address names as `proposition`."""


@dataclass(frozen=True)
class Prefill:
    """The values of a proposal for a form; `row_id` is "" for a new row, `message` what its author says, not to be stored as it is."""

    proposal_id: str
    number: int
    table: str
    row_id: str
    cells: Mapping[str, str]
    source_url: str
    message: str


def build_prefill(found: ReviewedProposal) -> Prefill:
    """What a form takes from a proposal."""
    proposal = found.proposal
    cells = {name: cell.after for name, cell in proposal.cells.items()}
    return Prefill(proposal.id, proposal.number, proposal.resource, proposal.row_id, cells, proposal.source_url, proposal.message)


def open_form(prefill: Prefill) -> None:
    """Go to the form of the row; the address says all that a page loaded anew needs."""
    st.session_state[PREFILL] = prefill
    address.replace_params(
        ["state", "page"], {"vue": "registre", "table": prefill.table, "ligne": prefill.row_id, "proposition": prefill.proposal_id}
    )


def read_prefill(store: Store, who: Member) -> Prefill | None:
    """What the address asks a form to be filled with; None without an open proposal. Raises DeniedError, StoreError."""
    asked = (address.read_values("proposition") or [""])[-1]
    if not asked:
        st.session_state.pop(PREFILL, None)
        return None
    held = st.session_state.get(PREFILL)
    if isinstance(held, Prefill) and held.proposal_id == asked:
        return held
    found = proposals.find_proposal(store, who, asked)
    if found is None or found.proposal.state is not ProposalState.OPEN:
        return None
    st.session_state[PREFILL] = build_prefill(found)
    return build_prefill(found)
