"""From the overview to the other pages: three doors, and what a tap on a small map opens."""

from __future__ import annotations

from typing import TypeAlias

import streamlit as st

from biocarto.query.filters import LONGEST_TEXT
from biocarto.ui.shared import cache, pages, stages
from biocarto.ui.shared.language import build_language_params, get_locale
from biocarto.ui.shared.pages import PageEntry

Door: TypeAlias = tuple[str, PageEntry, dict[str, str], str, str, str]
"""Key, page, its parameters, title, promise, label of the link."""


def show_entry_points() -> None:
    """One door per kind of user."""
    t = get_locale()
    quick = t("Dix secondes : qui fait quoi, où, et avec quelle source ?")
    booth: Door = ("stand", pages.BOOTH, {}, t("Au stand"), quick, t("Ouvrir le stand"))
    region: Door = ("stand", pages.REGION, {}, t("Île-de-France"), quick, t("Ouvrir la carte"))
    doors: tuple[Door, ...] = (
        booth if cache.settings().has_booth else region,
        (
            "coverage",
            pages.COVERAGE,
            {},
            t("Couverture du territoire"),
            t("Où nous sommes forts, ce qui manque, comparé à qui."),
            t("Ouvrir la couverture"),
        ),
        (
            "research",
            pages.DIRECTORY,
            {},
            t("Recherche dans l'annuaire"),
            t("Chercher, filtrer, lire chaque fiche, emporter les lignes."),
            t("Ouvrir l'annuaire"),
        ),
    )
    for column, (key, page, params, title, lead, label) in zip(st.columns(3), doors, strict=True):
        with column, st.container(border=True, key=f"door-{key}"):
            st.header(title, anchor=False)
            st.markdown(lead)
            st.page_link(page.path, label=label, icon=":material/arrow_forward:", query_params={**params, **build_language_params()})


def open_stage(kind: str, picked: str) -> None:
    """A stage, a region or a seat of the small map opens the page of the Tour."""
    stage = stages.find_stage(kind, picked, cache.load_catalogue())
    if stage:
        st.session_state["biocarto_go"] = (pages.TOUR, {"stage": stage})


def open_place(kind: str, picked: str) -> None:
    """A place or an actor of the small map opens the page of Île-de-France."""
    if kind in {"place", "actor"}:
        st.session_state["biocarto_go"] = (pages.REGION, {kind: picked})


def show_search_box() -> None:
    """The search box of the directory, on the first page: a question opens the directory with its answer."""
    t = get_locale()
    st.text_input(
        t("Chercher dans l'annuaire"),
        key="overview_q",
        placeholder=t("Chercher : « vecteurs viraux », « incubateurs Villejuif », « centres de recherche Paris »…"),
        icon=":material/search:",
        max_chars=LONGEST_TEXT,
        type="search",
        on_change=_to_search,
        label_visibility="collapsed",
    )


def _to_search() -> None:
    asked = str(st.session_state.pop("overview_q", "")).strip()
    if asked:
        st.session_state["biocarto_go"] = (pages.DIRECTORY, {"q": asked})


def follow() -> None:
    """Go where a tap on a small map asked to; a callback cannot change pages itself."""
    target = st.session_state.pop("biocarto_go", None)
    if target:
        page, params = target
        st.switch_page(page.path, query_params={**params, **build_language_params()})
