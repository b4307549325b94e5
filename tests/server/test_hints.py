"""What a browser is told ahead: the files of a map where its frame is, the parts that show it where a page is, nothing elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit
import streamlit_folium
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from biocarto import config
from biocarto.config import Settings
from biocarto.maps.assets import MANIFEST, read_manifest
from biocarto.maps.base import SCRIPTS, STYLES
from biocarto.server.headers import AnswerHeaders
from biocarto.server.hints import CHUNKS, FRAME, LoadingHints, list_frame_hints, list_page_hints
from tests.support.asgi import ask

CLIENT = Path(streamlit.__file__).parent / "static"
COMPONENT = Path(streamlit_folium.__file__).parent / "frontend" / "build"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """A page at every address, but for one that is gone and one that is a file."""
    found = {"/gone": HTMLResponse("", 404), "/file.csv": Response("a", media_type="text/csv")}
    await found.get(scope["path"], HTMLResponse("page"))(scope, receive, send)


def hinted(path: str, base: str = "") -> str:
    """The `Link` header of an answer."""
    manifest = {"biocarto.js": "biocarto-1a2b3c4d.js", "leaflet.css": "leaflet-1.9.4.css"}
    hints = LoadingHints(lambda: manifest, ["<./a.js>; rel=modulepreload"])
    return ask(AnswerHeaders(application, Settings(), "", hints, base), path).headers.get("link", "")


@pytest.mark.parametrize("base", ["", "/carto"])
def test_the_frame_of_a_map_names_our_files(base: str) -> None:
    """Relative to the frame, so that they are right below any base path; what is not installed is not named."""
    assert hinted(base + FRAME, base) == (
        "<../../assets/biocarto-1a2b3c4d.js>; rel=preload; as=script, <../../assets/leaflet-1.9.4.css>; rel=preload; as=style"
    )


def test_pages_name_what_shows_a_map() -> None:
    """A page, and neither a file, a refusal nor what else a component has."""
    assert hinted("/annuaire") == "<./a.js>; rel=modulepreload"
    assert [hinted(path) for path in ("/gone", "/file.csv", "/component/other/index.html", "/embed/map", "/ogc")] == [""] * 5


def test_every_file_of_a_map_is_named(root: Path) -> None:
    """What is built here has them all, in the order of loading."""
    hints = list_frame_hints(read_manifest(config.STATIC / MANIFEST))
    assert len(hints) == len(SCRIPTS) + len(STYLES)


def test_the_parts_of_the_client_have_these_names() -> None:
    """Another version of Streamlit or streamlit-folium may cut them otherwise: then this list wants a look."""
    hints = list_page_hints(CLIENT, COMPONENT)
    assert [re.search(r"/js/(\w+)\.", hint)[1] for hint in hints] == [*CHUNKS, "main"]  # type: ignore[index]
