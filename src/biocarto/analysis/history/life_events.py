"""Created, moved, bought, renamed, closed: the events of actors that the tables of an edition date, each with its source.

A change that says no date of its own is a correction of the register and no event: only what has a `valid_from` became true then.
A former id that leads to today's (`redirects`) is such a correction too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from biocarto.model import Kind, LifeEventKind, RowChange
from biocarto.names import fold
from biocarto.register import freshness, lifetimes
from biocarto.register.catalogue import Catalogue
from biocarto.register.changes import Change
from biocarto.rows import Row, list_rows

COLUMNS = ("actor_id", "kind", "date", "before", "after", "as_of", "source_url", "source_title")

_KINDS = {
    "commune_code": LifeEventKind.MOVED,
    "address": LifeEventKind.MOVED,
    "site_id": LifeEventKind.MOVED,
    "name": LifeEventKind.RENAMED,
    "owner": LifeEventKind.ACQUIRED,
}
"""Column that tells another value since a date -> what that was; of a move, the column told first says where to."""

_ORDER = list(LifeEventKind)
_Event = dict[str, Any]


def list_life_events(catalogue: Catalogue) -> pd.DataFrame:
    """One row per event, oldest first, undated ones last.

    actor_id, kind (`LifeEventKind`), date (YYYY, YYYY-MM or YYYY-MM-DD, as precise as its source; "" where none dates it), year
    (missing then), before and after (values of the column, "" where not told), as_of, source_url, source_title; name and group of the
    actor. An event that both a claim and an edition's log tell is there once, with its most precise date. A company with several sites
    is created once in a year.
    """
    told = [
        *_list_founded(catalogue),
        *_list_owned(catalogue),
        *_list_claimed(catalogue),
        *_list_closed(catalogue),
        *_list_logged(catalogue),
    ]
    rows = pd.DataFrame(_drop_repeated(told), columns=list(COLUMNS))
    actors = catalogue.actors.loc[rows["actor_id"]]
    years = pd.to_numeric(rows["date"].str[:4], errors="coerce").astype("Int64")
    rows = rows.assign(year=years, name=actors["name"].to_numpy(), group=actors["group"].to_numpy())
    order = {"undated": rows["date"].eq(""), "rank": rows["kind"].map(_ORDER.index), "fold": rows["name"].map(fold)}
    return rows.assign(**order).sort_values(["undated", "date", "rank", "fold"], ignore_index=True).drop(columns=list(order))


def select_between(events: pd.DataFrame, after: int, until: int) -> pd.DataFrame:
    """The events from the last day of one year to the last day of another."""
    return events[(events["year"].gt(after) & events["year"].le(until)).fillna(False).astype(bool)]


def _write_event(row: Row, kind: LifeEventKind, date: object, *, before: str = "", after: str = "") -> _Event:
    source = {name: row[name] for name in ("as_of", "source_url", "source_title")}
    return {"actor_id": row["actor_id"], "kind": kind.value, "date": str(date), "before": before, "after": after, **source}


def _list_founded(catalogue: Catalogue) -> Iterator[_Event]:
    """A founding year, by the page of the row; that of a company once for all of its sites."""
    actors = catalogue.actors.dropna(subset="founded").assign(actor_id=lambda rows: rows.index)
    company = actors["kind"].eq(Kind.COMPANY)
    key = actors["organisation"].where(company, actors.index.to_series())
    once = ~pd.DataFrame({"key": key, "company": company, "founded": actors["founded"]}).duplicated()
    for row in list_rows(actors[once]):
        yield _write_event(row, LifeEventKind.CREATED, row["founded"])


def _list_owned(catalogue: Catalogue) -> Iterator[_Event]:
    """An owner since a year, by the newest page that names it; one that an actor has from its first year on has not bought it.

    Nor does an owner without a date say that there was a purchase.
    """
    actors = catalogue.actors
    owned = actors[actors["owner"].ne("")].assign(actor_id=lambda rows: rows.index)
    claims = freshness.find_newest(catalogue.evidence, "owner")
    for row in list_rows(owned[~owned["owner_since"].le(owned["founded"]).fillna(False).astype(bool)]):
        claim: Row = list_rows(claims.loc[[row["actor_id"]]])[0] if row["actor_id"] in claims.index else {}
        since: str = "" if pd.isna(row["owner_since"]) else str(row["owner_since"])
        date = claim.get("valid_from") or since
        if date:
            yield _write_event({**row, **claim}, LifeEventKind.ACQUIRED, date, after=row["owner"])


def _list_claimed(catalogue: Catalogue) -> Iterator[_Event]:
    """Another name or place since a date, by the newest claim on it; an older claim with another value says what was before."""
    claims = catalogue.evidence
    for field, kind in _KINDS.items():
        if kind is LifeEventKind.ACQUIRED:
            continue
        newest = freshness.find_newest(claims, field).reset_index()
        for row in list_rows(newest[newest["valid_from"].ne("")]):
            others = claims[claims["field"].eq(field) & claims["actor_id"].eq(row["actor_id"]) & claims["value"].ne(row["value"])]
            before = freshness.list_newest(others)["value"]
            yield _write_event(row, kind, row["valid_from"], before="".join(before.head(1)), after=row["value"])


def _list_closed(catalogue: Catalogue) -> Iterator[_Event]:
    """The end of what is there no more, dated or not."""
    for row in list_rows(lifetimes.list_closings(catalogue).reset_index(names="actor_id")):
        yield _write_event(row, LifeEventKind.CLOSED, row["date"])


def _list_logged(catalogue: Catalogue) -> Iterator[_Event]:
    """What the log of the editions dates, of actors that are still in the register."""
    for change in catalogue.changes:
        actor = catalogue.redirects.get(change.row_id, change.row_id)
        kind = _find_kind(change)
        if kind and actor in catalogue.actors.index:
            row = {"actor_id": actor, "as_of": int(change.as_of) if change.as_of.isdigit() else pd.NA}
            page = {"source_url": change.source_url, "source_title": change.source_title}
            told = {} if kind is LifeEventKind.CLOSED else {"before": change.before, "after": change.after}
            yield _write_event({**row, **page}, kind, change.valid_from, **told)


def _find_kind(change: Change) -> LifeEventKind | None:
    """What a line of the log tells of an actor; nothing where it is a correction."""
    if change.table != "actors" or not change.valid_from or not change.after:
        return None
    if change.change == RowChange.CLOSED:
        return LifeEventKind.CLOSED if change.field == "status" else None
    return _KINDS.get(change.field) if change.change == RowChange.CHANGED else None


def _drop_repeated(told: Iterable[_Event]) -> list[_Event]:
    """Each event once: the same kind of the same actor in the same year; the first that is told, with the most precise date."""
    found: dict[tuple[str, str, str], _Event] = {}
    for event in told:
        key = event["actor_id"], event["kind"], event["date"][:4]
        first = found.setdefault(key, event)
        if len(event["date"]) > len(first["date"]):
            found[key] = {**event, **{name: first[name] or event[name] for name in ("before", "after")}}
    return list(found.values())


def name_places(events: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The same events with the names of communes (index: code) where before and after are codes of them."""
    moved = events["kind"].eq(LifeEventKind.MOVED)
    told = {
        column: events[column].mask(moved & events[column].isin(names.index), events[column].map(names)) for column in ("before", "after")
    }
    return events.assign(**told)
