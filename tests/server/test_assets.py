"""Front-end files at `/assets/`: whole, compressed once, kept for ever where their name tells their content."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from starlette.applications import Starlette

from biocarto.server import door
from biocarto.server.assets import CHUNK, AssetStore
from tests.support.asgi import Answer, ask

SCRIPT = "biocarto-1a2b3c4d.js"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built folder with a large script, a licence, an image without a hash, and what no visitor may have."""
    (tmp_path / "images").mkdir()
    (tmp_path / SCRIPT).write_bytes(b"let a = 1;\n" * 20_000)
    (tmp_path / "leaflet-1.9.4.LICENSE.txt").write_text("BSD")
    (tmp_path / "images" / "layers.png").write_bytes(b"png")
    (tmp_path / ".draft.js.123").write_text("half")
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "link.js").symlink_to("/etc/passwd")
    return tmp_path


@pytest.fixture
def shelf(folder: Path) -> AssetStore:
    """The folder as the server has read it."""
    found = AssetStore(folder)
    found.read_files()
    return found


def asked(shelf: AssetStore, target: str, method: str = "GET", **headers: str) -> Answer:
    """What the routes answer."""
    return ask(Starlette(routes=door.build_routes(shelf, lambda: "2026-11-22")), target, method, **headers)


def test_a_file_is_whole_and_kept_for_ever(shelf: AssetStore, folder: Path) -> None:
    """Its bytes, its kind, a year and immutable; packed where the browser can, the same once unpacked."""
    content = (folder / SCRIPT).read_bytes()
    plain, packed = asked(shelf, f"/assets/{SCRIPT}"), asked(shelf, f"/assets/{SCRIPT}", accept_encoding="gzip, br")
    assert plain.body == gzip.decompress(packed.body) == content
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["content-type"].startswith("text/javascript")
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["vary"] == "Accept-Encoding"
    assert plain.headers["etag"] != packed.headers["etag"]
    assert len(packed.body) < len(content) / 100


def test_a_slow_client_holds_a_piece(shelf: AssetStore) -> None:
    """The body comes in pieces of 64 kB at most, each when the one before has gone."""
    assert max(asked(shelf, f"/assets/{SCRIPT}").pieces) == CHUNK


def test_head_and_304_have_no_body(shelf: AssetStore, folder: Path) -> None:
    """`curl -I` tells the size; a browser that has the file gets nothing again."""
    head = asked(shelf, f"/assets/{SCRIPT}", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == (folder / SCRIPT).stat().st_size
    again = asked(shelf, f"/assets/{SCRIPT}", if_none_match=head.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert asked(shelf, f"/assets/{SCRIPT}", if_none_match='"other"').status == 200


PACKED = ["gzip", "br, GZIP;q=0.5", "*"]
PLAIN = ["gzip;q=0", "gzip; q=0.0, *", "br", "identity"]


@pytest.mark.parametrize(("accepted", "packed"), [*((name, True) for name in PACKED), *((name, False) for name in PLAIN)])
def test_a_file_is_packed_for_who_can_unpack_it(shelf: AssetStore, accepted: str, packed: bool) -> None:
    """A weight of nothing says no."""
    assert ("content-encoding" in asked(shelf, f"/assets/{SCRIPT}", accept_encoding=accepted).headers) is packed


@pytest.mark.parametrize(("name", "keep"), [("leaflet-1.9.4.LICENSE.txt", "immutable"), ("images/layers.png", "no-cache")])
def test_only_what_is_named_by_its_content_stays(shelf: AssetStore, name: str, keep: str) -> None:
    """A version or a hash; an image that leaflet.css asks for by a plain name is asked about each time."""
    assert keep in asked(shelf, f"/assets/{name}").headers["cache-control"]


@pytest.mark.parametrize(
    "name",
    ["none", "", "manifest.json", ".draft.js.123", "images", "images/", "link.js", f"{SCRIPT}/", f"/{SCRIPT}", "%2e%2e/manifest.json"],
)
def test_what_is_not_there_is_404_in_words(shelf: AssetStore, name: str) -> None:
    """Never a page of the app, and no way out of the folder."""
    answer = asked(shelf, f"/assets/{name}")
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["detail_fr"].startswith("Il n'y a rien")


@pytest.mark.parametrize("target", ["/assets", "/healthz/", "/healthz/more"])
def test_a_prefix_without_a_name_is_404(shelf: AssetStore, target: str) -> None:
    """With and without a slash at the end."""
    assert asked(shelf, target).status == 404


def test_a_folder_half_written_serves_what_it_had(shelf: AssetStore, folder: Path) -> None:
    """A build writes its manifest last: until then the new file is unknown, then it is there, and the old one stays until it goes."""
    (folder / "biocarto-ffffffff.js").write_text("new")
    assert asked(shelf, "/assets/biocarto-ffffffff.js").status == 404
    (folder / "manifest.json").write_text('{"biocarto.js": "biocarto-ffffffff.js"}')
    assert asked(shelf, "/assets/biocarto-ffffffff.js").body == b"new"
    assert asked(shelf, f"/assets/{SCRIPT}").status == 200


def test_a_folder_that_goes_takes_its_files_along(shelf: AssetStore, folder: Path) -> None:
    """`make clean` under a running server: what is known is served on, what is new is 404, nothing breaks."""
    (folder / "manifest.json").unlink()
    assert asked(shelf, f"/assets/{SCRIPT}").status == 200
    assert asked(shelf, "/assets/none").status == 404


def test_no_folder_is_an_empty_shelf(tmp_path: Path) -> None:
    """A fresh clone before `make assets`."""
    shelf = AssetStore(tmp_path / "static")
    shelf.read_files()
    assert asked(shelf, f"/assets/{SCRIPT}").status == 404
