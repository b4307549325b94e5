"""What the first visitors would wait for, made before they come: once, when the server starts."""

from __future__ import annotations

import importlib
import logging

import pandas as pd

from biocarto.analysis import territories
from biocarto.analysis.territories import LEVEL_COLUMNS
from biocarto.errors import AppError
from biocarto.filters import Filters
from biocarto.i18n import LANGUAGES, day, number
from biocarto.joins import Catalogue
from biocarto.ui import (
    cache,
    coverage_data,
    directory_search,
    filter_bar,
    language,
    network_choice,
    network_story,
    network_time,
    readings,
    source_lists,
)

_LOG = logging.getLogger(__name__)

HEAVY = ("folium.plugins", "streamlit.emojis", "biocarto.ui.take_away")
"""What pages import that takes long. Not streamlit_folium: its component makes itself known to the server only where a run imports it."""


def read_everything() -> None:
    """Read tables, layers and front-end files, import what is heavy, make what every visitor is shown. Needs no session.

    Nothing is raised: what cannot be read is told by the pages that need it, in words.
    """
    try:
        for name in HEAVY:
            importlib.import_module(name)
        cache.assets()
        cache.layer_resources()
        _make(cache.catalogue())
    except AppError as error:
        _LOG.warning("%s", error.message("en"))
    except Exception:  # a server that starts tells more than one that does not
        _LOG.exception("What every visitor is shown could not be made ahead.")


def _make(catalogue: Catalogue) -> None:
    cache.filter_options()
    cache.actor_ids()
    cache.place_ids()
    directory_search.prepare(catalogue)
    readings.built(catalogue)
    network_choice.with_members(catalogue)
    filter_bar.rows(Filters(), catalogue)
    _measure()
    for lang in LANGUAGES:
        with language.lent(lang):
            number(0.5, lang, 1)
            day("2021-05-17", lang)
            coverage_data.options()
            network_story.sections(catalogue)
            network_time.prepare(catalogue)
            source_lists.prepare(cache.tables())


def _measure() -> None:
    """The coverage of all actors, and the library of class breaks, which takes 2 s to import."""
    data = coverage_data.of(Filters())
    for level in LEVEL_COLUMNS:
        data.measured(level)
        data.links(level)
    data.reach()
    data.concentrated()
    territories.classes(pd.Series(range(20)))
