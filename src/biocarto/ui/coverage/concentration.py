"""How concentrated the sites of the region are: three figures, each with its formula."""

from __future__ import annotations

import math

import streamlit as st
from markupsafe import Markup

from biocarto.analysis.coverage.concentration import FIRST, FIRST_FORMULA, GINI_FORMULA, MORAN_FORMULA, Concentration
from biocarto.analysis.coverage.territories import SMALL
from biocarto.model import ILE_DE_FRANCE as REGION
from biocarto.ui.coverage import behind, pieces
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared.choropleths import format_value
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html


def show(asked: CoverageState) -> None:
    """The first ten communes, Gini's index and Moran's I, whatever the level of the map."""
    t = get_locale()
    st.header(t("La concentration"), anchor=False)
    found = asked.data.measure_concentration()
    if not found.sites:
        st.info(t("Aucun site avec ces filtres : rien à concentrer."))
        return
    show_html(
        Markup("<div class='bc-apart'>{}</div>").format(
            asked.data.get_or_make(lambda: _figures(asked, found), "concentration figures", get_language())
        )
    )


def _figures(asked: CoverageState, found: Concentration) -> Markup:
    t = get_locale()
    first = t("des sites dans les {n} premières communes : {names}").format(
        n=len(found.first), names=", ".join(asked.data.places.names[code] for code in found.first)
    )
    expected = format_value(found.expected, 4)
    warning = pieces.write_few() if found.sites < SMALL else ""
    cards = [
        pieces.render_figure(
            t.percent(found.first_share, 1),
            first,
            t(FIRST_FORMULA).format(n=FIRST),
            warning,
            behind.link_figure(t.percent(found.first_share, 1), behind.build_params(asked, REGION, commune=list(found.first))),
        ),
        pieces.render_figure(
            format_value(found.gini, 2),
            t.write_count(
                found.occupied,
                "indice de Gini ; {n} commune sur {total} a un site",
                "indice de Gini ; {n} communes sur {total} ont un site",
                total=t.number(found.territories),
            ),
            t(GINI_FORMULA),
            warning,
        ),
        pieces.render_figure(
            format_value(found.moran, 3),
            t("I de Moran ; {expected} sans aucune structure").format(expected=expected)
            if not math.isnan(found.moran)
            else t("I de Moran : non calculable"),
            t(MORAN_FORMULA).format(expected=expected),
            warning,
        ),
    ]
    return pieces.render_row(cards)
