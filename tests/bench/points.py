"""Generated points: they stand for actors in the benchmark only, and never leave it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from biocarto.maps.base import ILE_DE_FRANCE
from biocarto.model import SYMBOLS

SEED = 20_231_130
SHARES = (0.40, 0.06, 0.36, 0.10, 0.06, 0.02)
"""Of the groups, in the order of model.SYMBOLS: most are companies, as in the survey."""
HEADS = ("Cell", "Gene", "Vec", "Onco", "Neuro", "Immuno", "Stem", "Nano", "Cryo", "Viro", "Hemato", "Chrono")
TAILS = ("cure", "thera", "genix", "vect", "plast", "zyme", "scope", "logis", "synth", "nova", "pharm", "biotics")
KINDS = ("Bioscience", "Thérapies", "Bioproduction", "Laboratoires", "Île-de-France", "Innovation")


def names(count: int, random: np.random.Generator) -> np.ndarray:
    """Made-up names of about twenty characters."""
    parts = [np.array(words)[random.integers(0, len(words), count)] for words in (HEADS, TAILS, KINDS)]
    return np.char.add(np.char.add(parts[0], parts[1]), np.char.add(" ", parts[2]))


def generated(size: int, turn: int = 0) -> pd.DataFrame:
    """Other points on each turn, one fewer than before: columns name, group, latitude, longitude (EPSG:4326, about one metre).

    The count tells the browser's probe which turn it sees.
    """
    count = size - turn
    random = np.random.default_rng((SEED, size, turn))
    (south, west), (north, east) = ILE_DE_FRANCE.bounds
    return pd.DataFrame(
        {
            "name": names(count, random),
            "group": random.choice([symbol.key for symbol in SYMBOLS], count, p=SHARES),
            "latitude": random.uniform(south, north, count).round(5),
            "longitude": random.uniform(west, east, count).round(5),
        }
    )
