"""Builds the booth's pack: one folder that runs the stand on a laptop with Python only, and no network."""

from __future__ import annotations

import json
import os
import runpy
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import biocarto
from biocarto import config
from biocarto.build import booth_wheels, static
from biocarto.build.booth_wheels import Download, Target
from biocarto.build.own_files import drop_file, read_names, require_no_links
from biocarto.desk import shelf
from biocarto.errors import AppError
from biocarto.files import write_file
from biocarto.register import tables

OUT = config.ROOT / "dist" / "stand"
PACK = Path(__file__).with_name("booth_pack")
MANIFEST = "pack.json"
OPERATORS = ("besoins", "reglages.txt", "lib", "journal.txt", "journal-1.txt", "installation.txt")
"""What a stand makes beside its pack: no build writes or removes it."""
_APP = ("dashboard.py", "pages", "src/biocarto", "static", "docs/rgaa.csv", ".streamlit/config.toml", "LICENSE", "requirements.txt")
_LEFT_OUT = {"__pycache__", "build"}
"""Folders of the package that no page imports from."""
_RUNNABLE = {".sh", ".command"}
_WINDOWS = {".bat", ".txt"}
_DRAFT = ".draft-"


def _walk(path: Path) -> Iterator[Path]:
    """The files below a path that belong to a copy: neither hidden nor compiled."""
    if path.is_file():
        yield path
        return
    for child in sorted(path.iterdir()):
        if not child.name.startswith(".") and child.name not in _LEFT_OUT and child.suffix != ".pyc":
            yield from _walk(child)


def _copy(source: Path, target: Path) -> None:
    for path in _walk(source):
        copied = target / path.relative_to(source)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)


def _copy_app(root: Path, data: Path, geo: Path, app: Path) -> None:
    """What the server reads, where `config.ROOT` will look for it; of the tables, what an edition of the desk has too."""
    for name in _APP:
        _copy(root / name, app / name)
    for name in tables.list_files(data):
        _copy(data / name, app / "data" / name)
    _copy(geo, app / "geo")


def _copy_launcher(draft: Path, sets: Sequence[dict[str, Any]]) -> None:
    """The launcher and its texts; those that Windows reads get its line ends, those that a double click starts may run."""
    _copy(PACK, draft)
    pythons = ", ".join(f"Python {found['python']} ({found['system']} {found['machine']})" for found in sets)
    room = str(round(max(found["room"] for found in sets) / 1e6))
    for path in draft.iterdir():
        if path.suffix in _WINDOWS:
            text = path.read_text(encoding="utf-8").replace("{pythons}", pythons).replace("{room}", room)
            path.write_bytes("\r\n".join(text.splitlines()).encode() + b"\r\n")
        if path.suffix in _RUNNABLE:
            path.chmod(0o755)


def _fill(draft: Path, wanted: Sequence[Target], fetch: Download) -> dict[str, Any]:
    """Write a whole pack into an empty folder, what may fail first; raises AppError."""
    settings, root = config.read(), config.ROOT
    pins = booth_wheels.list_requirements((root / "requirements.txt").read_text(encoding="utf-8"))
    data = shelf.renew_data(settings)
    static.build(data, settings.geo, config.STATIC, draft / "edition")
    sets = [booth_wheels.gather(target, pins, draft / "wheels", fetch) for target in wanted]
    _copy_app(root, data, settings.geo, draft / "app")
    _copy_launcher(draft, sets)
    return {"version": biocarto.__version__, "sets": sets}


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def list_names() -> set[str]:
    """What a pack has at its top."""
    return {path.relative_to(PACK).parts[0] for path in _walk(PACK)} | {"app", "wheels", "edition", MANIFEST}


def _earlier(out: Path) -> set[str] | None:
    """The files that an earlier pack wrote here; None where there was none. Raises AppError where nobody can tell."""
    try:
        return read_names(out / MANIFEST)
    except ValueError as error:
        raise AppError(
            f"{out / MANIFEST} est abîmé : on ne sait plus ce qui est au paquet. Rien n'a été modifié. Déplacez {out}, "
            "ou choisissez un autre dossier : --out.",
            f"{out / MANIFEST} is damaged: nobody can tell what belongs to the pack. Nothing was changed. Move {out} away, "
            "or choose another folder: --out.",
        ) from error


def _require_room(out: Path) -> None:
    """Refuse to write over what no pack wrote; raises AppError."""
    foreign = sorted(name for name in list_names() if os.path.lexists(out / name))
    if foreign and _earlier(out) is None:
        raise AppError(
            f"{out} contient déjà {foreign[0]}, qu'aucun paquet n'a écrit. Rien n'a été modifié. Choisissez un autre dossier : --out.",
            f"{out} already holds {foreign[0]}, which no pack wrote. Nothing was changed. Choose another folder: --out.",
        )


def _require_stopped(out: Path) -> None:
    """Refuse to write under a stand that runs, as its own lock knows; raises AppError."""
    lock = runpy.run_path(str(PACK / "launcher" / "lock.py"))
    if not (out / lock["NAME"]).is_file():
        return
    try:
        lock["take"](out)[0].close()
    except lock["LockTakenError"]:
        raise AppError(
            f"Le stand de {out} est en train de tourner. Rien n'a été modifié. Arrêtez-le (Ctrl+C dans sa fenêtre), puis relancez.",
            f"The stand of {out} is running. Nothing was changed. End it (Ctrl+C in its window), then run again.",
        ) from None


def _swap(draft: Path, out: Path, manifest: dict[str, Any]) -> set[str]:
    """Put the draft in the place of an earlier pack, file by file: what is not the pack's own stays. Returns the pack's files."""
    new, old = _files(draft), _earlier(out) or set()
    require_no_links(out, new)
    _require_stopped(out)
    _note(out, manifest | {"files": sorted(new | old)})  # cut short, the next build still knows what is whose
    for name in sorted(new):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).replace(out / name)
    for name in sorted(old - new):
        if name.partition("/")[0] not in OPERATORS:
            drop_file(out, name)
    for folder in sorted((out / "app").rglob("__pycache__")):
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    _note(out, manifest | {"files": sorted(new)})
    return new


def _note(out: Path, manifest: dict[str, Any]) -> None:
    write_file(out / MANIFEST, json.dumps(manifest, indent=1).encode())


def build(out: Path, wanted: Sequence[Target], fetch: Download = booth_wheels.download) -> set[str]:
    """Write the pack into `out`; an earlier one stays as it is until the new one is complete. Raises AppError."""
    _require_room(out)
    _require_stopped(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear_drafts(out)
        draft = Path(tempfile.mkdtemp(dir=out, prefix=_DRAFT))
        return _swap(draft, out, _fill(draft, wanted, fetch))
    except OSError as error:
        raise AppError(
            f"Le paquet n'a pas pu être écrit dans {out} : {error}. Besoins et réglages sont intacts. Faites de la place, puis relancez.",
            f"The pack could not be written to {out}: {error}. Needs and settings are untouched. Make room, then run again.",
        ) from error
    finally:
        _clear_drafts(out)


def _clear_drafts(out: Path) -> None:
    """Ours, and those that a power cut left."""
    for draft in out.glob(f"{_DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)


def main(out: Path | None = None, pythons: Sequence[str] = (), systems: Sequence[str] = ()) -> None:
    """Build the pack, say where it is, how large, and for whom; raises AppError."""
    folder, wanted = out or OUT, booth_wheels.list_targets(pythons, systems)
    print(f"Fetching the wheels for {', '.join(map(str, wanted))}…", flush=True)
    files = build(folder, wanted)
    size = sum((folder / name).stat().st_size for name in files) / 1e6
    print(f"{folder}: {len(files)} files, {size:.0f} MB. Copy the whole folder to the laptop before you try it out.")
    left = [f"{name}{'/' * (folder / name).is_dir()}" for name in OPERATORS if (folder / name).exists()]
    if left:
        print(f"A stand that ran there has left what is no part of the pack; look at it before you copy: {', '.join(left)}.")
