"""Checks a folder of tables without a server and tells what a reader of spreadsheets can follow: `python -m biocarto check FOLDER`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from biocarto.errors import CatalogueError, Issue, Notice
from biocarto.register import catalogue as catalogue_builder
from biocarto.register import schema
from biocarto.register import tables as tables_reader
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
        tables = tables_reader.read(folder)
    except CatalogueError as error:
        return None, error.issues
    return tables, tuple(catalogue_builder.find_issues(tables, territory.read(geo)))


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


def report_folder(folder: Path, geo: Path, lang: str) -> tuple[int, list[str]]:
    """What to print, and whether something is refused (1) or not (0); raises AppError where neither can be told."""
    tables, issues = check(folder, geo)
    words = _WORDS[lang]
    notices: tuple[Notice, ...] = tables.notices if tables else ()
    lines = [words["read"], *(f"   {notice.text(lang)}" for notice in notices)] if notices else []
    if tables is None or issues:
        return 1, [*describe(issues, folder, lang), *lines, words["refused"].format(len(issues))]
    rows = sum(len(numbers) for numbers in tables.lines.values())
    return 0, [*lines, words["good"].format(folder, rows)]
