"""Territories of France and Europe: checked layers in EPSG:4326, and who lies in whom; the only place that changes a CRS."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from biocarto.files import stamp_folder
from biocarto.model import DIVIDED, PARIS, Level
from biocarto.names import fold
from biocarto.territory import layer_rules
from biocarto.territory import layers as layers_reader
from biocarto.territory.layers import require_crs

__all__ = ["Parents", "Territory", "project_points", "read", "require_crs", "to_europe", "to_metres"]

ARTICLES = re.compile(r"^(?:le|la|les|l) ")
"""What a folded name may begin with and people leave out."""
_DISTRICT = re.compile(r"paris 0?(\d{1,2})(?: ?(?:e|er|ere|eme|ieme))?(?: arr(?:ondissement|dt)?)?")
_HINT = re.compile(r"(.*?)\s*\((\d{2})\)\s*")


@dataclass(frozen=True)
class Parents:
    """The codes of the territories that hold a commune or an arrondissement; "" where our layers do not tell."""

    commune: str
    intercommunality: str
    department: str
    region: str


@dataclass(frozen=True)
class Territory:
    """Layers in EPSG:4326, index = `code`; never changed after reading.

    Every layer has name, area_km2, population (Int64), population_year, and latitude, longitude: a point inside, the town
    hall for communes (column `point` says town_hall or inside). `epci` is one partition of Île-de-France: EPCI, the EPT of
    Greater Paris, the city of Paris; `official_epci` lists the EPCI as the State does. `points` has every commune of France
    and Paris' arrondissements. `light` holds the outlines for maps: regions, communes, arrondissements.
    """

    regions: gpd.GeoDataFrame
    departments: gpd.GeoDataFrame
    epci: gpd.GeoDataFrame
    communes: gpd.GeoDataFrame
    arrondissements: gpd.GeoDataFrame
    countries: gpd.GeoDataFrame
    points: pd.DataFrame
    official_epci: pd.DataFrame
    light: Mapping[str, gpd.GeoDataFrame]
    official_codes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*layer_rules.OFFICIAL_CODES.columns], dtype="str"))
    """Every code that a commune of France has or had: type (commune, district, former), commune_code (today's), postcodes; may be empty."""
    ground: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    """What maps draw beneath their data: rivers, rivers_ile_de_france, rail_lines, stations, each where there is such a file."""
    stamp: str = ""
    """The folder as it was before it was read (`files.stamp_folder`)."""

    def get_layer(self, level: Level) -> gpd.GeoDataFrame:
        """The layer of a level; EPCI is the partition of Île-de-France, communes are those of Île-de-France."""
        return {
            Level.COUNTRY: self.countries,
            Level.REGION: self.regions,
            Level.DEPARTMENT: self.departments,
            Level.EPCI: self.epci,
            Level.COMMUNE: self.communes,
        }[level]

    @cached_property
    def _names(self) -> dict[str, str | None]:
        """Folded name -> code, None where two places share it; names without article only where no full name is meant."""
        full, bare = defaultdict(set), defaultdict(set)
        for layer in (self.communes, self.arrondissements):
            for code, name, department in zip(layer.index, layer["name"], layer["department_code"], strict=True):
                for key in (fold(name), f"{fold(name)} {department}"):
                    full[key].add(code)
                    bare[ARTICLES.sub("", key)].add(code)
        return {key: next(iter(codes)) if len(codes) == 1 else None for key, codes in (bare | full).items()}

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.communes.geometry.to_numpy())

    def find(self, name: str) -> str | None:
        """INSEE code of a commune of Île-de-France or an arrondissement of Paris, however its name is typed; None if unknown or ambiguous.

        Understands "Paris 5e", "75005", an INSEE code, and a department after an ambiguous name: "Marolles-en-Brie (94)".
        """
        text = name.strip()
        if text in self._drawn:
            return text
        if re.fullmatch("750[0-9]{2}", text):
            return self._district(int(text[3:]))
        hint = _HINT.fullmatch(text)
        key = f"{fold(hint[1])} {hint[2]}" if hint else fold(text)
        district = None if key in self._names else _DISTRICT.fullmatch(key)
        return self._district(int(district[1])) if district else self._names.get(key)

    @cached_property
    def postcodes(self) -> frozenset[str]:
        """Every post code of France."""
        return frozenset(code for cell in self.official_codes["postcodes"].tolist() for code in cell.split(";"))

    @cached_property
    def _drawn(self) -> frozenset[str]:
        return frozenset(self.communes.index) | frozenset(self.arrondissements.index)

    def _district(self, number: int) -> str | None:
        code = f"751{number:02d}"
        return code if code in self.arrondissements.index else None

    def locate(self, latitude: float, longitude: float) -> str | None:
        """INSEE code of the commune of Île-de-France that holds a point (EPSG:4326 degrees; Paris as a whole), else None."""
        hits = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return str(self.communes.index[hits.min()]) if len(hits) else None

    def measure_outside(self, code: str, latitude: float, longitude: float) -> float | None:
        """Metres from a point (EPSG:4326 degrees) to a commune of Île-de-France or an arrondissement of Paris, 0 inside.

        None of a code that has no outline.
        """
        layer = self.arrondissements if code in self.arrondissements.index else self.communes
        if code not in layer.index:
            return None
        outline, point = layer.geometry[code], shapely.Point(longitude, latitude)
        if outline.intersects(point):
            return 0.0
        x, y = project_points(latitude, longitude)
        return float(to_metres(layer.loc[[code]]).geometry.iloc[0].distance(shapely.Point(x[0], y[0])))

    @cached_property
    def _areas(self) -> dict[str, shapely.Geometry]:
        """Outlines of the communes with arrondissements, in metres (EPSG:2154)."""
        divided = self.communes[self.communes.index.isin(DIVIDED)]
        return dict(to_metres(divided).geometry.items())

    def measure_span(self, code: str, latitude: float, longitude: float) -> tuple[float, float]:
        """Kilometres from a point (EPSG:4326 degrees) to the nearest and the farthest spot of an area of `DIVIDED`; or KeyError."""
        x, y = project_points(latitude, longitude)
        outline = self._areas[code]
        corners = shapely.get_coordinates(outline) - (x[0], y[0])
        return float(outline.distance(shapely.Point(x[0], y[0]))) / 1000, float(np.hypot(*corners.T).max()) / 1000

    def find_parents(self, code: str) -> Parents:
        """What holds a commune of France or an arrondissement of Paris; KeyError for another code."""
        place = self.points.loc[code]
        commune = PARIS if code in self.arrondissements.index else code
        known = commune in self.communes.index
        group = str(self.communes.at[commune, "intercommunality_code"]) if known else ""
        return Parents(commune, group, str(place["department_code"]), str(place["region_code"]))


def to_metres(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A layer in EPSG:4326 as EPSG:2154, for lengths and areas in metropolitan France; LayerError for another CRS."""
    return require_crs(frame, 4326).to_crs(2154)


def to_europe(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A layer in EPSG:4326 as EPSG:3035, for maps of Europe; LayerError for another CRS."""
    return require_crs(frame, 4326).to_crs(3035)


def to_degrees(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same layer in degrees (EPSG:4326), whatever system of coordinates it says that it has."""
    return frame.to_crs(4326)


@cache
def _to_metres() -> Transformer:
    return Transformer.from_crs(4326, 2154, always_xy=True)


def project_points(latitudes: npt.ArrayLike, longitudes: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Points of metropolitan France (EPSG:4326 degrees) as x, y in metres (EPSG:2154), arrays of the same length; nan stays nan."""
    x, y = _to_metres().transform(np.atleast_1d(np.asarray(longitudes, dtype=float)), np.atleast_1d(np.asarray(latitudes, dtype=float)))
    return np.where(np.isfinite(x), x, np.nan), np.where(np.isfinite(y), y, np.nan)


def read(folder: Path) -> Territory:
    """Read and check every layer of `folder`; LayerError names the file, what is wrong and the command that rebuilds it."""
    stamp = stamp_folder(folder)
    layers = {name: layers_reader.read_layer(folder / f"{name}.parquet", what) for name, what in layer_rules.LAYERS.items()}
    tables = {name: layers_reader.read_table(folder / f"{name}.parquet", what) for name, what in layer_rules.TABLES.items()}
    light = {name: layers_reader.read_layer(folder / f"{name}_light.parquet", what) for name, what in layer_rules.LIGHT.items()}
    ground = {name: folder / f"{name}.parquet" for name in layer_rules.GROUND}
    found = {
        name: layers_reader.read_layer(path, layer_rules.GROUND[name]) for name, path in ground.items() if layers_reader.is_there(path)
    }
    outlines = {f"{name}_light": layer for name, layer in light.items()}
    for name, (fr, en) in layer_rules.find_gaps({**layers, **tables, **outlines, **found}):
        raise layers_reader.build_error(folder / f"{name}.parquet", fr, en)
    codes = folder / "official_codes.parquet"  # of a folder that was built before there was such a file, nothing less is asked
    more = {"official_codes": layers_reader.read_table(codes, layer_rules.OFFICIAL_CODES)} if layers_reader.is_there(codes) else {}
    return Territory(**layers, **tables, light=light, ground=found, stamp=stamp, **more)
