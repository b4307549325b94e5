"""The sector in one look: one search box, two maps, four figures with their sources, three doors."""

import streamlit as st

from biocarto.analysis import tour
from biocarto.analysis.places import group_by_place
from biocarto.maps.actors import build_actor_layer
from biocarto.maps.base import FRANCE, ILE_DE_FRANCE
from biocarto.query.filters import Filters
from biocarto.ui.overview import entry_points
from biocarto.ui.shared import cache, figures, frame, map_view, picture_button, questions, stages
from biocarto.ui.shared.language import get_language, get_locale

t = get_locale()
catalogue = cache.load_catalogue()
summary = cache.make_once("tour summary", lambda: tour.summarise_tour(catalogue))

entry_points.follow()
frame.show_heading(
    t("Les biothérapies et la bioproduction, carte en main"),
    t("Qui développe, fabrique et accompagne les biothérapies en Île-de-France, et comment les pôles fédèrent la filière en France."),
)
entry_points.show_search_box()
with st.container(key="overview-maps"):
    france, region = st.columns(2)
with france:
    st.header(t("Le French Bioproduction Tour"), anchor=False)
    map_view.show(FRANCE.make_small(), [stages.build_layer(catalogue)], entry_points.open_stage, height=430)
    picture_button.show("tour", {})
with region:
    st.header(t("Les acteurs nommés d'Île-de-France"), anchor=False)
    theme, lang = map_view.read_theme(), get_language()
    layer = cache.make_once(
        f"overview {theme}",
        lambda: build_actor_layer(group_by_place(questions.answer(Filters(), catalogue).actors), t, theme=theme, legend=False),
        lang,
    )
    map_view.show(ILE_DE_FRANCE.make_small(), [layer], entry_points.open_place, height=430)
    picture_button.show("region", {})

figures.show_row(
    cache.make_once(
        "overview figures",
        lambda: [
            figures.render_published("idf_entreprises", t("entreprises recensées en Île-de-France")),
            figures.render_published("idf_part_acteurs_bioprod_fr", t("des acteurs français de la bioproduction")),
            figures.render_counts(
                summary.stages, t("étapes du Tour"), len(summary.around_initiator), t("pôles et clusters autour de Medicen"), "tour_etapes"
            ),
            figures.render_published("tour_participants", t("participants au Tour")),
        ],
        get_language(),
    )
)
entry_points.show_entry_points()
