"""What datapackage.json says of every table, turned into values and pandera checks: no column is described twice."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

import pandas as pd
import pandera.pandas as pa

from biocarto.errors import DataError, Issue, quote_value, take

LIST_DELIMITER = ";"
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_EDITION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(\.([2-9]|[1-9][0-9]{1,3}))?")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]+\.csv")


@dataclass(frozen=True)
class Rule:
    """A test of one cell, and what should stand there instead."""

    name: str
    passes: Callable[[str], bool]
    expected_fr: str
    expected_en: str


@dataclass(frozen=True)
class Field:
    """One column: its Table Schema type and the rules of its cells."""

    name: str
    type: str
    rules: tuple[Rule, ...]
    unique: bool
    choices: tuple[str, ...] = ()
    """The codes that a cell, or each item of a list, may be; empty where it may be anything of its kind."""
    longest: int = 0
    """Characters of a cell, or of each item of a list; 0 where no length is described."""

    @property
    def is_required(self) -> bool:
        """Whether an empty cell breaks a rule."""
        return any(not rule.passes("") for rule in self.rules if rule.name == "required")

    def find_broken_rule(self, cell: str) -> Rule | None:
        """The first rule that a cell breaks, one correction at a time; an empty cell can only be required."""
        for rule in self.rules:
            if (cell or rule.name == "required") and not rule.passes(cell):
                return rule
        return None

    def mark_good(self, cells: pd.Series) -> pd.Series:
        """True for each cell that breaks no rule, on the index of `cells`."""
        values = cells.tolist()
        different = set(values)
        good = different - {""}
        for rule in self.rules:
            good = set(filter(rule.passes, good))
        if "" in different and self.find_broken_rule("") is None:
            good.add("")
        marks = True if len(good) == len(different) else [cell in good for cell in values]
        return pd.Series(marks, index=cells.index, dtype=bool)


@dataclass(frozen=True)
class ForeignKey:
    """`column` (or each item of it, if it is a list) must stand in `target` of the table `resource`."""

    column: str
    resource: str
    target: str


@dataclass(frozen=True)
class Resource:
    """One table: its file, its columns, its keys, and what the sources page says about it."""

    name: str
    path: str
    fields: dict[str, Field]
    keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    about: dict[str, Any]


def parse(text: str) -> dict[str, Resource]:
    """The tables of a data package by name; raises DataError where the description itself is unusable."""
    try:
        package = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _build_error("JSON", str(error)) from error
    found = [_resource(item, f"resources[{i}]", package) for i, item in enumerate(_take(package, "resources", list, "package"))]
    resources = {resource.name: resource for resource in found}
    if len(resources) != len(found):
        raise _build_error("resources", str([resource.name for resource in found]))
    for resource in found:
        for key in resource.foreign_keys:
            if key.resource not in resources or key.target not in resources[key.resource].fields:
                raise _build_error(f"{resource.name}.foreignKeys", f"{key.resource}.{key.target}")
    return resources


def read_edition(text: str) -> str:
    """The name of the edition: `edition` (`2026-11-28`, or `2026-11-28.2` for the second one of a day), else the day of `created`.

    Raises DataError where the description does not tell.
    """
    package = json.loads(text)
    member = "edition" if "edition" in package else "created"
    told = str(package.get(member))
    name = told if member == "edition" else told[:10]
    try:
        if not _EDITION.fullmatch(name):
            raise ValueError(name)
        date.fromisoformat(name[:10])
    except ValueError as error:
        raise _build_error(member, told) from error
    return name


def find_issues(resource: Resource, frame: pd.DataFrame) -> list[Issue]:
    """Everything wrong with one table of strings; the index of `frame` holds the spreadsheet lines."""
    try:
        build_frame_schema(resource).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.astype(object)
        return [issue for case in cases.itertuples(index=False) if (issue := _issue(resource, case)) is not None]
    return []


def build_frame_schema(resource: Resource) -> pa.DataFrameSchema:
    """The pandera schema of one table as it is read, when all cells are still strings."""
    columns = {field.name: pa.Column(None, pa.Check(field.mark_good, name="cells")) for field in resource.fields.values()}
    keys = [pa.Check(_distinct(key), name="key") for key in resource.keys]
    return pa.DataFrameSchema(columns, checks=keys, strict=True)


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a list cell; an empty cell has none."""
    return tuple(cell.split(LIST_DELIMITER)) if cell else ()


def _distinct(key: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.Series]:
    def check(frame: pd.DataFrame) -> pd.Series:
        if not set(key) <= set(frame.columns):
            return pd.Series(True, index=frame.index)
        columns = list(key)
        return ~(frame.duplicated(columns) & (frame[columns] != "").all(axis=1))

    return check


def _issue(resource: Resource, case: Any) -> Issue | None:
    """One failure case of pandera as an issue; a key that fails comes once per column and is told once."""
    if case.check == "column_in_dataframe":
        return Issue(resource.path, 1, quote_value(case.failure_case), "(absent)", "cette colonne", "this column")
    if case.check == "column_in_schema":
        name = quote_value(case.failure_case)
        return Issue(resource.path, 1, name, name, "une colonne décrite dans datapackage.json", "a column described in datapackage.json")
    if case.schema_context == "Column":
        rule = cast(Rule, resource.fields[case.column].find_broken_rule(case.failure_case))  # which is why the cell is a failure case
        return Issue(resource.path, int(case.index), case.column, quote_value(case.failure_case), rule.expected_fr, rule.expected_en)
    key = resource.keys[int(case.check_number)]
    if case.column != key[0]:
        return None
    names = " + ".join(key)
    fr, en = f"une valeur qui n'apparaît qu'une fois ({names})", f"a value that occurs only once ({names})"
    return Issue(resource.path, int(case.index), key[0], quote_value(case.failure_case), fr, en)


def _resource(item: object, where: str, package: Mapping[str, object]) -> Resource:
    name, path = _take(item, "name", str, where), _take(item, "path", str, where)
    if not _PLAIN_NAME.fullmatch(path):
        raise _build_error(f"{where}.path", path)
    schema = _take(item, "schema", dict, where)
    members = _take(schema, "fields", list, where)
    described = [_field(field, f"{name}.fields[{i}]") for i, field in enumerate(members)]
    fields = {field.name: field for field in described}
    keys = _keys(schema, name, described)
    foreign = [_foreign_key(key, f"{name}.foreignKeys[{i}]") for i, key in enumerate(_take(schema, "foreignKeys", list, where, []))]
    foreign += [_item_key(member) for member in members if "reference" in member.get("items", {})]
    used = [column for key in keys for column in key] + [key.column for key in foreign]
    if len(fields) != len(described) or not all(isinstance(column, str) and column in fields for column in used):
        raise _build_error(f"{name}.schema", str(used))
    return Resource(name, path, fields, keys, tuple(foreign), _about(item, where, package))


def _keys(schema: object, name: str, described: Sequence[Field]) -> tuple[tuple[str, ...], ...]:
    """The primary key, the unique keys and the unique columns; every table has at least one of them."""
    groups = [_take(schema, "primaryKey", list, name, []), *_take(schema, "uniqueKeys", list, name, [])]
    if not any(groups) or not all(isinstance(group, list) for group in groups):
        raise _build_error(f"{name}.primaryKey", str(groups))
    return (*(tuple(group) for group in groups if group), *((field.name,) for field in described if field.unique))


def _meanings(item: object, where: str, member: str) -> dict[str, str]:
    """Column -> what it means, in the language of `member`."""
    fields = _take(_take(item, "schema", dict, where), "fields", list, where)
    return {_take(field, "name", str, where): _take(field, member, str, where, "") for field in fields}


def _about(item: object, where: str, package: Mapping[str, object]) -> dict[str, Any]:
    """What the sources page tells; licence and sources are those of the package where the table has none of its own."""
    texts = {f"{key}_{lang}": _take(item, member, str, where) for key, lang, member in _TEXTS}
    both = {name: _take(item, name, list, where, package.get(name)) for name in ("licenses", "sources")}
    if not both["licenses"] or not all(isinstance(entry, dict) for entries in both.values() for entry in entries):
        raise _build_error(f"{where}.licenses, sources", str(both))
    created = _take(package, "created", str, where, "")[:10]
    return {
        "path": _take(item, "path", str, where),
        **texts,
        "date_fr": created,
        "date_en": created,
        "licence": both["licenses"][0],
        "columns": {lang: _meanings(item, where, member) for lang, member in (("fr", "description"), ("en", "description_en"))},
        "sources": both["sources"],
    }


_TEXTS = (
    ("title", "fr", "title"),
    ("title", "en", "title_en"),
    ("description", "fr", "description"),
    ("description", "en", "description_en"),
)


def _foreign_key(item: object, where: str) -> ForeignKey:
    reference = _take(item, "reference", dict, where)
    names = [*_take(item, "fields", list, where), *_take(reference, "fields", list, where)]
    if len(names) != 2 or not all(isinstance(name, str) for name in names):
        raise _build_error(where, str(names))
    return ForeignKey(names[0], _take(reference, "resource", str, where), names[1])


def _item_key(member: Mapping[str, Any]) -> ForeignKey:
    """The reference of a list column, which a Table Schema has no word for: each item names a row of another table."""
    return _foreign_key({**member["items"], "fields": [member["name"]]}, f"{member['name']}.items")


def _field(item: object, where: str) -> Field:
    name, kind = _take(item, "name", str, where), _take(item, "type", str, where)
    of_items = _take(item, "items", dict, where, {})
    is_list = _take(item, "delimiter", str, where, "") == LIST_DELIMITER
    if kind not in _TYPES or is_list != (kind == "list") or (of_items and not is_list):
        raise _build_error(f"{where}.type", kind)
    words = _take(item, "expected", dict, where, {})
    constraints = dict(_take(item, "constraints", dict, where, {}))
    unique = constraints.pop("unique", False) is True
    rules = [_rule(key, value, words, f"{where}.{key}") for key, value in constraints.items()]
    each = [_every_item(_rule(key, value, words, f"{where}.items.{key}")) for key, value in of_items.items() if key != "reference"]
    choices = tuple(map(str, of_items.get("enum") or constraints.get("enum") or ()))
    longest = int(of_items.get("maxLength") or constraints.get("maxLength") or 0)
    return Field(name, kind, (*_TYPES[kind], *rules, *each), unique, choices, longest)


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None and math.isfinite(float(cell))


def _is_list(cell: str) -> bool:
    items = split_list(cell)
    return all(item and item == item.strip() for item in items) and len(set(items)) == len(items)


INTEGER = Rule("type", lambda cell: _INTEGER.fullmatch(cell) is not None, "un nombre entier", "a whole number")
NUMBER = Rule("type", _is_number, "un nombre, avec un point décimal", "a number, with a decimal point")
_TYPES: dict[str, tuple[Rule, ...]] = {
    "string": (),
    "integer": (INTEGER,),
    "number": (NUMBER,),
    "list": (
        Rule(
            "type",
            _is_list,
            "des valeurs différentes séparées par « ; », sans espace ni vide",
            "different values separated by “;”, no space or gap around them",
        ),
    ),
}


def _every_item(rule: Rule) -> Rule:
    return Rule(rule.name, lambda cell: all(rule.passes(item) for item in split_list(cell)), rule.expected_fr, rule.expected_en)


def _rule(key: str, value: Any, words: Mapping[str, object], where: str) -> Rule:
    """The rule of one Table Schema constraint; an unknown or ill-typed constraint is a broken description, never skipped."""
    accepted: dict[str, Any] = {
        "required": bool,
        "pattern": str,
        "enum": list,
        "minimum": (int, float),
        "maximum": (int, float),
        "maxLength": int,
    }
    if key not in accepted or not isinstance(value, accepted[key]) or isinstance(value, bool) != (key == "required"):
        raise _build_error(where, str(value))
    if key == "required":
        return Rule(key, lambda cell: cell != "" or not value, "une valeur (colonne obligatoire)", "a value (required column)")
    if key == "pattern":
        return _pattern(value, words, where)
    if key == "enum":
        allowed = frozenset(map(str, value))
        among = ", ".join(map(str, value))
        return Rule(key, allowed.__contains__, f"une de ces valeurs : {among}", f"one of these values: {among}")
    if key == "maxLength":
        return Rule(key, lambda cell: len(cell) <= value, f"au plus {value} caractères", f"at most {value} characters")
    if key == "minimum":
        return Rule(key, lambda cell: not _is_number(cell) or float(cell) >= value, f"au moins {value}", f"at least {value}")
    return Rule(key, lambda cell: not _is_number(cell) or float(cell) <= value, f"au plus {value}", f"at most {value}")


def _pattern(value: str, words: Mapping[str, object], where: str) -> Rule:
    try:
        pattern = re.compile(value)
    except re.error as error:
        raise _build_error(where, value) from error
    fr, en = words.get("fr", f"le motif {value}"), words.get("en", f"the pattern {value}")
    return Rule("pattern", lambda cell: pattern.fullmatch(cell) is not None, str(fr), str(en))


def _build_error(where: str, found: str) -> DataError:
    return DataError(
        f"datapackage.json, {where} : « {quote_value(found)} » n'est pas utilisable ; la description des tables est à corriger.",
        f"datapackage.json, {where}: “{quote_value(found)}” cannot be used; the description of the tables needs correcting.",
    )


_take = partial(take, wrong=_build_error)
