"""The committed tables and layers, read and joined once per process: every test shares them, and none may change them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from biocarto.register import catalogue as joins
from biocarto.register import tables as catalogue
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import Tables
from biocarto.territory import territory
from biocarto.territory.territory import Territory

ROOT = Path(__file__).resolve().parents[2]


@cache
def tables() -> Tables:
    """The real tables."""
    return catalogue.read(ROOT / "data")


@cache
def layers() -> Territory:
    """The real layers."""
    return territory.read(ROOT / "geo")


@cache
def joined() -> Catalogue:
    """The real register."""
    return joins.build(tables(), layers())
