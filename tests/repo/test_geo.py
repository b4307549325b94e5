"""The committed layers: complete, adding up, sharing their borders, and as geo/README.md says."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from biocarto.build import layers_sources
from biocarto.territory import territory
from biocarto.territory.territory import Territory, to_metres

GEO = Path(__file__).resolve().parents[2] / "geo"
SHAPES = {"regions": 18, "departments": 101, "epci": 63, "communes": 1266, "arrondissements": 20}
OVERSEAS = {"01", "02", "03", "04", "06"}
MAYOTTE = "06"


@pytest.fixture(scope="module")
def here() -> Territory:
    """The committed layers."""
    return territory.read(GEO)


def outline(layer: gpd.GeoDataFrame) -> shapely.Geometry:
    """What all shapes of a coverage fill together."""
    return shapely.coverage_union_all(layer.geometry.to_numpy())


@pytest.mark.parametrize(("name", "count"), SHAPES.items())
def test_nothing_is_missing(here: Territory, name: str, count: int) -> None:
    """18 regions, 101 departments, 63 intercommunalities, 1,266 communes (Paris once), 20 arrondissements."""
    assert len(getattr(here, name)) == count


def test_counts_below_the_counts(here: Territory) -> None:
    """13 + 5 regions, 96 + 5 departments; 51 EPCI, 11 EPT and Paris; 130 communes in Greater Paris; 34,875 communes in France."""
    assert set(here.regions.index) >= OVERSEAS
    assert here.departments["region_code"].isin(OVERSEAS).sum() == 5
    assert here.epci["type"].value_counts().to_dict() == {"EPCI": 51, "EPT": 11, "city": 1}
    assert (here.communes["epci_code"] == "200054781").sum() == 130
    assert here.official_epci.at["200054781", "name"] == "Métropole du Grand Paris"
    assert len(here.points.index.difference(here.arrondissements.index)) == 34_875
    assert list(here.arrondissements.index) == [f"751{number:02d}" for number in range(1, 21)]
    assert {"75056", "91228"} <= set(here.communes.index)


@pytest.mark.parametrize("name", [*SHAPES, "countries"])
def test_borders_are_shared(here: Territory, name: str) -> None:
    """No overlap and no crack between neighbours, after simplification and rounding."""
    assert shapely.coverage_is_valid(getattr(here, name).geometry.to_numpy())


@pytest.mark.parametrize("name", ["regions", "communes", "arrondissements"])
def test_light_outlines_are_the_same_territories(here: Territory, name: str) -> None:
    """The second resolution has the same codes, shared borders, and fewer vertices."""
    light, fine = here.light[name], getattr(here, name)
    assert list(light.index) == list(fine.index)
    assert shapely.coverage_is_valid(light.geometry.to_numpy())
    counts = [shapely.get_num_coordinates(layer.geometry.to_numpy()).sum() for layer in (light, fine)]
    assert counts[0] < 0.9 * counts[1]


def test_levels_of_ile_de_france_coincide(here: Territory) -> None:
    """Intercommunalities fill what communes fill, arrondissements fill Paris, at both resolutions."""
    assert outline(here.epci).equals(outline(here.communes))
    assert outline(here.arrondissements).equals(here.communes.geometry["75056"])
    assert outline(here.light["arrondissements"]).equals(here.light["communes"].geometry["75056"])


def test_departments_fill_their_regions(here: Territory) -> None:
    """A region's border is that of its departments."""
    for code, parts in here.departments.groupby("region_code"):
        assert outline(parts).equals(here.regions.geometry[code]), code


def test_only_llivia_is_a_hole(here: Territory) -> None:
    """Every piece of metropolitan France belongs to a department; the one gap is the Spanish enclave near Perpignan."""
    whole = outline(here.departments[~here.departments["region_code"].isin(OVERSEAS)])
    holes = [shapely.Polygon(ring) for part in whole.geoms for ring in part.interiors]
    large = to_metres(gpd.GeoDataFrame(geometry=holes, crs=4326)).area > 1e5
    found = [hole for hole, is_large in zip(holes, large, strict=True) if is_large]
    assert len(found) == 1
    assert found[0].contains(shapely.Point(1.98, 42.465))


SUMS = {
    "communes to intercommunalities": ("communes", "intercommunality_code", "epci"),
    "communes to departments": ("communes", "department_code", "departments"),
    "intercommunalities to region": ("epci", "region_code", "regions"),
    "arrondissements to Paris": ("arrondissements", "commune_code", "communes"),
    "departments to regions": ("departments", "region_code", "regions"),
}


@pytest.mark.parametrize(("children", "by", "parents"), SUMS.values(), ids=SUMS.keys())
def test_populations_and_areas_add_up(here: Territory, children: str, by: str, parents: str) -> None:
    """A parent has the inhabitants and the surface of its children."""
    found = getattr(here, children).groupby(by)[["population", "area_km2"]].sum()
    whole = getattr(here, parents).loc[found.index]
    assert (found["population"] == whole["population"]).all()
    assert np.allclose(found["area_km2"], whole["area_km2"], atol=1e-3 * len(getattr(here, children)) ** 0.5)


def test_populations_of_all_communes_are_their_departments(here: Territory) -> None:
    """The table of points covers France: its communes add up to every department."""
    communes = here.points.drop(index=here.arrondissements.index)
    sums = communes.groupby("department_code")["population"].sum()
    assert (sums == here.departments["population"]).all()


def test_population_is_what_insee_published(here: Territory) -> None:
    """68,094,000 without Mayotte in 2023, rounded; Mayotte's figure is older and says so."""
    without = here.regions.drop(index=MAYOTTE)
    assert round(int(without["population"].sum()), -3) == 68_094_000
    assert set(without["population_year"]) == {2023}
    assert here.regions.at[MAYOTTE, "population_year"] == 2017


@pytest.mark.parametrize(
    ("layer", "code", "official"),
    [
        ("communes", "75056", 105.4),
        ("regions", "11", 12_012),
        ("regions", "04", 2_504),
        ("regions", "03", 83_534),
        ("regions", "94", 8_680),
    ],
    ids=["Paris", "Île-de-France", "La Réunion", "Guyane", "Corse"],
)
def test_areas_are_near_the_official_ones(here: Territory, layer: str, code: str, official: float) -> None:
    """Measured on generalised contours, within 1 % of the official areas, overseas too."""
    assert getattr(here, layer).at[code, "area_km2"] == pytest.approx(official, rel=0.01)


def test_merged_commune_is_whole(here: Territory) -> None:
    """Saint-Denis includes Pierrefitte-sur-Seine since 2025: 12.4 + 3.4 km²."""
    assert here.communes.at["93066", "area_km2"] == pytest.approx(15.8, abs=0.2)


@pytest.mark.parametrize("name", [*SHAPES, "countries"])
def test_every_point_lies_inside(here: Territory, name: str) -> None:
    """Where a symbol is drawn is inside the territory that it stands for."""
    layer = getattr(here, name)
    assert shapely.contains_xy(layer.geometry.to_numpy(), layer["longitude"].to_numpy(), layer["latitude"].to_numpy()).all()


def test_points_of_all_communes_lie_in_their_departments(here: Territory) -> None:
    """All but those on a border that simplification moved, and these by less than 0.02 degrees."""
    shapes = here.departments.geometry[here.points["department_code"]].to_numpy()
    gap = shapely.distance(shapes, shapely.points(here.points["longitude"], here.points["latitude"]))
    assert (gap == 0).mean() > 0.998
    assert gap.max() < 0.02


def test_points_of_shown_places_are_those_of_their_layers(here: Territory) -> None:
    """The table of points and the layers agree on names and populations, and on places up to a simplified border."""
    layer = pd.concat([here.communes, here.arrondissements])
    points = here.points.loc[layer.index]
    assert (points["name"] == layer["name"]).all()
    assert (points["population"] == layer["population"]).all()
    assert np.abs(points["latitude"] - layer["latitude"]).max() < 0.01


def test_parents_exist(here: Territory) -> None:
    """Every parent code is the code of a row."""
    assert here.points["department_code"].isin(here.departments.index).all()
    assert here.departments["region_code"].isin(here.regions.index).all()
    assert here.communes["intercommunality_code"].isin(here.epci.index).all()
    assert here.communes["epci_code"].isin(here.official_epci.index).all()
    assert set(here.communes["ept_code"]) - {""} == set(here.epci.index[here.epci["type"] == "EPT"])
    assert set(here.epci["department_code"]) - {""} <= set(here.departments.index)


def test_partial_epci_says_so(here: Territory) -> None:
    """One EPCI reaches beyond the region; only its part here is counted."""
    assert list(here.epci.index[here.epci["partial"]]) == ["247800550"]
    assert here.epci.at["247800550", "population"] < here.official_epci.at["247800550", "population"]


def test_countries_have_both_names(here: Territory) -> None:
    """The maps of Europe speak both languages."""
    names = here.countries.loc[["FR", "DE", "XK"], ["name_fr", "name_en"]]
    assert names.to_numpy().tolist() == [["France", "France"], ["Allemagne", "Germany"], ["Kosovo", "Kosovo"]]
    assert here.countries["name_fr"].ne("").all()
    assert here.countries.geometry["UA"].contains(shapely.Point(34.1, 45.0))


def test_rivers_have_their_names(here: Territory) -> None:
    """With article and accents, each once, and the great ones of the region among those of France."""
    names = here.ground["rivers"]["name"]
    assert names.str.match(r"(la |le |l')[A-Z]").all()
    assert names.is_unique
    assert {"la Saône", "le Rhône", "l'Isère", "l'Hérault", "la Sèvre Nantaise", "le Gave de Pau", "la Seine"} <= set(names)
    assert {"la Seine", "la Marne", "l'Oise", "l'Yonne", "l'Eure"} <= set(here.ground["rivers_ile_de_france"]["name"]) & set(names)


def test_the_seine_runs_between_its_banks(here: Territory) -> None:
    """Where the arrondissements of the two banks meet: the river's middle is at most 150 m from half of that border."""
    banks = [here.arrondissements.geometry[[f"751{number:02d}" for number in some]].union_all() for some in ((1, 4, 8, 16), (5, 6, 7, 15))]
    border = gpd.GeoDataFrame(geometry=[banks[0].intersection(banks[1])], crs=4326)
    river = gpd.GeoDataFrame(geometry=[here.ground["rivers_ile_de_france"].geometry["la-seine"]], crs=4326)
    line, seine = to_metres(border).geometry.iloc[0], to_metres(river).geometry.iloc[0]
    points = [line.interpolate(share, normalized=True) for share in np.linspace(0, 1, 101)]
    assert np.median([point.distance(seine) for point in points]) < 150


def test_stations_lie_in_their_communes(here: Territory) -> None:
    """708 in the region, each in the commune that it names; those of Villejuif are two."""
    stations = here.ground["stations"]
    assert shapely.intersects(here.communes.geometry[stations["commune_code"]].to_numpy(), stations.geometry.to_numpy()).all()
    assert set(stations["name"][stations["commune_code"] == "94076"]) >= {"Villejuif Louis Aragon", "Villejuif Léo Lagrange"}
    assert not stations["name"].str.contains(r"\w (?:Du|De|Des) ").any()


def test_lines_reach_their_stations(here: Territory) -> None:
    """Of every mode there are lines, and nine of ten stations stand within 400 m of one."""
    lines, stations = here.ground["rail_lines"], here.ground["stations"]
    assert lines["mode"].value_counts().to_dict() == {"metro": 16, "tram": 14, "train": 9, "rer": 5}
    whole = to_metres(lines).union_all()
    assert (to_metres(stations).distance(whole) < 400).mean() > 0.9


def test_seats_are_those_of_the_state(here: Territory) -> None:
    """The seat of each department and region is a commune of it."""
    for layer, column in ((here.departments, "department_code"), (here.regions, "region_code")):
        assert (here.points.loc[layer["seat_code"], column].to_numpy() == layer.index.to_numpy()).all()
    assert here.points.at[here.departments.at["91", "seat_code"], "name"] == "Évry-Courcouronnes"


def test_folder_stays_small() -> None:
    """Under 6 MB, so that a clone stays quick."""
    assert sum(path.stat().st_size for path in GEO.iterdir()) < 6_000_000


def test_readme_lists_every_layer_with_its_rows() -> None:
    """No file without a line, no line without a file, and true counts."""
    listed = dict(re.findall(r"^\| (\w+\.parquet) \| (\d+) \|", (GEO / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == {path.name: str(len(pd.read_parquet(path, columns=[]))) for path in GEO.glob("*.parquet")}


def test_readme_names_the_pinned_sources(here: Territory) -> None:
    """Packages and versions are those of the build command; the count of points that are no town hall is true."""
    text = (GEO / "README.md").read_text(encoding="utf-8")
    pinned = [value for value in vars(layers_sources).values() if isinstance(value, layers_sources.PackageSource)]
    assert len(pinned) == 5
    assert [source for source in pinned if f"`{source.package}` | {source.version} |" not in text] == []
    assert f"{(here.points['point'] == 'inside').sum():,} communes" in text
