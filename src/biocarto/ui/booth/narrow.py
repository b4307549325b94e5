"""On the stand place and subject narrow each other: what is done near here, and where what is asked for is done."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from biocarto import labels
from biocarto.model import ILE_DE_FRANCE, Modality
from biocarto.query.filters import KM, Filters
from biocarto.query.select import QueryResult
from biocarto.register.catalogue import Catalogue
from biocarto.ui.booth import actors, frame, state
from biocarto.ui.shared import active_filters, cache, questions
from biocarto.ui.shared.language import get_locale

MOST = 6
"""Values of one facet that are offered, those that leave most."""
HERE = "here"
"""Value of the tile of a visitor's own place."""


class OwnPlace(NamedTuple):
    """The tile of a visitor's own place: what it says, whether it is chosen, and what a touch asks."""

    label: str
    on: bool
    asked: Filters


def _values(name: str, chosen: Filters, found: QueryResult) -> list[str]:
    """The values that would leave something, most first, and those chosen."""
    counts = found.counts[name]
    useful = [value for value in counts if counts[value] and value != Modality.OTHER]
    best = sorted(useful, key=lambda value: (-counts[value], value))[:MOST]
    return [*best, *(value for value in getattr(chosen, name) if value not in best)]


def _items(name: str, chosen: Filters, found: QueryResult, catalogue: Catalogue) -> list[tuple[str, str, str]]:
    t, counts = get_locale(), found.counts[name]
    values = _values(name, chosen, found)
    return [(f"{name}-{value}", labels.label_option(name, value, catalogue, t), str(counts.get(value, 0))) for value in values]


def _strip(group: str, names: tuple[str, ...], chosen: Filters, found: QueryResult, own: OwnPlace | None = None) -> None:
    """Small tiles of the visitor's own place and of the values of some facets; a second touch takes a choice away."""
    catalogue = cache.load_catalogue()
    items = [item for name in names for item in _items(name, chosen, found, catalogue)]
    on = [f"{name}-{value}" for name in names for value in getattr(chosen, name)]
    if own:
        items, on = [(HERE, own.label, ""), *items], [*on, *[HERE] * own.on]

    def choose_item(item: str) -> None:
        name, _, value = item.partition("-")
        if own and item == HERE:
            questions.ask(own.asked)
        else:
            questions.ask(replace(chosen, **{name: () if item in on else (value,)}))  # type: ignore[arg-type]

    frame.show_tiles(group, items, choose_item, on, look="strip")


def show_subjects(chosen: Filters, found: QueryResult) -> None:
    """What is done here: roles and modalities."""
    _strip("what", ("role", "modality"), chosen, found)


def show_places(chosen: Filters, found: QueryResult) -> None:
    """Where it is done: around the visitor's own place where that is known, and in the departments of Île-de-France."""
    catalogue = cache.load_catalogue()
    anywhere = questions.drop_place(chosen) if chosen.near else chosen
    shown = questions.answer(anywhere, catalogue) if chosen.near else found
    _strip("where", ("department",), anywhere, shown, _find_own_place(chosen, anywhere))


def _find_own_place(chosen: Filters, anywhere: Filters) -> OwnPlace | None:
    """None where nobody said where they are."""
    catalogue = cache.load_catalogue()
    here = state.read_place(catalogue)
    if here is None:
        return None
    on = chosen.near == here.value
    label = get_locale()("Près de moi : {place}").format(place=actors.name_origin(here.origin, catalogue))
    return OwnPlace(label, on, anywhere if on else replace(anywhere, near=here.value, km=KM, department=()))


def describe(chosen: Filters, found: QueryResult, *, but: tuple[str, ...] = ()) -> str:
    """What narrows the answer, in words."""
    said = [words for name, value, words in active_filters.list_active_filters(chosen, found) if name not in but and value != ILE_DE_FRANCE]
    return " · ".join(said)
