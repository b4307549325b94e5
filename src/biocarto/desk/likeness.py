"""How alike two names of organisations are, whatever legal form, order of words or typing error: for a person to decide."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from biocarto.names import fold, fold_company


def simplify_name(name: str) -> str:
    """A name without accents, case, punctuation and legal form."""
    return fold(fold_company(name)) or fold(name)


def compare_names(left: Sequence[str], right: Sequence[str], least: float = 0.0) -> npt.NDArray[np.float32]:
    """Likeness (0 to 1) of each simplified name of `left` (rows) with each of `right` (columns); 0 below `least`."""
    alike = process.cdist(list(left), list(right), scorer=fuzz.token_sort_ratio, score_cutoff=100 * least, dtype=np.float32)
    return np.asarray(alike / 100, dtype=np.float32)
