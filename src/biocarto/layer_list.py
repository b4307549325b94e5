"""What the page of sources tells of the layers: title, rows, vintage, sources, licence, from geo/datapackage.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from biocarto.errors import LayerError

PACKAGE = "datapackage.json"


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """Layer name -> path, title and date in both languages, rows (missing where unreadable), licence, sources. Raises LayerError."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        return {layer["name"]: _described(folder, layer, package) for layer in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LayerError(f"geo/{PACKAGE} est absent ou illisible.", f"geo/{PACKAGE} is missing or cannot be read.") from error


def _described(folder: Path, layer: dict[str, Any], package: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": layer["path"],
        "title_fr": layer["title"],
        "title_en": layer["title_en"],
        "date_fr": layer["vintage"],
        "date_en": layer["vintage_en"],
        "licence": layer.get("licenses", package["licenses"])[0],
        "sources": layer.get("sources", package["sources"]),
        **_facts(folder / layer["path"]),
    }


def _facts(path: Path) -> dict[str, Any]:
    try:
        return {"rows": ParquetFile(path).metadata.num_rows}
    except (OSError, ValueError, ArrowException):
        return {}
