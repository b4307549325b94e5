"""Colours of the maps, in light and dark: every one legible on its ground, none the only carrier of a fact."""

from __future__ import annotations

from biocarto.model import SYMBOLS

THEMES = ("light", "dark")

GROUND = {"light": "#FFFFFF", "dark": "#1A252E"}
"""The fill of the land on which symbols stand; biocarto.css has the same two values."""

GROUPS_DARK = {
    "biotherapies": "#4DA6DE",
    "bioproduction": "#F08A45",
    "techproviders": "#3DC79E",
    "research_centre": "#C98AC4",
    "incubator": "#E0A63A",
    "integrator": "#A9B8D8",
}
"""The same hues, lighter: #1F2A44 would vanish on a dark ground. The order of .streamlit/config.toml's chart colours."""

SEQUENTIAL = {
    "light": ("#E6ECF2", "#C9D6E2", "#A6BACD", "#7F9AB5", "#587A9A"),
    "dark": ("#27394A", "#33495D", "#446079", "#5B7F9C", "#7AA2BF"),
}
"""One hue, five steps of lightness: slate, so that the coloured symbols above stay the loudest."""

STAGES = {
    "light": ("#95C3F2", "#DBA57B", "#E1D47D", "#82D3B0", "#A893BA", "#C97C7D", "#A9D3E0"),
    "dark": ("#4279AA", "#955A3D", "#898030", "#3F8B6B", "#66507A", "#863B43", "#578591"),
}
"""One colour per stage of the Tour, in their order: apart for every kind of colour vision; each region also has its stage's number."""

NETWORKS = {
    "light": ("#0B5C8A", "#C2410C", "#00795B", "#9B4F96", "#8A6A00", "#B3261E", "#475569", "#3B6FC4"),
    "dark": ("#6CB8E6", "#F08A45", "#3DC79E", "#C98AC4", "#E0A63A", "#F28B82", "#A9B8D8", "#8FB3F0"),
}
"""Lines of the networks, in their order and over again: each also has its own dashes, and its name in the legend and the table."""

_RAMPS = {1: (3,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


def list_group_colours(theme: str) -> dict[str, str]:
    """Colour of each key of model.SYMBOLS."""
    return dict(GROUPS_DARK) if theme == "dark" else {symbol.key: symbol.colour for symbol in SYMBOLS}


def list_sequential(classes: int, theme: str) -> list[str]:
    """Colours of `classes` (0 to 5) classes, low to high."""
    return [SEQUENTIAL[theme][step] for step in _RAMPS[classes]] if classes else []
