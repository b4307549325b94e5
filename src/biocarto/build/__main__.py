"""The door of the build commands: `python -m biocarto.build layers | assets | static`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from biocarto import config
from biocarto.errors import AppError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m biocarto.build", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    layers = commands.add_parser("layers", help="rebuild geo/ from the official sources")
    layers.add_argument("--sources", type=Path, help="folder that holds, or will hold, the downloaded packages (default: a temporary one)")
    layers.add_argument("--geo", type=Path, help="folder to write (default: that of BIOCARTO_GEO, else geo/)")
    commands.add_parser("assets", help="fill static/ with the front-end files")
    static = commands.add_parser("static", help="write the static edition, a folder to open without a server")
    static.add_argument("--out", type=Path, help="folder to write (default: dist/biocarto/)")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one build command; 0 when it worked, 1 with a message when it did not."""
    given = _parser().parse_args(argv)
    try:
        settings = config.read()
        if given.command == "layers":
            from biocarto.build import layers  # noqa: PLC0415 - each command loads only its own libraries

            layers.main(given.sources, given.geo or settings.geo)
        elif given.command == "static":
            from biocarto.build import static  # noqa: PLC0415

            static.main(given.out)
        else:
            from biocarto.build import assets  # noqa: PLC0415

            assets.main()
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
