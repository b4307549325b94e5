"""The map of a question that only something outside the region answers, on the directory and on the stand."""

from __future__ import annotations

from itertools import chain

import shapely

from biocarto.analysis.nationwide import GROUP_LABELS, Answer
from biocarto.maps.base import FRANCE, ILE_DE_FRANCE
from biocarto.maps.elsewhere import build_elsewhere_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.query import proximity
from biocarto.query.filters import Filters
from biocarto.query.proximity import Origin
from biocarto.ui.shared import cache, map_view
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.map_view import Picked


def draw(chosen: Filters, answer: Answer, picked: Picked, height: int) -> bool:
    """The map of France with what answers outside the register; False, and nothing drawn, where no such row has a point."""
    theme, lang = map_view.read_theme(), get_language()
    layer = cache.make_for_filters("layer elsewhere", chosen, lambda: _layer(answer), theme, lang)
    if layer is not None:
        title = get_locale()("Carte des réponses hors d'Île-de-France")
        map_view.show(FRANCE, [layer], picked, height=height, title=title)
    return layer is not None


def _layer(answer: Answer) -> ScriptLayer | None:
    t = get_locale()
    names = {group.value: t(label) for group, label in GROUP_LABELS.items()}
    return build_elsewhere_layer(answer.rows, names, t, theme=map_view.read_theme())


def touches_region(origin: Origin, km: float) -> bool:
    """Whether a circle reaches the ground of the region's map: where it does not, the map would go to an empty screen."""
    circle, region = proximity.frame_circle(origin, km), ILE_DE_FRANCE.bounds
    return bool(shapely.box(*chain(*circle)).intersects(shapely.box(*chain(*region))))
