"""Small inputs for the map tests, and what a visitor's browser would be sent for them."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

import folium
import numpy as np
import pandas as pd
import streamlit_folium

from biocarto.i18n import Locale
from biocarto.maps.assets import BOUNDARIES, LIBRARIES, Assets, list_own_files
from biocarto.maps.layer import ScriptLayer
from biocarto.model import SYMBOLS

FRENCH = Locale("fr")
GROUPS = [symbol.key for symbol in SYMBOLS]
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<!-- not a comment",
    "`${alert(3)}`",
    "{{ 7 * 7 }} {% raw %} {# gone #} {{{",
    "a_div map_div cea_1 feature_group_0 map_feature_group_0 layer_control",
    "\"quoted\" 'single' \\ back \\u0041",
    "line one\u2028line two\u2029line three",
)


@dataclass(frozen=True)
class MarkedLocale(Locale):
    """A language whose every text shows that it was asked for."""

    pattern: str = "<{}>"

    def __call__(self, french: str) -> str:
        """The text in its mark."""
        return self.pattern.format(french)


def installed(**changes: Any) -> Assets:
    """A complete set of front-end files."""
    names = [*LIBRARIES, *list_own_files(), *(f"boundaries/{key}" for key in BOUNDARIES)]
    return Assets(**{"files": {name: name.replace("/", "-") for name in names}, "missing": (), **changes})


def places(*rows: dict[str, Any], index: list[str] | None = None) -> pd.DataFrame:
    """Places of the frame that `actor_layer` takes; a row states only what matters."""
    valid = {"latitude": 48.85, "longitude": 2.35, "label": "Paris", "actor_id": "", **dict.fromkeys(GROUPS, 0)}
    return pd.DataFrame([valid | row for row in rows], index=index or [f"place-{number}" for number in range(len(rows))])


def unpacked(text: str, kind: str = "<i4") -> list[int]:
    """Whole numbers out of a packed column."""
    return np.frombuffer(base64.b64decode(text), dtype=kind).tolist()


def as_sent(layer: ScriptLayer, base: folium.Map) -> str:
    """The script that streamlit-folium would send for the layer, after all its rewriting."""
    return streamlit_folium._get_feature_group_string(layer, map=base)


def as_received(script: str) -> dict[str, Any]:
    """The payload that a browser reads in such a script: JSON is a subset of JavaScript."""
    found = re.search(r"= BioCarto\.(?!base)\w+\((.*)\);$", script, re.MULTILINE)
    assert found is not None
    payload: dict[str, Any] = json.loads(found[1])
    return payload
