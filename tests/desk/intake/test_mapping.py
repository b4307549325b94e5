"""Which column of the register each column of a file is, and which table a file is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from biocarto.desk.intake.header import stage
from biocarto.desk.intake.intake_error import IntakeError
from biocarto.desk.intake.mapping import choose_resource, map_columns
from biocarto.desk.intake.memory import RememberedColumns, compute_shape, recall, remember
from biocarto.desk.intake.reading import read_grids
from biocarto.desk.intake.staging import MatchReason
from biocarto.desk.points import list_computed
from biocarto.export import selection
from biocarto.export.csv import write_excel_csv, write_plain_csv
from biocarto.export.geofiles import write_geopackage
from biocarto.export.geojson import write_geojson
from biocarto.export.xlsx import write_xlsx as write_workbook
from biocarto.store.database import open_store
from tests.builders import DATA
from tests.support.intake import map_file, name_fields, package, stage_file
from tests.support.planted import HEADERS, make_rows, make_siret, write_csv
from tests.support.register import joined, layers

ACTORS = package()["actors"]


@pytest.mark.parametrize("table", package())
def test_every_table_of_ours_is_recognised(table: str) -> None:
    """By its own columns: each is itself, and surely."""
    path = package()[table].path
    staged = stage_file(path, (DATA / path).read_bytes())
    columns = map_file(staged)
    assert choose_resource(staged, package()) == table
    assert {column.header: column.field for column in columns} == {
        name: "" if name in list_computed(table) else name for name in package()[table].fields
    }
    assert {column.score for column in columns if column.field} == {1.0}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("write", [write_excel_csv, write_plain_csv, write_workbook, write_geojson, write_geopackage])
def test_an_export_of_actors_is_recognised(write: Callable[..., bytes], lang: str) -> None:
    """All columns of the table that the export has, in either language; what the joins add is no column of the table."""
    register = joined()
    chosen = register.actors.head(12)
    made = selection.build_selection(
        chosen, filters=[], link="", made=date(2026, 11, 28), about=register.resources["actors"], described={}, lang=lang
    )
    staged = stage_file("export", write(made))
    columns = map_file(staged)
    assert choose_resource(staged, package()) == "actors"
    assert {column.field for column in columns} - {""} == set(ACTORS.fields) - list_computed("actors")
    assert len(staged.cells) == 12


def test_a_vague_header_gives_way() -> None:
    """A domain beside an activity is none; where its cells are words of the register it is what they are; alone it is the activity."""
    head, end = "Nom;Domaine;Activité principale;Ville", "Cergy"
    beside = stage_file("x.csv", f"{head}\nAlpha;Chimie;Vecteurs;{end}\nBeta;Services;Cuves;{end}\n".encode())
    assert name_fields(map_file(beside)) == {"A": "name", "C": "activity_fr", "D": "commune"}
    coded = stage_file("x.csv", f"{head}\nAlpha;Biothérapie;Vecteurs;{end}\nBeta;Fournisseurs;Cuves;{end}\n".encode())
    assert name_fields(map_file(coded))["B"] == "category"
    alone = stage_file("x.csv", f"Nom;Domaine;Ville\nAlpha;Chimie;{end}\n".encode())
    assert name_fields(map_file(alone))["B"] == "activity_fr"


NAMES = {
    "Raison sociale": "name",
    "Société": "name",
    "Entreprise": "name",
    "Nom de la structure *": "name",
    "Ville": "commune",
    "VILLE (siège)": "commune",
    "Ville / Commune": "commune",
    "CP": "postcode",
    "Code postal": "postcode",
    "Code INSEE": "commune_code",
    "N° SIRET": "siret",
    "Nº de SIRET": "siret",
    "Numéro SIREN": "siren",
    "Site internet": "website",
    "Domaine d'activité": "activity_fr",
    "Description (anglais)": "activity_en",
    "Année de création": "founded",
    "Date de création": "founded",
    "Adresse postale": "address",
    "Adrese postale": "address",
    "Catégorei": "category",
    "Statut": "status",
    "Maison mère": "owner",
    "Postcode": "postcode",
    "Effectif": "",
    "Département": "",
    "Groupe": "",
    "Position connue": "",
    "Contact": "",
    "E-mail": "",
    "Prénom": "",
    "Tél.": "",
    "Couleur": "",
}


@pytest.mark.parametrize("header", NAMES)
def test_a_column_is_found_by_what_people_call_it(header: str) -> None:
    """In French or English, with a typing error or a note in brackets; what the register does not keep is nothing."""
    staged = stage_file("a.csv", write_csv([["id", header], ["x", "?"]]))
    assert {column.header: column.field for column in map_columns(staged, ACTORS, {}, {})}[header] == NAMES[header]


def test_a_column_is_found_by_what_it_holds() -> None:
    """Numbers with a key, words of the register, addresses; names of communes where the territory is known."""
    head = ["Nom", "c1", "c2", "c3", "c4", "c5", "c6"]
    rows = [
        [f"Exemple {n}", make_siret(n), make_siret(n)[:9], "Évry-Courcouronnes", "91000", "https://e.invalid", "Biothérapies"]
        for n in range(9)
    ]
    staged = stage_file("a.csv", write_csv([head, *rows]))
    found = map_columns(staged, ACTORS, {}, {}, layers())
    names = {"A": "name", "B": "siret", "C": "siren", "D": "commune", "E": "postcode", "F": "website", "G": "category"}
    assert name_fields(found) == names
    assert {column.reason for column in found[1:]} == {MatchReason.CONTENT}
    assert all(column.score < found[0].score for column in found[1:])


def test_content_is_not_believed_against_a_name() -> None:
    """Years below a header that means nothing are no year of foundation, and a known header stays what it is."""
    staged = stage_file(
        "a.csv", write_csv([["Nom", "Effectif", "Cotisation", "Ville"], ["x", "2015", "2016", "91000"], ["y", "2014", "2013", "75001"]])
    )
    assert name_fields(map_file(staged)) == {"A": "name", "D": "commune"}


def test_two_columns_never_claim_one() -> None:
    """The better keeps it; of two that are alike, the first."""
    staged = stage_file("a.csv", write_csv([["Société", "name", "Ville", "Ville", "SIRET"], ["x", "y", "Évry", "Paris", make_siret(1)]]))
    assert name_fields(map_file(staged)) == {"B": "name", "C": "commune", "E": "siret"}


def test_what_a_person_says_comes_first_then_what_one_said() -> None:
    """A choice moves a column from where it was, an empty one leaves it out; a choice goes before what is remembered."""
    staged = stage_file("a.csv", write_csv([HEADERS, *make_rows(2)]))
    found = map_columns(staged, ACTORS, {0: "organisation", 3: ""}, {0: "owner", 6: "site", 7: "gone"})
    reasons = {column.letter: (column.field, column.reason) for column in found}
    assert reasons["A"] == ("organisation", MatchReason.CHOSEN)
    assert reasons["D"] == ("", MatchReason.CHOSEN)
    assert reasons["G"] == ("site", MatchReason.REMEMBERED)
    assert reasons["H"] == ("website", MatchReason.LABEL)
    assert "activity_fr" not in name_fields(found).values()
    moved = map_columns(staged, ACTORS, {6: "name"}, {})
    assert name_fields(moved)["G"] == "name"
    assert "A" not in name_fields(moved)


def test_a_list_of_organisations_is_one_of_actors() -> None:
    """Whatever other tables have a name and a town too; a list that is clearly another table's is that."""
    for head in (["Société", "Ville", "Pays", "Région"], ["Nom", "Adresse", "CP", "Commune", "Site web"], ["Entreprise", "Commune"]):
        assert choose_resource(stage_file("a.csv", write_csv([head, ["x"] * len(head)])), package()) == "actors"
    campus = ["Nom du campus", "Code INSEE", "Latitude", "Longitude", "Source"]
    assert choose_resource(stage_file("a.csv", write_csv([campus, ["x"] * 5])), package()) == "sites"


def test_columns_of_another_register_are_named() -> None:
    """What was understood, what was not, and what would be expected."""
    staged = stage_file("a.csv", write_csv([["Nom", "Prénom", "Date de naissance", "Dose"], ["x", "y", "z", "1"]]))
    with pytest.raises(IntakeError) as caught:
        choose_resource(staged, package())
    assert "Compris : Nom ; non compris : Prénom, Date de naissance, Dose" in caught.value.message("fr")
    assert "Understood: Nom; not understood: Prénom, Date de naissance, Dose" in caught.value.message("en")


def test_choices_are_remembered_by_the_shape_of_the_file(tmp_path: Path) -> None:
    """The next file with the same headers in the same order is read the same way; the last decision holds."""
    store = open_store(str(tmp_path / "register.sqlite"))
    store.prepare()
    first = stage_file("a.csv", write_csv([HEADERS, *make_rows(1)]))
    later = stage_file("b.csv", write_csv([[header.upper() for header in HEADERS], *make_rows(4)]))
    assert compute_shape(first) == compute_shape(later)
    assert compute_shape(first) != compute_shape(replace(first, headers=first.headers[::-1]))
    with store.write() as transaction:
        assert recall(transaction, compute_shape(first)) is None
        remember(transaction, compute_shape(first), RememberedColumns("actors", {0: "name"}), "2026-11-28T10:00:00+00:00")
        remember(transaction, compute_shape(first), RememberedColumns("actors", {0: "organisation", 3: ""}), "2026-11-28T11:00:00+00:00")
    with store.read() as transaction:
        assert recall(transaction, compute_shape(later)) == RememberedColumns("actors", {0: "organisation", 3: ""})


def test_a_file_without_headers_is_known_by_no_shape(tmp_path: Path) -> None:
    """Two of them with as many columns have nothing in common: what was decided of one says nothing of the other."""
    store = open_store(str(tmp_path / "register.sqlite"))
    store.prepare()
    rows = [["Nom inventé", make_siret(1), "91000"], ["Autre nom", make_siret(2), "75005"]]
    bare = stage_file("a.csv", write_csv(rows))
    other = stage_file("b.csv", write_csv([row[::-1] for row in rows]))
    assert bare.header_line == other.header_line == 0
    with store.write() as transaction:
        remember(transaction, compute_shape(bare), RememberedColumns("actors", {0: "name", 2: "postcode"}), "2026-11-28T10:00:00+00:00")
        assert recall(transaction, compute_shape(other)) is None


def test_only_the_latest_shapes_are_remembered(tmp_path: Path) -> None:
    """The one that was used longest ago goes first."""
    store = open_store(str(tmp_path / "register.sqlite"))
    store.prepare()
    with store.write() as transaction:
        for number in range(502):
            remember(transaction, f"{number:03}", RememberedColumns("actors", {}), f"2026-11-28T10:{number:03}")
    with store.read() as transaction:
        kept = [recall(transaction, f"{number:03}") is not None for number in range(502)]
    assert kept == [False, False, *[True] * 500]


def test_a_sheet_of_a_grid_may_be_staged_alone() -> None:
    """Whoever chooses another sheet than the one that says most reads that one."""
    (grid,) = read_grids("a.csv", write_csv([HEADERS, *make_rows(2)]))
    assert stage("a.csv", grid, package()).sheet == "a.csv"
