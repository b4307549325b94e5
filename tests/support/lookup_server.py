"""A stand-in, on this machine, for a service that an operator may name: it answers as it is told, and notes what it was asked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class StandIn:
    """What is answered next, and every question: its path, its parameters, its headers (lower case)."""

    port: int = 0
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    drops: int = 0
    head_drops: int = 0
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What an operator would name."""
        return f"http://127.0.0.1:{self.port}/search/"

    def answer(self, told: object) -> None:
        """Answer with this as JSON from now on."""
        self.status, self.body, self.headers = 200, json.dumps(told).encode(), {}
        self.drops = self.head_drops = 0


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A service on a free port, gone at the end."""
    told = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            told.asked.append((parts.path, dict(parse_qsl(parts.query)), {name.lower(): text for name, text in self.headers.items()}))
            if told.head_drops:
                self.drip_head()
                return
            self.send_response(told.status)
            for name, text in told.headers.items():
                self.send_header(name, text)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            try:
                for _ in range(told.drops):
                    self.wfile.write(b" ")
                    time.sleep(0.05)
                self.wfile.write(told.body)
            except OSError:
                return  # whoever asked has given up

        def drip_head(self) -> None:
            """A head that never ends, letter by letter."""
            try:
                self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
                for _ in range(told.head_drops):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            except OSError:
                return

        def log_message(self, *_: Any) -> None:
            """Tests print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        told.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()


def an_address(**changes: object) -> dict[str, Any]:
    """A feature as the national address base writes it."""
    told = {"label": "1 Rue de l'Essai 91000 Essaiville", "score": 0.93, "type": "housenumber", "name": "1 Rue de l'Essai"}
    told |= {"postcode": "91000", "citycode": "91228"} | changes
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.44, 48.62]}, "properties": told}


def an_establishment(siret: str = "00000000100011", **changes: object) -> dict[str, Any]:
    """An establishment as Recherche d'entreprises writes it."""
    told = {"siret": siret, "adresse": "1 RUE DE L'ESSAI 91000 ESSAIVILLE", "commune": "91228", "etat_administratif": "A"}
    return told | {"date_creation": "2019-05-01"} | changes


def a_company(**changes: object) -> dict[str, Any]:
    """A legal person as Recherche d'entreprises writes it."""
    told = {"siren": "000000001", "nom_raison_sociale": "ESSAI THERAPEUTICS", "nature_juridique": "5710"}
    told |= {"complements": {"est_entrepreneur_individuel": False}, "siege": an_establishment(), "matching_etablissements": []}
    return told | changes
