"""Colours of the maps, in light and dark: every one legible on its ground, none the only carrier of a fact."""

from __future__ import annotations

from biocarto.model import SYMBOLS

THEMES = ("light", "dark")

GROUND = {"light": "#FFFFFF", "dark": "#1A252E"}
"""The fill of the land on which symbols stand, and the inner line of their outline; biocarto.css has the same two values."""

INK = {"light": "#17242E", "dark": "#E6EDF2"}
"""Texts, and the outer line around symbols: of the two lines one stands out from whatever lies beneath."""

ACCENT = {"light": "#0B5C8A", "dark": "#6CB8E6"}
"""What is chosen, pointed at or has the focus, always between two lines of the ground."""

GROUPS_DARK = {
    "biotherapies": "#3CA3F8",
    "bioproduction": "#EA7847",
    "techproviders": "#40D9AB",
    "research_centre": "#BC82B7",
    "incubator": "#F7BB44",
    "integrator": "#D6DFF2",
}
"""The same hues, lighter: navy would vanish on a dark ground. The order of .streamlit/config.toml's chart colours (ADR 0048)."""

SEQUENTIAL = {
    "light": ("#C8D9E5", "#97B5C9", "#6A93AE", "#386988", "#1A435F"),
    "dark": ("#304755", "#426D84", "#6492AB", "#8DB4C9", "#B9D4E3"),
    "forced": tuple(f"color-mix(in srgb, CanvasText {share}%, Canvas)" for share in (14, 30, 45, 66, 90)),
}
"""One hue, five even steps of lightness: slate, so that the coloured symbols above stay the loudest.

`forced`: where a visitor's system sets all colours, the same steps between its two."""

_ON = {"light": (1, 1, 1, 0, 0), "dark": (1, 1, 0, 0, 0), "forced": (1, 1, 1, 0, 0)}
"""Whether a name on a class is written in ink (1) or in the colour of the ground (0)."""

_PAIRS = {theme: (GROUND[theme], INK[theme]) for theme in THEMES} | {"forced": ("Canvas", "CanvasText")}

STAGES = {
    "light": ("#8CB9E8", "#DBA57B", "#E1D47D", "#7ED9B3", "#A893BA", "#C97C7D", "#B1D6E2"),
    "dark": ("#0B6DB4", "#8C533A", "#726C00", "#157858", "#654E78", "#7F333C", "#526E75"),
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


def list_label_colours(classes: int, theme: str) -> list[str]:
    """Colours of names on each of `classes` (0 to 5) classes, low to high: 4.5 to one, with a halo of the class itself."""
    return [_PAIRS[theme][_ON[theme][step]] for step in _RAMPS[classes]] if classes else []
