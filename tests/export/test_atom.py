"""The feed of changes: Atom that a parser reads, whatever stands in the register, with no address that nobody reaches."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from biocarto.export import atom
from biocarto.i18n import Locale
from biocarto.register.changes import Change

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '<script>alert(1)</script> & "x" ]]> \x00\x1b =1+1'
PUBLIC = "https://carto.example/biocarto"


def a_change(**changes: str) -> Change:
    """A site that has closed."""
    told = {
        "edition": "2026-11-28.2",
        "day": "2026-11-27",
        "table": "actors",
        "row_id": "alpha",
        "name": "Alpha",
        "change": "closed",
        "field": "status",
        "before": "present",
        "after": "former",
        "valid_from": "2025-03",
        "as_of": "2025",
        "source_url": "https://example.org/page",
        "source_title": "Les Echos",
    }
    return Change(**(told | changes))


def write(*changes: Change, public: str = "", lang: str = "fr") -> ElementTree.Element:
    """A feed, read by a parser."""
    return ElementTree.fromstring(atom.write_feed(changes, "2026-11-28.2", public, Locale(lang)).body)


def test_an_entry_says_what_has_changed_and_by_which_page() -> None:
    """One for each row, with an id that stays, a time, and the page as a link."""
    feed = write(a_change(), a_change(field="owner", before="", after="Beta"), a_change(row_id="beta", name="Beta"))
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Fermeture\u00a0: Alpha", "Fermeture\u00a0: Beta"]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2026-11-28T00:00:01Z"] * 2
    first, second = (entry.findtext(f"{ATOM}content") or "" for entry in entries)
    assert "selon Les Echos (2025)" in first
    assert "Propriétaire" in first
    assert "Propriétaire" not in second
    assert [link.get("href") for link in entries[0].findall(f"{ATOM}link")] == ["https://example.org/page"]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_feed_has_what_atom_requires(lang: str) -> None:
    """Id, title, time and author, without a change too; the same bytes each time."""
    feed = write(lang=lang)
    assert [feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")].count(None) == 0
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "BioCarto"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    made = [atom.write_feed([a_change()], "2026-11-28", "", Locale(lang)).body for _ in range(2)]
    assert made[0] == made[1]


def test_hostile_names_are_text() -> None:
    """Markup is shown, control characters are gone, and what is no address of the web is no link."""
    feed = write(a_change(name=HOSTILE, after=HOSTILE, field="name", source_title=HOSTILE, source_url="javascript:alert(1)"), public=PUBLIC)
    [entry] = feed.findall(f"{ATOM}entry")
    assert '<script>alert(1)</script> & "x" ]]> ' in (entry.findtext(f"{ATOM}title") or "")
    assert "\x00" not in ElementTree.tostring(feed, encoding="unicode")
    assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]


def test_addresses_are_absolute_or_absent() -> None:
    """Without a public address nobody outside could open one of ours."""
    assert [link.get("rel") for link in write(a_change()).findall(f"{ATOM}link")] == []
    feed = write(a_change(row_id="a&b"), a_change(table="networks", row_id="cebr"), public=PUBLIC, lang="en")
    assert [link.get("href") for link in feed.findall(f"{ATOM}link")] == [
        f"{PUBLIC}/changements.atom?lang=en",
        f"{PUBLIC}/sources?lang=en",
    ]
    pages = [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert pages == [f"{PUBLIC}/annuaire?actor=a%26b&lang=en", f"{PUBLIC}/sources?lang=en"]


def test_a_feed_is_bounded() -> None:
    """The newest editions and so many entries, whatever an import has brought."""
    days = [f"2026-{month:02}-01" for month in range(1, 13)]
    feed = write(*(a_change(edition=day, row_id=f"{day}-{row}") for day in days for row in range(60)))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == atom.MOST_ENTRIES
    assert entries[0].findtext(f"{ATOM}updated") == "2026-12-01T00:00:00Z"
