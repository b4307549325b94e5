"""The ministry's lists beside the register: numbers, names and places are matched, persons are never read."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk.facts import RegisterRow
from biocarto.desk.official import files, laureates, rnsr
from biocarto.desk.official.laureates import Laureate
from biocarto.desk.official.rnsr import ResearchStructure
from tests.support import mesr_files
from tests.support.mesr_files import a_structure, an_i_lab, an_i_nov, number_structure
from tests.support.register import layers

EVRY = "91228"


def a_row(row_id: str = "essai", **cells: str) -> RegisterRow:
    """A research centre of Évry, without a number."""
    told = {"name": "Unité d'essai de thérapie inventée", "kind": "research_centre", "commune_code": EVRY}
    return RegisterRow("actors", row_id, 1, 1, told | cells)


def read_structures(folder: Path, *rows: dict[str, str]) -> list[ResearchStructure]:
    """What is read of a file with these rows."""
    mesr_files.write_structures(folder, *rows)
    found = files.list_official(folder)
    [file] = found.files
    assert file.kind is files.OfficialKind.STRUCTURES
    return rnsr.read_structures(file, layers())


def read_laureates(folder: Path, *rows: dict[str, str]) -> list[Laureate]:
    """What is read of files with these rows: those of i-Lab have a `ndeg_siren`."""
    mesr_files.write_i_nov(folder, *[row for row in rows if "siren" in row])
    mesr_files.write_i_lab(folder, *[row for row in rows if "ndeg_siren" in row])
    return [one for file in files.list_official(folder).files for one in laureates.read_laureates(file)]


def test_a_structure_is_read_without_its_director(tmp_path: Path) -> None:
    """Lists in a cell, entities in an address, a commune with CEDEX; no column of a person."""
    [found] = read_structures(tmp_path, a_structure())
    assert found.address == '1 rue de l\'Essai - Bâtiment "A"'
    assert (found.commune_code, found.founded) == (EVRY, "2019")
    assert found.labels == ("UMR_S 0000", "UMR 0000")
    assert found.supervisors == ("II", "UI")
    assert found.is_life_science
    assert mesr_files.PERSON not in str(found)


@pytest.mark.parametrize("number", ["", "12", "200000001", "20000000A1", "<script>"])
def test_a_row_without_a_number_is_left_out(tmp_path: Path, number: str) -> None:
    """And the next is read; a number that comes twice is one structure."""
    rows = (a_structure(numero_national_de_structure=number), a_structure(), a_structure())
    assert len(read_structures(tmp_path, *rows)) == 1


@pytest.mark.parametrize(
    ("commune", "postcode", "code"),
    [
        ("PARIS CEDEX 13", "75013", "75113"),
        ("PARIS", "75270", "75056"),
        ("Villejuif", "94800", "94076"),
        ("NULLE PART", "91000", ""),
        ("", "91000", ""),
    ],
)
def test_a_commune_is_known_however_it_is_written(commune: str, postcode: str, code: str) -> None:
    """Paris by its post code; what nobody is called stays without a code."""
    assert rnsr.find_commune_code(layers(), commune, postcode) == code


def test_rows_with_a_number_are_active_or_absent(tmp_path: Path) -> None:
    """The list has the active ones only; it does not say why another is not on it."""
    structures = read_structures(tmp_path, a_structure())
    known, gone = a_row("known", rnsr=number_structure(200000001)), a_row("gone", rnsr=number_structure(200000002))
    assert [match.row_id for match in rnsr.find_active([known, gone, a_row()], structures)] == ["known"]
    assert rnsr.find_absent([known, gone, a_row()], structures) == ["gone"]


def test_a_row_without_a_number_is_matched_by_name_and_place(tmp_path: Path) -> None:
    """With a score and what it is made of; a company is not matched, nor a structure of another name."""
    other = a_structure(numero_national_de_structure=number_structure(200000005), libelle="Laboratoire de géologie", sigle="LG")
    away = a_structure(numero_national_de_structure=number_structure(200000007), commune="PARIS", code_postal="75013")
    structures = read_structures(tmp_path, a_structure(), other, away)
    found = rnsr.match_structures([a_row(), a_row("firm", kind="company")], structures)
    assert [(match.row_id, match.structure.number[8], match.score) for match in found] == [("essai", "1", 1.0), ("essai", "7", 0.75)]
    assert found[0].why == {"name": 1.0, "place": 1.0}
    assert rnsr.match_structures([a_row(name="UETI")], structures)[0].score == 1.0


def test_new_structures_are_those_of_the_region_and_the_life_sciences(tmp_path: Path) -> None:
    """That the register lacks by number and by name."""
    far = a_structure(numero_national_de_structure=number_structure(200000003), commune="LYON", code_postal="69007")
    stone = a_structure(
        numero_national_de_structure=number_structure(200000004), libelle="Géologie", domaine_scientifique="Terre", panel_erc="PE10"
    )
    structures = read_structures(tmp_path, a_structure(), far, stone)
    assert [one.number for one in rnsr.list_new_structures([], structures, layers())] == [number_structure(200000001)]
    assert len(rnsr.list_new_structures([], structures, layers(), every_theme=True)) == 2
    assert rnsr.list_new_structures([a_row()], structures, layers()) == []


def test_laureates_are_read_without_who_won(tmp_path: Path) -> None:
    """A project that only a person carries is left out; a wrong number is no number."""
    alone = an_i_lab(libelle_entreprise="", ndeg_siren="")
    found = read_laureates(tmp_path, an_i_nov(), an_i_lab(ndeg_siren="123456789"), alone)
    assert [(one.company, one.siren, one.year, one.is_health) for one in found] == [
        ("ESSAI THERAPIES SAS", "100000009", "2024", True),
        ("BIOTECH D'ESSAI", "", "2021", True),
    ]
    assert mesr_files.PERSON not in str(found)


def test_a_company_without_a_number_is_matched_with_a_laureate(tmp_path: Path) -> None:
    """By its name without its legal form, and its commune; a name that is another is not proposed."""
    found = read_laureates(tmp_path, an_i_nov(), an_i_nov(datepublication="2022-05"))
    rows = [a_row(kind="company", name="Essai Thérapies"), a_row("other", kind="company", name="Tout autre chose")]
    [match] = laureates.match_laureates(rows, found)
    assert (match.row_id, match.laureate.year, match.score) == ("essai", "2024", 1.0)


def test_new_laureates_are_those_of_the_region_and_of_health(tmp_path: Path) -> None:
    """That the register lacks by number and by name, each once, with its last prize."""
    stone = an_i_nov(thematique="Énergie", siren="", entreprise="PIERRE D'ESSAI")
    far = an_i_lab(region="Occitanie", ndeg_siren="", libelle_entreprise="LOIN D'ESSAI")
    found = read_laureates(tmp_path, an_i_nov(), an_i_nov(datepublication="2025-01-01"), stone, far)
    assert [(one.company, one.year) for one in laureates.list_new_laureates([], found, layers())] == [("ESSAI THERAPIES SAS", "2025")]
    assert len(laureates.list_new_laureates([], found, layers(), every_theme=True)) == 2
    assert laureates.list_new_laureates([a_row(siren="100000009")], found, layers()) == []
