"""The addresses of the embeds and of oEmbed, in both spellings; a refusal fits in the frame as the documents do."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from biocarto.addresses import EMBED, OEMBED
from biocarto.api.embed.document import write_refusal
from biocarto.api.embed.embeds import KINDS, find_document
from biocarto.api.embed.files import FILES, find_file, read_height_script
from biocarto.api.embed.oembed import OEmbedEndpoint
from biocarto.api.embed.question import EmbedQuestion, read_question
from biocarto.api.embed.refusals import ACTOR, refuse_error
from biocarto.api.source import RegisterSource
from biocarto.errors import AppError
from biocarto.render.embedding import SCRIPT, EmbedKind
from biocarto.server.assets import Asset, AssetResponse
from biocarto.server.guard import refuse_unknown_address
from biocarto.server.headers import write_embed_policy
from biocarto.server.refusals import Refusal, answer_refusal

METHODS = ["GET", "HEAD"]


class EmbedEndpoint:
    """Answers for the embeds of one kind."""

    def __init__(self, source: RegisterSource, base: str, kind: str) -> None:
        self._source, self._base, self._kind = source, base, kind

    async def __call__(self, request: Request) -> Response:
        """One document, or why there is none."""
        question = read_question(request, self._kind, self._source.settings, self._base)
        found = await to_thread.run_sync(self._find, question)
        if isinstance(found, Refusal):
            return await to_thread.run_sync(self._refuse, found, question)
        return self._complete(AssetResponse(found, request))

    def _find(self, question: EmbedQuestion) -> Asset | Refusal:
        try:
            return find_document(question, self._source.load_catalogue(question.edition)) or ACTOR
        except AppError as error:
            return refuse_error(error)

    def _refuse(self, refusal: Refusal, question: EmbedQuestion) -> Response:
        """A document that fits in the frame; `f=json` for programs."""
        if (question.params.get("f") or [""])[-1] == "json":
            return answer_refusal(refusal, "")
        words = refusal.fr if question.lang == "fr" else refusal.en
        text = write_refusal(question, words)
        headers = {"Cache-Control": "no-store", **refusal.headers}
        return self._complete(Response(text, refusal.status, headers, "text/html"))

    def _complete(self, response: Response) -> Response:
        response.headers["Content-Security-Policy"] = write_embed_policy(self._source.settings)
        response.headers["Vary"] = "Accept-Encoding, Accept-Language"
        return response


async def _answer_file(request: Request) -> Response:
    found = await to_thread.run_sync(find_file, str(request.path_params["name"]))
    return AssetResponse(found, request) if found else answer_refusal(refuse_unknown_address(request.url.path), "")


async def _answer_height_script(request: Request) -> Response:
    return AssetResponse(await to_thread.run_sync(read_height_script), request)


def build_routes(source: RegisterSource, base: str = "") -> list[BaseRoute]:
    """Every address of this door."""
    endpoints = {kind: EmbedEndpoint(source, base, kind).__call__ for kind in KINDS}
    named = {f"{EMBED}/{kind}{end}": endpoint for kind, endpoint in endpoints.items() for end in ("", "/")}
    named |= {f"{EMBED}/{EmbedKind.ACTOR}/{{actor}}{end}": endpoints[EmbedKind.ACTOR] for end in ("", "/")}
    named |= {f"{FILES}/{{name}}": _answer_file, f"{EMBED}/{SCRIPT}": _answer_height_script}
    named |= {f"{OEMBED}{end}": OEmbedEndpoint(source, base).__call__ for end in ("", "/")}
    return [Route(f"{base}/{path}", endpoint, methods=METHODS) for path, endpoint in named.items()]
