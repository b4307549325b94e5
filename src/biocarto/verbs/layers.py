"""The boundary layers, built anew from the official sources."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from biocarto import config
from biocarto.build import layers


def add_arguments(parser: ArgumentParser) -> None:
    """Where the downloads are, and where the layers go."""
    parser.add_argument("--sources", type=Path, help="dossier des téléchargements | folder of the downloads (temporary)")
    parser.add_argument(
        "--ground", type=Path, help="dossier des fonds (rivières, rail) à refaire seuls | folder of the ground files, made alone"
    )
    parser.add_argument("--geo", type=Path, help="dossier à écrire | folder to write (BIOCARTO_GEO, geo/)")


def run(given: Namespace) -> int:
    """0 when they are written; raises LayerError, and then those of before are still there."""
    settings = config.read()
    if given.ground:
        layers.add_ground(given.ground, given.geo or settings.geo)
    else:
        layers.main(given.sources, given.geo or settings.geo)
    return 0
