"""Coverage of the territory: where the actors are, what is missing, how two territories compare, by which formulas."""

import streamlit as st

from biocarto.ui.coverage import absences, behind, card, chain, choices, compare, concentration, history, method, national, state
from biocarto.ui.coverage import map as coverage_map
from biocarto.ui.shared import cache, frame, time_slider
from biocarto.ui.shared.language import get_locale

t = get_locale()
catalogue = cache.load_catalogue()
asked = state.read()

title, choice = st.columns([3, 2], vertical_alignment="bottom")
with title:
    frame.show_heading(
        t("La couverture du territoire"), t("Où sommes-nous forts, que manque-t-il, comparé à qui, et selon quelle source ?")
    )
with choice:
    choices.choose_territory(asked)
choices.warn_unknown_territory()
card.show_figures(asked)
choices.show_row(asked, catalogue)
choices.show_in_words(asked, catalogue)
card.show_apart(asked, catalogue)
coverage_map.show_notices(asked)
time_slider.show(behind.narrow_filters(asked), catalogue)
coverage_map.show(asked)
chain.show(asked)
absences.show(asked)
concentration.show(asked)
compare.show(asked)
history.show(asked)
national.show(catalogue)
method.show()
