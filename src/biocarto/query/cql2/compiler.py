"""From the text of a filter to an expression: the package `cql2` parses, `nodes` types what it read."""

from __future__ import annotations

import re
from collections.abc import Mapping

import cql2

from biocarto.errors import quote_value
from biocarto.query.cql2.expression import Expression
from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.limits import check_source, check_tree
from biocarto.query.cql2.nodes import Compilation, compile_node, require_condition
from biocarto.query.cql2.terms import FilterType

_CLASSES = (
    "cql2-text",
    "cql2-json",
    "basic-cql2",
    "advanced-comparison-operators",
    "case-insensitive-comparison",
    "accent-insensitive-comparison",
    "basic-spatial-functions",
    "basic-spatial-functions-plus",
    "spatial-functions",
    "array-functions",
    "property-property",
    "arithmetic",
)
CONFORMANCE = tuple(f"http://www.opengis.net/spec/cql2/1.0/conf/{name}" for name in _CLASSES)
"""The classes of OGC 21-065r2 that are held, as addresses; functions of time are read too, but no collection has whole dates for them."""

FILTER_LANGUAGES = ("cql2-text", "cql2-json")
SYSTEMS = (4326, 2154, 3857)


def compile_filter(text: str, lang: str, columns: Mapping[str, FilterType], crs: int = 4326, *, latitude_first: bool = False) -> Expression:
    """The expression of a filter in `cql2-text` or `cql2-json` over these properties.

    `crs` is the EPSG code of its geometries (`SYSTEMS`); their order is longitude, latitude unless `latitude_first`, as the address
    of EPSG:4326 has it. Raises FilterError, and nothing else, for whatever cannot be answered.
    """
    if lang not in FILTER_LANGUAGES:
        raise FilterError(
            f"filter-lang « {quote_value(lang)} » n'est pas lu ; acceptés : {', '.join(FILTER_LANGUAGES)}.",
            f"filter-lang “{quote_value(lang)}” is not read; accepted: {', '.join(FILTER_LANGUAGES)}.",
        )
    if crs not in SYSTEMS:
        accepted = ", ".join(map(str, SYSTEMS))
        raise FilterError(f"EPSG:{crs} n'est pas lu ; acceptés : {accepted}.", f"EPSG:{crs} is not read; accepted: {accepted}.")
    check_source(text, lang)
    tree = _parse(text, lang)
    check_tree(tree)
    return Expression(require_condition(compile_node(tree, Compilation(columns, crs, latitude_first))))


def _parse(text: str, lang: str) -> object:
    try:
        return (cql2.parse_text(text) if lang == "cql2-text" else cql2.parse_json(text)).to_json()
    except (cql2.ParseError, ValueError) as error:
        place = re.search(r"-->\s*(\d+):(\d+)|line (\d+) column (\d+)", str(error))
        line, column = (place.group(1) or place.group(3), place.group(2) or place.group(4)) if place else ("", "")
        raise FilterError(
            f"Le filtre ne se lit pas comme {lang}{f', ligne {line}, caractère {column}' if line else ''}.",
            f"The filter cannot be read as {lang}{f', line {line}, character {column}' if line else ''}.",
        ) from None
