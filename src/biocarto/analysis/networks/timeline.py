"""What was founded, launched, held and published, in order, from every table that tells a date of a body."""

from __future__ import annotations

import pandas as pd

from biocarto.analysis.networks.organisations import list_organisations
from biocarto.register.catalogue import Catalogue

FIRST_YEAR = 1998
"""Genopole, the oldest cluster of the chapter."""

_COLUMNS = ["date", "end", "year", "kind", "title_fr", "title_en", "body_ids", "event_id", "fact", "source_url", "source_title"]


def build_timeline(catalogue: Catalogue, since: int = FIRST_YEAR) -> pd.DataFrame:
    """One row per dated thing, oldest first (a year before its months, a month before its days).

    date, end (as stated: YYYY, YYYY-MM or YYYY-MM-DD), year, kind (key of vocabulary.EVENT_KINDS), title_fr, title_en (a title, or
    the name of a body that began), body_ids (tuple), event_id (or ""), fact (of the figures that disagree about the date, or "")
    and the source. The first year of a body gives way to an event of the same body and year, which says more.
    """
    dated, began = _events(catalogue), _began(catalogue)
    told = {(body, year) for ids, year in zip(dated["body_ids"], dated["year"], strict=True) for body in ids}
    known = [(body, year) in told for body, year in zip(began.index, began["year"], strict=True)]
    rows = pd.concat([dated, began[~pd.Series(known, index=began.index, dtype=bool)]])
    return rows[rows["year"].ge(since)].sort_values(["date", "title_fr"], ignore_index=True)


def list_undated(catalogue: Catalogue) -> tuple[str, ...]:
    """Bodies that no table dates, in the order of `organisations.list_organisations`: to be listed beside the timeline."""
    dated = set(build_timeline(catalogue, since=0)["body_ids"].explode())
    return tuple(body for body in list_organisations(catalogue).index if body not in dated)


def _events(catalogue: Catalogue) -> pd.DataFrame:
    events = catalogue.events
    return events.assign(
        date=events["start"],
        year=events["start"].str[:4].astype(int),
        body_ids=events["network_ids"] + events["cluster_ids"],
        event_id=events["id"],
    )[_COLUMNS]


def _began(catalogue: Catalogue) -> pd.DataFrame:
    """The first year of each body that has one."""
    known = list_organisations(catalogue).dropna(subset="year")
    facts = _facts(catalogue.figures)
    return known.assign(
        date=known["year"].astype(str),
        end="",
        year=known["year"].astype(int),
        kind=known["table"].map({"cluster": "founding", "network": "launch"}),
        title_fr=known["name"],
        title_en=known["name"],
        body_ids=known["id"].map(lambda body: (body,)),
        event_id="",
        fact=[facts.get(body, "") for body in known.index],
    )[_COLUMNS]


def _facts(figures: pd.DataFrame) -> dict[str, str]:
    """Body -> the fact of the figures that date its beginning."""
    starts = figures[figures["fact"].str.endswith("-start") & figures["body_id"].ne("")]
    return dict(zip(starts["body_id"], starts["fact"], strict=True))
