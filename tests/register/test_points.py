"""A point of an actor's own: it comes before its campus and its commune, lies in its commune, and is never said to be more than it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely

from biocarto.export import selection
from biocarto.export.csv import write_excel_csv, write_plain_csv
from biocarto.register import catalogue
from biocarto.register import tables as readers
from biocarto.register.sheets import restore_positions
from tests.support.points import EVRY, join_placed, place_actors
from tests.support.register import ROOT, joined, layers, tables


@pytest.mark.parametrize(("position", "site"), [("street", ""), ("in_street", ""), ("street", "genopole")])
def test_a_point_of_its_own_comes_first(position: str, site: str) -> None:
    """Before its campus and its commune; it is a place of its own on the map, named as the other would be."""
    actor = join_placed({**EVRY, "position": position, "site_id": site}).actors.iloc[0]
    assert (actor["latitude"], actor["longitude"], actor["precision"]) == (48.62317, 2.4391, position)
    assert actor["place_id"] == f"{position}-4862317-243910"
    assert actor["place_name"] == (joined().sites.at[site, "name"] if site else "Évry-Courcouronnes")


def test_a_point_in_paris_needs_no_arrondissement() -> None:
    """What no page says of the arrondissement, the point does not hide: the actor is on the map, in Paris."""
    cells = {"commune": "Paris", "commune_code": "75056", "latitude": 48.8566, "longitude": 2.3522, "position": "street"}
    actor = join_placed(cells).actors.iloc[0]
    assert (actor["latitude"], actor["precision"], actor["place_name"]) == (48.8566, "street", "Paris")


def test_actors_at_one_address_are_one_place() -> None:
    """Points that agree to a metre, of one precision: a random point of a street is no address."""
    places = join_placed(*({**EVRY, "position": position} for position in ("street", "street", "in_street"))).actors["place_id"]
    assert places.iloc[0] == places.iloc[1] != places.iloc[2]


@pytest.mark.parametrize(
    ("north", "is_told"), [(0.0, False), (0.0002, False), (0.0006, True)], ids=["on the border", "20 m outside", "60 m outside"]
)
def test_a_point_lies_in_its_commune(north: float, is_told: bool) -> None:
    """Thirty metres outside at most, as exact as outlines and points are; what is told names the commune where it lies."""
    corners = shapely.get_coordinates(layers().communes.geometry["91228"])
    longitude, latitude = corners[corners[:, 1].argmax()]
    point = {"latitude": round(float(latitude) + north, 5), "longitude": round(float(longitude), 5), "position": "street"}
    found = catalogue.find_issues(place_actors({**EVRY, **point}), layers())
    assert [(issue.table, issue.line, issue.column) for issue in found] == [("actors.csv", 2, "latitude")] * is_told
    assert all("a point of the commune 91228; this one is in the commune" in issue.expected_en for issue in found)


def test_tables_of_before_have_no_points() -> None:
    """An edition whose description has no such columns is joined as it was."""
    before = replace(tables(), actors=tables().actors.drop(columns=["latitude", "longitude"]))
    assert catalogue.find_issues(before, layers()) == []
    pd.testing.assert_series_equal(catalogue.build(before, layers()).actors["latitude"], joined().actors["latitude"])


@pytest.mark.parametrize("column", ["precision", "position"])
def test_an_export_comes_back_with_points_of_its_own_alone(column: str) -> None:
    """The export tells where each row stands; the point of a campus or of a commune is none of the actor's."""
    told = {column: ["street", "in_street", "campus", "commune", "area"], "site_id": ["", "genopole", "genopole", "", ""]}
    points = {"latitude": ["48.6", "48.7", "48.8", "48.9", ""], "longitude": ["2.1", "2.2", "2.3", "2.4", ""]}
    back = restore_positions(pd.DataFrame(told | points))
    assert list(back["position"]) == ["street", "in_street", "campus", "commune", "commune"]
    assert list(back["latitude"]) == ["48.6", "48.7", "", "", ""]
    assert list(back["longitude"]) == ["2.1", "2.2", "", "", ""]


@pytest.mark.parametrize(("write", "lang"), [(write_excel_csv, "fr"), (write_excel_csv, "en"), (write_plain_csv, "fr")])
def test_an_export_with_points_comes_back(tmp_path: Path, write: Callable[..., bytes], lang: str) -> None:
    """Whole: what an actor has of its own is there again, and nothing that the export has told of a campus or a commune."""
    actors = tables().actors.copy()
    here = actors.index[actors["commune_code"].eq("91228")][:3]
    actors.loc[here, "position"] = ["street", "in_street", "street"]
    actors.loc[here, ["latitude", "longitude"]] = [[48.62317, 2.4391], [48.62413, 2.44], [48.62317, 2.4391]]
    register = catalogue.build(replace(tables(), actors=actors), layers())
    about = register.resources["actors"]
    made = selection.build_selection(register.actors, filters=[], link="", made=date(2026, 11, 28), about=about, described={}, lang=lang)
    shutil.copytree(ROOT / "data", tmp_path, dirs_exist_ok=True)
    (tmp_path / "actors.csv").write_bytes(write(made))
    pd.testing.assert_frame_equal(readers.read(tmp_path).actors, actors, check_like=True)
