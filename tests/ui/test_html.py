"""Pieces of HTML escape what they are given."""

import pytest

from biocarto.ui import html

HOSTILE = "<img src=x onerror=alert(1)>\"'"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "chapter", "", "//evil.example", "vbscript:x"])
def test_only_http_addresses_become_links(url: str) -> None:
    """Anything else stays text."""
    assert html.link(url, "page") == "page"


def test_links_and_figures_escape_every_part() -> None:
    """A hostile name is shown, not run."""
    for piece in (
        html.link(f"https://example.org/{HOSTILE}", HOSTILE),
        html.figure(HOSTILE, HOSTILE, "", HOSTILE, lambda text: text),
        html.facts([(HOSTILE, "")]) + html.facts([(HOSTILE, "x")]),
        html.source({"source_url": "ftp://x", "source_title": HOSTILE}, lambda text: text),
    ):
        assert "<img" not in piece
        assert HOSTILE not in piece


def test_the_chapter_is_cited_not_linked() -> None:
    """The reference chapter has authors instead of an address."""
    assert "É. Thierion" in html.source({"source_url": "chapter", "source_title": "x"}, lambda text: text)
