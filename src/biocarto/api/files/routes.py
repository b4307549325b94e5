"""The routes of `/data/` and `/catalog.jsonld`: what is asked for, from a closed list; what is answered, and how long it may be kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from biocarto.addresses import CATALOG, FILES
from biocarto.api.files.door import FilesDoor
from biocarto.api.source import RegisterSource
from biocarto.desk.archive import UnknownEditionError
from biocarto.errors import AppError
from biocarto.server.guard import refuse_unknown_address
from biocarto.server.refusals import Refusal, answer_refusal

_METHODS = ["GET", "HEAD"]
_LOG = logging.getLogger(__name__)

Answer = Callable[[Request], Response | None]
"""Answers on a thread; None where nothing stands at the address."""


def build_routes(source: RegisterSource, base: str = "") -> list[BaseRoute]:
    """Every address of the files, pages in both spellings."""
    door = FilesDoor(source, base)

    def route(path: str, answer: Answer) -> Route:
        return Route(f"{base}/{path}", partial(_serve, answer), methods=_METHODS)

    edition = f"{FILES}/{{edition}}"
    return [
        *(route(f"{FILES}{end}", door.list_editions) for end in ("", "/")),
        *(route(f"{edition}{end}", door.list_files) for end in ("", "/")),
        *(route(f"{edition}/codebook{end}", door.show_codebook) for end in ("", "/")),
        *(route(f"{edition}/changes{end}", door.show_changes) for end in ("", "/")),
        route(f"{edition}/schema/{{table}}.json", door.send_schema),
        route(f"{edition}/history/{{table}}/{{row}}", door.show_history),
        route(f"{edition}/{{name}}", door.send_file),
        route(CATALOG, door.send_catalogue),
    ]


async def _serve(answer: Answer, request: Request) -> Response:
    """Off the event loop; what cannot be read or written is told in words."""
    try:
        found = await to_thread.run_sync(answer, request)
    except UnknownEditionError as error:
        return answer_refusal(Refusal(404, error.fr, error.en), "")
    except AppError as error:
        _LOG.warning("%s", error.message("en"))
        return answer_refusal(_UNREADABLE, "")
    except OSError as error:
        _LOG.warning("A file could not be made: %s", error)
        return answer_refusal(_NO_ROOM, "")
    return found or answer_refusal(refuse_unknown_address(request.url.path), "")


_UNREADABLE = Refusal(
    503,
    "Cette édition ne peut pas être lue en ce moment. Aucun fichier n'a été modifié. Réessayez, ou prenez une autre édition.",
    "This edition cannot be read at the moment. No file was changed. Try again, or take another edition.",
    {"Retry-After": "30"},
)
_NO_ROOM = Refusal(
    503,
    "Ce fichier ne peut pas être écrit : le disque du serveur est plein ou fermé. Les données sont intactes. Dites-le à l'exploitant.",
    "This file cannot be written: the disk of the server is full or closed. The data are unharmed. Tell the operator.",
    {"Retry-After": "60"},
)
