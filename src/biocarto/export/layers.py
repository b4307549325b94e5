"""The layers of geo/ in the formats of other programs; their own GeoParquet (EPSG:4326) is handed out as it is."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio

from biocarto.export.geofiles import GEOPACKAGE_VERSION
from biocarto.export.geopackage_notes import set_dates
from biocarto.export.table import DECIMALS

_DRIVERS: dict[str, dict[str, Any]] = {
    "geojson": {"driver": "GeoJSON", "layer_options": {"RFC7946": "YES", "COORDINATE_PRECISION": str(DECIMALS)}},
    "gpkg": {"driver": "GPKG", "dataset_options": {"VERSION": GEOPACKAGE_VERSION}},
}


def has_shapes(path: Path) -> bool:
    """Whether a file of geo/ is a layer, and not a table; raises OSError or ValueError where it cannot be read."""
    return b"geo" in (pq.read_schema(path).metadata or {})


def write_layer(path: Path, extension: str, made: date) -> bytes:
    """A layer as GeoJSON (RFC 7946) or GeoPackage, in EPSG:4326, with its code as a column; `made` is the file's date.

    The temporary file is removed. Raises OSError or ValueError where the layer cannot be read.
    """
    layer = gpd.read_parquet(path)
    rows = layer.reset_index() if layer.index.name else layer
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"{path.stem}.{extension}"
        pyogrio.write_dataframe(rows, target, layer=path.stem, **_DRIVERS[extension])
        if extension == "gpkg":
            set_dates(target, made)
        return target.read_bytes()
