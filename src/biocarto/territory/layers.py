"""Reads one layer file and vouches for it: present, readable, EPSG:4326, unique codes, valid shapes, cells as `layer_rules` says."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import pandas as pd
import shapely
from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from biocarto.errors import LayerError, build_unreadable_error
from biocarto.territory.layer_rules import GROUND, Layer, find_problem, list_some

Frame = TypeVar("Frame", bound=pd.DataFrame)

REMEDY_FR = "Reconstruisez les couches : python -m biocarto layers"
REMEDY_EN = "Rebuild the layers: python -m biocarto layers"


def build_error(path: Path, fr: str, en: str) -> LayerError:
    """The error to raise about a layer file: which one, what is wrong, what to do."""
    fr_more, en_more = (" --ground DOSSIER", " --ground FOLDER") if path.stem in GROUND else ("", "")
    return LayerError(f"{path.name} : {fr}. {REMEDY_FR}{fr_more}", f"{path.name}: {en}. {REMEDY_EN}{en_more}")


def require_crs(layer: gpd.GeoDataFrame, epsg: int) -> gpd.GeoDataFrame:
    """Return the layer, or say which CRS it has instead (LayerError)."""
    if layer.crs is None or layer.crs.to_epsg() != epsg:
        found = layer.crs.to_string() if layer.crs else None
        raise LayerError(f"EPSG:{epsg} attendu, reçu : {found or 'aucun'}", f"EPSG:{epsg} expected, got: {found or 'none'}")
    return layer


def is_there(path: Path) -> bool:
    """Whether there is such a file; LayerError where this process may not look."""
    try:
        return path.is_file()
    except OSError as error:
        raise build_unreadable_error(path, "BIOCARTO_GEO", error) from error


def _open_layer(path: Path, *, shapes: bool) -> pd.DataFrame:
    if not is_there(path):
        raise build_error(path, f"fichier absent de {path.parent}", f"file missing from {path.parent}")
    try:
        if shapes and b"geo" not in (ParquetFile(path).schema_arrow.metadata or {}):
            raise build_error(path, "sans géométrie (GeoParquet attendu)", "no geometry (GeoParquet expected)")
        return gpd.read_parquet(path) if shapes else pd.read_parquet(path)
    except (OSError, ValueError, KeyError, ArrowException, shapely.errors.ShapelyError) as error:
        raise build_error(path, f"fichier illisible ({type(error).__name__})", f"unreadable file ({type(error).__name__})") from error


def read_table(path: Path, what: Layer) -> pd.DataFrame:
    """A table without shapes, index = code; LayerError when it cannot be used."""
    return _check_cells(path, _check_columns(path, _open_layer(path, shapes=False), what), what)


def read_layer(path: Path, what: Layer) -> gpd.GeoDataFrame:
    """A layer in EPSG:4326, index = code; LayerError when it cannot be used."""
    frame = _check_columns(path, _open_layer(path, shapes=True), what)
    try:
        require_crs(frame, 4326)
    except LayerError as error:
        raise build_error(path, error.fr, error.en) from error
    shapes = frame.geometry.to_numpy()
    broken = shapely.is_missing(shapes) | shapely.is_empty(shapes) | ~shapely.is_valid(shapes)
    if broken.any():
        codes = list_some(frame.index[broken])
        raise build_error(path, f"géométrie vide ou invalide ({codes})", f"empty or invalid geometry ({codes})")
    return _check_cells(path, frame, what)


def _check_columns(path: Path, frame: pd.DataFrame, what: Layer) -> pd.DataFrame:
    if frame.empty:
        raise build_error(path, "couche vide", "empty layer")
    if frame.index.name != "code":
        raise build_error(path, "l'index « code » manque", "the index “code” is missing")
    lacking = [name for name in what.columns if name not in frame.columns]
    if lacking:
        raise build_error(path, f"colonnes absentes : {', '.join(lacking)}", f"missing columns: {', '.join(lacking)}")
    if not frame.index.is_unique:
        codes = list_some(frame.index[frame.index.duplicated()])
        raise build_error(path, f"codes en double ({codes})", f"duplicate codes ({codes})")
    return frame


def _check_cells(path: Path, frame: Frame, what: Layer) -> Frame:
    """The layer itself, once its cells are what its table says."""
    if found := find_problem(frame, what):
        raise build_error(path, *found)
    return frame
