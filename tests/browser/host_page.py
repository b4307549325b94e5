"""A page of somebody else's site: another origin on this machine, which frames what it is asked to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup

from tests.browser import ports

PAGE = Markup(
    '<!doctype html><html lang="fr"><head><meta name="viewport" content="width=device-width"><title>Un pôle</title>'
    "<style>body {{ margin: 0 }}</style></head><body><main><h1>Un pôle</h1>{}<p id='after'>Suite</p></main></body></html>"
)


class _Host(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """A page with the code of the query in it; nothing else is there."""
        asked = urlsplit(self.path)
        code = "".join(parse_qs(asked.query).get("code", []))
        body = str(PAGE.format(Markup(code))).encode()  # noqa: S704 - the code is what the test is about
        self.send_response(200 if asked.path == "/" else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body) if asked.path == "/" else 0))
        self.end_headers()
        if asked.path == "/":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def run_host() -> Iterator[str]:
    """The origin of the site, while it is there."""
    server = ThreadingHTTPServer(("127.0.0.1", ports.take()), _Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
