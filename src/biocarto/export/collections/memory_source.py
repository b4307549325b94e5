"""Features from memory: each is written once, a page is a piece of those texts, and no frame is touched to find it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto import caches
from biocarto.caches import Cache
from biocarto.export.collections.collection import CellType, Collection, Span
from biocarto.export.collections.shapes import Mask
from biocarto.export.collections.source import FeaturePage, FeatureQuery, MomentRange, SortKey
from biocarto.names import fold
from biocarto.rows import list_rows
from biocarto.territory.systems import CRS84, CoordinateSystem

Positions = npt.NDArray[np.int64]
Texts = tuple[list[bytes], list[bytes]]


class MemorySource:
    """A source of features (`FeatureSource`) over one collection; any thread may ask."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.ids: Sequence[str] = [str(found) for found in collection.frame.index]
        self._made = Cache(caches.COLUMNS)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {found: place for place, found in enumerate(self.ids)}

    @cached_property
    def _texts(self) -> Texts:
        return write_texts(self.collection)

    @cached_property
    def digest(self) -> str:
        """Of every feature as it is answered."""
        return digest_features(self.collection, self._texts)

    def _join(self, places: Sequence[int], system: CoordinateSystem) -> bytes:
        (before, after), shapes = self._texts, self.collection.shapes.write(system)
        return b"".join([piece for place in places for piece in (before[place], shapes[place], after[place])])[:-1]

    def get(self, feature: str, system: CoordinateSystem) -> bytes | None:
        """One feature as GeoJSON; None where there is none of this id."""
        place = self._positions.get(feature)
        return None if place is None else self._join([place], system)

    def read_page(self, query: FeatureQuery) -> FeaturePage:
        """The features that match, in the order asked for, else in their own."""
        mask = self._mark_matches(query)
        places = np.arange(len(self.ids)) if mask is None else np.flatnonzero(mask)
        if query.order:
            places = self._sort(places, query.order)
        taken = places[query.offset : query.offset + query.limit].tolist()
        return FeaturePage(len(places), len(taken), self._join(taken, query.system))

    def _mark_matches(self, query: FeatureQuery) -> Mask | None:
        """What matches every condition; None where there is none."""
        masks = [self._mark_equal(name, values) for name, values in query.equal]
        if query.boxes:
            masks.append(self.collection.shapes.mark_inside(query.boxes, query.box_system))
        if query.interval is not None and self.collection.span is not None:
            masks.append(_mark_during(self.collection.span, query.interval))
        if query.condition is not None:
            masks.append(query.condition.build_mask(self.collection.frame))
        return np.logical_and.reduce(masks) if masks else None

    def _mark_equal(self, name: str, values: Sequence[object]) -> Mask:
        known: dict[object, Positions] = self._made.get(("values", name), lambda: self._index(name))
        mask = np.zeros(len(self.ids), dtype=bool)
        for value in values:
            mask[known.get(value, [])] = True
        return mask

    def _index(self, name: str) -> dict[object, Positions]:
        """Value -> the places of the rows that have it; an item of a list is a value."""
        found: defaultdict[object, list[int]] = defaultdict(list)
        for place, cell in enumerate(self.collection.frame[name].tolist()):
            for value in cell if isinstance(cell, tuple) else (cell,):
                found[value].append(place)
        return {value: np.array(places, dtype=np.int64) for value, places in found.items() if not is_unknown(value)}

    def _sort(self, places: Positions, order: Sequence[SortKey]) -> Positions:
        ranks = [self._rank(key)[places] for key in reversed(order)]
        return places[np.lexsort(ranks)]

    def _rank(self, key: SortKey) -> Positions:
        """Where each row stands by a column, the unknown last."""
        ranks, most = self._made.get(("ranks", key.name), lambda: count_ranks(self.collection, key.name))
        turned: Positions = np.where(ranks < 0, most, most - 1 - ranks if key.descending else ranks)
        return turned


def write_texts(collection: Collection) -> Texts:
    """Of each feature what comes before its geometry, and what comes after it with a comma."""
    frame = pd.DataFrame(collection.frame[list(collection.types)]).astype(object)
    rows = list_rows(frame.where(frame.notna(), None))
    before = [f'{{"type":"Feature","id":{_write(str(found))},"geometry":'.encode() for found in collection.frame.index]
    return before, [f',"properties":{_write(row)}}},'.encode() for row in rows]


def digest_features(collection: Collection, texts: Texts) -> str:
    """Changes with any feature, as it is answered in CRS84."""
    return sha256(b"".join(chain(*texts, collection.shapes.write(CRS84)))).hexdigest()[:24]


def count_ranks(collection: Collection, name: str) -> tuple[Positions, int]:
    """Where each row stands by a column, the smallest first, equal ones alike and -1 where it is unknown; and how many ranks there are."""
    cells = collection.frame[name].tolist()
    is_text = collection.types[name] is CellType.TEXT
    distinct: list[Any] = [cell for cell in dict.fromkeys(cells) if not is_unknown(cell)]
    distinct.sort(key=(lambda cell: (fold(cell), cell)) if is_text else None)
    numbers = {cell: number for number, cell in enumerate(distinct)}
    return np.array([numbers.get(cell, -1) for cell in cells], dtype=np.int64), len(distinct)


def is_unknown(cell: object) -> bool:
    """Whether a cell of a frame says nothing."""
    return cell is None or cell is pd.NA or cell != cell  # noqa: PLR0124 - what is not equal to itself is no number


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _mark_during(span: Span, interval: MomentRange) -> Mask:
    """What has a second in common with the interval, and what has no time: nobody knows that it has not."""
    mask = np.isnat(span.start)
    during = np.ones(len(mask), dtype=bool)
    if interval.start is not None:
        during &= span.end >= interval.start
    if interval.end is not None:
        during &= span.start <= interval.end
    return mask | during
