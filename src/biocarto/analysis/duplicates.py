"""Rows of the register that may be the same site of the same actor: alike by name, and near each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from biocarto.model import OWN_POINTS
from biocarto.names import fold

ALIKE = 90.0
"""Least likeness of two names (0 to 100), their words in any order."""

NEAR_KM = 2.0
"""Two positions that are known to the commune are the same point; campuses of one commune are less than this apart."""

LEGAL = frozenset(fold("SA SAS SARL SASU SCA Inc Ltd France Paris").split())
"""Words that do not tell two actors apart."""


def _normalise_name(name: str) -> str:
    words = fold(name).split()
    return " ".join(word for word in words if word not in LEGAL) or " ".join(words)


def find_pairs(actors: pd.DataFrame) -> pd.DataFrame:
    """Pairs of prepared actors (x, y in metres, EPSG:2154) that may be one: first, second, alike (0 to 100), km.

    Most alike first; km is nan of two that are known by one area only.
    Two rows of one actor in different campuses are two sites, not a pair.
    """
    names = [_normalise_name(name) for name in actors["name"]]
    alike = np.triu(process.cdist(names, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE), k=1)
    first, second = np.nonzero(alike)
    x, y, sites = actors["x"].to_numpy(), actors["y"].to_numpy(), actors["site_id"].to_numpy()
    km = np.hypot(x[first] - x[second], y[first] - y[second]) / 1000
    same_site = (sites[first] == sites[second]) | (sites[first] == "") | (sites[second] == "")
    ids = actors.index.to_numpy()
    found = pd.DataFrame({"first": ids[first], "second": ids[second], "alike": alike[first, second], "km": km})
    known = actors["commune_code"].to_numpy()
    own = actors["precision"].isin(OWN_POINTS).to_numpy()
    apart = np.isnan(km) | (own[first] ^ own[second])  # the point of one and the commune of the other are no distance
    near: pd.DataFrame = found[((km <= NEAR_KM) | (apart & (known[first] == known[second]))) & same_site]
    return near.sort_values("alike", ascending=False, ignore_index=True)
