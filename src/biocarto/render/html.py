"""Small pieces of HTML, each escaping what it is given: the only way that a name of the register reaches a page as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from urllib.parse import urlencode, urlsplit

from biocarto.i18n import Locale
from biocarto.model import CHAPTER, N_, SYMBOLS
from biocarto.rows import Row

CITATION = N_("Medicen Paris Region, chapitre « L'action des pôles de compétitivité », É. Thierion, J. Leygues, C. Deleuze")
_BY_KEY = {symbol.key: symbol for symbol in SYMBOLS}
_LINKED: ContextVar[bool] = ContextVar("biocarto_linked", default=True)


@contextmanager
def without_links() -> Iterator[None]:
    """Inside, a link is its label alone: nothing on a congress stand leads to another site."""
    before = _LINKED.set(False)
    try:
        yield
    finally:
        _LINKED.reset(before)


def link(url: str, label: str) -> str:
    """A link to an http(s) address, opened in a new tab; any other address stays text, as does every one inside `without_links`."""
    if not _LINKED.get() or urlsplit(url).scheme not in {"http", "https"}:
        return escape(label)
    return f'<a href="{escape(url, quote=True)}" target="_blank" rel="noopener noreferrer">{escape(label)}</a>'


def has_links() -> bool:
    """Whether what is written now has links: at a stand it has none, so the two are kept apart."""
    return _LINKED.get()


def inner(page: str, query: Mapping[str, str | list[str]] | Mapping[str, str], label: str) -> str:
    """A link to another page of ours (`couverture`, `reseaux`, ...), in the same tab; `query` names what it opens, and the language."""
    if not _LINKED.get():
        return escape(label)
    return f'<a href="{escape(f"{page}?{urlencode(query, doseq=True)}", quote=True)}" target="_self">{escape(label)}</a>'


def source_title(row: Row, t: Locale) -> str:
    """Who says so, as plain text: the citation of the chapter, or the title of the page."""
    return t(CITATION) if row["source_url"] == CHAPTER else str(row["source_title"])


def source(row: Row, t: Locale) -> str:
    """The same as HTML, a page with its link."""
    return escape(source_title(row, t)) if row["source_url"] == CHAPTER else link(str(row["source_url"]), source_title(row, t))


def dated_source(row: Row, t: Locale) -> str:
    """The source of a line in a list, with its year, in small print."""
    return f"<small>{escape(t('Source ({year}) :').format(year=row['as_of']))} {source(row, t)}</small>"


def figure(value: str, label: str, source_html: str, date: str, t: Locale) -> str:
    """A big number with its unit in the label; its source and date one tap away."""
    when = f" · {escape(date)}" if date else ""
    return (
        f'<div class="bc-figure"><p class="bc-value">{escape(value)}</p><p class="bc-label">{escape(label)}</p>'
        f"<details><summary>{escape(t('Source'))}{when}</summary><p>{source_html}</p></details></div>"
    )


def mark(group: str) -> str:
    """The shape of a group, coloured; decorative, because its label always stands beside it. `several` is no group of the map."""
    shape = _BY_KEY[group].shape if group in _BY_KEY else group
    return f'<span class="bc-mark bc-{shape}" style="background:var(--bc-{group})" aria-hidden="true"></span>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of term and description; the descriptions are HTML already. Empty ones are left out."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{description}</dd>" for term, description in pairs if description)
    return f'<dl class="bc-facts">{rows}</dl>'
