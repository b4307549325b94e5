"""Dates and intervals: literals, and the fifteen relations of time as comparisons of their ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from biocarto.query.cql2.comparisons import compare
from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.logic import join_and, join_or
from biocarto.query.cql2.terms import TYPE_WORDS, FilterType, Term, count_microseconds, make_literal

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z", re.ASCII)
_END_OF_TIME = 2**62


@dataclass(frozen=True)
class TimeSpan:
    """An interval of time, or a moment that is both of its ends."""

    start: Term
    end: Term


def read_instant(text: object, form: re.Pattern[str] | None = None) -> Term:
    """A date, the moment at which it begins in UTC, or a timestamp of UTC; FilterError where it is none or does not exist."""
    try:
        if not isinstance(text, str) or not (form.fullmatch(text) if form else _DATE.fullmatch(text) or _TIMESTAMP.fullmatch(text)):
            raise ValueError
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise FilterError(
            f"« {str(text)[:40]} » n'est pas une date qui existe ; attendu : 2026-11-28 ou 2026-11-28T08:30:00Z.",
            f"“{str(text)[:40]}” is no date that exists; expected: 2026-11-28 or 2026-11-28T08:30:00Z.",
        ) from None
    moment = moment.replace(tzinfo=UTC)
    return make_literal(FilterType.DATE, count_microseconds(moment), "timestamp", moment.replace(tzinfo=None).isoformat())


def read_date(text: object) -> Term:
    """The literal DATE('2026-11-28')."""
    return read_instant(text, _DATE)


def read_timestamp(text: object) -> Term:
    """The literal TIMESTAMP('2026-11-28T08:30:00Z')."""
    return read_instant(text, _TIMESTAMP)


def read_open_end(first: bool) -> Term:
    """The end of an interval that has none."""
    return make_literal(FilterType.DATE, -_END_OF_TIME if first else _END_OF_TIME, "timestamp", "-infinity" if first else "infinity")


RELATIONS: dict[str, tuple[str, ...]] = {
    "t_after": ("s > e",),
    "t_before": ("e < s",),
    "t_contains": ("s < s", "e > e"),
    "t_disjoint": ("e < s", "s > e"),
    "t_during": ("s > s", "e < e"),
    "t_equals": ("s = s", "e = e"),
    "t_finishedby": ("s < s", "e = e"),
    "t_finishes": ("s > s", "e = e"),
    "t_intersects": ("s <= e", "e >= s"),
    "t_meets": ("e = s",),
    "t_metby": ("s = e",),
    "t_overlappedby": ("s > s", "s < e", "e > e"),
    "t_overlaps": ("s < s", "e > s", "e < e"),
    "t_startedby": ("s = s", "e > e"),
    "t_starts": ("s = s", "e < e"),
}
"""Relation -> what must hold, all together, of the start or end of the first and of the second; T_DISJOINT asks for one of its two."""


def relate_time_spans(name: str, left: TimeSpan, right: TimeSpan) -> Term:
    """Two intervals or moments by a relation of `RELATIONS`."""
    for term in (left.start, left.end, right.start, right.end):
        if term.kind is not FilterType.DATE:
            fr, en = TYPE_WORDS[term.kind]
            raise FilterError(f"{name.upper()} compare des dates, pas {fr}.", f"{name.upper()} compares dates, not {en}.")

    def compare_ends(rule: str) -> Term:
        own, symbol, other = rule.split()
        return compare(symbol, left.start if own == "s" else left.end, right.start if other == "s" else right.end)

    join = join_or if name == "t_disjoint" else join_and
    return join(*map(compare_ends, RELATIONS[name]))
