"""What is read of SIRENE: the rows that the register may be about, whatever types a file has, and never the name of a person."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from biocarto.desk.official import sirene
from biocarto.desk.official.files import OfficialKind, list_official
from biocarto.desk.official.register_look import look_beside
from biocarto.desk.official.sirene import SireneLook, SireneQuestion, write_address, write_words
from tests.support.official_desk import SIREN
from tests.support.official_files import PARQUET, Layout, Planted, write_sirene
from tests.support.register import layers

QUESTION = SireneQuestion(
    frozenset({SIREN[0]}), frozenset({"alpha biotech", "therapie omega"}), frozenset({"91228", "75113"}), frozenset({"72.11Z"})
)
PLANTED = [
    Planted(SIREN[0], name="KNOWN BY NUMBER", commune_code="33063", activity="47.11B"),
    Planted(SIREN[1], name=" ALPHA BIOTECH ", commune_code="69123", activity="47.11B"),
    Planted(SIREN[2], name="NOBODY KNOWS", commune_code="75113", usual_name="", sign="Thérapie Oméga", activity="47.11B"),
    Planted(SIREN[3], name="DE LA PERSONNE", category=1000, sign="ENSEIGNE DE LA PERSONNE", usual_name="PERSONNE"),
    Planted(SIREN[4], name="MASKED", diffusion="P"),
    Planted(SIREN[5], name="IN THE SECTOR", commune_code="75113", activity="72.11Z"),
]


def read(folder: Path, layout: Layout = PARQUET, question: SireneQuestion = QUESTION, planted: list[Planted] = PLANTED) -> SireneLook:
    """What files with the planted rows say."""
    write_sirene(folder, 0, planted, layout=layout)
    look = sirene.look_up(list_official(folder), question)
    assert look
    return look


@pytest.mark.parametrize(
    "layout",
    [
        Layout(),
        Layout(as_numbers=True),
        Layout(as_text=True, columns=48),
        Layout("csv", blank_header=True, more_columns={"colonneInconnue": "x"}),
        Layout("zip", delimiter=";"),
    ],
    ids=["as today", "codes as numbers", "text, 48 columns", "csv", "zip"],
)
def test_every_layout_says_the_same(tmp_path: Path, layout: Layout) -> None:
    """Types, blanks, columns and separators are the file's own affair."""
    look = read(tmp_path, layout)
    assert set(look.establishments["siren"]) == {SIREN[0], SIREN[1], SIREN[2], SIREN[3], SIREN[5]}
    assert look.dated == "2026-11-01"
    found = look.find(PLANTED[1].siret)
    unit = look.find_unit(SIREN[1])
    assert found is not None
    assert unit is not None
    assert (found["state"], found["since"], found["commune_code"], found["address"]) == ("A", "2015-03-01", "69123", "5 rue des Exemples")
    assert (unit["name"], unit["category"], unit["state"]) == ("ALPHA BIOTECH", "5710", "A")
    assert look.likely["alpha biotech"] == {SIREN[1]: 1.0}


def test_a_csv_is_cited_by_its_newest_row(tmp_path: Path) -> None:
    """Both files of SIRENE: the day on which a file came here is not that of what it says."""
    write_sirene(tmp_path, 0, PLANTED, layout=Layout("csv"))
    for path in tmp_path.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))  # in November 2023
    look = look_beside(layers(), [], [], list_official(tmp_path))
    assert {file.dated for file in look.folder.files} == {"2023-11-14"}
    for kind in (OfficialKind.ESTABLISHMENTS, OfficialKind.LEGAL_UNITS):
        cited = look.cite(kind=kind)
        assert cited.as_of == "2026"
        assert "2026-11-01" in cited.source_title


def test_a_person_and_a_masked_row_have_no_name_anywhere(tmp_path: Path) -> None:
    """Neither by the legal unit nor over the door, nor where they live; they are known by number alone."""
    question = SireneQuestion(
        frozenset(SIREN), frozenset({"personne", "enseigne personne", "masked"}), QUESTION.communes, QUESTION.activities
    )
    look = read(tmp_path, question=question)
    everything = look.establishments.to_csv() + look.units.to_csv() + repr(look.likely)
    assert "PERSONNE" not in everything
    assert "MASKED" not in everything
    for siren in (SIREN[3], SIREN[4]):
        row = look.find(next(one.siret for one in PLANTED if one.siren == siren))
        assert row is not None
        assert (row["address"], row["signs"]) == ("", ())
    masked = look.find(PLANTED[4].siret)
    assert masked is not None
    assert (masked["commune_code"], masked["postcode"], masked["state"]) == ("", "", "A")


def test_a_cut_csv_says_what_was_left_out(tmp_path: Path) -> None:
    """Its whole lines are read; the last one is told."""
    write_sirene(tmp_path, 0, PLANTED, layout=Layout("csv"))
    path = tmp_path / "StockEtablissement_utf8.csv"
    path.write_bytes(path.read_bytes()[:-60])
    look = sirene.look_up(list_official(tmp_path), QUESTION)
    assert look
    assert set(look.establishments["siren"]) == {SIREN[0], SIREN[1], SIREN[2], SIREN[3]}
    assert [notice.table for notice in look.notices] == [path.name]


def test_without_the_file_of_legal_units_nobody_is_named(tmp_path: Path) -> None:
    """A name over a door may be that of a person: who cannot be told from one has none."""
    write_sirene(tmp_path, 0, PLANTED)
    (tmp_path / "StockUniteLegale_utf8.parquet").unlink()
    look = sirene.look_up(list_official(tmp_path), QUESTION)
    assert look
    assert not look.has_units
    assert set(look.establishments["signs"]) == {()}


def test_rows_of_no_use_are_left_where_they_are(tmp_path: Path) -> None:
    """`N` rows, closed ones of the sector, foreign ones, old codes."""
    planted = [
        Planted(SIREN[0], diffusion="N"),
        Planted(SIREN[1], state="F", name="CLOSED"),
        Planted(SIREN[2], commune_code="", commune="", more={"codePaysEtrangerEtablissement": "99132"}),
        Planted(SIREN[3], activity="73.1Z", nomenclature="NAFRev1", name="OLD"),
    ]
    assert list(read(tmp_path, planted=planted).establishments.index) == []


def test_what_was_read_is_read_again_for_more_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision makes a number known that was found by its name: nothing new is asked."""
    first = read(tmp_path)
    folder = list_official(tmp_path)
    monkeypatch.setattr(sirene, "read_look", lambda *_: pytest.fail("read again"))
    assert sirene.look_up(folder, SireneQuestion(frozenset(), QUESTION.names, QUESTION.communes, QUESTION.activities)) is first
    monkeypatch.undo()
    more = SireneQuestion(frozenset({SIREN[4]}), QUESTION.names, QUESTION.communes, QUESTION.activities)
    assert sirene.look_up(folder, more) is not first


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (("5", "B", "RUE", "DE L EXEMPLE"), "5 bis rue de l'Exemple"),
        (("0012", "", "AV", "DES ESSAIS"), "12 avenue des Essais"),
        (("", "", "", "LE BOURG"), "le Bourg"),
        (("3", "", "RUE", ""), ""),
    ],
)
def test_an_address_is_written_as_people_do(parts: tuple[str, str, str, str], line: str) -> None:
    """Small letters, articles, no zeros."""
    assert write_address(*parts) == line


def test_a_name_with_small_letters_stays() -> None:
    """Who has chosen letters has chosen them."""
    assert (write_words("alphaBio"), write_words("ALPHA DE L EXEMPLE")) == ("alphaBio", "Alpha de l'Exemple")
