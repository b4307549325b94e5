"""CASEI and ACCENTI: texts without the difference of cases, or of accents, the same in Python and in PostgreSQL."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.terms import TYPE_WORDS, Cells, FilterType, Rows, Term, apply_each, make_literal

_ACCENTS = re.compile("[\u0300-\u036f]")
_WRITTEN_CASE = '(lower({} COLLATE "und-x-icu") COLLATE "C")'
_WRITTEN_ACCENTS = "regexp_replace(normalize({}, NFD), '[\\u0300-\\u036f]', '', 'g')"


def drop_accents(text: str) -> str:
    """A text whose letters have lost the marks of the Latin alphabets; cases, ligatures and other alphabets stay."""
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", text))


def _fold(name: str, term: Term, change: Callable[[str], str], written: str) -> Term:
    if term.kind is not FilterType.TEXT:
        fr, en = TYPE_WORDS[term.kind]
        raise FilterError(f"{name} demande un texte, pas {fr}.", f"{name} wants a text, not {en}.")
    if isinstance(term.literal, str):
        return make_literal(FilterType.TEXT, change(term.literal), "text")

    def evaluate(rows: Rows) -> Cells:
        values, known = term.evaluate(rows)
        return Cells(apply_each(change, values), known)

    return Term(FilterType.TEXT, evaluate, lambda bindings: written.format(term.write(bindings)))


def fold_case(term: Term) -> Term:
    """A text in lower case, by Unicode's rules and no language's."""
    return _fold("CASEI", term, str.lower, _WRITTEN_CASE)


def fold_accents(term: Term) -> Term:
    """A text without accents."""
    return _fold("ACCENTI", term, drop_accents, _WRITTEN_ACCENTS)
