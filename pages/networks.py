"""Networks: who federates whom in the region, the nation and Europe, whom to call, and since when."""

import streamlit as st

from biocarto.ui import cache, frame, network_choice, network_graph, network_map, network_sheet, network_story, network_time, organisations
from biocarto.ui.language import text

t = text()
catalogue = cache.catalogue()
shown = organisations.opened(catalogue)
level = organisations.scale(catalogue, shown)
drawn = organisations.drawn(catalogue, shown, level)

frame.heading(
    t("Réseaux : qui fédère qui"),
    t("Pôles, réseaux et programmes structurent la filière à trois échelles : la région, la nation, l'Europe."),
)
network_choice.bar(catalogue, shown, level, drawn)
drawing, sheet = st.columns([2, 1], gap="medium")
with drawing:
    network_map.listed(catalogue, level, network_map.show(catalogue, shown, level, drawn), drawn)
with sheet:
    if shown.key:
        network_sheet.show(catalogue, shown)
    else:
        network_story.invitation(catalogue, drawn)
network_story.show(catalogue)
network_graph.show(catalogue)
network_time.meetings(catalogue)
network_time.line(catalogue)
