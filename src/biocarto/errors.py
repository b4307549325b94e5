"""The errors that BioCarto raises on purpose; everything else is a bug.

AppError
  - DataError          a file in data/ or geo/ is not what we need
    . CatalogueError   tables: carries every Issue found, not only the first
    . LayerError       a boundary layer: missing, unreadable, empty, wrong CRS
  - SettingError       an environment variable has an unusable value
  - ExportError        a file or a code that cannot be made from what was asked for
  - QuestionError      an address that asks a program's door for what there is not
  - CallError          a command line that asks for what there is not

Every message exists in French and in English, because the people who edit the register read both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Issue:
    """One thing to correct in a data file; `line` is what a spreadsheet shows (1 is the header, 0 the whole file).

    `remedy_fr` and `remedy_en` say what to do, in a sentence, where what is expected does not already.
    """

    table: str
    line: int
    column: str
    found: str
    expected_fr: str
    expected_en: str
    remedy_fr: str = ""
    remedy_en: str = ""

    def text(self, lang: str) -> str:
        """One sentence, where, what was found, what was expected; then the remedy, if there is one."""
        place = locate(self, lang)
        if lang == "fr":
            return f"{place} : trouvé « {self.found} », attendu : {self.expected_fr}{f'. {self.remedy_fr}' * bool(self.remedy_fr)}"
        return f"{place}: found “{self.found}”, expected: {self.expected_en}{f'. {self.remedy_en}' * bool(self.remedy_en)}"


@dataclass(frozen=True)
class Notice:
    """Something unusual in a data file that is read all the same; `line` and `column` as in `Issue`."""

    table: str
    line: int
    column: str
    fr: str
    en: str

    def text(self, lang: str) -> str:
        """One sentence: where, and what was seen."""
        return f"{locate(self, lang)} : {self.fr}" if lang == "fr" else f"{locate(self, lang)}: {self.en}"


def locate(told: Issue | Notice, lang: str) -> str:
    """The file, the line and the column that something is told about."""
    if lang == "fr":
        return f"{told.table}{f', ligne {told.line}' * bool(told.line)}{f', colonne « {told.column} »' * bool(told.column)}"
    return f"{told.table}{f', line {told.line}' * bool(told.line)}{f', column “{told.column}”' * bool(told.column)}"


def quote_value(text: object) -> str:
    """A found value for a message: at most 80 characters, those that do not print written as escapes."""
    escaped = str(text)[:81]
    if not escaped.isprintable():
        escaped = "".join(c if c.isprintable() or c in "\u00a0\u202f" else c.encode("unicode_escape").decode() for c in escaped)
    return escaped if len(escaped) <= 80 else escaped[:79] + "…"


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


def build_unreadable_error(path: Path, variable: str, error: Exception) -> DataError:
    """A description or a folder that is not there or that this process may not read; `variable` is the setting that names the folder."""
    denied = isinstance(error, PermissionError)
    why = (
        ("ce service n'a pas le droit de le lire", "this service may not read it")
        if denied
        else ("absent ou illisible", "missing or unreadable")
    )
    return DataError(
        f"{path.name} du dossier {path.parent} : {why[0]}. Ce dossier est donné par {variable} : vérifiez son chemin et ses droits.",
        f"{path.name} of the folder {path.parent}: {why[1]}. {variable} names this folder: check its path and its rights.",
    )


def take(holder: object, member: str, kind: type, where: str, default: object = None, *, wrong: Callable[[str, str], DataError]) -> Any:
    """A member of a description (JSON); where it is no `kind`, raises what `wrong` makes of its path and of what was found."""
    value = holder.get(member, default) if isinstance(holder, dict) else None
    if not isinstance(value, kind):
        raise wrong(f"{where}.{member}", str(value))
    return value


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


class ExportError(AppError):
    """A file or a code that cannot be made from what was asked for."""


class CallError(AppError):
    """A command line whose verb is there and whose values are not."""


class QuestionError(AppError):
    """An address whose values mean nothing to the door that they are given to."""
