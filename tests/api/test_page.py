"""The page of a program's address: in the reader's language, with everything it is given as text."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biocarto.api.page import answer_page, choose_language
from biocarto.i18n import Locale
from tests.support.asgi import ask
from tests.support.embeds import build_app


def _show(request: Request) -> Response:
    return answer_page(request, "<b>", Markup("<p>1</p>"), Locale(choose_language(request)), steps=[("/a?b&c", "<i>")])


APP = Starlette(routes=[Route("/", _show)])
DOORS = build_app()


@pytest.mark.parametrize(
    ("query", "accepted", "lang"),
    [
        *[("", "de, en;q=0.2, fr;q=0.9", "fr"), ("", "fr-CA;q=0.3,en-US;q=0.3", "fr"), ("", "en;q=0.3,fr;q=0.3", "en")],
        *[("", "en;q=0", "fr"), ("", "fr;q=0, *", "en"), ("", "*;q=0.5, en;q=0.2", "fr"), ("", "en;q=nan", "fr"), ("", "frr, en", "en")],
        *[("", "", "fr"), ("", "en-GB,en;q=0.9,fr;q=0.8", "en"), ("", "de,en", "en"), ("?lang=fr", "en", "fr"), ("?lang=xx", "de", "fr")],
    ],
)
def test_the_language_is_the_reader_s(query: str, accepted: str, lang: str) -> None:
    """By the address, else by the browser, else French."""
    answer = ask(APP, f"/{query}", accept_language=accepted)
    assert answer.headers["content-language"] == lang
    assert f'<html lang="{lang}">'.encode() in answer.body


@pytest.mark.parametrize(
    ("accepted", "is_page"),
    [
        *[("", False), ("*/*", False), ("application/json", False), ("text/html", True), ("application/xhtml+xml", True)],
        *[("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True), ("text/html;q=0.5, */*", False), ("text/*", True)],
        *[("application/json, text/html;q=0.1", False), ("application/json;q=0.1, text/html", True), ("text/html;q=0", False)],
        *[("application/geo+json, text/html", False), ("application/*, text/html", False), ("TEXT/HTML ; Q=0.4", True)],
        *[("text/html;q=inf, application/json", False), (";;,,q=1", False)],
    ],
)
@pytest.mark.parametrize("address", ["/data/", "/picture", "/ogc"])
def test_every_door_weighs_what_is_accepted_in_one_way(address: str, accepted: str, is_page: bool) -> None:
    """A page for whoever takes it more gladly than data; whoever says nothing is a program."""
    answer = ask(DOORS, address, accept=accepted)
    assert (answer.status, answer.headers["content-type"].startswith("text/html")) == (200, is_page)


def test_what_a_page_is_given_is_text_unless_it_is_html() -> None:
    """Its title and its steps too; and the address of the translation keeps the rest of the question."""
    body = ask(APP, "/?x=%22%3E%3Cb%3E&lang=en").body.decode()
    assert "<h1>&lt;b&gt;</h1>" in body
    assert '<a href="/a?b&amp;c">&lt;i&gt;</a>' in body
    assert "<p>1</p>" in body
    assert 'href="?x=%22%3E%3Cb%3E&amp;lang=fr"' in body
