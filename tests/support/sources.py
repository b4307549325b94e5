"""A register with editions for the doors of other programs: the shipped tables, and a newer edition of a store."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from biocarto.api.source import LATEST, RegisterSource
from biocarto.config import Settings
from biocarto.desk import archive, shelf
from biocarto.register import catalogue, tables
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import Tables
from tests.support.register import joined
from tests.support.shelves import DAY, a_store, an_edition, publish

OLDER, NEWER = joined().edition, DAY
RENAMED = "aavlife"
"""The actor that the newer edition calls otherwise."""


def a_source(folder: Path, **changes: str | Path) -> RegisterSource:
    """Two editions, `OLDER` of data/ and `NEWER` of a store in `folder`; `changes` are settings."""
    store = a_store(folder)
    publish(store, an_edition(**{RENAMED: "Tout autre nom"}))
    settings = replace(Settings(), store=str(folder / "register.sqlite"), **changes)
    shelf.take_up(store, shelf.find_shelf(settings.store))

    def find_folder(name: str) -> Path:
        return shelf.find_data(settings) if name == LATEST else archive.find_folder(settings, name)

    @cache
    def load_tables(name: str) -> Tables:
        return tables.read(find_folder(name))

    @cache
    def load_catalogue(name: str) -> Catalogue:
        return catalogue.build(load_tables(name), joined().territory)

    return RegisterSource(settings, partial(archive.list_names, settings), find_folder, load_tables, load_catalogue)
