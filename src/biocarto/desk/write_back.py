"""An edition as the files of a folder, for git: all of them at once, and never over what somebody has written there by hand."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from biocarto.desk.desk_error import DeskError
from biocarto.desk.editions import Files
from biocarto.desk.handmade import find_handmade
from biocarto.errors import AppError, CatalogueError, DataError, ExportError, quote_value
from biocarto.files import write_file
from biocarto.register import schema
from biocarto.register.tables import PACKAGE, TABLES
from biocarto.store.database import Store


def require_writable_folder(store: Store, folder: Path) -> None:
    """Raise DeskError for a folder that holds other things than tables, or tables that say more than the register does."""
    named = quote_value(folder)
    if not _may_hold_tables(folder):
        raise DeskError(
            f"{named} n'est pas un dossier de tables de BioCarto, ni un dossier vide. Rien n'a été publié ni écrit.",
            f"{named} is neither a folder of BioCarto's tables nor an empty one. Nothing was published or written.",
        )
    try:
        has_more = find_handmade(store, folder) is not None
    except CatalogueError:  # half of an edit is an edit
        has_more = True
    if has_more:
        raise DeskError(
            f"{named} contient des modifications faites à la main, que le registre n'a pas. Rien n'a été publié ni écrit. Importez-les "
            "(`desk import-data`), ou écrivez dans un autre dossier.",
            f"{named} holds edits made by hand that the register does not have. Nothing was published or written. Import them "
            "(`desk import-data`), or write into another folder.",
        )


def _may_hold_tables(folder: Path) -> bool:
    try:
        if not folder.exists():
            return folder.absolute().parent.is_dir()
        if not folder.is_dir():
            return False
        if not (folder / PACKAGE).exists():
            return not any(folder.iterdir())
        return set(TABLES) <= set(schema.parse((folder / PACKAGE).read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, DataError):
        return False


def write_edition(files: Files, folder: Path) -> None:
    """Put the files of an edition into a folder; what else is in it stays. Raises ExportError, and then the folder is as it was."""
    draft = folder / f".draft-{secrets.token_hex(8)}"
    try:
        for name, text in files.items():
            write_file(draft / name, text.encode())
            if (folder / name).exists():
                shutil.copymode(folder / name, draft / name)
        for name in files:
            (draft / name).replace(folder / name)
    except OSError as error:
        raise _build_unwritten_error(folder, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _build_unwritten_error(folder: Path, error: OSError) -> AppError:
    named, cause = quote_value(folder), quote_value(error)
    return ExportError(
        f"{named} n'a pas pu être écrit : {cause}. Le registre et ses éditions sont intacts ; recommencez.",
        f"{named} could not be written: {cause}. The register and its editions are unharmed; try again.",
    )
