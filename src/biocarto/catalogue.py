"""Reads the tables of data/ as typed frames, or raises one error that lists every cell to correct."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from biocarto import evidence, keys, names, schema
from biocarto.errors import CatalogueError, DataError, Issue
from biocarto.schema import INTEGER, NUMBER, Resource, Rule, shown

PACKAGE = "datapackage.json"


@dataclass(frozen=True)
class Tables:
    """One frame per table, columns as in the file: text is str with "" for unknown, Int64, Float64, tuples for lists."""

    actors: pd.DataFrame
    evidence: pd.DataFrame
    sites: pd.DataFrame
    clusters: pd.DataFrame
    tour_stages: pd.DataFrame
    networks: pd.DataFrame
    network_members: pd.DataFrame
    events: pd.DataFrame
    cities: pd.DataFrame
    national_sites: pd.DataFrame
    figures: pd.DataFrame
    regional_figures: pd.DataFrame
    redirects: pd.DataFrame
    resources: dict[str, dict[str, Any]]
    """Per table: path, title_fr, title_en, description_fr, description_en, licence, sources."""
    lines: Mapping[str, tuple[int, ...]]
    """Per table: the spreadsheet line of each row, for whoever checks the rows further."""
    edition: str = ""
    """The day that the tables were made, as `2026-11-22`: the name of this edition."""


TABLES = tuple(field.name for field in fields(Tables) if field.name not in {"resources", "lines", "edition"})


@dataclass(frozen=True)
class Sheet:
    """One file as read: strings, the index is the spreadsheet line (a quoted cell with line breaks is one line, as in a spreadsheet)."""

    frame: pd.DataFrame
    issues: tuple[Issue, ...] = ()


def read(folder: Path) -> Tables:
    """The validated tables; raises CatalogueError with all issues, DataError if datapackage.json itself is unusable."""
    package, edition = _package(folder / PACKAGE)
    sheets = {name: _sheet(folder / resource.path) for name, resource in package.items()}
    issues = [issue for name in package for issue in _table_issues(package[name], sheets[name])]
    issues += [issue for name in package for issue in _broken_references(package, sheets, name)]
    issues += _figure_issues(package["figures"], sheets["figures"])
    issues += evidence.issues(package, {name: sheet.frame for name, sheet in sheets.items() if not sheet.issues})
    if issues:
        order = [package[name].path for name in package]
        raise CatalogueError(sorted(issues, key=lambda issue: (order.index(issue.table), issue.line)))
    frames = {name: _typed(package[name], sheets[name].frame) for name in package}
    lines = {name: tuple(map(int, sheets[name].frame.index)) for name in package}
    return Tables(**frames, resources={name: resource.about for name, resource in package.items()}, lines=lines, edition=edition)


def _package(path: Path) -> tuple[dict[str, Resource], str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        package = schema.parse(text)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{PACKAGE} est absent ou illisible.", f"{PACKAGE} is missing or cannot be read.") from error
    absent = [name for name in TABLES if name not in package]
    if absent:
        named = ", ".join(absent)
        raise DataError(f"{PACKAGE} ne décrit pas : {named}.", f"{PACKAGE} does not describe: {named}.")
    return {name: package[name] for name in TABLES}, schema.read_edition(text)


# --- from a file to strings -------------------------------------------------------------------------------------------


def _sheet(path: Path) -> Sheet:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = repr(data[error.start : error.start + 1])[2:-1]
        return _unusable(Issue(path.name, line, "", found, "un fichier en UTF-8", "a file in UTF-8"))
    except OSError:
        return _unusable(Issue(path.name, 0, "", "(absent)", "un fichier lisible de ce nom", "a readable file of this name"))
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((line, row) for line, row in enumerate(records, start=1) if row)
    except csv.Error as error:
        line = rows[-1][0] + 1 if rows else 1
        return _unusable(Issue(path.name, line, "", shown(error), "du CSV correct (guillemets fermés)", "well-formed CSV (quotes closed)"))
    return _table(path.name, rows)


def _unusable(issue: Issue) -> Sheet:
    return Sheet(pd.DataFrame(), (issue,))


def _table(name: str, rows: list[tuple[int, list[str]]]) -> Sheet:
    """Rows under their header; a row of another width is told and left out."""
    header = rows[0][1] if rows else []
    if len(header) < 2:
        found = shown(header[0]) if header else "(absent)"
        return _unusable(Issue(name, 1, "", found, "un en-tête séparé par des virgules", "a header separated by commas"))
    repeated = dict.fromkeys(column for i, column in enumerate(header) if column in header[:i])
    issues = [_repeated(name, column) for column in repeated]
    issues += [_ragged(name, line, row, header) for line, row in rows[1:] if len(row) != len(header)]
    kept = [(line, row) for line, row in rows[1:] if len(row) == len(header)]
    frame = pd.DataFrame([row for _, row in kept], columns=header, index=[line for line, _ in kept], dtype=str)
    return Sheet(frame.loc[:, ~frame.columns.duplicated()], tuple(issues))


def _repeated(name: str, column: str) -> Issue:
    return Issue(name, 1, shown(column), shown(column), "chaque colonne une seule fois", "each column only once")


def _ragged(name: str, line: int, row: list[str], header: list[str]) -> Issue:
    column = header[min(len(row), len(header) - 1)]
    return Issue(name, line, shown(column), str(len(row)), f"{len(header)} cellules sur la ligne", f"{len(header)} cells in the row")


# --- what is checked --------------------------------------------------------------------------------------------------


def _table_issues(resource: Resource, sheet: Sheet) -> Iterator[Issue]:
    yield from sheet.issues
    if sheet.frame.columns.empty:
        return
    yield from schema.issues(resource, sheet.frame)
    if set(resource.fields) <= set(sheet.frame.columns):
        yield from _broken_row_rules(resource, sheet.frame)


def _broken_references(package: dict[str, Resource], sheets: dict[str, Sheet], name: str) -> Iterator[Issue]:
    """Values that name no row of another table; a table that could not be read whole is not held against others."""
    frame = sheets[name].frame
    for key in package[name].foreign_keys:
        target = sheets[key.resource]
        if target.issues or key.column not in frame or key.target not in target.frame:
            continue
        known = set(target.frame[key.target])
        is_list = package[name].fields[key.column].type == "list"
        path = package[key.resource].path
        expected = f"« {key.target} » d'une ligne de {path}", f"the “{key.target}” of a row of {path}"
        for line, cell in zip(frame.index, frame[key.column], strict=True):
            for value in schema.split_list(cell) if is_list else filter(None, [cell]):
                if value not in known:
                    yield Issue(package[name].path, int(line), key.column, shown(value), *expected)


# --- figures that the pages show and calculate with, so that a row without one is wrong even if it is well formed ------

COUNT = Rule("count", lambda cell: INTEGER.passes(cell) and int(cell) >= 1, "un nombre entier, au moins 1", "a whole number, at least 1")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
DATE = Rule("date", lambda cell: _DATE.fullmatch(cell) is not None, "une date : année, mois ou jour", "a date: year, month or day")

NEEDED_FIGURES: Mapping[str, Rule] = {
    "idf_entreprises": COUNT,
    "idf_part_biotherapies": NUMBER,
    "idf_part_bioproduction": NUMBER,
    "idf_part_techproviders": NUMBER,
    "idf_part_acteurs_bioprod_fr": NUMBER,
    "tour_etapes": NUMBER,
    "tour_poles_federes": NUMBER,
    "tour_organisateurs": NUMBER,
    "tour_acteurs": NUMBER,
    "tour_participants": NUMBER,
    "tour_regions": NUMBER,
    "tour_debut": DATE,
    "tour_fin": DATE,
}
"""Id of a row of figures.csv -> what its value must be."""


def _figure_issues(resource: Resource, sheet: Sheet) -> Iterator[Issue]:
    """A needed figure that is absent or of the wrong kind; nothing where the table could not be read whole."""
    frame = sheet.frame
    if sheet.issues or not {"id", "value"} <= set(frame.columns):
        return
    for figure in sorted(NEEDED_FIGURES.keys() - set(frame["id"])):
        expected = f"la ligne « {figure} », dont les pages ont besoin", f"the row “{figure}”, which the pages need"
        yield Issue(resource.path, 0, "id", "(absent)", *expected)
    for line, figure, value in frame[["id", "value"]].itertuples(name=None):
        rule = NEEDED_FIGURES.get(figure)
        if rule and value and not rule.passes(value):
            yield Issue(resource.path, int(line), "value", shown(value), rule.expected_fr, rule.expected_en)


# --- rules that tie several columns of a row, which a Table Schema cannot say -----------------------------------------


@dataclass(frozen=True)
class RowRule:
    """`column` is where the issue is shown; `broken` marks the rows of a frame of strings that break the rule."""

    table: str
    column: str
    broken: Callable[[pd.DataFrame], pd.Series]
    expected_fr: str
    expected_en: str


def _exists(cell: str) -> bool:
    """False for a whole day that no calendar has, as 30 February; a year or a month is not judged here."""
    if len(cell) != len("2021-06-08"):
        return True
    try:
        return bool(date.fromisoformat(cell))
    except ValueError:
        return False


ROW_RULES = (
    RowRule(
        "actors",
        "category",
        lambda actors: (actors["kind"] == "company") != (actors["category"] != ""),
        "une catégorie pour une entreprise (kind = company), vide sinon",
        "a category for a company (kind = company), else empty",
    ),
    RowRule(
        "actors",
        "position",
        lambda actors: (actors["position"] == "campus") != (actors["site_id"] != ""),
        "campus si site_id est donné, commune sinon",
        "campus where site_id is given, else commune",
    ),
    RowRule(
        "actors",
        "owner",
        lambda actors: (actors["ownership"] == "part_of") != (actors["owner"] != ""),
        "un propriétaire si ownership = part_of, vide sinon",
        "an owner where ownership = part_of, else empty",
    ),
    RowRule(
        "actors",
        "owner_since",
        lambda actors: (actors["owner_since"] != "") & (actors["owner"] == ""),
        "vide sans propriétaire (owner)",
        "empty without an owner",
    ),
    RowRule(
        "actors",
        "siren",
        lambda actors: ~actors["siren"].map(keys.is_siren),
        "un SIREN dont la clé est juste",
        "a SIREN whose key is right",
    ),
    RowRule(
        "actors",
        "siret",
        lambda actors: ~actors["siret"].map(keys.is_siret),
        "un SIRET dont la clé est juste",
        "a SIRET whose key is right",
    ),
    RowRule(
        "actors",
        "siren",
        lambda actors: (actors["siret"] != "") & (actors["siren"] != actors["siret"].str[:9]),
        "les 9 premiers chiffres du SIRET",
        "the first 9 digits of the SIRET",
    ),
    RowRule(
        "actors",
        "rnsr",
        lambda actors: ~actors["rnsr"].map(keys.is_rnsr),
        "un numéro RNSR dont la lettre clé est juste",
        "an RNSR number whose key letter is right",
    ),
    RowRule("evidence", "valid_from", lambda claims: ~claims["valid_from"].map(_exists), "un jour qui existe", "a day that exists"),
    RowRule(
        "events",
        "network_ids",
        lambda events: (events["network_ids"] == "") & (events["cluster_ids"] == ""),
        "au moins un réseau ou un pôle (cluster_ids)",
        "at least one network or cluster (cluster_ids)",
    ),
    RowRule(
        "events",
        "end",
        lambda events: (events["end"] != "") & (events["end"] < events["start"]),
        "une date qui ne précède pas le début",
        "a date that does not precede the start",
    ),
    RowRule("events", "start", lambda events: ~events["start"].map(_exists), "un jour qui existe", "a day that exists"),
    RowRule("events", "end", lambda events: ~events["end"].map(_exists), "un jour qui existe", "a day that exists"),
)


def _broken_row_rules(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    for rule in (rule for rule in ROW_RULES if rule.table == resource.name):
        for line, found in frame.loc[rule.broken(frame), rule.column].items():
            yield Issue(resource.path, int(line), rule.column, shown(found), rule.expected_fr, rule.expected_en)
    yield from _untranslated(resource, frame)
    if resource.name == "actors":
        yield from _duplicates(resource, frame)


def _untranslated(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """A text in one language only, in a pair of columns `x_fr`, `x_en`."""
    for french in (name for name in frame.columns if name.endswith("_fr")):
        english = f"{french[:-2]}en"
        if english not in frame:
            continue
        for empty, full in ((french, english), (english, french)):
            for line in frame.index[(frame[empty] == "") & (frame[full] != "")]:
                yield Issue(resource.path, int(line), empty, "", f"la traduction de « {full} »", f"the translation of “{full}”")


def _duplicates(resource: Resource, actors: pd.DataFrame) -> Iterator[Issue]:
    """Rows whose name and site agree with those of an earlier row, however they are written."""
    first: dict[tuple[str, str], int] = {}
    for line, name, site, site_id, commune in actors[["name", "site", "site_id", "commune_code"]].itertuples(name=None):
        earlier = first.setdefault((folded(name), site_id or folded(site) or commune), line)
        if earlier != line:
            fr = f"un nom et un site différents de ceux de la ligne {earlier}"
            yield Issue(resource.path, int(line), "name", shown(name), fr, f"a name and site other than those of line {earlier}")


_LEGAL_FORM = re.compile(r"\b(sa|sas|sasu|sarl|eurl|snc|sca|scop|selarl|gie|se|gmbh|ag|inc|ltd|llc|plc|corp|bv|nv|srl|spa)\b")


def folded(name: str) -> str:
    """A name as `names.fold` compares it, without legal forms (SA, SAS, GmbH, ...) but with the letters of every alphabet: α is not β."""
    text = re.sub(r"\b(\w)\.(?=\w\b|\W|$)", r"\1", names.plain(name))  # s.a.s. is sas
    return names.joined(re.findall(r"\w+", _LEGAL_FORM.sub(" ", text))) or text


# --- from strings to types --------------------------------------------------------------------------------------------

_TYPED: dict[str, Callable[[pd.Series], Any]] = {
    "string": lambda cells: cells,
    "integer": lambda cells: pd.array([int(cell) if cell else pd.NA for cell in cells], dtype="Int64"),
    "number": lambda cells: pd.array([float(cell) if cell else pd.NA for cell in cells], dtype="Float64"),
    "list": lambda cells: pd.Series([schema.split_list(cell) for cell in cells], index=cells.index, dtype=object),
}


def _typed(resource: Resource, strings: pd.DataFrame) -> pd.DataFrame:
    frame = strings.reset_index(drop=True)
    return pd.DataFrame({name: _TYPED[resource.fields[name].type](frame[name]) for name in frame.columns}, index=frame.index)
