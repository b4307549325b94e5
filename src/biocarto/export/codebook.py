"""The codebook of an edition: every table, every column, what it means, what it may hold, each code in words, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from biocarto.i18n import LANGUAGES, Locale
from biocarto.register.headers import translate_header, translate_values
from biocarto.register.tables import Tables

Texts = dict[str, str]
"""Language -> text."""


def build_codebook(package: Mapping[str, Any], tables: Tables) -> dict[str, Any]:
    """Name of the edition, and its tables in their order, as plain values that JSON can say.

    package: the edition's own description, which `tables` were read by.
    """
    return {"edition": tables.edition, "tables": [_describe_table(found, tables) for found in package["resources"]]}


def _pair(item: Mapping[str, Any], member: str) -> Texts:
    """A text of the description and its English, French where there is none."""
    french = str(item.get(member, ""))
    return {"fr": french, "en": str(item.get(f"{member}_en") or french)}


def _describe_table(found: Mapping[str, Any], tables: Tables) -> dict[str, Any]:
    name, schema = str(found["name"]), found["schema"]
    rows = getattr(tables, name, None)
    return {
        "name": name,
        "title": _pair(found, "title"),
        "description": _pair(found, "description"),
        "rows": 0 if rows is None else len(rows),
        "key": schema.get("primaryKey", []),
        "columns": [_describe_column(name, field, _read_links(schema)) for field in schema["fields"]],
    }


def _read_links(schema: Mapping[str, Any]) -> Texts:
    """Column -> the table and column that it names a row of: `sites.id`."""
    keys = schema.get("foreignKeys", [])
    return {key["fields"][0]: f"{key['reference']['resource']}.{key['reference']['fields'][0]}" for key in keys}


def _describe_column(table: str, field: Mapping[str, Any], links: Texts) -> dict[str, Any]:
    name, rules = str(field["name"]), field.get("constraints", {})
    item = field.get("items", {})
    reference = item.get("reference")
    link = links.get(name) or (f"{reference['resource']}.{reference['fields'][0]}" if reference else "")
    return {
        "name": name,
        "label": {lang: translate_header(name, Locale(lang)) for lang in LANGUAGES},
        "type": field["type"],
        "description": _pair(field, "description"),
        "required": bool(rules.get("required")),
        "expected": dict(field.get("expected", {})),
        "names": link,
        "codes": _list_codes(table, name, rules.get("enum") or item.get("enum") or []),
    }


def _list_codes(table: str, column: str, codes: list[Any]) -> list[dict[str, str]]:
    """Each code with its words."""
    words = {lang: translate_values(table, column, Locale(lang)) for lang in LANGUAGES}
    return [{"code": str(code), **{lang: words[lang].get(code, str(code)) for lang in LANGUAGES}} for code in codes]
