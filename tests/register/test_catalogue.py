"""The join: every actor knows its territory and its position, and a code that does not fit its name is an issue."""

import dataclasses
import shutil
from pathlib import Path

import pandas as pd
import pytest

from biocarto.analysis.coverage.territories import LEVEL_COLUMNS, count_per_territory
from biocarto.analysis.places import GROUPS, group_by_place, select_at_place
from biocarto.config import ROOT
from biocarto.errors import CatalogueError, Issue
from biocarto.model import Level
from biocarto.register import catalogue as joins
from biocarto.register import tables as tables_module
from biocarto.register.tables import Tables
from tests.support.register import joined, layers, tables


def changed(table: str, row: int, **cells: object) -> Tables:
    """The real tables with a few cells of one row changed."""
    frame = getattr(tables(), table).copy()
    for column, value in cells.items():
        frame.at[row, column] = value
    return dataclasses.replace(tables(), **{table: frame})


def refused(found: Tables) -> tuple[Issue, ...]:
    """The issues of tables that must not be joined."""
    with pytest.raises(CatalogueError) as raised:
        joins.build(found, layers())
    return raised.value.issues


def test_every_row_has_a_place_and_keeps_its_own_columns() -> None:
    """No row is lost or doubled, and nothing about its territory is missing."""
    actors = joined().actors
    assert list(actors["id"]) == list(tables().actors["id"])
    above = ["commune_name", "intercommunality_name", "department_name", "place_id", "place_name"]
    assert not actors[above].isna().any(axis=None)
    assert actors["latitude"].isna().equals(actors["precision"].eq("area"))
    assert set(actors["region_code"]) == {"11"}


def test_the_department_of_an_actor_is_that_of_its_code() -> None:
    """INSEE codes of communes begin with their department."""
    actors = joined().actors
    assert (actors["commune_code"].str[:2] == actors["department_code"]).all()


def test_a_campus_point_is_used_where_the_register_has_one() -> None:
    """An actor of Genopole stands at the campus, an actor known by commune at its commune, and each says so."""
    catalogue = joined()
    at_campus = catalogue.actors[catalogue.actors["site_id"].eq("genopole")].iloc[0]
    site = catalogue.sites.loc["genopole"]
    assert (at_campus["latitude"], at_campus["longitude"], at_campus["precision"]) == (site["latitude"], site["longitude"], "campus")
    at_commune = catalogue.actors["site_id"].eq("") & catalogue.actors["commune_code"].ne("75056")
    elsewhere = catalogue.actors[at_commune].iloc[0]
    point = catalogue.territory.points.loc[elsewhere["commune_code"]]
    assert (elsewhere["latitude"], elsewhere["longitude"], elsewhere["precision"]) == (point["latitude"], point["longitude"], "commune")


def test_paris_as_a_whole_is_no_position() -> None:
    """An actor of which no source says the arrondissement has no point; a seat there marks a city, and says what that is worth."""
    catalogue, rows = joined(), tables().actors
    vague = set(rows.loc[rows["commune_code"].eq("75056") & rows["site_id"].eq(""), "id"])
    actors = catalogue.actors
    assert set(actors.index[actors["precision"].eq("area")]) == vague
    assert actors.loc[sorted(vague), ["latitude", "longitude"]].isna().all(axis=None)
    for frame in (catalogue.clusters, catalogue.members, catalogue.national_sites):
        expected = frame["commune_code"].map(lambda code: "area" if code in {"75056", "69123", "13055"} else "commune" if code else "")
        known = frame["precision"].where(frame["commune_code"].ne("") | frame["latitude"].isna(), "")
        assert known.to_list() == expected.to_list()
        assert frame["precision"].ne("").equals(frame["latitude"].notna())


def test_arrondissements_belong_to_paris() -> None:
    """Paris counts once as a commune, and an arrondissement keeps its own place."""
    paris = joined().actors[joined().actors["commune_code"].eq("75113")]
    assert set(paris["commune_official"]) == {"75056"}
    assert set(paris["intercommunality_code"]) == {"75056"}
    assert "75056" not in " ".join(paris["place_id"])


@pytest.mark.parametrize(
    ("table", "cells", "column", "expected"),
    [
        ("actors", {"commune_code": "99999"}, "commune_code", "a commune of Île-de-France"),
        ("actors", {"commune_code": "91228", "commune": "Orsay", "site_id": ""}, "commune", "Évry-Courcouronnes"),
        ("clusters", {"commune_code": "44109", "commune": "Lyon"}, "commune", "Nantes"),
        ("national_sites", {"region_code": "11"}, "region", "Île-de-France"),
        ("tour_stages", {"region_codes": ("99",), "regions": ("Grand Est",)}, "region_codes", "region codes"),
        ("tour_stages", {"region_codes": ("44",), "regions": ("Corse",)}, "regions", "Grand Est"),
        ("sites", {"latitude": 48.6, "longitude": 2.9}, "commune_code", "commune of the point"),
        ("sites", {"latitude": 45.76, "longitude": 4.84}, "commune_code", "a point of Île-de-France"),
        ("sites", {"commune_code": "69123"}, "commune_code", "a commune of Île-de-France"),
        ("sites", {"commune_code": "69381"}, "commune_code", "a commune of Île-de-France"),
        ("sites", {"commune_code": "99999"}, "commune_code", "a commune of Île-de-France"),
        ("clusters", {"commune_code": "99999"}, "commune_code", "official list"),
        ("network_members", {"commune_code": "44109", "city": "Lyon"}, "city", "Nantes"),
        ("events", {"commune_code": "44109", "place_fr": "Lyon", "place_en": "Lyon"}, "place_fr", "Nantes"),
        ("networks", {"region_codes": ("11", "99")}, "region_codes", "region codes"),
        ("figures", {"body_id": "nobody"}, "body_id", "clusters.csv or networks.csv"),
    ],
)
def test_a_code_that_does_not_fit_is_an_issue(table: str, cells: dict[str, object], column: str, expected: str) -> None:
    """The table, the line and the column are named, with what was expected."""
    first = refused(changed(table, 0, **cells))[0]
    assert (first.table, first.line, first.column) == (f"{table}.csv", 2, column)
    assert expected in first.expected_en


PLACES: dict[str, tuple[str, str, dict[str, object], str, str]] = {
    # commune and region, post code and commune
    "site of Lyon in Île-de-France": (
        "national_sites",
        "commune_code=69123",
        {"region": "Île-de-France", "region_code": "11"},
        "region_code",
        "84 (Auvergne-Rhône-Alpes), the region of commune 69123",
    ),
    "post code of another commune": (
        "actors",
        "commune_code=91228",
        {"postcode": "91400"},
        "postcode",
        "a post code of commune 91228 (91000",
    ),
    "post code of another arrondissement": ("actors", "commune_code=75113", {"postcode": "75014"}, "postcode", "commune 75113 (75013)"),
    "CEDEX of another department": ("clusters", "commune_code=44109", {"postcode": "35042"}, "postcode", "a post code of commune 44109"),
    # points
    "swapped degrees": (
        "cities",
        "name_fr=Turku",
        {"latitude": 22.26869, "longitude": 60.45148},
        "latitude",
        "a point in the country FI. Latitude and longitude are swapped.",
    ),
    "city of another country": ("cities", "name_fr=Turku", {"country": "ES"}, "latitude", "a point in the country ES"),
    # names of regions
    "region of before 2016": (
        "regional_figures",
        "value=106",
        {"region": ("Rhône-Alpes",)},
        "region",
        "“Auvergne-Rhône-Alpes”. The regions merged on 1 January 2016.",
    ),
    "region that is misspelt": (
        "regional_figures",
        "value=106",
        {"region": ("Occitannie",)},
        "region",
        "the official name of a region (“Occitanie”?)",
    ),
    "geography in other letters": ("figures", "id=idf_entreprises", {"geography": "Ile-de-France"}, "geography", "(“Île-de-France”?)"),
    "geography of before 2016": ("figures", "id=idf_entreprises", {"geography": "Picardie"}, "geography", "“Hauts-de-France”"),
    # codes that were, or are parts of a commune
    "arrondissement of Lyon": (
        "national_sites",
        "commune_code=69123",
        {"commune_code": "69387"},
        "commune_code",
        "69387 (Lyon 7e Arrondissement) is an arrondissement: write the commune, 69123 (Lyon).",
    ),
    "commune that has joined another": (
        "actors",
        "site_id=",
        {"commune_code": "93059", "commune": "Pierrefitte-sur-Seine", "postcode": ""},
        "commune_code",
        "93059 (Pierrefitte-sur-Seine) has joined 93066 (Saint-Denis): write this code.",
    ),
    "old claim on an arrondissement of Lyon": (
        "evidence",
        "field=commune_code",
        {"value": "69387"},
        "value",
        "69387 (Lyon 7e Arrondissement) is an arrondissement: write the commune, 69123 (Lyon).",
    ),
    "post code that was a commune before 1968": (
        "actors",
        "commune_code=75056",
        {"commune_code": "75001"},
        "commune_code",
        "75001 is a post code: write the INSEE code (75101 (Paris 1er Arrondissement), 75056 (Paris)).",
    ),
    "post code instead of the code": (
        "clusters",
        "commune_code=75056",
        {"commune_code": "91000"},
        "commune_code",
        "91000 is a post code: write the INSEE code (91228 (Évry-Courcouronnes)).",
    ),
    "former commune of an event": (
        "events",
        "id=cebr-athenes-2019",
        {"commune_code": "91182", "place_fr": "Courcouronnes", "place_en": "Courcouronnes"},
        "commune_code",
        "91182 has joined 91228 (Évry-Courcouronnes): write this code.",
    ),
}


@pytest.mark.parametrize("case", PLACES)
def test_columns_that_tell_two_places_are_an_issue(case: str) -> None:
    """One issue, on the line of the row, with what should stand there and why."""
    table, chosen, cells, column, told = PLACES[case]
    name, _, value = chosen.partition("=")
    frame = getattr(tables(), table)
    row = int(frame.index[frame[name].astype(str).isin([value, f"{value}.0"])][0])
    issues = refused(changed(table, row, **cells))
    (issue,) = [issue for issue in issues if issue.column == column]
    assert (issue.table, issue.line) == (f"{table}.csv", row + 2)
    assert told in issue.text("en")
    assert issue.text("fr") != issue.text("en")


@pytest.mark.parametrize("postcode", ["91000", "91080", "91034", ""])
def test_post_codes_and_cedex_codes_of_a_commune_are_good(postcode: str) -> None:
    """Évry-Courcouronnes has two post codes, and CEDEX codes that no list has; none at all is unknown."""
    row = int(tables().actors.index[tables().actors["commune_code"].eq("91228")][0])
    assert joins.find_issues(changed("actors", row, postcode=postcode), layers()) == []


def test_an_actor_outside_the_commune_of_its_campus_is_an_issue() -> None:
    """A campus is in one commune; its actors are too."""
    row = int(tables().actors.index[tables().actors["site_id"].eq("genopole")][0])
    issues = refused(changed("actors", row, commune="Orsay", commune_code="91471", postcode=""))
    assert [(i.line, i.column) for i in issues] == [(row + 2, "commune_code")]


@pytest.mark.parametrize(("code", "commune"), [("69123", "Lyon"), ("69381", "Lyon 1er Arrondissement"), ("97411", "Saint-Denis")])
def test_an_actor_outside_ile_de_france_is_an_issue(code: str, commune: str) -> None:
    """A code that exists, but not here, is told in both languages, once; it never stops the join with a KeyError."""
    for row in (0, int(tables().actors.index[tables().actors["site_id"].eq("")][0])):
        (issue,) = refused(changed("actors", row, commune=commune, commune_code=code))
        assert (issue.table, issue.line, issue.column, issue.found) == ("actors.csv", row + 2, "commune_code", code)
        assert issue.expected_fr == "une commune d'Île-de-France"
        assert issue.expected_en == "a commune of Île-de-France"


def test_clusters_and_national_sites_may_be_anywhere_in_france() -> None:
    """Only the register of actors is about Île-de-France."""
    assert set(joined().clusters["commune_code"]) - set(layers().communes.index) - {""}
    assert set(joined().national_sites["commune_code"]) - set(layers().communes.index) - {""}


def test_codes_and_campuses_are_told_together() -> None:
    """A wrong code somewhere does not hide a wrong point elsewhere; the actors of a doubtful campus are not told for it."""
    both = dataclasses.replace(
        changed("sites", 0, latitude=48.6, longitude=2.9), clusters=changed("clusters", 0, commune_code="44109", commune="Lyon").clusters
    )
    assert [(issue.table, issue.line) for issue in refused(both)] == [("sites.csv", 2), ("clusters.csv", 2)]
    assert [issue.table for issue in refused(changed("sites", 0, commune_code="91471"))] == ["sites.csv"]


def test_lines_are_those_of_the_spreadsheet(tmp_path: Path) -> None:
    """Blank lines of the file are counted, as an editor sees them."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / "clusters.csv"
    head, first, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, "\n", "\n", first, *others]), encoding="utf-8")
    read = tables_module.read(tmp_path / "data")
    clusters = read.clusters.copy()
    clusters.loc[0, ["commune_code", "commune"]] = ["44109", "Lyon"]
    (issue,) = refused(dataclasses.replace(read, clusters=clusters))
    assert (issue.table, issue.line) == ("clusters.csv", 4)


def test_seats_of_clusters_are_their_communes() -> None:
    """A cluster with a commune stands there; without one it has no position."""
    clusters = joined().clusters
    assert clusters["latitude"].isna().equals(clusters["commune_code"].eq(""))
    nantes = layers().points.loc["44109"]
    assert clusters.at["atlanpole-biotherapies", "latitude"] == pytest.approx(nantes["latitude"])


def test_members_stand_in_their_city_or_nowhere() -> None:
    """A commune of France and a city of the table have their point; a city without one, and no city, have none."""
    members = joined().members.drop_duplicates("member_id").set_index("member_id")
    lyon, turku = layers().points.loc["69123"], joined().cities.set_index("name_fr").loc["Turku"]
    assert members.loc["lyonbiopole", ["latitude", "longitude"]].tolist() == lyon[["latitude", "longitude"]].tolist()
    assert members.loc["turku-science-park", ["latitude", "longitude"]].tolist() == turku[["latitude", "longitude"]].tolist()
    assert members.loc[["lifeteczone", "allis-na"], ["latitude", "longitude"]].isna().all(axis=None)
    moved = joins.build(changed("network_members", 4, city="Vaasa"), layers()).members
    assert moved.loc[4, ["latitude", "longitude"]].isna().all()


def test_places_gather_every_actor_once() -> None:
    """The symbols of the map add up to the rows, group by group."""
    actors = joined().actors
    gathered = group_by_place(actors)
    assert gathered["total"].sum() == len(actors)
    assert gathered[GROUPS].sum().to_dict() == actors["group"].value_counts().reindex(GROUPS, fill_value=0).to_dict()
    assert (gathered["actor_id"].ne("") == gathered["total"].eq(1)).all()
    assert len(select_at_place(actors, "site-genopole")) == gathered.at["site-genopole", "total"]


def test_territories_add_up_at_every_level() -> None:
    """The sites of the communes are those of the EPCI, the departments and the region."""
    actors = joined().actors
    sums = {level: int(count_per_territory(actors, layers(), level)["count"].sum()) for level in LEVEL_COLUMNS}
    assert set(sums.values()) == {len(actors)}


def test_rates_are_per_hundred_thousand_inhabitants() -> None:
    """By another path: count by hand, divide by the department's population."""
    raw = pd.read_csv(ROOT / "data" / "actors.csv", dtype=str, keep_default_na=False)
    essonne = raw["commune_code"].str.startswith("91").sum()
    table = count_per_territory(joined().actors, layers(), Level.DEPARTMENT)
    assert table.at["91", "count"] == essonne
    assert table.at["91", "rate"] == pytest.approx(essonne / layers().departments.at["91", "population"] * 100_000)
    assert list(table.index[table["small"]]) == [code for code in table.index if 0 < table.at[code, "count"] < 5]
