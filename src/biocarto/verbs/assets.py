"""The front-end files, put where the server takes them from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from biocarto.build import assets


def add_arguments(parser: ArgumentParser) -> None:
    """None: what is built follows from the settings."""


def run(given: Namespace) -> int:  # noqa: ARG001 - a verb like the others
    """0 when they are all there; raises AppError when some are missing or cannot be drawn."""
    assets.main()
    return 0
