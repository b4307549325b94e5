"""A small register beside made-up official files: what a test plants in both has an outcome that it knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from biocarto.desk.acts import Desk
from biocarto.desk.official.register_look import RegisterLook, look_at
from tests import builders
from tests.support.official_files import Layout, Planted, write_sirene
from tests.support.small_desk import make_desk

SIREN = ("900000019", "900000027", "900000035", "900000043", "900000050", "900000068")
"""Numbers with a right key that no generated row has; made up, as all of a planted row is."""


def make_look(
    folder: Path,
    actors: Sequence[builders.Row],
    planted: Sequence[Planted],
    *,
    claims: Sequence[builders.Row] = (),
    size: int = 0,
    layout: Layout = Layout(),
) -> tuple[Desk, RegisterLook]:
    """A desk with these actors, and the register beside files with these establishments."""
    data = builders.write_tables(folder / "data", actors=actors, evidence=claims)
    desk = make_desk(folder, data)
    write_sirene(folder / "official", size, planted, layout=layout)
    return desk, look_at(desk, folder / "official")


def look_again(folder: Path, desk: Desk) -> RegisterLook:
    """The same, as the register is now."""
    return look_at(desk, folder / "official")
