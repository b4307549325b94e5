"""The front-end files at `/assets/`: read and compressed once, named by their content, kept by browsers for ever."""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from biocarto.maps.assets import MANIFEST, read_manifest
from biocarto.server.guard import answer_unknown

FOREVER = "public, max-age=31536000, immutable"
BRIEF = "no-cache"
"""For the few files whose name does not tell their content: kept, and asked about each time."""
AS_IT_IS = "identity"
"""The encoding of an answer that Streamlit is not to compress under the tag of its plain bytes; `AnswerHeaders` takes it off again."""
CHUNK = 65_536
"""Bytes handed over at once: a slow client holds no more than this."""
_NAMED = re.compile(r".*-([0-9a-f]{8}|\d+\.\d+\.\d+)(\.LICENSE)?\.\w+")
_KINDS = {".js": "text/javascript", ".json": "application/json", ".woff2": "font/woff2", ".txt": "text/plain"}


@dataclass(frozen=True)
class Asset:
    """One file: its bytes as they are and compressed (gzip), its kind, a digest of them, and how long a browser may keep it."""

    content: bytes
    packed: bytes
    kind: str
    digest: str
    keep: str

    @classmethod
    def read(cls, path: Path) -> Asset:
        """A file of the folder; raises OSError."""
        kind = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return cls.pack(path.read_bytes(), kind, FOREVER if _NAMED.fullmatch(path.name) else BRIEF)

    @classmethod
    def pack(cls, content: bytes, kind: str, keep: str) -> Asset:
        """What was made here."""
        return cls(content, gzip.compress(content, 9, mtime=0), kind, sha256(content).hexdigest()[:16], keep)


class AssetStore:
    """Every file of a folder in memory; a newly built folder is taken up when somebody asks for what it brought."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, Lock()
        self._files: dict[str, Asset] = {}
        self._names: dict[str, str] = {}
        self._stamp = -1

    def _find_build_time(self) -> int:
        """When the folder was last completed: its manifest is written last (nanoseconds, 0 for none)."""
        try:
            return (self._folder / MANIFEST).stat().st_mtime_ns
        except OSError:
            return 0

    def read_files(self) -> None:
        """Read the folder, unless it was read since it was last built; what cannot be read is not there."""
        with self._lock:
            stamp = self._find_build_time()
            if stamp != self._stamp:
                self._files = dict(self._each()) if stamp else {}
                self._names = read_manifest(self._folder / MANIFEST)
                self._stamp = stamp

    def _each(self) -> Iterator[tuple[str, Asset]]:
        for path in sorted(self._folder.rglob("*")):
            name = path.relative_to(self._folder).as_posix()
            if path.is_file() and not path.is_symlink() and not path.name.startswith(".") and name != MANIFEST:
                try:
                    yield name, Asset.read(path)
                except OSError:
                    continue

    def read_manifest(self) -> dict[str, str]:
        """Logical name -> file name of what was built."""
        return self._names

    def find(self, name: str) -> Asset | None:
        """A file by its path in the folder."""
        return self._files.get(name)


def accepts_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip: named, or by `*`, and not with a weight of nothing."""
    weights = {name.strip().lower(): rest.replace(" ", "") for name, _, rest in (part.partition(";") for part in accepted.split(","))}
    given = weights.get("gzip", weights.get("*"))
    return given is not None and re.fullmatch(r"q=0(\.0*)?", given) is None


class AssetResponse(Response):
    """An asset in pieces, so that a slow client holds one piece and not the file."""

    def __init__(self, asset: Asset, request: Request) -> None:
        packed = accepts_gzip(request.headers.get("accept-encoding", ""))
        etag = f'"{asset.digest}{"-gzip" if packed else ""}"'
        known = etag in request.headers.get("if-none-match", "")
        headers = {"Cache-Control": asset.keep, "ETag": etag, "Vary": "Accept-Encoding"}
        super().__init__(b"", 304 if known else 200, headers, asset.kind)
        body = b"" if known else asset.packed if packed else asset.content
        if not known:
            self.headers["Content-Length"] = str(len(body))
            if packed:
                self.headers["Content-Encoding"] = "gzip"
        self._pieces = memoryview(b"" if request.method == "HEAD" else body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is read
        """Send headers, then each piece when the one before has gone."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for start in range(0, len(self._pieces), CHUNK):
            piece = bytes(self._pieces[start : start + CHUNK])
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class AssetsEndpoint:
    """Answers `/assets/{path}`: the file, 304 where the browser has it, 404 in words."""

    def __init__(self, shelf: AssetStore) -> None:
        self._shelf = shelf

    async def __call__(self, request: Request) -> Response:
        """One file of the shelf."""
        name = str(request.path_params.get("path", ""))
        asset = self._shelf.find(name)
        if asset is None:
            await to_thread.run_sync(self._shelf.read_files)
            asset = self._shelf.find(name)
        if asset is None:
            return await answer_unknown(request)
        return AssetResponse(asset, request)
