"""Streamlit's own address of uploads behind our guard, without a server: what it keeps, and how much of a body was taken."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.types import Message
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_routes import create_upload_routes

from biocarto.config import Settings
from biocarto.desk.intake.permits import UploadPermits
from biocarto.desk.members import Member
from biocarto.server.guard import Policy, RequestGuard
from biocarto.store.database import Store
from tests.support.asgi import scope_of

BOUNDARY = "----biocarto"
TOKEN = generate_xsrf_token_string()
CHUNK = 64 * 1024
"""Bytes that a server hands on at a time."""


@dataclass(frozen=True)
class Given:
    """What was answered, and how many bytes of the body were taken."""

    status: int
    words: str
    taken: int


@dataclass
class TurnedClock:
    """A clock that tests turn."""

    now: float = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


class _Runtime:
    """Every session is there."""

    @staticmethod
    def is_active_session(_session: str) -> bool:
        return True


def write_body(size: int, name: str = "contacts.csv") -> Iterator[bytes]:
    """A form with a file of so many bytes, piece by piece."""
    yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'.encode()
    for start in range(0, size, CHUNK):
        yield b"x" * min(CHUNK, size - start)
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


@dataclass
class UploadServer:
    """The guard before Streamlit's handlers; `seconds` is how long a file may take."""

    seconds: float = 60.0
    clock: TurnedClock = field(default_factory=TurnedClock)
    held: MemoryUploadedFileManager = field(default_factory=lambda: MemoryUploadedFileManager("/_stcore/upload_file"))

    def __post_init__(self) -> None:
        self.permits = UploadPermits(clock=self.clock)
        app = Starlette(routes=create_upload_routes(_Runtime(), self.held, ""))  # type: ignore[arg-type]
        self.app = RequestGuard(app, Policy.from_settings(Settings()), permits=self.permits)
        self.app._gate._seconds = self.seconds  # type: ignore[union-attr]

    def open_room(self, who: Member, store: Store) -> str:
        """The session of somebody who has the room of the import before them."""
        session = str(uuid.uuid4())
        self.permits.grant(session, who, store, lambda: self.held.remove_session_files(session))
        return session

    def count_bytes(self) -> int:
        """What is held in memory."""
        return sum(len(file.data) for files in self.held.file_storage.values() for file in files.values())

    def give(
        self,
        session: str,
        body: Iterable[bytes] | None = None,
        file: str = "",
        method: str = "PUT",
        *,
        pause: float = 0.0,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Given:
        """Send a file; without a length unless `headers` name it, `pause` seconds between two pieces."""
        given = {
            "content_type": f"multipart/form-data; boundary={BOUNDARY}",
            "cookie": f"_streamlit_xsrf={TOKEN}",
            "x_xsrftoken": TOKEN,
            "origin": "http://localhost:8501",
        } | dict(headers)
        address = f"/_stcore/upload_file/{session}/{file or uuid.uuid4()}"
        return asyncio.run(self._give(scope_of(address, method, **given), iter(write_body(1000) if body is None else body), pause))

    async def _give(self, scope: dict[str, object], pieces: Iterator[bytes], pause: float) -> Given:
        sent: list[Message] = []
        taken = 0

        async def receive() -> Message:
            nonlocal taken
            await asyncio.sleep(pause)
            piece = next(pieces, None)
            taken += len(piece or b"")
            return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return Given(sent[0]["status"], b"".join(part.get("body", b"") for part in sent[1:]).decode(), taken)
