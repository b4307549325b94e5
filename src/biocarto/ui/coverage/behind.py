"""Who is behind a figure of the coverage page: names that open where the figure stands, or the directory with the same filter."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup, escape

from biocarto.analysis.coverage import roles
from biocarto.analysis.coverage.chain import LINKS
from biocarto.analysis.coverage.territories import CODE_COLUMNS
from biocarto.model import Level
from biocarto.render import html
from biocarto.rows import each
from biocarto.territory.territory import fold
from biocarto.ui.coverage import pieces
from biocarto.ui.coverage.data import Data
from biocarto.ui.coverage.state import Asked
from biocarto.ui.shared.language import link_to, spoken, text

Params = dict[str, str | list[str]]

FACETS = {Level.DEPARTMENT: "department", Level.EPCI: "epci", Level.COMMUNE: "commune"}
"""Level -> facet of the directory."""

PAGE = "annuaire"


def params(asked: Asked, code: str = "", **facets: str | list[str]) -> Params:
    """The directory's question for the filters of the page, a territory (the chosen one by default) and further facets.

    A group that the map shows is one of the filters.
    """
    place = code or asked.territory
    found: Params = {**asked.filters.to_params(), **spoken()}
    if asked.facet:
        found[asked.facet] = asked.value
    level = asked.data.places.levels[place]
    if level in FACETS:
        found[FACETS[level]] = place
    return found | facets


def link(label: str, query: Params) -> Markup:
    """A figure that leads to the sites that it counts."""
    return html.inner(PAGE, query, label)


def names(actors: pd.DataFrame) -> Markup:
    """Actors by name, each a link to its sheet."""
    rows = actors.sort_values("name", key=lambda found: found.map(fold))
    return Markup().join(
        Markup("<li>{}{}</li>").format(html.mark(row["group"]), html.inner(PAGE, link_to("actor", str(row["id"])), str(row["name"])))
        for row in each(rows)
    )


def cell(count: int, actors: pd.DataFrame | None) -> Markup:
    """How many sites a link of the chain has, which open as names; or that it is missing."""
    if not count or actors is None:
        return pieces.link_cell(count)
    return pieces.opening_cell(count, names(actors))


def listed(title: str, found: Sequence[str], most: int = 15) -> Markup:
    """A number that opens as a list of territories; of many the first ones, and that there are more."""
    lines = Markup().join(Markup("<li>{}</li>").format(name) for name in found[:most])
    left = len(found) - most
    more = Markup("<li>{}</li>").format(text().write_count(left, "et {n} autre", "et {n} autres")) if left > 0 else Markup()
    return pieces.opening(title, lines + more) if found else escape(title)


def members(data: Data, level: Level) -> dict[tuple[str, str], pd.DataFrame]:
    """(code of a territory, link of the chain) -> its actors, for those that have any."""
    return data.cached(lambda: _members(data.actors, level), "members", level)


def _members(actors: pd.DataFrame, level: Level) -> dict[tuple[str, str], pd.DataFrame]:
    held = roles.of(actors)
    return {
        (str(code), link): rows for link in LINKS for code, rows in actors[held[link]].groupby(actors[CODE_COLUMNS[level]]) if len(rows)
    }


def by_modality(data: Data, modality: str, known: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Link of the chain -> the actors of a modality; `modality` outside `known` means those without a known one."""
    held = roles.of(data.actors)
    mine = data.actors["modalities"].map(lambda values: modality in values if modality in known else not set(values) & set(known))
    return {link: data.actors[held[link] & mine.astype(bool)] for link in LINKS}


def actors(asked: Asked) -> Markup:
    """Everyone of the chosen territory, by name, in a box that scrolls; nothing for the region, whose list is the directory."""
    if asked.own is Level.REGION:
        return Markup()
    rows = asked.data.actors
    here = rows[rows[CODE_COLUMNS[asked.own]].eq(asked.territory)]
    if here.empty:
        return Markup()
    title = text()("Ses acteurs ({n})").format(n=len(here))
    box = Markup("<div class='bc-scroll bc-names' tabindex='0' role='region' aria-label='{}'><ul class='bc-behind'>{}</ul></div>").format(
        title, names(here)
    )
    return Markup("<h3 class='bc-group'>{}</h3>{}").format(title, box)
