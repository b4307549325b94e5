"""Is a site alive, and how old is the page that says so: computed from a status and a year, never written in a table.

Years are those of pages. A page says what was true when it was written: the older it is, the less it says about today.
"""

from __future__ import annotations

import pandas as pd

from biocarto.model import Presence, Status, Trust

HEADLINE_FROM = 2015
"""First year of a page that keeps a present site in the headline counts."""

OLD_AFTER, VERY_OLD_AFTER = 5, 10
"""Years after which a page is old, and after which it says little."""


def find_old_year(edition: str, after: int = OLD_AFTER) -> int:
    """The last year whose pages are old in an edition (`2026-11-28`): 2021 of five years. ValueError for what is no edition."""
    return int(edition[:4]) - after


def compute_presences(statuses: pd.Series, years: pd.Series) -> pd.Series:
    """`Presence` of each site, from its status and the year of its page (missing where the page has none): same index, text."""
    dated = statuses.eq(Status.PRESENT) & ~years.ge(HEADLINE_FROM).fillna(False).astype(bool)
    return statuses.mask(dated, Presence.DATED.value).astype(str)


def mark_old(years: pd.Series, edition: str, after: int = OLD_AFTER) -> pd.Series:
    """True where the page of that year is old in the edition, or has no year."""
    return ~years.gt(find_old_year(edition, after)).fillna(False).astype(bool)


def compute_old_share(years: pd.Series, edition: str) -> float:
    """Percentage of rows that rest on old pages; nan without any row."""
    return float(100 * mark_old(years, edition).mean()) if len(years) else float("nan")


def compute_trusts(confidences: pd.Series, years: pd.Series, edition: str) -> pd.Series:
    """`Trust` of each row: its confidence when the page was read, one step less for an old page, the least for a very old one."""
    old, very_old = mark_old(years, edition), mark_old(years, edition, VERY_OLD_AFTER)
    lowered = confidences.mask(old & confidences.eq(Trust.HIGH), Trust.MEDIUM.value)
    low = very_old | (old & confidences.eq(Trust.MEDIUM))
    return lowered.mask(low, Trust.LOW.value).astype(str)


def list_newest(claims: pd.DataFrame) -> pd.DataFrame:
    """The newest claim per actor and field, newest first; of two of one year, the first in the table."""
    return claims.sort_values("as_of", ascending=False, kind="stable").drop_duplicates(["actor_id", "field"])


def find_newest(evidence: pd.DataFrame, field: str) -> pd.DataFrame:
    """The newest claim on a field per actor (index: actor_id)."""
    return list_newest(evidence[evidence["field"].eq(field)]).set_index("actor_id")


def select_to_check(actors: pd.DataFrame, edition: str) -> pd.DataFrame:
    """The rows to look at again: old page, or not known to be present; what is known to be gone is settled. Oldest page first.

    Column added: age (years between the page and the edition; missing for a page without a year).
    """
    unsettled = actors["presence"].ne(Presence.PRESENT) & actors["presence"].ne(Presence.FORMER)
    old = mark_old(actors["status_year"], edition) & actors["presence"].ne(Presence.FORMER)
    rows = actors[unsettled | old]
    return rows.assign(age=int(edition[:4]) - rows["status_year"]).sort_values(
        ["age", "department_code", "name"], ascending=[False, True, True], na_position="first", kind="stable"
    )


def count_by_territory(rows: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """How many of the actors of each department are among the rows to check (index: department code).

    Columns: name, to_check, actors, oldest (year of the oldest page; missing where no page has one). Most to check first.
    """
    groups = rows.groupby("department_code")
    found = pd.DataFrame(
        {
            "name": groups["department_name"].first(),
            "to_check": groups.size(),
            "actors": actors.groupby("department_code").size().reindex(groups.size().index),
            "oldest": groups["status_year"].min(),
        }
    )
    return found.sort_values(["to_check", "name"], ascending=[False, True])
