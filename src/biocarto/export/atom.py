"""The changes of the last editions as an Atom 1.0 feed (RFC 4287): one entry for each row that an edition tells differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid5
from xml.etree import ElementTree

from biocarto import addresses
from biocarto.analysis.changelog import ChangedRow, list_editions
from biocarto.i18n import Locale
from biocarto.model import RowChange
from biocarto.register.changes import Change
from biocarto.render import changes as words
from biocarto.render.text import clean, is_web

MEDIA_TYPE = "application/atom+xml"
MOST_EDITIONS, MOST_ENTRIES = 10, 500
_ATOM = "http://www.w3.org/2005/Atom"
_SPACE = UUID("6f5f3f5e-7f1b-5a55-9a3e-3b1c0c1f2d77")
"""Where the ids of entries come from: the same row of the same edition has the same one on every server."""


@dataclass(frozen=True)
class Feed:
    """The bytes of a feed, and when its newest edition was made: the day, and a second for each edition of the day."""

    body: bytes
    modified: datetime


def write_feed(changes: Sequence[Change], edition: str, public_url: str, t: Locale) -> Feed:
    """The feed of an edition; addresses are absolute, so that there are none without a public one."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": t.language})
    _add(root, "id", _make_id("feed", t.language))
    _add(root, "title", t("BioCarto : changements du registre"))
    _add(root, "updated", _write_moment(edition))
    _add(ElementTree.SubElement(root, "author"), "name", "BioCarto")
    if public_url:
        query = urlencode({"lang": t.language})
        _link(root, "self", f"{public_url}/{addresses.FEED}?{query}", MEDIA_TYPE)
        _link(root, "alternate", f"{public_url}/{addresses.SOURCES}?{query}", "text/html")
    rows = [row for found in list_editions(changes, MOST_EDITIONS) for row in found.rows]
    for row in rows[:MOST_ENTRIES]:
        _add_entry(root, row, public_url, t)
    return Feed(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), _find_moment(edition))


def _add_entry(root: ElementTree.Element, row: ChangedRow, public_url: str, t: Locale) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _add(entry, "id", _make_id(row.edition, row.table, row.row_id, row.change))
    _add(entry, "title", words.tell_row(row, t))
    _add(entry, "updated", _write_moment(row.edition))
    if public_url:
        has_sheet = row.table == "actors" and row.change != RowChange.REMOVED
        page, query = (addresses.DIRECTORY, {"actor": row.row_id}) if has_sheet else (addresses.SOURCES, {})
        _link(entry, "alternate", f"{public_url}/{page}?{urlencode({**query, 'lang': t.language})}", "text/html")
    for url in dict.fromkeys(line.source_url for line in row.lines if is_web(line.source_url)):
        _link(entry, "related", url)
    told = [", ".join(filter(None, (words.tell_change(line, t), words.tell_page(line, t)))) for line in row.lines]
    _add(entry, "content", "\n".join(f"{sentence}." for sentence in told))


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = clean(text)


def _link(parent: ElementTree.Element, relation: str, address: str, kind: str = "") -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": clean(address), **({"type": kind} if kind else {})})


def _make_id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(_SPACE, '|'.join(parts))}"


def _find_moment(edition: str) -> datetime:
    day, _, count = edition.partition(".")
    return datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(seconds=int(count or 1) - 1)


def _write_moment(edition: str) -> str:
    return _find_moment(edition).isoformat().replace("+00:00", "Z")
