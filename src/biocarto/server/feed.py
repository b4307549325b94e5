"""`/changements.atom`: what the last editions have changed, for readers of feeds; 304 where they have it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from anyio import Lock as AsyncLock
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from biocarto.addresses import FEED
from biocarto.errors import AppError
from biocarto.export.atom import MEDIA_TYPE, Feed
from biocarto.i18n import DEFAULT, LANGUAGES
from biocarto.server.conditions import has_tag
from biocarto.server.refusals import Refusal, answer_refusal

_LOG = logging.getLogger(__name__)


_LINK = f'<link rel="alternate" type="{MEDIA_TYPE}" title="BioCarto" href="./{FEED}">'


def add_feed_link(page: str) -> str:
    """Streamlit's page, which says where the feed is; all pages stand side by side, so that one relative address does."""
    return page.replace("</head>", f"{_LINK}</head>", 1)


class FeedEndpoint:
    """Asks `write_feed` for the feed in a language (it raises AppError where pages cannot show the data)."""

    def __init__(self, write_feed: Callable[[str], Feed]) -> None:
        self._write_feed, self._turn = write_feed, AsyncLock()

    async def __call__(self, request: Request) -> Response:
        """Answer one question; `?lang=en` for English."""
        given = request.query_params.get("lang", DEFAULT)
        try:
            async with self._turn:  # one thread is enough, however many ask
                feed = await to_thread.run_sync(self._write_feed, given if given in LANGUAGES else DEFAULT)
        except AppError as error:
            _LOG.warning("%s", error.message("en"))
            return answer_refusal(_UNREADABLE, request.headers.get("accept", ""))
        tag = f'"{sha256(feed.body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Last-Modified": format_datetime(feed.modified, usegmt=True), "Cache-Control": "no-cache"}
        if _has_it(request, tag, feed):
            return Response(status_code=304, headers=headers)
        return Response(feed.body, headers=headers, media_type=f"{MEDIA_TYPE}; charset=utf-8")


def _has_it(request: Request, tag: str, feed: Feed) -> bool:
    """Whether the reader's copy is this one: by its tag where it names one, else by its time."""
    if (known := request.headers.get("if-none-match")) is not None:
        return has_tag(known, tag)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return feed.modified <= since
    except (TypeError, ValueError):  # no date, or one without a zone
        return False


_UNREADABLE = Refusal(
    503,
    "Les données ne peuvent pas être montrées. Aucun fichier n'a été modifié. La page d'accueil dit ce qu'il faut corriger.",
    "The pages cannot show the data. No file was changed. The first page says what has to be corrected.",
    {"Retry-After": "30"},
)
