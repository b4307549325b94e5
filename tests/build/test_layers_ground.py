"""The ground layers are made of four files of known content: names as people write them, nothing else accepted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from biocarto import cli
from biocarto.build import layers_ground
from biocarto.build.layers_sources import GroundSource
from biocarto.errors import AppError
from tests.support.register import layers


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("La Saone", "la Saône"),
        ("L'Isere", "l'Isère"),
        ("Le Rhone", "le Rhône"),
        ("La Sevre Nantaise", "la Sèvre Nantaise"),
        ("Gave De Pau", "le Gave de Pau"),
        ("Le Grand Morin", "le Grand Morin"),
    ],
)
def test_a_river_is_named_as_in_a_sentence(source: str, name: str) -> None:
    """Article in small letters, accents where the capitals of the source had none."""
    assert layers_ground.name_river(source) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Filles Du Calvaire", "Filles du Calvaire"),
        ("Porte de La Chapelle", "Porte de la Chapelle"),
        ("Esplanade de La Défense", "Esplanade de La Défense"),
        ("La Courneuve - 8 Mai 1945", "La Courneuve - 8 Mai 1945"),
    ],
)
def test_small_words_of_a_station_are_small(source: str, name: str) -> None:
    """What begins a name, or a place's own name, keeps its capital."""
    assert layers_ground.name_station(source) == name


def test_lines_say_what_they_are() -> None:
    """The line that the source files under RER is a train."""
    lines = [layers_ground.name_line(line) for line in ("METRO 3bis", "RER A", "TRAIN H", "TRAM 3a", "TER HAUTS-DE-FRANCE")]
    assert [name for name, _ in lines] == ["Métro 3bis", "RER A", "Transilien H", "Tram 3a", "TER Hauts-de-France"]
    assert [mode for _, mode in lines] == ["metro", "rer", "train", "tram", "train"]


def test_stations_beyond_the_region_stay_out() -> None:
    """A stop in Oise has no commune of ours; modes are parted one way, whatever the source does."""
    stations = gpd.GeoDataFrame(
        {
            "stop_area": [1, 2],
            "name": ["Villejuif", "Chantilly"],
            "modes": ["METRO;TRAM / RER / VAL", "TRAIN"],
            "lines": ["METRO 7 / TRAM 7", "TER"],
        },
        geometry=[shapely.Point(2.3665, 48.7920), shapely.Point(2.46, 49.19)],
        crs=4326,
    )
    found = layers_ground.build_stations(stations, layers())
    assert found[["name", "modes", "lines", "commune_code"]].to_numpy().tolist() == [
        ["Villejuif", "metro;rer;tram", "METRO 7;TRAM 7", "94076"]
    ]


def test_another_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is missing, and one that differs by a byte from what was checked, with what to do."""
    source = GroundSource("rivers_france.geojson", hashlib.sha256(b"{}").hexdigest())
    with pytest.raises(AppError, match=r"rivers_france\.geojson"):
        layers_ground.read_source(source, tmp_path)
    (tmp_path / source.file).write_bytes(b"{} ")
    with pytest.raises(AppError, match="SHA-256"):
        layers_ground.read_source(source, tmp_path)
    assert cli.main(["layers", "--ground", str(tmp_path)]) == 1
    assert "rivers_france.geojson" in capsys.readouterr().err
