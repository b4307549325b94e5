"""Addresses of pages that files and codes name: stable for ever, people bookmark and print them."""

from __future__ import annotations

COVERAGE = "couverture"
DIRECTORY = "annuaire"
