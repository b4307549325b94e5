"""A whole server behind its socket: what it logs, and what a thousand silent connections do to it."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.browser.servers import APP, Server
from tests.support.live import ask_socket

FEW_FILES = 256
"""Open files that the server starts with: fewer than the connections that are made to it."""
CALLER, QUERY = "203.0.113.77", "genethon-is-looked-for"


@contextmanager
def start(folder: Path, **env: str) -> Iterator[Server]:
    """A public server that starts with few open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES, hard))
    try:
        server = Server(APP, {"BIOCARTO_PUBLIC_URL": "http://localhost:8501", **env}, folder / "log.txt")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def ask(server: Server, path: str, **headers: str) -> str:
    """The whole answer to a GET, as text."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close", *(f"{name}: {value}" for name, value in headers.items())]
    return ask_socket(server.port, "\r\n".join([*lines, "", ""])).decode(errors="replace")


def open_stream(server: Server) -> str:
    """The first line that a page's WebSocket is answered."""
    handshake = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as asking:
        asking.sendall(
            f"GET /_stcore/stream?q={QUERY} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {CALLER}\r\n{handshake}\r\n\r\n".encode()
        )
        return asking.recv(1000).decode(errors="replace").split("\r\n")[0]


def test_a_server_keeps_its_callers_to_itself_and_bears_a_thousand_silent_ones(tmp_path: Path) -> None:
    """Neither an address nor a question is in the log, whatever was asked; a proxy's caller has a pace of its own."""
    with ExitStack() as stack:
        server = stack.enter_context(start(tmp_path, BIOCARTO_API_RATE="2"))
        silent = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _ in range(1000)]
        for one in silent:
            one.sendall(b"GET /ogc HTT")
        assert ask(server, f"/annuaire?q={QUERY}", Accept="text/html").startswith("HTTP/1.1 200")
        assert ask(server, "/healthz").startswith("HTTP/1.1 200")
        statuses = [ask(server, f"/ogc/{QUERY}?q={QUERY}", **{"X-Forwarded-For": f"{CALLER}, 198.51.100.{n}"})[9:12] for n in (1, 1, 1, 2)]
        assert statuses == ["404", "404", "429", "404"]
        assert open_stream(server) == "HTTP/1.1 101 Switching Protocols"
        ask_socket(server.port, f"GET /{QUERY} HTTPX\r\nHost: localhost\r\nX-Forwarded-For: {CALLER}\r\n\r\n")
    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "URL: http://localhost" in log
    assert [word for word in (CALLER, "198.51.100", "127.0.0.1", QUERY) if word in log] == []
