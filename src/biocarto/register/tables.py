"""Reads the tables of data/ as typed frames, or raises one error that lists every cell to correct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from biocarto import caches, names
from biocarto.caches import Cache
from biocarto.clock import read_today
from biocarto.errors import CatalogueError, DataError, Issue, Notice, build_unreadable_error, quote_value
from biocarto.files import stamp_folder
from biocarto.model import OWN_POINTS, Precision
from biocarto.register import causes, changes, evidence, keys, schema, table_rules, value_rules
from biocarto.register.changes import Change
from biocarto.register.delimited import Sheet, read_bytes
from biocarto.register.readback import find_labels
from biocarto.register.schema import INTEGER, NUMBER, Resource, Rule
from biocarto.register.sheets import parse_table

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
    """The name of this edition: the day that the tables were made, `2026-11-22`, or `2026-11-22.2` for the second one of that day."""
    notices: tuple[Notice, ...] = ()
    """What was unusual in the files and was read all the same."""
    changes: tuple[Change, ...] = ()
    """What each edition told differently from the one before, oldest first, as far as a log is there."""
    stamp: str = ""
    """The folder as it was before it was read (`files.stamp_folder`)."""


TABLES = tuple(field.name for field in fields(Tables) if field.type == "pd.DataFrame")


def read(folder: Path) -> Tables:
    """The validated tables; raises CatalogueError with all issues, DataError if datapackage.json itself is unusable."""
    stamp, text = stamp_folder(folder), _read_description(folder)
    package, edition = parse_package(text), schema.read_edition(text)
    read_tables = {name: _read_table(folder / resource.path, text, resource) for name, resource in package.items()}
    sheets = {name: table.sheet for name, table in read_tables.items()}
    issues = [issue for table in read_tables.values() for issue in table.issues]
    issues += [issue for name in package for issue in find_broken_references(package, sheets, name)]
    issues += find_figure_issues(package["figures"], sheets["figures"])
    issues += evidence.find_issues(package, {name: sheet.frame for name, sheet in sheets.items() if not sheet.issues})
    issues += [issue for table in read_tables.values() for issue in table.wrong_values]
    issues += table_rules.find_shared_issues(package, sheets)
    log, wrong = changes.read(folder)
    if issues or wrong:
        order = [*(package[name].path for name in package), changes.FILE]
        raise CatalogueError(causes.gather(sorted([*issues, *wrong], key=lambda issue: (order.index(issue.table), issue.line))))
    frames = {name: type_columns(package[name], sheets[name].frame) for name in package}
    lines = {name: tuple(map(int, sheets[name].frame.index)) for name in package}
    about = {name: resource.about for name, resource in package.items()}
    notices = tuple(notice for sheet in sheets.values() for notice in sheet.notices)
    return Tables(**frames, resources=about, lines=lines, edition=edition, notices=notices, changes=log, stamp=stamp)


def list_files(folder: Path) -> tuple[str, ...]:
    """Names of the files that an edition is made of, its description first; raises DataError."""
    return PACKAGE, *(resource.path for resource in parse_package(_read_description(folder)).values())


@lru_cache(maxsize=caches.DESCRIPTIONS)
def parse_package(text: str) -> dict[str, Resource]:
    """The tables that a description describes, in our order, shared; raises DataError where it cannot be used or lacks one."""
    package = schema.parse(text)
    absent = [name for name in TABLES if name not in package]
    if absent:
        named = ", ".join(absent)
        raise DataError(f"{PACKAGE} ne décrit pas : {named}.", f"{PACKAGE} does not describe: {named}.")
    return {name: package[name] for name in TABLES}


def _read_description(folder: Path) -> str:
    path = folder / PACKAGE
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise build_unreadable_error(path, "BIOCARTO_DATA", error) from error


# --- a table that is what it was is read once: two editions differ in few of their tables --------------------------------


@dataclass(frozen=True)
class _ReadTable:
    """A table's cells as text, and what they break by themselves: their form and rows, and values that are well formed and wrong."""

    sheet: Sheet
    issues: tuple[Issue, ...]
    wrong_values: tuple[Issue, ...]


_READ_TABLES = Cache(caches.READ_TABLES)


def _read_table(path: Path, description: str, resource: Resource) -> _ReadTable:
    """The table of a file, kept by what the file holds, the text that describes it and the day, after which no page can be dated."""
    data = read_bytes(path)
    digest = None if data is None else sha256(data).digest()
    key = (description, resource.name, digest, read_today())
    return _READ_TABLES.get(key, lambda: _check_table(resource, parse_table(path.name, data, resource, find_labels(resource))))


def _check_table(resource: Resource, sheet: Sheet) -> _ReadTable:
    wrong = () if sheet.frame.columns.empty else tuple(value_rules.find_issues(resource, sheet))
    return _ReadTable(sheet, tuple(find_table_issues(resource, sheet)), wrong)


# --- what is checked --------------------------------------------------------------------------------------------------


def find_table_issues(resource: Resource, sheet: Sheet) -> Iterator[Issue]:
    """What the cells and rows of one table break by themselves."""
    yield from sheet.issues
    if sheet.frame.columns.empty:
        return
    yield from (issue for issue in schema.find_issues(resource, sheet.frame) if issue.line > 1)  # the header is told by the sheet
    if set(resource.fields) <= set(sheet.frame.columns):
        yield from find_broken_row_rules(resource, sheet.frame)


def find_broken_references(package: dict[str, Resource], sheets: dict[str, Sheet], name: str) -> Iterator[Issue]:
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
                    yield Issue(package[name].path, int(line), key.column, quote_value(value), *expected)


# --- figures that the pages show and calculate with, so that a row without one is wrong even if it is well formed ------

COUNT = Rule("count", lambda cell: INTEGER.passes(cell) and int(cell) >= 1, "un nombre entier, au moins 1", "a whole number, at least 1")
DATE = Rule("date", value_rules.is_date, "une date : année, mois ou jour", "a date: year, month or day")

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


def find_figure_issues(resource: Resource, sheet: Sheet) -> Iterator[Issue]:
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
            yield Issue(resource.path, int(line), "value", quote_value(value), rule.expected_fr, rule.expected_en)


# --- rules that tie several columns of a row, which a Table Schema cannot say -----------------------------------------


@dataclass(frozen=True)
class RowRule:
    """`column` is where the issue is shown; `broken` marks the rows of a frame of strings that break the rule."""

    table: str
    column: str
    broken: Callable[[pd.DataFrame], pd.Series]
    expected_fr: str
    expected_en: str


def _has_cell(frame: pd.DataFrame, column: str) -> pd.Series:
    """True where a cell is not empty; nowhere in tables of an edition that has no such column."""
    return frame[column] != "" if column in frame else pd.Series(False, index=frame.index)


def _mark_right_positions(actors: pd.DataFrame) -> pd.Series:
    """True where the precision agrees with what is given: a point of its own, else a campus, else a commune."""
    point, own = _has_cell(actors, "latitude"), actors["position"].isin(OWN_POINTS)
    known = (actors["position"] == Precision.CAMPUS) == (actors["site_id"] != "")
    return own.where(point, ~own & known)


ROW_RULES = (
    RowRule(
        "actors",
        "category",
        lambda actors: (actors["kind"] == "company") != (actors["category"] != ""),
        "une catégorie pour une entreprise, vide pour tout autre type",
        "a category for a company, empty for any other kind",
    ),
    RowRule(
        "actors",
        "position",
        lambda actors: ~_mark_right_positions(actors),
        "street ou in_street si un point est donné, sinon campus si site_id l'est, sinon commune",
        "street or in_street where a point is given, else campus where site_id is, else commune",
    ),
    RowRule(
        "actors",
        "longitude",
        lambda actors: _has_cell(actors, "latitude") != _has_cell(actors, "longitude"),
        "latitude et longitude, ou aucune des deux",
        "latitude and longitude, or neither",
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
)


def find_broken_row_rules(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """Rows whose columns contradict each other, in a table of strings indexed by line."""
    for rule in (rule for rule in ROW_RULES if rule.table == resource.name):
        broken = rule.broken(frame)
        for line, found in frame.loc[broken, rule.column].items() if broken.any() else ():
            yield Issue(resource.path, int(line), rule.column, quote_value(found), rule.expected_fr, rule.expected_en)
    yield from _find_untranslated(resource, frame)


_MAY_WAIT = {("actors", "activity_en")}
"""Translations that a list of contacts does not bring: pages show the French text until somebody writes them."""


def _find_untranslated(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """A text in one language only, in a pair of columns `x_fr`, `x_en`."""
    for french in (name for name in frame.columns if name.endswith("_fr")):
        english = f"{french[:-2]}en"
        if english not in frame:
            continue
        for empty, full in ((french, english), (english, french)):
            told: Iterable[int] = [] if (resource.name, empty) in _MAY_WAIT else frame.index[(frame[empty] == "") & (frame[full] != "")]
            for line in told:
                yield Issue(resource.path, int(line), empty, "", f"la traduction de « {full} »", f"the translation of “{full}”")


folded = names.fold_company


# --- from strings to types --------------------------------------------------------------------------------------------

_TYPED: dict[str, Callable[[pd.Series], Any]] = {
    "string": lambda cells: cells,
    "integer": lambda cells: pd.array([int(cell) if cell else pd.NA for cell in cells], dtype="Int64"),
    "number": lambda cells: pd.array([float(cell) if cell else pd.NA for cell in cells], dtype="Float64"),
    "list": lambda cells: pd.Series([schema.split_list(cell) for cell in cells], index=cells.index, dtype=object),
}


def type_columns(resource: Resource, strings: pd.DataFrame) -> pd.DataFrame:
    """A table of strings that breaks no rule, with the types of its description, rows numbered from 0."""
    frame = strings.reset_index(drop=True)
    return pd.DataFrame({name: _TYPED[resource.fields[name].type](frame[name]) for name in frame.columns}, index=frame.index)
