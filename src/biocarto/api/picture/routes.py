"""The routes of `/picture/`: the list of pictures, and each of them as a file, off the event loop; `api/limits.py` says how many."""

from __future__ import annotations

import gzip
import logging
import weakref
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from biocarto import caches
from biocarto.addresses import PICTURE
from biocarto.api.answers import strip_body
from biocarto.api.picture.listing import answer_listing
from biocarto.api.picture.request import PictureRequest, read_request
from biocarto.api.source import RegisterSource
from biocarto.caches import Cache
from biocarto.clock import read_today
from biocarto.desk.archive import UnknownEditionError
from biocarto.errors import AppError, ExportError, QuestionError
from biocarto.export.picture.model import Picture
from biocarto.export.picture.subject import PictureContext
from biocarto.export.picture.writing import WRITERS
from biocarto.export.selection import write_file_stem, write_link
from biocarto.i18n import Locale
from biocarto.server.assets import AS_IT_IS, accepts_gzip
from biocarto.server.conditions import has_tag
from biocarto.server.guard import refuse_unknown_address
from biocarto.server.refusals import Refusal, answer_refusal

_METHODS = ["GET", "HEAD"]
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _File:
    """A picture as a file: as it is and compressed (no bytes where it is so already), its name, what tells it from every other."""

    body: bytes
    packed: bytes
    name: str
    digest: str


class PictureEndpoint:
    """Makes the picture that an address asks for, or gives the one that was made before."""

    def __init__(self, source: RegisterSource) -> None:
        self._source = source
        self._made = Cache(caches.PICTURES)

    async def __call__(self, request: Request) -> Response:
        """Answer one request: the file, 304 where the reader has it, 400 in words, 404."""
        try:
            params: dict[str, list[str]] = {}
            for name, value in parse_qsl(request.url.query, keep_blank_values=True):
                params.setdefault(name, []).append(value.replace("\0", ""))
            asked = read_request(request.path_params["file"], params)
            if asked is None:
                return answer_refusal(refuse_unknown_address(request.url.path), "")
            file = await to_thread.run_sync(self._make, asked)
        except (QuestionError, ExportError, UnknownEditionError) as error:
            return answer_refusal(Refusal(400, error.fr, error.en), "")
        except AppError as error:
            _LOG.warning("%s", error.message("en"))
            return answer_refusal(Refusal(503, error.fr, error.en, {"Retry-After": "30"}), "")
        return _answer_file(request, asked, file)

    def _make(self, asked: PictureRequest) -> _File:
        catalogue, settings = self._source.load_catalogue(asked.edition), self._source.settings
        asked = asked.understand(catalogue)
        t, made = Locale(asked.lang), read_today()
        context = PictureContext(catalogue, t, made, write_link(asked.write_view(), settings.public_url, t))
        if asked.question.is_typed:
            return _write_file(context, asked)
        return self._made.get((weakref.ref(catalogue), made, *asked.key), partial(_write_file, context, asked))


def _write_file(context: PictureContext, asked: PictureRequest) -> _File:
    picture = asked.kind.make(context, asked.question)
    write, _ = WRITERS[asked.extension]
    body = write(picture, asked.size, transparent=asked.transparent, with_code=asked.with_code)
    packed = gzip.compress(body, 6, mtime=0) if asked.extension == "svg" else b""
    return _File(body, packed, _name_file(picture, asked), sha256(body).hexdigest()[:32])


def _name_file(picture: Picture, asked: PictureRequest) -> str:
    """`biocarto-essonne-nombre-de-sites-2026-11-29.png`."""
    about = f"{picture.title} {picture.subtitle}"
    return f"{write_file_stem(about, picture.imprint.made, otherwise='image')}.{asked.extension}"


def _answer_file(request: Request, asked: PictureRequest, file: _File) -> Response:
    shown = "attachment" if asked.download else "inline"
    packed = bool(file.packed) and accepts_gzip(request.headers.get("accept-encoding", ""))
    tag = f'"{file.digest}{"-gzip" if packed else ""}"'
    headers = {
        "ETag": tag,
        **({"Vary": "Accept-Encoding"} if file.packed else {}),
        "Cache-Control": "no-cache",
        "Content-Language": asked.lang,
        "Content-Disposition": f'{shown}; filename="{file.name}"',
    }
    if has_tag(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Encoding"] = "gzip" if packed else AS_IT_IS
    return strip_body(request, Response(file.packed if packed else file.body, headers=headers, media_type=WRITERS[asked.extension][1]))


def build_routes(source: RegisterSource, base: str = "") -> list[BaseRoute]:
    """The list in both spellings, and the files below it."""
    endpoint, listing = PictureEndpoint(source), partial(answer_listing, source, base)
    return [
        Route(f"{base}/{PICTURE}", listing, methods=_METHODS),
        Route(f"{base}/{PICTURE}/", listing, methods=_METHODS),
        Route(f"{base}/{PICTURE}/{{file}}", endpoint.__call__, methods=_METHODS),
    ]
