"""The pictures of the coverage page: each asked for with what the page shows."""

from __future__ import annotations

from biocarto.analysis.coverage.coverage import Indicator
from biocarto.analysis.coverage.territories import Scheme
from biocarto.analysis.coverage.view import find_level_inside
from biocarto.export.picture.foundings import FoundingChart
from biocarto.model import ILE_DE_FRANCE
from biocarto.ui.coverage import data, state
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared import picture_button


def _list_params(asked: CoverageState) -> dict[str, str | list[str]]:
    """The view and its filters as the address of a picture has them; what is usual leaves no trace."""
    view = {
        "territory": (asked.territory, ILE_DE_FRANCE),
        "level": (asked.level.value, find_level_inside(asked.territory, data.load_places()).value),
        "group": (asked.group, ""),
        "measure": (asked.measure.value, Indicator.COUNT.value),
        "scheme": (asked.scheme.value, Scheme.NATURAL.value),
        "map": (asked.drawn.value, state.DRAWN.value),
    }
    return {**asked.filters.to_params(), **{name: value for name, (value, usual) in view.items() if value != usual}}


def show(name: str, asked: CoverageState) -> None:
    """The button for the map (`coverage`), the chain or the absences."""
    picture_button.show(name, _list_params(asked))


def show_foundings(asked: CoverageState) -> None:
    """One button for each of the two drawings."""
    filters = {name: values for name, values in asked.filters.to_params().items() if name != "etat"}
    for chart in FoundingChart:
        params = {**filters, "territory": asked.territory, "chart": chart.value}
        picture_button.show("foundings", params, key=f"foundings-{chart}")
