"""Two territories beside each other, measure by measure; one of them may be the region as a whole."""

from __future__ import annotations

import pandas as pd

from biocarto.analysis.coverage import chain, coverage
from biocarto.analysis.coverage.coverage import GROUPED, GROUPS, TOTALS, Coverage, Indicator
from biocarto.analysis.coverage.territories import CODE_COLUMNS, select_layer
from biocarto.model import Level
from biocarto.territory.territory import Territory

CHAIN_FACET = "chain"
"""Facet of the rows about the links of the chain."""

_FRAGILE = {Indicator.RATE, Indicator.DENSITY}


def find_level(territory: Territory, code: str) -> Level:
    """The largest level of Île-de-France that has this code ("11" is the region, Paris' "75056" its intercommunality).

    KeyError for a code that is none of theirs (any more), arrondissements included.
    """
    for level in CODE_COLUMNS:
        if code in select_layer(territory, level).index:
            return level
    raise KeyError(code)


def has_level(territory: Territory, code: str) -> bool:
    """Whether `find_level` knows the code."""
    return any(code in select_layer(territory, level).index for level in CODE_COLUMNS)


def _totals(found: Coverage, code: str) -> list[tuple[object, ...]]:
    row = found.table.loc[code]
    small = bool(row["small"])
    return [("", "", total.value, row[total.value], small and total in _FRAGILE) for total in TOTALS]


def _groups(found: Coverage, code: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for facet, values in GROUPS.items():
        measured = {each: coverage.measure_by_group(found, facet, each).loc[code] for each in GROUPED}
        small = {each: coverage.find_small_groups(found, facet, each).loc[code] for each in GROUPED}
        rows += [(facet, str(value), each.value, measured[each][value], bool(small[each][value])) for value in values for each in GROUPED]
    return rows


def profile_territory(found: Coverage, links: pd.DataFrame, code: str) -> pd.DataFrame:
    """Every measure of one territory (index: facet, value, indicator; columns: measure, small); KeyError for an unknown code.

    found and links (as `chain.count_by_territory` gives them) are those of its level.
    Facet and value are "" for all actors together; facet `CHAIN_FACET` holds the links of the chain, facets of `GROUPS` the rest.
    """
    own = links.loc[code]
    linked: list[tuple[object, ...]] = [(CHAIN_FACET, link, Indicator.COUNT.value, own[link], False) for link in chain.LINKS]
    rows = pd.DataFrame(
        [*_totals(found, code), *_groups(found, code), *linked], columns=["facet", "value", "indicator", "measure", "small"]
    )
    return rows.astype({"measure": "Float64", "small": bool}).set_index(["facet", "value", "indicator"])


def compare(here: pd.DataFrame, there: pd.DataFrame) -> pd.DataFrame:
    """The profiles of two territories of any levels (index: facet, value, indicator).

    Columns: one, other (in the unit of the indicator), difference (one less other), small_one, small_other; missing measures
    give missing differences.
    """
    return pd.DataFrame(
        {
            "one": here["measure"],
            "other": there["measure"],
            "difference": here["measure"] - there["measure"],
            "small_one": here["small"],
            "small_other": there["small"],
        }
    )
