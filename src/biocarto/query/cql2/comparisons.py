"""Comparisons of two terms of one type, lists of values, and patterns of LIKE."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence

import numpy as np

from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.logic import join_and, join_or
from biocarto.query.cql2.terms import TYPE_WORDS, Bindings, Cells, FilterType, Rows, Term, Values, apply_each

_COMPARE: dict[str, Callable[[Values, Values], Values]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARISONS = tuple(_COMPARE)
_ORDERED = {FilterType.TEXT, FilterType.NUMBER, FilterType.DATE}
_CASTS = {FilterType.TEXT: "text", FilterType.NUMBER: "float8", FilterType.DATE: "timestamp"}


def require_same_type(*terms: Term) -> None:
    """FilterError where terms of two types are compared."""
    first = terms[0]
    for other in terms[1:]:
        if other.kind is not first.kind:
            (fr, en), (other_fr, other_en) = TYPE_WORDS[first.kind], TYPE_WORDS[other.kind]
            raise FilterError(f"Le filtre compare {fr} avec {other_fr}.", f"The filter compares {en} with {other_en}.")


def compare(symbol: str, left: Term, right: Term) -> Term:
    """Two terms by `=`, `<>`, `<`, `<=`, `>` or `>=`: texts by code point, dates as moments; unknown where one of them is."""
    require_same_type(left, right)
    if left.kind not in (_ORDERED if symbol not in {"=", "<>"} else _ORDERED | {FilterType.BOOLEAN}):
        fr, en = TYPE_WORDS[left.kind]
        raise FilterError(f"« {symbol} » ne compare pas {fr}.", f"“{symbol}” does not compare {en}.")
    test = _COMPARE[symbol]

    def evaluate(rows: Rows) -> Cells:
        (values, known), (others, also) = left.evaluate(rows), right.evaluate(rows)
        return Cells(np.asarray(test(values, others), dtype=bool), known & also)

    return Term(FilterType.BOOLEAN, evaluate, lambda bindings: f"({left.write(bindings)} {symbol} {right.write(bindings)})")


def is_between(value: Term, lowest: Term, highest: Term) -> Term:
    """Numbers from one to another, both included."""
    for term in (value, lowest, highest):
        if term.kind is not FilterType.NUMBER:
            fr, en = TYPE_WORDS[term.kind]
            raise FilterError(f"BETWEEN compare des nombres, pas {fr}.", f"BETWEEN compares numbers, not {en}.")
    return join_and(compare(">=", value, lowest), compare("<=", value, highest))


def is_in(value: Term, items: Sequence[Term]) -> Term:
    """One of some values; unknown where the value is, or where none fits and one of them is unknown."""
    require_same_type(value, *items)
    if value.kind not in _CASTS or any(item.literal is None for item in items):
        return join_or(*(compare("=", value, item) for item in items))
    wanted = {item.literal for item in items}
    bound = [item.write(bindings := Bindings()) and bindings.values[0] for item in items]

    def evaluate(rows: Rows) -> Cells:
        values, known = value.evaluate(rows)
        if values.dtype == object:
            return Cells(apply_each(wanted.__contains__, values).astype(bool), known)
        return Cells(np.isin(values, np.array(list(wanted))), known)

    def write(bindings: Bindings) -> str:
        return f"({value.write(bindings)} = ANY({bindings.bind(bound, f'{_CASTS[value.kind]}[]')}))"

    return Term(FilterType.BOOLEAN, evaluate, write)


def _split_pattern(pattern: str) -> list[list[str]]:
    """The runs between two `%`, each a list of regular expressions of one character; FilterError for an escape of nothing."""
    runs: list[list[str]] = [[]]
    letters = iter(pattern)
    for letter in letters:
        if letter == "%":
            runs.append([])
        elif letter == "_":
            runs[-1].append(".")
        else:
            escaped = next(letters, "") if letter == "\\" else letter
            if not escaped:
                raise FilterError("Un motif de LIKE finit par « \\ ».", "A pattern of LIKE ends with “\\”.")
            runs[-1].append(re.escape(escaped))
    return runs


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of LIKE as a regular expression that never goes back: each run is taken where it stands first, the last at the end.

    The first place of a run leaves most for those that follow, so no other has to be tried: an atomic group says so.
    """
    first, *others = ["".join(run) for run in _split_pattern(pattern)]
    middle = "".join(f"(?>.*?{run})" for run in others[:-1])
    last = f".*{others[-1]}" if others else ""
    return re.compile(f"{first}{middle}{last}", re.DOTALL)


def is_like(value: Term, pattern: Term) -> Term:
    """A text against a pattern: `%` any letters, `_` one; after a backslash a letter stands for itself."""
    if value.kind is not FilterType.TEXT or not isinstance(pattern.literal, str):
        raise FilterError("LIKE compare un texte à un motif entre guillemets.", "LIKE compares a text with a pattern in quotes.")
    fits = compile_pattern(pattern.literal).fullmatch

    def evaluate(rows: Rows) -> Cells:
        values, known = value.evaluate(rows)
        return Cells(apply_each(lambda text: fits(text) is not None, values).astype(bool), known)

    return Term(FilterType.BOOLEAN, evaluate, lambda bindings: f"({value.write(bindings)} LIKE {pattern.write(bindings)})")
