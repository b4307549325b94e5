"""The room of a page's map: all of it, until there is something to stand beside; style.css says how much that is on which screen."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def open_head() -> DeltaGenerator:
    """Where all stands that a page shows of its map: the choices, the words, the line of years, the room."""
    return st.container(key="map-part")


def open_room() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where the map stands, and where its sheet or list stands: a place that takes no room as long as nothing is put into it.

    Both are there in every run, and so the map stays the same one when a sheet comes and goes.
    """
    with st.container(key="room"):
        drawing, beside = st.columns([2, 1])
    return drawing, beside


def open_beside(place: DeltaGenerator, key: str = "beside", *, border: bool = True) -> DeltaGenerator:
    """What stands beside the map, as high as the map is; opened only where there is something to show."""
    return place.container(border=border, key=key)
