"""What an edition says of itself for programs: its Data Package with absolute addresses, and a Table Schema of each table.

Table Schema as schema.data.gouv.fr takes it: a `schema.json` that names its version, its days and its contributors, with an example
of each field.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from biocarto.export.edition import EditionReference

SCHEMA = "https://specs.frictionlessdata.io/schemas/table-schema.json"
_EXAMPLE = 200
"""Characters of an example: a longer text explains nothing more."""
_OWN = ("name", "type", "format", "description", "constraints")
_CONSTRAINTS = frozenset({"required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength"})
Package = Mapping[str, Any]


def write_text(found: object) -> bytes:
    """JSON that people can read."""
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def write_package(package: Package, reference: EditionReference, home: str, files: Mapping[str, bytes], publisher: str = "") -> bytes:
    """The description of an edition as it was published, with the address, size and digest of each file.

    home: the address of the edition, with a slash at its end. files: the content of each table, by its path.
    """
    resources = [
        {**resource, "path": f"{home}{resource['path']}", **_measure(files.get(resource["path"]))} for resource in package["resources"]
    ]
    told = {"id": reference.link or home, "homepage": home, "edition": reference.name}
    people = [{"title": publisher, "roles": ["publisher"]}] if publisher else []
    return write_text({**package, **told, **({"contributors": people} if people else {}), "resources": resources})


def _measure(content: bytes | None) -> dict[str, object]:
    return {} if content is None else {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}


def build_table_schema(package: Package, table: str, home: str, examples: Mapping[str, object], publisher: str = "") -> dict[str, Any]:
    """The Table Schema of one table; raises KeyError for one that the package does not describe.

    home: the address of the edition, "" where it has none. examples: column -> a cell of the register.
    """
    resource = next((found for found in package["resources"] if found["name"] == table), None)
    if resource is None:
        raise KeyError(table)
    schema = resource["schema"]
    day = package["created"][:10]
    return {
        "$schema": SCHEMA,
        "name": f"biocarto-{table.replace('_', '-')}",
        "title": resource["title"],
        "description": resource["description"],
        "countryCode": "FR",
        **({"homepage": home, "path": f"{home}schema/{table}.json"} if home else {}),
        **({"resources": [{"title": resource["title"], "path": f"{home}{resource['path']}"}]} if home else {}),
        "sources": [source for source in resource.get("sources", package["sources"]) if "path" in source],
        "licenses": resource.get("licenses", package["licenses"]),
        "created": day,
        "lastModified": day,
        "version": package["version"],
        "contributors": [{"title": publisher or "BioCarto", "role": "publisher" if publisher else "author"}],
        "fields": [_build_field(field, examples.get(field["name"])) for field in schema["fields"]],
        "missingValues": schema.get("missingValues", [""]),
        **({"primaryKey": schema["primaryKey"]} if "primaryKey" in schema else {}),
    }


def _build_field(field: Mapping[str, Any], example: object) -> dict[str, Any]:
    """Of a list Table Schema's first version knows the text alone: its items have no type there."""
    own = {name: field[name] for name in _OWN if name in field}
    if own["type"] == "list":
        own["type"] = "string"
    if "constraints" in own:
        own["constraints"] = {name: value for name, value in own["constraints"].items() if name in _CONSTRAINTS}
    return {**own, **({} if example in (None, "") else {"example": str(example)[:_EXAMPLE]})}


def find_examples(content: bytes) -> dict[str, str]:
    """Column -> the first cell of a published table that has something in it."""
    found: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        found = {name: found.get(name) or cell or "" for name, cell in row.items() if name}
        if all(found.values()):
            break
    return found
