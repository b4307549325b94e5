"""The door of the build commands: `python -m biocarto.build layers | assets | static | booth`."""

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
    booth = commands.add_parser("booth", help="write the booth's pack, a folder that runs the stand with Python only")
    booth.add_argument("--out", type=Path, help="folder to write (default: dist/stand/)")
    booth.add_argument("--python", action="append", default=[], help="a Python to be ready for, like 3.12; repeatable (default: this one)")
    systems = ["linux", "windows", "macos"]
    booth.add_argument("--platform", action="append", default=[], choices=systems, help="repeatable (default: this one)")
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
            from biocarto.build import static  # noqa: PLC0415 - as above

            static.main(given.out)
        elif given.command == "booth":
            from biocarto.build import booth  # noqa: PLC0415 - as above

            booth.main(given.out, given.python, given.platform)
        else:
            from biocarto.build import assets  # noqa: PLC0415 - as above

            assets.main()
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
