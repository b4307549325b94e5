"""A collection of features as one value: what it is, its columns in words, its rows, and when each of them was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto.export.collections.shapes import ProjectedShapes
from biocarto.i18n import Locale

Moments = npt.NDArray[np.datetime64]
"""Seconds of UTC (datetime64[s]), NaT where unknown."""


class CellType(StrEnum):
    """What a cell holds; None is unknown in all of them, and an empty tuple no item of a list."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"


class Bilingual(NamedTuple):
    """One text in both languages."""

    fr: str
    en: str

    def text(self, lang: str) -> str:
        """The text in French (`fr`) or English (anything else)."""
        return self.fr if lang == "fr" else self.en


def translate(message: str, **values: object) -> Bilingual:
    """A message id in both languages; `values` fill its placeholders."""
    return Bilingual(*(Locale(lang)(message).format(**values) for lang in ("fr", "en")))


@dataclass(frozen=True)
class CollectionColumn:
    """A property of every feature: its name in every answer, its type, what it means, how people call it."""

    name: str
    type: CellType
    meaning: Bilingual
    label: Bilingual


class Span(NamedTuple):
    """From the first to the last second of what each row tells, in the order of the rows."""

    start: Moments
    end: Moments


@dataclass(frozen=True, eq=False)
class Collection:
    """Features of one kind, shared read-only.

    frame: the columns in their order and the geometry (EPSG:4326; None where nobody knows a position), index: id, unique;
    cells are as files have them. `shapes` are the same geometries, ready for every system. `span` is None where no column tells a time.
    """

    id: str
    title: Bilingual
    description: Bilingual
    columns: tuple[CollectionColumn, ...]
    frame: gpd.GeoDataFrame
    shapes: ProjectedShapes
    geometry: str
    """`point` or `polygon`."""
    span: Span | None = None
    dated_by: str = ""
    """The column that `span` comes from."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet that narrows the sites which the columns count -> the values that it may have."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Former id -> today's."""

    @cached_property
    def types(self) -> dict[str, CellType]:
        """Name of a column -> its type."""
        return {column.name: column.type for column in self.columns}

    @cached_property
    def duration(self) -> tuple[str, str] | None:
        """The first and the last second that any row tells (RFC 3339); None where none does."""
        if self.span is None or np.isnat(self.span.start).all():
            return None
        return f"{np.nanmin(self.span.start)}Z", f"{np.nanmax(self.span.end)}Z"


_DAYS = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_UNKNOWN = np.datetime64("NaT", "s")


def build_span(cells: pd.Series) -> Span:
    """Years, months or days (`2024`, `2024-09`, `2024-09-10`) as the seconds that they last; anything else is unknown."""
    pairs = [read_days(str(cell)) or (_UNKNOWN, _UNKNOWN) for cell in cells]
    return Span(*(np.array([pair[side] for pair in pairs], dtype="datetime64[s]") for side in (0, 1)))


def read_days(text: str) -> tuple[np.datetime64, np.datetime64] | None:
    """The first and the last second of a year, a month or a day; None for anything else.

    The year 0000 is none: no calendar has it that people or databases write.
    """
    if not _DAYS.fullmatch(text) or text.startswith("0000"):
        return None
    try:
        first: np.datetime64 = np.datetime64(text)  # its unit is what the text has
    except ValueError:
        return None
    return first.astype("datetime64[s]"), (first + 1).astype("datetime64[s]") - 1
