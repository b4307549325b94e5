"""Numbers computed from numbers, in double precision; what has no result is unknown, here as in PostgreSQL, which would raise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.terms import TYPE_WORDS, Bindings, Cells, FilterType, Rows, Term, Values

WIDEST = 300
"""Results are between 1e-300 and 1e300, or 0; any other is unknown."""

_SIZE = f"BETWEEN -{WIDEST} AND {WIDEST}"
_LOG_A, _LOG_B = "log(nullif(abs(a), 0))", "log(nullif(abs(b), 0))"  # a planner computes constants wherever they stand
_SUM = f"abs(a) <= 1e{WIDEST} AND abs(b) <= 1e{WIDEST}"
_PRODUCT = f"a = 0 OR b = 0 OR {_LOG_A} + {_LOG_B} {_SIZE}"
_QUOTIENT = f"b <> 0 AND (a = 0 OR {_LOG_A} - {_LOG_B} {_SIZE})"
_POWER = f"CASE WHEN a = 0 THEN b >= 0 WHEN a < 0 AND b <> trunc(b) THEN FALSE ELSE b * {_LOG_A} {_SIZE} END"


def _compute_log(values: Values) -> Values:
    return np.asarray(np.log10(np.abs(values)))


def _fits(size: Values) -> Values:
    return np.asarray(np.abs(size) <= WIDEST)


def _product_fits(a: Values, b: Values) -> Values:
    return np.asarray((a == 0) | (b == 0) | _fits(_compute_log(a) + _compute_log(b)))


def _quotient_fits(a: Values, b: Values) -> Values:
    return np.asarray((b != 0) & ((a == 0) | _fits(_compute_log(a) - _compute_log(b))))


def _power_fits(a: Values, b: Values) -> Values:
    return np.where(a == 0, b >= 0, ~((a < 0) & (b != np.trunc(b))) & _fits(b * _compute_log(a)))


def _sum_fits(a: Values, b: Values) -> Values:
    return np.asarray((np.abs(a) <= 10.0**WIDEST) & (np.abs(b) <= 10.0**WIDEST))


_OPERATIONS: dict[str, tuple[Callable[[Values, Values], Values], Callable[[Values, Values], Values], str, str]] = {
    "+": (np.add, _sum_fits, "a + b", _SUM),
    "-": (np.subtract, _sum_fits, "a - b", _SUM),
    "*": (np.multiply, _product_fits, "a * b", _PRODUCT),
    "/": (np.divide, _quotient_fits, "a / nullif(b, 0)", _QUOTIENT),
    "div": (lambda a, b: np.trunc(a / b), _quotient_fits, "trunc(a / nullif(b, 0))", _QUOTIENT),
    "%": (lambda a, b: a - np.trunc(a / b) * b, _quotient_fits, "a - trunc(a / nullif(b, 0)) * b", _QUOTIENT),
    "^": (np.power, _power_fits, "power(a, b)", _POWER),
}
"""Operator -> how it is computed, where it has a result, and both of them in SQL."""
OPERATIONS = tuple(_OPERATIONS)


def calculate(symbol: str, left: Term, right: Term) -> Term:
    """Two numbers by `+`, `-`, `*`, `/`, `div` (whole quotient towards zero), `%` (its rest) or `^`."""
    for term in (left, right):
        if term.kind is not FilterType.NUMBER:
            fr, en = TYPE_WORDS[term.kind]
            raise FilterError(f"« {symbol} » calcule avec des nombres, pas avec {fr}.", f"“{symbol}” computes with numbers, not with {en}.")
    compute, fits, written, condition = _OPERATIONS[symbol]

    def evaluate(rows: Rows) -> Cells:
        (a, known), (b, also) = left.evaluate(rows), right.evaluate(rows)
        with np.errstate(all="ignore"):
            usable = known & also & fits(a, b)
            return Cells(np.where(usable, compute(a, b), 0.0), usable)

    def write(bindings: Bindings) -> str:
        pair = f"(VALUES ({left.write(bindings)}, {right.write(bindings)})) AS pair (a, b)"
        return f"(SELECT CASE WHEN {condition} THEN {written} END FROM {pair})"  # noqa: S608 - of constants and of terms, whose values are bound

    return Term(FilterType.NUMBER, evaluate, write)
