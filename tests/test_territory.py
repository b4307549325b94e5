"""Territory: reading refuses what cannot be used and says why; names, points and parents find their commune."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from biocarto import territory
from biocarto.errors import LayerError
from biocarto.model import Level
from biocarto.territory import Parents, Territory, fold

GEO = Path(__file__).resolve().parents[1] / "geo"
SQUARE = shapely.box(2.0, 48.0, 2.1, 48.1)
TEXTS = {
    "name", "type", "epci_code", "department_code", "region_code", "ept_code",
    "intercommunality_code", "commune_code", "point", "name_fr", "name_en",
}  # fmt: skip


def a_layer(columns: tuple[str, ...], *, shapes: bool = True) -> pd.DataFrame:
    """One valid row with every column asked for; a square of Essonne as its shape."""
    facts = {name: ["x"] if name in TEXTS else [1] for name in columns}
    index = pd.Index(["91228"], name="code")
    return gpd.GeoDataFrame(facts, index=index, geometry=[SQUARE], crs=4326) if shapes else pd.DataFrame(facts, index=index)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the smallest layers that territory.read accepts."""
    for name, columns in territory._LAYERS.items():
        a_layer(columns).to_parquet(tmp_path / f"{name}.parquet")
    for name, columns in territory._LIGHT.items():
        a_layer(columns).to_parquet(tmp_path / f"{name}_light.parquet")
    for name, columns in territory._TABLES.items():
        a_layer(columns, shapes=False).to_parquet(tmp_path / f"{name}.parquet")
    return tmp_path


@pytest.fixture(scope="module")
def real() -> Territory:
    """The committed layers."""
    return territory.read(GEO)


def test_small_valid_layers_are_read(folder: Path) -> None:
    """The builder's folder is valid, so that each refusal below has one cause."""
    assert list(territory.read(folder).communes.index) == ["91228"]


def _rewritten(change: Callable[[gpd.GeoDataFrame], pd.DataFrame]) -> Callable[[Path], object]:
    return lambda path: change(gpd.read_parquet(path)).to_parquet(path)


BREAKAGES = {
    "missing": (lambda path: path.unlink(), "absent", "missing"),
    "empty file": (lambda path: path.write_bytes(b""), "illisible", "unreadable"),
    "not parquet": (lambda path: path.write_bytes(b"<html>404</html>"), "illisible", "unreadable"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:-200]), "illisible", "unreadable"),
    "no rows": (_rewritten(lambda f: f.iloc[:0]), "couche vide", "empty layer"),
    "metres": (_rewritten(lambda f: f.to_crs(2154)), "reçu : EPSG:2154", "got: EPSG:2154"),
    "no crs": (_rewritten(lambda f: f.set_crs(None, allow_override=True)), "reçu : aucun", "got: none"),
    "column lacking": (_rewritten(lambda f: f.drop(columns="epci_code")), "absentes : epci_code", "missing columns: epci_code"),
    "duplicate": (_rewritten(lambda f: pd.concat([f, f])), "en double (91228)", "duplicate codes (91228)"),
    "no code": (_rewritten(lambda f: f.reset_index(drop=True)), "« code » manque", "“code” is missing"),
    "bow tie": (
        _rewritten(lambda f: f.set_geometry([shapely.from_wkt("POLYGON ((2 48, 3 49, 3 48, 2 49, 2 48))")], crs=4326)),
        "invalide (91228)",
        "invalid geometry (91228)",
    ),
    "no shape": (_rewritten(lambda f: f.set_geometry([None], crs=4326)), "géométrie vide", "empty or invalid"),
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
        assert "python -m biocarto.build layers" in text


@pytest.mark.parametrize("file", ["points.parquet", "official_epci.parquet", "regions_light.parquet"])
def test_every_file_is_checked(folder: Path, file: str) -> None:
    """Tables without shapes and light outlines are refused like the main layers."""
    (folder / file).write_bytes(b"PAR1")
    with pytest.raises(LayerError, match=file):
        territory.read(folder)


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
    assert real.parents(code) == parents


def test_parents_of_unknown_code_is_an_error(real: Territory) -> None:
    """A code that no layer knows is the caller's mistake."""
    with pytest.raises(KeyError):
        real.parents("99999")


def test_every_level_has_its_layer(real: Territory) -> None:
    """The number of rows tells the layers apart."""
    sizes = {level: len(real.layer(level)) for level in Level if level is not Level.COUNTRY}
    assert sizes == {Level.REGION: 18, Level.DEPARTMENT: 101, Level.EPCI: 63, Level.COMMUNE: 1266}
    assert "FR" in real.layer(Level.COUNTRY).index


def test_metres_come_from_degrees_only(folder: Path) -> None:
    """A tenth of a degree of latitude is 11.1 km in EPSG:2154; a layer already in metres is refused."""
    flat = territory.metres(territory.read(folder).communes)
    _, south, _, north = flat.total_bounds
    assert north - south == pytest.approx(11_120, rel=0.02)
    with pytest.raises(LayerError, match="EPSG:4326 expected, got: EPSG:2154"):
        territory.metres(flat)


def test_points_become_metres_as_layers_do() -> None:
    """One or many points of degrees, the same metres as a layer that is projected."""
    latitudes, longitudes = [48.8566, 43.2965], [2.3522, 5.3698]
    layer = territory.metres(gpd.GeoDataFrame(geometry=gpd.points_from_xy(longitudes, latitudes, crs=4326)))
    x, y = territory.project(latitudes, longitudes)
    assert [*x, *y] == pytest.approx([*layer.geometry.x, *layer.geometry.y])
    assert territory.project(48.8566, 2.3522) == (x[:1], y[:1])
