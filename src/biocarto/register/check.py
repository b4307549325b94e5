"""Checks a folder of tables without a server: `python -m biocarto.register.check FOLDER`; `make data-check FOLDER=…` does the same.

Prints what a reader of spreadsheets can follow; 1 where something is refused, 0 where everything is read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from biocarto import config
from biocarto.errors import AppError, CatalogueError, Issue, Notice
from biocarto.register import catalogue as joins
from biocarto.register import schema
from biocarto.register import tables as catalogue
from biocarto.register.readback import find_labels
from biocarto.register.sheets import find_letters
from biocarto.register.tables import PACKAGE, Tables
from biocarto.territory import territory

_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "cell": "cellule {}",
        "whole": "le fichier",
        "line": "ligne {}",
        "column": "colonne {}",
        "found": "   trouvé : {}",
        "expected": "   attendu : {}",
        "remedy": "   à faire : {}",
        "correct": "corrigez la cellule {} dans votre tableur, puis enregistrez.",
        "correct_file": "corrigez le fichier, puis enregistrez.",
        "read": "Lu quand même :",
        "refused": "À corriger : {}. Rien n'a été modifié.",
        "good": "{} : {} lignes lues, rien à corriger.",
    },
    "en": {
        "cell": "cell {}",
        "whole": "the file",
        "line": "line {}",
        "column": "column {}",
        "found": "   found: {}",
        "expected": "   expected: {}",
        "remedy": "   to do: {}",
        "correct": "correct cell {} in your spreadsheet, then save.",
        "correct_file": "correct the file, then save.",
        "read": "Read all the same:",
        "refused": "To correct: {}. Nothing was changed.",
        "good": "{}: {} rows read, nothing to correct.",
    },
}


def check(folder: Path, geo: Path) -> tuple[Tables | None, tuple[Issue, ...]]:
    """The tables of a folder, joined with the layers, or what must be corrected; raises AppError where neither can be told."""
    try:
        tables = catalogue.read(folder)
    except CatalogueError as error:
        return None, error.issues
    return tables, tuple(joins.issues(tables, territory.read(geo)))


def describe(issues: Sequence[Issue], folder: Path, lang: str) -> Iterator[str]:
    """Each issue in a few lines, its cell named as a spreadsheet does."""
    package = schema.parse((folder / PACKAGE).read_text(encoding="utf-8-sig"))
    letters = {table.path: find_letters(folder / table.path, table, find_labels(table)) for table in package.values()}
    for number, issue in enumerate(issues, start=1):
        words, cell = _WORDS[lang], f"{letters.get(issue.table, {}).get(issue.column, '')}{issue.line}"
        named = cell if cell.isalnum() and not cell.isdigit() and issue.line > 1 else ""
        expected, remedy = (issue.expected_fr, issue.remedy_fr) if lang == "fr" else (issue.expected_en, issue.remedy_en)
        yield f"{number}. {issue.table}, {_place(issue, letters.get(issue.table, {}).get(issue.column, ''), words)}"
        yield words["found"].format(f"« {issue.found} »" if lang == "fr" else f"“{issue.found}”")
        yield words["expected"].format(expected)
        yield words["remedy"].format(remedy or (words["correct"].format(named) if named else words["correct_file"]))


def _place(issue: Issue, letter: str, words: Mapping[str, str]) -> str:
    """`cellule V12 (ligne 12, colonne V, status)`, as far as it is known."""
    if not issue.line:
        return words["whole"]
    column = words["column"].format(", ".join(dict.fromkeys(filter(None, (letter, issue.column))))) if issue.column else ""
    line = words["line"].format(issue.line)
    if letter and issue.line > 1:
        return f"{words['cell'].format(f'{letter}{issue.line}')} ({line}, {column})"
    return ", ".join(filter(None, (line, column)))


def _report(folder: Path, geo: Path, lang: str) -> tuple[int, list[str]]:
    """What to print, and whether something is refused (1) or not (0)."""
    tables, issues = check(folder, geo)
    words = _WORDS[lang]
    notices: tuple[Notice, ...] = tables.notices if tables else ()
    lines = [words["read"], *(f"   {notice.text(lang)}" for notice in notices)] if notices else []
    if issues:
        return 1, [*describe(issues, folder, lang), *lines, words["refused"].format(len(issues))]
    assert tables is not None
    rows = sum(len(numbers) for numbers in tables.lines.values())
    return 0, [*lines, words["good"].format(folder, rows)]


def main(argv: Sequence[str] | None = None) -> int:
    """Check one folder; 0 when all of it is read, 1 with what to correct when it is not."""
    parser = argparse.ArgumentParser(prog="python -m biocarto.register.check", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="folder of the tables (default: that of BIOCARTO_DATA, else data/)")
    parser.add_argument("--lang", choices=sorted(_WORDS), default="fr", help="language of what is printed (default: fr)")
    given = parser.parse_args(argv)
    try:
        settings = config.read()
        refused, lines = _report(given.folder or settings.data, settings.geo, given.lang)
    except AppError as error:
        refused, lines = 1, [error.message(given.lang)]
    print("\n".join(lines))
    return refused


if __name__ == "__main__":
    sys.exit(main())
