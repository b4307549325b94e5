"""Reads one layer file and vouches for it: present, readable, not empty, EPSG:4326, right columns, unique codes, valid shapes."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from biocarto.errors import LayerError

REMEDY_FR = "Reconstruisez les couches : python -m biocarto.build layers"
REMEDY_EN = "Rebuild the layers: python -m biocarto.build layers"


def problem(path: Path, fr: str, en: str) -> LayerError:
    """The error to raise about a layer file: which one, what is wrong, what to do."""
    return LayerError(f"{path.name} : {fr}. {REMEDY_FR}", f"{path.name}: {en}. {REMEDY_EN}")


def require_crs(layer: gpd.GeoDataFrame, epsg: int) -> gpd.GeoDataFrame:
    """Return the layer, or say which CRS it has instead (LayerError)."""
    if layer.crs is None or layer.crs.to_epsg() != epsg:
        found = layer.crs.to_string() if layer.crs else None
        raise LayerError(f"EPSG:{epsg} attendu, reçu : {found or 'aucun'}", f"EPSG:{epsg} expected, got: {found or 'none'}")
    return layer


def _opened(path: Path, *, shapes: bool) -> pd.DataFrame:
    if not path.is_file():
        raise problem(path, "fichier absent", "file missing")
    try:
        if shapes and b"geo" not in (ParquetFile(path).schema_arrow.metadata or {}):
            raise problem(path, "sans géométrie (GeoParquet attendu)", "no geometry (GeoParquet expected)")
        return gpd.read_parquet(path) if shapes else pd.read_parquet(path)
    except (OSError, ValueError, KeyError, ArrowException, shapely.errors.ShapelyError) as error:
        raise problem(path, f"fichier illisible ({type(error).__name__})", f"unreadable file ({type(error).__name__})") from error


def table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """A table without shapes, index = code; LayerError when it cannot be used."""
    return _checked(path, _opened(path, shapes=False), columns)


def layer(path: Path, columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    """A layer in EPSG:4326, index = code; LayerError when it cannot be used."""
    frame = _checked(path, _opened(path, shapes=True), columns)
    try:
        require_crs(frame, 4326)
    except LayerError as error:
        raise problem(path, error.fr, error.en) from error
    shapes = frame.geometry.to_numpy()
    broken = shapely.is_missing(shapes) | shapely.is_empty(shapes) | ~shapely.is_valid(shapes)
    if broken.any():
        codes = _some(frame.index[broken])
        raise problem(path, f"géométrie vide ou invalide ({codes})", f"empty or invalid geometry ({codes})")
    return frame


def _checked(path: Path, frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    if frame.empty:
        raise problem(path, "couche vide", "empty layer")
    if frame.index.name != "code":
        raise problem(path, "l'index « code » manque", "the index “code” is missing")
    lacking = [name for name in columns if name not in frame.columns]
    if lacking:
        raise problem(path, f"colonnes absentes : {', '.join(lacking)}", f"missing columns: {', '.join(lacking)}")
    if not frame.index.is_unique:
        codes = _some(frame.index[frame.index.duplicated()])
        raise problem(path, f"codes en double ({codes})", f"duplicate codes ({codes})")
    return frame


def _some(codes: pd.Index) -> str:
    shown = ", ".join(str(code) for code in codes[:5])
    return f"{shown}, …" if len(codes) > 5 else shown
