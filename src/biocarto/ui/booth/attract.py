"""The attract loop: the survey, the Tour stage by stage, a spotlight on actors; any touch opens the five doors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.analysis import breakdown, tour, whereabouts
from biocarto.model import CATEGORY_LABELS, Kind, Presence
from biocarto.register.catalogue import Catalogue
from biocarto.render import html, locator, regions
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.booth import state
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_language, get_locale

SPOTLIGHTS = 16
"""Actors of one loop, taken at even distances from the register's list of companies."""

_HERE = Path(__file__).parent
_loop = st.components.v2.component(
    "biocarto_booth_attract",
    html="<div class='loop'></div>",
    js=(_HERE / "attract.js").read_text(encoding="utf-8"),
    css=(_HERE / "attract.css").read_text(encoding="utf-8"),
)


def show(catalogue: Catalogue) -> None:
    """The loop, in the language of the run."""
    t = get_locale()
    st.title(t(state.SCREENS["home"]), anchor=False)
    slides = cache.make_once("booth slides", lambda: _slides(catalogue), get_language())
    with st.container(key="booth-attract"):
        _loop(data={"slides": slides, "touch": t("Touchez l'écran")}, key="booth_attract", on_touched_change=_open)


def _open() -> None:
    """A touch anywhere, or on the name of a language."""
    lang = st.session_state.get("booth_attract", {}).get("touched")
    state.navigate("home")
    if lang in {"fr", "en"}:
        state.set_language(lang)


def _slides(catalogue: Catalogue) -> list[dict[str, Any]]:
    drawn, ground = regions.list_outlines(catalogue.territory), locator.draw_base(catalogue.territory)
    stages = [_stage(stage, drawn, catalogue) for stage in list_rows(catalogue.stages.sort_values("order"))]
    return [
        _survey(catalogue),
        _tour(catalogue, drawn),
        *stages,
        *(_actor(actor, ground) for actor in list_rows(_choose_actors(catalogue))),
    ]


def _survey(catalogue: Catalogue) -> dict[str, Any]:
    t, found = get_locale(), breakdown.read_survey(catalogue.figures)
    parts = [
        {"label": t(CATEGORY_LABELS[s.category]), "group": s.category.value, "size": s.percent, "value": t.percent(s.percent)}
        for s in found.shares
    ]
    source = _source(get_row(catalogue.figures, breakdown.TOTAL_FIGURE))
    kicker = t("Recensement mis à jour en {year}").format(year=found.year)
    title = t("entreprises recensées en Île-de-France")
    return {"kicker": kicker, "big": t.number(found.total), "title": title, "parts": parts, "note": source}


def _tour(catalogue: Catalogue, drawn: dict[str, str]) -> dict[str, Any]:
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
        "image": locator.encode_svg(regions.draw_regions(drawn, found.visited)),
        "note": _source(row),
    }


def _stage(stage: Row, drawn: dict[str, str], catalogue: Catalogue) -> dict[str, Any]:
    t = get_locale()
    names = [str(catalogue.clusters.at[cluster, "name"]) for cluster in stage["organisers"]]
    return {
        "kicker": t("Le French Bioproduction Tour"),
        "big": str(stage["order"]),
        "title": ", ".join(stage["regions"]),
        "text": labels.join_words(names, t("et")),
        "image": locator.encode_svg(regions.draw_regions(drawn, stage["region_codes"])),
        "dots": [int(stage["order"]), len(catalogue.stages)],
    }


def _source(row: Row) -> str:
    """Who says so, in the language of the run."""
    t = get_locale()
    return f"{t('Source')}{get_locale().colon}{html.write_source_title(row, t)}"


def _choose_actors(catalogue: Catalogue) -> pd.DataFrame:
    actors = catalogue.actors
    able = actors[actors["kind"].eq(Kind.COMPANY) & actors["presence"].eq(Presence.PRESENT)].drop_duplicates("organisation")
    return able.iloc[:: max(1, len(able) // SPOTLIGHTS)].head(SPOTLIGHTS)


def _actor(actor: Row, ground: locator.LocatorBase) -> dict[str, Any]:
    t = get_locale()
    return {
        "kicker": labels.label_groups(t)[actor["group"]],
        "group": actor["group"],
        "name": str(actor["name"]),
        "title": get_locale().read_cell(actor, "activity"),
        "text": whereabouts.name_place_and_department(actor, t),
        "note": f"{_source(actor)} ({actor['status_year']})",
        "image": locator.encode_svg(locator.draw_locator(actor, ground)),
    }
