"""Two territories beside each other, measure by measure; one of them may be the region as a whole."""

from __future__ import annotations

import pandas as pd

from biocarto.analysis import chain, coverage
from biocarto.analysis.coverage import GROUPED, GROUPS, TOTALS, Coverage, Indicator
from biocarto.analysis.territories import CODE_COLUMNS, inside
from biocarto.model import Level
from biocarto.territory import Territory

CHAIN_FACET = "chain"
"""Facet of the rows about the links of the chain."""

_FRAGILE = {Indicator.RATE, Indicator.DENSITY}


def level_of(territory: Territory, code: str) -> Level:
    """The largest level of Île-de-France that has this code ("11" is the region, Paris' "75056" its intercommunality).

    KeyError for a code that is none of theirs (any more), arrondissements included.
    """
    for level in CODE_COLUMNS:
        if code in inside(territory, level).index:
            return level
    raise KeyError(code)


def _totals(found: Coverage, code: str) -> list[tuple[object, ...]]:
    row = found.table.loc[code]
    small = bool(row["small"])
    return [("", "", total.value, row[total.value], small and total in _FRAGILE) for total in TOTALS]


def _groups(found: Coverage, code: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for facet, values in GROUPS.items():
        measured = {each: coverage.by_group(found, facet, each).loc[code] for each in GROUPED}
        small = {each: coverage.small_groups(found, facet, each).loc[code] for each in GROUPED}
        rows += [(facet, str(value), each.value, measured[each][value], bool(small[each][value])) for value in values for each in GROUPED]
    return rows


def profile(actors: pd.DataFrame, territory: Territory, code: str) -> pd.DataFrame:
    """Every measure of one territory (index: facet, value, indicator; columns: measure, small); KeyError for an unknown code.

    Facet and value are "" for all actors together; facet `CHAIN_FACET` holds the links of the chain, facets of `GROUPS` the rest.
    """
    level = level_of(territory, code)
    found = coverage.measure(actors, territory, level)
    links = chain.by_territory(actors, territory, level).loc[code]
    linked: list[tuple[object, ...]] = [(CHAIN_FACET, link, Indicator.COUNT.value, links[link], False) for link in chain.LINKS]
    rows = pd.DataFrame(
        [*_totals(found, code), *_groups(found, code), *linked], columns=["facet", "value", "indicator", "measure", "small"]
    )
    return rows.astype({"measure": "Float64", "small": bool}).set_index(["facet", "value", "indicator"])


def compare(actors: pd.DataFrame, territory: Territory, one: str, other: str) -> pd.DataFrame:
    """Two territories of any levels, by code (index: facet, value, indicator); KeyError for an unknown code.

    Columns: one, other (in the unit of the indicator), difference (one less other), small_one, small_other; missing measures
    give missing differences.
    """
    here, there = profile(actors, territory, one), profile(actors, territory, other)
    return pd.DataFrame(
        {
            "one": here["measure"],
            "other": there["measure"],
            "difference": here["measure"] - there["measure"],
            "small_one": here["small"],
            "small_other": there["small"],
        }
    )
