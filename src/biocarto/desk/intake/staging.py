"""The words of an import: a sheet as text, its columns, what its cells mean, and what the register would become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from biocarto.desk.facts import NO_EVIDENCE, Evidence
from biocarto.errors import Notice


@dataclass(frozen=True)
class Grid:
    """A sheet as text: index = the line that a spreadsheet shows (from 1), columns = places from 0; no cell is missing."""

    name: str
    cells: pd.DataFrame
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class StagedSheet:
    """The rows of a sheet below its header: `cells` as in `Grid`, `headers` by place (two that are alike stay two)."""

    file: str
    sheet: str
    header_line: int
    headers: tuple[str, ...]
    cells: pd.DataFrame
    notices: tuple[Notice, ...] = ()


class MatchReason(StrEnum):
    """Why a column of a file is taken for one of the register."""

    NAME = "name"
    LABEL = "label"
    CONTENT = "content"
    REMEMBERED = "remembered"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class ColumnMatch:
    """A column of a file and the column of the register that it is ("" for none); `letter` as above a spreadsheet, score 0 to 1."""

    place: int
    header: str
    letter: str
    field: str
    score: float
    reason: MatchReason | None = None


class RefusedCell(NamedTuple):
    """What a cell holds that the register does not take, what it should be, and the nearest value that would do ("" for none).

    `column` is the header of the file, or the column of the register where the file has none (then `letter` is "").
    """

    line: int
    column: str
    letter: str
    found: str
    expected_fr: str
    expected_en: str
    nearest: str = ""


@dataclass(frozen=True)
class Reading:
    """The cells of a sheet as the register would keep them: index = line, columns = names of the register; "" where nothing is said."""

    values: pd.DataFrame
    refused: tuple[RefusedCell, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """A row of the register that a line may be: score 0 to 1, and what it is made of (`name`, `organisation`, `place`, `siret`, ...)."""

    line: int
    row_id: str
    score: float
    why: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class NewRow:
    """A line that the register does not have."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class CellChange:
    """A cell of the register that a line says differently."""

    line: int
    row_id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Choices:
    """What a person has decided about an import; all of it may be empty.

    `fields`: place of a column -> the column of the register, "" to leave it out. `constants`: column of the register -> what holds for
    every line that does not say otherwise. `page`: the page that the file rests on. `same`: line -> the row that it is, "" for a new one.
    `cells`: line and place of a column -> what a person has written there instead.
    """

    resource: str = ""
    sheet: str = ""
    fields: Mapping[int, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    page: Evidence = NO_EVIDENCE
    same: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Explanation:
    """What an import would do, and everything that it would not: nothing of it is written yet.

    `doubtful` are lines that look like a row and await a person; they are neither new nor changed. `needs_page` are the lines whose
    facts have no page yet: they cannot be applied without one. `upto` is the act that the register ended with.
    `sheets` are all that the file has.
    """

    file: str
    sha256: str
    resource: str
    staged: StagedSheet
    columns: tuple[ColumnMatch, ...]
    new: tuple[NewRow, ...] = ()
    changed: tuple[CellChange, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[RefusedCell, ...] = ()
    doubtful: tuple[Likeness, ...] = ()
    matched: tuple[Likeness, ...] = ()
    needs_page: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()
    evidence: Mapping[int, Evidence] = field(default_factory=dict)
    upto: int = 0
    sheets: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)
