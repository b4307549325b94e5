"""What is read once per process and shared read-only: tables, layers, the joined Catalogue, the front-end files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit as st

from biocarto import catalogue as tables_module
from biocarto import config, filters, joins, layer_list, territory
from biocarto.catalogue import Tables
from biocarto.config import Settings
from biocarto.filters import Filters
from biocarto.joins import Catalogue
from biocarto.maps.assets import FRONTEND, Assets
from biocarto.territory import Territory

T = TypeVar("T")
Stamp = str


def _stamp(folder: Path) -> Stamp:
    """Names, times and sizes of a folder's files: a changed file is read again. Missing folders have no files.

    One text, because Streamlit takes a key apart on every call: a hundred numbers took longer than what they are the key of.
    """
    if not folder.is_dir():
        return ""
    with os.scandir(folder) as entries:
        return "|".join(sorted(f"{e.name} {(s := e.stat()).st_mtime_ns} {s.st_size}" for e in entries if e.is_file()))


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings of this process."""
    return config.read()


@st.cache_resource(show_spinner=False, max_entries=2)
def _tables(folder: Path, stamp: Stamp) -> Tables:  # noqa: ARG001 - the stamp is only a key
    return tables_module.read(folder)


@st.cache_resource(show_spinner=False, max_entries=2)
def _territory(folder: Path, stamp: Stamp) -> Territory:  # noqa: ARG001
    return territory.read(folder)


@st.cache_resource(show_spinner=False, max_entries=2)
def _catalogue(data: Path, geo: Path, data_stamp: Stamp, geo_stamp: Stamp) -> Catalogue:
    return joins.build(_tables(data, data_stamp), _territory(geo, geo_stamp))


@st.cache_resource(show_spinner=False, max_entries=64)
def _once(name: str, lang: str, key: tuple[object, ...], _make: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _make()


@st.cache_resource(show_spinner=False, max_entries=128)
def _filtered(name: str, chosen: Filters, key: tuple[object, ...], _make: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _make()


@st.cache_resource(show_spinner=False, max_entries=2)
def _layer_list(folder: Path, stamp: Stamp) -> dict[str, dict[str, Any]]:  # noqa: ARG001
    return layer_list.read(folder)


@st.cache_resource(show_spinner=False, max_entries=2)
def _assets(folder: Path, stamp: Stamp, sources: Stamp) -> Assets:  # noqa: ARG001
    return Assets.read(folder)


def _key() -> tuple[Path, Path, Stamp, Stamp]:
    data, geo = settings().data, settings().geo
    return data, geo, _stamp(data), _stamp(geo)


def tables() -> Tables:
    """The validated tables; raises DataError."""
    return _tables(settings().data, _stamp(settings().data))


def catalogue() -> Catalogue:
    """Tables and layers, joined; raises DataError."""
    return _catalogue(*_key())


def once(name: str, make: Callable[[], T], lang: str = "") -> T:
    """What `make` derives from the catalogue alone: made once per process (and language), shared read-only."""
    return cast(T, _once(name, lang, _key(), make))


def filtered(name: str, chosen: Filters, make: Callable[[], T]) -> T:
    """What `make` derives from the catalogue and a selection of its actors: the last ones are kept, shared read-only."""
    return cast(T, _filtered(name, chosen, _key(), make))


def prepared() -> pd.DataFrame:
    """The joined actors with what filters, search and distances need of each."""
    return once("prepared actors", lambda: filters.prepared(catalogue()))


def layer_resources() -> dict[str, dict[str, Any]]:
    """What each layer is and where it comes from; raises DataError."""
    return _layer_list(settings().geo, _stamp(settings().geo))


def filter_options() -> dict[str, tuple[str, ...]]:
    """The values that each filter may take."""
    return once("filter options", lambda: filters.options(catalogue().actors))


def assets() -> Assets:
    """Addresses of the installed front-end files."""
    return _assets(config.STATIC, _stamp(config.STATIC), _stamp(FRONTEND))
