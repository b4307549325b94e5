"""References for BibTeX and biblatex: the selection itself, then each source that its rows rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote, urlsplit

import pandas as pd

from biocarto.config import read_host
from biocarto.export.edition import name_people
from biocarto.export.selection import (
    TITLE,
    Progress,
    Selection,
    build_file_stem,
    describe_filters,
    describe_version,
    ignore_progress,
    write_row_count,
)
from biocarto.names import fold
from biocarto.render.text import is_web, join_lines

MOST_NAMES = 20
"""Actors that the note of a source names; the workbook has them all."""

_BESIDE_PUBLISHER = re.compile(r"(, | – | - ).*", re.DOTALL)
_BESIDE_SITE = re.compile(r"^https?://(www\.)?|[/?#].*", re.DOTALL)
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        **{character: f"\\{character}" for character in "$&#%_"},
        "\u00a0": "~",
        "\u202f": "~",
    }
)


def escape_latex(text: object) -> str:
    r"""Text that LaTeX prints as it stands; no-break spaces become its own.

    A brace is named, because BibTeX counts the one of `\}` as any other.
    """
    return join_lines(text).translate(_ESCAPED)


def quote_address(link: str) -> str:
    """A link that LaTeX takes verbatim: nothing in it can close the field."""
    return quote(link, safe=":/?#[]@!$&'()*+,;=%~-._")


def write_entry(key: str, fields: Mapping[str, str]) -> str:
    """One reference; its fields are safe inside LaTeX already, and one that is empty is left out."""
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _selection_entry(selection: Selection) -> str:
    t = selection.text
    author, publisher = name_people(selection.reference.publisher if selection.reference else "")
    note = [write_row_count(selection), describe_filters(selection), describe_version(selection), selection.licence]
    if not is_web(selection.link):
        note.append(selection.link)
    fields = {
        "title": f"{{{escape_latex(t(TITLE))}}}",
        "author": f"{{{escape_latex(author)}}}",
        "publisher": f"{{{escape_latex(publisher)}}}",
        "year": str(selection.made.year),
        "month": str(selection.made.month),
        "version": escape_latex(selection.reference.name if selection.reference else selection.version),
        "doi": quote_address(selection.reference.doi) if selection.reference else "",
        "url": quote_address(selection.link) if is_web(selection.link) else "",
        "urldate": selection.made.isoformat(),
        "note": escape_latex("; ".join(note)),
    }
    return write_entry(build_file_stem(selection), fields)


@dataclass
class _Source:
    """A page, the latest year that rows give for it, and the actors that it backs."""

    year: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, name: str, year: int) -> None:
        self.year = max(self.year, year)
        self.names.append(name)


def _sources(actors: pd.DataFrame) -> dict[tuple[str, str], _Source]:
    """Address and title of every page cited, in the order of the rows."""
    found: dict[tuple[str, str], _Source] = {}
    for url, title, name, year in zip(*(actors[column] for column in ("source_url", "source_title", "name", "as_of")), strict=True):
        found.setdefault((url, title), _Source()).add(name, int(year))
    return found


def _key(url: str, title: str) -> str:
    """A key that a page keeps from one export to the next: its site, and a digest of address and title."""
    site = fold(_BESIDE_SITE.sub("", url)).replace(" ", "-")
    return f"biocarto-{site[:40]}-{sha256(f'{url} {title}'.encode('utf-8', 'ignore')).hexdigest()[:12]}"


def _publisher(url: str, title: str) -> str:
    """Who answers for a page: the site that it stands on; for a source without address, what its title begins with.

    The register records no author of a page, and a name guessed from a title would be one that nobody gave.
    """
    host = read_host(urlsplit(url).netloc).removeprefix("www.") if is_web(url) else ""
    return host or _BESIDE_PUBLISHER.sub("", title) or title


def _source_entry(url: str, title: str, source: _Source, cited: str) -> str:
    names = list(dict.fromkeys(source.names))
    publisher = escape_latex(_publisher(url, title))
    more = ", …" if len(names) > MOST_NAMES else ""
    fields = {
        "title": f"{{{escape_latex(title)}}}",
        "author": f"{{{publisher}}}",
        "publisher": f"{{{publisher}}}",
        "year": str(source.year),
        "url": quote_address(url) if is_web(url) else "",
        "note": escape_latex(f"{cited} {', '.join(names[:MOST_NAMES])}{more}"),
    }
    return write_entry(_key(url, title), fields)


def write_bibtex(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """UTF-8; an entry for the selection with its link, date and count, and an entry per source of its rows."""
    t = selection.text
    sources = [_source_entry(*page, source, t("Cité pour")) for page, source in _sources(selection.actors).items()]
    progress(1.0)
    return "\n".join([_selection_entry(selection), *sources]).encode()
