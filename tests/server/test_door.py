"""What stands around the pages: health, headers, the policy of frames, and a start that is closed unless it is opened."""

from __future__ import annotations

import asyncio
import gc
import json
from pathlib import Path

import pytest
import streamlit
import streamlit_folium
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import biocarto
from biocarto.config import Settings
from biocarto.errors import DataError, SettingError
from biocarto.server import door
from biocarto.server.assets import AssetStore
from biocarto.server.headers import AnswerHeaders, hash_inline_scripts
from biocarto.server.health import FRESH, HealthEndpoint
from biocarto.server.hints import LoadingHints
from tests.support.asgi import Answer, ask, scope_of

LAPTOP = Settings()
CLIENT = Path(streamlit.__file__).parent / "static"
COMPONENT = Path(streamlit_folium.__file__).parent / "frontend" / "build"


def broken() -> str:
    """An edition that cannot be read."""
    raise DataError("acteurs.csv : secret", "actors.csv: secret")


def asked(target: str, settings: Settings = LAPTOP, base: str = "", edition: str = "2026-11-22", **headers: str) -> Answer:
    """What our own routes answer, inside all of our middleware."""
    shelf = AssetStore(Path("none"))
    routes = door.build_routes(shelf, broken if not edition else lambda: edition, base)
    return ask(Starlette(routes=routes, middleware=door.build_middleware(settings, shelf, CLIENT, COMPONENT, base)), target, **headers)


def test_health_tells_version_and_edition() -> None:
    """Ready when the catalogue is read; nobody keeps the answer."""
    answer = asked("/healthz")
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ready", "version": biocarto.__version__, "edition": "2026-11-22"}
    assert answer.headers["cache-control"] == "no-store"
    assert asked("/carto/healthz", base="/carto").status == 200


def test_health_of_broken_data_is_503() -> None:
    """A proxy sends nobody here; what is wrong is told on the page, not to whoever asks."""
    answer = asked("/healthz", edition="")
    assert answer.status == 503
    assert "secret" not in answer.body.decode()


def test_health_is_not_computed_for_each_who_asks() -> None:
    """A folder that cannot be read is read once in two seconds, however many ask; when it is mended, it is ready."""
    now, reads = [0.0], []

    def read() -> str:
        reads.append(now[0])
        return broken() if now[0] < FRESH else "2026-11-22"

    health = HealthEndpoint(read, lambda: now[0])
    assert isinstance(health.find_edition(), DataError)
    assert isinstance(health.find_edition(), DataError)
    now[0] = FRESH
    assert health.find_edition() == "2026-11-22"
    assert reads == [0.0, FRESH]


def test_health_of_a_disk_that_fails_is_503() -> None:
    """Whatever it is: a proxy must not take it for ready, nor for a fault of its own."""

    def fail() -> str:
        raise PermissionError("data/")

    assert str(HealthEndpoint(fail).find_edition()) == "data/"


def test_a_fault_of_ours_is_told_in_words() -> None:
    """With the headers that every answer carries, and nothing of the fault."""

    async def failing(_request: Request) -> Response:
        raise ValueError("secret")

    app = Starlette(routes=[Route("/", failing)], exception_handlers={500: door.answer_failure})
    with pytest.raises(ValueError, match="secret"):  # Starlette hands it on to the log
        ask(app, "/")
    answer = asyncio.run(door.answer_failure(Request(scope_of("/")), ValueError("secret")))
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (500, "nosniff")
    assert b"secret" not in answer.body


@pytest.mark.parametrize(("path", "kind"), [("/carto/annuaire", "text/html; charset=utf-8"), ("/carto/ogc", "application/problem+json")])
def test_a_fault_is_told_to_a_program_as_it_reads(path: str, kind: str) -> None:
    """Even where a browser asks."""
    answer = asyncio.run(door.answer_failure(Request(scope_of(path, accept="text/html")), ValueError(), "/carto"))
    assert (answer.status_code, answer.headers["content-type"]) == (500, kind)


@pytest.mark.parametrize("target", ["/healthz", "/healthz/none", "/nowhere", "/_stcore/metrics", "/%"])
def test_every_answer_carries_the_headers(target: str) -> None:
    """Refusals as well."""
    headers = asked(target).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=(self)" in headers["permissions-policy"]
    assert headers["content-security-policy"]


def policy(target: str, settings: Settings = LAPTOP) -> dict[str, str]:
    """The directives of the policy of an address."""
    text = asked(target, settings).headers["content-security-policy"]
    return {name: rest for name, _, rest in (part.partition(" ") for part in text.split("; "))}


def test_pages_run_no_inline_script_but_streamlits_own() -> None:
    """Its one script goes by its hash, so that a name of the register that becomes a script does not run."""
    found = policy("/annuaire")
    assert "unsafe-inline" not in found["script-src"]
    assert "unsafe-eval" not in found["script-src"].replace("wasm-unsafe-eval", "")
    assert "'sha256-" in found["script-src"]
    assert (found["object-src"], found["base-uri"], found["frame-ancestors"]) == ("'none'", "'self'", "'self'")


def test_a_hash_is_that_of_the_script() -> None:
    """The example of the standard (CSP 3, 2.3.1): alert('Hello, world.');."""
    assert hash_inline_scripts("<script>alert('Hello, world.');</script>") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_only_the_frame_of_a_map_evaluates() -> None:
    """Folium's way; and a file that is handed out runs nothing at all."""
    assert "'unsafe-eval'" in policy("/component/streamlit_folium.st_folium/index.html")["script-src"]
    assert "sandbox" in policy("/media/file.svg")
    assert "script-src" not in policy("/media/file.svg")


def test_others_are_asked_only_where_the_operator_says_so() -> None:
    """Neither the pages nor a map may ask another host; the two settings open just theirs, and only in the map."""
    frame = "/component/streamlit_folium.st_folium/index.html"
    assert "https:" not in " ".join((*policy("/").values(), *policy(frame).values()))
    tiles, cdn = policy(frame, Settings(ign_tiles=True)), policy(frame, Settings(allow_cdn=True))
    assert "https://data.geopf.fr" in tiles["img-src"]
    assert "https:" not in tiles["script-src"]
    assert "https://" in cdn["script-src"]
    assert "https:" not in " ".join(policy("/", Settings(allow_cdn=True, ign_tiles=True)).values())


def test_frames_of_other_sites_are_the_operators_choice() -> None:
    """Ours always, because the maps stand in frames; a site that is named as well."""
    named = Settings(frame_ancestors="https://pole.example")
    for target in ("/", "/component/streamlit_folium.st_folium/index.html"):
        assert policy(target, named)["frame-ancestors"] == "'self' https://pole.example"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]", "unix:///run/x"])
def test_a_laptop_starts_on_its_own_address(address: str) -> None:
    """Nobody else reaches it."""
    door.require_closed_or_public(Settings(), address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", None, "", "192.168.1.10", "carto.example"])
def test_a_laptop_does_not_start_for_others(address: str | None) -> None:
    """It says why and what to set; with a public address it starts."""
    with pytest.raises(SettingError, match="BIOCARTO_PUBLIC_URL") as caught:
        door.require_closed_or_public(Settings(), address)
    assert "Rien n'a démarré" in caught.value.fr
    door.require_closed_or_public(Settings(public_url="http://carto.example"), address)


def test_the_heap_is_frozen_after_everything_was_read() -> None:
    """In their order, before the first visitor."""
    done: list[str] = []

    async def start() -> int:
        async with door.build_lifespan(lambda: done.append("files"), lambda: done.append("tables"))(object()):
            return gc.get_freeze_count()

    try:
        assert asyncio.run(start()) > 1000
    finally:
        gc.unfreeze()
    assert done == ["files", "tables"]


@pytest.mark.parametrize(("accepted", "packed"), [("gzip", True), ("gzip;q=0", False), ("identity, gzip; q=0.0", False)])
def test_who_refuses_gzip_gets_none(accepted: str, packed: bool) -> None:
    """Streamlit packs answers with this middleware, which looks for the word alone."""
    packing = GZipMiddleware(Response("a" * 5000))
    answer = ask(AnswerHeaders(packing, LAPTOP, "", LoadingHints(dict, [])), "/file.csv", accept_encoding=accepted)
    assert ("content-encoding" in answer.headers, len(answer.body) < 5000) == (packed, packed)
