"""What the visitor of the coverage page chooses: a territory, and above the map the level, the measure, the group, the classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from biocarto import labels
from biocarto.analysis.coverage.coverage import MEANINGS, Indicator
from biocarto.analysis.coverage.territories import LEVEL_COLUMNS
from biocarto.analysis.coverage.view import EVERY_GROUP, find_level_inside, list_measures
from biocarto.model import ILE_DE_FRANCE, LEVEL_LABELS
from biocarto.register.catalogue import Catalogue
from biocarto.ui.coverage import behind, data, state
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared import accessibility, address, cache, choropleths, encodings, filter_bar, filter_fold
from biocarto.ui.shared.encodings import Encoding
from biocarto.ui.shared.language import get_language, get_locale

_TERRITORY, _GROUP = "coverage-territory", "coverage-group"


def _go() -> None:
    """The map follows to what lies inside the territory."""
    if not address.has_widget(_TERRITORY):
        return
    address.clear(["level"])
    address.write("territory", st.session_state[_TERRITORY] or ILE_DE_FRANCE, ILE_DE_FRANCE)


def choose_territory(asked: CoverageState) -> None:
    """Every territory of the region by name, level and code."""
    _choose_labelled(get_locale()("Territoire"), data.label_options(), asked.territory, _TERRITORY, _go)


def warn_unknown_territory() -> None:
    """What the page does with a code that is none of its territories."""
    given = (address.read_values("territory") or [""])[-1]
    if given and given not in data.load_places().levels:
        st.info(
            get_locale()("Ce code n'est pas, ou plus, celui d'un territoire d'Île-de-France : la page montre la région. Cherchez son nom."),
            icon=":material/location_off:",
        )


def label_group(facet: str, value: str) -> str:
    """A group of actors in words; all of them where none is meant."""
    return labels.label_group(facet, value, get_locale())


def _regroup() -> None:
    """A measure that the new choice does not have gives way to the number of sites."""
    if not address.has_widget(_GROUP):
        return
    address.write_widget("group", _GROUP)
    if (address.read_values("measure") or [""])[-1] not in list_measures(st.session_state[_GROUP]):
        address.clear(["measure"])


def _groups() -> dict[str, str]:
    return {"": label_group("", ""), **{group: label_group(*group.split(":")) for group in EVERY_GROUP}}


def _group(asked: CoverageState) -> None:
    options = cache.make_once("groups of actors", _groups, get_language())
    _choose_labelled(get_locale()("Acteurs"), options, asked.group, _GROUP, _regroup, width=260)


def _choose_labelled(
    label: str,
    options: dict[str, str],
    chosen: str,
    key: str,
    on_change: Callable[[], None],
    *,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """One of many by its label (value -> label); `chosen` is what the address has. `width` in pixels."""
    st.session_state[key] = chosen
    st.selectbox(
        label, list(options), key=key, format_func=options.__getitem__, on_change=on_change, label_visibility="collapsed", width=width
    )


def show_in_words(asked: CoverageState, catalogue: Catalogue) -> None:
    """What the filters leave of the chosen territory, and one tap to take each away."""
    here = behind.narrow_filters(asked)
    summary = filter_bar.write_summary(filter_bar.select_rows(here, catalogue), here, catalogue)
    accessibility.announce("territory", asked.data.places.names[asked.territory])
    filter_bar.show_in_words(summary, asked.filters, catalogue)


def show_row(asked: CoverageState, catalogue: Catalogue) -> None:
    """Level, group, measure, classes and filters, in one row above the map."""
    t = get_locale()
    levels = {level.value: t(LEVEL_LABELS[level]) for level in LEVEL_COLUMNS}
    measures = {each.value: t(MEANINGS[each].label) for each in list_measures(asked.group)}
    filter_fold.show(t("Filtres et carte"), asked.filters)
    with st.container(horizontal=True, key=filter_fold.ROW, gap="small", vertical_alignment="center"):
        encodings.show_choice(asked.measure, state.DRAWN)
        filter_bar.choose_one("level", levels, find_level_inside(asked.territory, data.load_places()).value, t("Maille"))
        _group(asked)
        filter_bar.choose_in_box("measure", measures, Indicator.COUNT.value, t("Mesure"), width=250)
        if asked.drawn is not Encoding.SYMBOLS:
            choropleths.show_scheme_box()
        filter_bar.show_folded(state.FACETS, asked.filters, catalogue)
    accessibility.show_files_skip()
