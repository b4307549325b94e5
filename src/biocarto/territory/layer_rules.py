"""What every layer must hold, in one table: columns with their type and range, where it may lie, and what the layers owe each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from biocarto.model import ILE_DE_FRANCE, PARIS

Texts = tuple[str, str]
"""The same words in French and English."""


@dataclass(frozen=True)
class LayerColumn:
    """The cells of a column: `kind` is text, count, number or flag.

    `pattern` is for texts (without one, any that is not blank), `least` and `most` are for numbers.
    """

    kind: str
    pattern: str = ""
    least: float = 0
    most: float = 1e10
    optional: bool = False
    """Whether cells may be missing (an empty text, in a column of text)."""


_CODE = LayerColumn("text", "[0-9AB]{2,9}")
COLUMNS: Mapping[str, LayerColumn] = {
    "name": LayerColumn("text"),
    "name_fr": LayerColumn("text"),
    "name_en": LayerColumn("text"),
    "type": LayerColumn("text"),
    "point": LayerColumn("text", "town_hall|inside"),
    "region_code": LayerColumn("text", "[0-9]{2}"),
    "department_code": LayerColumn("text", "[0-9]{2,3}|2[AB]"),
    "commune_code": _CODE,
    "epci_code": _CODE,
    "ept_code": LayerColumn("text", "[0-9]{9}", optional=True),
    "intercommunality_code": _CODE,
    "postcodes": LayerColumn("text", "[0-9]{5}(;[0-9]{5})*", optional=True),
    "seat_code": _CODE,
    "mode": LayerColumn("text", "train|rer|metro|tram"),
    "modes": LayerColumn("text", "(metro|rer|train|tram)(;(metro|rer|train|tram))*"),
    "lines": LayerColumn("text"),
    "colour": LayerColumn("text", "#[0-9a-f]{6}"),
    "length_km": LayerColumn("number", least=0.1, most=3000),
    "area_km2": LayerColumn("number", most=2e7),
    "population": LayerColumn("count", most=2e9, optional=True),
    "population_year": LayerColumn("count", least=1990, most=2100, optional=True),
    "latitude": LayerColumn("number", least=-90, most=90),
    "longitude": LayerColumn("number", least=-180, most=180),
    "communes": LayerColumn("count", least=1, most=10_000),
    "communes_inside": LayerColumn("count", least=1, most=10_000),
    "partial": LayerColumn("flag"),
}
"""Columns of all layers: a name means the same everywhere."""

FRANCE, REGION, EARTH = (-63.5, -22.0, 56.5, 51.5), (1.3, 48.0, 3.7, 49.4), (-180.0, -90.0, 180.0, 90.0)
"""West, south, east, north in degrees: France with its overseas departments, Île-de-France, everything."""

_FACTS = ("name", "area_km2", "population", "population_year", "latitude", "longitude")


@dataclass(frozen=True)
class Layer:
    """One layer: its columns, those whose cells may be missing here, the fewest rows, the box it lies in, what its shapes are.

    `later` are columns that layers of before lack: they are checked where they stand.
    """

    columns: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    least: int = 1
    box: tuple[float, float, float, float] = FRANCE
    shapes: bool = True
    kind: str = "Polygon"
    later: tuple[str, ...] = ()


LAYERS: Mapping[str, Layer] = {
    "regions": Layer(_FACTS, least=13, later=("seat_code",)),
    "departments": Layer((*_FACTS, "region_code"), least=96, later=("seat_code",)),
    "epci": Layer((*_FACTS, "type", "epci_code", "department_code", "region_code", "partial"), frozenset({"department_code"}), box=REGION),
    "communes": Layer(
        (*_FACTS, "department_code", "region_code", "epci_code", "ept_code", "intercommunality_code", "point"), least=1000, box=REGION
    ),
    "arrondissements": Layer((*_FACTS, "commune_code", "department_code", "region_code", "point"), least=20, box=REGION),
    "countries": Layer((*_FACTS, "name_fr", "name_en"), frozenset({"population", "population_year"}), least=2, box=EARTH),
}
LIGHT: Mapping[str, Layer] = {
    "regions": Layer(("name",)),
    "communes": Layer(("name", "department_code", "intercommunality_code"), box=REGION),
    "arrondissements": Layer(("name",), box=REGION),
}
TABLES: Mapping[str, Layer] = {
    "points": Layer(
        ("name", "latitude", "longitude", "point", "department_code", "region_code", "population", "population_year"),
        least=30_000,
        shapes=False,
    ),
    "official_epci": Layer(("name", "type", "population", "population_year", "communes", "communes_inside"), shapes=False),
}
GROUND: Mapping[str, Layer] = {
    "rivers": Layer(("name", "length_km"), kind="LineString"),
    "rivers_ile_de_france": Layer(("name", "length_km"), box=REGION, kind="LineString"),
    "rail_lines": Layer(("name", "mode", "colour"), box=REGION, kind="LineString"),
    "stations": Layer(("name", "modes", "lines", "commune_code"), box=REGION, kind="Point"),
}
"""What a map draws beneath its data, where there is such a file: a region may have none."""
OFFICIAL_CODES = Layer(("name", "type", "commune_code", "postcodes"), frozenset({"name"}), shapes=False)


def find_problem(frame: pd.DataFrame, layer: Layer) -> Texts | None:
    """The first thing wrong with the cells of a layer that has all its columns; None where it can be used."""
    if not isinstance(frame.index.dtype, pd.StringDtype) and not all(isinstance(code, str) for code in frame.index):
        return "l'index « code » doit être du texte", "the index “code” must be text"
    if len(frame) < layer.least:
        return f"{len(frame)} lignes, au moins {layer.least} attendues", f"{len(frame)} rows, at least {layer.least} expected"
    for name in (*layer.columns, *(name for name in layer.later if name in frame.columns)):
        if found := _wrong_cells(frame[name], COLUMNS[name], COLUMNS[name].optional or name in layer.optional):
            return f"colonne « {name} » : {found[0]}", f"column “{name}”: {found[1]}"
    return _outside(frame, layer)


def _wrong_cells(cells: pd.Series, column: LayerColumn, optional: bool) -> Texts | None:
    fr, en, typed = _KINDS[column.kind]
    if not typed(cells):
        return f"{fr} attendu", f"{en} expected"
    missing = cells.isna() if column.kind != "text" else cells.isna() | cells.eq("")
    if missing.any() and not (optional and (column.kind != "text" or not cells.isna().any())):
        return f"valeurs absentes ({list_some(cells.index[missing])})", f"missing values ({list_some(cells.index[missing])})"
    wrong = ~_within(cells, column) & ~missing
    if wrong.any():
        codes, found = list_some(cells.index[wrong]), str(cells[wrong].iloc[0])[:40]
        return f"valeur impossible, comme « {found} » ({codes})", f"impossible value, like “{found}” ({codes})"
    return None


def _is_text(cells: pd.Series) -> bool:
    return isinstance(cells.dtype, pd.StringDtype) or all(isinstance(cell, str) for cell in cells.dropna())


def _is_count(cells: pd.Series) -> bool:
    return pd.api.types.is_integer_dtype(cells)


def _is_number(cells: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells)


_KINDS: Mapping[str, tuple[str, str, Callable[[pd.Series], bool]]] = {
    "text": ("un texte", "a text", _is_text),
    "count": ("un nombre entier", "a whole number", _is_count),
    "number": ("un nombre", "a number", _is_number),
    "flag": ("vrai ou faux", "true or false", pd.api.types.is_bool_dtype),
}
"""Kind -> its name in both languages, and the test of a column's type."""


def _within(cells: pd.Series, column: LayerColumn) -> pd.Series:
    """True for each cell of the right type that is in range; a missing one may be either."""
    if column.kind == "text":
        texts = cells.to_numpy(dtype=object)
        suits: Callable[[str], object] = re.compile(column.pattern).fullmatch if column.pattern else str.strip
        good = {text for text in set(texts) if isinstance(text, str) and suits(text)}
        return pd.Series([text in good for text in texts], index=cells.index, dtype=bool)
    if column.kind == "flag":
        return pd.Series(True, index=cells.index)
    numbers = cells.astype("Float64").astype(float)
    return pd.Series(np.isfinite(numbers) & numbers.between(column.least, column.most), index=cells.index)


_SHAPES = {"Polygon": ("contours", "outlines"), "LineString": ("tracés de lignes", "lines"), "Point": ("points", "points")}


def _outside(frame: pd.DataFrame, layer: Layer) -> Texts | None:
    """Points or shapes beyond the box of a layer: degrees that were swapped, or another country."""
    west, south, east, north = layer.box
    far = pd.Series(False, index=frame.index)
    if {"latitude", "longitude"} <= set(layer.columns):
        far = ~(frame["latitude"].between(south, north) & frame["longitude"].between(west, east))
    if isinstance(frame, gpd.GeoDataFrame):
        if not frame.geometry.geom_type.isin([layer.kind, f"Multi{layer.kind}"]).all():
            fr, en = _SHAPES[layer.kind]
            return f"des {fr} sont attendus, pas d'autres formes", f"{en} are expected, not other shapes"
        bounds = frame.geometry.bounds
        far |= (bounds["minx"] < west) | (bounds["miny"] < south) | (bounds["maxx"] > east) | (bounds["maxy"] > north)
    if not far.any():
        return None
    return (
        f"hors de {west:g}/{south:g}/{east:g}/{north:g} ({list_some(frame.index[far])})",
        f"outside {west:g}/{south:g}/{east:g}/{north:g} ({list_some(frame.index[far])})",
    )


def list_some(codes: pd.Index) -> str:
    """The first five codes, for a message."""
    shown = ", ".join(str(code) for code in codes[:5])
    return f"{shown}, …" if len(codes) > 5 else shown


# --- what the layers owe each other -----------------------------------------------------------------------------------

Frames = Mapping[str, pd.DataFrame]


def find_gaps(frames: Frames) -> Iterator[tuple[str, Texts]]:
    """The layer (name of its file) that lacks something which others have, and what; light layers are named `communes_light`."""
    for name, needed in _list_owed(frames):
        have = pd.Index(frames[name].index)
        missing, spare = needed.difference(have), have.difference(needed)
        if len(missing):
            yield (
                name,
                (
                    f"codes absents, que d'autres couches ont ({list_some(missing)})",
                    f"codes missing that other layers have ({list_some(missing)})",
                ),
            )
        elif len(spare) and name != "points":
            yield (
                name,
                (f"codes que les autres couches n'ont pas ({list_some(spare)})", f"codes that the other layers lack ({list_some(spare)})"),
            )
    yield from _sums(frames)
    yield from _find_strangers(frames)


def _list_owed(frames: Frames) -> Iterator[tuple[str, pd.Index]]:
    """Layer -> the codes that the others say it has."""
    points, communes, paris = frames["points"], frames["communes"], frames["arrondissements"].index
    own = points.index[points["region_code"].eq(ILE_DE_FRANCE)]
    yield "regions", pd.Index(points["region_code"].unique())
    yield "departments", pd.Index(points["department_code"].unique())
    yield "communes", own[~own.isin(paris)]
    yield "arrondissements", own[own.str.startswith("751")]
    yield "epci", pd.Index(communes["intercommunality_code"].unique())
    yield "official_epci", pd.Index(communes["epci_code"].unique()).drop(PARIS, errors="ignore")
    for name in LIGHT:
        yield f"{name}_light", frames[name].index


def _sums(frames: Frames) -> Iterator[tuple[str, Texts]]:
    """Inhabitants of the communes of France by department: a half of a table may have every department."""
    points, departments = frames["points"], frames["departments"]
    whole = points[~points.index.isin(frames["arrondissements"].index)].groupby("department_code")["population"].sum()
    known = departments["population"].reindex(whole.index)
    wrong = whole.index[known.notna() & (known != whole)]
    if len(wrong):
        yield (
            "points",
            (
                f"habitants d'un département qui ne font pas son total ({list_some(wrong)})",
                f"inhabitants do not add up to those of their department ({list_some(wrong)})",
            ),
        )


def _find_strangers(frames: Frames) -> Iterator[tuple[str, Texts]]:
    """Codes of communes that no layer has: of the seats of departments and regions, and of stations."""
    for name, column, known in (
        ("departments", "seat_code", "points"),
        ("regions", "seat_code", "points"),
        ("stations", "commune_code", "communes"),
    ):
        if name not in frames or column not in frames[name]:
            continue
        codes = frames[name][column]
        strange = codes.index[~codes.isin(frames[known].index)]
        if len(strange):
            yield name, (f"« {column} » inconnu ({list_some(strange)})", f"unknown “{column}” ({list_some(strange)})")
