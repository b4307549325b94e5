"""HTML reaches a page as `Markup`, or not at all."""

from __future__ import annotations

import pytest
from markupsafe import Markup, escape

from biocarto.ui.shared import markup
from tests.support.markup import find_shown_markup


def test_a_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no type checker sees it: what comes out of a table has any type."""
    shown: list[str] = []
    monkeypatch.setattr(markup.st, "html", shown.append)
    with pytest.raises(AttributeError):
        markup.show_html("<p>a text</p>")  # type: ignore[arg-type]
    markup.show_html(Markup("<p>{}</p>").format("<a name>"))
    assert shown == ["<p>&lt;a name&gt;</p>"]


def test_what_is_escaped_twice_is_found() -> None:
    """The eyes of the tests that read whole pages."""
    piece = Markup("<p>{}</p>").format("R&D, 2 < 3, l'été")
    assert find_shown_markup(piece) == []
    assert find_shown_markup(escape(str(piece))) == ["&lt;p&gt", "&amp;amp;", "&amp;lt;", "&amp;#39;", "&lt;/p&gt"]
