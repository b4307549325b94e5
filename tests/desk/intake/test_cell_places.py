"""Where a row is, from what its cells say of it."""

from __future__ import annotations

import pytest

from biocarto.desk.intake.cells import read_cells
from biocarto.desk.intake.staging import ColumnMatch
from tests.support.intake_sheets import TODAY, package, read_sheet, stage
from tests.support.register import layers

NEARBY = "Neuilly-en-Vexin (95), Neuilly-Plaisance (93), Neuilly-sur-Marne (93), Neuilly-sur-Seine (92)"
"""Communes of the region that people call Neuilly."""


@pytest.mark.parametrize(
    ("written", "commune", "code"),
    [
        ("Évry-Courcouronnes", "Évry-Courcouronnes", "91228"),
        ("Evry", "Évry-Courcouronnes", "91228"),
        ("91058 EVRY CEDEX", "Évry-Courcouronnes", "91228"),
        ("91228", "Évry-Courcouronnes", "91228"),
        ("91182", "Évry-Courcouronnes", "91228"),
        ("Fourqueux", "Saint-Germain-en-Laye", "78551"),
        ("Rocquencourt", "Le Chesnay-Rocquencourt", "78158"),
        ("Paris", "Paris", "75056"),
        ("Paris 13", "Paris", "75113"),
        ("Paris XIIIe", "Paris", "75113"),
        ("Paris 13ème arrondissement", "Paris", "75113"),
        ("13e arrondissement de Paris", "Paris", "75113"),
        ("75013", "Paris", "75113"),
        ("Saint-Denis", "Saint-Denis", "93066"),
        ("Kremlin-Bicêtre", "Le Kremlin-Bicêtre", "94043"),
        ("Marolles-en-Brie (94)", "Marolles-en-Brie", "94048"),
        ("Massy, France", "Massy", "91377"),
        ("Roissy en France", "Roissy-en-France", "95527"),
    ],
)
def test_a_commune_of_the_region_is_written_officially(written: str, commune: str, code: str) -> None:
    """By name, code or post code, of today or of before a merger; the region first."""
    reading = read_sheet("actors", {"commune": [written]})
    assert reading.refused == ()
    assert reading.values.to_dict("records") == [{"commune": commune, "commune_code": code}]


@pytest.mark.parametrize(
    ("written", "commune", "code"),
    [
        ("Lyon 3e", "Lyon", "69123"),
        ("69003", "Lyon", "69123"),
        ("Marseille 08", "Marseille", "13055"),
        ("1004", "Ambérieu-en-Bugey", "01004"),
        ("Fort-de-France", "Fort-de-France", "97209"),
        ("Saint-Denis (974)", "Saint-Denis", "97411"),
        ("Évry (89)", "Évry", "89162"),
    ],
)
def test_communes_of_all_of_france(written: str, commune: str, code: str) -> None:
    """Arrondissements of Lyon and Marseille lead to the city, lost zeros are put back, overseas is France; the region follows."""
    reading = read_sheet("national_sites", {"commune": [written]})
    assert reading.refused == ()
    (row,) = reading.values.to_dict("records")
    assert (row["commune"], row["commune_code"]) == (commune, code)
    assert row["region"] != "Île-de-France"


def test_homonyms_are_named() -> None:
    """The one of the region is taken, the other is told; without help several are refused."""
    reading = read_sheet("actors", {"commune": ["Evry", "Marolles-en-Brie"]})
    (notice,) = reading.notices
    assert notice.fr == "« Evry » lu comme Évry-Courcouronnes (91), sa commune d'aujourd'hui, et non Évry (89)"
    (refused,) = reading.refused
    assert refused.nearest == "Marolles-en-Brie (77), Marolles-en-Brie (94)"
    assert read_sheet("national_sites", {"commune": ["Naves"]}).refused[0].nearest.startswith("Naves (03), Naves (19)")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"commune": "Marolles-en-Brie", "postcode": "94440"}, "94048"),
        ({"commune": "Marolles-en-Brie", "commune_code": "94048"}, "94048"),
        ({"commune": "Paris", "postcode": "75013"}, "75113"),
        ({"commune": "Paris", "commune_code": "75056", "postcode": "75013"}, "75056"),
        ({"commune": "Paris 13", "commune_code": "75056"}, "75113"),
        ({"commune": "Vitry", "commune_code": "94081"}, "94081"),
        ({"commune": "Évry", "commune_code": "91228.0", "postcode": "91058"}, "91228"),
        ({"commune": "", "commune_code": "", "postcode": "75 013"}, "75113"),
        ({"commune": "", "address": "2 rue Gaston Crémieux, 91057 Évry"}, "91228"),
        ({"commune": "", "address": "27 rue de Chaligny, 75571 Paris Cedex 12"}, "75112"),
        ({"commune": "Massy", "address": "2 rue Gaston Crémieux, 91057 Évry"}, "91377"),
    ],
)
def test_cells_of_a_place_complete_each_other(columns: dict[str, str], code: str) -> None:
    """Name, code and post code; the address only where nothing else tells."""
    reading = read_sheet("actors", {name: [cell] for name, cell in columns.items()})
    assert reading.refused == ()
    assert reading.values["commune_code"].tolist() == [code]


def test_a_place_by_its_address_is_told() -> None:
    """Nobody has said it as a commune."""
    (notice,) = read_sheet("actors", {"address": ["2 rue Gaston Crémieux, 91057 Évry"]}).notices
    assert (notice.column, notice.fr) == ("address", "« 91057 Évry » lu comme Évry-Courcouronnes (91), d'après l'adresse")


@pytest.mark.parametrize(
    ("columns", "column", "said", "nearest"),
    [
        ({"commune": "Massy", "commune_code": "91228"}, "commune_code", "91377, le code de Massy (91) ; 91228 est celui de Évry", "91377"),
        ({"commune": "Évry-Courcouronnes", "postcode": "69003"}, "postcode", "91000, 91080 ; 69003 est celui de Lyon (69)", ""),
        ({"commune": "Paris 13", "postcode": "75014"}, "postcode", "75014 est celui de Paris 14e", "75013"),
        ({"commune": "Lyon"}, "commune", "une commune d'Île-de-France ; Lyon (69) est en Auvergne-Rhône-Alpes", ""),
        ({"commune": "Saint-Denis", "postcode": "97400"}, "commune", "Saint-Denis (974) est en La Réunion", ""),
        ({"commune": "Boulogne"}, "commune", "Essarts-en-Bocage (85)", "Boulogne-Billancourt (92)"),
        ({"commune": "Neuilly"}, "commune", "plusieurs s'appellent", NEARBY),
        ({"commune": "Vilejuif"}, "commune", "le nom ou le code INSEE d'une commune d'Île-de-France", "Villejuif (94)"),
        (
            {"commune": "77000"},
            "commune",
            "77000 est le code postal de plusieurs",
            "Livry-sur-Seine (77), Melun (77), La Rochette (77), Vaux-le-Pénil (77)",
        ),
    ],
)
def test_cells_that_tell_two_places_are_refused(columns: dict[str, str], column: str, said: str, nearest: str) -> None:
    """With both of them."""
    (refused,) = read_sheet("actors", {name: [cell] for name, cell in columns.items()}).refused
    assert refused.column == column
    assert said in refused.expected_fr
    assert refused.nearest == nearest


def test_a_department_beside_helps_and_is_no_column() -> None:
    """The register has none; a lost zero is no matter."""
    staged, matches = stage({"commune": ["Saint-Denis", "Évry"], "Département": ["974", "Yonne"]})
    columns = [matches[0], ColumnMatch(1, "Département", "B", "", 0.0)]
    reading = read_cells(staged, columns, package()["national_sites"], layers(), TODAY)
    assert reading.values["commune_code"].tolist() == ["97411", "89162"]
    assert list(reading.values) == ["region", "region_code", "commune", "commune_code"]
    assert reading.notices == ()


def test_places_of_the_world_stay_as_they_are_written() -> None:
    """A city is a commune where its country is France."""
    columns = {"country": ["Allemagne", "FR", "FR", ""], "city": ["Munich", "Evry", "Nulle part", "Vienne"], "commune_code": [""] * 4}
    reading = read_sheet("network_members", columns)
    assert reading.refused == ()
    assert reading.values["city"].tolist() == ["Munich", "Évry-Courcouronnes", "Nulle part", "Vienne"]
    assert reading.values["commune_code"].tolist() == ["", "91228", "", ""]


def test_regions_and_their_codes_complete_each_other() -> None:
    """Names, codes, what they were called until 2015; a region that is not that of the commune is refused."""
    reading = read_sheet("clusters", {"regions_covered": ["Rhône-Alpes, PACA", "", "Bretange"], "region_codes": ["", "11;53", ""]})
    assert reading.values["regions_covered"].tolist() == ["Auvergne-Rhône-Alpes;Provence-Alpes-Côte d'Azur", "Île-de-France;Bretagne", ""]
    assert reading.values["region_codes"].tolist() == ["84;93", "11;53", ""]
    assert [cell.nearest for cell in reading.refused] == ["Bretagne"]
    (refused,) = read_sheet("national_sites", {"commune": ["Lyon"], "region": ["Bretagne"]}).refused
    assert (refused.column, refused.nearest) == ("region", "Auvergne-Rhône-Alpes")


def test_claims_are_read_as_the_column_that_they_are_about() -> None:
    """A status in words, a code of before a merger, a number with spaces."""
    claims = {"field": ["Statut", "commune_code", "siren", "name"], "value": ["fermé", "91182", "999 000 359", "Exemple"]}
    assert read_sheet("evidence", claims).values["value"].tolist() == ["former", "91228", "999000359", "Exemple"]


def test_of_two_columns_for_one_the_first_that_says_something_is_read() -> None:
    """A sheet may have its address in two columns."""
    staged, matches = stage({"address": ["", "a"], "Adresse 2": ["b", "c"]})
    columns = [matches[0], ColumnMatch(1, "Adresse 2", "B", "address", 1.0)]
    assert read_cells(staged, columns, package()["actors"], layers(), TODAY).values["address"].tolist() == ["b", "a"]


def test_a_sheet_without_rows_has_no_values() -> None:
    """Nothing to read is no fault."""
    reading = read_sheet("actors", {"name": [], "commune": [], "siret": [], "modalities": []})
    assert (len(reading.values), reading.refused, reading.notices) == (0, (), ())


@pytest.mark.parametrize(
    ("cells", "postcode"),
    [
        ({"postcode": "75724", "commune": "PARIS CEDEX 15"}, "75015"),
        ({"postcode": "91002", "commune": "EVRY CEDEX"}, ""),
        ({"postcode": "91030", "commune": "Évry-Courcouronnes"}, "91030"),
        ({"postcode": "91000", "commune": "EVRY CEDEX"}, "91000"),
    ],
)
def test_a_post_code_for_letters_takes_no_place_of_a_better_one(cells: dict[str, str], postcode: str) -> None:
    """Where the city says CEDEX: the commune's only post code instead, none where it has several; and it is told."""
    reading = read_sheet("actors", {name: [cell] for name, cell in cells.items()})
    assert reading.refused == ()
    assert reading.values["postcode"].tolist() == [postcode]
    assert any("courrier" in notice.fr for notice in reading.notices) == (postcode != cells["postcode"])
