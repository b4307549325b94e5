"""What is made once per process and shared read-only: tables, layers, the joined Catalogue, and what pages show of them.

A key is made of the edition (the files of its tables and of `geo/`), the language and what was chosen, never of a session nor of what
somebody typed. How much is kept is in `caches.py`. The tables are the newest edition on the desk's shelf, else those of `data/`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import pandas as pd
from streamlit.runtime.scriptrunner import get_script_run_ctx

from biocarto import caches, config
from biocarto.analysis import changelog
from biocarto.caches import Cache
from biocarto.config import Settings
from biocarto.desk import shelf
from biocarto.files import stamp_folder
from biocarto.maps.assets import FRONTEND, Assets
from biocarto.query import filters, select
from biocarto.query.filters import Filters
from biocarto.register import catalogue as catalogue_builder
from biocarto.register import lifetimes, schema
from biocarto.register import tables as tables_reader
from biocarto.register.catalogue import Catalogue
from biocarto.register.changes import Change
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
_looks: dict[Hashable, tuple[float, Any]] = {}
_newest_two: deque[ShownEdition] = deque(maxlen=caches.EDITIONS)
"""What the process was told last to keep."""
_FRONT_END = (FRONTEND, *sorted(path for path in FRONTEND.rglob("*") if path.is_dir()))
"""Where the sources of our scripts are: those of one entry stand in several folders."""


class ShownEdition(NamedTuple):
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


def _look(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` said of something on the disk a moment ago."""
    now = time.monotonic()
    seen, told = _looks.get(key, (-FRESH, None))
    if now - seen < FRESH:
        return cast(T, told)
    found = read()
    _looks[key] = now, found
    return found


def _stamp(folder: Path) -> Stamp:
    return _look(folder, lambda: stamp_folder(folder))


def look_again(keep: bool = False) -> bool:
    """At the start of a run: the files as they are now are the edition of this session until its page runs anew.

    True where the session showed an edition of the desk's shelf, or the tables before the first one, and now shows a newer one.
    keep: the session stays with what it shows, while that can be read.
    """
    _looks.clear()
    if (session := _session()) is None:
        return False
    before, now = _editions.find(session), _newest()
    if before is None or not (keep and _is_readable(before)):
        _editions.replace(session, now)
        return before is not None and now.data not in {before.data, settings().data}
    return False


def _session() -> str | None:
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id


def _newest() -> ShownEdition:
    chosen = settings()
    data = _look(chosen, lambda: shelf.find_data(chosen))
    return ShownEdition(data, chosen.geo, _stamp(data), _stamp(chosen.geo))


def _is_readable(edition: ShownEdition) -> bool:
    """Whether an edition is in memory, or its files are as they were."""
    return edition in _catalogues or (_stamp(edition.data), _stamp(edition.geo)) == (edition.data_stamp, edition.geo_stamp)


def get_edition() -> ShownEdition:
    """The edition that this session shows: what a page has read before a file changed belongs to the files as they were.

    A fragment works with what its page has read, and another session may meet a new file in the middle of this run; under the
    new edition's key both would leave old values for everyone. Outside of a session, the files as they are.
    """
    return _editions.find(_session()) or _newest()


def _find_readable() -> ShownEdition:
    """The edition that this session shows; where it is neither in memory nor on the disk any more, the newest."""
    shown = get_edition()
    return shown if _is_readable(shown) else _newest()


def read_notes() -> str:
    """What its publisher notes of the newest edition; empty where it is no edition of the desk."""
    found = shelf.read_current(settings())
    return found.notes if found else ""


def take_up_editions() -> None:
    """Look into the store for a newer edition; the pages read it from their next run on. Raises nothing."""
    shelf.renew_data(settings())
    _looks.clear()


def note_newest() -> bool:
    """True where another edition is the newest than when this was asked last; what is older than the one before is forgotten then.

    The one before is what pages under way and their fragments were made of: without it they would read it anew, or mix two editions.
    """
    _looks.clear()
    newest = _newest()
    if newest in list(_newest_two)[-1:]:
        return False
    if newest in _newest_two:  # the last one was taken back
        _newest_two.remove(newest)
    _newest_two.append(newest)
    _forget_older(frozenset(_newest_two))
    return True


def _forget_older(kept: frozenset[ShownEdition]) -> None:
    tables, layers = {(e.data, e.data_stamp) for e in kept}, {(e.geo, e.geo_stamp) for e in kept}
    for store, wanted in ((_catalogues, kept), (_tables, tables), (_territories, layers), (_layer_lists, layers)):
        store.keep(wanted.__contains__)
    for store in (_once, _filtered, _selections):
        store.keep(lambda key: key[-1] in kept)
    select.forget_all_but([found for edition in kept if (found := _catalogues.find(edition)) is not None])


def load_tables() -> Tables:
    """The validated tables; raises DataError."""
    return _tables_of(_find_readable())


def _tables_of(now: ShownEdition) -> Tables:
    return _tables.get((now.data, now.data_stamp), lambda: tables_reader.read(now.data))


def _territory(now: ShownEdition) -> territory.Territory:
    return _territories.get((now.geo, now.geo_stamp), lambda: territory.read(now.geo))


def load_catalogue() -> Catalogue:
    """Tables and layers, joined; raises DataError."""
    return load_edition()[1]


def load_edition() -> tuple[Tables, Catalogue]:
    """The tables and what joins them, of one and the same look at the files; raises DataError."""
    now = _find_readable()
    tables = _tables_of(now)
    return tables, _catalogues.get(now, lambda: catalogue_builder.build(tables, _territory(now)))


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
    _newest_two.clear()
    for store in STORES:
        store.forget()


def load_actors() -> pd.DataFrame:
    """The joined actors with what filters, search and distances need of each."""
    return select.prepare_actors(load_catalogue())


def load_schema() -> dict[str, Resource]:
    """The tables by name, as their description has them; the newest where that of this session is in memory alone. Raises DataError."""
    file = get_edition().data / "datapackage.json"
    if not file.is_file():
        file = _newest().data / file.name
    return make_once("schema", lambda: schema.parse(file.read_text(encoding="utf-8")))


def list_row_changes(table: str, row_id: str) -> tuple[Change, ...]:
    """What editions have changed of a row, the newest first."""
    found = make_once("changes by row", lambda: changelog.group_by_row(load_catalogue().changes))
    return found.get((table, row_id), ())


def load_layer_resources() -> dict[str, dict[str, Any]]:
    """What each layer is and where it comes from; raises DataError."""
    now = _find_readable()
    return _layer_lists.get((now.geo, now.geo_stamp), lambda: resources.read(now.geo))


def load_filter_options() -> dict[str, tuple[str, ...]]:
    """The values that each filter of a page with a map may take, the years that can be shown too."""
    return make_once("filter options", _list_filter_options)


def _list_filter_options() -> dict[str, tuple[str, ...]]:
    found = load_catalogue()
    return {**filters.list_options(found.actors), filters.YEAR: lifetimes.list_years(found.edition)}


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
