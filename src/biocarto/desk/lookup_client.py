"""A question to a service that an operator has named: the one place where this program asks another machine anything.

No redirect is followed, no cookie kept, nothing of who asks is sent; what comes back is bounded and is nothing but JSON.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from math import isfinite
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from biocarto.desk.desk_error import DeskError
from biocarto.rate_limit import Pace, RateLimit

TIMEOUT = 3.0
"""Seconds until a silent service is given up, and that an answer may take to come in."""
LARGEST = 1_000_000
"""Bytes of an answer."""
LONGEST_TEXT = 200
"""Characters of a text in an answer, and of one that is sent."""
PACE = Pace(per_visit=20, visit=60.0, per_while=5, pause=1.0)
"""Below what either service takes (7 and 50 in a second from one machine)."""
_CHUNK = 65_536


def _too_many(seconds: int) -> DeskError:
    return DeskError(
        f"Trop de recherches à la fois : réessayez dans {seconds} s. Rien n'est parti, votre saisie est gardée.",
        f"Too many searches at once: try again in {seconds} s. Nothing was sent, what you typed is kept.",
    )


@dataclass(frozen=True)
class Service:
    """A service and the setting that names its address; `limit` counts what every session asks of it."""

    variable: str
    limit: RateLimit = field(default_factory=lambda: RateLimit(PACE, _too_many), compare=False)


class _NoRedirect(HTTPRedirectHandler):
    """The address is the operator's; another machine is another choice of theirs."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Nothing is asked instead; the redirect is the answer."""


def name_host(address: str) -> str:
    """Whom a question goes to, as the page tells it."""
    return urlsplit(address).netloc


def fetch(service: Service, address: str, params: Mapping[str, str], visit: str) -> object:
    """What a service answers, as JSON; raises DeskError in words, and asks nobody where there is no address."""
    if not address:
        raise DeskError(
            f"Cette recherche est éteinte : {service.variable} n'est pas réglé sur ce serveur. Rien n'est parti.",
            f"This search is off: {service.variable} is not set on this server. Nothing was sent.",
        )
    request = Request(f"{address}?{urlencode(params)}", headers=_HEADERS)  # noqa: S310 - config takes http and https only
    with service.limit.count(visit):
        pass  # a question counts that the service does not answer, too
    body = _ask(service, address, request)
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise build_odd_error(service, address) from None


_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "BioCarto"}


def _ask(service: Service, address: str, request: Request) -> bytes:
    until = time.monotonic() + TIMEOUT
    try:
        with _build_opener(address).open(request, timeout=TIMEOUT) as answer:
            return _read_bounded(service, address, answer, until)
    except HTTPError as error:
        error.close()
        raise _build_status_error(service, address, error.code) from None
    except (OSError, HTTPException):  # URLError and every timeout are OSErrors
        raise _build_silent_error(address) from None


def _build_opener(address: str) -> OpenerDirector:
    """By the machine's own proxy, as everything that leaves it; never to this machine itself."""
    local = urlsplit(address).scheme == "http"
    return build_opener(_NoRedirect, _TimedHandler, _TimedTlsHandler, *([ProxyHandler({})] if local else []))


class _TimedConnection(HTTPConnection):
    """One that is cut when its time is over, whatever drips in: a socket's own time begins anew with each byte."""

    def connect(self) -> None:
        """Connect, and begin to count."""
        super().connect()
        _cut_later(self.sock)


class _TimedTlsConnection(HTTPSConnection):
    """The same over TLS."""

    def connect(self) -> None:
        """Connect, and begin to count."""
        super().connect()
        _cut_later(self.sock)


class _TimedHandler(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_TimedConnection, req)


class _TimedTlsHandler(HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_TimedTlsConnection, req)


def _cut_later(held: socket.socket) -> None:
    def cut() -> None:
        with suppress(OSError):  # closed long ago, as nearly always
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(TIMEOUT, cut)
    timer.daemon = True
    timer.start()


def _read_bounded(service: Service, address: str, answer: HTTPResponse, until: float) -> bytes:
    """The body of an answer, given up where it is too long or comes in drop by drop; `until` is when all of it has to be there."""
    body = bytearray()
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise build_odd_error(service, address)
    while chunk := answer.read1(_CHUNK):
        body += chunk
        if len(body) > LARGEST:
            raise build_odd_error(service, address)
        if time.monotonic() > until:
            raise _build_silent_error(address)
    if time.monotonic() > until:  # cut, not ended
        raise _build_silent_error(address)
    return bytes(body)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _build_silent_error(address: str) -> DeskError:
    host = name_host(address)
    return DeskError(
        f"{host} ne répond pas en {TIMEOUT:.0f} secondes. Rien n'a changé, votre saisie est gardée : réessayez, ou remplissez à la main.",
        f"{host} does not answer within {TIMEOUT:.0f} seconds. Nothing was changed, what you typed is kept: try again, or fill in by hand.",
    )


def _build_status_error(service: Service, address: str, status: int) -> DeskError:
    host = name_host(address)
    if status == 429:
        return DeskError(
            f"{host} reçoit trop de questions en ce moment. Rien n'a changé, votre saisie est gardée : réessayez dans une minute.",
            f"{host} is asked too much just now. Nothing was changed, what you typed is kept: try again in a minute.",
        )
    return DeskError(
        f"{host} a refusé la question ({status}). Rien n'a changé, votre saisie est gardée : écrivez-la autrement ; si cela revient, "
        f"l'exploitant vérifie {service.variable}.",
        f"{host} has refused the question ({status}). Nothing was changed, what you typed is kept: put it otherwise; if it comes back, the "
        f"operator checks {service.variable}.",
    )


def build_odd_error(service: Service, address: str) -> DeskError:
    """An answer that is not what the service says of itself."""
    host = name_host(address)
    return DeskError(
        f"{host} a répondu autre chose que ce qui est attendu. Rien n'a changé, votre saisie est gardée ; l'exploitant vérifie "
        f"{service.variable}.",
        f"{host} has answered something else than what is expected. Nothing was changed, what you typed is kept; the operator checks "
        f"{service.variable}.",
    )


# --- what a stranger says ------------------------------------------------------------------------------------------------


def read_text(value: object) -> str:
    """A text in one line, cut to a length, without characters that turn or hide text; "" for anything else."""
    if not isinstance(value, str):
        return ""
    return "".join(sign for sign in " ".join(value[: 4 * LONGEST_TEXT].split()) if sign.isprintable())[:LONGEST_TEXT].strip()


def read_number(value: object, least: float, most: float) -> float | None:
    """A number between two bounds, whether it comes as one or as a text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or len(str(value)[:40]) > 30:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) and least <= number <= most else None


def read_question(typed: str) -> str:
    """What is to be sent; raises DeskError for what is no question, or names a mailbox."""
    text = read_text(typed)
    if len(text) < 3 or "@" in text:
        raise DeskError(
            "Écrivez trois caractères au moins, sans adresse de messagerie. Rien n'est parti.",
            "Write three characters at least, without an address of e-mail. Nothing was sent.",
        )
    return text
