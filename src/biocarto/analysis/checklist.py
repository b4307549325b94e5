"""The list that a pole works through: sites whose page is old or whose presence is not established."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from biocarto.model import N_, Presence
from biocarto.query import filters
from biocarto.query.filters import Filters
from biocarto.register import freshness

ASK = "verifier"
"""Name in the address; its value is `1`."""

SORTS = {"age": N_("Par âge de la page"), "territory": N_("Par territoire")}


def list_rows(chosen: Filters, prepared: pd.DataFrame, edition: str, sort: str) -> pd.DataFrame:
    """The prepared actors to check that the facets leave, in their order; every status that is not chosen away."""
    everything = replace(chosen, status=chosen.status or tuple(presence.value for presence in Presence))
    rows = freshness.to_check(filters.apply(everything, prepared), edition)
    return rows.sort_values("department_name", kind="stable") if sort == "territory" else rows
