"""An ASGI application behind a real socket, in a thread of the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def serve(app: ASGIApp) -> Iterator[int]:
    """The port at which `app` answers, as Streamlit serves ours (uvicorn, no log of requests)."""
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, lifespan="off", log_level="error"))
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = server.force_exit = True
        thread.join(20)


def ask_socket(port: int, text: str, caller: str = "127.0.0.1") -> bytes:
    """All that comes back for a request, which closes the connection; `caller` is an address of this machine."""
    with socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(caller, 0)) as asking:
        asking.sendall(text.encode())
        return b"".join(iter(lambda: asking.recv(65_536), b""))


def wait_until(is_so: object, seconds: float = 30) -> None:
    """Until a function says yes; AssertionError where it does not."""
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "it never became so"
        time.sleep(0.01)
