"""Coverage of the territory: where the actors are, what is missing, how two territories compare, by which formulas."""

import streamlit as st

from biocarto.ui.coverage import absences, behind, card, chain, choices, compare, concentration, history, method, national, state
from biocarto.ui.coverage import map as coverage_map
from biocarto.ui.shared import cache, frame, room, time_slider
from biocarto.ui.shared.language import get_locale

t = get_locale()
catalogue = cache.load_catalogue()
asked = state.read()

with st.container(horizontal=True, key="title-row", vertical_alignment="center"):
    frame.show_heading(t("La couverture du territoire"))
    choices.choose_territory(asked)
choices.warn_unknown_territory()
with room.open_head():
    choices.show_row(asked, catalogue)
    choices.show_in_words(asked, catalogue)
    coverage_map.show_notices(asked)
    time_slider.show(behind.narrow_filters(asked), catalogue)
    coverage_map.show(asked)
card.show_apart(asked, catalogue)
st.markdown(t("Où sommes-nous forts, que manque-t-il, comparé à qui, et selon quelle source ?"))
card.show_figures(asked)
coverage_map.show_twin(asked)
chain.show(asked)
absences.show(asked)
concentration.show(asked)
compare.show(asked)
history.show(asked)
national.show(catalogue)
method.show()
