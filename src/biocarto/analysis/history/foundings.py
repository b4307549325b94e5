"""How many organisations were founded when, by category: sums of the events `created`, which have a date and a source each."""

from __future__ import annotations

import pandas as pd

from biocarto.model import SYMBOLS, LifeEventKind

PERIOD = 5
"""Years of one bar."""
FIRST_SHOWN = 1980
"""Where a drawing begins: what was founded before is in its first number."""

GROUPS = tuple(symbol.key for symbol in SYMBOLS)


def count_by_year(events: pd.DataFrame, until: int) -> pd.DataFrame:
    """Organisations founded in each year up to `until` (index: year, without gaps; columns: group, in the order of the legend)."""
    created = events[events["kind"].eq(LifeEventKind.CREATED) & events["year"].le(until).fillna(False).astype(bool)]
    found = created.groupby(["year", "group"]).size().unstack(fill_value=0)
    first = min([FIRST_SHOWN, *map(int, found.index)])
    return (
        found.reindex(index=range(first, until + 1), columns=list(GROUPS), fill_value=0).astype(int).rename_axis(index=None, columns=None)
    )


def accumulate(years: pd.DataFrame) -> pd.DataFrame:
    """How many had been founded by the end of each year from `FIRST_SHOWN` on."""
    return years.cumsum().loc[FIRST_SHOWN:]


def count_by_period(years: pd.DataFrame) -> pd.DataFrame:
    """Organisations founded in each `PERIOD` from `FIRST_SHOWN` on (index: its first year), the last one as far as it has come."""
    shown = years.loc[FIRST_SHOWN:]
    return shown.groupby((shown.index - FIRST_SHOWN) // PERIOD * PERIOD + FIRST_SHOWN).sum()
