"""Coverage of the territory: where the actors are, what is missing, how two territories compare, by which formulas."""

import streamlit as st

from biocarto.ui import (
    cache,
    coverage_absences,
    coverage_card,
    coverage_chain,
    coverage_choices,
    coverage_compare,
    coverage_concentration,
    coverage_map,
    coverage_method,
    coverage_national,
    coverage_state,
    frame,
)
from biocarto.ui.language import text

t = text()
catalogue = cache.catalogue()
asked = coverage_state.read()

title, choice = st.columns([3, 2], vertical_alignment="bottom")
with title:
    frame.heading(t("La couverture du territoire"), t("Où sommes-nous forts, que manque-t-il, comparé à qui, et selon quelle source ?"))
with choice:
    coverage_choices.territory(asked)
coverage_choices.unknown_territory()
coverage_card.figures(asked)
coverage_choices.row(asked, catalogue)
coverage_choices.in_words(asked, catalogue)
coverage_card.show_apart(asked, catalogue)
coverage_map.notices(asked)
coverage_map.show(asked)
coverage_chain.show(asked)
coverage_absences.show(asked)
coverage_concentration.show(asked)
coverage_compare.show(asked)
coverage_national.show(catalogue)
coverage_method.show()
