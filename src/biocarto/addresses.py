"""Addresses of pages that files and codes name: stable for ever, people bookmark and print them."""

from __future__ import annotations

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
PROGRAMS = (OGC, FILES, CATALOG, EMBED, OEMBED, PICTURE)
"""What other programs ask for: below each of these an unknown address is 404, with and without a slash at the end."""

OUTCOME = "connexion"
"""What `/atelier` is told after a sign-in that failed."""


class SignInOutcome(StrEnum):
    """How a sign-in ended that did not succeed."""

    REFUSED = "refus"
    FAILED = "echec"
