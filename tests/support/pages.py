"""Pages run by Streamlit's AppTest, without a server or a browser."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from streamlit.testing.v1 import AppTest

from biocarto.config import ROOT

APP = ROOT / "src/biocarto/app.py"
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
TIMEOUT = 300
"""Seconds that a run may take: a slow machine is no defect."""


@cache
def _first_visitor() -> AppTest:
    """The app after a run of its first page, once per process."""
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT).run()
    assert app._registered_pages
    return app


def as_next_visitor(app: AppTest) -> AppTest:
    """The app, told what a server knows from its first visitor on: its pages and its components.

    A server finds them once, AppTest for every app again: the pages by a run of the first page, the components by reading the
    description of each installed package. Both together cost as much as the page that a test is about.
    """
    app._registered_pages = _first_visitor()._registered_pages
    app._bidi_component_manager = _first_visitor()._bidi_component_manager
    return app


def at_page(app: AppTest, view: str, /, **params: str | list[str]) -> AppTest:
    """The app after a run of one page at an address."""
    app.switch_page(str(ROOT / "pages" / f"{view}.py"))
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def opened(view: str, /, **params: str | list[str]) -> AppTest:
    """The app of a visitor whose first page is at this address: a link, a bookmark, a printed code."""
    return at_page(as_next_visitor(AppTest.from_file(str(APP), default_timeout=TIMEOUT)), view, **params)


def reached(view: str, /, **params: str | list[str]) -> AppTest:
    """The app of a visitor who goes to this address from the first page."""
    return at_page(as_next_visitor(AppTest.from_file(str(APP), default_timeout=TIMEOUT)).run(), view, **params)


def words(app: AppTest) -> str:
    """Everything that the page says in Markdown, headings, notices and HTML."""
    kinds = ("title", "header", "markdown", "warning", "error", "info", "html")
    return "\n".join(str(getattr(element, "value", "") or getattr(element, "body", "")) for kind in kinds for element in app.get(kind))


def said(app: AppTest) -> str:
    """The words of the page as a reader sees them: no tags, plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", words(app))))


def press(app: AppTest, label: str) -> AppTest:
    """The page after the one button whose label begins so."""
    [found] = [button for button in app.button if button.label.replace("\u00a0", " ").startswith(label)]
    return found.click().run()
