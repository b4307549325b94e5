"""Who is let in: hosts, proxies, origins, methods and addresses, each refused in words and without reading what it sends."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from biocarto.config import Settings, read_host
from biocarto.server.guard import LONGEST_ADDRESS, Policy, RequestGuard
from biocarto.serving import Serving
from tests.support.asgi import Answer, ask

SERVED = PlainTextResponse("served")
LAPTOP = Settings()
PUBLIC = Settings(public_url="https://carto.example:8443/biocarto")
STREAM = "/_stcore/stream"

FOREIGN_HOSTS = [
    "evil.example",
    "localhost.evil.example",
    "evil.example:8501",
    "127.0.0.2",
    "192.168.1.10",
    "localhost@evil.example",
    "evil.example#localhost",
    "localhost/",
    "localhost:8501:1",
    "localhost:",
    "localhost:99999999",
    "[::1",
    "::1",
    "[localhost]",
    "localhost,evil.example",
    "é",
]
FORWARDING = [
    "forwarded",
    "via",
    "x_real_ip",
    "x_forwarded_for",
    "x_forwarded_host",
    "x_forwarded_proto",
    "x_forwarded_anything",
    "x_forwarded",
    "true_client_ip",
    "cf_connecting_ip",
    "x_cluster_client_ip",
    "cdn_loop",
]
FOREIGN_ORIGINS = [
    "http://evil.example",
    "null",
    "http://localhost.evil.example",
    "file://",
    "http://localhost@evil.example",
    "//localhost",
]
CLOSED = ["metrics", "agent/interact", "agent/mcp", "agent/openapi.json", "script-health-check", "", "streams", "health/x"]
MALFORMED = [
    r"*",
    r"http://localhost:8501/healthz",
    r"/%",
    r"/%zz",
    r"/%?41",
    r"/%e9",
    r"/%c3",
    r"/a%00b",
    r"/a%0d%0aSet-Cookie:x",
    r"//evil.example",
    r"/..",
    r"/../etc/passwd",
    r"/a/%2e%2e/b",
    r"/a%5c..%5cb",
    r"/?q=%",
    r"/?q=%ff",
    r"/./a",
]
WELL_FORMED = ["/annuaire?q=%C3%89vry", "/annuaire?q=100%25", "/a.b/c..d", "/annuaire?area=48.1,2.3;48.2,2.4", "/annuaire?q=../.."]


def asked(
    target: str = "/", method: str = "GET", kind: str = "http", settings: Settings = LAPTOP, base: str = "", **headers: str
) -> Answer:
    """What the guard answers, in front of an application that serves everything."""
    return ask(RequestGuard(SERVED, Policy.from_settings(settings), base), target, method, kind, **headers)


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:8501"])
def test_a_laptop_answers_under_its_own_names(host: str) -> None:
    """With any port: an operator may choose it, a tunnel may change it."""
    assert asked(host=host).status == 200


@pytest.mark.parametrize("host", [*FOREIGN_HOSTS, " ", ""])
def test_another_host_is_refused(host: str) -> None:
    """DNS rebinding: a page of another site that resolves to this machine reads nothing."""
    answer = asked(host=host)
    assert answer.status == 403
    assert "BIOCARTO_PUBLIC_URL" in answer.body.decode()
    assert asked(STREAM, kind="websocket", host=host).status == 403


def test_a_public_server_answers_under_its_name_too() -> None:
    """Whatever port and path its address has; a machine's own names stay, for the proxy beside it and for health checks."""
    assert asked(settings=PUBLIC, host="carto.example").status == 200
    assert asked(settings=PUBLIC, host="Carto.example:8443").status == 200
    assert asked(settings=PUBLIC).status == 200
    assert asked(settings=PUBLIC, host="example").status == 403


@pytest.mark.parametrize("name", FORWARDING)
def test_a_laptop_refuses_what_a_proxy_sends(name: str) -> None:
    """Nobody exposes a laptop by accident; a public server takes each of them."""
    answer = asked(**{name: "203.0.113.9"})
    assert answer.status == 421
    assert "BIOCARTO_PUBLIC_URL" in json.loads(answer.body)["detail"]
    assert asked(STREAM, kind="websocket", **{name: "x"}).status == 421
    assert asked(settings=PUBLIC, **{name: "203.0.113.9"}).status == 200


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_page_of_another_site_opens_no_session(origin: str) -> None:
    """Its origin is refused at the WebSocket and for every method that could change something; it may read, as anybody."""
    assert asked(STREAM, kind="websocket", origin=origin).status == 403
    assert asked("/", "POST", origin=origin).status == 403
    assert asked("/", origin=origin).status == 200


def test_our_own_pages_open_a_session() -> None:
    """The origin is the host, by whichever of its names and ports; a public one behind TLS too."""
    for origin in ("http://localhost:8501", "https://127.0.0.1"):
        assert asked(STREAM, kind="websocket", origin=origin).status == 200
    assert asked(STREAM, kind="websocket", origin="http://[::1]:8501", host="[::1]:8501").status == 200
    assert asked(STREAM, kind="websocket", settings=PUBLIC, origin="https://carto.example:8443", host="carto.example").status == 200
    assert asked(STREAM, kind="websocket", settings=PUBLIC, origin="https://other.example", host="carto.example").status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"])
def test_addresses_are_only_read(method: str) -> None:
    """405 in words, which methods there are, and nothing of the body is taken."""
    answer = asked("/annuaire", method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.read == 0


@pytest.mark.parametrize("path", ["/ogc", "/ogc/", "/data/latest/actors.csv", "/catalog.jsonld", "/changements.atom", "/embed/map"])
@pytest.mark.parametrize("base", ["", "/carto"])
def test_a_page_of_another_site_may_read_what_programs_read(path: str, base: str) -> None:
    """And ask before what it may do; nothing else, and a program is never told so by a page."""
    for method in ("GET", "HEAD", "OPTIONS"):
        assert asked(base + path, method, origin="https://pole.example", base=base).status == 200
    answer = asked(base + path, "POST", origin="https://pole.example", base=base, accept="text/html")
    assert (answer.status, answer.headers["allow"], answer.read) == (405, "GET, HEAD, OPTIONS", 0)
    assert answer.headers["content-type"] == "application/problem+json"
    assert asked(f"{base}/ogcx", "OPTIONS", base=base).status == 405


def test_one_address_takes_something_from_servers_alone() -> None:
    """A page of another site is refused there, and nothing reads it."""
    assert asked("/api/proposals", "POST").status == 200
    assert asked("/api/proposals", "POST", origin="https://pole.example").status == 403
    assert asked("/api/proposals", "OPTIONS", origin="https://pole.example").status == 403
    assert asked("/api/proposals").headers["allow"] == "OPTIONS, POST"
    assert asked("/api/other", "POST").status == 405


@pytest.mark.parametrize(
    ("path", "serving"),
    [
        ("/", {"all", "pages"}),
        ("/annuaire", {"all", "pages"}),
        ("/api/proposals", {"all", "pages"}),
        ("/ogc", {"all", "programs"}),
        ("/data/latest/", {"all", "programs"}),
        ("/changements.atom", {"all", "programs"}),
        ("/healthz", {"all", "pages", "programs"}),
        ("/assets/x.js", {"all", "pages", "programs"}),
    ],
)
def test_a_process_serves_what_it_is_set_up_for(path: str, serving: set[str]) -> None:
    """The rest is 404 in words, with the setting; what writes stays with the pages."""
    method = "POST" if path.startswith("/api") else "GET"
    found = {kind: asked(path, method, settings=Settings(serves=kind)) for kind in Serving}
    assert {kind.value for kind, answer in found.items() if answer.status == 200} == serving
    assert all("BIOCARTO_SERVES" in answer.body.decode() for answer in found.values() if answer.status == 404)
    assert asked(STREAM, kind="websocket", settings=Settings(serves=Serving.PROGRAMS)).status == 404


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "GET"])
def test_no_file_is_taken(method: str) -> None:
    """Streamlit's upload address is closed before a byte is read, below a base path too."""
    for base in ("", "/carto"):
        answer = asked(f"{base}/_stcore/upload_file/session/file", method, base=base)
        assert (answer.status, answer.read) == (413, 0)


@pytest.mark.parametrize("path", CLOSED)
def test_inner_addresses_are_closed(path: str) -> None:
    """Memory figures, an interface for agents: nothing that a page needs."""
    answer = asked(f"/_stcore/{path}")
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["health", "host-config", "stream", "bidi-components/a.js"])
def test_what_pages_need_is_open(path: str) -> None:
    """Streamlit's client asks these four."""
    assert asked(f"/_stcore/{path}").status == 200


@pytest.mark.parametrize("target", MALFORMED)
def test_an_address_that_is_none_is_refused(target: str) -> None:
    """Half a percent sign, bytes that are no text, a way out of the folder, a header in a path."""
    answer = asked(target)
    assert answer.status == 400
    assert "well formed" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize("target", WELL_FORMED)
def test_an_address_of_people_is_served(target: str) -> None:
    """Accents, a percent sign that is meant, dots in names."""
    assert asked(target).status == 200


def test_the_longest_address() -> None:
    """16 kB are served, one byte more is told."""
    assert asked("/?q=" + "a" * (LONGEST_ADDRESS - 3)).status == 200
    answer = asked("/?q=" + "a" * (LONGEST_ADDRESS - 2))
    assert answer.status == 414
    assert len(answer.body) < 1000


def test_people_get_a_page_and_programs_a_problem() -> None:
    """Both in French and in English; what a client has sent is text in the page."""
    page = asked("/_stcore/%3Cscript%3E", accept="text/html,*/*")
    assert page.headers["content-type"].startswith("text/html")
    assert "Il n'y a rien" in page.body.decode()
    assert "There is nothing" in page.body.decode()
    assert b"<script" not in page.body
    problem = json.loads(asked("/_stcore/x").body)
    assert {"type", "title", "status", "detail", "detail_fr"} == problem.keys()


def test_an_origin_that_streamlit_would_look_up_outside_is_refused() -> None:
    """It takes an origin that is not the host for its own machine's address, and asks two other servers for that."""
    assert asked(STREAM, kind="websocket", origin="http://[::1]:8501").status == 403


@given(st.text(max_size=80))
def test_a_host_is_a_name_or_nothing(text: str) -> None:
    """What is read out of a Host header holds no sign that could lead elsewhere."""
    host = read_host(text)
    assert set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_:[]")
    assert not host or text.lower().startswith(host)
