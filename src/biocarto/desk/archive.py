"""Every edition that can still be read, the newest first: those of the store, and the tables that BioCarto came with.

The newest stands on the shelf; an older one is fetched from the store when it is asked for, and stays on the disk beside the shelf.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from biocarto.config import Settings
from biocarto.desk import editions, shelf
from biocarto.desk.editions import Edition
from biocarto.errors import AppError
from biocarto.register import schema
from biocarto.register.tables import PACKAGE
from biocarto.store.database import open_store
from biocarto.store.store_error import StoreError

FOLDER = "archive"
KEPT = 24
"""Older editions that stay as folders, the ones that were fetched last."""


class UnknownEditionError(AppError):
    """No edition has this name; `known` are some that exist, the newest first."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        some = ", ".join(known[:5])
        super().__init__(
            f"Il n'y a pas d'édition « {name[:40]} ». Éditions connues : {some}.",
            f"There is no edition “{name[:40]}”. Known editions: {some}.",
        )
        self.known = known


def list_names(settings: Settings) -> tuple[str, ...]:
    """The names of all editions, the newest first; those that are on the disk where the store cannot be asked."""
    shown, shipped = read_name(shelf.find_data(settings)), read_name(settings.data)
    return tuple(dict.fromkeys(filter(None, [shown, *(edition.name for edition in _list_stored(settings)), shipped])))


def find_folder(settings: Settings, name: str) -> Path:
    """The folder of an edition's tables, like data/; raises UnknownEditionError, and StoreError where the store cannot be asked for it."""
    for folder in (shelf.find_data(settings), settings.data):
        if read_name(folder) == name:
            return folder
    found = next((edition for edition in _list_stored(settings) if edition.name == name), None)
    if found is None:
        raise UnknownEditionError(name, list_names(settings))
    target = shelf.find_shelf(settings.store) / FOLDER / shelf.name_folder(found)
    if not (target / PACKAGE).is_file():
        _fetch(settings, found, target)
    return target


def read_name(folder: Path) -> str:
    """The name of the edition in a folder; "" where its description cannot be read."""
    try:
        return schema.read_edition((folder / PACKAGE).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, AppError):
        return ""


def _list_stored(settings: Settings) -> list[Edition]:
    store = open_store(settings.store)
    try:
        if not store.driver.exists():
            return []
        with store.read() as transaction:
            return editions.list_editions(transaction)
    except StoreError:
        return []


def _fetch(settings: Settings, edition: Edition, target: Path) -> None:
    with open_store(settings.store).read() as transaction:
        files = editions.read_files(transaction, edition.name)
    shelf.require_hash(edition, files, open_store(settings.store).name)
    shelf.put_folder(files, target)
    for folder in sorted(target.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
