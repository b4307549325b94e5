"""Who is behind a figure of the coverage page: names that open where the figure stands, or the directory with the same filter."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup, escape

from biocarto.analysis.coverage import roles, territories
from biocarto.analysis.coverage.chain import LINKS
from biocarto.analysis.coverage.territories import CODE_COLUMNS
from biocarto.model import Level
from biocarto.names import fold
from biocarto.query.filters import Filters
from biocarto.render import html
from biocarto.ui.coverage import pieces
from biocarto.ui.coverage.data import CoverageData
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared.language import build_language_params, build_link_params, get_locale

Params = dict[str, str | list[str]]

PAGE = "annuaire"


def build_params(asked: CoverageState, code: str = "", **facets: str | list[str]) -> Params:
    """The directory's question for the filters of the page, a territory (the chosen one by default) and further facets.

    A group that the map shows is one of the filters.
    """
    place = code or asked.territory
    found: Params = {**asked.filters.to_params(), **build_language_params()}
    if asked.facet:
        found[asked.facet] = asked.value
    level = asked.data.places.levels[place]
    if level in territories.FACETS:
        found[territories.FACETS[level]] = place
    return found | facets


def narrow_filters(asked: CoverageState) -> Filters:
    """The filters of the page, of the chosen territory alone."""
    return territories.narrow_filters(asked.filters, asked.own, asked.territory)


def link_figure(label: str, query: Params) -> Markup:
    """A figure that leads to the sites that it counts."""
    return html.render_inner_link(PAGE, query, label)


def render_names(actors: pd.DataFrame) -> Markup:
    """Actors by name, each a link to its sheet."""
    rows = sorted(zip(actors["name"], actors["id"], actors["group"], strict=True), key=lambda row: fold(row[0]))
    return Markup().join(
        Markup("<li>{}{}</li>").format(html.render_mark(group), html.render_inner_link(PAGE, build_link_params("actor", actor), name))
        for name, actor, group in rows
    )


def render_cell(count: int, actors: pd.DataFrame | None) -> Markup:
    """How many sites a link of the chain has, which open as names; or that it is missing."""
    if not count or actors is None:
        return pieces.render_link_cell(count)
    return pieces.render_opening_cell(count, render_names(actors))


def render_list(title: str, found: Sequence[str], most: int = 15) -> Markup:
    """A number that opens as a list of territories; of many the first ones, and that there are more."""
    lines = Markup().join(Markup("<li>{}</li>").format(name) for name in found[:most])
    left = len(found) - most
    more = Markup("<li>{}</li>").format(get_locale().write_count(left, "et {n} autre", "et {n} autres")) if left > 0 else Markup()
    return pieces.render_opening(title, lines + more) if found else escape(title)


def group_members(data: CoverageData, level: Level) -> dict[tuple[str, str], pd.DataFrame]:
    """(code of a territory, link of the chain) -> its actors, for those that have any."""
    return data.get_or_make(lambda: _members(data.actors, level), "members", level)


def _members(actors: pd.DataFrame, level: Level) -> dict[tuple[str, str], pd.DataFrame]:
    held = roles.mark_roles(actors)
    return {
        (str(code), link): rows for link in LINKS for code, rows in actors[held[link]].groupby(actors[CODE_COLUMNS[level]]) if len(rows)
    }


def group_by_modality(data: CoverageData, modality: str, known: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Link of the chain -> the actors of a modality; `modality` outside `known` means those without a known one."""
    held = roles.mark_roles(data.actors)
    mine = data.actors["modalities"].map(lambda values: modality in values if modality in known else not set(values) & set(known))
    return {link: data.actors[held[link] & mine.astype(bool)] for link in LINKS}


def render_actors(asked: CoverageState) -> Markup:
    """Everyone of the chosen territory, by name, in a box that scrolls; nothing for the region, whose list is the directory."""
    if asked.own is Level.REGION:
        return Markup()
    rows = asked.data.actors
    here = rows[rows[CODE_COLUMNS[asked.own]].eq(asked.territory)]
    if here.empty:
        return Markup()
    title = get_locale()("Ses acteurs ({n})").format(n=len(here))
    box = Markup("<div class='bc-scroll bc-names' tabindex='0' role='region' aria-label='{}'><ul class='bc-behind'>{}</ul></div>").format(
        title, render_names(here)
    )
    return Markup("<h3 class='bc-group'>{}</h3>{}").format(title, box)
