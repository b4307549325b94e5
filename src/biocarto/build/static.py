"""Writes the static edition: a folder of plain files that any browser opens from a stick, without a server or a network."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from biocarto import config
from biocarto.build.own_files import drop_file, read_names, require_no_links
from biocarto.build.static_edition import content as contents
from biocarto.build.static_edition.content import Content
from biocarto.build.static_edition.document import FILES, FOLDER, render_document, wrap_script
from biocarto.build.static_edition.document import SCRIPTS as ENTRIES
from biocarto.build.static_edition.payload import VIEWS, build_payload, name_boundary_file
from biocarto.desk import shelf
from biocarto.errors import AppError, DataError
from biocarto.files import write_file
from biocarto.i18n import Locale
from biocarto.maps.assets import Assets
from biocarto.maps.base import SCRIPTS, STYLES
from biocarto.render import html, locator
from biocarto.scripts import join_modules

OUT = config.ROOT / "dist" / "biocarto"
MANIFEST = f"{FILES}/edition.json"
"""What the edition wrote, itself left out: the next build replaces and removes nothing else."""

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
    styles = html.render_styles(assets.files[name] for name in STYLES)
    scripts = html.render_scripts([*(assets.files[name] for name in SCRIPTS), "frame.js"])
    return html.fill_template(FOLDER / "map.html", {"styles": styles, "scripts": scripts})


def _own(content: Content, assets: Assets) -> dict[str, bytes]:
    """Our own scripts and styles, the document of the maps among them."""
    ground = locator.encode_svg(locator.draw_outline(content.ground))
    texts = {"static.css": html.fill_template(FOLDER / "static.css", {"ground": ground}), "map.html": _map(assets)}
    joined = {name: join_modules(FOLDER / entry) for name, entry in ENTRIES.items()}
    app = b"".join(path.read_bytes() for path in (_UI / "style.css", *html.STYLES))
    looks = {"app.css": app, "favicon.svg": (_UI / "favicon.svg").read_bytes()}
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
    """Write the edition of `data` and `geo` into `out`, and remove what an earlier one wrote and this one has not; raises AppError."""
    assets = Assets.read(static)
    _require(assets)
    files = render_edition(contents.read(data, geo), static, assets)
    earlier = _require_room(out, files)
    try:
        return _write(files, earlier, out)
    except OSError as error:
        raise AppError(
            f"L'édition n'a pas pu être écrite en entier dans {out} : {error}. Faites de la place ou choisissez un autre dossier (--out), "
            "puis relancez.",
            f"The edition could not be written as a whole to {out}: {error}. Make room or choose another folder (--out), then run again.",
        ) from error


def _list_earlier(out: Path) -> set[str]:
    """The files that an earlier edition wrote here; raises AppError where nobody can tell."""
    try:
        return read_names(out / MANIFEST) or set()
    except ValueError as error:
        raise AppError(
            f"{out / MANIFEST} est abîmé : on ne sait plus ce qui est à l'édition. Rien n'a été modifié. Déplacez {out}, ou choisissez un "
            "autre dossier : --out.",
            f"{out / MANIFEST} is damaged: nobody can tell what belongs to the edition. Nothing was changed. Move {out} away, or choose "
            "another folder: --out.",
        ) from error


def _require_room(out: Path, files: Iterable[str]) -> set[str]:
    """What an earlier edition wrote here; raises AppError where `out` is no folder, leads elsewhere, or holds what no edition wrote."""
    if os.path.lexists(out) and not out.is_dir():
        raise AppError(
            f"{out} n'est pas un dossier. Rien n'a été modifié. Choisissez un dossier : --out.",
            f"{out} is no folder. Nothing was changed. Choose a folder: --out.",
        )
    require_no_links(out, [*files, MANIFEST])
    earlier = _list_earlier(out)
    known = earlier | ({FILES, MANIFEST} if os.path.lexists(out / MANIFEST) else set())
    foreign = sorted(name for name in {FILES, *files} if name not in known and os.path.lexists(out / name))
    if foreign:
        raise AppError(
            f"{out} contient déjà {foreign[0]}, qu'aucune édition n'a noté comme sien. Rien n'a été modifié. Déplacez-le, ou choisissez un "
            "autre dossier : --out.",
            f"{out} already holds {foreign[0]}, which no edition noted as its own. Nothing was changed. Move it away, or choose another "
            "folder: --out.",
        )
    return earlier


def _write(files: dict[str, bytes], earlier: set[str], out: Path) -> dict[str, bytes]:
    """Every file, and the manifest before them too: cut short, the next build still knows what is whose."""
    manifest = _encode_manifest(files)
    write_file(out / MANIFEST, _encode_manifest(earlier.union(files)))
    for name, text in files.items():
        write_file(out / name, text)
    for name in sorted(earlier.difference(files, {MANIFEST})):
        drop_file(out, name)
    write_file(out / MANIFEST, manifest)
    return files | {MANIFEST: manifest}


def _encode_manifest(names: Iterable[str]) -> bytes:
    return json.dumps({"files": sorted(names)}, indent=1).encode()


def main(out: Path | None = None) -> None:
    """Write the edition and say where it is and how large; raises AppError."""
    settings, folder = config.read(), out or OUT
    files = build(shelf.renew_data(settings), settings.geo, config.STATIC, folder)
    print(f"{folder}: {len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB. Open {folder / DOCUMENTS['fr']}.")
