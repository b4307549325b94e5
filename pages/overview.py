"""The sector in one look: one search box, four figures with their sources, two maps, three doors."""

import streamlit as st

from biocarto.analysis import tour
from biocarto.analysis.places import places
from biocarto.maps.actors import actor_layer
from biocarto.maps.base import FRANCE, ILE_DE_FRANCE
from biocarto.query.filters import Filters, apply
from biocarto.ui.overview import entry_points
from biocarto.ui.shared import cache, figures, frame, map_view, stages
from biocarto.ui.shared.language import current, text

t = text()
catalogue = cache.catalogue()
summary = cache.once("tour summary", lambda: tour.summary(catalogue))

entry_points.follow()
frame.heading(
    t("Les biothérapies et la bioproduction, carte en main"),
    t("Qui développe, fabrique et accompagne les biothérapies en Île-de-France, et comment les pôles fédèrent la filière en France."),
)
entry_points.search()
figures.row(
    cache.once(
        "overview figures",
        lambda: [
            figures.published("idf_entreprises", t("entreprises recensées en Île-de-France")),
            figures.published("idf_part_acteurs_bioprod_fr", t("des acteurs français de la bioproduction")),
            figures.counted(
                summary.stages, t("étapes du Tour"), len(summary.around_initiator), t("pôles et clusters autour de Medicen"), "tour_etapes"
            ),
            figures.published("tour_participants", t("participants au Tour")),
        ],
        current(),
    )
)

with st.container(key="overview-maps"):
    france, region = st.columns(2)
with france:
    st.header(t("Le French Bioproduction Tour"), anchor=False)
    map_view.show(FRANCE.small(), [stages.layer(catalogue)], entry_points.to_stage, height=430)
with region:
    st.header(t("Les acteurs nommés d'Île-de-France"), anchor=False)
    theme, lang = map_view.theme(), current()
    layer = cache.once(
        f"overview {theme}",
        lambda: actor_layer(places(apply(Filters(), catalogue.actors)), t, theme=theme, legend=False),
        lang,
    )
    map_view.show(ILE_DE_FRANCE.small(), [layer], entry_points.to_place, height=430)

entry_points.three()
