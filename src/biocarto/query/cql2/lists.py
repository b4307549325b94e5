"""Lists of texts compared as sets: A_EQUALS, A_CONTAINS, A_CONTAINEDBY, A_OVERLAPS."""

from __future__ import annotations

import operator
from collections.abc import Callable

from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.terms import TYPE_WORDS, Bindings, Cells, FilterType, Rows, Term, apply_each

_PREDICATES: dict[str, tuple[Callable[[frozenset[str], frozenset[str]], bool], str]] = {
    "a_equals": (operator.eq, "({0} @> {1} AND {0} <@ {1})"),
    "a_contains": (operator.ge, "({0} @> {1})"),
    "a_containedby": (operator.le, "({0} <@ {1})"),
    "a_overlaps": (lambda left, right: not left.isdisjoint(right), "({0} && {1})"),
}
PREDICATES = tuple(_PREDICATES)


def compare_lists(name: str, left: Term, right: Term) -> Term:
    """Two lists: the same values, all those of the other, none but those of the other, or one of them."""
    for term in (left, right):
        if term.kind is not FilterType.LIST:
            fr, en = TYPE_WORDS[term.kind]
            raise FilterError(f"{name.upper()} compare des listes, pas {fr}.", f"{name.upper()} compares lists, not {en}.")
    test, written = _PREDICATES[name]

    def evaluate(rows: Rows) -> Cells:
        (values, known), (others, also) = left.evaluate(rows), right.evaluate(rows)
        return Cells(apply_each(test, values, others).astype(bool), known & also)

    def write(bindings: Bindings) -> str:
        if written.count("{0}") == 1:
            return written.format(left.write(bindings), right.write(bindings))
        parts = [left.write(bindings), right.write(bindings), left.write(bindings), right.write(bindings)]
        return "({} @> {} AND {} <@ {})".format(*parts)

    return Term(FilterType.BOOLEAN, evaluate, write)
