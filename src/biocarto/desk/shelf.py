"""The shelf: the store's newest editions as folders like data/. A cache that every process of a machine shares; the store may be down.

A folder is there as a whole or not at all, and a pointer beside the folders names the newest one: a page reads the pointer only.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
import time
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from biocarto import config
from biocarto.config import Settings
from biocarto.desk import editions
from biocarto.desk.editions import Edition
from biocarto.errors import AppError
from biocarto.files import stamp_folder, write_file
from biocarto.register.tables import PACKAGE
from biocarto.store.database import Store, open_store
from biocarto.store.sqlite import SqliteDriver
from biocarto.store.store_error import StoreError, StoreTrouble

_LOG = logging.getLogger(__name__)
FOLDER = config.ROOT / "var" / "editions"
"""The shelves of databases on a server; that of a file of SQLite stands beside the file."""
POINTER = "newest.json"
KEPT = 3
"""Editions that stay as folders: the newest, and those that pages under way may still read."""
_DRAFT = ".draft-"
_OLD_DRAFT = 3600
"""Seconds after which nobody is still writing a draft: a power cut has left it."""
_TRIES = 5
_FOLDER_NAME = re.compile(r"\d{4}-\d\d-\d\d(\.\d+)?-[0-9a-f]{12}")
_PLAIN_FILE = re.compile(r"[A-Za-z0-9_-]+\.(csv|json)")

_turn = Lock()
"""One thread of a process takes up at a time."""
_seen: dict[Path, str] = {}
"""Folder of an edition -> its stamp when it was compared with the store."""
_told: dict[Path, str] = {}
"""Shelf -> the trouble that was told last: a store that stays down is one line of the log."""


class Shelved(NamedTuple):
    """An edition that stands on a shelf."""

    path: Path
    notes: str


def find_shelf(address: str) -> Path:
    """The folder of one store's editions: another store has another, and a password is in no name."""
    driver = open_store(address).driver
    if isinstance(driver, SqliteDriver):
        return driver.path.parent / "editions" / _shorten(str(driver.path))
    person, _, server = address.partition("://")[2].partition("?")[0].rpartition("@")
    return FOLDER / _shorten(f"{person.partition(':')[0]}@{server}")  # several servers may stand in one address


def _shorten(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:16]


def find_data(settings: Settings) -> Path:
    """The folder of the tables that pages show: the newest edition known of the store, else the folder that is set. Asks no store."""
    found = read_current(settings)
    return found.path if found else settings.data


def renew_data(settings: Settings) -> Path:
    """The same after a look into the store: for whoever runs once, and for the server now and then. Raises nothing."""
    take_up(open_store(settings.store), find_shelf(settings.store))
    return find_data(settings)


def read_current(settings: Settings) -> Shelved | None:
    """The edition that stands first on the shelf of the store; None without a store, whatever an earlier one has left."""
    store = open_store(settings.store)
    try:
        is_there = store.driver.exists()
    except StoreError:  # nobody knows: what is known stays
        is_there = True
    return _read_pointer(find_shelf(settings.store)) if is_there else None


def find_current(folder: Path) -> Path | None:
    """The folder that the pointer of a shelf names; None where there is none."""
    found = _read_pointer(folder)
    return found.path if found else None


def _read_pointer(folder: Path) -> Shelved | None:
    """What the pointer names; it is read again where its folder has gone meanwhile, as by then it names another one."""
    return next((found for _ in range(_TRIES) if (found := _read_pointer_once(folder))), None)


def _read_pointer_once(folder: Path) -> Shelved | None:
    try:
        told = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        name, notes = told["folder"], told["notes"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    is_sound = isinstance(name, str) and isinstance(notes, str) and _FOLDER_NAME.fullmatch(name)
    return Shelved(folder / name, notes) if is_sound and (folder / name / PACKAGE).is_file() else None


def take_up(store: Store, folder: Path) -> Path | None:
    """Put the newest edition of a store on its shelf and point to it; the folder that readers should read, None without an edition.

    Where the store is down or newer than this program, or the disk is full, what is known stays, and the log says why, once.
    """
    with _turn:
        try:
            found = _take_up(store, folder)
        except (AppError, OSError) as error:
            _tell(folder, error.message("en") if isinstance(error, AppError) else str(error))
            return find_current(folder)
        _told.pop(folder, None)
        return found


def _tell(folder: Path, trouble: str) -> None:
    if _told.get(folder) != trouble:
        _told[folder] = trouble
        _LOG.warning("No new edition can be taken up, the last one known stays: %s", trouble)


def _take_up(store: Store, folder: Path) -> Path | None:
    if not store.driver.exists():
        (folder / POINTER).unlink(missing_ok=True)
        return None
    with store.read() as transaction:
        newest = editions.read_newest(transaction)
        target = folder / name_folder(newest) if newest else None
        is_known = target is None or _seen.get(target) == stamp_folder(target)
        files = {} if newest is None or is_known else editions.read_files(transaction, newest.name)
    if newest is None or target is None:
        (folder / POINTER).unlink(missing_ok=True)
        return None
    if files:
        require_hash(newest, files, store.name)
        put_folder(files, target)
        _seen[target] = stamp_folder(target)
    if _read_pointer(folder) != Shelved(target, newest.notes):
        _point(folder, target, newest.notes)
    _clear(folder, target)
    return target


def name_folder(edition: Edition) -> str:
    """Its name and its content: a store that was made anew may give the name of the day again."""
    return f"{edition.name}-{edition.sha256[:12]}"


def require_hash(edition: Edition, files: dict[str, str], named: str) -> None:
    """Nothing is shown that is not what was published; raises StoreError."""
    if editions.compute_hash(files) != edition.sha256 or not all(map(_PLAIN_FILE.fullmatch, files)):
        raise StoreError(StoreTrouble.DAMAGED, named)


def _is_whole(target: Path, files: dict[str, str]) -> bool:
    """Whether a folder holds these files, byte by byte, and no other."""
    try:
        return {path.name for path in target.iterdir()} == set(files) and all(
            (target / name).read_bytes() == text.encode() for name, text in files.items()
        )
    except OSError:
        return False


def put_folder(files: dict[str, str], target: Path) -> None:
    """A folder of these files at `target`, on the disk; a damaged one is replaced."""
    if _is_whole(target, files):
        return
    draft = target.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
    try:
        draft.mkdir(parents=True)
        for name, text in files.items():
            _write_through(draft / name, text.encode())
        _write_through(draft)
        if not any(_place(draft, target) or _is_whole(target, files) or _move(draft, target) for _ in range(_TRIES)):
            raise OSError(f"{target} changes while it is written")
        _write_through(target.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _place(draft: Path, target: Path) -> bool:
    """Rename a draft to its place where nothing stands there; what another process has put there meanwhile is not touched."""
    try:
        draft.rename(target)
    except OSError:
        if not draft.exists() or not target.exists():
            raise
        return False
    return True


def _move(draft: Path, target: Path) -> bool:
    """Rename a draft to its place, after what is damaged there was moved away; False where another process was in between."""
    away = target.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
    try:
        if target.exists():
            target.rename(away)
        draft.rename(target)
    except OSError:
        if not draft.exists() or not target.exists():
            raise
        return False
    finally:
        if away.is_dir():
            shutil.rmtree(away, ignore_errors=True)
        else:
            away.unlink(missing_ok=True)
    return True


def _write_through(path: Path, content: bytes | None = None) -> None:
    """Write a file, or none where `path` is a folder, and wait until the disk has it."""
    if content is not None:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    elif os.name == "posix":  # elsewhere a folder cannot be opened
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _point(folder: Path, target: Path, notes: str) -> None:
    write_file(folder / POINTER, json.dumps({"folder": target.name, "notes": notes}).encode())
    _write_through(folder)


def _clear(folder: Path, target: Path) -> None:
    """Remove all but the last editions, and drafts that nobody writes any more; a late writer of an old one removes no newer one."""
    folders = [path for path in folder.iterdir() if path.is_dir()]
    shelved = sorted((path for path in folders if _FOLDER_NAME.fullmatch(path.name)), key=_read_order, reverse=True)
    drafts = [path for path in folders if path.name.startswith(_DRAFT) and _read_time(path) < time.time() - _OLD_DRAFT]
    for path in [*shelved[KEPT:], *drafts]:
        if path != target:
            _seen.pop(path, None)
            shutil.rmtree(path, ignore_errors=True)


def _read_order(path: Path) -> tuple[str, int, float]:
    """Day and number of the edition that a folder is called by; of two stores that call one alike, when it was made."""
    day, number = path.name[:10], path.name[10:].rpartition("-")[0].removeprefix(".")
    return day, int(number or 1), _read_time(path)


def _read_time(path: Path) -> float:
    """When a folder was made, in seconds; 0 where another process has just removed it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
