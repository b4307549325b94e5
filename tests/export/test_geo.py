"""Points for maps and for geographic information systems."""

from __future__ import annotations

import io
import json
import tempfile
import xml.etree.ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest

from biocarto.export.columns import NAMES
from biocarto.export.geofiles import write_geopackage, write_geoparquet
from biocarto.export.geojson import write_geojson
from biocarto.export.table import build_table, flatten_table
from biocarto.model import KIND_LABELS, SYMBOLS
from biocarto.register.headers import translate_header
from tests.export.selections import LINK, a_row, a_selection, many

UNKNOWN = float("nan")


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """The same cells and types, whatever the library calls its kind of text."""
    integers = dict.fromkeys(("founded", "as_of", "owner_since", "status_year"), "Int64")
    cells = pd.DataFrame(found[list(NAMES)]).fillna({"siret": np.nan}).astype(integers)
    pd.testing.assert_frame_equal(cells, expected, check_dtype=False)
    assert [found[name].dtype.kind for name in ("latitude", "longitude")] == ["f", "f"]


def on_their_points(found: gpd.GeoDataFrame) -> None:
    """Longitude is x, latitude is y, in EPSG:4326."""
    assert found.crs.to_epsg() == 4326
    vague = found["precision"].eq("area")
    assert found.geometry.isna().equals(vague)
    assert found[["longitude", "latitude"]].isna().all(axis="columns").equals(vague)
    placed = found[~vague]
    assert placed.geometry.x.to_list() == placed["longitude"].to_list()
    assert placed.geometry.y.to_list() == placed["latitude"].to_list()


def test_the_register_comes_back_from_geojson(register) -> None:
    """Rows, types and points; lists are JSON arrays."""
    data = write_geojson(a_selection(frame=register.actors))
    found = gpd.read_file(io.BytesIO(data))
    on_their_points(found)
    same(found.assign(modalities=found["modalities"].map(tuple)), build_table(register.actors))


def test_geojson_follows_its_standard(register) -> None:
    """RFC 7946: no CRS, longitude first, at most six decimals; what the file says of itself stands beside the features."""
    content = json.loads(write_geojson(a_selection(frame=register.actors)), parse_float=str)
    assert set(content) == {"type", "metadata", "features"}
    assert content["type"] == "FeatureCollection"
    assert (content["metadata"]["rows"], content["metadata"]["link"]) == (len(register.actors), LINK)
    for feature in content["features"]:
        assert set(feature) == {"type", "geometry", "properties"}
        assert (feature["geometry"] is None) == (feature["properties"]["precision"] == "area")
        if feature["geometry"] is None:
            continue
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 1 < float(longitude) < 4
        assert 48 < float(latitude) < 50
        assert max(len(text.split(".")[1]) for text in (longitude, latitude)) <= 6


def test_the_register_comes_back_from_a_geopackage(register, tmp_path) -> None:
    """One layer of points with typed columns, and the provenance inside the file."""
    path = tmp_path / "found.gpkg"
    path.write_bytes(write_geopackage(a_selection(frame=register.actors)))
    info = pyogrio.read_info(path, layer="actors")
    assert pyogrio.list_layers(path).tolist() == [["actors", "Point"], ["layer_styles", None]]
    assert (info["features"], info["crs"], info["fields"].tolist()) == (len(register.actors), "EPSG:4326", list(NAMES))
    assert json.loads(info["dataset_metadata"]["link"]) == LINK
    found = gpd.read_file(path, layer="actors")
    on_their_points(found)
    same(found, flatten_table(build_table(register.actors)))


def test_the_register_comes_back_from_geoparquet(register) -> None:
    """Rows, types and points; lists stay lists."""
    data = write_geoparquet(a_selection(frame=register.actors))
    found = gpd.read_parquet(io.BytesIO(data))
    on_their_points(found)
    same(found.assign(modalities=found["modalities"].map(tuple)), build_table(register.actors))
    assert found.attrs["link"] == LINK


def test_geoparquet_declares_its_types() -> None:
    """Even without a row, a list of texts is one, a year is whole, and the CRS is told."""
    schema = pq.read_schema(io.BytesIO(write_geoparquet(a_selection())))
    geo = json.loads(schema.metadata[b"geo"])
    assert schema.field("modalities").type == pa.list_(pa.string())
    assert (schema.field("founded").type, schema.field("latitude").type) == (pa.int64(), pa.float64())
    assert schema.field("name").type == pa.string()
    assert geo["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 4326}


def test_a_geopackage_explains_itself(register, tmp_path) -> None:
    """A symbol per group in its colour and shape, a label and a meaning per column, the codes in words, licence and abstract."""
    path = tmp_path / "found.gpkg"
    selection = a_selection(frame=register.actors, lang="en")
    path.write_bytes(write_geopackage(selection))
    style = pyogrio.read_dataframe(path, layer="layer_styles").iloc[0]
    qml = ET.fromstring(style["styleQML"])
    drawn = {
        category.get("value"): (
            category.get("label"),
            qml.find(f".//symbol[@name='{category.get('symbol')}']//Option[@name='name']").get("value"),
            qml.find(f".//symbol[@name='{category.get('symbol')}']//Option[@name='color']").get("value"),
        )
        for category in qml.iter("category")
    }
    t = selection.text
    assert drawn == {s.key: (t(s.label), s.shape, ",".join(map(str, [*bytes.fromhex(s.colour[1:]), 255]))) for s in SYMBOLS}
    assert set(drawn) == set(register.actors["group"])
    assert style["useAsDefault"]
    columns = pyogrio.read_dataframe(path, sql="SELECT * FROM gpkg_data_columns")
    assert dict(zip(columns["column_name"], columns["title"], strict=True)) == {name: translate_header(name, t) for name in NAMES}
    codes = pyogrio.read_dataframe(path, sql="SELECT * FROM gpkg_data_column_constraints WHERE constraint_name = 'kind'")
    assert dict(zip(codes["value"], codes["description"], strict=True)) == {kind: t(label) for kind, label in KIND_LABELS.items()}
    metadata = pyogrio.read_info(path, layer="actors")["layer_metadata"]
    qmd = ET.fromstring(next(text for name, text in metadata.items() if name.startswith("GPKG_METADATA_ITEM")))
    assert metadata["IDENTIFIER"] == qmd.findtext("title") == selection.title
    assert (qmd.findtext("license"), metadata["DESCRIPTION"]) == (selection.licence, qmd.findtext("abstract"))
    assert LINK in metadata["DESCRIPTION"]


def test_an_empty_geopackage_has_its_columns(tmp_path) -> None:
    """Typed columns and a point geometry, no row."""
    path = tmp_path / "empty.gpkg"
    path.write_bytes(write_geopackage(a_selection()))
    info = pyogrio.read_info(path, layer="actors")
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert (info["features"], info["geometry_type"], list(types)) == (0, "Point", list(NAMES))
    assert (types["founded"], types["latitude"], types["name"]) == ("int64", "float64", "object")


@pytest.mark.parametrize("position", [(UNKNOWN, UNKNOWN), (48.6, UNKNOWN), (float("inf"), 2.4)])
def test_an_unknown_position_is_no_point(position, tmp_path) -> None:
    """Neither a point at zero nor a file that nobody can read."""
    selection = a_selection(a_row(latitude=position[0], longitude=position[1]), a_row(id="beta"))
    assert [feature["geometry"] is None for feature in json.loads(write_geojson(selection))["features"]] == [True, False]
    path = tmp_path / "found.gpkg"
    path.write_bytes(write_geopackage(selection))
    assert gpd.read_file(path, layer="actors").geometry.isna().to_list() == [True, False]
    assert gpd.read_parquet(io.BytesIO(write_geoparquet(selection))).geometry.isna().to_list() == [True, False]


def test_ten_thousand_points_come_back(monkeypatch, tmp_path) -> None:
    """In order, across the pieces that are appended."""
    monkeypatch.setattr("biocarto.export.geofiles._PIECE", 3_000)
    frame = many(10_000)
    path = tmp_path / "found.gpkg"
    path.write_bytes(write_geopackage(a_selection(frame=frame)))
    parquet = gpd.read_parquet(io.BytesIO(write_geoparquet(a_selection(frame=frame))))
    for found in (parquet, gpd.read_file(path, layer="actors"), gpd.read_file(io.BytesIO(write_geojson(a_selection(frame=frame))))):
        on_their_points(found)
        assert found["id"].to_list() == frame["id"].to_list()


def test_a_geopackage_leaves_no_file(monkeypatch, tmp_path) -> None:
    """The temporary folder is gone when the bytes are returned."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert write_geopackage(a_selection(a_row())).startswith(b"SQLite format 3")
    assert list(tmp_path.iterdir()) == []


def test_a_geopackage_has_a_version_that_every_gis_reads() -> None:
    """1.2, as the file itself says in its header (SQLite's user_version): GDAL 3.6 warns of newer ones."""
    assert int.from_bytes(write_geopackage(a_selection())[60:64], "big") == 10200
