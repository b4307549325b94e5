"""Writes the static edition: a folder of plain files that any browser opens from a stick, without a server or a network."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from biocarto import config
from biocarto.build.static_edition import content as contents
from biocarto.build.static_edition.content import Content
from biocarto.build.static_edition.document import FILES, FOLDER, fill_template, render_document, render_scripts, wrap_script
from biocarto.build.static_edition.document import SCRIPTS as ENTRIES
from biocarto.build.static_edition.payload import VIEWS, build_payload, name_boundary_file
from biocarto.errors import DataError
from biocarto.files import write_file
from biocarto.i18n import Locale
from biocarto.maps.assets import Assets
from biocarto.maps.base import SCRIPTS, STYLES
from biocarto.render import locator
from biocarto.scripts import join_modules

OUT = config.ROOT / "dist" / "biocarto"
DOCUMENTS = {"fr": "index.html", "en": "en.html"}
_UI = Path(__file__).resolve().parents[1] / "ui" / "shared"


def _boundaries(static: Path, assets: Assets) -> dict[str, bytes]:
    """The boundary files that the views draw, as scripts."""
    keys = sorted({key for view in VIEWS.values() for key in view.list_boundary_keys()})
    found = {key: json.loads((static / assets.files[f"boundaries/{key}"]).read_text(encoding="utf-8")) for key in keys}
    return {name_boundary_file(key): wrap_script(name_boundary_file(key), collection).encode() for key, collection in found.items()}


def _front_end(static: Path, assets: Assets) -> dict[str, bytes]:
    """Leaflet, the fonts, their licences and the scripts of the maps, under the names that they have in static/."""
    named = [*SCRIPTS, *STYLES, *(name for name in assets.files if name.endswith((".woff2", ".LICENSE.txt")))]
    images = {f"images/{path.name}": path.read_bytes() for path in sorted((static / "images").glob("*.png"))}
    return {assets.files[name]: (static / assets.files[name]).read_bytes() for name in named} | images


def _map(assets: Assets) -> str:
    """The document that every map stands in."""
    links = Markup().join(Markup('<link rel="stylesheet" href="{}">\n').format(assets.files[name]) for name in STYLES)
    return fill_template("map.html", {"styles": links, "scripts": render_scripts([*(assets.files[name] for name in SCRIPTS), "frame.js"])})


def _own(content: Content, assets: Assets) -> dict[str, bytes]:
    """Our own scripts and styles, the document of the maps among them."""
    ground = locator.encode_svg(locator.draw_outline(content.ground))
    texts = {"static.css": fill_template("static.css", {"ground": ground}), "map.html": _map(assets)}
    joined = {name: join_modules(FOLDER / entry) for name, entry in ENTRIES.items()}
    looks = {"app.css": (_UI / "style.css").read_bytes(), "favicon.svg": (_UI / "favicon.svg").read_bytes()}
    return {name: text.encode() for name, text in (texts | joined).items()} | looks


def _document(content: Content, assets: Assets, styles: list[str], lang: str) -> bytes:
    t = Locale(lang)
    return render_document(content, build_payload(content, assets, t), styles, t).encode()


def render_edition(content: Content, static: Path, assets: Assets) -> dict[str, bytes]:
    """Every file of the edition by its path in the folder; the same tables and layers give the same bytes."""
    files = _boundaries(static, assets) | _front_end(static, assets) | _own(content, assets)
    styles = [assets.files["fonts.css"], "app.css", "static.css"]
    pages = {name: _document(content, assets, styles, lang) for lang, name in DOCUMENTS.items()}
    return pages | {f"{FILES}/{name}": text for name, text in files.items()}


def _require(assets: Assets) -> None:
    if assets.missing:
        names = ", ".join(assets.missing)
        raise DataError(
            f"Fichiers de la carte absents ou anciens : {names}. Lancez `make assets`.",
            f"Files of the map are missing or old: {names}. Run `make assets`.",
        )


def build(data: Path, geo: Path, static: Path, out: Path) -> dict[str, bytes]:
    """Write the edition of `data` and `geo` into `out`, and remove what an earlier one left in its folder of files; raises AppError."""
    assets = Assets.read(static)
    _require(assets)
    files = render_edition(contents.read(data, geo), static, assets)
    for name, text in files.items():
        write_file(out / name, text)
    for path in sorted((out / FILES).rglob("*")):
        if path.is_file() and path.relative_to(out).as_posix() not in files:
            path.unlink()
    return files


def main(out: Path | None = None) -> None:
    """Write the edition and say where it is and how large; raises AppError."""
    settings, folder = config.read(), out or OUT
    files = build(settings.data, settings.geo, config.STATIC, folder)
    print(f"{folder}: {len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB. Open {folder / DOCUMENTS['fr']}.")
