"""Every setting of BioCarto: its environment variable, default, help and check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from biocarto.errors import SettingError

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
"""Where the front-end files are. No setting: Streamlit serves the `static` folder beside `dashboard.py` and no other."""
PREFIX = "BIOCARTO_"
_SWITCH = {"1": True, "true": True, "yes": True, "oui": True, "": False, "0": False, "false": False, "no": False, "non": False}


def _help(text: str) -> dict[str, str]:
    return {"help": text}


@dataclass(frozen=True)
class Settings:
    """Read once at start; each field may come from `BIOCARTO_<NAME>`. Relative folders start at the project's root."""

    data: Path = field(default=ROOT / "data", metadata=_help("folder of the tables"))
    geo: Path = field(default=ROOT / "geo", metadata=_help("folder of the boundary layers"))
    allow_cdn: bool = field(default=False, metadata=_help("where front-end files are missing, let the browser ask Folium's own addresses"))
    ign_tiles: bool = field(default=False, metadata=_help("draw IGN's map tiles as the background (third party: data.geopf.fr)"))


def variables() -> dict[str, str]:
    """Environment variable -> name of the setting."""
    return {PREFIX + setting.name.upper(): setting.name for setting in fields(Settings)}


def _switch(variable: str, text: str) -> bool:
    try:
        return _SWITCH[text.strip().lower()]
    except KeyError:
        accepted = ", ".join(sorted(value for value in _SWITCH if value))
        raise SettingError(
            f"{variable} vaut « {text} » ; valeurs acceptées : {accepted}.",
            f"{variable} is “{text}”; accepted values: {accepted}.",
        ) from None


def _folder(variable: str, text: str) -> Path:
    if not text.strip():
        raise SettingError(f"{variable} est vide ; valeur acceptée : un dossier.", f"{variable} is empty; accepted value: a folder.")
    return ROOT / Path(text).expanduser()


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; raises SettingError for an unknown name, or for a value with the accepted ones."""
    known = variables()
    given: dict[str, Any] = {}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        if variable not in known:
            accepted = ", ".join(known)
            raise SettingError(f"{variable} n'existe pas ; réglages : {accepted}.", f"{variable} does not exist; settings: {accepted}.")
        name, text = known[variable], environ[variable]
        given[name] = _switch(variable, text) if isinstance(getattr(Settings, name), bool) else _folder(variable, text)
    return replace(Settings(), **given)
