"""The facets answered row by row, by another path than bits."""

from __future__ import annotations

import pandas as pd

from biocarto.query import filters
from biocarto.query.filters import Filters


def held(actors: pd.DataFrame) -> dict[str, dict[str, set[str]]]:
    """Id -> facet -> the values that the row has there; an empty cell has none."""
    return {
        str(actor): {
            name: (set(row[column]) if name in filters.LISTS else {row[column]}) - {""} for name, column in filters.COLUMNS.items()
        }
        for actor, row in actors.to_dict("index").items()
    }


def naive(chosen: Filters, rows: dict[str, dict[str, set[str]]]) -> set[str]:
    """Ids of the rows left, row by row, facet by facet."""
    wanted = {name: set(values) for name in filters.COLUMNS if (values := getattr(chosen, name))}
    historic = chosen.status or "-2014" in chosen.source_year
    return {
        actor
        for actor, row in rows.items()
        if all(row[name] & values for name, values in wanted.items()) and (historic or row["status"] == {"present"})
    }
