"""The edition that opens from a USB stick without a server."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from biocarto.build import static
from biocarto.verbs import options


def add_arguments(parser: ArgumentParser) -> None:
    """Where it goes."""
    parser.add_argument(
        "--out", type=lambda name: Path(options.require_name(name)), help="dossier à écrire | folder to write (dist/biocarto/)"
    )


def run(given: Namespace) -> int:
    """0 when it is written; raises AppError."""
    static.main(given.out)
    return 0
