"""« État au » : the year whose end a page shows, on a line above its map; the address has it as `etat`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from biocarto import labels, scripts
from biocarto.analysis.history import foundings
from biocarto.model import NP_
from biocarto.query import select
from biocarto.query.filters import YEAR, Filters
from biocarto.register import lifetimes
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import address, cache
from biocarto.ui.shared.language import get_language, get_locale

FIRST = foundings.FIRST_SHOWN
"""Where the line begins; an earlier year of the address makes it longer."""

_KEY = "time-slider"
_SAMPLE = "1999"
_slider = st.components.v2.component(
    "biocarto_time_slider",
    html=(
        "<div class='bc-slider' role='group'><button type='button' class='bc-button bc-time-play' hidden></button>"
        "<button type='button' class='bc-button bc-time-back'>‹</button><input type='range' class='bc-time-range'>"
        "<button type='button' class='bc-button bc-time-on'>›</button>"
        "<output aria-live='off'><strong class='bc-time-day'></strong> <span class='bc-time-told'></span></output></div>"
    ),
    js=scripts.read_script(Path(__file__).with_name("time_slider.js")),
    isolate_styles=False,
)


def count_by_year(chosen: Filters, catalogue: Catalogue) -> pd.DataFrame:
    """How many sites the filters leave in each year, whatever year is shown: made once for them."""
    usual = Filters(**{**vars(chosen), YEAR: ""})
    return cache.make_for_filters("sites by year", usual, lambda: select.count_by_year(usual, catalogue))


def _write_words(catalogue: Catalogue) -> dict[str, Any]:
    """What the line says, in the language of the page; the years are filled in by the browser, while a hand moves it."""
    t = get_locale()
    now, there = NP_("site, daté ou non", "sites, datés ou non"), NP_("site", "sites")
    undated = NP_("sans date connue, non placé", "sans date connue, non placés")
    return {
        "label": t("État au 31 décembre de l'année"),
        "play": t("Faire défiler les années"),
        "pause": t("Arrêter le défilement"),
        "back": t("Une année avant"),
        "on": t("Une année après"),
        "today": t("aujourd'hui, édition du {day}").format(day=t.edition(catalogue.edition)),
        "at": labels.write_year_end(_SAMPLE, catalogue.edition, t).replace(_SAMPLE, "{year}"),
        "now": [t.plural(n, *now) for n in (1, 2)],
        "there": [t.plural(n, *there) for n in (1, 2)],
        "undated": [t.plural(n, *undated) for n in (1, 2)],
    }


def _choose_year() -> None:
    """The year that the browser tells; anything that is none is nothing."""
    told = (st.session_state.get(_KEY) or {}).get("year") if address.has_widget(_KEY) else None
    edition = cache.load_catalogue().edition
    if isinstance(told, int) and str(told) in lifetimes.list_years(edition):
        address.write(YEAR, "" if str(told) == edition[:4] else str(told))


def show(chosen: Filters, catalogue: Catalogue) -> None:
    """The line, its words and what counts in each year."""
    today = int(catalogue.edition[:4])
    year = int(chosen.etat or today)
    counts = count_by_year(chosen, catalogue).loc[min(FIRST, year) :]
    data = {
        "lang": get_language(),
        "first": int(counts.index[0]),
        "last": today,
        "year": year,
        "counts": counts[["there", "undated"]].to_numpy().tolist(),
        "words": _write_words(catalogue),
    }
    with st.container(key="time"):
        _slider(data=data, key=_KEY, on_year_change=_choose_year)
