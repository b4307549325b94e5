"""Fills `static/`: the npm files, our own scripts and styles, the boundaries and the manifest that names them all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from biocarto import config
from biocarto.errors import AppError
from biocarto.files import write_file
from biocarto.maps.assets import FRONTEND, LIBRARIES, MANIFEST, add_hash, list_own_files, read_own_file

Boundaries = dict[str, dict[str, Any]]
FONT = "@fontsource-variable/ibm-plex-sans"
FONT_FAMILY = "IBM Plex Sans Variable"
UNICODE_RANGES = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, "
    "U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "latin-ext": "U+0100-0130, U+0132-0151, U+0154-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, "
    "U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
}
"""Which letters each font file holds: French and English need the first one only."""
SOURCES = Path(__file__).resolve().parents[1]
DRAWN_BY = (
    "errors.py",
    "model.py",
    "names.py",
    *(f"territory/{name}.py" for name in ("territory", "layers", "layer_rules", "outlines", "ground")),
)
"""Our modules that the boundaries come out of: another content of one of them, and the boundaries are drawn again."""
_RECORD = ".build.json"


@dataclass(frozen=True)
class NpmFile:
    """One file to take out of an installed npm package; `name` is its logical name."""

    name: str
    package: str
    path: str


NPM_FILES = (
    NpmFile("leaflet.js", "leaflet", "dist/leaflet.js"),
    NpmFile("leaflet.css", "leaflet", "dist/leaflet.css"),
    *(NpmFile(f"ibm-plex-sans-{part}.woff2", FONT, f"files/ibm-plex-sans-{part}-wght-normal.woff2") for part in UNICODE_RANGES),
)


@dataclass(frozen=True)
class Licence:
    """The licence of a package, which travels with its files; `name` is what its files are called."""

    name: str
    package: str


LICENCES = (Licence("leaflet", "leaflet"), Licence("ibm-plex-sans", FONT))


@dataclass
class BuildReport:
    """What one build did, by file name."""

    written: list[str]
    removed: list[str]
    missing: list[str]

    def describe(self, static: Path) -> str:
        """A few lines for the terminal."""
        lines = [f"{static.name}/ is up to date."] if not (self.written or self.removed or self.missing) else []
        lines += [f"{static.name}/: {verb} {', '.join(names)}" for verb, names in self._parts() if names]
        return "\n".join(lines)

    def _parts(self) -> Iterator[tuple[str, list[str]]]:
        yield "wrote", self.written
        yield "removed", self.removed
        yield "not installed:", self.missing


def read_npm_files(modules: Path) -> dict[str, tuple[str, bytes]]:
    """Logical name -> (file name with the package's version, content) of every npm file that is installed."""
    found = {}
    for file in NPM_FILES:
        folder = modules / file.package
        if (folder / file.path).is_file():
            version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
            path = Path(file.name)
            found[file.name] = (f"{path.stem}-{version}{path.suffix}", (folder / file.path).read_bytes())
    return found


def read_licence_files(modules: Path) -> dict[str, tuple[str, bytes]]:
    """Logical name -> (file name with the package's version, text) of the licence of every npm package that is installed."""
    found = {}
    for licence in LICENCES:
        path = modules / licence.package / "LICENSE"
        if path.is_file():
            version = json.loads(path.with_name("package.json").read_text(encoding="utf-8"))["version"]
            found[f"{licence.name}.LICENSE.txt"] = (f"{licence.name}-{version}.LICENSE.txt", path.read_bytes())
    return found


def write_fonts_css(files: dict[str, tuple[str, bytes]]) -> bytes:
    """The `@font-face` rules for the map's frame, which does not inherit the fonts of the page."""
    faces = [
        f"@font-face{{font-family:'{FONT_FAMILY}';font-display:swap;font-weight:100 700;"
        f"src:url({files[name][0]}) format('woff2');unicode-range:{letters}}}\n"
        for subset, letters in UNICODE_RANGES.items()
        if (name := f"ibm-plex-sans-{subset}.woff2") in files
    ]
    return "".join(faces).encode()


def read_leaflet_images(modules: Path) -> dict[str, bytes]:
    """The images that `leaflet.css` asks for beside itself, under the names that it uses."""
    folder = modules / "leaflet" / "dist" / "images"
    return {f"images/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.png"))}


def write_boundary_files(boundaries: Boundaries) -> dict[str, tuple[str, bytes]]:
    """Logical name -> (file name with a hash, compact GeoJSON)."""
    found = {}
    for key, collection in boundaries.items():
        content = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
        found[f"boundaries/{key}"] = (add_hash(f"boundaries-{key}.json", content), content)
    return found


def compute_digest(paths: list[Path]) -> str:
    """One value that changes when a name or a content among the files does."""
    whole = sha256()
    for path in sorted(paths):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


@dataclass(frozen=True)
class Record:
    """What the last build left: every file that it wrote, and what its boundaries were drawn from."""

    stamp: str
    boundaries: dict[str, str]
    files: tuple[str, ...]

    @classmethod
    def read(cls, static: Path) -> Record:
        """The record of `static`; an empty one where nothing was built yet."""
        try:
            last = json.loads((static / _RECORD).read_text(encoding="utf-8"))
            return cls(last["stamp"], last["boundaries"], tuple(last["files"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls("", {}, ())

    def list_current_files(self, static: Path, stamp: str) -> dict[str, str]:
        """The boundary files that are still good, because the layers that they were drawn from are the same."""
        whole = all((static / name).is_file() for name in self.boundaries.values())
        return self.boundaries if whole and self.stamp == stamp else {}


def build(static: Path, modules: Path, frontend: Path, stamp: str, boundaries: Callable[[], Boundaries]) -> BuildReport:
    """Bring `static` up to date; `boundaries` is called only when `stamp` differs from the last build's.

    Where it raises an AppError, the other files are written all the same before the error goes on.
    """
    last = Record.read(static)
    npm = read_npm_files(modules)
    if css := write_fonts_css(npm):
        npm["fonts.css"] = (add_hash("fonts.css", css), css)
    own = {name: (file, read_own_file(frontend / name)) for name, file in list_own_files(frontend).items()}
    kept = last.list_current_files(static, stamp)
    drawn, failure = ({}, None) if kept else _draw_boundaries(boundaries)
    files = {**npm, **read_licence_files(modules), **own, **drawn}
    manifest = {name: file for name, (file, _) in files.items()} | kept
    contents = dict(files.values()) | read_leaflet_images(modules) | {MANIFEST: _json(manifest)}
    borders = {name: file for name, file in manifest.items() if name.startswith("boundaries/")}
    names = sorted({*contents, *borders.values()})
    written = _write_changed(static, contents | {_RECORD: _json({"stamp": stamp, "boundaries": borders, "files": names})})
    removed = _remove(static, sorted(set(last.files) - set(names)))
    if failure:
        raise failure
    missing = [name for name in (*LIBRARIES, *(file.name for file in NPM_FILES)) if name not in manifest]
    return BuildReport(written, removed, missing)


def _draw_boundaries(boundaries: Callable[[], Boundaries]) -> tuple[dict[str, tuple[str, bytes]], AppError | None]:
    try:
        return write_boundary_files(boundaries()), None
    except AppError as error:
        return {}, error


def _json(content: object) -> bytes:
    return json.dumps(content, indent=1, sort_keys=True).encode()


def _write_changed(static: Path, contents: dict[str, bytes]) -> list[str]:
    """Write what differs, the manifest last: it never names a file that is not there yet."""
    written = []
    for name in sorted(contents, key=lambda name: (name == MANIFEST, name)):
        target = static / name
        if not target.is_file() or target.read_bytes() != contents[name]:
            write_file(target, contents[name])
            written.append(name)
    return [name for name in written if name != _RECORD]


def _remove(static: Path, names: list[str]) -> list[str]:
    """Remove files that an earlier build wrote; nothing else in the folder is ours to touch."""
    for name in names:
        (static / name).unlink(missing_ok=True)
    return names


def _boundaries(geo: Path) -> Boundaries:
    from biocarto.territory import ground, outlines, territory  # noqa: PLC0415 - GeoPandas takes seconds to load, and is seldom needed here

    known = territory.read(geo)
    return outlines.build_outlines(known) | ground.build_ground(known)


def main() -> None:
    """Fill `static/` and say what was done; raises AppError when npm files are missing or a layer cannot be read."""
    settings = config.read()
    stamp = compute_digest([*settings.geo.glob("*.parquet"), *(SOURCES / name for name in DRAWN_BY)])
    report = build(config.STATIC, config.ROOT / "node_modules", FRONTEND, stamp, lambda: _boundaries(settings.geo))
    print(report.describe(config.STATIC))
    if report.missing:
        raise AppError(
            "Des fichiers npm manquent dans node_modules/ : npm est absent, ou le réseau n'a pas répondu à `npm ci`. "
            "Supprimez node_modules/, puis relancez `make assets`.",
            "npm files are missing from node_modules/: npm is not installed, or the network did not answer `npm ci`. "
            "Remove node_modules/, then run `make assets` again.",
        )
