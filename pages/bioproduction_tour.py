"""The French Bioproduction Tour: seven stages, who organised them, and the regions that had none."""

import streamlit as st

from biocarto.analysis import tour
from biocarto.maps.base import FRANCE
from biocarto.ui.shared import accessibility, cache, figures, frame, map_view, picture_button, room, stages
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.tour import stage

t = get_locale()
catalogue = cache.load_catalogue()
summary = cache.make_once("tour summary", lambda: tour.summarise_tour(catalogue))

frame.show_heading(t("Le French Bioproduction Tour"))


@st.fragment
def show_stages() -> None:
    """The map and the sheet of the chosen stage, always in step."""
    chosen = stages.read_stage(catalogue)
    with room.open_head():
        stage.show_picker(catalogue, chosen)
        drawing, beside = room.open_room()
        with drawing:
            map_view.show(FRANCE, [stages.build_layer(catalogue, chosen)], stages.pick_stage, height=620)
            accessibility.show_files_skip()
            picture_button.show("tour", {"stage": chosen} if chosen else {})
        if chosen:
            with room.open_beside(beside):
                stage.show(catalogue, chosen)


show_stages()
st.markdown(f"{t(stages.WHAT)} {stages.write_dates(catalogue)}")
figures.show_row(cache.make_once("tour figures", lambda: figures.render_tour(summary), get_language()))
accessibility.show_files()
stage.show_organisers(catalogue)
stage.show_unvisited(catalogue, summary)
stage.show_unknown(catalogue)
