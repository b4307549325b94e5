"""Addresses of pages that files and codes name: stable for ever, people bookmark and print them."""

from __future__ import annotations

import re
from enum import StrEnum

REGION = "ile-de-france"
COVERAGE = "couverture"
DIRECTORY = "annuaire"
TOUR = "bioproduction-tour"
NETWORKS = "reseaux"
DESK = "atelier"
SOURCES = "sources"
ACCESSIBILITY = "accessibilite"
FEED = "changements.atom"
OGC = "ogc"
FILES = "data"
CATALOG = "catalog.jsonld"
EMBED = "embed"
OEMBED = "oembed"
PICTURE = "picture"
API = "api"
PROPOSALS = f"{API}/proposals"
"""The one address at which a program may write."""
PROGRAMS = (OGC, FILES, CATALOG, EMBED, OEMBED, PICTURE, API)
"""What other programs ask for: below each of these an unknown address is 404, with and without a slash at the end."""
_SIGNS = re.compile("[?;]")
_READ_BY_ANYBODY = frozenset({*PROGRAMS, FEED} - {API})


def is_program(path: str) -> bool:
    """Whether a path (without the base that the app lives below) is one that programs ask for, not a page's."""
    return _find_first(path) == API or is_open_to_all(path)


def is_open_to_all(path: str) -> bool:
    """Whether a path is a program's that is only read: pages of other sites may read it too."""
    return _find_first(path) in _READ_BY_ANYBODY


def is_misspelt_program(path: str) -> bool:
    """Whether a path begins like a program's written otherwise: in capitals, with a dot, a blank or a sign after it, or a slash more.

    Streamlit answers what no route takes with its page: a program that mistypes would read that for an answer.
    """
    letters = "".join(c for c in _find_first(path.lstrip("/")).casefold() if c.isascii() and (c.isalnum() or c in ".?;"))
    return not is_program(path) and _SIGNS.split(letters)[0].rstrip(".") in {*PROGRAMS, FEED}


def _find_first(path: str) -> str:
    """The first part of a path that begins with a slash, as the routes see it."""
    return path.removeprefix("/").partition("/")[0]


OUTCOME = "connexion"
"""What `/atelier` is told after a sign-in that failed."""


class SignInOutcome(StrEnum):
    """How a sign-in ended that did not succeed."""

    REFUSED = "refus"
    FAILED = "echec"
