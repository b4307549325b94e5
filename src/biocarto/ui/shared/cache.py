"""What is made once per process and shared read-only: tables, layers, the joined Catalogue, and what pages show of them.

A key is made of the edition (the files of `data/` and `geo/`), the language and what was chosen, never of a session nor of what somebody
typed. How much is kept is in `caches.py`.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pandas as pd
from streamlit.runtime.scriptrunner import get_script_run_ctx

from biocarto import caches, config
from biocarto.caches import Cache
from biocarto.config import Settings
from biocarto.maps.assets import FRONTEND, Assets
from biocarto.query import filters, select
from biocarto.query.filters import Filters
from biocarto.register import catalogue as catalogue_builder
from biocarto.register import schema
from biocarto.register import tables as tables_reader
from biocarto.register.catalogue import Catalogue
from biocarto.register.schema import Resource
from biocarto.register.tables import Tables
from biocarto.territory import resources, territory

T = TypeVar("T")
Stamp = str

FRESH = 1.0
"""Seconds for which the files of a folder are taken for unchanged; a page that is opened or rerun looks at once."""

_tables, _territories, _catalogues, _layer_lists, _assets = (Cache(caches.EDITIONS) for _ in range(5))
_once, _filtered, _selections, _grounds = Cache(caches.ONCE), Cache(caches.FILTERED), Cache(caches.SELECTIONS), Cache(caches.GROUNDS)
_editions = Cache(caches.SESSIONS)
STORES = (_editions, _tables, _territories, _catalogues, _layer_lists, _assets, _once, _filtered, _selections, _grounds)
_stamps: dict[Path, tuple[float, Stamp]] = {}
_FRONT_END = (FRONTEND, *sorted(path for path in FRONTEND.rglob("*") if path.is_dir()))
"""Where the sources of our scripts are: those of one entry stand in several folders."""


class Edition(NamedTuple):
    """The files that everything on the pages is made of."""

    data: Path
    geo: Path
    data_stamp: Stamp
    geo_stamp: Stamp


class _Settings:
    """The settings of this process, read when they are first asked for."""

    def __init__(self) -> None:
        self._read = Cache(caches.ALONE)
        self.clear = self._read.forget

    def __call__(self) -> Settings:
        return self._read.get("settings", config.read)


settings = _Settings()


def _stamp_folder(folder: Path) -> Stamp:
    """Names, times and sizes of a folder's files: a changed file is read again. What cannot be listed has none: whoever reads says why."""
    try:
        with os.scandir(folder) as entries:
            return "|".join(sorted(f"{e.name} {(s := e.stat()).st_mtime_ns} {s.st_size}" for e in entries if e.is_file()))
    except OSError:
        return ""


def _stamp(folder: Path) -> Stamp:
    """What `_stamp_folder` said of a folder a moment ago."""
    now = time.monotonic()
    seen, stamp = _stamps.get(folder, (-FRESH, ""))
    if now - seen >= FRESH:
        stamp = _stamp_folder(folder)
        _stamps[folder] = now, stamp
    return stamp


def look_again() -> None:
    """At the start of a run: the files as they are now are the edition of this session until its page runs anew."""
    _stamps.clear()
    if (session := _session()) is not None:
        _editions.replace(session, _newest())


def _session() -> str | None:
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id


def _newest() -> Edition:
    data, geo = settings().data, settings().geo
    return Edition(data, geo, _stamp(data), _stamp(geo))


def get_edition() -> Edition:
    """The edition that this session shows: what a page has read before a file changed belongs to the files as they were.

    A fragment works with what its page has read, and another session may meet a new file in the middle of this run; under the
    new edition's key both would leave old values for everyone. Outside of a session, and where the old edition is no longer
    there, the files as they are.
    """
    shown = _editions.find(_session())
    return shown if shown is not None and shown in _catalogues else _newest()


def load_tables() -> Tables:
    """The validated tables; raises DataError."""
    now = get_edition()
    return _tables.get((now.data, now.data_stamp), lambda: tables_reader.read(now.data))


def _territory(now: Edition) -> territory.Territory:
    return _territories.get((now.geo, now.geo_stamp), lambda: territory.read(now.geo))


def load_catalogue() -> Catalogue:
    """Tables and layers, joined; raises DataError."""
    now = get_edition()
    return _catalogues.get(now, lambda: _join(now))


def _join(now: Edition) -> Catalogue:
    """An edition; on a server that has frozen its heap, the new one takes the place of the old one there."""
    found = catalogue_builder.build(load_tables(), _territory(now))
    if gc.get_freeze_count():
        caches.freeze_heap()
    return found


def make_once(name: str, make: Callable[[], T], lang: str = "") -> T:
    """What `make` derives from the files alone: made once per process (and language), shared read-only."""
    return _once.get((name, lang, get_edition()), make)


def make_for_filters(name: str, chosen: Hashable, make: Callable[[], T], *more: Hashable) -> T:
    """What `make` derives from the files and from what was chosen in lists (and `more`, such as the language): the last ones are kept.

    A question with words, a place or an area in it is somebody's own: its answer is made and not kept.
    """
    if isinstance(chosen, Filters) and chosen.is_typed():
        return make()
    return _filtered.get((name, chosen, more, get_edition()), make)


def make_for_rows(name: str, rows: pd.DataFrame, make: Callable[[], T], *more: Hashable, keep: bool = True) -> T:
    """The same for what `make` derives from rows of the register (index: actor id) in their order, `more` and the files.

    keep: False for the answer to a question that somebody typed.
    """
    return _filtered.get((name, tuple(rows.index), more, get_edition()), make) if keep else make()


def make_for_selection(chosen: Filters, make: Callable[[], T]) -> T:
    """What the page of coverage says of a selection of actors: the last ones are kept with all their parts."""
    return _selections.get((chosen, get_edition()), make)


def forget() -> None:
    """Everything is read and made again when it is asked for."""
    look_again()
    settings.clear()
    for store in STORES:
        store.forget()


def load_actors() -> pd.DataFrame:
    """The joined actors with what filters, search and distances need of each."""
    return select.prepare_actors(load_catalogue())


def load_schema() -> dict[str, Resource]:
    """The tables by name, as their description has them; raises DataError."""
    folder = get_edition().data
    return make_once("schema", lambda: schema.parse((folder / "datapackage.json").read_text(encoding="utf-8")))


def load_layer_resources() -> dict[str, dict[str, Any]]:
    """What each layer is and where it comes from; raises DataError."""
    now = get_edition()
    return _layer_lists.get((now.geo, now.geo_stamp), lambda: resources.read(now.geo))


def load_filter_options() -> dict[str, tuple[str, ...]]:
    """The values that each filter may take."""
    return make_once("filter options", lambda: filters.list_options(load_catalogue().actors))


def _front_end() -> tuple[Path, Stamp, *tuple[Stamp, ...]]:
    return config.STATIC, _stamp(config.STATIC), *map(_stamp, _FRONT_END)


def list_actor_ids() -> frozenset[str]:
    """What `actor` may be in the address: the ids of today and the former ones."""
    return make_once("actor ids", lambda: frozenset(load_catalogue().actors.index) | frozenset(load_catalogue().redirects))


def list_place_ids() -> frozenset[str]:
    """What `place` may be in the address."""
    return make_once("place ids", lambda: frozenset(load_catalogue().actors["place_id"]))


def load_assets() -> Assets:
    """Addresses of the installed front-end files."""
    return _assets.get(_front_end(), lambda: Assets.read(config.STATIC))


def make_ground(view: Hashable, make: Callable[[], T]) -> T:
    """What `make` derives from the front-end files and the settings alone: the map of a page before any data."""
    return _grounds.get((view, settings(), _front_end()), make)
