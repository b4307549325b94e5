"""Sheets as an import has staged them, made of cells: a test states only the columns and rows that it is about."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from biocarto.desk.description import Package
from biocarto.desk.intake.cells import read_cells
from biocarto.desk.intake.staging import ColumnMatch, Reading, StagedSheet
from biocarto.register.tables import PACKAGE, parse_package
from tests.support.register import layers

DATA = Path(__file__).resolve().parents[2] / "data"
TODAY = "2026-11-28"


@cache
def package() -> Package:
    """The description of the committed tables."""
    return parse_package((DATA / PACKAGE).read_text(encoding="utf-8"))


def stage(columns: Mapping[str, Sequence[str]]) -> tuple[StagedSheet, tuple[ColumnMatch, ...]]:
    """A sheet whose header is line 1, and its columns, each taken for the one of the register that it is called as."""
    cells = pd.DataFrame(dict(enumerate(columns.values())), dtype=object)
    cells.index = pd.RangeIndex(2, len(cells) + 2)
    letters = string.ascii_uppercase + string.ascii_uppercase
    matches = tuple(ColumnMatch(place, name, letters[place], name, 1.0) for place, name in enumerate(columns))
    return StagedSheet("essai.csv", "essai", 1, tuple(columns), cells), matches


def read_sheet(table: str, columns: Mapping[str, Sequence[str]]) -> Reading:
    """What the cells of these columns of a table are read as."""
    staged, matches = stage(columns)
    return read_cells(staged, matches, package()[table], layers(), TODAY)
