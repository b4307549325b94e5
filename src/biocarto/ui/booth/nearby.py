"""Who is near me: a department, then a town; or any town of Île-de-France by its first letters."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from biocarto.analysis.coverage import territories
from biocarto.analysis.whereabouts import UNKNOWN_DISTRICT
from biocarto.booth.shortlist import Shortlist
from biocarto.model import ILE_DE_FRANCE, N_, PARIS, Level
from biocarto.names import fold
from biocarto.query import proximity
from biocarto.query.filters import Filters
from biocarto.query.proximity import Origin
from biocarto.query.select import QueryResult, sort_rows
from biocarto.register.catalogue import Catalogue
from biocarto.ui.booth import actors, frame, keyboard, narrow, state
from biocarto.ui.shared import address, cache, questions, suggestions
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.questions import RunAnswers

MOST_TOWNS = 8
WAYS = {"department": N_("Mon département"), "search": N_("Écrire ma commune")}


def list_departments(catalogue: Catalogue) -> pd.Series:
    """Code -> name, in Île-de-France."""
    found = catalogue.territory.departments
    names: pd.Series = found.loc[found["region_code"].eq(ILE_DE_FRANCE), "name"]
    return names


def show(catalogue: Catalogue, kept: Shortlist) -> None:
    """The question, narrower with each touch; the answer is beside the map from the first one on, and what is done there narrows it."""
    asked = replace(questions.read(catalogue), q="")
    rows = actors.list_active_actors(catalogue)
    if asked.near:
        return _around(asked, catalogue, kept)
    code = address.read_value("department", list_departments(catalogue).index)
    if code:
        return _inside(code, asked, catalogue, kept)
    return actors.show(rows, catalogue, kept, lambda: _ask(rows, catalogue), listed=False, asks=True)


def _around(asked: Filters, catalogue: Catalogue, kept: Shortlist) -> None:
    """Who is within the radius of a town, nearest first; of an area, who is in it."""
    found = questions.answer(asked, catalogue)
    around, origin = sort_rows(found, "distance"), found.origin
    drawn = origin and origin.is_area and origin.commune in catalogue.territory.communes.index
    bounds = territories.find_bounds(catalogue.territory, Level.COMMUNE, origin.commune) if origin and drawn else None

    def show_title() -> None:
        if origin:
            with st.container(horizontal=True, vertical_alignment="center", key="booth-place"):
                _lead(asked, found, origin, catalogue)
                st.button(get_locale()("Changer d'endroit"), key="booth-move", icon=":material/edit_location:", on_click=state.forget_place)
        narrow.show_subjects(asked, found)

    def offer_more() -> None:
        suggestions.show_suggestions(asked, RunAnswers(catalogue))

    after = offer_more if around.empty else None
    actors.show(around, catalogue, kept, show_title, far=actors.find_distances(found), bounds=bounds, km=asked.km, after=after)


def _lead(asked: Filters, found: QueryResult, origin: Origin, catalogue: Catalogue) -> None:
    """Where, how many within the radius, and how many that may be: of an area no radius is told."""
    t, n = get_locale(), actors.write_actor_count(found.total)
    if origin.is_area:
        return frame.show_heading(t(UNKNOWN_DISTRICT).format(place=origin.label), n)
    anywhere = questions.answer(questions.drop_place(asked), catalogue).actors
    perhaps = int(proximity.mark_perhaps_near(anywhere, origin, asked.km, catalogue.territory).sum())
    said = t("{n} à moins de {km} km").format(n=n, km=f"{asked.km:g}")
    also = t("{n} de Paris, arrondissement inconnu, peut-être aussi").format(n=actors.write_actor_count(perhaps))
    return frame.show_heading(actors.name_origin(origin, catalogue), f"{said}. {also}." if perhaps else said)


def _inside(code: str, asked: Filters, catalogue: Catalogue, kept: Shortlist) -> None:
    """Who is in a department, by its towns."""
    found = questions.answer(asked, catalogue)
    here = actors.sort_by_name(found.actors)
    bounds = territories.find_bounds(catalogue.territory, Level.DEPARTMENT, code)

    def show_title() -> None:
        _towns(code, here, catalogue)
        narrow.show_subjects(asked, found)

    actors.show(here, catalogue, kept, show_title, bounds=bounds, asks=True)


def _ask(rows: pd.DataFrame, catalogue: Catalogue) -> None:
    frame.show_heading(get_locale()("Où êtes-vous ?"), get_locale()("Touchez la carte là où vous êtes, ou choisissez ci-dessous."))
    if frame.show_mode_switch(WAYS) == "search":
        return _show_spelled(catalogue)
    counts = rows["department_code"].value_counts()
    named = {str(code): (str(name), int(counts.get(code, 0))) for code, name in list_departments(catalogue).items()}
    items = [(code, name, f"{code} · {actors.write_actor_count(n)}") for code, (name, n) in named.items()]
    frame.show_tiles("department", items, lambda code: state.select(department=code))
    return None


def _towns(code: str, here: pd.DataFrame, catalogue: Catalogue) -> None:
    """The towns of a department that have an actor, most first, then every actor of it."""
    t = get_locale()
    frame.show_heading(str(list_departments(catalogue)[code]), t("Touchez une commune, ou un acteur ci-dessous."))
    counts = here["commune_code"].value_counts()
    names = catalogue.territory.points["name"]
    unknown = f" · {t('arrondissement inconnu')}"
    items = [
        (str(town), str(names.get(town, town)), actors.write_actor_count(int(n)) + (unknown if town == PARIS else ""))
        for town, n in counts.items()
    ]
    frame.show_tiles("town", items, state.choose_place)


def _show_spelled(catalogue: Catalogue) -> None:
    """Towns that begin as typed."""
    typed = fold(keyboard.show_letters(get_locale()("Le nom de votre commune")))
    communes = catalogue.territory.communes
    folded = cache.make_once("folded communes", lambda: communes["name"].map(fold))
    found = communes[folded.str.startswith(typed)].head(MOST_TOWNS) if typed else communes.iloc[:0]
    items = [(str(code), f"{row['name']}", str(row["department_code"])) for code, row in found.iterrows()]
    frame.show_tiles("town", items, state.choose_place)
