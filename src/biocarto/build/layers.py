"""Rebuilds geo/ from the official sources: download, measure, simplify, check, write."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

from biocarto.build import layers_europe, layers_france, layers_ground, layers_mesh, layers_registry
from biocarto.build import layers_sources as sources
from biocarto.build.layers_france import France
from biocarto.errors import LayerError
from biocarto.territory import territory

Layers = dict[str, gpd.GeoDataFrame | pd.DataFrame]


def _town_halls(folder: Path) -> pd.Series:
    """Code -> point (EPSG:4326) of the town halls of communes and arrondissements, where known."""
    table = sources.read_communes(sources.fetch(sources.TOWN_HALLS, folder), sources.TOWN_HALL_COLUMNS)
    known = table[table["type"].isin(["COM", "ARM"]) & table["town_hall"].notna()]
    return known.set_index("code")["town_hall"]


def _france(folder: Path) -> France:
    registry = layers_registry.read(sources.fetch(sources.REGISTRY, folder))
    table = sources.read_communes(sources.fetch(sources.CONTOURS, folder), sources.CONTOUR_COLUMNS)
    pieces = layers_mesh.label_pieces(table, set(registry.communes.index), registry.former)
    return layers_france.survey_communes(registry, layers_mesh.mesh_france(pieces), _town_halls(folder))


def build(folder: Path) -> Layers:
    """Every layer by file name, from the packages in `folder` (downloaded there when absent)."""
    france = _france(folder)
    world = sources.read_countries(sources.fetch(sources.WORLD, folder))
    codes = sources.read_country_codes(sources.fetch(sources.COUNTRY_CODES, folder))
    return {
        **layers_france.build_national(france),
        **layers_france.build_ile_de_france(france),
        "points": layers_france.list_points(france),
        "official_epci": layers_registry.list_official_epci(france.registry),
        "official_codes": layers_registry.list_official_codes(
            sources.read_registry_table(sources.fetch(sources.REGISTRY, folder), "communes")
        ),
        "countries": layers_europe.cut_countries(world, codes),
    }


def write(layers: Layers, geo: Path) -> int:
    """Read the layers back as the app does, and only then replace those in `geo`; the size of the folder's layers in bytes."""
    with tempfile.TemporaryDirectory() as temporary:
        draft = Path(temporary)
        for name, layer in layers.items():
            layer.to_parquet(draft / f"{name}.parquet", compression="zstd")
        territory.read(draft)
        shutil.copytree(draft, geo, dirs_exist_ok=True)
    return sum(path.stat().st_size for path in geo.glob("*.parquet"))


def add_ground(sources: Path, geo: Path) -> None:
    """Make the ground layers (rivers, rail, stations) anew beside the others of `geo`, which stay; LayerError where it fails."""
    ground = layers_ground.build(sources, territory.read(geo))
    with tempfile.TemporaryDirectory() as temporary:
        draft = Path(shutil.copytree(geo, Path(temporary) / "geo"))
        for name, layer in ground.items():
            layer.to_parquet(draft / f"{name}.parquet", compression="zstd")
        territory.read(draft)
        for name in ground:
            shutil.copyfile(draft / f"{name}.parquet", geo / f"{name}.parquet")
    for name, layer in ground.items():
        print(f"{name:22} {len(layer):6} rows")


def main(folder: Path | None, geo: Path) -> None:
    """Build and write all layers, keeping the downloads in `folder` (None: a temporary one); LayerError says what went wrong."""
    if folder is not None and not folder.is_dir():
        raise LayerError(f"--sources : {folder} n'est pas un dossier.", f"--sources: {folder} is not a folder.")
    with tempfile.TemporaryDirectory() as temporary:
        layers = build(folder or Path(temporary))
    size = write(layers, geo)
    for name, layer in layers.items():
        print(f"{name:22} {len(layer):6} rows")
    print(f"{geo}: {size / 1e6:.2f} MB")
