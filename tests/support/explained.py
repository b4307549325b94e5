"""An explanation of an import as a test wants it, and a stand-in for who makes one: what the room shows is then known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from biocarto.desk.acts import Desk
from biocarto.desk.intake.staging import Choices, ColumnMatch, Explanation, MatchReason, StagedSheet
from biocarto.desk.ledger import find_last_number

HEADERS = ("Nom de la société", "Ville", "Téléphone")
COLUMNS = (
    ColumnMatch(0, "Nom de la société", "A", "name", 0.93, MatchReason.LABEL),
    ColumnMatch(1, "Ville", "B", "commune", 0.88, MatchReason.CONTENT),
    ColumnMatch(2, "Téléphone", "C", "", 0.0),
)


def make_explanation(rows: Sequence[Sequence[str]] = (("Alpha", "Évry", "01"),), **parts: Any) -> Explanation:
    """A sheet with two title lines and a header in line 3, and what it would do."""
    cells = pd.DataFrame([list(row) for row in rows], index=range(4, 4 + len(rows)), columns=range(len(HEADERS)), dtype=object)
    staged = StagedSheet("contacts.csv", "", 3, HEADERS, cells)
    made = Explanation("contacts.csv", "0" * 64, "actors", staged, COLUMNS)
    return replace(made, **parts)


@dataclass
class StandIn:
    """Explains every file in the same way, and remembers what it was asked."""

    answer: Callable[[Choices], Explanation]
    asked: list[Choices] = field(default_factory=list)

    def explain(self, desk: Desk, name: str, _data: bytes, choices: Choices, tell: Callable[[float], None] = lambda _: None) -> Explanation:
        """As `explaining.explain`."""
        self.asked.append(choices)
        tell(0.5)
        tell(1.0)
        with desk.store.read() as transaction:
            return replace(self.answer(choices), file=name, upto=find_last_number(transaction))
