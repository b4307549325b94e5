"""The real register with actors that have a point of their own, which no committed row has: made up, in their communes."""

from __future__ import annotations

from dataclasses import replace

from biocarto.register import catalogue
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import Tables
from tests.support.register import layers, tables

EVRY = {"commune": "Évry-Courcouronnes", "commune_code": "91228", "latitude": 48.62317, "longitude": 2.4391}
"""A point in Évry-Courcouronnes, which is nobody's address."""


def place_actors(*placed: dict[str, object]) -> Tables:
    """The real tables whose first rows have these cells; an actor that is not told to be at a campus is at none."""
    frame = tables().actors.copy()
    for row, cells in enumerate(placed):
        for column, value in ({"site_id": "", "postcode": ""} | cells).items():
            frame.at[row, column] = value
    return replace(tables(), actors=frame)


def join_placed(*placed: dict[str, object]) -> Catalogue:
    """The same, joined."""
    return catalogue.build(place_actors(*placed), layers())
