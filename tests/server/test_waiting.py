"""The scripts that say where the server is, and speak where a WebSocket is blocked: in every page, under their hashes, and nowhere else."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path

import pytest
import streamlit
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import Receive, Scope, Send

from biocarto.server.headers import hash_inline_scripts
from biocarto.server.waiting import SCRIPTS, WaitingWords, add_scripts
from tests.support.asgi import ask

PAGE = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Streamlit's page with the tags of a file, one refusal, one text."""
    found = {"/gone": HTMLResponse("gone", 404), "/healthz": PlainTextResponse("ok")}
    await found.get(scope["path"], HTMLResponse(PAGE, headers={"etag": '"1"', "last-modified": "then"}))(scope, receive, send)


def served(path: str, **headers: str) -> tuple[dict[str, str], str]:
    """The headers and the text of an answer."""
    answer = ask(WaitingWords(application, add_scripts(PAGE)), path, **headers)
    return answer.headers, answer.body.decode()


def test_a_page_comes_with_the_scripts_in_front_of_all_others() -> None:
    """They have to be there before Streamlit opens its WebSocket; the length is that of what is sent, the file's tags are gone."""
    headers, text = served("/annuaire", accept="text/html,*/*")
    ours = [text.index(path.read_text(encoding="utf-8")) for path in SCRIPTS]
    assert max(ours) < text.index("prerenderReady") < text.index('type="module"')
    assert headers["content-length"] == str(len(text.encode()))
    assert not {"etag", "last-modified"} & headers.keys()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_the_policy_allows_a_script_by_its_hash(path: Path) -> None:
    """The hash of what a browser is sent, computed by another path."""
    digest = base64.b64encode(sha256(path.read_bytes()).digest()).decode()
    assert f"'sha256-{digest}'" in hash_inline_scripts(add_scripts(PAGE))


@pytest.mark.parametrize(
    ("path", "accept", "body"),
    [
        ("/gone", "text/html", "gone"),
        ("/healthz", "text/html", "ok"),
        ("/annuaire", "*/*", PAGE),
        ("/component/a/index.html", "text/html", PAGE),
        ("/embed/map", "text/html", PAGE),
        ("/ogc", "text/html", PAGE),
    ],
)
def test_nothing_else_is_changed(path: str, accept: str, body: str) -> None:
    """Refusals, texts, programs' requests and the frames of maps are as they were."""
    assert served(path, accept=accept)[1] == body
