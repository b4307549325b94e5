"""From the door of the address to the room behind it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from biocarto.analysis import breakdown
from biocarto.booth.shortlist import Shortlist
from biocarto.i18n import number
from biocarto.joins import Catalogue
from biocarto.ui import (
    articles,
    booth_actors,
    booth_find,
    booth_home,
    booth_kept,
    booth_near,
    booth_need,
    booth_networks,
    booth_staff,
    booth_tour,
    cache,
)
from biocarto.ui.language import current, text

Room = Callable[[Catalogue, Shortlist], None]


def show(door: str, catalogue: Catalogue, kept: Shortlist) -> None:
    """What the door leads to."""
    _ROOMS[door](catalogue, kept)


def _survey(catalogue: Catalogue, kept: Shortlist) -> None:
    """Both truths beside the map of the named actors."""
    found = breakdown.survey(catalogue.figures)
    register = cache.once("register", lambda: breakdown.register(catalogue.actors, catalogue.edition))

    def told() -> None:
        st.html(f"<p class='bc-huge'>{number(found.total, current())}</p>")
        st.html(articles.survey(found, catalogue, text(), current()))
        st.html(articles.register(register, found, text(), current()))

    booth_actors.show(booth_actors.everyone(catalogue), catalogue, kept, told)


_ROOMS: dict[str, Room] = {
    "home": booth_home.show,
    "survey": _survey,
    "tour": booth_tour.show,
    "near": booth_near.show,
    "who": booth_find.show,
    "networks": booth_networks.show,
    "kept": booth_kept.show,
    "need": booth_need.show,
    "staff": booth_staff.show,
}
