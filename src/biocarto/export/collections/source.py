"""What is asked of features and what comes back, whatever keeps them: memory, or a database beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import geopandas as gpd
import numpy as np

from biocarto.export.collections.collection import Collection
from biocarto.export.collections.shapes import Box, Mask
from biocarto.territory.systems import CRS84, CoordinateSystem

Cell = str | int | float | bool


class Condition(Protocol):
    """An expression of a filter that was understood."""

    def build_mask(self, frame: gpd.GeoDataFrame) -> Mask:
        """The rows that it is true of."""

    def build_sql(self) -> tuple[str, tuple[object, ...]]:
        """The same for a table of these columns in PostGIS, with placeholders of psycopg, and their values."""


class SortKey(NamedTuple):
    """A column to sort by; what is unknown comes last either way."""

    name: str
    descending: bool


class MomentRange(NamedTuple):
    """From one second to another, both included; None is without end on that side."""

    start: np.datetime64 | None
    end: np.datetime64 | None


@dataclass(frozen=True)
class FeatureQuery:
    """Which features of a collection, in which order and system: all conditions hold at once.

    boxes: any of them, in `box_system` (x east); equal: column -> the values that it may have, of which a list has one;
    limit and offset: the page.
    """

    limit: int
    offset: int = 0
    system: CoordinateSystem = CRS84
    boxes: tuple[Box, ...] = ()
    box_system: CoordinateSystem = CRS84
    interval: MomentRange | None = None
    equal: tuple[tuple[str, tuple[Cell, ...]], ...] = ()
    condition: Condition | None = None
    order: tuple[SortKey, ...] = ()


class FeaturePage(NamedTuple):
    """How many features match, how many of them this page has, and those as GeoJSON with commas between them."""

    matched: int
    returned: int
    features: bytes


class FeatureSource(Protocol):
    """Where the features of one collection come from."""

    @property
    def collection(self) -> Collection:
        """What they are."""

    @property
    def digest(self) -> str:
        """Changes with any of them."""

    @property
    def ids(self) -> Sequence[str]:
        """Of all features, in their own order."""

    def read_page(self, query: FeatureQuery) -> FeaturePage:
        """The features that match."""

    def get(self, feature: str, system: CoordinateSystem) -> bytes | None:
        """One feature as GeoJSON; None where there is none of this id."""
