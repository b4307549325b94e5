"""The scripts and styles of the embeds: named by their content, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from biocarto.addresses import EMBED
from biocarto.maps.assets import add_hash, read_own_file
from biocarto.render import html
from biocarto.render.embedding import SCRIPT
from biocarto.scripts import read_style
from biocarto.server.assets import FOREVER, Asset

FOLDER = Path(__file__).parent
FILES = f"{EMBED}/files"
"""Their folder, below the app's root."""
MAP_SCRIPT, TEXT_SCRIPT, LOOK = "map.js", "text.js", "embed.css"
_HOUR = "public, max-age=3600"
"""For the script of other people's pages, whose address never changes."""
_KINDS = {".js": "text/javascript", ".css": "text/css"}
_SOURCES = (FOLDER / MAP_SCRIPT, FOLDER / TEXT_SCRIPT, FOLDER / LOOK, *html.STYLES)


@cache
def read_files() -> dict[str, tuple[str, Asset]]:
    """Name of each source -> its file name, and the file."""
    found = {}
    for path in _SOURCES:
        content = read_style(path).encode() if path.suffix == ".css" else read_own_file(path)
        found[path.name] = (add_hash(path.name, content), Asset.pack(content, _KINDS[path.suffix], FOREVER))
    return found


@cache
def read_height_script() -> Asset:
    """What the pages of others load, so that their frames get the height that the documents tell."""
    return Asset.pack(read_own_file(FOLDER / SCRIPT), _KINDS[".js"], _HOUR)


def find_file(name: str) -> Asset | None:
    """A file by its name in an address."""
    return next((asset for file, asset in read_files().values() if file == name), None)


def list_addresses(root: str, *names: str) -> list[str]:
    """The addresses of some files from a document; `root` leads to the app."""
    return [f"{root}{FILES}/{read_files()[name][0]}" for name in names]
