"""Files and pictures as the server sends them: inside its headers, and behind Streamlit's compression, which stands around all routes."""

from __future__ import annotations

import gzip

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware

from biocarto.api.routes import build_routes as build_all_routes
from biocarto.config import Settings
from biocarto.server.headers import AnswerHeaders
from biocarto.server.hints import LoadingHints
from tests.support.asgi import ask
from tests.support.pictures import a_door
from tests.support.sources import OLDER, a_source

HOME = f"/data/{OLDER}"
KINDS = [f"{HOME}/actors.{kind}" for kind in ("csv", "json", "xlsx", "parquet", "geojson", "gpkg")]
SMALL = [f"{HOME}/CITATION.cff", f"{HOME}/schema/actors.json", f"{HOME}/changes.csv"]


def as_served(app: ASGIApp) -> ASGIApp:
    """The routes with what stands around them."""
    return AnswerHeaders(SelectiveGZipMiddleware(app), Settings(), "", LoadingHints(dict, []))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> ASGIApp:
    """The files of two editions."""
    return as_served(Starlette(routes=build_all_routes(a_source(tmp_path_factory.mktemp("store")))))


@pytest.mark.parametrize("path", [*KINDS, *SMALL])
def test_a_download_that_was_cut_goes_on_with_the_same_bytes(served: ASGIApp, path: str) -> None:
    """The reader takes gzip and resumes with Range and If-Range: the tag tells whether the part belongs to what came before."""
    first = ask(served, path, accept_encoding="gzip")
    half = len(first.body) // 2
    rest = ask(served, path, accept_encoding="gzip", range=f"bytes={half}-", if_range=first.headers["etag"])
    whole = rest.body if rest.status == 200 else first.body[:half] + rest.body
    packed = (rest if rest.status == 200 else first).headers.get("content-encoding") == "gzip"
    assert (gzip.decompress(whole) if packed else whole) == ask(served, path).body


@pytest.mark.parametrize("path", [*KINDS, *SMALL])
def test_compressed_bytes_never_have_the_tag_of_plain_ones(served: ASGIApp, path: str) -> None:
    """Whether we compress or not; nobody is told of an encoding that is none."""
    plain, packed = ask(served, path), ask(served, path, accept_encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers.get("content-encoding") in {None, "gzip"}
    assert (packed.headers["etag"] == plain.headers["etag"]) is (packed.body == plain.body)


@pytest.mark.parametrize("name", ["tour.svg", "tour.png"])
def test_a_drawing_is_compressed_under_its_own_tag(name: str) -> None:
    """An SVG is text, an image is compressed already; each has one tag for one sequence of bytes, and both are known again."""
    served = as_served(a_door())
    plain, packed = ask(served, f"/picture/{name}"), ask(served, f"/picture/{name}", accept_encoding="gzip")
    assert (packed.headers.get("content-encoding") == "gzip") is name.endswith("svg")
    assert "Accept-Encoding" in packed.headers.get("vary", "") or name.endswith("png")
    assert (packed.headers["etag"] == plain.headers["etag"]) is (packed.body == plain.body)
    assert ask(served, f"/picture/{name}", accept_encoding="gzip", if_none_match=packed.headers["etag"]).status == 304
    assert ask(served, f"/picture/{name}", if_none_match=plain.headers["etag"]).status == 304
