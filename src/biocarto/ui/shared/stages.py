"""The stages of the Tour on any page: the one of the address, the map layer, what a tap means, when it was."""

from __future__ import annotations

from biocarto import rows
from biocarto.analysis import tour
from biocarto.i18n import localise
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.tour import build_tour_layer
from biocarto.model import N_
from biocarto.register.catalogue import Catalogue
from biocarto.render import cards
from biocarto.ui.shared import address, cache, map_view
from biocarto.ui.shared.language import get_language, get_locale

WHAT = N_("À l'initiative de Medicen Paris Region, pôles et clusters ont montré les forces de leurs régions.")
"""The Tour in one sentence."""


def read_stage(catalogue: Catalogue) -> str:
    """The stage of the address, or none."""
    return address.read_value("stage", set(catalogue.stages["id"]))


def build_layer(catalogue: Catalogue, selected: str = "") -> ScriptLayer:
    """The Tour as a map layer, in the language and theme of the page."""
    theme, lang = map_view.read_theme(), get_language()
    return cache.make_for_filters("tour layer", selected, lambda: _layer(catalogue, selected, theme, lang), theme, lang)


def _layer(catalogue: Catalogue, selected: str, theme: str, lang: str) -> ScriptLayer:
    titles = [localise(stage, "title", lang) for stage in rows.list_rows(catalogue.stages)]
    stages = catalogue.stages[["order", "region_codes"]].assign(title=titles)
    return build_tour_layer(
        stages, tour.place_anchors(catalogue), tour.locate_seats(catalogue), get_locale(), selected=selected, theme=theme
    )


def find_stage(kind: str, identity: str, catalogue: Catalogue) -> str:
    """What a tap on the map means: a region or a number its stage, a seat the first stage that the cluster organised."""
    if kind == "cluster":
        pairs = tour.list_cluster_stages(catalogue.stages)
        return str(pairs.loc[pairs["cluster"].eq(identity), "stage"].min())
    return identity if kind == "stage" else ""


def pick_stage(kind: str, identity: str) -> None:
    """A tap on the map opens a stage."""
    address.write("stage", find_stage(kind, identity, cache.load_catalogue()))


def write_dates(catalogue: Catalogue) -> str:
    """When the Tour ran, as its two sources say."""
    return cards.write_tour_dates(catalogue.figures, get_locale())
