"""What narrows the selection of a page, in the words of its language."""

from __future__ import annotations

from biocarto.export import active_filters
from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale


def list_active_filters(chosen: Filters, found: QueryResult) -> list[tuple[str, str, str]]:
    """(field, value, text) of all that narrows the selection, as people read it."""
    return active_filters.list_filters(chosen, found.origin, cache.load_catalogue(), get_locale())


def list_filter_labels(chosen: Filters, found: QueryResult) -> list[tuple[str, str]]:
    """What narrows the selection, as pairs of field and value in words, for a file that is taken away."""
    return active_filters.name_filters(chosen, found.origin, cache.load_catalogue(), get_locale())


def write_point(latitude: float, longitude: float) -> str:
    """A point of the map in words."""
    return active_filters.write_point(latitude, longitude, get_locale())
