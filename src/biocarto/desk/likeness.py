"""How alike two names of organisations are, whatever legal form, order of words or typing error: for a person to decide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from biocarto import caches
from biocarto.names import drop_legal_form, fold


@lru_cache(maxsize=caches.NAMES)
def simplify_name(name: str) -> str:
    """A name without accents, case, punctuation and legal form."""
    return fold(drop_legal_form(name)) or fold(name)


def compare_names(left: Sequence[str], right: Sequence[str], least: float = 0.0) -> npt.NDArray[np.float32]:
    """Likeness (0 to 1) of each simplified name of `left` (rows) with each of `right` (columns); 0 below `least`."""
    alike = process.cdist(_sort_words(left), _sort_words(right), scorer=fuzz.ratio, score_cutoff=100 * least, dtype=np.float32)
    return np.asarray(alike / 100, dtype=np.float32)


def compare_pairs(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float32]:
    """Likeness (0 to 1) of each simplified name of `left` with the one in the same place of `right`."""
    alike = process.cpdist(_sort_words(left), _sort_words(right), scorer=fuzz.ratio, dtype=np.float32)
    return np.asarray(alike / 100, dtype=np.float32)


def _sort_words(names: Sequence[str]) -> list[str]:
    """Each name with its words in order: once a name, not once a pair, as `token_sort_ratio` would."""
    return [" ".join(sorted(name.split())) for name in names]
