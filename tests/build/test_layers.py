"""Building layers: sources are pinned, merged and split communes re-assembled, coverages kept, disputed shapes where France sees them."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from biocarto import cli
from biocarto.build import layers, layers_europe, layers_france, layers_mesh, layers_registry
from biocarto.build import layers_sources as sources
from biocarto.errors import LayerError

CONTENT = b"a package"


def a_source(**changes: str) -> sources.PackageSource:
    """A pinned package whose archive holds CONTENT."""
    return replace(sources.PackageSource("pip", "some-package", "1.0", "some_package.whl", sha256(CONTENT).hexdigest()), **changes)


def refuse_to_run(*_: object, **__: object) -> None:
    """Stands for a client that must not be called."""
    raise AssertionError("a client was called")


def test_source_at_hand_is_not_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of sources makes the build work without network."""
    monkeypatch.setattr(subprocess, "run", refuse_to_run)
    (tmp_path / "some_package.whl").write_bytes(CONTENT)
    assert sources.fetch(a_source(), tmp_path).read_bytes() == CONTENT


def test_altered_source_is_refused(tmp_path: Path) -> None:
    """Another content than the pinned one stops the build and says what to do."""
    (tmp_path / "some_package.whl").write_bytes(CONTENT + b"!")
    with pytest.raises(LayerError, match=r"not the expected file.*delete it"):
        sources.fetch(a_source(), tmp_path)


@pytest.mark.parametrize(
    ("client", "words"),
    [("pip", ["-m", "pip", "download", "--no-deps", "some-package==1.0"]), ("npm", ["pack", "some-package@1.0"])],
)
def test_source_is_fetched_by_its_ordinary_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: str, words: list[str]) -> None:
    """Package name and version go to pip or npm; no address of a registry is ours to name."""
    asked: list[str] = []

    def download(arguments: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.extend(arguments)
        (tmp_path / "some_package.whl").write_bytes(CONTENT)
        return subprocess.CompletedProcess(arguments, 0, "", "")

    monkeypatch.setattr(subprocess, "run", download)
    monkeypatch.setattr(sources, "_npm", lambda: "npm")
    sources.fetch(a_source(client=client), tmp_path)
    assert set(words) <= set(asked)
    assert not [word for word in asked if "://" in word]


def test_failed_download_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's own last words are in the message."""
    monkeypatch.setattr(subprocess, "run", lambda words, **_: subprocess.CompletedProcess(words, 1, "", "no network"))
    with pytest.raises(LayerError, match=r"pip could not download some-package 1\.0: no network"):
        sources.fetch(a_source(), tmp_path)


def row(code: str, kind: str, west: float, parent: str | None = None, width: float = 1.0) -> dict[str, object]:
    """A contour one degree high that begins at `west`."""
    return {"code": code, "type": kind, "id": f"{kind}{code}", "parent": parent, "contour": shapely.box(west, 46, west + width, 47)}


SOURCE = pd.DataFrame(
    [
        row("01001", "COM", 0),  # unchanged
        row("01002", "COM", 1),  # joined 01001 since
        row("01003", "COM", 2, width=2),  # split into 01003 and 01004 since
        row("01003", "COMD", 2, "COM01003"),
        row("01004", "COMD", 3, "COM01003"),
        row("01005", "COMD", 0, "COM01001"),  # a delegated commune that stays one
        row("75056", "COM", 4, width=2),
        row("75101", "ARM", 4),
        row("75102", "ARM", 5),
    ]
)
CURRENT = {"01001", "01003", "01004", "75056"}


def test_merged_and_split_communes_are_reassembled() -> None:
    """A former commune goes to the one it joined, a split one is replaced by its parts, Paris by its arrondissements."""
    pieces = layers_mesh.label_pieces(SOURCE, CURRENT, {"01002": "01001"})
    assert sorted(pieces.index) == ["01001", "01001", "01003", "01004", "75101", "75102"]
    assert shapely.area(pieces.to_numpy()).sum() == pytest.approx(6)
    assert pieces.loc["01003"].bounds == (2, 46, 3, 47)


@pytest.mark.parametrize(
    ("current", "former", "named"),
    [(CURRENT, {}, "01002"), (CURRENT | {"01099"}, {"01002": "01001"}, "01099")],
    ids=["contour of nobody", "commune without contour"],
)
def test_contour_and_commune_must_match(current: set[str], former: dict[str, str], named: str) -> None:
    """Nothing is dropped in silence: the code that has no counterpart is named."""
    with pytest.raises(LayerError, match=named):
        layers_mesh.label_pieces(SOURCE, current, former)


def test_mesh_closes_cracks_and_merges_pieces() -> None:
    """A crack of 100 m between two communes is closed, a hole of 5 km stays, two pieces of one commune become one shape."""
    left = shapely.box(0, 0, 20_000, 20_000).difference(shapely.box(5_000, 5_000, 10_000, 10_000))
    right = shapely.box(20_000, 0, 30_000, 20_000).difference(shapely.box(20_000, 5_000, 20_100, 15_000))
    parts = [left, right, shapely.box(0, 20_000, 30_000, 30_000)]
    shifted = [shapely.transform(part, lambda xy: xy + np.array([700_000, 6_600_000])) for part in parts]
    mesh = layers_mesh.mesh_pieces(gpd.GeoSeries(shifted, index=["a", "b", "a"], crs=2154), 2154)
    assert list(mesh.index) == ["a", "b"]
    assert shapely.coverage_is_valid(mesh.to_numpy())
    holes = shapely.coverage_union_all(mesh.to_numpy()).interiors
    assert [round(shapely.Polygon(hole).area / 1e6) for hole in holes] == [25]


def test_overseas_departments_have_their_legal_projection() -> None:
    """EPSG:2154 is for metropolitan France, Corsica included."""
    codes = ("75056", "2A004", "97105", "97209", "97302", "97411", "97608")
    assert [layers_mesh.find_projection(code) for code in codes] == [2154, 2154, 5490, 5490, 2972, 2975, 4471]


def a_wavy_pair() -> gpd.GeoSeries:
    """Two neighbours of 400 km² whose common border is a fine wave."""
    y = np.linspace(0, 20_000, 201)
    wave = np.column_stack([20_000 + 100 * np.sin(y / 300), y])
    left = shapely.Polygon([(0, 0), *wave, (0, 20_000)])
    return gpd.GeoSeries([left, shapely.box(0, 0, 40_000, 20_000).difference(left)], index=["a", "b"], crs=2154)


def test_simplification_keeps_the_shared_border() -> None:
    """Far fewer vertices, and still neither crack nor overlap."""
    before = a_wavy_pair()
    after = layers_mesh.simplify_layer(before, 1000)
    assert shapely.get_num_coordinates(after.to_numpy()).sum() < shapely.get_num_coordinates(before.to_numpy()).sum() / 5
    assert after.area.sum() == pytest.approx(before.area.sum())


def test_broken_coverage_is_not_simplified_in_silence() -> None:
    """Shapes that overlap are not a coverage: the build stops."""
    overlapping = gpd.GeoSeries([shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10)], index=["a", "b"], crs=2154)
    with pytest.raises(LayerError, match="breaks the coverage"):
        layers_mesh.simplify_layer(overlapping, 1)


def test_town_hall_outside_its_contour_is_not_used() -> None:
    """The point is the town hall where that lies inside, else a point that does, and says which."""
    contours = gpd.GeoSeries([shapely.box(0, 0, 1, 1)] * 3, index=["in", "out", "unknown"], crs=4326)
    halls = pd.Series({"in": shapely.Point(0.25, 0.25), "out": shapely.Point(2, 2)})
    points = layers_france._inside(contours, halls)
    assert list(points["point"]) == ["town_hall", "inside", "inside"]
    assert list(points["longitude"]) == [0.25, 0.5, 0.5]


def test_intercommunalities_are_a_partition() -> None:
    """Paris by itself, EPT inside Greater Paris, EPCI elsewhere."""
    communes = pd.DataFrame(
        {"epci_code": ["200054781", "200054781", "200056232"], "ept_code": ["", "200058014", ""]}, index=["75056", "94038", "91471"]
    )
    assert layers_registry.assign_epci(communes).to_dict() == {"75056": "75056", "94038": "200058014", "91471": "200056232"}


def test_country_that_crosses_the_antimeridian_is_cut() -> None:
    """The source draws Chukotka by jumping from 180° to -180°, which on a flat map is a band around the world."""
    jumping = shapely.Polygon([(170, 60), (-170, 60), (-170, 70), (170, 70)])
    cut = layers_europe._cut(jumping)
    assert sorted(part.bounds for part in cut.geoms) == [(-180, 60, -170, 70), (170, 60, 180, 70)]
    plain = shapely.box(0, 40, 10, 50)
    assert layers_europe._cut(plain) is plain


def test_europe_follows_france_on_disputed_shapes() -> None:
    """Crimea is Ukrainian, the north of Cyprus Cypriot, Kosovo has its code; other continents are left out."""
    world = gpd.GeoDataFrame(
        {"id": ["643", "804", "196", None, None, "840"], "name": ["Russia", "Ukraine", "Cyprus", "N. Cyprus", "Kosovo", "USA"]},
        geometry=[
            shapely.MultiPolygon([shapely.box(37, 50, 60, 60), shapely.box(33, 44.5, 36, 46)]),
            shapely.box(24, 47, 37, 50),
            shapely.box(32, 34, 34, 35),
            shapely.box(32, 35, 34, 35.5),
            shapely.box(20, 42, 21, 43),
            shapely.box(-120, 30, -80, 48),
        ],
        crs=4326,
    )
    codes = pd.DataFrame(
        {"number": ["643", "804", "196", "000", "840"], "continent": ["EU", "EU", "EU", "EU", "NA"]}, index=["RU", "UA", "CY", "XK", "US"]
    )
    found = layers_europe.cut_countries(world, codes)
    assert list(found.index) == ["CY", "RU", "UA", "XK"]
    assert found.geometry["UA"].contains(shapely.Point(34, 45))
    assert found.geometry["RU"].bounds == (37, 50, 60, 60)
    assert found.geometry["CY"].bounds == (32, 34, 34, 35.5)
    assert found.loc["XK", ["name", "name_fr", "name_en"]].tolist() == ["Kosovo"] * 3
    assert found.at["CY", "name_en"] == "Cyprus"
    assert found["population"].isna().all()


def test_area_of_a_degree_square_is_known() -> None:
    """On the WGS 84 ellipsoid, the square from the equator to 1° measures 12,309 km², whatever its ring's direction."""
    square = shapely.box(0, 0, 1, 1)
    assert layers_europe._area(square) == pytest.approx(12_309, abs=1)
    assert layers_europe._area(shapely.reverse(square)) == pytest.approx(12_309, abs=1)


def test_command_reports_an_error_without_a_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong --sources folder ends in one sentence and status 1, and geo/ is left alone."""
    assert cli.main(["layers", "--sources", str(tmp_path / "nowhere"), "--geo", str(tmp_path / "geo")]) == 1
    assert "nowhere is not a folder" in capsys.readouterr().err
    assert not (tmp_path / "geo").exists()


def test_unusable_result_does_not_replace_good_layers(tmp_path: Path) -> None:
    """What the app could not read is never written over what it can."""
    (tmp_path / "communes.parquet").write_bytes(b"good")
    with pytest.raises(LayerError):
        layers.write({"communes": pd.DataFrame({"name": ["Alpha"]})}, tmp_path)
    assert (tmp_path / "communes.parquet").read_bytes() == b"good"


def test_official_codes_name_what_a_commune_was() -> None:
    """Today's communes with their post codes, arrondissements and former communes with the commune that holds them today."""
    rows = [
        {"code": "69123", "nom": "Lyon", "type": "commune-actuelle", "anciensCodes": ["69232"], "codesPostaux": ["69001", "69007"]},
        {"code": "93066", "nom": "Saint-Denis", "type": "commune-actuelle", "anciensCodes": ["93059"], "codesPostaux": ["93200"]},
        {
            "code": "69387",
            "nom": "Lyon 7e Arrondissement",
            "type": "arrondissement-municipal",
            "commune": "69123",
            "codesPostaux": ["69007"],
        },
        {"code": "93059", "nom": "Pierrefitte-sur-Seine", "type": "commune-deleguee", "chefLieu": "93066"},
        {"code": "98411", "nom": "Îles", "type": "commune-actuelle"},
    ]
    found = layers_registry.list_official_codes(pd.DataFrame(rows))
    assert found.loc[["69123", "69232", "69387", "93059", "98411"]].to_numpy().tolist() == [
        ["", "commune", "69123", "69001;69007"],
        ["", "former", "69123", ""],
        ["Lyon 7e Arrondissement", "district", "69123", "69007"],
        ["Pierrefitte-sur-Seine", "former", "93066", ""],
        ["", "commune", "98411", ""],
    ]
