"""The addresses of sign-in: closed unless there is a provider, opened only, leading back to the desk, their cookies safe."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
import streamlit
import streamlit_folium
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from biocarto.config import Settings
from biocarto.server import door
from biocarto.server.assets import AssetStore
from biocarto.server.guard import Policy, RequestGuard
from biocarto.server.sign_in import ADDRESSES, CALLBACK, LOGIN, LOGOUT, SignInAnswers
from tests.support.asgi import Answer, ask

ROOT = Path(__file__).resolve().parents[2]
CLIENT = Path(streamlit.__file__).parent / "static"
COMPONENT = Path(streamlit_folium.__file__).parent / "frontend" / "build"
LAPTOP = Settings()
SERVED = PlainTextResponse("served")
PUBLIC = Settings(public_url="https://carto.example/carto")
USER = '_streamlit_user="2|1:0|x"; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax'
GONE = '_streamlit_user=""; expires=Sat, 28 Nov 2026 20:00:00 GMT; Max-Age=0; Path=/; SameSite=lax'
TOKENS = "_streamlit_user_tokens=abc; HttpOnly; Path=/; SameSite=lax"


def guarded(
    target: str, method: str = "GET", *, base: str = "", signs_in: bool = True, settings: Settings = LAPTOP, **headers: str
) -> Answer:
    """What the guard answers in front of an application that serves everything."""
    return ask(RequestGuard(SERVED, Policy.from_settings(settings, lambda: signs_in), base), target, method, **headers)


def answered(
    target: str, *, base: str = "", secure: bool = False, status: int = 302, to: str = "", cookies: tuple[str, ...] = ()
) -> Answer:
    """What becomes of an answer of Streamlit's."""

    async def serve(_request: Request) -> Response:
        answer = RedirectResponse(to or f"{base}/", status) if status == 302 else PlainTextResponse("Authentication error", status)
        for cookie in cookies:
            answer.headers.append("set-cookie", cookie)
        return answer

    app = Starlette(routes=[Route("/{path:path}", serve)])
    return ask(SignInAnswers(app, base, secure), target, accept="text/html")


@pytest.mark.parametrize("base", ["", "/carto"])
@pytest.mark.parametrize("address", sorted(ADDRESSES))
def test_the_addresses_of_sign_in_are_opened_only(address: str, base: str) -> None:
    """GET where there is a provider, below the base path and behind a proxy; no other method, and nothing of a body is read."""
    assert guarded(f"{base}{address}?code=x&state=y", base=base).status == 200
    assert guarded(f"{base}{address}", base=base, settings=PUBLIC, host="carto.example", x_forwarded_proto="https").status == 200
    for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
        answer = guarded(f"{base}{address}", method, base=base)
        assert (answer.status, answer.headers["allow"], answer.read) == (405, "GET", 0)


@pytest.mark.parametrize("address", sorted(ADDRESSES))
def test_without_a_provider_there_are_no_such_addresses(address: str) -> None:
    """Nor for a page of the same machine."""
    answer = guarded(address, signs_in=False)
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/auth", "/auth/", "/auth/login/", "/auth/x", "/auth/login/x", "/oauth2callback/", "/oauth2callback/x"])
def test_nothing_stands_beside_them(path: str) -> None:
    """Streamlit would answer its page to each."""
    assert guarded(path).status == 404


@pytest.mark.parametrize("path", ["/authors", "/atelier", "/oauth2callbacks", "/annuaire/auth/login"])
def test_other_addresses_are_as_they_were(path: str) -> None:
    """Pages whose names begin alike."""
    assert guarded(path, signs_in=False).status == 200


def test_another_site_signs_nobody_out() -> None:
    """A link or a picture there; our own page does, and so does an address that is typed."""
    assert guarded(LOGOUT, sec_fetch_site="cross-site").status == 403
    for site in ("same-origin", "none", ""):
        assert guarded(LOGOUT, sec_fetch_site=site).status == 200
    assert guarded(CALLBACK, sec_fetch_site="cross-site").status == 200


ENDS = [
    (f"{CALLBACK}?code=a&state=b", (USER, TOKENS), "/atelier"),
    (f"{CALLBACK}?code=a&state=b", (GONE, TOKENS, USER), "/atelier"),
    (f"{CALLBACK}?code=a&state=b", (TOKENS,), "/atelier?connexion=echec"),
    (f"{CALLBACK}?code=a&state=b", (GONE,), "/atelier?connexion=echec"),
    (f"{CALLBACK}?code=a", (), "/atelier?connexion=echec"),
    (f"{CALLBACK}?error=access_denied&state=b", (GONE,), "/atelier?connexion=refus"),
    (CALLBACK, (), "/atelier"),
    (f"{LOGIN}?provider=late", (), "/atelier?connexion=echec"),
    (LOGOUT, (GONE,), "/atelier"),
]


@pytest.mark.parametrize("base", ["", "/carto"])
@pytest.mark.parametrize(("target", "cookies", "expected"), ENDS, ids=range(len(ENDS)))
def test_a_sign_in_leads_back_to_the_desk(target: str, cookies: tuple[str, ...], expected: str, base: str) -> None:
    """Signed in, refused, failed, signed out: each ends where the page can say so, and nobody keeps the answer."""
    answer = answered(f"{base}{target}", base=base, cookies=cookies)
    assert answer.headers["location"] == f"{base}{expected}"
    assert answer.headers["cache-control"] == "no-store"


def test_the_way_to_the_provider_is_its_own() -> None:
    """To sign in and to sign out."""
    for target in (LOGIN, LOGOUT):
        assert answered(target, to="https://login.example/x?y=1").headers["location"] == "https://login.example/x?y=1"
    assert answered("/annuaire").headers["location"] == "/"


def test_a_provider_that_is_silent_is_told() -> None:
    """In two languages, with what to do, instead of Streamlit's two words."""
    answer = answered(LOGIN, status=400)
    assert answer.status == 503
    assert "ne répond pas" in answer.body.decode()
    assert "does not answer" in answer.body.decode()
    assert b"Authentication error" not in answer.body


def test_cookies_of_a_public_address_are_for_https_only() -> None:
    """Streamlit leaves that out; on a laptop, where there is no https, it stays out."""
    for cookie in (USER, GONE, "_streamlit_xsrf=x; Path=/"):
        assert answered("/", secure=True, cookies=(cookie,)).headers["set-cookie"] == f"{cookie}; Secure"
        assert answered("/", cookies=(cookie,)).headers["set-cookie"] == cookie
    assert answered("/", secure=True, cookies=("a=b; Secure",)).headers["set-cookie"] == "a=b; Secure"


def test_a_public_server_says_so_to_its_middleware() -> None:
    """By the scheme of its address."""
    for url, secure in [("https://carto.example", True), ("http://carto.example", False), ("", False)]:
        stack = door.build_middleware(Settings(public_url=url), AssetStore(Path("none")), CLIENT, COMPONENT)
        assert [entry.kwargs["secure"] for entry in stack if entry.cls is SignInAnswers] == [secure]


@pytest.mark.parametrize(
    "path", ["/", "/atelier", "/healthz", "/assets/x", "/component/x", "/media/x", "/_stcore/stream", "/_stcore/host-config"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_cookie_changes_nothing_by_itself(path: str, method: str) -> None:
    """Whoever brings the cookie of a member writes nowhere but in a page's own session: every address is only read."""
    answer = guarded(path, method, cookie="_streamlit_user=x; _streamlit_xsrf=y", x_xsrftoken="y")
    assert (answer.status, answer.read) == (405, 0)
    assert "GET" in json.loads(answer.body)["detail"]


def test_no_address_of_ours_knows_the_desk() -> None:
    """What answers requests imports neither the desk nor its store: there is nothing in it that could write."""
    for path in (ROOT / "src/biocarto/server").glob("*.py"):
        names = [node.module or "" for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]
        assert [name for name in names if name.startswith(("biocarto.desk", "biocarto.store"))] == []
    routes = door.build_routes(AssetStore(Path("none")), str)
    assert {method for route in routes if isinstance(route, Route) for method in route.methods or ()} == {"GET", "HEAD"}
