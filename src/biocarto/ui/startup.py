"""What the server reads before its first visitor, so that nobody waits for it."""

from __future__ import annotations

import importlib
import pkgutil

import streamlit_folium
from streamlit.runtime import exists, get_instance

from biocarto import config
from biocarto import ui as ui_package
from biocarto.config import Settings
from biocarto.errors import AppError
from biocarto.ui import cache, warm


def read_settings() -> Settings:
    """The settings; where one is not accepted, those of a closed laptop: the pages then say which."""
    try:
        return config.read()
    except AppError:
        return Settings()


def read_edition() -> str:
    """The edition that the pages show, named by its day; raises AppError where they cannot show one."""
    return cache.catalogue().edition


def read_everything() -> None:
    """Imports, tables, layers, front-end files and what every visitor is shown. What is wrong a page says in words."""
    for module in pkgutil.iter_modules(ui_package.__path__, f"{ui_package.__name__}."):
        importlib.import_module(module.name)
    _register_map()
    warm.read_everything()


def _register_map() -> None:
    """Streamlit registers a component only where a session imports it; here it is imported before there is one."""
    if exists():
        get_instance().component_registry.register_component(streamlit_folium._component_func)
