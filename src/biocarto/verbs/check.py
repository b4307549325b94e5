"""The tables of a folder, checked without a server: what to correct, cell by cell."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from biocarto import config
from biocarto.desk import shelf
from biocarto.i18n import DEFAULT
from biocarto.register.check import report_folder
from biocarto.verbs import options


def add_arguments(parser: ArgumentParser) -> None:
    """The folder."""
    parser.add_argument(
        "folder", type=Path, nargs="?", help="dossier des tables | folder of the tables (ce que montrent les pages | what pages show)"
    )
    options.add_language(parser)


def run(given: Namespace) -> int:
    """0 when all of the folder is read, 1 with what to correct when it is not."""
    settings = config.read()
    refused, lines = report_folder(given.folder or shelf.renew_data(settings), settings.geo, given.lang or DEFAULT)
    print("\n".join(lines))
    return refused
