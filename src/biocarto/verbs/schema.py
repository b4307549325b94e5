"""A Table Schema of each table, as schema.data.gouv.fr takes it: the files of schema/, from the description of the tables."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from biocarto import config
from biocarto.config import ROOT
from biocarto.errors import build_unreadable_error
from biocarto.export.package import build_table_schema, find_examples, write_text
from biocarto.files import write_file
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.verbs import options

FOLDER = ROOT / "schema"


def add_arguments(parser: ArgumentParser) -> None:
    """Where they go."""
    parser.add_argument("--out", type=lambda name: Path(options.require_name(name)), help="dossier à écrire | folder to write (schema/)")


def run(given: Namespace) -> int:
    """0 when they are written; raises DataError where the tables cannot be read."""
    for name, content in write_schemas(config.read().data).items():
        write_file((given.out or FOLDER) / name, content)
    return 0


def write_schemas(data: Path) -> dict[str, bytes]:
    """Name of the file -> content, for every table of a folder."""
    try:
        text = (data / PACKAGE).read_text(encoding="utf-8-sig")
        tables = {name: (data / resource.path).read_bytes() for name, resource in parse_package(text).items()}
    except OSError as error:
        raise build_unreadable_error(data, "BIOCARTO_DATA", error) from error
    package = json.loads(text)
    return {f"{name}.json": write_text(build_table_schema(package, name, "", find_examples(cells))) for name, cells in tables.items()}
