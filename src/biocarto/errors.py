"""The errors that BioCarto raises on purpose; everything else is a bug.

AppError
  - DataError          a file in data/ or geo/ is not what we need
    . CatalogueError   tables: carries every Issue found, not only the first
    . LayerError       a boundary layer: missing, unreadable, empty, wrong CRS
  - SettingError       an environment variable has an unusable value
  - ExportError        a file or a code that cannot be made from what was asked for (export/errors.py)

Every message exists in French and in English, because the people who edit the register read both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """One thing to correct in a data file; `line` is what a spreadsheet shows (1 is the header, 0 the whole file)."""

    table: str
    line: int
    column: str
    found: str
    expected_fr: str
    expected_en: str

    def text(self, lang: str) -> str:
        """One sentence: where, what was found, what was expected."""
        if lang == "fr":
            line, column = f", ligne {self.line}" * bool(self.line), f", colonne « {self.column} »" * bool(self.column)
            return f"{self.table}{line}{column} : trouvé « {self.found} », attendu : {self.expected_fr}"
        line, column = f", line {self.line}" * bool(self.line), f", column “{self.column}”" * bool(self.column)
        return f"{self.table}{line}{column}: found “{self.found}”, expected: {self.expected_en}"


class AppError(Exception):
    """Root of what a page may show to a visitor; `message(lang)` is the text."""

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(en)
        self.fr = fr
        self.en = en

    def message(self, lang: str) -> str:
        """The text of the error in French (`fr`) or English (anything else)."""
        return self.fr if lang == "fr" else self.en


class DataError(AppError):
    """A file that the app stands on is missing or wrong."""


class CatalogueError(DataError):
    """Tables that break their schema or each other; every issue at once."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(
            "\n".join(issue.text("fr") for issue in self.issues),
            "\n".join(issue.text("en") for issue in self.issues),
        )


class LayerError(DataError):
    """A boundary layer that cannot be used."""


class SettingError(AppError):
    """An environment variable whose value is not accepted."""
