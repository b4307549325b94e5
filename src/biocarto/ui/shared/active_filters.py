"""What narrows the selection of a page, in the words of its language."""

from __future__ import annotations

from biocarto.export import active_filters
from biocarto.query.filters import Filters
from biocarto.query.select import Found
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import text


def narrowed(chosen: Filters, found: Found) -> list[tuple[str, str, str]]:
    """(field, value, text) of all that narrows the selection, as people read it."""
    return active_filters.list_filters(chosen, found.origin, cache.catalogue(), text())


def said(chosen: Filters, found: Found) -> list[tuple[str, str]]:
    """What narrows the selection, as pairs of field and value in words, for a file that is taken away."""
    return active_filters.name_filters(chosen, found.origin, cache.catalogue(), text())


def write_point(latitude: float, longitude: float) -> str:
    """A point of the map in words."""
    return active_filters.write_point(latitude, longitude, text())
