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
    booth_frame,
    booth_kept,
    booth_near,
    booth_need,
    booth_networks,
    booth_staff,
    booth_state,
    booth_tour,
    cache,
)
from biocarto.ui.language import current, text

Room = Callable[[Catalogue, Shortlist], None]


def show(door: str, catalogue: Catalogue, kept: Shortlist) -> None:
    """What the door leads to."""
    _ROOMS[door](catalogue, kept)


def _home(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """Five doors, each with a number that stands in the tables, and below them what a visitor may leave."""
    t = text()
    booth_frame.tiles("doors", [(door, t(title), _promise(door, catalogue)) for door, title in booth_state.DOORS.items()], booth_state.go)
    with st.container(horizontal=True, key="booth-foot"):
        st.button(t("Dire un besoin"), key="booth-need", icon=":material/record_voice_over:", on_click=booth_state.go, args=("need",))
        st.button(t("Équipe"), key="booth-staff", type="tertiary", on_click=booth_state.go, args=("staff",))


def _promise(door: str, catalogue: Catalogue) -> str:
    t, lang = text(), current()
    named = number(len(booth_actors.everyone(catalogue)), lang)
    return {
        "survey": t("Les entreprises du recensement, par catégorie"),
        "tour": t("{n} étapes à travers la France").format(n=len(catalogue.stages)),
        "near": t("{n} sites sur la carte d'Île-de-France").format(n=named),
        "who": t("Thérapie génique, cellulaire, ARN, vaccins…"),
        "networks": t("Pôles, alliances et programmes, de la région à l'Europe"),
    }[door]


def _survey(catalogue: Catalogue, kept: Shortlist) -> None:
    """Both truths beside the map of the named actors."""
    found = breakdown.survey(catalogue.figures)
    register = cache.once("register", lambda: breakdown.register(catalogue.actors))

    def told() -> None:
        st.html(f"<p class='bc-huge'>{number(found.total, current())}</p>")
        st.html(articles.survey(found, catalogue.figures, text(), current()))
        st.html(articles.register(register, found, text(), current()))

    booth_actors.show(booth_actors.everyone(catalogue), catalogue, kept, told)


_ROOMS: dict[str, Room] = {
    "home": _home,
    "survey": _survey,
    "tour": booth_tour.show,
    "near": booth_near.show,
    "who": booth_find.show,
    "networks": booth_networks.show,
    "kept": booth_kept.show,
    "need": booth_need.show,
    "staff": booth_staff.show,
}
