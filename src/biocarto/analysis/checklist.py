"""The list that a pole works through: sites whose page is old or whose presence is not established."""

from __future__ import annotations

import pandas as pd

from biocarto.model import N_
from biocarto.query import filters
from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.register import freshness
from biocarto.register.catalogue import Catalogue

ASK = "verifier"
"""Name in the address; its value is `1`."""

SORTS = {"age": N_("Par âge de la page"), "territory": N_("Par territoire")}


def list_rows(chosen: Filters, catalogue: Catalogue, sort: str) -> pd.DataFrame:
    """The prepared actors to check that the facets leave, in their order; every status that is not chosen away."""
    everything = chosen if chosen.status else filters.with_every_status(chosen)
    rows = freshness.select_to_check(select(everything, catalogue).actors, catalogue.edition)
    return rows.sort_values("department_name", kind="stable") if sort == "territory" else rows
