"""What the page of sources tells of the layers: title, rows, vintage, sources, licence, from geo/datapackage.json."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from biocarto.errors import LayerError, build_unreadable_error, quote_value, take

PACKAGE = "datapackage.json"


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """Layer name -> path, title and date in both languages, rows (missing where unreadable), licence, sources. Raises LayerError."""
    path = folder / PACKAGE
    try:
        package = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise build_unreadable_error(path, "BIOCARTO_GEO", error) from error
    layers = _take(package, "resources", list, "package")
    return {
        _take(layer, "name", str, f"resources[{i}]"): _describe_layer(folder, layer, package, f"resources[{i}]")
        for i, layer in enumerate(layers)
    }


def _describe_layer(folder: Path, layer: dict[str, Any], package: dict[str, Any], where: str) -> dict[str, Any]:
    return {
        **{name: _take(layer, member, str, where) for name, member in _TEXTS.items()},
        "licence": _credits(layer, package, "licenses", where)[0],
        "sources": _credits(layer, package, "sources", where),
        **_facts(folder / layer["path"]),
    }


_TEXTS = {
    "path": "path",
    "title_fr": "title",
    "title_en": "title_en",
    "date_fr": "vintage",
    "date_en": "vintage_en",
}


def _credits(layer: dict[str, Any], package: dict[str, Any], member: str, where: str) -> list[dict[str, Any]]:
    """Licences or sources of a layer, else of the package: at least one, each with its title."""
    found: list[dict[str, Any]] = _take({member: layer.get(member, package.get(member))}, member, list, where)
    if not found:
        raise _unusable(f"{where}.{member}", "[]")
    for i, entry in enumerate(found):
        _take(entry, "title", str, f"{where}.{member}[{i}]")
    return found


def _unusable(where: str, found: str) -> LayerError:
    return LayerError(
        f"geo/{PACKAGE}, {where} : « {quote_value(found)} » n'est pas utilisable ; la description des couches est à corriger.",
        f"geo/{PACKAGE}, {where}: “{quote_value(found)}” cannot be used; the description of the layers needs correcting.",
    )


_take = partial(take, wrong=_unusable)


def _facts(path: Path) -> dict[str, Any]:
    try:
        return {"rows": ParquetFile(path).metadata.num_rows}
    except (OSError, ValueError, ArrowException):
        return {}
