"""Puts the server together: routes and middleware around Streamlit's, and what happens before the first visitor."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, nullcontext
from ipaddress import ip_address
from pathlib import Path

from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from biocarto.addresses import FEED, is_program
from biocarto.caches import freeze_heap
from biocarto.config import Settings, strip_base
from biocarto.errors import SettingError
from biocarto.export.atom import Feed
from biocarto.server.assets import AssetsEndpoint, AssetStore
from biocarto.server.description import add_description
from biocarto.server.discovery import build_describer
from biocarto.server.feed import FeedEndpoint, add_feed_link
from biocarto.server.guard import Policy, RequestGuard, answer_unknown
from biocarto.server.headers import COMMON, AnswerHeaders
from biocarto.server.health import HealthEndpoint
from biocarto.server.hints import LoadingHints, list_page_hints
from biocarto.server.refusals import Refusal, answer_refusal
from biocarto.server.sign_in import SignInAnswers
from biocarto.server.waiting import WaitingWords, add_scripts
from biocarto.upload_limits import UploadRegister

if sys.platform != "win32":  # which has no such limit, nor the module
    import resource

MOST_OPEN_FILES = 65_536
_METHODS = ["GET", "HEAD"]
_EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - what a server without an address listens on: refused below, bound nowhere


def _is_own_machine(address: str | None) -> bool:
    """True for an address that only this machine reaches; none at all means every address."""
    if address == "localhost" or (address or "").startswith("unix://"):
        return True
    try:
        return ip_address((address or _EVERY_ADDRESS).strip("[]")).is_loopback
    except ValueError:
        return False


def require_closed_or_public(settings: Settings, address: str | None) -> None:
    """Refuse to open a laptop's server to a network; raises SettingError. `address` is Streamlit's `server.address`."""
    if settings.public_url or _is_own_machine(address):
        return
    given = address or _EVERY_ADDRESS
    raise SettingError(
        f"Le serveur écouterait sur {given}, donc pour d'autres machines, et aucune adresse publique n'est donnée. Rien n'a démarré. "
        "Donnez BIOCARTO_PUBLIC_URL=http://nom-de-la-machine:8501, ou gardez l'adresse 127.0.0.1.",
        f"The server would listen on {given}, that is to other machines, and no public address is given. Nothing was started. "
        "Give BIOCARTO_PUBLIC_URL=http://name-of-the-machine:8501, or keep the address 127.0.0.1.",
    )


async def answer_failure(request: Request, _error: Exception, base: str = "") -> Response:
    """A fault of ours, in words, to a program never as a page; the log has its trace."""
    refusal = Refusal(
        500,
        "Le serveur a rencontré une erreur. Rien n'a été modifié. Rechargez la page ; si cela revient, dites-le à l'exploitant.",
        "The server met an error. Nothing was changed. Reload the page; if it comes back, tell the operator.",
        COMMON,
    )
    to_program = is_program(strip_base(request.scope["path"], base))
    return answer_refusal(refusal, "" if to_program else request.headers.get("accept", ""))


def build_routes(shelf: AssetStore, read_edition: Callable[[], str], base: str = "") -> list[BaseRoute]:
    """Our own addresses; below each of them what is unknown is 404, with and without a slash at the end."""
    health, assets = HealthEndpoint(read_edition), AssetsEndpoint(shelf)
    return [
        Route(f"{base}/healthz", health.__call__, methods=_METHODS),
        Route(f"{base}/healthz/{{rest:path}}", answer_unknown, methods=_METHODS),
        Route(f"{base}/assets", answer_unknown, methods=_METHODS),
        Route(f"{base}/assets/{{path:path}}", assets.__call__, methods=_METHODS),
    ]


def build_feed_routes(write_feed: Callable[[str], Feed], base: str = "") -> list[BaseRoute]:
    """The address of the changes; `write_feed` makes the feed in a language."""
    feed = FeedEndpoint(write_feed)
    return [
        Route(f"{base}/{FEED}", feed.__call__, methods=_METHODS),
        Route(f"{base}/{FEED}/{{rest:path}}", answer_unknown, methods=_METHODS),
    ]


def build_middleware(
    settings: Settings,
    shelf: AssetStore,
    client: Path,
    component: Path,
    base: str = "",
    *,
    signs_in: Callable[[], bool] = bool,
    permits: UploadRegister | None = None,
) -> list[Middleware]:
    """Headers around everything, refusals next; `client` and `component` are the files of Streamlit and of streamlit-folium.

    `signs_in` is asked whether people can sign in: else the addresses for it do not exist. `permits`: the sessions that may upload.
    """
    client_page = (client / "index.html").read_text(encoding="utf-8")
    page = add_description(add_feed_link(add_scripts(client_page)), settings, base)
    hints = LoadingHints(shelf.read_manifest, list_page_hints(client, component))
    return [
        Middleware(AnswerHeaders, settings=settings, page=page, hints=hints, base=base),
        Middleware(RequestGuard, policy=Policy.from_settings(settings, signs_in), base=base, permits=permits),
        Middleware(WaitingWords, page=page, base=base, describe=build_describer(settings, base)),
        Middleware(SignInAnswers, base=base, secure=settings.public_url.startswith("https://")),
    ]


def raise_open_files() -> None:
    """As many connections as the system lets a process have: at the usual 1,024, a thousand silent ones would shut out everybody."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


Lifespan = Callable[[object], AbstractAsyncContextManager[None]]


def build_lifespan(*reads: Callable[[], None], watch: Callable[[], AbstractContextManager[None]] = nullcontext) -> Lifespan:
    """Runs each of `reads` before the first visitor, then freezes the heap; `watch` is entered for as long as the server lives.

    Streamlit collects garbage fully after every run of a script. What was read at start lives as long as the process, so
    looking through it again is in vain: two thirds of the processor time of a view before it was frozen.
    """

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        for read in reads:
            await to_thread.run_sync(read)
        freeze_heap()
        with watch():
            yield

    return lifespan
