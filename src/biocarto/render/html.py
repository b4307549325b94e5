"""Small pieces of HTML, each escaping what it is given: the only way that a name of the register reaches a page as HTML.

From here on HTML is `Markup`: a text that meets it is escaped, HTML is not escaped twice, and neither passes for the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup, escape

from biocarto.i18n import Locale
from biocarto.model import CHAPTER, N_, SYMBOLS
from biocarto.rows import Row

CITATION = N_("Medicen Paris Region, chapitre « L'action des pôles de compétitivité », É. Thierion, J. Leygues, C. Deleuze")
_BY_KEY = {symbol.key: symbol for symbol in SYMBOLS}
_LINKED: ContextVar[bool] = ContextVar("biocarto_linked", default=True)


@contextmanager
def suppress_links() -> Iterator[None]:
    """Inside, a link is its label alone: nothing on a congress stand leads to another site."""
    before = _LINKED.set(False)
    try:
        yield
    finally:
        _LINKED.reset(before)


def render_link(url: str, label: str) -> Markup:
    """A link to an http(s) address, opened in a new tab; any other address stays text, as does every one inside `suppress_links`."""
    if not _LINKED.get() or urlsplit(url).scheme not in {"http", "https"}:
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def has_links() -> bool:
    """Whether what is written now has links: at a stand it has none, so the two are kept apart."""
    return _LINKED.get()


def render_inner_link(page: str, query: Mapping[str, str | list[str]] | Mapping[str, str], label: str) -> Markup:
    """A link to another page of ours (`couverture`, `reseaux`, ...), in the same tab; `query` names what it opens, and the language."""
    if not _LINKED.get():
        return escape(label)
    return Markup('<a href="{}" target="_self">{}</a>').format(f"{page}?{urlencode(query, doseq=True)}", label)


def write_source_title(row: Row, t: Locale) -> str:
    """Who says so, as plain text: the citation of the chapter, or the title of the page."""
    return t(CITATION) if row["source_url"] == CHAPTER else str(row["source_title"])


def render_source(row: Row, t: Locale) -> Markup:
    """The same as HTML, a page with its link."""
    return (
        escape(write_source_title(row, t))
        if row["source_url"] == CHAPTER
        else render_link(str(row["source_url"]), write_source_title(row, t))
    )


def render_dated_source(row: Row, t: Locale) -> Markup:
    """The source of a line in a list, with its year, in small print."""
    return Markup("<small>{} {}</small>").format(t("Source ({year}) :").format(year=row["as_of"]), render_source(row, t))


def render_figure(value: str, label: str, source_html: Markup, date: str, t: Locale) -> Markup:
    """A big number with its unit in the label; its source and date one tap away."""
    when = f" · {date}" if date else ""
    return Markup(
        '<div class="bc-figure"><p class="bc-value">{}</p><p class="bc-label">{}</p><details><summary>{}{}'
        "</summary><p>{}</p></details></div>"
    ).format(value, label, t("Source"), when, source_html)


def render_mark(group: str) -> Markup:
    """The shape of a group, coloured; decorative, because its label always stands beside it. `several` is no group of the map."""
    shape = _BY_KEY[group].shape if group in _BY_KEY else group
    return Markup('<span class="bc-mark bc-{}" style="background:var(--bc-{})" aria-hidden="true"></span>').format(shape, group)


def render_facts(pairs: Iterable[tuple[str, Markup]]) -> Markup:
    """A list of term and description, which is HTML. Empty ones are left out."""
    rows = Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(term, description) for term, description in pairs if description)
    return Markup('<dl class="bc-facts">{}</dl>').format(rows)


def join_pieces(pieces: Sequence[Markup], last: str) -> Markup:
    """`a, b and c` of HTML, as `labels.join_words` of words: `last` is the word between the last two."""
    if len(pieces) < 2:
        return Markup().join(pieces)
    return Markup("{} {} {}").format(Markup(", ").join(pieces[:-1]), last, pieces[-1])


def render_data(media_type: str, found: object) -> Markup:
    """A block of JSON for programs in a page: nothing in it can end the element, and a browser does not run it."""
    text = json.dumps(found, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="{}">{}</script>').format(media_type, Markup(text))  # noqa: S704 - no character of HTML is left in it
