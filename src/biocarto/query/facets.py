"""Facets that follow each other: what would be left for every value, and the rows that are left.

One bit per actor and value: a count is an AND and a population count over words of 64 actors, so that 20,000 rows answer
about as fast as 200.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto.query.filters import COLUMNS, COUNTED, OLD, Filters, shows_apart

Bits = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Facets:
    """Made once per process from prepared actors: per facet its values, sorted, and a row of bits for each."""

    actors: pd.DataFrame
    values: Mapping[str, tuple[str, ...]]
    bits: Mapping[str, Bits]


def _pack(mask: Mask) -> Bits:
    """A bit per actor, in whole words; the bits after the last actor are 0."""
    return np.packbits(np.pad(mask, (0, -len(mask) % 64)), bitorder="little").view(np.uint64)


def _unpack(bits: Bits, length: int) -> Mask:
    return np.unpackbits(bits.view(np.uint8), count=length, bitorder="little").astype(bool)


def _encode(column: pd.Series) -> tuple[tuple[str, ...], Bits]:
    """The values of a column (of tuples, where a cell holds several) and their bits (values x words); "" is no value."""
    cells = column.set_axis(range(len(column))).explode().dropna()
    cells = cells[cells.ne("")]
    codes, values = pd.factorize(cells, sort=True)
    rows = cells.index.to_numpy(dtype=np.intp)
    bits = np.zeros((len(values), -(-len(column) // 64) * 8), dtype=np.uint8)
    np.bitwise_or.at(bits, (codes, rows // 8), np.left_shift(1, rows % 8).astype(np.uint8))
    return tuple(values), bits.view(np.uint64)


def build(actors: pd.DataFrame) -> Facets:
    """Facets of the prepared actors."""
    coded = {name: _encode(actors[column]) for name, column in COLUMNS.items()}
    return Facets(
        actors,
        {name: values for name, (values, _) in coded.items()},
        {name: bits for name, (_, bits) in coded.items()},
    )


def _any(facets: Facets, name: str, wanted: tuple[str, ...]) -> Bits:
    """Actors with one of the values, known or not."""
    rows = [row for row, value in enumerate(facets.values[name]) if value in wanted]
    found: Bits = np.bitwise_or.reduce(facets.bits[name][rows], axis=0)
    return found


def _list_active(filters: Filters, facets: Facets) -> dict[str, Bits]:
    """Facet -> actors that it lets through, for the facets that hold something back; status does unless others are asked for."""
    kept = {name: _any(facets, name, wanted) for name in COLUMNS if (wanted := getattr(filters, name))}
    return kept if shows_apart(filters) else kept | {"status": _any(facets, "status", (COUNTED,))}


def _intersect(chosen: Mapping[str, Bits], free: Bits, without: str = "") -> Bits:
    return reduce(np.bitwise_and, (bits for name, bits in chosen.items() if name != without), free)


def _all(facets: Facets) -> Mask:
    return np.ones(len(facets.actors), dtype=bool)


def count_values(filters: Filters, facets: Facets, free: Mask | None = None) -> dict[str, dict[str, int]]:
    """Facet -> value -> rows that would be left with only that value in the facet and all else as it is; zeros included.

    `free` marks the actors that search and space keep (one per row of `facets.actors`); None keeps all.
    """
    chosen, others = _list_active(filters, facets), _pack(_all(facets) if free is None else free)
    left = _intersect(chosen, others)
    found = {}
    for name, bits in facets.bits.items():
        here = _intersect(chosen, others, name) if name in chosen else left
        found[name] = _numbers(facets, name, bits & here)
    return found | {"source_year": _years(filters, facets, others)}


def _numbers(facets: Facets, name: str, bits: Bits) -> dict[str, int]:
    return dict(zip(facets.values[name], np.bitwise_count(bits).sum(axis=1, dtype=np.int64).tolist(), strict=True))


def _years(filters: Filters, facets: Facets, others: Bits) -> dict[str, int]:
    """The counts of years: pages before 2015 would bring the sites that are not counted with them, the others would not."""
    bits = facets.bits["source_year"]
    recent, old = (_intersect(_list_active(replace(filters, source_year=years), facets), others, "source_year") for years in ((), (OLD,)))
    both = _numbers(facets, "source_year", bits & recent), _numbers(facets, "source_year", bits & old)
    return {year: both[year == OLD][year] for year in facets.values["source_year"]}


def mark_rows(filters: Filters, facets: Facets, free: Mask | None = None) -> Mask:
    """Which rows of `facets.actors` are left."""
    everything = _pack(_all(facets) if free is None else free)
    return _unpack(_intersect(_list_active(filters, facets), everything), len(facets.actors))


def mark(facets: Facets, name: str, wanted: tuple[str, ...]) -> Mask:
    """Which rows of `facets.actors` have one of the values in a facet, whatever else they are."""
    return _unpack(_any(facets, name, wanted), len(facets.actors))
