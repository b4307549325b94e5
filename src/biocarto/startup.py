"""What the server reads and makes before its first visitor, and anew for each edition, so that nobody waits. Needs no session."""

from __future__ import annotations

import importlib
import logging
import os
import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pandas as pd

from biocarto import caches, config
from biocarto import ui as ui_package
from biocarto.analysis.coverage import territories
from biocarto.analysis.coverage.territories import LEVEL_COLUMNS
from biocarto.api.source import LATEST, RegisterSource
from biocarto.caches import Cache, freeze_heap
from biocarto.config import Settings
from biocarto.desk import archive, daily, shelf
from biocarto.desk.intake.permits import UPLOADS
from biocarto.desk.opening import open_for_server
from biocarto.errors import AppError, SettingError
from biocarto.export import atom
from biocarto.export.atom import Feed
from biocarto.files import stamp_folder
from biocarto.i18n import LANGUAGES, Locale, format_day, format_number
from biocarto.query.filters import Filters
from biocarto.register import catalogue as catalogue_builder
from biocarto.register import tables as tables_reader
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import Tables
from biocarto.serving import Serving
from biocarto.ui.coverage import data as coverage_data
from biocarto.ui.directory import search
from biocarto.ui.networks import introduction, timeline
from biocarto.ui.shared import cache, filter_bar, language, map_view, organisations, sign_in
from biocarto.ui.sources import lists

EVERY = 2.0
"""Seconds between two looks into the store for a newer edition."""
_LAST_LOOK = 1.0
"""Seconds that the end of the server waits for the look that is under way."""
_LOG = logging.getLogger(__name__)
HEAVY = ("folium.plugins", "streamlit.emojis")
"""What the first run would import, and what takes long."""


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings. Where one is not accepted, a laptop starts all the same, and the pages say which.

    A server that should be public does not start (SettingError): without its settings nobody outside would reach such a page.
    """
    try:
        return config.read(environ)
    except SettingError:
        if environ.get("BIOCARTO_PUBLIC_URL", "").strip():
            raise
        return Settings()


def read_edition() -> str:
    """The edition that the pages show, by its name; raises AppError where they cannot show one."""
    return cache.load_catalogue().edition


def require_readable_secrets() -> None:
    """Raise SettingError for a file of secrets with which the server would not start."""
    sign_in.require_readable_secrets()


def signs_in() -> bool:
    """Whether people can sign in here: asked at each request for that, as the operator may change the secrets meanwhile."""
    try:
        return not cache.settings().desk_editor and sign_in.can_sign_in()
    except SettingError:
        return False


def write_feed(lang: str) -> Feed:
    """The changes of the last editions for readers of feeds; raises AppError where the pages cannot show the data."""
    found = cache.load_catalogue()
    make = partial(atom.write_feed, found.changes, found.edition, cache.settings().public_url, Locale(lang))
    return cache.make_once("feed", make, lang)


def build_source() -> RegisterSource:
    """The editions of the register for other programs; the newest is the one that the pages show."""
    chosen = cache.settings()
    older_tables, older_catalogues = Cache(caches.OLDER_EDITIONS), Cache(caches.OLDER_EDITIONS)

    def find_folder(name: str) -> Path:
        return shelf.find_data(chosen) if name == LATEST else archive.find_folder(chosen, name)

    def load_older(name: str) -> Tables:
        folder = find_folder(name)
        return older_tables.get((folder, stamp_folder(folder)), lambda: tables_reader.read(folder))

    def load_tables(name: str) -> Tables:
        shown, newest = cache.load_edition()  # one look: a renewal between two would give the rows of another edition
        return shown if name in {LATEST, newest.edition} else load_older(name)

    def load_catalogue(name: str) -> Catalogue:
        newest = cache.load_catalogue()
        if name in {LATEST, newest.edition}:
            return newest
        tables, layers = load_older(name), newest.territory
        return older_catalogues.get((name, tables.stamp, layers.stamp), lambda: catalogue_builder.build(tables, layers))

    return RegisterSource(chosen, partial(archive.list_names, chosen), find_folder, load_tables, load_catalogue)


def read_everything() -> None:
    """Import what pages use, read tables, layers and front-end files, make what every visitor is shown.

    Nothing is raised: what cannot be read is told by the pages that need it, in words.
    """
    try:
        import_modules()
        if cache.settings().serves is not Serving.PROGRAMS:  # the desk's store is the other process's to hold, and to bring up to date
            open_for_server(cache.settings())
        cache.take_up_editions()
        cache.note_newest()
        cache.load_assets()
        cache.load_layer_resources()
        _make_shared(cache.load_catalogue())
        for notice in cache.load_tables().notices:
            _LOG.warning("%s", notice.text("en"))
    except AppError as error:
        _LOG.warning("%s", error.message("en"))
    except Exception:  # noqa: BLE001 - a server that starts tells more than one that does not
        _LOG.exception("What every visitor is shown could not be made ahead.")


@contextmanager
def keep_watch() -> Iterator[None]:
    """While the server lives: an edition that was published, here or elsewhere, is taken up by itself; each day is tidied up.

    Files that were given for an import and left there are let go.
    """
    end = Event()
    if cache.settings().serves is not Serving.PROGRAMS:
        daily.start(cache.settings(), end.wait)
    watcher = Thread(target=_watch, args=(end,), name="biocarto-editions", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        end.set()
        watcher.join(_LAST_LOOK)


def _watch(end: Event) -> None:
    while not end.wait(EVERY):
        try:
            UPLOADS.sweep()
            renew()
        except AppError as error:
            _LOG.warning("%s", error.message("en"))
        except Exception:  # noqa: BLE001 - the next look may succeed, and pages show what they know
            _LOG.exception("The newest edition could not be made ready.")


def renew() -> bool:
    """Take up what is newer, forget what is older than the one before, make the new one ready; True where there was one.

    Then the heap is frozen anew, without what was dropped. Raises AppError where the new tables cannot be read.
    """
    cache.take_up_editions()
    if not cache.note_newest():
        return False
    try:
        _make_shared(cache.load_catalogue())
    finally:
        freeze_heap()
    return True


def import_modules() -> None:
    """Every module of the pages, and what their first run would import."""
    for module in pkgutil.walk_packages(ui_package.__path__, f"{ui_package.__name__}."):
        importlib.import_module(module.name)
    for name in HEAVY:
        importlib.import_module(name)
    map_view.register_component()


def _make_shared(catalogue: Catalogue) -> None:
    cache.load_filter_options()
    cache.list_actor_ids()
    cache.list_place_ids()
    search.prepare(catalogue)
    organisations.list_with_members(catalogue)
    filter_bar.select_rows(Filters(), catalogue)
    _measure()
    for lang in LANGUAGES:
        with language.use_language(lang):
            format_number(0.5, lang, 1)
            format_day("2021-05-17", lang)
            coverage_data.label_options()
            introduction.load_sections(catalogue)
            timeline.prepare(catalogue)
            lists.prepare(cache.load_tables())


def _measure() -> None:
    """The coverage of all actors, and the library of class breaks, which takes 2 s to import."""
    data = coverage_data.load_data(Filters())
    for level in LEVEL_COLUMNS:
        data.measure_level(level)
        data.count_links(level)
    data.measure_reach()
    data.measure_concentration()
    territories.classify_values(pd.Series(range(20)))
