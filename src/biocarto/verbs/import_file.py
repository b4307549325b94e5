"""A file of a spreadsheet brought into the register, or explained as JSON without writing anything."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from biocarto.clock import read_today
from biocarto.desk.acts import Desk
from biocarto.desk.facts import Evidence
from biocarto.desk.intake.applying import apply_import
from biocarto.desk.intake.explaining import explain, explain_beside
from biocarto.desk.intake.explanation_json import to_json
from biocarto.desk.intake.known_register import read_known_folder
from biocarto.desk.intake.refused_file import write_refused
from biocarto.desk.intake.sheet_limits import LARGEST_FILE, build_large_error
from biocarto.desk.intake.staging import Choices, Explanation, RefusedCell
from biocarto.desk.intake.workbook import count_letters
from biocarto.errors import AppError, CallError, Issue, quote_value
from biocarto.i18n import Locale
from biocarto.verbs.desk_verbs.shared import (
    add_shared,
    build_intent,
    choose_words,
    open_desk,
    print_json,
    read_cells,
    read_path,
    read_settings,
    require_readable_words,
    tell_done,
)
from biocarto.verbs.options import require_name, write_output

_MOST_TOLD = 20
"""Refused cells that are told one by one."""
_NEW = "new"


def add_arguments(parser: ArgumentParser) -> None:
    """The file, what its columns are, and what it rests on."""
    add_shared(parser)
    parser.add_argument("file", type=read_path, metavar="FILE", help="XLSX, XLS, ODS, CSV, TSV, GeoJSON, GeoPackage, Parquet")
    parser.add_argument("--preview", action="store_true", help="JSON, sans rien écrire | JSON, nothing is written")
    parser.add_argument("--table", default="", metavar="T", help="table du registre | table of the register")
    parser.add_argument("--sheet", default="", metavar="S", help="feuille du classeur | sheet of the workbook")
    parser.add_argument("--field", action="append", default=[], metavar="LETTER=column", help="C=website ; C= : sans elle | left out")
    parser.add_argument("--set", action="append", default=[], metavar="column=value", help="pour chaque ligne | for every line")
    parser.add_argument("--source", default="", metavar="URL", help="page qui le dit | page that says so")
    parser.add_argument("--title", default="", metavar="T", help="titre de la page | title of the page")
    parser.add_argument("--as-of", default="", metavar="YEAR", help="année de la page | year of the page")
    parser.add_argument("--same", action="append", default=[], metavar="LINE=ID|new", help="cette ligne est | this line is")
    parser.add_argument("--refused", type=require_name, metavar="FILE", help="lignes à corriger (.csv, .xlsx) | lines to correct")
    parser.add_argument("--why", metavar="TEXT", help="raison | reason")


def run(given: Namespace) -> int:
    """1 where a line is refused or awaits a decision."""
    require_readable_words(given)
    choices, data, desk = _read_choices(given), _read_file(given.file), open_desk(given)
    name = given.file.name
    if given.preview and not desk.store.exists():
        known = read_known_folder(read_settings(given).data, desk.territory, read_today().isoformat())
        explanation = explain_beside(known, name, data, choices)
    else:
        explanation = explain(desk, name, data, choices)
    if given.preview:
        print_json(to_json(explanation, getattr(given, "lang", None) or "fr"))
    else:
        _apply(given, desk, explanation)
    if given.refused and explanation.refused:
        _write_refused(given, explanation)
    return int(bool(explanation.refused or explanation.doubtful))


def _read_file(path: Path) -> bytes:
    if not path.is_file():
        raise CallError(f"{quote_value(path)} n'est pas un fichier.", f"{quote_value(path)} is no file.")
    if path.stat().st_size > LARGEST_FILE:  # before it is in memory
        raise build_large_error(path.name)
    return path.read_bytes()


def _read_choices(given: Namespace) -> Choices:
    """What was decided in the call; raises CallError."""
    letters = read_cells(given.field, "--field ")
    wrong = next((letter for letter in letters if not re.fullmatch("[A-Za-z]{1,3}", letter)), "")
    if wrong:
        raise CallError(f"--field : « {quote_value(wrong)} » n'est pas une colonne.", f"--field: “{quote_value(wrong)}” is no column.")
    same = read_cells(given.same, "--same ")
    if not all(re.fullmatch("[0-9]{1,7}", line) and row_id for line, row_id in same.items()):
        raise CallError("--same : donnez LIGNE=identifiant ou LIGNE=new.", "--same: give LINE=identifier or LINE=new.")
    return Choices(
        resource=given.table,
        sheet=given.sheet,
        fields={count_letters(letter.upper()) - 1: field for letter, field in letters.items()},
        constants=read_cells(given.set, "--set "),
        page=Evidence(given.source.strip(), given.title.strip(), given.as_of.strip()),
        same={int(line): "" if row_id == _NEW else row_id for line, row_id in same.items()},
    )


def _apply(given: Namespace, desk: Desk, explanation: Explanation) -> None:
    t = choose_words(given)
    why = t("Import de {name}").format(name=explanation.file) if given.why is None else given.why
    try:
        made = apply_import(desk, build_intent(why), explanation)
    except AppError:
        _tell_left(explanation, t)
        raise
    tell_done(given, desk.store, made)
    _tell_left(explanation, t)


def _tell_left(explanation: Explanation, t: Locale) -> None:
    """What is not imported, and why."""
    for cell in explanation.refused[:_MOST_TOLD]:
        print(_locate(explanation, cell).text(t.language))
    if refused := {cell.line for cell in explanation.refused}:
        print(t("Lignes refusées : {count}. Les autres n'en dépendent pas.").format(count=len(refused)))
    for found in explanation.doubtful[:_MOST_TOLD]:
        line = t("Ligne {line} : peut-être {row} ({score}) ; dites --same {line}={row} ou --same {line}=new.")
        print(line.format(line=found.line, row=found.row_id, score=f"{found.score:.2f}"))
    if doubtful := {found.line for found in explanation.doubtful}:
        print(t("Lignes à trancher : {count}.").format(count=len(doubtful)))


def _locate(explanation: Explanation, cell: RefusedCell) -> Issue:
    near = (f"« {cell.nearest} » ?", f"“{cell.nearest}”?") if cell.nearest else ("", "")
    return Issue(explanation.file, cell.line, cell.column, cell.found, cell.expected_fr, cell.expected_en, *near)


def _write_refused(given: Namespace, explanation: Explanation) -> None:
    kind = "xlsx" if given.refused.lower().endswith(".xlsx") else "csv"
    t = choose_words(given)
    name = f"{Path(explanation.file).stem}-{'a-corriger' if t.language == 'fr' else 'to-correct'}.{kind}"
    write_output(write_refused(explanation, t.language, kind), given.refused, name, private=True)
