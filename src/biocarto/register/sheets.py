"""A file of data/ in the columns that its description names, as strings: what French spreadsheets change is changed back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from biocarto.errors import Issue, Notice, quote_value
from biocarto.model import OWN_POINTS, Precision
from biocarto.names import fold
from biocarto.register.delimited import Sheet, parse_sheet, read_bytes, read_letters
from biocarto.register.schema import LIST_DELIMITER, Field, Resource

TAKEN_AWAY = frozenset({"group", "commune_official"})
"""Columns that only the product's own export of actors has: such a file may come back."""


@dataclass(frozen=True)
class Labels:
    """How the product's own files for spreadsheets name columns and codes: folded label -> name, and column -> folded label -> code."""

    headers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NO_LABELS = Labels()

_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_FRENCH_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_GUARDED = re.compile("'(?=[=+\\-@\t\r\n＝＋－＠])")


def restore_positions(actors: pd.DataFrame) -> pd.DataFrame:
    """Exported actors with `position`, `latitude` and `longitude` as their table has them: points of their own alone are written there.

    The export has a point for every row, and says in `precision` (in `position` where columns have labels) what it is worth.
    """
    told = actors["precision" if "precision" in actors else "position"] if {"precision", "position"} & {*actors.columns} else actors["id"]
    own = told.isin(OWN_POINTS)
    campus = (actors["site_id"] != "").map({True: Precision.CAMPUS.value, False: Precision.COMMUNE.value})
    points = {name: actors[name].where(own, "") for name in ("latitude", "longitude") if name in actors}
    return actors.assign(position=told.where(own, campus), **points)


def read_table(path: Path, resource: Resource, labels: Labels = NO_LABELS) -> Sheet:
    """The rows of a table; a column that the description does not name is left out and told as a notice."""
    return parse_table(path.name, read_bytes(path), resource, labels)


def parse_table(name: str, data: bytes | None, resource: Resource, labels: Labels = NO_LABELS) -> Sheet:
    """The same of what a file of this name holds; None for one that cannot be read."""
    sheet = parse_sheet(name, data, lambda header: _resolve_header(header, resource, labels) in (*resource.fields, *TAKEN_AWAY))
    if sheet.frame.columns.empty:
        return sheet
    frame = _without_labels(sheet.frame, resource, labels)
    ours = resource.name == "actors" and set(frame.columns) >= TAKEN_AWAY
    if ours or list(frame.columns) != list(sheet.frame.columns):
        frame = _restore_frame(frame, resource)
    frame, changed = _without_french(frame, resource) if sheet.separator != "," else (frame, [])
    if 2 * len(frame.columns.intersection([*resource.fields])) < len(resource.fields):
        return replace(sheet, frame=pd.DataFrame(), issues=(_no_header(resource, frame),), notices=())
    unknown = [name for name in frame.columns if name not in resource.fields]
    issues = _header_issues(resource, frame, unknown)
    told = () if issues else _report_unknown(resource.path, unknown, ours)
    known = frame[[name for name in frame.columns if name in resource.fields]]
    return replace(sheet, frame=known, issues=(*sheet.issues, *issues), notices=(*sheet.notices, *changed, *told))


def find_letters(path: Path, resource: Resource, labels: Labels = NO_LABELS) -> dict[str, str]:
    """Column -> the letter above it in a spreadsheet, also where the file has its label; empty where there is no header."""
    found = read_letters(path, lambda name: _resolve_header(name, resource, labels) in (*resource.fields, *TAKEN_AWAY))
    return {_resolve_header(name, resource, labels): letter for name, letter in found.items()}


def strip_guards(cells: pd.Series) -> pd.Series:
    """Cells without the apostrophe that the export sets before what a spreadsheet would take for a formula."""
    return cells.str.replace(_GUARDED, "", n=1, regex=True).where(cells.str.match(_GUARDED), cells)


def holds_days(column: Field) -> bool:
    """True for a column whose cells may be whole days."""
    return column.type == "string" and column.find_broken_rule("2021-02-28") is None and column.find_broken_rule("february") is not None


def _resolve_header(header: str, resource: Resource, labels: Labels) -> str:
    """The column that a header means: a name of the description stays what it is."""
    return header if header in resource.fields else labels.headers.get(fold(header), header)


def _without_labels(frame: pd.DataFrame, resource: Resource, labels: Labels) -> pd.DataFrame:
    """Names and codes instead of labels; a column that is there under its name and its label is kept under the first."""
    named = frame.set_axis([_resolve_header(name, resource, labels) for name in frame.columns], axis=1)
    if list(named.columns) == list(frame.columns):
        return frame
    found = named.loc[:, ~named.columns.duplicated()]
    lists = [name for name, column in resource.fields.items() if column.type == "list"]
    coders = {name: _coder(labels.values.get(name, {}), name in lists) for name in (*labels.values, *lists)}
    return found.assign(**{name: found[name].map(coder) for name, coder in coders.items() if name in found})


def _coder(codes: Mapping[str, str], is_list: bool) -> Callable[[str], str]:
    if not is_list:
        return lambda cell: codes.get(fold(cell), cell)
    return lambda cell: LIST_DELIMITER.join(codes.get(fold(item), item.strip()) for item in cell.split(LIST_DELIMITER))


def _restore_frame(frame: pd.DataFrame, resource: Resource) -> pd.DataFrame:
    """A file of the product's own as the table it came from: without the apostrophes before formulas, with what it left out."""
    bare: pd.DataFrame = frame.apply(strip_guards)
    return restore_positions(bare) if resource.name == "actors" and "site_id" in bare else bare


def _without_french(frame: pd.DataFrame, resource: Resource) -> tuple[pd.DataFrame, list[Notice]]:
    """Numbers with a decimal point and days as 2021-06-08, and a notice for each column that had others."""
    found, notices = frame, []
    for name, column in resource.fields.items():
        if name not in frame:
            continue
        cells = frame[name].map(_rewriter(column))
        if (changed := cells != frame[name]).any():
            found = found.assign(**{name: cells})
            line, was, now = int(frame.index[changed][0]), frame.loc[changed, name].iloc[0], cells[changed].iloc[0]
            notices.append(Notice(resource.path, line, name, f"« {was} » lu comme {now}", f"“{was}” read as {now}"))
    return found, notices


def _rewriter(column: Field) -> Callable[[str], str]:
    if column.type == "number" or column.name == "value":
        return lambda cell: cell.replace(",", ".") if _COMMA.fullmatch(cell) else cell
    if holds_days(column):
        return lambda cell: f"{day[3]}-{day[2]}-{day[1]}" if (day := _FRENCH_DAY.fullmatch(cell)) else cell
    return lambda cell: cell


def _no_header(resource: Resource, frame: pd.DataFrame) -> Issue:
    """The one issue of a file whose first row names less than half of the columns: nothing below it can be judged."""
    names = ", ".join(resource.fields)
    return Issue(resource.path, 1, "", quote_value(", ".join(map(str, frame.columns))), f"l'en-tête {names}", f"the header {names}")


def _header_issues(resource: Resource, frame: pd.DataFrame, unknown: list[str]) -> list[Issue]:
    """Columns that are missing, each with the unknown column that may be meant."""
    missing = [name for name in resource.fields if name not in frame]
    return [Issue(resource.path, 1, name, "(absent)", "cette colonne", "this column", *_guess_names(name, unknown)) for name in missing]


def _guess_names(name: str, unknown: list[str]) -> tuple[str, ...]:
    near = get_close_matches(name, unknown, n=1)
    if not near:
        return ()
    return (
        f"Le fichier a une colonne « {quote_value(near[0])} » : est-ce elle ?",
        f"The file has a column “{quote_value(near[0])}”: is it the one?",
    )


def _report_unknown(path: str, unknown: list[str], ours: bool) -> Iterator[Notice]:
    """One notice for each column that is left out; one for all those that the export adds."""
    if ours and unknown:
        names = ", ".join(unknown)
        yield Notice(path, 1, "", f"colonnes calculées, non relues : {names}", f"computed columns, not read back: {names}")
        return
    for name in unknown:
        fr = "colonne que datapackage.json ne décrit pas : elle n'est pas lue"
        yield Notice(path, 1, quote_value(name), fr, "a column that datapackage.json does not describe: it is not read")
