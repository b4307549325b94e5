"""The parameters of an address as plain text: how much of them is read, and what becomes of values that mean nothing."""

from __future__ import annotations

from collections.abc import Container, Mapping
from urllib.parse import parse_qsl

from biocarto.query.filters import DroppedValue

LONGEST = 4_000
"""A value of the address that is longer is cut: a drawn area with its most corners is not."""

MOST = 50
"""Values of one name that are read; nobody chooses more."""

Params = dict[str, list[str]]


def parse_query(query: str) -> Params:
    """Name -> values of a query string (without its question mark), each in the order given; empty ones are left out."""
    found: Params = {}
    for name, value in parse_qsl(query):
        values = found.setdefault(name, [])
        if len(values) < MOST:
            values.append(value[:LONGEST])
    return found


def read_value(params: Mapping[str, list[str]], name: str, allowed: Container[str], default: str = "") -> tuple[str, list[DroppedValue]]:
    """The last value of one name, or `default` where it is missing or not allowed; what is not allowed is named."""
    given = (params.get(name) or [""])[-1]
    if not given or given in allowed:
        return given or default, []
    return default, [DroppedValue(name, given[:60])]
