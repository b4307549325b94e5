"""A small register beside made-up official files: what a test plants in both has an outcome that it knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from biocarto.desk.acts import Desk
from biocarto.desk.facts import RegisterRow
from biocarto.desk.official.files import list_official
from biocarto.desk.official.register_look import RegisterLook, look_at, look_beside
from tests import builders
from tests.support.official_files import PARQUET, Layout, Planted, write_sirene
from tests.support.register import layers
from tests.support.small_desk import make_desk

SIREN = ("900000019", "900000027", "900000035", "900000043", "900000050", "900000068")
"""Numbers with a right key that no generated row has; made up, as all of a planted row is."""

SEAT = Planted(SIREN[0], name="ALPHA BIOTECH")
GONE = SEAT.at(state="F", since="2025-06-30", seat=False)
NEXT = SEAT.at(nic="0002", created="2025-07-01", since="2025-07-01", number="9", street="DU NOUVEAU LIEU")


def an_actor(**changes: str) -> builders.Row:
    """An actor with the number of `SEAT`, whose page is of 2020."""
    known = {
        "id": "alpha",
        "name": "Alpha Biotech",
        "organisation": "Alpha Biotech",
        "siren": SIREN[0],
        "siret": SEAT.siret,
        "as_of": "2020",
    }
    return builders.an_actor(**{**known, **changes})


def make_look(
    folder: Path,
    actors: Sequence[builders.Row],
    planted: Sequence[Planted],
    *,
    claims: Sequence[builders.Row] = (),
    size: int = 0,
    layout: Layout = PARQUET,
) -> tuple[Desk, RegisterLook]:
    """A desk with these actors, and the register beside files with these establishments."""
    data = builders.write_tables(folder / "data", actors=actors, evidence=claims)
    desk = make_desk(folder, data)
    write_sirene(folder / "official", size, planted, layout=layout)
    return desk, look_at(desk, folder / "official")


def read_beside(
    folder: Path,
    actors: Sequence[builders.Row],
    planted: Sequence[Planted],
    *,
    claims: Sequence[builders.Row] = (),
    layout: Layout = PARQUET,
) -> RegisterLook:
    """The same without a store, for what is only read: a tenth of the time."""
    write_sirene(folder / "official", 0, planted, layout=layout)
    rows = (
        [
            RegisterRow(table, row.get("id", str(place)), place, 1, {name: cell for name, cell in row.items() if cell})
            for place, row in enumerate(given)
        ]
        for table, given in (("actors", actors), ("evidence", claims))
    )
    return look_beside(layers(), *rows, list_official(folder / "official"))


def look_again(folder: Path, desk: Desk) -> RegisterLook:
    """The same, as the register is now."""
    return look_at(desk, folder / "official")
