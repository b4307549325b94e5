"""`/changements.atom`: what a reader of feeds is answered."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from biocarto.errors import DataError
from biocarto.export.atom import Feed
from biocarto.server import door
from biocarto.server.feed import add_feed_link
from tests.support.asgi import Answer, ask

MODIFIED = datetime(2026, 11, 28, 0, 0, 1, tzinfo=UTC)


def feed_in(lang: str) -> Feed:
    """A feed that says its language."""
    return Feed(f"<feed>{lang}</feed>".encode(), MODIFIED)


def asked(target: str, base: str = "", **headers: str) -> Answer:
    """What the route answers."""
    return ask(Starlette(routes=door.build_feed_routes(feed_in, base)), target, **headers)


def test_a_feed_has_its_type_and_its_marks() -> None:
    """A reader can ask again for nothing."""
    answer = asked("/changements.atom")
    assert (answer.status, answer.body) == (200, b"<feed>fr</feed>")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["last-modified"] == "Sat, 28 Nov 2026 00:00:01 GMT"
    assert asked("/changements.atom", if_none_match=answer.headers["etag"]).status == 304
    assert asked("/changements.atom", if_none_match=f'"x", W/{answer.headers["etag"]}').status == 304
    assert asked("/changements.atom", if_none_match='"x"', if_modified_since=answer.headers["last-modified"]).status == 200
    assert asked("/changements.atom", if_modified_since=answer.headers["last-modified"]).status == 304
    assert asked("/changements.atom", if_modified_since="Sat, 28 Nov 2026 00:00:00 GMT").status == 200
    assert asked("/changements.atom", if_modified_since="yesterday").status == 200


@pytest.mark.parametrize(("lang", "told"), [("en", b"en"), ("fr", b"fr"), ("xx", b"fr"), ("%3Cb%3E", b"fr")])
def test_a_feed_comes_in_a_language_that_there_is(lang: str, told: bytes) -> None:
    """French, unless English is asked for."""
    assert asked(f"/changements.atom?lang={lang}").body == b"<feed>" + told + b"</feed>"


def test_nothing_stands_below_the_feed() -> None:
    """404 as RFC 9457 says it, with and without a base."""
    for target, base in (("/changements.atom/x", ""), ("/carto/changements.atom/", "/carto")):
        answer = asked(target, base)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
        assert json.loads(answer.body)["status"] == 404
    assert asked("/carto/changements.atom", "/carto").status == 200


def test_data_that_cannot_be_shown_are_503() -> None:
    """In words, without saying what is wrong with them to whoever asks."""

    def broken(_lang: str) -> Feed:
        raise DataError("acteurs.csv : secret", "actors.csv: secret")

    answer = ask(Starlette(routes=door.build_feed_routes(broken)), "/changements.atom")
    assert answer.status == 503
    assert b"secret" not in answer.body


def test_a_page_says_where_the_feed_is() -> None:
    """By a relative address, which holds below a base too."""
    page = add_feed_link("<html><head><title>x</title></head></html>")
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="./changements.atom"></head>' in page
