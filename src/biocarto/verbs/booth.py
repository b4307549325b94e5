"""The pack of a booth: a folder that runs the stand with Python only."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from biocarto import config
from biocarto.build import booth
from biocarto.verbs import options


def add_arguments(parser: ArgumentParser) -> None:
    """Where it goes, and for which machines."""
    parser.add_argument(
        "--out", type=lambda name: Path(options.require_name(name)), help="dossier à écrire | folder to write (dist/stand/)"
    )
    parser.add_argument("--python", action="append", default=[], metavar="3.12", help="répétable | repeatable (this Python)")
    systems = ["linux", "windows", "macos"]
    parser.add_argument("--platform", action="append", default=[], choices=systems, help="répétable | repeatable (this one)")


def run(given: Namespace) -> int:
    """0 when it is written; raises AppError, and then an earlier pack is still there."""
    config.read()
    booth.main(given.out, given.python, given.platform)
    return 0
