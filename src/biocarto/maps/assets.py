"""Where the front-end files of the maps are: from a logical name to an address that works inside the map's frame."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from biocarto.scripts import join_modules

FRONTEND = Path(__file__).parent / "frontend"
MANIFEST = "manifest.json"
LIBRARIES = ("leaflet.js", "leaflet.css", "fonts.css")
GROUNDS = ("ground-region", "ground-region-close", "ground-france")
"""Files of rivers, rail and towns, made of the layers as boundaries are."""
BOUNDARIES = ("france", "departments", "epci", "communes", "paris", "region", "europe", *GROUNDS)
_FROM_FRAME = "../../assets/"
"""From `<base>/component/streamlit_folium.st_folium/index.html` to our front-end files, below any base path."""


def compute_hash(content: bytes) -> str:
    """Eight hexadecimal digits that change with the content: the part of a file name that defeats stale caches."""
    return sha256(content).hexdigest()[:8]


def add_hash(name: str, content: bytes) -> str:
    """`biocarto.js` -> `biocarto-1a2b3c4d.js`."""
    path = Path(name)
    return f"{path.stem}-{compute_hash(content)}{path.suffix}"


def read_own_file(path: Path) -> bytes:
    """What browsers get of a style, or of the entry of a script: all its modules as one; raises ScriptError."""
    return join_modules(path).encode() if path.suffix == ".js" else path.read_bytes()


def list_own_files(frontend: Path = FRONTEND) -> dict[str, str]:
    """Our scripts and styles: logical name -> the file name that their present content asks for. Modules stand in folders below."""
    sources = sorted(path for path in frontend.glob("*") if path.suffix in {".js", ".css"})
    return {path.name: add_hash(path.name, read_own_file(path)) for path in sources}


@dataclass(frozen=True)
class Assets:
    """The installed front-end files; `missing` names those that are absent, or older than our sources.

    `root` is their address from the document that asks for them.
    """

    files: dict[str, str]
    missing: tuple[str, ...]
    root: str = _FROM_FRAME

    @classmethod
    def read(cls, static: Path, frontend: Path = FRONTEND) -> Assets:
        """The manifest of `static`; a folder that is absent or broken reads as one where every file is missing."""
        files = read_manifest(static / MANIFEST)
        own = list_own_files(frontend)
        expected = [*LIBRARIES, *own, *(f"boundaries/{key}" for key in BOUNDARIES)]
        missing = [
            name
            for name in expected
            if name not in files or files[name] != own.get(name, files[name]) or not (static / files[name]).is_file()
        ]
        return cls(files, tuple(missing))

    def url(self, name: str) -> str:
        """The address of a file from the document; raises KeyError where the file is not installed."""
        return self.root + self.files[name]


def read_manifest(path: Path) -> dict[str, str]:
    """Logical name -> file name; empty where the file is absent or broken."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(file) for name, file in content.items()} if isinstance(content, dict) else {}
