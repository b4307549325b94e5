"""The attract loop: the survey, the Tour stage by stage, a spotlight on actors; any touch opens the five doors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from biocarto import labels, scripts
from biocarto.analysis import breakdown, tour, whereabouts
from biocarto.model import CATEGORY_LABELS, Kind, Presence
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.booth import heroes, state
from biocarto.ui.booth.actors import list_active_actors
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_language, get_locale

SPOTLIGHTS = 16
"""Actors of one loop, taken at even distances from the register's list of companies."""

_HERE = Path(__file__).parent
_loop = st.components.v2.component(
    "biocarto_booth_attract",
    html="<div class='loop'></div>",
    js=scripts.read_script(_HERE / "attract.js"),
    css=scripts.read_style(_HERE / "attract.css"),
)


def show(catalogue: Catalogue) -> None:
    """The loop, in the language of the run."""
    t, settings = get_locale(), cache.settings()
    st.title(t(state.SCREENS["home"]), anchor=False)
    told = cache.make_once("booth slides", lambda: _tell(catalogue), get_language())
    host = {"touch": t("Touchez l'écran"), "event": settings.booth_event, "logo": settings.booth_logo}
    with st.container(key="booth-attract"):
        _loop(data={**told, **host}, key="booth_attract", on_touched_change=_open)


def _open() -> None:
    """A touch anywhere, or on the name of a language."""
    lang = st.session_state.get("booth_attract", {}).get("touched")
    state.navigate("home")
    if lang in {"fr", "en"}:
        state.set_language(lang)


def _tell(catalogue: Catalogue) -> dict[str, Any]:
    """The slides in their order, and the maps that they stand on."""
    france, region = heroes.draw_france(catalogue.territory), heroes.draw_region(catalogue.territory)
    stages = list_rows(catalogue.stages.sort_values("order"))
    slides = [
        _survey(catalogue, region),
        _tour(catalogue, stages),
        *(_stage(stage, stages, catalogue) for stage in stages),
        *(_actor(actor, region) for actor in list_rows(_choose_actors(catalogue))),
    ]
    return {"slides": slides, "maps": {"france": france.describe(), "region": region.describe()}}


def _survey(catalogue: Catalogue, region: heroes.HeroMap) -> dict[str, Any]:
    t, found = get_locale(), breakdown.read_survey(catalogue.figures)
    parts = [
        {"label": t(CATEGORY_LABELS[s.category]), "group": s.category.value, "size": s.percent, "value": t.percent(s.percent)}
        for s in found.shares
    ]
    source = _source(get_row(catalogue.figures, breakdown.TOTAL_FIGURE))
    kicker = t("Recensement mis à jour en {year}").format(year=found.year)
    title = t("entreprises recensées en Île-de-France")
    seen = list_active_actors(catalogue).drop_duplicates(["place_id", "group"])
    shown = {"name": "region", "marks": heroes.mark_actors(list_rows(seen), region, 8.5)}
    return {"kicker": kicker, "big": t.number(found.total), "title": title, "parts": parts, "note": source, "map": shown}


def _number(stages: list[Row]) -> dict[str, int]:
    """Code of a region -> the stage that went there."""
    return {code: int(stage["order"]) for stage in stages for code in stage["region_codes"]}


def _tour(catalogue: Catalogue, stages: list[Row]) -> dict[str, Any]:
    """What the Tour was, before its stages."""
    t, found = get_locale(), tour.summarise_tour(catalogue)
    row = get_row(catalogue.figures, "tour_participants")
    people = labels.qualify_number(get_locale().number(float(row["value"])), row["qualifier"], t, short=True)
    clusters = get_locale().write_count(
        len(found.around_initiator), "{n} pôle ou cluster autour de Medicen", "{n} pôles et clusters autour de Medicen"
    )
    return {
        "kicker": t("Le French Bioproduction Tour"),
        "big": get_locale().number(found.stages),
        "title": t("étapes à travers la France"),
        "text": f"{clusters} · {people} {t('participants')}",
        "map": {"name": "france", "passed": sorted(found.visited), "numbers": _number(stages)},
        "note": _source(row),
    }


def _stage(stage: Row, stages: list[Row], catalogue: Catalogue) -> dict[str, Any]:
    t = get_locale()
    names = [str(catalogue.clusters.at[cluster, "name"]) for cluster in stage["organisers"]]
    before = [code for other in stages for code in other["region_codes"] if other["order"] < stage["order"]]
    shown = {"name": "france", "on": list(stage["region_codes"]), "passed": before, "numbers": _number(stages)}
    return {
        "kicker": t("Le French Bioproduction Tour"),
        "big": str(stage["order"]),
        "title": ", ".join(stage["regions"]),
        "text": labels.join_words(names, t("et")),
        "map": shown,
        "dots": [int(stage["order"]), len(stages)],
    }


def _source(row: Row) -> str:
    """Who says so, in the language of the run."""
    t = get_locale()
    return f"{t('Source')}{get_locale().colon}{html.write_source_title(row, t)}"


def _choose_actors(catalogue: Catalogue) -> pd.DataFrame:
    actors = catalogue.actors
    able = actors[actors["kind"].eq(Kind.COMPANY) & actors["presence"].eq(Presence.PRESENT)].drop_duplicates("organisation")
    return able.iloc[:: max(1, len(able) // SPOTLIGHTS)].head(SPOTLIGHTS)


def _actor(actor: Row, region: heroes.HeroMap) -> dict[str, Any]:
    """One actor: where it is, what it does; of one that is known by an area only, the department is lit."""
    t, marks = get_locale(), heroes.mark_actors([actor], region, 22)
    if marks:
        marks[0]["text"] = str(actor["commune"])
    shown = {"name": "region", "on": [] if marks else [str(actor["department_code"])], "marks": marks}
    return {
        "kicker": labels.label_groups(t)[actor["group"]],
        "group": actor["group"],
        "name": str(actor["name"]),
        "title": get_locale().read_cell(actor, "activity"),
        "text": whereabouts.name_place_and_department(actor, t),
        "note": f"{_source(actor)} ({actor['status_year']})",
        "map": shown,
    }
