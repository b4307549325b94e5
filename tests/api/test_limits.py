"""What one program may ask while others ask too: pace, places, time, and how slowly it may read."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator

import pytest
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from biocarto.api.limits import Bounds, ProgramLimits, build_middleware
from biocarto.config import Settings
from biocarto.rate_limit import TokenBuckets
from biocarto.server.callers import hash_caller
from tests.support.asgi import ask, scope_of
from tests.support.clock import Clock
from tests.support.live import ask_socket, serve, wait_until

SERVED = PlainTextResponse("served")
BIG = 40_000_000
"""Bytes: more than two sockets hold between them."""


def limit(app: ASGIApp = SERVED, buckets: TokenBuckets | None = None, bounds: Bounds | None = None) -> ProgramLimits:
    """The limits before an application."""
    return ProgramLimits(app, buckets, bounds=bounds)


@pytest.mark.parametrize("path", ["/ogc", "/data/", "/changements.atom", "/catalog.jsonld", "/embed/map", "/oembed", "/picture/x"])
def test_a_page_of_another_site_may_ask_first_what_it_may_ask(path: str) -> None:
    """204 without a body, whoever asks: reading only, with the headers that a reader sends."""
    answer = ask(limit(), path, "OPTIONS", origin="https://pole.example", access_control_request_method="GET")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers


def test_what_writes_is_for_no_page_of_another_site() -> None:
    """A browser that asks first gets no leave."""
    answer = ask(limit(), "/api/proposals", "OPTIONS")
    assert (answer.status, answer.headers["allow"]) == (204, "OPTIONS, POST")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_call_too_many_is_told_when_the_next_one_is_taken() -> None:
    """429 in words, with what is left before it; after that time the next call is served, and pages never count."""
    clock = Clock()
    app = limit(buckets=TokenBuckets(3, 100, clock))
    answers = [ask(app, "/ogc") for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit"] for answer in answers] == [
        f'"address";r={n};t={t}' for n, t in ((2, 20), (1, 40), (0, 60), (0, 60))
    ]
    assert answers[0].headers["ratelimit-policy"] == '"address";q=3;w=60'
    assert answers[3].headers["retry-after"] == "20"
    assert answers[3].headers["content-type"] == "application/problem+json"
    assert "20 s" in json.loads(answers[3].body)["detail_fr"]
    assert ask(app, "/annuaire").status == 200
    clock.now += 20
    assert [ask(app, "/ogc").status for _ in range(2)] == [200, 429]


def test_addresses_are_counted_apart_and_the_oldest_is_forgotten() -> None:
    """At most so many of them, whatever a botnet sends."""
    buckets = TokenBuckets(1, 10, Clock())
    assert not buckets.take("first").wait
    assert buckets.take("first").wait
    assert not any(buckets.take(n).wait for n in range(25))
    assert len(buckets) == 10
    assert not buckets.take("first").wait


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.10", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("nonsense", "unknown", True),
    ],
)
def test_a_caller_is_an_address_or_a_household(one: str, other: str, same: bool) -> None:
    """IPv6 by its first 64 bits, the rest is anyone's choice; kept as a hash that says nothing without this process's secret."""
    hashes = [hash_caller(scope_of("/ogc") | {"client": (text, 1)}) for text in (one, other)]
    assert (hashes[0] == hashes[1]) is same
    assert one.encode() not in hashes[0]
    assert len(hashes[0]) == 16


@pytest.mark.parametrize(
    ("settings", "limited"),
    [
        (Settings(), False),
        (Settings(public_url="https://carto.example"), True),
        (Settings(public_url="https://carto.example", api_rate=0), False),
    ],
)
def test_a_laptop_has_no_limit_on_its_pace(settings: Settings, limited: bool) -> None:
    """It is its own programs that ask."""
    [made] = build_middleware(settings)
    assert ("ratelimit" in ask(made.cls(SERVED, **made.kwargs), "/ogc").headers) is limited


class Work:
    """An endpoint whose thread works until it is let go; how many are at it."""

    def __init__(self) -> None:
        self.gate, self.lock, self.at_work, self.most = threading.Event(), threading.Lock(), 0, 0

    def do(self) -> None:
        """In a thread."""
        with self.lock:
            self.at_work += 1
            self.most = max(self.most, self.at_work)
        self.gate.wait(30)
        with self.lock:
            self.at_work -= 1

    async def __call__(self, _request: Request) -> Response:
        """One answer."""
        await to_thread.run_sync(self.do)
        return PlainTextResponse("done")


async def ask_together(app: ASGIApp, targets: list[str], caller: str = "127.0.0.1") -> list[int]:
    """The statuses of requests that are all there at once."""

    async def ask_one(target: str) -> int:
        statuses: list[int] = []

        async def send(message: object) -> None:
            statuses.extend([message["status"]] if "status" in message else [])  # type: ignore[index,operator]

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        await app(scope_of(target) | {"client": (caller, 1)}, receive, send)  # type: ignore[arg-type]
        return statuses[0]

    return list(await asyncio.gather(*map(ask_one, targets)))


def build_working(work: Work) -> Starlette:
    """A slow address of a program, and a page."""
    return Starlette(routes=[Route("/ogc", work.__call__), Route("/page", lambda _request: SERVED)])


def test_no_more_than_a_few_are_worked_on_and_pages_do_not_wait() -> None:
    """The others wait; whoever waits too long, or is one too many, is told to come again."""
    work = Work()
    app = limit(build_working(work), bounds=Bounds(working=2, under_way=5, patience=0.3, longest=30))

    async def run() -> tuple[list[int], list[int]]:
        calls = asyncio.create_task(ask_together(app, ["/ogc"] * 8))
        await asyncio.sleep(0.05)
        pages = await ask_together(app, ["/page"] * 60)
        await asyncio.sleep(0.5)
        work.gate.set()
        return await calls, pages

    statuses, pages = asyncio.run(run())
    assert pages == [200] * 60
    assert sorted(statuses) == [200] * 2 + [503] * 6
    assert work.most == 2
    assert app.under_way == 0


def test_pictures_keep_no_place_from_others() -> None:
    """Two of them are drawn, the others wait before they take a place; one too many is told so at once, and a feature is answered."""
    work = Work()
    routes = [Route("/picture/{file}", work.__call__), Route("/picture", lambda _request: SERVED), Route("/ogc", lambda _request: SERVED)]
    app = limit(Starlette(routes=routes), bounds=Bounds(pictures=6, patience=10))

    async def run() -> tuple[list[int], list[int]]:
        calls = asyncio.create_task(ask_together(app, ["/picture/region.png"] * 8))
        await asyncio.sleep(0.1)
        others = await asyncio.wait_for(ask_together(app, ["/ogc", "/picture"]), 2)
        work.gate.set()
        return await calls, others

    statuses, others = asyncio.run(run())
    assert others == [200, 200]
    assert sorted(statuses) == [200] * 6 + [503] * 2
    assert work.most == 2
    assert app.under_way == 0


def test_who_waits_for_a_place_in_vain_leaves_the_one_it_had() -> None:
    """A picture that may be drawn, and finds every place of all taken, lets the next one draw."""
    work = Work()
    routes = [Route("/picture/{file}", lambda _request: SERVED), Route("/ogc", work.__call__)]
    app = limit(Starlette(routes=routes), bounds=Bounds(working=1, drawing=1, patience=0.2))

    async def run() -> list[int]:
        slow = asyncio.create_task(ask_together(app, ["/ogc"]))
        await asyncio.sleep(0.05)
        waited = await ask_together(app, ["/picture/region.png"])
        work.gate.set()
        await slow
        return waited + await ask_together(app, ["/picture/region.png"])

    assert asyncio.run(run()) == [503, 200]


def test_one_caller_has_half_of_the_places_at_most() -> None:
    """On a public server: whatever it asks for at once, somebody else's call is answered meanwhile, and nothing of it is remembered."""
    work = Work()
    routes = [Route("/ogc", work.__call__), Route("/data", lambda _request: SERVED)]
    app = limit(Starlette(routes=routes), TokenBuckets(600, 100), Bounds(patience=10))

    async def run() -> tuple[list[int], list[int]]:
        calls = asyncio.create_task(ask_together(app, ["/ogc"] * 10))
        await asyncio.sleep(0.1)
        others = await asyncio.wait_for(ask_together(app, ["/data"], "198.51.100.1"), 2)
        work.gate.set()
        return await calls, others

    assert asyncio.run(run()) == ([200] * 10, [200])
    assert (work.most, app.under_way, len(app._shares)) == (2, 0, 0)


def test_who_is_still_sending_a_proposal_keeps_no_place() -> None:
    """Ten forms that send half of what they announced: a reader is answered at once."""
    gate = asyncio.Event()

    async def take(_request: Request) -> Response:
        await gate.wait()
        return SERVED

    app = limit(Starlette(routes=[Route("/api/proposals", take), Route("/ogc", lambda _request: SERVED)]), bounds=Bounds(patience=10))

    async def run() -> list[int]:
        calls = asyncio.create_task(ask_together(app, ["/api/proposals"] * 10))
        await asyncio.sleep(0.05)
        others = await asyncio.wait_for(ask_together(app, ["/ogc"]), 2)
        gate.set()
        return await calls + others

    assert asyncio.run(run()) == [200] * 11


def test_one_caller_leaves_room_for_others() -> None:
    """On a public server: whoever has many calls under way waits for them, and nobody else does."""
    work = Work()
    app = limit(build_working(work), TokenBuckets(600, 100), Bounds(working=9, each=3, longest=30))

    async def run() -> tuple[list[int], list[int]]:
        calls = asyncio.create_task(ask_together(app, ["/ogc"] * 5))
        others = asyncio.create_task(ask_together(app, ["/ogc"], "198.51.100.1"))
        await asyncio.sleep(0.2)
        work.gate.set()
        return await calls, await others

    statuses, others = asyncio.run(run())
    assert (sorted(statuses), others) == ([200, 200, 200, 503, 503], [200])
    assert app.under_way == 0


def test_a_call_that_takes_too_long_is_answered_and_keeps_its_place() -> None:
    """Its thread cannot be ended: until it ends by itself nobody else takes its place, so that threads never pile up."""
    work = Work()
    app = limit(build_working(work), bounds=Bounds(working=1, patience=0.1, longest=0.2))

    async def run() -> list[int]:
        [late] = await ask_together(app, ["/ogc"])
        [busy] = await ask_together(app, ["/ogc"])
        [page] = await ask_together(app, ["/page"])
        work.gate.set()
        await asyncio.sleep(0.3)
        [again] = await ask_together(app, ["/ogc"])
        return [late, busy, page, again]

    assert asyncio.run(run()) == [503, 503, 200, 200]
    assert work.most == 1


def test_a_fault_is_told_once_and_leaves_its_place() -> None:
    """What goes wrong before an answer goes up to whoever says so in words."""

    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    app = limit(fail, bounds=Bounds(working=1, patience=0.1))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            ask(app, "/ogc")


def test_whoever_does_not_read_is_left_alone() -> None:
    """Half a hundred who ask for 40 MB and take nothing: each is let go, and others are answered meanwhile."""
    big = bytes(BIG)

    async def stream() -> AsyncIterator[bytes]:
        for _ in range(400):
            yield big[:100_000]

    app = limit(
        Starlette(
            routes=[
                Route("/data/whole", lambda _request: Response(big)),
                Route("/data/stream", lambda _request: StreamingResponse(stream())),
                Route("/ogc", lambda _request: SERVED),
            ]
        ),
        bounds=Bounds(under_way=60, slowest=1.0),
    )
    with serve(app) as port:
        asking = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
        for one, path in zip(asking, ["whole", "stream"] * 25, strict=True):
            one.sendall(f"GET /data/{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        wait_until(lambda: app.under_way == 50)
        assert b"served" in ask_socket(port, "GET /ogc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        wait_until(lambda: app.under_way == 0)
        for one in asking:
            one.close()


def test_a_long_answer_comes_in_pieces_and_whole() -> None:
    """Nothing is lost between two pieces, of a stream neither."""

    async def stream() -> AsyncIterator[bytes]:
        for part in (b"a" * 100_000, b"", b"b" * 5):
            yield part

    app = limit(Starlette(routes=[Route("/data", lambda _request: StreamingResponse(stream()))]))
    answer = ask(app, "/data")
    assert answer.body == b"a" * 100_000 + b"b" * 5
    assert max(answer.pieces) <= 32 * 1024


def test_a_thousand_half_open_connections_keep_nobody_from_an_answer() -> None:
    """Half a line of a request each, and silence: no call is under way, no place is taken."""
    app = limit(Starlette(routes=[Route("/ogc", lambda _request: SERVED), Route("/page", lambda _request: SERVED)]))
    with serve(app) as port:
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(1000)]
        for one in silent:
            one.sendall(b"GET /ogc HTT")
        for path in ("/ogc", "/page"):
            assert b"served" in ask_socket(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert app.under_way == 0
        for one in silent:
            one.close()
