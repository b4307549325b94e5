"""Decides, before anything else runs, whether a request is served: its host, its way here, its origin, its method, its address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from biocarto.addresses import PROPOSALS, is_misspelt_program, is_open_to_all, is_program
from biocarto.config import Settings, read_host, strip_base
from biocarto.server.refusals import Refusal, answer_refusal, send_refusal
from biocarto.server.sign_in import find_sign_in_refusal
from biocarto.server.uploads import UPLOAD, UploadGate, refuse_upload
from biocarto.serving import Serving
from biocarto.upload_limits import UploadRegister

LAPTOP = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The hosts of a machine that serves itself."""
FORWARDING = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "x-original-host",
    "true-client-ip",
    "cf-connecting-ip",
    "x-cluster-client-ip",
    "fastly-client-ip",
    "fly-client-ip",
    "cdn-loop",
    "x-amzn-trace-id",
    "x-envoy-external-address",
)
"""Headers of proxies, beside those that begin with `x-forwarded`."""
LONGEST_ADDRESS = 16_384
"""Bytes of path and query: an area drawn with its most corners and every facet chosen stay far below."""
READ = frozenset({"GET", "HEAD"})
OPEN = READ | {"OPTIONS"}
"""What may be asked of an address that programs read; a browser asks OPTIONS before it lets a page of another site ask."""
_WRITE = frozenset({"POST", "OPTIONS"})
_ALWAYS = re.compile(r"/(healthz|assets|_stcore/health)(/.*)?")
"""What every process answers, whatever it serves."""
INNER = re.compile(r"/_stcore/(health|host-config|stream|bidi-components/.+)")
"""What the pages themselves ask of Streamlit; everything else below its prefix is closed."""

_BAD_PERCENT = re.compile(rb"%(?![0-9a-fA-F]{2})")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]|^(?!/)|^//|(^|/)\.\.?(/|$)")


@dataclass(frozen=True)
class Policy:
    """What this process serves: its hosts, whether proxies may stand before it, whether people can sign in (asked anew each time)."""

    hosts: frozenset[str]
    public: bool
    signs_in: Callable[[], bool] = bool
    serves: Serving = Serving.ALL

    @classmethod
    def from_settings(cls, settings: Settings, signs_in: Callable[[], bool] = bool) -> Policy:
        """A laptop's own names, and the public host where there is one; nobody signs in unless `signs_in` says so."""
        return cls(LAPTOP | set(filter(None, [settings.public_host])), bool(settings.public_url), signs_in, settings.serves)

    def find_refusal(self, scope: Scope, base: str = "") -> Refusal | None:
        """Why a request or a WebSocket is not served, None where it is; `base` is the path that the app lives below."""
        path = strip_base(str(scope["path"]), base)
        return (
            self.find_sender_refusal(scope, base)
            or self._refuse_unserved(path)
            or _refuse_inner(path)
            or find_sign_in_refusal(scope, path, self.signs_in)
            or _refuse_method(scope, path)
        )

    def find_sender_refusal(self, scope: Scope, base: str = "") -> Refusal | None:
        """Why nothing is served to this sender, or at an address written like this one."""
        headers = Headers(scope=scope)
        return (
            self._refuse_host(headers)
            or self._refuse_forwarded(headers)
            or self._refuse_origin(headers, scope, base)
            or _refuse_address(scope)
        )

    def _refuse_unserved(self, path: str) -> Refusal | None:
        """A page where programs alone are served, and the other way round; what writes stays with the pages, beside the desk."""
        if self.serves is Serving.ALL or _ALWAYS.fullmatch(path) or is_open_to_all(path) == (self.serves is Serving.PROGRAMS):
            return None
        kinds = ("les pages", "the pages") if self.serves is Serving.PROGRAMS else ("les programmes", "programs")
        return Refusal(
            404,
            f"Ce serveur ne répond pas ici pour {kinds[0]} : un autre processus s'en charge. Rien n'a été modifié. Passez par l'adresse "
            "publique ; un exploitant règle cela par BIOCARTO_SERVES.",
            f"This server does not answer here for {kinds[1]}: another process does. Nothing was changed. Ask the public address; "
            "an operator sets this with BIOCARTO_SERVES.",
        )

    def _refuse_host(self, headers: Headers) -> Refusal | None:
        given = headers.getlist("host")
        if len(given) == 1 and read_host(given[0]) in self.hosts:
            return None
        return Refusal(
            403,
            "Ce serveur ne répond pas sous ce nom d'hôte. Rien n'a été modifié. Ouvrez-le sous son adresse, par exemple "
            "http://localhost:8501 ; un exploitant nomme l'adresse publique par le réglage BIOCARTO_PUBLIC_URL.",
            "This server does not answer under this host name. Nothing was changed. Open it at its own address, for example "
            "http://localhost:8501; an operator names the public address with the setting BIOCARTO_PUBLIC_URL.",
        )

    def _refuse_forwarded(self, headers: Headers) -> Refusal | None:
        names = {name for name in headers if name in FORWARDING or name.startswith("x-forwarded")}
        if self.public or not names:
            return None
        return Refusal(
            421,
            f"Cette demande est passée par un serveur intermédiaire ({', '.join(sorted(names))[:80]}), et ce serveur est réglé comme un "
            "poste isolé. Rien n'a été modifié. Pour l'ouvrir à d'autres, donnez son adresse publique par BIOCARTO_PUBLIC_URL.",
            f"This request came through a proxy ({', '.join(sorted(names))[:80]}), and this server is set up as a single machine. "
            "Nothing was changed. To open it to others, give its public address with BIOCARTO_PUBLIC_URL.",
        )

    def _refuse_origin(self, headers: Headers, scope: Scope, base: str) -> Refusal | None:
        origin, is_open = headers.get("origin"), is_open_to_all(strip_base(str(scope["path"]), base))
        is_read = scope["type"] == "http" and (is_open or scope["method"] in READ)
        if origin is None or is_read or self._knows_origin(origin, headers["host"]):
            return None
        return Refusal(
            403,
            "Cette demande vient d'une page d'un autre site. Rien n'a été modifié. Ouvrez BioCarto sous sa propre adresse.",
            "This request comes from a page of another site. Nothing was changed. Open BioCarto at its own address.",
        )

    def _knows_origin(self, origin: str, host: str) -> bool:
        """The host itself, or one of our names as far as Streamlit knows them too: it would look up any other by asking outside."""
        scheme, _, authority = origin.partition("://")
        return scheme in {"http", "https"} and (authority == host or read_host(authority) in self.hosts - {"[::1]"})


def _refuse_address(scope: Scope) -> Refusal | None:
    raw, query = scope.get("raw_path") or b"", scope.get("query_string") or b""
    if len(raw) + len(query) > LONGEST_ADDRESS:
        return Refusal(
            414,
            f"L'adresse est trop longue : {LONGEST_ADDRESS} octets au plus. Rien n'a été modifié. Retirez une partie des filtres.",
            f"The address is too long: {LONGEST_ADDRESS} bytes at most. Nothing was changed. Remove some of the filters.",
        )
    try:
        path = unquote_to_bytes(raw).decode() if raw else str(scope["path"])
        unquote_to_bytes(query).decode()
        if _BAD_PERCENT.search(raw) is None and _BAD_PERCENT.search(query) is None and _UNSAFE.search(path) is None:
            return None
    except UnicodeDecodeError:
        pass
    return Refusal(
        400,
        "L'adresse n'est pas bien formée. Rien n'a été modifié. Revenez à la page d'accueil, ou recopiez le lien en entier.",
        "The address is not well formed. Nothing was changed. Go back to the first page, or copy the whole link again.",
    )


def _refuse_inner(path: str) -> Refusal | None:
    if is_misspelt_program(path):
        return refuse_unknown_address(path)
    if not path.startswith("/_stcore") or INNER.fullmatch(path):
        return None
    if path.startswith(UPLOAD):
        return refuse_upload()
    return refuse_unknown_address(path)


def list_methods(path: str) -> frozenset[str]:
    """The methods that an address takes; `path` is without the base."""
    if path == f"/{PROPOSALS}":
        return _WRITE
    return OPEN if is_program(path) else READ


def _refuse_method(scope: Scope, path: str) -> Refusal | None:
    methods = list_methods(path)
    if scope["type"] != "http" or scope["method"] in methods:
        return None
    if methods is _WRITE:
        words = ("prend seulement des propositions (POST)", "only takes proposals (POST)")
    else:
        words = ("se lit seulement (GET, HEAD)", "can only be read (GET, HEAD)")
    allow = {"Allow": ", ".join(sorted(methods))}
    return Refusal(405, f"Cette adresse {words[0]}. Rien n'a été modifié.", f"This address {words[1]}. Nothing was changed.", allow)


def refuse_unknown_address(path: str) -> Refusal:
    """Nothing stands there; `path` is repeated, shortened."""
    return Refusal(
        404,
        f"Il n'y a rien à l'adresse {path[:200]}. Vérifiez le lien, ou partez de la page d'accueil.",
        f"There is nothing at {path[:200]}. Check the link, or start from the first page.",
    )


async def answer_unknown(request: Request) -> Response:
    """The same as an answer to a program, never as a page."""
    return answer_refusal(refuse_unknown_address(request.url.path), "")


class RequestGuard:
    """ASGI middleware before everything that reads: refuses in words, lets through the rest.

    `permits` say whose files are taken: without them, nobody's are.
    """

    def __init__(self, app: ASGIApp, policy: Policy, base: str = "", permits: UploadRegister | None = None) -> None:
        self._app, self._policy, self._base = app, policy, base
        self._gate = UploadGate(app, permits) if permits is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse one request or one WebSocket handshake."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        path = strip_base(str(scope["path"]), self._base)
        gate = self._gate if self._gate and self._gate.concerns(scope, path) else None
        refusal = self._policy.find_sender_refusal(scope, self._base) if gate else self._policy.find_refusal(scope, self._base)
        if refusal is not None:
            await send_refusal(refusal, scope, receive, send, to_program=is_program(path) or is_misspelt_program(path))
        elif gate:
            await gate.answer(scope, receive, send, path)
        else:
            await self._app(scope, receive, send)
