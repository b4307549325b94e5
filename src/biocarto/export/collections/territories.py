"""Communes, EPCI, departments and regions with what the register counts in each: as it stands, or as filters leave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from biocarto.analysis.coverage import national
from biocarto.analysis.coverage.coverage import GROUPS, MEANINGS, Coverage, Indicator, measure
from biocarto.analysis.coverage.territories import select_layer
from biocarto.export.collections.collection import Bilingual, CellType, Collection, CollectionColumn, translate
from biocarto.export.collections.shapes import ProjectedShapes
from biocarto.i18n import LANGUAGES, Locale
from biocarto.labels import label_option
from biocarto.model import N_, Level
from biocarto.query.filters import EVERY_STATUS, Filters
from biocarto.query.select import select
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.territory.systems import CRS84

_CHOICES: Mapping[str, tuple[str, ...]] = {**{facet: tuple(map(str, values)) for facet, values in GROUPS.items()}, "status": EVERY_STATUS}
"""The filters of the page of coverage (`COVERAGE_FACETS`), each with its values."""
LEVELS = {"communes": Level.COMMUNE, "epci": Level.EPCI, "departments": Level.DEPARTMENT, "regions": Level.REGION}
"""Name of a collection -> its level; with `COVERAGE` before it, its measures for a choice of sites."""
COVERAGE = "coverage-"

_TITLES = {
    "communes": N_("Communes d'Île-de-France et leurs sites"),
    "epci": N_("EPCI et EPT d'Île-de-France et leurs sites"),
    "departments": N_("Départements d'Île-de-France et leurs sites"),
    "regions": N_("Régions de France et leurs sites"),
    "coverage-communes": N_("Couverture par commune, selon les filtres"),
    "coverage-epci": N_("Couverture par EPCI ou EPT, selon les filtres"),
    "coverage-departments": N_("Couverture par département, selon les filtres"),
    "coverage-regions": N_("Couverture de l'Île-de-France, selon les filtres"),
}
_PLAIN = N_("Contours, population et mesures des sites du répertoire que des pages disent présents, comme sur la page Couverture.")
_CHOSEN = N_(
    "Les mesures de la page Couverture pour les sites que kind, category, modality et status laissent ; sans filtre, les sites présents."
)
_NATION = N_("Les mesures du répertoire (Île-de-France seule), et ce que le Tour, les pôles et les sites connus de la nation atteignent.")

_PLACE = {
    "code": (CellType.TEXT, N_("Code"), N_("Code du territoire : INSEE, ou SIREN d'un EPCI ou EPT")),
    "name": (CellType.TEXT, N_("Nom"), N_("Nom du territoire")),
    "department_code": (CellType.TEXT, N_("Département"), N_("Code du département")),
    "intercommunality_code": (CellType.TEXT, N_("EPCI ou EPT"), N_("Code SIREN de l'EPCI ou de l'EPT ; 75056 pour Paris")),
    "region_code": (CellType.TEXT, N_("Région"), N_("Code de la région")),
    "population": (CellType.INTEGER, N_("Population"), N_("Population municipale")),
    "population_year": (CellType.INTEGER, N_("Année de la population"), N_("Année de la population")),
    "area_km2": (CellType.NUMBER, N_("Superficie (km²)"), N_("Superficie en km²")),
}
_TOTALS = {
    Indicator.COUNT: CellType.INTEGER,
    Indicator.COMPANIES: CellType.INTEGER,
    Indicator.RATE: CellType.NUMBER,
    Indicator.DENSITY: CellType.NUMBER,
}
_SMALL = N_("Vrai si le taux repose sur moins de cinq sites : un site de plus ou de moins le change beaucoup")
_NATIONAL = {
    "stage": (CellType.TEXT, N_("Étape du Tour"), N_("Identifiant de l'étape du Tour")),
    "clusters": (CellType.LIST, N_("Pôles et réseaux"), N_("Identifiants des pôles et réseaux qui disent couvrir la région")),
    "enosis": (CellType.LIST, N_("Enosis Santé"), N_("Ceux d'entre eux qui sont membres d'Enosis Santé")),
    **{name: (CellType.INTEGER, label, label) for name, label in vocabulary.PERIMETERS.items()},
    "sites": (
        CellType.INTEGER,
        N_("Sites de la nation"),
        N_("Sites connus de la nation qui sont présents ; vide pour l'Île-de-France, dont le répertoire parle"),
    ),
    "cdmo": (CellType.INTEGER, N_("CDMO"), N_("Ceux d'entre eux qui produisent pour d'autres (CDMO)")),
    "apart": (CellType.INTEGER, N_("À part"), N_("Sites connus de la nation qui ne sont pas dits présents")),
    "covered": (CellType.BOOLEAN, N_("Couverte"), N_("Vrai si une étape, un pôle ou un site connu l'atteint")),
}


def name_plain(name: str) -> str:
    """The collection that has the same territories and measures as a coverage without filters; itself where there is none."""
    plain = name.removeprefix(COVERAGE)
    return name if plain == "regions" else plain


def offer_filters(collection: Collection) -> Collection:
    """The same measures as the coverage that filters narrow."""
    name = f"{COVERAGE}{collection.id}"
    return replace(collection, id=name, title=translate(_TITLES[name]), description=translate(_CHOSEN), choices=_CHOICES)


def build_shapes(catalogue: Catalogue, name: str) -> ProjectedShapes:
    """The outlines of a collection of territories: the same however its sites are chosen."""
    return ProjectedShapes(_select_layer(catalogue, name).geometry.to_numpy())


def _select_layer(catalogue: Catalogue, name: str) -> gpd.GeoDataFrame:
    """All regions of France; else the territories of Île-de-France, the region itself for its coverage."""
    return catalogue.territory.regions if name == "regions" else select_layer(catalogue.territory, LEVELS[name.removeprefix(COVERAGE)])


def build_territories(catalogue: Catalogue, name: str, filters: Filters, shapes: ProjectedShapes) -> Collection:
    """The territories of a collection and their measures for the sites that `filters` leave (none: those that are present)."""
    layer, level = _select_layer(catalogue, name), LEVELS[name.removeprefix(COVERAGE)]
    coverage = measure(select(filters, catalogue).actors, catalogue.territory, level)
    columns = [*_describe_places(layer), *_describe_measures(catalogue)]
    cells = pd.DataFrame(layer.drop(columns="geometry")).assign(code=layer.index).join(_list_measures(coverage))
    if name == "regions":
        columns += [_describe(column, *told) for column, told in _NATIONAL.items()]
        cells = cells.join(national.list_regions(catalogue)[list(_NATIONAL)])
    return Collection(
        id=name,
        title=translate(_TITLES[name]),
        description=translate(_NATION if name == "regions" else _CHOSEN if name.startswith(COVERAGE) else _PLAIN),
        columns=tuple(columns),
        frame=_type_cells(cells, columns).set_geometry(shapes.project(CRS84), crs=4326),
        shapes=shapes,
        geometry="polygon",
        choices=_CHOICES if name.startswith(COVERAGE) else {},
    )


def _describe(name: str, kind: CellType, label: str, meaning: str) -> CollectionColumn:
    return CollectionColumn(name, kind, translate(meaning), translate(label))


def _describe_places(layer: gpd.GeoDataFrame) -> list[CollectionColumn]:
    there = ["code", *layer.columns]
    return [_describe(name, *told) for name, told in _PLACE.items() if name in there]


def _describe_measures(catalogue: Catalogue) -> list[CollectionColumn]:
    """The totals, then how many sites each kind, category and modality has."""
    totals = [
        CollectionColumn(total.value, kind, _explain_total(total), translate(MEANINGS[total].label)) for total, kind in _TOTALS.items()
    ]
    groups = [_describe_group(facet, value, catalogue) for facet, values in GROUPS.items() for value in values]
    return [*totals, _describe("small", CellType.BOOLEAN, N_("Fragile"), _SMALL), *groups]


def _explain_total(total: Indicator) -> Bilingual:
    meaning = MEANINGS[total]
    return Bilingual(*(f"{t(meaning.label)}{t.colon}{t(meaning.formula)}" for t in map(Locale, LANGUAGES)))


def _describe_group(facet: str, value: str, catalogue: Catalogue) -> CollectionColumn:
    label = Bilingual(*(label_option(facet, value, catalogue, Locale(lang)) for lang in LANGUAGES))
    count = translate(MEANINGS[Indicator.COUNT].label)
    meaning = Bilingual(*(f"{count.text(lang)}{Locale(lang).colon}{label.text(lang)}" for lang in LANGUAGES))
    return CollectionColumn(f"{facet}_{value}", CellType.INTEGER, meaning, label)


def _list_measures(coverage: Coverage) -> pd.DataFrame:
    totals = coverage.table[[*(total.value for total in _TOTALS), "small"]]
    groups = [counts.add_prefix(f"{facet}_") for facet, counts in coverage.counts.items()]
    return pd.concat([totals, *groups], axis="columns")


_DECIMALS = 4


def _type_cells(cells: pd.DataFrame, columns: list[CollectionColumn]) -> gpd.GeoDataFrame:
    """The columns in their order; missing where unknown, which a region beyond the register is to every measure."""
    typed = {column.name: _type_column(cells[column.name], column.type) for column in columns}
    return gpd.GeoDataFrame(typed, index=pd.Index(cells.index.astype(str), name=None))


def _type_column(cells: pd.Series, kind: CellType) -> pd.Series:
    if kind is CellType.NUMBER:
        return cells.astype("Float64").round(_DECIMALS)
    if kind is CellType.INTEGER:
        return cells.astype("Int64")
    if kind is CellType.BOOLEAN:
        return cells.astype("boolean")
    return cells.mask(cells.eq("")).astype("str") if kind is CellType.TEXT else cells
