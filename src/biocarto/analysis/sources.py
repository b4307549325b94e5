"""Published figures beside each other: where two of one fact contradict each other, and where they only differ in date or scope."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from biocarto.rows import Row, list_rows


def list_conflicts(figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Fact -> the figures that contradict another one of the same fact; oldest first, undated last.

    Two figures contradict each other when they say different things of one period:
    - both are dated in the same year (units may differ: 45 clusters, 44 members);
    - or one has no date, so that it may be of the other's period: then only in the same unit, and not where a dated figure
      of the fact says the same as the undated one, which is then of that date.
    A month says the same as a day in it. Figures of one fact that differ otherwise are in `list_series`.
    """
    facts = list(_facts(figures))
    found = {fact: [pair for pair in _differing(group) if _same_period(*pair, group)] for fact, group in facts}
    ids = {fact: {row["id"] for pair in pairs for row in pair} for fact, pairs in found.items()}
    return {fact: group[group["id"].isin(ids[fact])] for fact, group in facts if ids[fact]}


def list_series(figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Fact -> all its figures, where some differ without contradiction: other dates or scopes; oldest first, undated last."""
    return {fact: group for fact, group in _facts(figures) if any(not _same_period(*pair, group) for pair in _differing(group))}


def list_publications(events: pd.DataFrame, body: str) -> pd.DataFrame:
    """What a body published on a page of its own, oldest first: rows of `events`."""
    theirs = events["network_ids"].map(lambda ids: body in ids).astype(bool)
    return events[events["kind"].eq("publication") & theirs & events["source_url"].str.startswith("http")].sort_values("start")


def _facts(figures: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each fact of several figures, with them in the order of their dates."""
    shared = figures[figures["fact"].ne("") & figures.duplicated("fact", keep=False)]
    ordered = shared.assign(_late=shared["as_of"].eq("")).sort_values(["_late", "as_of", "id"]).drop(columns="_late")
    for fact, group in ordered.groupby("fact", sort=True):
        yield str(fact), group


def _differing(group: pd.DataFrame) -> Iterator[tuple[Row, Row]]:
    return ((one, other) for one, other in combinations(list_rows(group), 2) if not _agree(one, other))


def _agree(one: Row, other: Row) -> bool:
    """The same value in the same unit; a date agrees with its year or month."""
    short, long = sorted((str(one["value"]), str(other["value"])), key=len)
    unit = one["unit_fr"]
    return bool(unit == other["unit_fr"]) and (short == long or (unit == "date" and long.startswith(f"{short}-")))


def _same_period(one: Row, other: Row, group: pd.DataFrame) -> bool:
    """Whether two figures may speak of one period; see `list_conflicts`. A target speaks of the year that it is for."""
    periods: list[str] = [str(row["target_year"]) if pd.notna(row["target_year"]) else row["as_of"][:4] for row in (one, other)]
    if all(periods):
        return bool(periods[0] == periods[1])
    dated = [row for row in list_rows(group) if row["as_of"]]
    undated = [row for row, period in zip((one, other), periods, strict=True) if not period]
    return bool(one["unit_fr"] == other["unit_fr"]) and not any(_agree(row, known) for row in undated for known in dated)
