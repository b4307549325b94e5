"""Territory: reading refuses what cannot be used and says why; names, points and parents find their commune."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from biocarto.errors import DataError, LayerError
from biocarto.model import Level
from biocarto.names import fold
from biocarto.territory import territory
from biocarto.territory.territory import Parents, Territory

GEO = Path(__file__).resolve().parents[2] / "geo"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the committed layers, for a test to spoil."""
    return Path(shutil.copytree(GEO, tmp_path / "geo"))


@pytest.fixture(scope="module")
def real() -> Territory:
    """The committed layers."""
    return territory.read(GEO)


def _rewritten(change: Callable[[gpd.GeoDataFrame], pd.DataFrame]) -> Callable[[Path], object]:
    return lambda path: change(gpd.read_parquet(path)).to_parquet(path)


def _with(column: str, value: object, code: str = "91228") -> Callable[[Path], object]:
    """One cell of a layer changed."""

    def change(frame: gpd.GeoDataFrame) -> pd.DataFrame:
        cells = [value if row == code else cell for row, cell in zip(frame.index, frame[column], strict=True)]
        if column == "geometry":
            return frame.set_geometry(gpd.GeoSeries(cells, index=frame.index, crs=4326))
        return frame.assign(**{column: cells})

    return _rewritten(change)


BREAKAGES = {
    "missing": (lambda path: path.unlink(), "absent", "missing"),
    "empty file": (lambda path: path.write_bytes(b""), "illisible", "unreadable"),
    "not parquet": (lambda path: path.write_bytes(b"<html>404</html>"), "illisible", "unreadable"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:-200]), "illisible", "unreadable"),
    "no rows": (_rewritten(lambda f: f.iloc[:0]), "couche vide", "empty layer"),
    "metres": (_rewritten(lambda f: f.to_crs(2154)), "reçu : EPSG:2154", "got: EPSG:2154"),
    "no crs": (_rewritten(lambda f: f.set_crs(None, allow_override=True)), "reçu : aucun", "got: none"),
    "column lacking": (_rewritten(lambda f: f.drop(columns="epci_code")), "absentes : epci_code", "missing columns: epci_code"),
    "duplicate": (_rewritten(lambda f: pd.concat([f, f.loc[["91228"]]])), "en double (91228)", "duplicate codes (91228)"),
    "no code": (_rewritten(lambda f: f.reset_index(drop=True)), "« code » manque", "“code” is missing"),
    "bow tie": (
        _with("geometry", shapely.from_wkt("POLYGON ((2 48, 3 49, 3 48, 2 49, 2 48))")),
        "invalide (91228)",
        "invalid geometry (91228)",
    ),
    "no shape": (_with("geometry", None), "géométrie vide", "empty or invalid"),
    # types, and what may be missing
    "population as text": (
        _rewritten(lambda f: f.astype({"population": str})),
        "« population » : un nombre entier",
        "“population”: a whole number",
    ),
    "population with decimals": (
        _rewritten(lambda f: f.astype({"population": float})),
        "un nombre entier attendu",
        "a whole number expected",
    ),
    "code as a number": (_rewritten(lambda f: f.astype({"region_code": int})), "« region_code » : un texte", "“region_code”: a text"),
    "codes as numbers": (
        _rewritten(lambda f: f.set_index(f.index.astype(int).rename("code"))),
        "« code » doit être du texte",
        "must be text",
    ),
    "name that is missing": (_with("name", None), "valeurs absentes (91228)", "missing values (91228)"),
    "name of blanks": (_with("name", "  "), "valeur impossible", "impossible value"),
    "department of another kind": (_with("department_code", "Essonne"), "« Essonne » (91228)", "“Essonne” (91228)"),
    # range and bounds
    "people below nothing": (_rewritten(lambda f: f.assign(population=f["population"] - 100)), "valeur impossible", "impossible value"),
    "area without end": (_rewritten(lambda f: f.assign(area_km2=float("inf"))), "valeur impossible", "impossible value"),
    "swapped degrees": (_rewritten(lambda f: f.rename(columns={"latitude": "longitude", "longitude": "latitude"})), "hors de", "outside"),
    "an outline far away": (
        _with("geometry", shapely.box(12, 41, 13, 42)),
        "hors de 1.3/48/3.7/49.4 (91228)",
        "outside 1.3/48/3.7/49.4 (91228)",
    ),
    "a point for an outline": (_with("geometry", shapely.Point(2.4, 48.6)), "des contours sont attendus", "outlines are expected"),
    # completeness
    "few rows": (_rewritten(lambda f: f.iloc[:600]), "au moins 1000", "at least 1000"),
    "a commune less": (_rewritten(lambda f: f.drop(index="91228")), "que d'autres couches ont (91228)", "other layers have (91228)"),
    "a commune more": (
        _rewritten(lambda f: pd.concat([f, f.loc[["91228"]].rename(index={"91228": "91999"})])),
        "que les autres couches n'ont pas (91999)",
        "that the other layers lack (91999)",
    ),
    "plain table": (_rewritten(lambda f: pd.DataFrame(f.drop(columns="geometry"))), "sans géométrie", "no geometry"),
}


@pytest.mark.parametrize(("harm", "french", "english"), BREAKAGES.values(), ids=BREAKAGES.keys())
def test_unusable_layer_is_refused_with_file_cause_and_remedy(
    folder: Path, harm: Callable[[Path], object], french: str, english: str
) -> None:
    """Both languages name the file, what is wrong with it and the command that rebuilds it."""
    harm(folder / "communes.parquet")
    with pytest.raises(LayerError) as caught:
        territory.read(folder)
    for lang, cause in (("fr", french), ("en", english)):
        text = caught.value.message(lang)
        assert text.startswith("communes.parquet")
        assert cause in text
        assert "python -m biocarto layers" in text


@pytest.mark.parametrize("file", ["points.parquet", "official_epci.parquet", "regions_light.parquet"])
def test_every_file_is_checked(folder: Path, file: str) -> None:
    """Tables without shapes and light outlines are refused like the main layers."""
    (folder / file).write_bytes(b"PAR1")
    with pytest.raises(LayerError, match=file):
        territory.read(folder)


GAPS: dict[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame], str]] = {
    "departments without Essonne": ("departments", lambda f: f.drop(index="91"), "codes missing that other layers have (91)"),
    "half of the light communes": ("communes_light", lambda f: f.iloc[:633], "codes missing that other layers have"),
    "regions without one": ("regions", lambda f: f.drop(index="94"), "codes missing that other layers have (94)"),
    "an EPT that is gone": ("epci", lambda f: f.drop(index="200058014"), "codes missing that other layers have (200058014)"),
    "an arrondissement less": ("arrondissements_light", lambda f: f.drop(index="75113"), "codes missing that other layers have (75113)"),
    "points that lost a commune": ("points", lambda f: f.drop(index="69123"), "do not add up to those of their department (69)"),
    "a year as text": ("official_epci", lambda f: f.astype({"population_year": str}), "a whole number expected"),
    "a name of no country": ("countries", lambda f: f.assign(name_en=None), "missing values"),
    "a river that is a point": (
        "rivers",
        lambda f: f.set_geometry(f.geometry.representative_point()),
        "lines are expected, not other shapes",
    ),
    "rivers of elsewhere": ("rivers_ile_de_france", lambda f: f.set_geometry(f.geometry.translate(5, 0)), "outside 1.3/48/3.7/49.4"),
    "a river without a length": ("rivers", lambda f: f.assign(length_km=float("nan")), "missing values"),
    "a line of another mode": ("rail_lines", lambda f: f.assign(mode="boat"), "impossible value, like “boat”"),
    "a colour that is a word": ("rail_lines", lambda f: f.assign(colour="red"), "impossible value, like “red”"),
    "stations that are lines": (
        "stations",
        lambda f: f.set_geometry([shapely.LineString([(2, 48.5), (2, 48.6)])] * len(f)),
        "points are expected",
    ),
    "a station of no commune": ("stations", lambda f: f.assign(commune_code="91999"), "unknown “commune_code”"),
    "a station without a mode": ("stations", lambda f: f.assign(modes=""), "missing values"),
    "a seat that is no commune": ("departments", lambda f: f.assign(seat_code="91999"), "unknown “seat_code”"),
    "a code that is none": ("official_codes", lambda f: f.assign(postcodes="91"), "impossible value, like “91”"),
}


@pytest.mark.parametrize("gap", GAPS)
def test_a_layer_that_lacks_something_is_refused(folder: Path, gap: str) -> None:
    """Every layer and table, held against its own description and against the others."""
    name, change, told = GAPS[gap]
    path = folder / f"{name}.parquet"
    read = pd.read_parquet if name in {"points", "official_epci", "official_codes"} else gpd.read_parquet
    change(read(path)).to_parquet(path)
    with pytest.raises(LayerError) as caught:
        territory.read(folder)
    assert caught.value.message("en").startswith(f"{name}.parquet: ")
    assert told in caught.value.message("en")


def test_layers_of_before_the_official_codes_are_read(folder: Path) -> None:
    """A folder that was built earlier lacks one file, and nothing that was asked of it then."""
    (folder / "official_codes.parquet").unlink()
    assert territory.read(folder).official_codes.empty


def test_a_region_without_rivers_and_rail_is_read(folder: Path) -> None:
    """The ground is optional, each of its layers by itself; older departments have no seat."""
    for name in ("rivers", "rivers_ile_de_france", "stations"):
        (folder / f"{name}.parquet").unlink()
    gpd.read_parquet(folder / "departments.parquet").drop(columns="seat_code").to_parquet(folder / "departments.parquet")
    assert set(territory.read(folder).ground) == {"rail_lines"}


def test_a_folder_of_layers_that_may_not_be_entered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder and its setting are named, and that it is a matter of rights."""

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(DataError) as caught:
        territory.read(folder)
    assert all(part in caught.value.message("en") for part in (str(folder), "BIOCARTO_GEO", "may not read"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Évry-Courcouronnes", "91228"),
        ("EVRY COURCOURONNES", "91228"),
        ("  évry – courcouronnes ", "91228"),
        ("L'Haÿ-les-Roses", "94038"),
        ("L’HAY LES ROSES", "94038"),
        ("hay les roses", "94038"),
        ("Saint-Denis", "93066"),
        ("St Denis", "93066"),
        ("Ste-Geneviève-des-Bois", "91549"),
        ("kremlin bicetre", "94043"),
        ("Marolles-en-Brie (94)", "94048"),
        ("marolles en brie (77)", "77278"),
        ("Paris", "75056"),
        ("Paris (75)", "75056"),
        ("Paris 5e", "75105"),
        ("PARIS 05", "75105"),
        ("Paris 1er arrondissement", "75101"),
        ("Paris 16ème", "75116"),
        ("75005", "75105"),
        ("75116", "75116"),
        ("91228", "91228"),
    ],
)
def test_commune_is_found_however_it_is_typed(real: Territory, typed: str, code: str) -> None:
    """Accents, case, hyphens, apostrophes, saints, articles, arrondissements and codes."""
    assert real.find(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "Lyon", "Marolles-en-Brie", "Paris 21e", "Paris 0", "75021", "75099", "750²5", "00000", "Marolles-en-Brie (91)"]
)
def test_unknown_or_ambiguous_name_is_not_guessed(real: Territory, typed: str) -> None:
    """Two communes of one name, a place elsewhere and a number that no arrondissement has give nothing."""
    assert real.find(typed) is None


def test_ligatures_fold() -> None:
    """Œ and oe, St and saint compare equal; a word that merely begins with st does not change."""
    assert fold("Œuilly-St-Étienne") == fold("oeuilly saint etienne")
    assert fold("Stains") == "stains"


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ((48.85341, 2.34880), "75056"),
        ((48.62362, 2.43933), "91228"),
        ((48.9660, 2.3630), "93066"),
        ((45.76, 4.84), None),
        ((0.0, 0.0), None),
    ],
    ids=["notre-dame", "genopole", "former pierrefitte", "lyon", "null island"],
)
def test_point_is_located(real: Territory, point: tuple[float, float], code: str | None) -> None:
    """A point gives its commune, Paris as a whole; outside Île-de-France nothing."""
    assert real.locate(*point) == code


@pytest.mark.parametrize(
    ("code", "parents"),
    [
        ("91228", Parents("91228", "200059228", "91", "11")),
        ("94038", Parents("94038", "200058014", "94", "11")),
        ("75056", Parents("75056", "75056", "75", "11")),
        ("75105", Parents("75056", "75056", "75", "11")),
        ("69123", Parents("69123", "", "69", "84")),
    ],
    ids=["epci", "ept", "paris", "arrondissement", "elsewhere"],
)
def test_parents(real: Territory, code: str, parents: Parents) -> None:
    """EPCI outside Greater Paris, EPT inside it, the city itself for Paris; no intercommunality outside Île-de-France."""
    assert real.find_parents(code) == parents


def test_parents_of_unknown_code_is_an_error(real: Territory) -> None:
    """A code that no layer knows is the caller's mistake."""
    with pytest.raises(KeyError):
        real.find_parents("99999")


def test_every_level_has_its_layer(real: Territory) -> None:
    """The number of rows tells the layers apart."""
    sizes = {level: len(real.get_layer(level)) for level in Level if level is not Level.COUNTRY}
    assert sizes == {Level.REGION: 18, Level.DEPARTMENT: 101, Level.EPCI: 63, Level.COMMUNE: 1266}
    assert "FR" in real.get_layer(Level.COUNTRY).index


def test_metres_come_from_degrees_only() -> None:
    """A tenth of a degree of latitude is 11.1 km in EPSG:2154; a layer already in metres is refused."""
    flat = territory.to_metres(gpd.GeoDataFrame(geometry=[shapely.box(2.0, 48.0, 2.1, 48.1)], crs=4326))
    _, south, _, north = flat.total_bounds
    assert north - south == pytest.approx(11_120, rel=0.02)
    with pytest.raises(LayerError, match="EPSG:4326 expected, got: EPSG:2154"):
        territory.to_metres(flat)


def test_points_become_metres_as_layers_do() -> None:
    """One or many points of degrees, the same metres as a layer that is projected."""
    latitudes, longitudes = [48.8566, 43.2965], [2.3522, 5.3698]
    layer = territory.to_metres(gpd.GeoDataFrame(geometry=gpd.points_from_xy(longitudes, latitudes, crs=4326)))
    x, y = territory.project_points(latitudes, longitudes)
    assert [*x, *y] == pytest.approx([*layer.geometry.x, *layer.geometry.y])
    assert territory.project_points(48.8566, 2.3522) == (x[:1], y[:1])
