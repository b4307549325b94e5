"""The value that a text which is none is likest to: for a person to take, never taken by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from biocarto.desk.intake.cell_words import fold_word

_LEAST_LIKE, _LEAST_PARTLY = 65.0, 87.0
"""Likeness (0 to 100) of a whole word, or of a part of a longer one, from which a value is told."""
_LEAST_LETTERS, _MOST_LETTERS = 4, 80
_MOST_TEXTS = 200
"""Different texts of a column that the nearest value is looked for: who has more has mapped another column."""


@dataclass
class NearestFinder:
    """values: folded words -> what is told for them."""

    values: Mapping[str, str]
    _found: dict[str, str] = field(default_factory=dict)

    def find(self, text: str) -> str:
        """What a text is likest to; "" where it is like none."""
        word = fold_word(text)[:_MOST_LETTERS]
        if word not in self._found and len(self._found) < _MOST_TEXTS:
            self._found[word] = self._look_up(word)
        return self._found.get(word, "")

    def _look_up(self, word: str) -> str:
        if len(word) < _LEAST_LETTERS:
            return ""
        found = process.extractOne(word, self.values.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
        found = found or process.extractOne(word, self.values.keys(), scorer=fuzz.WRatio, score_cutoff=_LEAST_PARTLY)
        return self.values[found[0]] if found else ""
