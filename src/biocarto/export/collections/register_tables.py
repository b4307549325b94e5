"""The tables of the register as collections: actors as every file has them, campuses, clusters, stages, sites of the nation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from biocarto.export.collections.collection import Bilingual, CellType, Collection, CollectionColumn, build_span, translate
from biocarto.export.collections.shapes import ProjectedShapes
from biocarto.export.columns import COLUMNS, ExportColumn, Type, describe_columns
from biocarto.export.table import build_table
from biocarto.i18n import LANGUAGES, Locale
from biocarto.register.catalogue import Catalogue
from biocarto.register.headers import translate_header
from biocarto.territory.systems import Shapes

_TYPES = {
    Type.TEXT: CellType.TEXT,
    Type.LINK: CellType.TEXT,
    Type.LIST: CellType.LIST,
    Type.INTEGER: CellType.INTEGER,
    Type.NUMBER: CellType.NUMBER,
}
_JOINED = {column.name: column.meaning for column in COLUMNS if column.meaning}


def build_actors(catalogue: Catalogue) -> Collection:
    """Every actor, with the columns and the cells of the downloads; dated by the page that tells its status."""
    rows = catalogue.actors
    points = _place_points(rows)
    return _build(catalogue, "actors", "actors", rows, points, columns=COLUMNS, dated_by="status_year", redirects=catalogue.redirects)


def build_sites(catalogue: Catalogue) -> Collection:
    """The campuses."""
    return _build(catalogue, "sites", "sites", catalogue.sites, _place_points(catalogue.sites))


def build_clusters(catalogue: Catalogue) -> Collection:
    """Clusters and agencies, at their seats."""
    return _build(catalogue, "clusters", "clusters", catalogue.clusters, _place_points(catalogue.clusters))


def build_stages(catalogue: Catalogue) -> Collection:
    """Stages of the Tour: no city of any is known, so that each is the regions that it was for."""
    outlines = catalogue.territory.regions.geometry
    regions = [shapely.union_all(outlines.loc[list(codes)].to_numpy()) for codes in catalogue.stages["region_codes"]]
    shapes = np.array(regions, dtype=object)
    return _build(catalogue, "stages", "tour_stages", catalogue.stages, shapes, geometry="polygon", dated_by="date")


def build_national_sites(catalogue: Catalogue) -> Collection:
    """Sites of the nation, at the point of their commune; dated by their page."""
    rows = catalogue.national_sites
    return _build(catalogue, "national-sites", "national_sites", rows, _place_points(rows), dated_by="as_of")


def _place_points(rows: pd.DataFrame) -> Shapes:
    """A point per row with both coordinates, else None."""
    x, y = (rows[name].to_numpy(dtype=float, na_value=np.nan) for name in ("longitude", "latitude"))
    known = np.isfinite(x) & np.isfinite(y)
    points = np.full(len(rows), None, dtype=object)
    points[known] = shapely.points(x[known], y[known])
    return points


def _build(
    catalogue: Catalogue,
    name: str,
    table: str,
    rows: pd.DataFrame,
    shapes: Shapes,
    *,
    columns: tuple[ExportColumn, ...] = (),
    geometry: str = "point",
    dated_by: str = "",
    redirects: Mapping[str, str] | None = None,
) -> Collection:
    about = catalogue.resources[table]
    taken = columns or describe_columns(rows)
    cells = build_table(rows, taken).set_axis(pd.Index(rows.index, name=None))
    return Collection(
        id=name,
        title=_take_words(about, "title"),
        description=_take_words(about, "description"),
        columns=tuple(_describe_column(column, about) for column in taken),
        frame=gpd.GeoDataFrame(cells, geometry=shapes, crs=4326),
        shapes=ProjectedShapes(shapes),
        geometry=geometry,
        span=build_span(rows[dated_by]) if dated_by else None,
        dated_by=dated_by,
        redirects=redirects or {},
    )


def _take_words(about: Mapping[str, Any], member: str) -> Bilingual:
    return Bilingual(*(str(about[f"{member}_{lang}"]) for lang in LANGUAGES))


def _describe_column(column: ExportColumn, about: Mapping[str, Any]) -> CollectionColumn:
    label = Bilingual(*(translate_header(column.name, Locale(lang)) for lang in LANGUAGES))
    return CollectionColumn(column.name, _TYPES[column.type], _explain(column.name, about), label)


def _explain(name: str, about: Mapping[str, Any]) -> Bilingual:
    """What a column means: as the joins say it where they make it anew, else as the table's own description."""
    described = about["columns"]
    if name in described["fr"] and not (name in _JOINED and about["path"] == "actors.csv"):
        return Bilingual(described["fr"][name], described["en"].get(name, described["fr"][name]))
    return translate(_JOINED.get(name, name))
