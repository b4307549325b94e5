"""Parts of a file, and files that the reader has: as HTTP has them, for readers of Parquet and for whoever tries odd headers."""

from __future__ import annotations

import gzip
import io
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from biocarto.api.files.ranges import MOST_RANGES, choose_ranges
from biocarto.api.routes import build_routes
from tests.support.asgi import ask
from tests.support.sources import OLDER, a_source

FILE = f"/data/{OLDER}/actors.csv"
PARQUET = f"/data/{OLDER}/communes.parquet"
CONTENT = (Path(__file__).resolve().parents[3] / "data" / "actors.csv").read_bytes()
SIZE = len(CONTENT)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """All doors of two editions."""
    return Starlette(routes=build_routes(a_source(tmp_path_factory.mktemp("store"))))


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=5-", 5, SIZE - 1),
        ("bytes=-7", SIZE - 7, SIZE - 1),
        (f"bytes=9-{SIZE * 9}", 9, SIZE - 1),
        ("BYTES= 1-2", 1, 2),
    ],
)
def test_a_part_is_what_was_asked_for(app: Starlette, given: str, first: int, last: int) -> None:
    """206, with where it stands in the file."""
    answer = ask(app, FILE, range=given)
    assert (answer.status, answer.body) == (206, CONTENT[first : last + 1])
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{SIZE}"


@pytest.mark.parametrize("given", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0", f"bytes=999999999999-,{SIZE}-"])
def test_a_part_beyond_the_end_is_416(app: Starlette, given: str) -> None:
    """With the size, in words."""
    answer = ask(app, FILE, range=given)
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{SIZE}")
    assert answer.headers["content-type"] == "application/problem+json"


MEANINGLESS = [
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=a-b",
    "bytes=5-3",
    "lines=0-3",
    "bytes=0-1;2-3",
    "bytes=--1",
    "bytes=+1-2",
    f"bytes={'9' * 5000}-",
    "bytes=١-٢",
]


@pytest.mark.parametrize("given", MEANINGLESS)
def test_a_range_that_means_nothing_is_ignored(app: Starlette, given: str) -> None:
    """The standard's answer: the whole file."""
    assert (answer := ask(app, FILE, range=given.encode().decode("latin-1"))).status == 200
    assert answer.body == CONTENT


def test_several_parts_come_together(app: Starlette) -> None:
    """One that is not there is left out; too many give the whole file."""
    answer = ask(app, FILE, range=f"bytes=0-4,10-14,{SIZE * 2}-")
    assert answer.status == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert answer.body.count(b"Content-Range: bytes ") == 2
    assert CONTENT[0:5] in answer.body
    assert CONTENT[10:15] in answer.body
    many = ",".join(f"{place}-{place}" for place in range(0, 4 * MOST_RANGES, 2))
    assert ask(app, FILE, range=f"bytes={many}").status == 200


@given(st.text(alphabet="bytes=0123456789-, \t", max_size=60) | st.text(max_size=20), st.integers(1, 50))
def test_chosen_ranges_lie_within_the_file(header: str, size: int) -> None:
    """Whatever the header says: nothing, or parts that are there."""
    for first, last in choose_ranges(header, size) or ():
        assert 0 <= first <= last < size


@given(
    st.from_regex(r"bytes=[0-9]{0,8}-[0-9]{0,8}(,[0-9]{0,3}-[0-9]{0,3}){0,3}", fullmatch=True)
    | st.text(alphabet=st.characters(max_codepoint=255), max_size=30)
)
def test_no_range_is_a_fault(app: Starlette, header: str) -> None:
    """And a part is never more than the file."""
    answer = ask(app, FILE, range=header.strip())
    assert answer.status in {200, 206, 416}
    assert len(answer.body) <= SIZE + 1_000


def test_if_range_gives_the_whole_of_another_file(app: Starlette) -> None:
    """A reader with the right tag gets the part, one with another, or with a day of which there may be two files, the whole."""
    known = ask(app, FILE).headers
    given = {"same": known["etag"], "day": "Sat, 28 Nov 2026 00:00:00 GMT", "other": '"another"', "weak": f"W/{known['etag']}"}
    found = {name: ask(app, FILE, range="bytes=0-9", if_range=value).status for name, value in given.items()}
    assert found == {"same": 206, "day": 200, "other": 200, "weak": 200}


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("if_none_match", "{etag}", 304),
        ("if_none_match", 'W/"x", {etag}', 304),
        ("if_none_match", "*", 304),
        ("if_none_match", '"x"', 200),
        ("if_modified_since", "Sat, 28 Nov 2026 00:00:00 GMT", 200),
        ("if_modified_since", "Thu, 31 Dec 2099 00:00:00 GMT", 200),
        ("if_modified_since", "yesterday", 200),
    ],
)
def test_what_the_reader_has_is_not_sent_again(app: Starlette, header: str, value: str, status: int) -> None:
    """By its tag alone: what is made of an edition may change within a day."""
    known = ask(app, FILE).headers
    answer = ask(app, FILE, **{header: value.replace("{etag}", known["etag"])})
    assert (answer.status, not answer.body) == (status, status == 304)
    assert "last-modified" not in known


def test_text_is_compressed_only_as_a_whole(app: Starlette) -> None:
    """With a tag of its own; a part is of the file as it is, and what is compressed already is not compressed again."""
    packed, part = ask(app, FILE, accept_encoding="gzip"), ask(app, FILE, accept_encoding="gzip", range="bytes=0-9")
    assert (packed.headers["content-encoding"], gzip.decompress(packed.body)) == ("gzip", CONTENT)
    assert packed.headers["etag"] != ask(app, FILE).headers["etag"]
    assert (part.status, part.body, part.headers["content-encoding"]) == (206, CONTENT[:10], "identity")
    assert ask(app, PARQUET, accept_encoding="gzip").headers["content-encoding"] == "identity"


def test_a_range_is_for_get_alone(app: Starlette) -> None:
    """HEAD tells of the whole file."""
    assert ask(app, FILE, method="HEAD", range="bytes=0-9").status == 200


class RemoteFile(io.RawIOBase):
    """A file behind HTTP, read by ranges, as readers of Parquet do it; counts the bytes that came."""

    def __init__(self, port: int, path: str) -> None:
        self._connection, self._path, self._place, self.came = HTTPConnection("127.0.0.1", port, timeout=30), path, 0, 0
        self._connection.request("HEAD", path, headers={"Accept-Encoding": "identity"})
        answer = self._connection.getresponse()
        answer.read()
        assert answer.headers["Accept-Ranges"] == "bytes"
        self.size = int(answer.headers["Content-Length"])

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """From any place."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go there; asks nothing."""
        self._place = offset + (0, self._place, self.size)[whence]
        return self._place

    def read(self, size: int = -1) -> bytes:
        """Ask for a part."""
        last = self.size - 1 if size < 0 else min(self._place + size, self.size) - 1
        if last < self._place:
            return b""
        self._connection.request("GET", self._path, headers={"Range": f"bytes={self._place}-{last}"})
        answer = self._connection.getresponse()
        content = answer.read()
        assert (answer.status, len(content)) == (206, last + 1 - self._place)
        self.came, self._place = self.came + len(content), last + 1
        return content

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
        super().close()


@pytest.fixture(scope="module")
def port(app: Starlette) -> Iterator[int]:
    """The same doors behind a server of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("edition", [OLDER, "latest"])
def test_pyarrow_reads_two_columns_by_range(port: int, edition: str) -> None:
    """Over HTTP, at a name and at `latest`, without the outlines of the communes: a part of the file comes."""
    with RemoteFile(port, f"/data/{edition}/communes.parquet") as file:
        found = pq.read_table(pa.PythonFile(file, mode="r"), columns=["name", "population"])
        assert (found.num_rows, found.column_names) == (1266, ["name", "population"])
        assert file.came < file.size / 2
