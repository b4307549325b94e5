"""What a line is refused for, told by the column of its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from biocarto.desk.intake.staging import ColumnMatch, RefusedCell
from biocarto.errors import quote_value


@dataclass(frozen=True)
class Refuser:
    """Knows which column of a file a column of the register is."""

    columns: Sequence[ColumnMatch]
    cells: pd.DataFrame

    def refuse(self, line: int, field: str, found: str, expected: tuple[str, str], nearest: str = "") -> RefusedCell:
        """A refused cell as the file has it, not as it was read; `expected` in French and in English."""
        match = next((column for column in self.columns if column.field == field), None)
        header, letter = (match.header, match.letter) if match else (field, "")
        if match and line in self.cells.index:
            found = str(self.cells.at[line, match.place]).strip() or found
        return RefusedCell(line, header, letter, quote_value(found), *expected, nearest)
