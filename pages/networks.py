"""Networks: who federates whom in the region, the nation and Europe, whom to call, and since when."""

import streamlit as st

from biocarto.ui.networks import graph, introduction, state, timeline
from biocarto.ui.networks import sheet as network_sheet
from biocarto.ui.shared import cache, frame, network_map, organisations
from biocarto.ui.shared.language import get_locale

t = get_locale()
catalogue = cache.load_catalogue()
shown = organisations.read_sheet(catalogue)
level = organisations.read_scale(catalogue, shown)
drawn = organisations.list_on_map(catalogue, shown, level)

frame.show_heading(
    t("Réseaux : qui fédère qui"),
    t("Pôles, réseaux et programmes structurent la filière à trois échelles : la région, la nation, l'Europe."),
)
state.show_bar(catalogue, shown, level, drawn)
drawing, sheet = st.columns([2, 1], gap="medium")
with drawing:
    network_map.show_listed(catalogue, level, network_map.show(catalogue, shown, level, drawn), drawn)
with sheet:
    if shown.key:
        network_sheet.show(catalogue, shown)
    else:
        introduction.show_invitation(catalogue, drawn)
introduction.show(catalogue)
graph.show(catalogue)
timeline.show_meetings(catalogue)
timeline.show_timeline(catalogue)
