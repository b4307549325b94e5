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


def _show(request: Request) -> Response:
    return answer_page(request, "<b>", Markup("<p>1</p>"), Locale(choose_language(request)), steps=[("/a?b&c", "<i>")])


APP = Starlette(routes=[Route("/", _show)])


@pytest.mark.parametrize(
    ("query", "accepted", "lang"),
    [("", "", "fr"), ("", "en-GB,en;q=0.9,fr;q=0.8", "en"), ("", "de,en", "en"), ("?lang=fr", "en", "fr"), ("?lang=xx", "de", "fr")],
)
def test_the_language_is_the_reader_s(query: str, accepted: str, lang: str) -> None:
    """By the address, else by the browser, else French."""
    answer = ask(APP, f"/{query}", accept_language=accepted)
    assert answer.headers["content-language"] == lang
    assert f'<html lang="{lang}">'.encode() in answer.body


def test_what_a_page_is_given_is_text_unless_it_is_html() -> None:
    """Its title and its steps too; and the address of the translation keeps the rest of the question."""
    body = ask(APP, "/?x=%22%3E%3Cb%3E&lang=en").body.decode()
    assert "<h1>&lt;b&gt;</h1>" in body
    assert '<a href="/a?b&amp;c">&lt;i&gt;</a>' in body
    assert "<p>1</p>" in body
    assert 'href="?x=%22%3E%3Cb%3E&amp;lang=fr"' in body
