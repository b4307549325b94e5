"""The coverage as pictures: a measure of territories in colour, the chain from research to production, and what is missing where."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from biocarto import labels
from biocarto.analysis.coverage import chain, coverage, territories
from biocarto.analysis.coverage.coverage import MEANINGS, Coverage
from biocarto.analysis.coverage.roles import CHAIN, ROLE_LABELS
from biocarto.analysis.coverage.territories import CODE_COLUMNS, Classes
from biocarto.analysis.coverage.view import CoverageView, TerritoryIndex, list_inside
from biocarto.export.drawing.ground import list_neighbours, list_rivers
from biocarto.export.drawing.territories import MapContent
from biocarto.export.picture.actor_map import MapDrawing, explain_actors, tell_narrowing
from biocarto.export.picture.marks import Swatch
from biocarto.export.picture.matrix import MatrixDrawing, MatrixRow
from biocarto.export.picture.model import LegendEntry, LegendPart, Picture
from biocarto.export.picture.subject import GROUND, PictureContext
from biocarto.maps import palette
from biocarto.maps.legend import Legend, build_legend
from biocarto.model import LEVEL_LABELS, N_, Level
from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult, select
from biocarto.render.svg import GROUND as NONE
from biocarto.render.svg import UNKNOWN

NAMED = 12
"""Territories whose name stands on the map where there are more: those with the highest value first."""
MOST_ROWS = 24
"""Territories that a matrix has room for: those with most sites."""
PARTS = {Level.DEPARTMENT: N_("par département"), Level.EPCI: N_("par EPCI ou EPT"), Level.COMMUNE: N_("par commune")}
POPULATION = N_("Population : INSEE")


@dataclass(frozen=True, eq=False)
class CoveragePicture:
    """A view of the coverage of one selection of actors, and what is measured for it."""

    context: PictureContext
    view: CoverageView
    places: TerritoryIndex
    filters: Filters
    shows_symbols: bool = False
    shows_areas: bool = True

    @property
    def found(self) -> QueryResult:
        """The actors that the filters leave, wherever they are."""
        return select(self.filters, self.context.catalogue)

    def list_codes(self, level: Level) -> list[str]:
        """The territories of a level that the picture is about."""
        return list_inside(self.context.catalogue.territory, self.places, level, self.view.territory)

    def select_layer(self) -> gpd.GeoDataFrame:
        """Their outlines."""
        territory, level = self.context.catalogue.territory, self.view.level
        if level is Level.COMMUNE:
            return territory.light["communes"].loc[self.list_codes(level)]
        return territories.select_layer(territory, level).loc[self.list_codes(level)]

    def select_actors(self, actors: pd.DataFrame) -> pd.DataFrame:
        """The actors that the measure counts, inside the chosen territory."""
        view = self.view
        here = actors[actors[CODE_COLUMNS[view.own]].eq(view.territory)] if view.own is not Level.REGION else actors
        if view.facet == "modality":
            return here[here["modalities"].map(lambda values: view.value in values).astype(bool)]
        return here[here[view.facet].eq(view.value)] if view.facet else here

    def tell_filters(self) -> str:
        """The sites of the chosen territory, and what was chosen in words."""
        found, own = self.found, self.view.own
        here = found.actors[found.actors[CODE_COLUMNS[own]].eq(self.view.territory)]
        return " · ".join([labels.summarise_sites(here, self.context.t), *self.tell_narrowing()])

    def tell_narrowing(self) -> list[str]:
        """Each filter in words."""
        return tell_narrowing(self.filters, self.found, self.context)

    def name_place(self) -> str:
        """The chosen territory."""
        return self.places.names[self.view.territory]


def picture_coverage(asked: CoveragePicture) -> Picture:
    """A measure per territory in colour, or its actors as symbols, or both."""
    t, view, found = asked.context.t, asked.view, asked.found
    measured = coverage.measure(found.actors, asked.context.catalogue.territory, view.level)
    values, small = coverage.read_measure(measured, view.facet, view.value, view.measure)
    classes = territories.classify_values(values, scheme=view.scheme)
    codes = asked.list_codes(view.level)
    actors = asked.select_actors(found.actors)
    hatched = [code for code in codes if small[code] and asked.shows_areas]
    legend = build_legend(
        classes,
        _name_measure(asked),
        MEANINGS[view.measure],
        t,
        scheme=view.scheme,
        hatched=bool(hatched),
        lacking=bool((classes.of[codes] < 0).any()),
    )
    parts = [_explain_classes(legend)] if asked.shows_areas else []
    if asked.shows_symbols:
        parts.append(explain_actors(actors, t))
    return asked.context.compose(
        _write_title(asked),
        asked.tell_filters(),
        MapDrawing(_fill_map(asked, classes, values, hatched, actors)),
        parts,
        sources=asked.context.list_sources("actors", POPULATION, GROUND),
        alt=_tell_highest(asked, measured, values[codes]),
    )


def _write_title(asked: CoveragePicture) -> str:
    """`Essonne : nombre de sites, par commune`."""
    t, measure = asked.context.t, _name_measure(asked)
    words = t("{place} : {measure}, {parts}")
    return words.format(place=asked.name_place(), measure=measure[:1].lower() + measure[1:], parts=t(PARTS[asked.view.level]))


def _name_measure(asked: CoveragePicture) -> str:
    """The measure, and the group where it is of one."""
    t, view = asked.context.t, asked.view
    title = t(MEANINGS[view.measure].label)
    return f"{title} · {labels.label_group(view.facet, view.value, t)}" if view.facet else title


def _fill_map(asked: CoveragePicture, classes: Classes, values: pd.Series, hatched: list[str], actors: pd.DataFrame) -> MapContent:
    """The territories, the one that was chosen outlined, and their names: of many those with the highest values."""
    territory, layer, view = asked.context.catalogue.territory, asked.select_layer(), asked.view
    own = territories.select_layer(territory, view.own).loc[[view.territory]]
    ranked = values[layer.index].sort_values(ascending=False, kind="stable")
    named = ranked if len(ranked) <= NAMED else ranked[ranked > 0].head(NAMED)
    return MapContent(
        layer,
        classes.of if asked.shows_areas else pd.Series(0, index=layer.index),
        len(classes.bounds) if asked.shows_areas else 0,
        hatched=hatched,
        outlined=own,
        outline=1.6,
        labels={str(code): str(layer.at[code, "name"]) for code in named.index},
        around=list_neighbours(territory, *_find_around(asked)),
        actors=actors if asked.shows_symbols else None,
        rivers=list_rivers(territory),
    )


def _find_around(asked: CoveragePicture) -> tuple[Level, str]:
    """What the map is of: the chosen territory, or the whole region where nothing of the level lies inside it."""
    inside = asked.list_codes(asked.view.level)
    everywhere = len(inside) == len(territories.select_layer(asked.context.catalogue.territory, asked.view.level))
    return (Level.REGION, "11") if everywhere else (asked.view.own, asked.view.territory)


def _explain_classes(legend: Legend) -> LegendPart:
    """Classes, no data and hatching as boxes."""
    fills = [NONE, *palette.list_sequential(len(legend.classes) - 1, "light")]
    entries = [LegendEntry(Swatch(fill), text) for fill, text in zip(fills, legend.classes, strict=True)]
    if legend.no_data:
        entries.append(LegendEntry(Swatch(UNKNOWN), legend.no_data))
    if legend.hatch:
        entries.append(LegendEntry(Swatch(NONE, hatched=True), legend.hatch))
    return LegendPart(legend.title, tuple(entries), tuple(filter(None, (legend.unit, legend.note))))


def _tell_highest(asked: CoveragePicture, measured: Coverage, values: pd.Series) -> str:
    """The map in words: the territories with the highest values."""
    t, digits = asked.context.t, MEANINGS[asked.view.measure].digits
    highest = values[values > 0].sort_values(ascending=False, kind="stable").head(5)
    named = [f"{measured.table.at[code, 'name']!s} ({t.number(float(value), digits)})" for code, value in highest.items()]
    return f"{_name_measure(asked)}{t.colon}{', '.join(named) or t('aucun')}."


def picture_chain(asked: CoveragePicture) -> Picture:
    """Sites per link of the chain and territory: a disc for each number, a dash where a link is missing."""
    t, view, found = asked.context.t, asked.view, asked.found
    territory = asked.context.catalogue.territory
    matrix = chain.count_by_territory(found.actors, territory, view.level).loc[asked.list_codes(view.level)]
    links = list(chain.LINKS)
    ranked = matrix.assign(total=matrix[links].sum(axis=1)).sort_values(["total", "name"], ascending=[False, True])
    if view.level is Level.COMMUNE:
        ranked = ranked[ranked["total"] > 0]
    rows = [MatrixRow(str(line["name"]), tuple(int(line[link]) for link in links)) for _, line in ranked.head(MOST_ROWS).iterrows()]
    left = len(ranked) - len(rows)
    note = t.write_count(left, "{n} autre territoire n'a pas la place", "{n} autres territoires n'ont pas la place") if left else ""
    title = t("La chaîne, de la recherche à la production : {place}").format(place=asked.name_place())
    return asked.context.compose(
        title,
        " · ".join(filter(None, (asked.tell_filters(), note))),
        MatrixDrawing(t(LEVEL_LABELS[view.level]), tuple(t(ROLE_LABELS[role]) for role in CHAIN), tuple(rows), t(chain.MISSING_NOTE)),
        (),
        sources=asked.context.list_sources("actors"),
        alt=", ".join(f"{row.name} ({sum(row.values)})" for row in rows),
    )
