"""What the process keeps instead of making it again, and the bounds of all that is kept: every cache of BioCarto has its bound here.

A value is made once, by whoever asks first, and shared read-only: nobody may change what comes out of a cache. Which values a page
keeps, and under which key, is in `ui/shared/cache.py`; no key holds what a visitor typed, and none holds a session but that of the imports
in hand, which end with their permit (`desk/intake/permits.py`).
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any, TypeVar, cast

T = TypeVar("T")

EDITIONS = 2
"""Editions of the tables, of the layers, of what joins them and of what answers are looked up in: today's, and the one before while its
last runs end. About 15 MB each."""

OLDER_EDITIONS = 2
"""Editions before today's that programs have asked for, with their tables and what joins them. About 15 MB each."""

JOINED_EDITIONS = EDITIONS + OLDER_EDITIONS
"""Editions, today's and older ones, of which answers are looked up: what programs ask of older ones takes no place of the pages' own.
About 5 MB each."""

MADE_FILES = 400
"""Files that programs have asked for, by edition and language: where each lies on the disk, and its digest. 0.5 kB each in memory."""

ONCE = 256
"""Values that an edition and a language decide, some 60 names in each: texts, tables, drawings. 20 kB each, 0.2 MB at most."""

FILTERED = 192
"""Values that also depend on what was chosen: rows, counts, tables, drawings. 30 kB each, 0.15 MB at most (a map of all communes)."""

SELECTIONS = 12
"""Selections of actors on the page of coverage, each with its own `PARTS`: about 1 MB each once every level was looked at."""

PARTS = 128
"""Parts of one such selection: pairs of territories are without end. 10 kB each, 0.2 MB at most (a measure of all communes)."""

GROUNDS = 32
"""Maps of pages before any data: eight views. 2 kB each."""

REGISTER_TABLES = 64
"""Tables of the store as the desk lists and names them, by the newest act, and their forms by language: thirteen tables, two languages.
0.3 MB at most."""

ADDRESSES = 10_000
"""Callers of programs whose pace is remembered, under a keyed hash of their address. 0.3 kB each."""

SESSIONS = 1024
"""Sessions whose edition is remembered. 0.1 kB each: the texts of an edition are shared."""

NAMES = 65_536
"""Names that are folded for comparing: the register's, and those of a long file, each of which is compared in several ways.
0.2 kB each."""

WORDS = 8192
"""Texts with their no-break spaces, and numbers as people write them. 0.2 kB each."""

LANGUAGES = 2
"""Translations."""

TABLES = 32
"""Labels of the columns and codes of a table, by table and its columns. 20 kB each."""

DESCRIPTIONS = 4
"""Descriptions of the tables that were read: today's, and those of the editions that the desk compares. 0.5 MB each."""

READ_TABLES = 39
"""Tables as they were read, by what their file holds: thirteen of today, of the edition before, and of a folder that is looked at.
0.2 MB each at most; 20,000 actors would be 15 MB."""

PREVIEWS = 2
"""What would be published, and what the pages say of it: both editions as text, 2 MB each, and 10 MB for each 10,000 actors."""

HANDMADE = 2
"""Folders of tables that were held against the register, with what they say otherwise. 1 MB each."""

OFFICIAL_LOOKS = 1
"""What was read last in INSEE's files: some thousand rows. 5 MB."""

OFFICIAL_POSITIONS = 1
"""What was read last in INSEE's geolocation: one point for each number of the register. 0.1 MB."""

OFFICIAL_TABLES = 3
"""The ministry's lists, of structures and of laureates, as they were read last: 3 MB each."""

OFFICIAL_LISTS = 24
"""What official files offer the register as it is after one act, list by list: ten lists. 0.5 MB each at most."""

VERSIONS = 8
"""Versions of the store whose tables were listed, for a backup. 2 kB each."""

PICTURES = 24
"""Pictures that were asked for last, as files, by edition and question; none that a visitor typed a part of.
0.7 MB each, 1.5 MB at most."""

IMPORTS = 8
"""Sessions with an import in hand: the file (20 MB at most) and what it was understood as, until a quarter of an hour after the last click.
1 MB for 1,000 lines; a ninth session makes the one that was used longest ago begin anew."""

EMBEDS = 64
"""Documents that stand in pages of others, by edition, facets, language and theme, with their short form. 30 kB each, 0.2 MB at most."""

GRIDS = 1
"""Grids of RGAA that were read: 106 rows. 0.1 MB."""

COLLECTIONS = 3
"""Editions whose collections of features are kept for other programs: today's, the one before, an older one. 8 MB each with every
collection asked for; 20,000 actors would be 40 MB."""

COLLECTION_SOURCES = 16
"""Collections of one of those editions, and outlines that several of them share: thirteen in all."""

COVERAGES = 12
"""Choices of sites whose measures by territory were asked for, in each of those editions. 2 MB each (all communes)."""

SYSTEMS = 12
"""Shapes, their texts and their trees of one collection, in each of four systems of coordinates. 2 MB each (all communes)."""

PROJECTIONS = 4
"""Ways from degrees to another system of coordinates. 10 kB each."""

COLUMNS = 256
"""Columns of one collection by which it was filtered or sorted: some 45, in two ways. 30 kB each; of 20,000 actors 2 MB."""

LETTERS = 2
"""Widths of letters, plain and bold. 0.2 MB each."""

ALONE = 1
"""What there is one of, such as the settings."""


@dataclass
class _Entry:
    """A value, or the promise of one: whoever comes second waits for the first."""

    making: RLock = field(default_factory=RLock)
    made: bool = False
    left: bool = False
    value: Any = None


class Cache:
    """The values asked for last, `most` of them, each made once however many threads ask; an error is not kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made by `make` where it is not there (any more)."""
        while True:
            entry = self._entry(key)
            with entry.making:
                if not entry.made and not entry.left:
                    self._fill(key, entry, make)
            if entry.made:
                return cast(T, entry.value)

    def _fill(self, key: Hashable, entry: _Entry, make: Callable[[], Any]) -> None:
        """Make a value; where that fails, whoever waited for it begins anew."""
        try:
            entry.value = make()
            entry.made = True
        except BaseException:
            entry.left = True
            self._leave(key, entry)
            raise

    def __contains__(self, key: Hashable) -> bool:
        entry = self._entries.get(key)
        return entry is not None and entry.made

    def replace(self, key: Hashable, value: object) -> None:
        """Another value from now on."""
        with self._lock:
            self._entries.pop(key, None)
        self.get(key, lambda: value)

    def drop(self, key: Hashable, value: object) -> None:
        """Forget a value that is no longer good, unless another has taken its place already: whoever asks next makes it anew."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.made and entry.value is value:
                del self._entries[key]

    def find(self, key: Hashable) -> Any:
        """The value of `key`; None where it is not there (any more)."""
        entry = self._entries.get(key)
        return entry.value if entry is not None and entry.made else None

    def forget(self) -> None:
        """Everything is made again when it is asked for."""
        with self._lock:
            self._entries.clear()

    def keep(self, is_wanted: Callable[[Any], bool]) -> None:
        """Forget every value whose key is not wanted any more; whoever is making one gets it all the same."""
        with self._lock:
            for key in [key for key in self._entries if not is_wanted(key)]:
                del self._entries[key]

    def _entry(self, key: Hashable) -> _Entry:
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
            entry = self._entries[key] = _Entry()
            while len(self._entries) > self.most:
                self._entries.popitem(last=False)
            return entry

    def _leave(self, key: Hashable, entry: _Entry) -> None:
        with self._lock:
            if self._entries.get(key) is entry:
                del self._entries[key]


def freeze_heap() -> None:
    """Take what lives as long as an edition out of every later collection, after what an earlier one has left was collected."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@contextmanager
def pause_collection() -> Iterator[None]:
    """Let nobody look for circles of objects: a long file makes a million objects and none, and each look goes through all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
