"""Files that were made of an edition, on the disk, so that any part of them can be read: each made once, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import biocarto
from biocarto import caches
from biocarto.caches import Cache
from biocarto.files import DRAFT, write_file

MOST_BYTES = 512_000_000
"""On the disk, of all files; a hundred of an edition are 30 MB."""

_CODE = {".py", ".po", ".typ"}

Key = tuple[str, ...]
"""What decides the content of a file: the edition and what it was made from, the file, the language, the server's address."""


@dataclass(frozen=True)
class MadeFile:
    """A file on the disk: its digest (SHA-256) and its size in bytes."""

    path: Path
    digest: str
    size: int


def stamp_code() -> str:
    """This version of BioCarto, and what a developer has changed of it since: another one may write the same file otherwise."""
    package = Path(biocarto.__file__).parent
    told = sorted(f"{path} {path.stat().st_mtime_ns}" for path in package.rglob("*") if path.suffix in _CODE)
    return sha256("\n".join([biocarto.__version__, *told]).encode()).hexdigest()


class FileShelf:
    """A folder of made files, the ones that were asked for last; it may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made, self._code = folder, Cache(caches.MADE_FILES), stamp_code()

    def get(self, key: Key, make: Callable[[], bytes]) -> MadeFile:
        """The file of a key, made by `make` where it is not there (any more), once however many ask; raises OSError."""
        found = self._made.get(key, lambda: self._find(key, make))
        if not _touch(found.path):  # the folder was emptied, or another process needed the room
            self._made.drop(key, found)
            found = self._made.get(key, lambda: self._find(key, make))
        return found

    def _find(self, key: Key, make: Callable[[], bytes]) -> MadeFile:
        """What another process, or this one before it was started anew, has made already is taken."""
        path = self._folder / sha256("\0".join((self._code, *key)).encode()).hexdigest()
        try:
            content = path.read_bytes()
        except OSError:
            content = make()
            write_file(path, content)
            self._make_room(path)
        return MadeFile(path, sha256(content).hexdigest(), len(content))

    def _make_room(self, kept: Path) -> None:
        """Remove what was asked for longest ago, beyond the bounds."""
        found, size = sorted(self._list_files(), key=lambda pair: pair[0].st_mtime, reverse=True), 0
        for number, (told, path) in enumerate(found, start=1):
            size += told.st_size
            if path != kept and (number > caches.MADE_FILES or size > MOST_BYTES):
                path.unlink(missing_ok=True)

    def _list_files(self) -> Iterator[tuple[os.stat_result, Path]]:
        """What is there as a whole: other threads write drafts meanwhile, and remove what this one has just seen."""
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if not entry.name.startswith(DRAFT):
                    with suppress(FileNotFoundError):
                        yield entry.stat(), Path(entry.path)


def _touch(path: Path) -> bool:
    """Note that a file was asked for, so that it is the last to go; False where it is gone."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    except OSError:  # a disk that is closed to us can be read all the same
        return path.is_file()
    return True
