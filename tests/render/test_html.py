"""Pieces of HTML escape what they are given."""

import pytest
from markupsafe import Markup

from biocarto.i18n import Locale
from biocarto.render import html

HOSTILE = "<img src=x onerror=alert(1)>\"'"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "chapter", "", "//evil.example", "vbscript:x"])
def test_only_http_addresses_become_links(url: str) -> None:
    """Anything else stays text."""
    assert html.render_link(url, "page") == "page"


def test_links_and_figures_escape_every_part() -> None:
    """A hostile name is shown, not run."""
    for piece in (
        html.render_link(f"https://example.org/{HOSTILE}", HOSTILE),
        html.render_figure(HOSTILE, HOSTILE, "", HOSTILE, Locale("fr")),
        html.render_facts([(HOSTILE, "")]) + html.render_facts([(HOSTILE, "x")]),
        html.render_source({"source_url": "ftp://x", "source_title": HOSTILE}, Locale("fr")),
    ):
        assert "<img" not in piece
        assert HOSTILE not in piece


def test_a_text_where_html_is_due_stays_a_text() -> None:
    """The type says so to whoever writes; at run time a text is escaped all the same."""
    facts = html.render_facts([("a", HOSTILE)])  # type: ignore[list-item]
    assert isinstance(facts, Markup)
    assert HOSTILE not in facts
    assert "&lt;img" in facts


def test_the_chapter_is_cited_not_linked() -> None:
    """The reference chapter has authors instead of an address."""
    assert "É. Thierion" in html.render_source({"source_url": "chapter", "source_title": "x"}, Locale("fr"))


def test_a_link_inside_is_escaped_and_can_be_left_out() -> None:
    """What is opened stands in the query, quoted; on a stand the label stands alone."""
    assert html.render_inner_link("couverture", {"region": "84", "x": '"><b>'}, "<i>Rhône</i>") == (
        '<a href="couverture?region=84&amp;x=%22%3E%3Cb%3E" target="_self">&lt;i&gt;Rhône&lt;/i&gt;</a>'
    )
    with html.suppress_links():
        assert html.render_inner_link("couverture", {}, "<i>") == "&lt;i&gt;"


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        ([], ""),
        ([Markup("<b>a</b>")], "<b>a</b>"),
        ([Markup("<b>a</b>"), Markup("b")], "<b>a</b> &amp; b"),
        ([Markup("<b>a</b>"), Markup("b"), Markup("c")], "<b>a</b>, b &amp; c"),
    ],
)
def test_pieces_are_joined_as_words_are(pieces: list[Markup], joined: str) -> None:
    """HTML stays HTML; the word between the last two is text."""
    found = html.join_pieces(pieces, "&")
    assert found == joined
    assert isinstance(found, Markup)
