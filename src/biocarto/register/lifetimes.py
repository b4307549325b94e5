"""From when to when an actor is known to have been there: computed from years of the tables, never written in one.

What is asked is always the last day of a year. A founding year is that of the company or centre, which may be older than its site here:
"there" means that the actor existed, shown where it is today. What no date settles is undated, and placed nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto.model import Presence, RowChange, Status
from biocarto.register import freshness
from biocarto.register.catalogue import Catalogue
from biocarto.register.changes import Change

FIRST_YEAR = 1900
"""The first year that can be asked for."""

Years = npt.NDArray[np.float64]


class Existence(IntEnum):
    """Whether an actor was there on the last day of a year."""

    NOT_YET = 0
    THERE = 1
    NO_MORE = 2
    UNDATED = 3
    """No founding year, or no date of an end that is known or possible."""


@dataclass(frozen=True, eq=False)
class Lifetimes:
    """One entry per actor, in the order of the register; years, nan where none is known.

    `founded`; `seen`, the last year in which it is known to have been there (infinite of what is present today); `gone`, the first
    year at whose end it was there no more. `planned` and `present` are what it is in this edition, whose year is `today`.
    """

    founded: Years
    seen: Years
    gone: Years
    planned: npt.NDArray[np.bool_]
    present: npt.NDArray[np.bool_]
    today: int


def list_years(edition: str) -> tuple[str, ...]:
    """The years that can be asked of an edition, as addresses write them: the last one is its own."""
    return tuple(map(str, range(FIRST_YEAR, int(edition[:4]) + 1)))


def list_closings(catalogue: Catalogue) -> pd.DataFrame:
    """When each actor that is there no more has closed or left, as far as a page says (index: actor id).

    Columns: date (year, month or day; "" where no page dates it), as_of, source_url and source_title. The newest claim goes before
    what an edition has changed.
    """
    actors = catalogue.actors
    former = actors[actors["status"].eq(Status.FORMER)]
    claims = freshness.find_newest(catalogue.evidence, "status").reindex(former.index)
    logged = {catalogue.redirects.get(change.row_id, change.row_id): change.valid_from for change in _list_closing_changes(catalogue)}
    dates = claims["valid_from"].fillna("").astype(str)
    changed = pd.Series([logged.get(key, "") for key in former.index], index=former.index, dtype=str)
    return pd.DataFrame(
        {
            "date": dates.mask(dates.eq(""), changed),
            "as_of": former["status_year"],
            "source_url": former["status_source_url"],
            "source_title": former["status_source_title"],
        }
    )


def _list_closing_changes(catalogue: Catalogue) -> Iterator[Change]:
    """Lines of the log that date the end of an actor, oldest first."""
    for change in catalogue.changes:
        if change.table == "actors" and change.change == RowChange.CLOSED and change.field == "status" and change.valid_from:
            yield change


def _read_years(column: pd.Series) -> Years:
    return column.to_numpy(dtype=float, na_value=np.nan)


def _find_last_seen(catalogue: Catalogue) -> Years:
    """The newest year of a page that says an actor is there; of what is present today, no end."""
    actors, evidence = catalogue.actors, catalogue.evidence
    told = evidence[evidence["field"].eq("status") & evidence["value"].eq(Status.PRESENT)]
    claimed = told.groupby("actor_id")["as_of"].max().reindex(actors.index)
    seen = np.fmax(_read_years(claimed), np.where(actors["status"].eq(Status.PRESENT), _read_years(actors["status_year"]), np.nan))
    return np.where(actors["presence"].eq(Presence.PRESENT), np.inf, seen)


def trace_lifetimes(catalogue: Catalogue) -> Lifetimes:
    """Those of every actor. Where a page dates the end, the actor was there until the year before; else it was gone by its page's year."""
    actors = catalogue.actors
    closings = list_closings(catalogue).reindex(actors.index)
    ended = pd.to_numeric(closings["date"].str[:4], errors="coerce").to_numpy(dtype=float)
    return Lifetimes(
        founded=_read_years(actors["founded"]),
        seen=np.where(np.isnan(ended), _find_last_seen(catalogue), ended - 1),
        gone=np.where(np.isnan(ended), _read_years(closings["as_of"]), ended),
        planned=actors["status"].eq(Status.PLANNED).to_numpy(dtype=bool),
        present=actors["presence"].eq(Presence.PRESENT).to_numpy(dtype=bool),
        today=int(catalogue.edition[:4]),
    )


def classify_year(lives: Lifetimes, year: int) -> npt.NDArray[np.int8]:
    """`Existence` of each actor on the last day of a year.

    In the year of the edition, what headline counts call present is there, whether its beginning is dated or not.
    """
    found = np.full(len(lives.founded), Existence.UNDATED, dtype=np.int8)
    found[(lives.founded <= year) & (lives.seen >= year)] = Existence.THERE
    found[lives.gone <= year] = Existence.NO_MORE
    found[(lives.founded > year) | lives.planned] = Existence.NOT_YET
    if year >= lives.today:
        found[lives.present] = Existence.THERE
    return found


def count_by_year(lives: Lifetimes, kept: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """How many of the actors `kept` were there, and how many are undated, at the end of each year that can be asked (index: year)."""
    years = range(FIRST_YEAR, lives.today + 1)
    found = [classify_year(lives, year)[kept] for year in years]
    there = [int((row == Existence.THERE).sum()) for row in found]
    return pd.DataFrame({"there": there, "undated": [int((row == Existence.UNDATED).sum()) for row in found]}, index=list(years))
