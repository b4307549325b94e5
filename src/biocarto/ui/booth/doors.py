"""The five doors, each with a picture and a number that stand in the tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from markupsafe import Markup

from biocarto.analysis import breakdown, tour
from biocarto.model import SYMBOLS
from biocarto.register.catalogue import Catalogue
from biocarto.render import locator, regions
from biocarto.render.svg import add, add_shape
from biocarto.rows import list_rows
from biocarto.ui.booth import actors, frame, state
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

_QUIET, _LIVELY = "#8A99A6", "#3B82AD"
"""Visible on white and on the dark theme alike."""
_SPOKES = 7


def show(catalogue: Catalogue, chosen: Sequence[str] = tuple(state.ENTRY_SCREENS), look: str = "") -> None:
    """The doors `chosen`, all of them where none are named, as large as the screen allows."""
    t = get_locale()
    show_html(cache.make_once("booth doors", lambda: _pictures(catalogue)))
    items = [(door, t(state.ENTRY_SCREENS[door]), _promise(door, catalogue)) for door in chosen]
    frame.show_tiles("doors", items, state.navigate, look=look)


def _promise(door: str, catalogue: Catalogue) -> str:
    t, named = get_locale(), len(actors.list_active_actors(catalogue))
    return {
        "survey": t("Les entreprises du recensement, par catégorie"),
        "tour": t.write_count(len(catalogue.stages), "{n} étape en France", "{n} étapes à travers la France"),
        "near": t.write_count(named, "{n} site sur la carte d'Île-de-France", "{n} sites sur la carte d'Île-de-France"),
        "who": t("Thérapie génique, cellulaire, ARN, vaccins…"),
        "networks": t("Pôles, alliances et programmes, de la région à l'Europe"),
    }[door]


def _pictures(catalogue: Catalogue) -> Markup:
    """A rule of style for each door; the numbers in the pictures are those of the tables, in no language."""
    drawn: dict[str, Callable[[Catalogue], str]] = {"survey": _bar, "tour": _tour, "near": _near, "who": _shapes, "networks": _spokes}
    rules = [
        Markup('.st-key-tile-doors-{} button {{ background-image: url("{}") !important; }}').format(
            door, locator.encode_svg(draw(catalogue))
        )
        for door, draw in drawn.items()
    ]
    return Markup("<style>{}</style>").format(Markup().join(rules))


def _canvas(width: float, height: float) -> ET.Element:
    return ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width:g} {height:g}"})


def _bar(catalogue: Catalogue) -> str:
    """The published shares, in tones of white: the door itself is coloured."""
    root, x = _canvas(100, 12), 0.0
    for share, tone in zip(breakdown.read_survey(catalogue.figures).shares, (0.95, 0.35, 0.65), strict=True):
        add(root, "rect", x=x, y=0, width=share.percent - 0.6, height=12, fill="#fff", fill_opacity=tone)
        x += share.percent
    return ET.tostring(root, encoding="unicode")


def _tour(catalogue: Catalogue) -> str:
    return regions.draw_regions(regions.list_outlines(catalogue.territory), tour.summarise_tour(catalogue).visited)


def _near(catalogue: Catalogue) -> str:
    seen = actors.list_active_actors(catalogue).drop_duplicates(["place_id", "group"])
    return locator.draw_actors(list_rows(seen), locator.draw_base(catalogue.territory))


def _shapes(catalogue: Catalogue) -> str:  # noqa: ARG001 - a picture like the others
    """The six groups as the maps draw them."""
    root = _canvas(96, 64)
    for place, symbol in enumerate(SYMBOLS):
        add_shape(root, symbol.key, 16 + 32 * (place % 3), 17 + 32 * (place // 3), 9)
    return ET.tostring(root, encoding="unicode")


def _spokes(catalogue: Catalogue) -> str:  # noqa: ARG001 - a picture like the others
    """A hub and its members."""
    root = _canvas(100, 100)
    ends = [(50 + 42 * math.cos(turn), 50 + 42 * math.sin(turn)) for turn in (2 * math.pi * n / _SPOKES for n in range(_SPOKES))]
    for x, y in ends:
        add(root, "line", x1=50, y1=50, x2=x, y2=y, stroke=_QUIET, stroke_width=1.5)
    for x, y in ends:
        add(root, "circle", cx=x, cy=y, r=6, fill=_QUIET)
    add(root, "circle", cx=50, cy=50, r=12, fill=_LIVELY)
    return ET.tostring(root, encoding="unicode")
