"""Makes the ground layers of the maps (rivers, rail lines, stations) from a folder of four GeoJSON files, which no package gives.

Each file is that of a SHA-256 written here; where they come from stands in geo/README.md.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from biocarto.build.layers_sources import GROUND_FILES, GroundSource
from biocarto.errors import LayerError, build_unreadable_error
from biocarto.names import fold
from biocarto.territory.territory import Territory, to_metres

ACCENTS = {
    "Ariege": "Ariège",
    "Armancon": "Armançon",
    "Baise": "Baïse",
    "Herault": "Hérault",
    "Isere": "Isère",
    "Rhone": "Rhône",
    "Saone": "Saône",
    "Sevre": "Sèvre",
    "Truyere": "Truyère",
    "Vezere": "Vézère",
}
"""Words that the source, all capitals, wrote without their accents."""
BESIDE = 8_000
"""Metres around the region where rail lines end."""
MODES = {"TRAIN": "train", "RER": "rer", "METRO": "metro", "TRAMWAY": "tram", "TRAM": "tram"}
_OTHER_LINES = {"TER HAUTS-DE-FRANCE": ("TER Hauts-de-France", "train")}
"""A line that the source files under RER."""
_LINES = {"METRO": "Métro", "TRAM": "Tram", "TRAIN": "Transilien"}
_SMALL_WORDS = re.compile(r"(?<=\w )(?:Du|De|Des)(?= )|(?<=\bPorte de )La\b")


def read_source(source: GroundSource, folder: Path) -> gpd.GeoDataFrame:
    """One of the four files; LayerError where it is absent or another one than was checked."""
    path = folder / source.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise build_unreadable_error(path, "--ground", error) from error
    found = hashlib.sha256(content).hexdigest()
    if found != source.sha256:
        raise LayerError(
            f"{path.name} n'est pas le fichier attendu (SHA-256 {found}, attendu {source.sha256}) : voyez geo/README.md.",
            f"{path.name} is not the expected file (SHA-256 {found}, expected {source.sha256}): see geo/README.md.",
        )
    return gpd.read_file(path)


def name_river(name: str) -> str:
    """The name of a river with its article, as in a sentence: `La Saone` -> `la Saône`, `Gave De Pau` -> `le Gave de Pau`."""
    words = [ACCENTS.get(word, "de" if word == "De" else word) for word in re.split(r"(?<=')| ", name)]
    article = words[0].lower() if words[0] in {"La", "Le", "L'"} else "le"
    rest = words[1:] if words[0] in {"La", "Le", "L'"} else words
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{' '.join(rest)}"


def name_line(line: str) -> tuple[str, str]:
    """A line as people say it, and its mode: `METRO 3bis` -> (`Métro 3bis`, `metro`)."""
    if line in _OTHER_LINES:
        return _OTHER_LINES[line]
    mode, _, number = line.partition(" ")
    return f"{_LINES.get(mode, mode)} {number}", MODES[mode]


def name_station(name: str) -> str:
    """A station with its small words small: `Filles Du Calvaire` -> `Filles du Calvaire`."""
    return _SMALL_WORDS.sub(lambda found: found[0].lower(), name)


def _make_code(name: str) -> str:
    return fold(name).replace(" ", "-")


def build_rivers(rivers: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rivers by name, each line as long as its pieces allow; `length_km` is that of the simplified line."""
    names = [name_river(name) for name in rivers["name"]]
    lines = [shapely.line_merge(shape) for shape in rivers.geometry]
    lengths = (to_metres(rivers).length / 1000).round(1).to_numpy()
    codes = pd.Index([_make_code(name) for name in names], name="code", dtype="str")
    return gpd.GeoDataFrame({"name": names, "length_km": lengths}, geometry=lines, index=codes, crs=4326).sort_index()


def build_rail_lines(lines: gpd.GeoDataFrame, region: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Rail lines as far as 8 km beyond the region: name, mode, colour."""
    around = region.to_crs(2154).buffer(BESIDE).to_crs(4326).union_all()
    named = [name_line(line) for line in lines["line"]]
    cut = [shapely.line_merge(shapely.intersection(shape, around)) for shape in lines.geometry]
    facts = {
        "name": [name for name, _ in named],
        "mode": [mode for _, mode in named],
        "colour": [f"#{colour}" for colour in lines["colour"]],
    }
    codes = pd.Index([_make_code(name) for name, _ in named], name="code", dtype="str")
    return gpd.GeoDataFrame(facts, geometry=cut, index=codes, crs=4326).sort_index()


def _split(cell: str) -> list[str]:
    return [part.strip() for part in re.split("[/;]", cell)]


def build_stations(stations: gpd.GeoDataFrame, territory: Territory) -> gpd.GeoDataFrame:
    """Stations in the communes of the region: name, modes and lines (parted by semicolons), commune."""
    communes = [territory.locate(point.y, point.x) or "" for point in stations.geometry]
    modes = [";".join(sorted({MODES[mode] for mode in _split(cell) if mode in MODES})) for cell in stations["modes"]]
    facts = {
        "name": [name_station(name) for name in stations["name"]],
        "modes": modes,
        "lines": [";".join(dict.fromkeys(_split(cell))) for cell in stations["lines"]],
        "commune_code": communes,
    }
    codes = pd.Index(stations["stop_area"].astype(str), name="code", dtype="str")
    frame = gpd.GeoDataFrame(facts, geometry=stations.geometry.to_numpy(), index=codes, crs=4326)
    return frame[frame["commune_code"] != ""].sort_index()


def build(folder: Path, territory: Territory) -> dict[str, gpd.GeoDataFrame]:
    """The four ground layers by file name; LayerError says which file cannot be used."""
    found = {name: read_source(source, folder) for name, source in GROUND_FILES.items()}
    return {
        "rivers": build_rivers(found["rivers"]),
        "rivers_ile_de_france": build_rivers(found["rivers_ile_de_france"]),
        "rail_lines": build_rail_lines(found["rail_lines"], territory.communes.geometry),
        "stations": build_stations(found["stations"], territory),
    }
