"""Networks: who federates whom in the region, the nation and Europe, whom to call, and since when."""

import streamlit as st

from biocarto.ui.networks import graph, introduction, state, timeline
from biocarto.ui.networks import sheet as network_sheet
from biocarto.ui.shared import cache, frame, network_map, organisations
from biocarto.ui.shared.language import text

t = text()
catalogue = cache.catalogue()
shown = organisations.opened(catalogue)
level = organisations.scale(catalogue, shown)
drawn = organisations.drawn(catalogue, shown, level)

frame.heading(
    t("Réseaux : qui fédère qui"),
    t("Pôles, réseaux et programmes structurent la filière à trois échelles : la région, la nation, l'Europe."),
)
state.bar(catalogue, shown, level, drawn)
drawing, sheet = st.columns([2, 1], gap="medium")
with drawing:
    network_map.listed(catalogue, level, network_map.show(catalogue, shown, level, drawn), drawn)
with sheet:
    if shown.key:
        network_sheet.show(catalogue, shown)
    else:
        introduction.invitation(catalogue, drawn)
introduction.show(catalogue)
graph.show(catalogue)
timeline.meetings(catalogue)
timeline.line(catalogue)
