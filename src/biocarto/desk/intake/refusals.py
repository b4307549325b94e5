"""What a line is refused for, told by the column of its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from biocarto.desk.intake.staging import ColumnMatch, RefusedCell
from biocarto.errors import quote_value


@dataclass(frozen=True)
class Refuser:
    """Knows which column of a file a column of the register is."""

    columns: Sequence[ColumnMatch]

    def refuse(self, line: int, field: str, found: str, expected: tuple[str, str], nearest: str = "") -> RefusedCell:
        """A refused cell; `expected` in French and in English."""
        match = next((column for column in self.columns if column.field == field), None)
        header, letter = (match.header, match.letter) if match else (field, "")
        return RefusedCell(line, header, letter, quote_value(found), *expected, nearest)
