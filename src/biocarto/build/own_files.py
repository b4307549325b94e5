"""What a build wrote into a folder that others write to as well: only that is replaced or removed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from biocarto.errors import AppError


def read_names(manifest: Path) -> set[str] | None:
    """The files of the manifest of an earlier build; None where there is no manifest. Raises ValueError for a damaged one."""
    try:
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    except FileNotFoundError:
        return None
    except (OSError, KeyError, TypeError) as error:
        raise ValueError(manifest) from error
    if not isinstance(files, list) or not all(isinstance(name, str) for name in files):
        raise ValueError(manifest)
    return set(files)


def require_no_links(out: Path, files: Iterable[str]) -> None:
    """Refuse to write into a folder that only leads elsewhere; raises AppError."""
    folders = {folder for name in files for folder in Path(name).parents}
    linked = sorted(folder.as_posix() for folder in folders - {Path()} if (out / folder).is_symlink())
    if linked:
        raise AppError(
            f"{out / linked[0]} est un lien vers un autre dossier. Rien n'a été modifié. Enlevez ce lien, ou choisissez un autre dossier : "
            "--out.",
            f"{out / linked[0]} is a link to another folder. Nothing was changed. Remove the link, or choose another folder: --out.",
        )


def drop_file(out: Path, name: str) -> None:
    """Remove a file of an earlier build, and the folders that it leaves empty; never one outside of `out`, nor a folder."""
    path = out / name
    if not path.parent.resolve().is_relative_to(out.resolve()) or (path.is_dir() and not path.is_symlink()):
        return
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == out or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
