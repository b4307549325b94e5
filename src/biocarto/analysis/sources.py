"""Published figures beside each other: which ones speak of the same fact, and where they disagree."""

from __future__ import annotations

import pandas as pd


def conflicts(figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Fact -> its figures, where two sources give different values or the same source gives two; oldest first."""
    shared = figures[figures["fact"].ne("")]
    grouped = {str(fact): rows.sort_values(["as_of", "id"]) for fact, rows in shared.groupby("fact", sort=True)}
    return {fact: rows for fact, rows in grouped.items() if rows["value"].nunique() > 1}
