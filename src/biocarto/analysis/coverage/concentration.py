"""How concentrated the sites of Île-de-France are: the first communes' share, Gini's index, Moran's I."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from biocarto.model import N_

FIRST = 10
"""How many territories the share of the first ones is about."""

FIRST_FORMULA = N_("100 × sites des {n} premières communes ÷ sites de la région")
GINI_FORMULA = N_(
    "Σ (2i − n − 1) xᵢ ÷ (n Σ xᵢ), sites xᵢ des n communes dans l'ordre croissant, communes sans site comprises ; "
    "0 : autant de sites partout, près de 1 : tout dans une commune"
)
MORAN_FORMULA = N_(
    "n Σ wᵢⱼ zᵢ zⱼ ÷ (Σ wᵢⱼ Σ zᵢ²), zᵢ écart du nombre de sites à la moyenne, wᵢⱼ = 1 pour deux communes qui se touchent, sinon 0 ; "
    "au-dessus de {expected} : des communes voisines se ressemblent"
)

Pairs = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Concentration:
    """Of the sites per territory.

    territories is how many there are, occupied how many have a site, first the codes of the ten with most sites (ties by code),
    first_share their percentage of all sites, gini from 0 to almost 1, moran about -1 to 1 and expected what it would be without
    any pattern. Missing (nan): shares and indices without any site, moran where all values are equal or nothing touches.
    """

    sites: int
    territories: int
    occupied: int
    first: tuple[str, ...]
    first_share: float
    gini: float
    moran: float
    expected: float


def compute_gini(values: pd.Series) -> float:
    """Gini's index of values that are not negative, zeros included; nan where their sum is zero."""
    ordered = np.sort(values.to_numpy(dtype=float))
    number, total = len(ordered), ordered.sum()
    ranks = 2 * np.arange(1, number + 1) - number - 1
    return float((ranks * ordered).sum() / (number * total)) if total > 0 else float("nan")


def find_neighbours(shapes: gpd.GeoSeries) -> Pairs:
    """Pairs of positions (2 x pairs, each both ways) of shapes that share an edge or a corner."""
    outlines = shapes.to_numpy()
    pairs: Pairs = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    return pairs[:, pairs[0] != pairs[1]]


def compute_moran(values: pd.Series, pairs: Pairs) -> float:
    """Moran's I with weight 1 for each of `pairs` (positions in `values`); nan where values are equal or no pair is given."""
    numbers = values.to_numpy(dtype=float)
    gaps = numbers - numbers.mean() if len(numbers) else numbers
    spread = (gaps**2).sum()
    if not spread > 0 or not pairs.size:
        return float("nan")
    first, second = pairs
    return float(len(gaps) * (gaps[first] * gaps[second]).sum() / (pairs.shape[1] * spread))


def measure_concentration(counts: pd.Series, shapes: gpd.GeoSeries) -> Concentration:
    """Of sites per territory (index: code), whose shapes have the same index; communes are the level that the words speak of."""
    total, number = int(counts.sum()), len(counts)
    first = counts[counts > 0].sort_index().sort_values(ascending=False, kind="stable").head(FIRST)
    return Concentration(
        sites=total,
        territories=number,
        occupied=int((counts > 0).sum()),
        first=tuple(str(code) for code in first.index),
        first_share=100 * int(first.sum()) / total if total else float("nan"),
        gini=compute_gini(counts),
        moran=compute_moran(counts, find_neighbours(shapes.loc[counts.index])),
        expected=-1 / (number - 1) if number > 1 else float("nan"),
    )
