"""What one program may ask of a server that others use too: how often, how many at once, how long, how slowly it may read."""

from __future__ import annotations

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import anyio
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from biocarto import caches
from biocarto.addresses import PICTURE, PROPOSALS, is_open_to_all, is_program
from biocarto.config import Settings, strip_base
from biocarto.rate_limit import Allowance, TokenBuckets
from biocarto.server.callers import hash_caller
from biocarto.server.guard import list_methods
from biocarto.server.refusals import Refusal, send_refusal

_LOG = logging.getLogger(__name__)
PIECE = 32 * 1024
"""Bytes handed to a connection at once: a reader who stops holds no more than two of them."""
_ASKED = "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match, If-Range, Range"
"""Headers that a page of another site may send."""
_LATER = {"Retry-After": "5"}


@dataclass(frozen=True)
class Bounds:
    """Calls that are worked on at a time, and calls under way, of all and of `each` caller: those that wait or are being read too.

    On a public server one caller has `own` of those that are worked on at most, so that others find a place. So many at most are
    `drawing` a picture, which takes a processor for a second and some 50 MB for a page of 300 dots per inch; of those under way so many
    at most are `pictures`, so that they keep no place from others.
    Seconds: `patience` until a call's work begins, `longest` until its answer does, `slowest` until a reader has taken the next piece.
    """

    working: int = 4
    own: int = 2
    drawing: int = 2
    under_way: int = 64
    each: int = 16
    pictures: int = 18
    patience: float = 5.0
    longest: float = 30.0
    slowest: float = 20.0


class SlowReaderError(Exception):
    """Somebody does not take what they asked for."""


class Delivery:
    """The way of one answer to its reader: large pieces are cut, a piece that is not taken ends it, nothing is sent once it `is_late`."""

    def __init__(self, send: Send, slowest: float, headers: dict[str, str], on_begin: Callable[[], None]) -> None:
        self._send, self._slowest, self._headers, self._on_begin = send, slowest, headers, on_begin
        self.begun, self.is_late = asyncio.Event(), False

    def begin(self) -> None:
        """The work is done, or has failed: from here on it is the reader who is waited for."""
        if not self.begun.is_set():
            self.begun.set()
            self._on_begin()

    async def send(self, message: Message) -> None:
        """Pass a message of the answer on; raises SlowReaderError."""
        if self.is_late:
            return
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ())]}  # an answer may be given twice
            MutableHeaders(scope=message).update(self._headers)
            self.begin()
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        for start in range(0, max(1, len(body)), PIECE):
            await self._send_piece(bytes(body[start : start + PIECE]), more or start + PIECE < len(body))

    async def _send_piece(self, piece: bytes, more: bool) -> None:
        try:
            async with asyncio.timeout(self._slowest):
                await self._send({"type": "http.response.body", "body": piece, "more_body": more})
        except TimeoutError as error:
            raise SlowReaderError from error


class ProgramLimits:
    """ASGI middleware before the routes of programs; pages pass untouched, and never wait for a program.

    A call's work runs in the threads that the pages use too: no more than `working` of them, since a call keeps its place until its
    thread has ended, whether somebody still waits for it or not.
    """

    def __init__(self, app: ASGIApp, buckets: TokenBuckets | None, base: str = "", bounds: Bounds | None = None) -> None:
        self._app, self._buckets, self._base, self._bounds = app, buckets, base, bounds or Bounds()
        self._places, self._easels = asyncio.Semaphore(self._bounds.working), asyncio.Semaphore(self._bounds.drawing)
        self._pictures = 0
        self._callers: Counter[bytes] = Counter()
        self._shares: dict[bytes, asyncio.Semaphore] = {}
        self._late: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> int:
        """Calls that wait, are worked on or are being read."""
        return self._callers.total()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a page; answer a program, or say in words why not now."""
        path = strip_base(str(scope["path"]), self._base) if scope["type"] == "http" else ""
        if not is_program(path):
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await _answer_options(path)(scope, receive, send)
        else:
            await self._admit(scope, receive, send, path)

    async def _admit(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        """A call that is not one too many, of this caller or of all."""
        is_picture = path.removeprefix(f"/{PICTURE}/") not in {path, ""}
        caller = hash_caller(scope)
        allowance = self._buckets.take(caller) if self._buckets is not None else None
        headers = self._write_headers(allowance) if allowance else {}
        if allowance and allowance.wait:
            await send_refusal(_refuse_pace(allowance.wait, headers), scope, receive, send, to_program=True)
        elif self._is_full(is_picture) or (allowance and self._callers[caller] >= self._bounds.each):
            await send_refusal(_refuse_crowd(headers), scope, receive, send, to_program=True)
        else:
            self._callers[caller] += 1
            self._pictures += is_picture
            try:
                own = (self._shares.setdefault(caller, asyncio.Semaphore(self._bounds.own)),) if allowance else ()
                await self._wait_and_work(scope, receive, send, headers, [*own, *self._list_places(path, is_picture)])
            finally:
                self._pictures -= is_picture
                self._callers[caller] -= 1
                self._forget_idle(caller)

    def _list_places(self, path: str, is_picture: bool) -> Sequence[asyncio.Semaphore]:
        """What a call waits for, in this order: who waits to draw keeps no place of all, and nor does who is still sending a proposal."""
        if path == f"/{PROPOSALS}":
            return ()
        return (self._easels, self._places) if is_picture else (self._places,)

    def _forget_idle(self, caller: bytes) -> None:
        self._callers += Counter()  # without those that have nothing under way
        if caller not in self._callers:
            self._shares.pop(caller, None)

    def _is_full(self, is_picture: bool) -> bool:
        return self._callers.total() >= self._bounds.under_way or (is_picture and self._pictures >= self._bounds.pictures)

    def _write_headers(self, allowance: Allowance) -> dict[str, str]:
        """What the caller has left, as draft-ietf-httpapi-ratelimit-headers-10 writes it."""
        quota = self._buckets.per_minute if self._buckets is not None else 0
        left = f'"address";r={allowance.left};t={math.ceil(allowance.full)}'
        return {"RateLimit-Policy": f'"address";q={quota};w=60', "RateLimit": left}

    async def _wait_and_work(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str], places: Sequence[asyncio.Semaphore]
    ) -> None:
        """Work on a call once there is a place; where its answer does not begin in time, say so and let the work end by itself."""
        try:
            async with asyncio.timeout(self._bounds.patience):
                leave = await _take_places(places)
        except TimeoutError:
            await send_refusal(_refuse_crowd(headers), scope, receive, send, to_program=True)
            return
        delivery = Delivery(send, self._bounds.slowest, headers, leave)
        work = anyio.CancelScope()  # what waits in it for a thread waits on: the place is the thread's
        task = asyncio.create_task(_deliver(self._app, scope, receive, delivery, work))
        try:
            async with asyncio.timeout(self._bounds.longest):
                await delivery.begun.wait()
        except TimeoutError:
            delivery.is_late = True
            self._late.add(task)
            task.add_done_callback(self._forget_late)
            work.cancel()
            await send_refusal(_refuse_length(self._bounds.longest, headers), scope, receive, send, to_program=True)
        except BaseException:
            work.cancel()
            raise
        else:
            await task

    def _forget_late(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _LOG.error("A call that took too long has failed.", exc_info=error)


async def _take_places(places: Sequence[asyncio.Semaphore]) -> Callable[[], None]:
    """Wait for a place of each kind, one after the other; what leaves them all."""
    taken: list[asyncio.Semaphore] = []

    def leave() -> None:
        for place in taken:
            place.release()

    try:
        for place in places:
            await place.acquire()
            taken.append(place)
    except BaseException:
        leave()
        raise
    return leave


async def _deliver(app: ASGIApp, scope: Scope, receive: Receive, delivery: Delivery, work: anyio.CancelScope) -> None:
    """One call from its work to its last piece; whoever reads too slowly is left alone."""
    try:
        with work:
            await app(scope, receive, delivery.send)
    except SlowReaderError:
        _LOG.info("An answer was not read, and ended.")
    finally:
        delivery.begin()


def _answer_options(path: str) -> Response:
    """What may be asked; to a page of another site only of what is read."""
    methods = ", ".join(sorted(list_methods(path)))
    headers = {"Allow": methods}
    if is_open_to_all(path):
        headers |= {"Access-Control-Allow-Methods": methods, "Access-Control-Allow-Headers": _ASKED, "Access-Control-Max-Age": "86400"}
    return Response(status_code=204, headers=headers)


def _refuse_pace(wait: float, headers: dict[str, str]) -> Refusal:
    seconds = math.ceil(wait)
    return Refusal(
        429,
        f"Trop de demandes de cette adresse en une minute. Rien n'a été modifié. Reprenez dans {seconds} s, moins vite ; pour tout prendre "
        "à la fois, chaque table est un fichier sous /data/latest/.",
        f"Too many calls from this address in one minute. Nothing was changed. Go on in {seconds} s, more slowly; to take everything at "
        "once, each table is a file below /data/latest/.",
        {"Retry-After": str(seconds), **headers},
    )


def _refuse_crowd(headers: dict[str, str]) -> Refusal:
    return Refusal(
        503,
        "Trop de programmes demandent à la fois. Rien n'a été modifié. Redemandez dans quelques secondes.",
        "Too many programs ask at once. Nothing was changed. Ask again in a few seconds.",
        {**_LATER, **headers},
    )


def _refuse_length(seconds: float, headers: dict[str, str]) -> Refusal:
    return Refusal(
        503,
        f"La réponse n'était pas prête en {seconds:.0f} s. Rien n'a été modifié. Demandez moins à la fois : une page, un territoire.",
        f"The answer was not ready within {seconds:.0f} s. Nothing was changed. Ask for less at once: one page, one territory.",
        {**_LATER, **headers},
    )


def build_middleware(settings: Settings, base: str = "") -> list[Middleware]:
    """The limits of this process: a laptop, which only its own programs reach, has none on their pace."""
    buckets = TokenBuckets(settings.api_rate, caches.ADDRESSES) if settings.public_url and settings.api_rate else None
    return [Middleware(ProgramLimits, buckets=buckets, base=base)]
