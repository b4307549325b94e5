"""AND, OR, NOT and IS NULL as SQL has them, with three values: true, false and unknown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biocarto.query.cql2.terms import Bindings, Cells, FilterType, Rows, Term


def _join(terms: Sequence[Term], word: str, deciding: bool) -> Term:
    """Terms of which a single one with the value `deciding` decides, whatever is unknown of the others."""

    def evaluate(rows: Rows) -> Cells:
        decided, settled = np.zeros(len(rows), dtype=bool), np.ones(len(rows), dtype=bool)
        for term in terms:
            values, known = term.evaluate(rows)
            decided |= known & (values == deciding)
            settled &= known
        return Cells(decided == deciding, decided | settled)

    def write(bindings: Bindings) -> str:
        return f"({f' {word} '.join(term.write(bindings) for term in terms)})"

    return Term(FilterType.BOOLEAN, evaluate, write)


def join_and(*terms: Term) -> Term:
    """False where one is false, else unknown where one is unknown."""
    return _join(terms, "AND", deciding=False)


def join_or(*terms: Term) -> Term:
    """True where one is true, else unknown where one is unknown."""
    return _join(terms, "OR", deciding=True)


def negate(term: Term) -> Term:
    """What is unknown stays so."""

    def evaluate(rows: Rows) -> Cells:
        values, known = term.evaluate(rows)
        return Cells(~values, known)

    return Term(FilterType.BOOLEAN, evaluate, lambda bindings: f"(NOT {term.write(bindings)})")


def is_null(term: Term) -> Term:
    """Whether a value is unknown, which is always known."""

    def evaluate(rows: Rows) -> Cells:
        return Cells(~term.evaluate(rows).known, np.True_)  # type: ignore[arg-type]

    return Term(FilterType.BOOLEAN, evaluate, lambda bindings: f"({term.write(bindings)} IS NULL)")
