"""oEmbed 1.0 (https://oembed.com): what stands elsewhere for an address of ours, for programs that make frames out of links."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from biocarto.api.embed.question import find_site
from biocarto.api.embed.refusals import ACTOR, ADDRESS, FORMAT, refuse_error, refuse_size
from biocarto.api.page import choose_language
from biocarto.api.source import LATEST, RegisterSource
from biocarto.errors import AppError
from biocarto.i18n import LANGUAGES, Locale
from biocarto.render import embedding
from biocarto.render.embedding import HEIGHTS, TITLES, WIDTH, Embed, EmbedKind
from biocarto.server.refusals import answer_refusal

_AGE = 3600
"""Seconds for which an answer may be kept: a title changes with an edition only."""


def _read_size(text: str, usual: int) -> int | None:
    """Pixels: what there is room for, `usual` at most; None for what is no size."""
    if not text:
        return usual
    return min(usual, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) else None


class OEmbedEndpoint:
    """Answers `/oembed?url=…`."""

    def __init__(self, source: RegisterSource, base: str) -> None:
        self._source, self._base = source, base

    async def __call__(self, request: Request) -> Response:
        """One address."""
        given = request.query_params
        root = find_site(request, self._source.settings, self._base)
        embed = embedding.find_embed_of(given.get("url", ""), root)
        if given.get("format", "json") != "json":
            return answer_refusal(FORMAT, "")
        if embed is None:
            return answer_refusal(ADDRESS, "")
        sizes = {"maxwidth": WIDTH, "maxheight": HEIGHTS[embed.kind]}
        read = {name: _read_size(given.get(name, ""), usual) for name, usual in sizes.items()}
        if wrong := next((name for name, size in read.items() if size is None), ""):
            return answer_refusal(refuse_size(wrong), "")
        lang = next((code for code in embed.params.get("lang", ())[-1:] if code in LANGUAGES), choose_language(request))
        try:
            title = await to_thread.run_sync(self._find_title, embed, Locale(lang))
        except AppError as error:
            return answer_refusal(refuse_error(error), "")
        if not title:
            return answer_refusal(ACTOR, "")
        return JSONResponse(_describe(embed, root, title, *(size or 0 for size in read.values())), headers={"Vary": "Accept-Language"})

    def _find_title(self, embed: Embed, t: Locale) -> str:
        """What the frame is called; empty for an actor that is not there."""
        if embed.kind != EmbedKind.ACTOR:
            return t(TITLES[embed.kind])
        catalogue = self._source.load_catalogue((embed.params.get("edition") or [LATEST])[-1])
        actor = catalogue.redirects.get(embed.actor, embed.actor)
        return str(catalogue.actors.at[actor, "name"]) if actor in catalogue.actors.index else ""


def _describe(embed: Embed, root: str, title: str, width: int, height: int) -> dict[str, Any]:
    code = embedding.write_code(embed, root, title, width=width, height=height)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "BioCarto",
        "provider_url": root,
        "cache_age": _AGE,
        "html": str(code),
        "width": width,
        "height": height,
    }
