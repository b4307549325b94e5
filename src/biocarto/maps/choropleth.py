"""The choropleth: codes and class numbers go to the browser, which has the boundaries already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

import pandas as pd

from biocarto.i18n import Locale
from biocarto.maps import escape, palette
from biocarto.maps.base import BOUNDARY_OF_LEVEL
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.legend import Legend
from biocarto.model import Level

NO_DATA = -1


def build_choropleth_layer(
    level: Level,
    classes: pd.Series,
    legend: Legend,
    t: Locale,
    *,
    values: pd.Series | None = None,
    hatched: Collection[str] = (),
    selected: str = "",
    named: bool = False,
    plain: bool = False,
    theme: str = "light",
) -> ScriptLayer:
    """Territories of `level` coloured by class.

    classes: index code, values int: -1 no data, 0 none, 1..n (n <= 5) light to dark. values: index code, the text that the
    tooltip shows beneath the territory's name ("12 sites · 3,1 pour 100 000 hab."). hatched: codes whose value rests on
    small numbers. A territory that `classes` does not name has no data. selected: a code, outlined. named: write the names of those
    that have something. plain: no colours and no legend: the territories are outlined when chosen, named and tapped, no more.
    A click returns {"type": "territory", "id": code, "n": ...}.
    """
    steps = len(legend.classes) - 1
    numbers = classes.clip(lower=NO_DATA, upper=steps).astype(int)
    payload = {
        "level": BOUNDARY_OF_LEVEL[level],
        "codes": " ".join(str(code) for code in classes.index),
        "classes": "".join("-" if number == NO_DATA else str(number) for number in numbers),
        "values": [] if values is None else [escape.clean_text(value) for value in values.reindex(classes.index, fill_value="")],
        "hatched": sorted(hatched),
        "selected": selected,
        "named": named,
        "plain": plain,
        "colours": {theme: palette.list_sequential(max(steps, 0), theme) for theme in palette.SEQUENTIAL},
        "label_colours": {theme: palette.list_label_colours(max(steps, 0), theme) for theme in palette.SEQUENTIAL},
        "legend": asdict(legend),
    }
    return ScriptLayer("choropleth", payload, t, theme)
