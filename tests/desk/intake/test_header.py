"""The header wherever it stands, and what is told of what stands around it."""

from __future__ import annotations

import pytest

from biocarto.desk.intake.intake_error import IntakeError
from tests.support.intake import map_file, name_fields, stage_file
from tests.support.planted import HEADERS, PlantedFile, Told, list_planted, make_row, make_rows, make_siret, write_csv, write_xlsx

NOTICED = [file for file in list_planted() if any(fault.told is Told.NOTICE for fault in file.faults)]


@pytest.mark.parametrize("file", NOTICED, ids=lambda file: file.name)
def test_what_is_unusual_is_told(file: PlantedFile) -> None:
    """Each with its line and letter, and in both languages; nothing else is told."""
    notices = stage_file(file.name, file.data).notices
    wanted = [fault for fault in file.faults if fault.told is Told.NOTICE]
    assert [(notice.line, notice.column) for notice in notices] == [(fault.line, fault.letter) for fault in wanted]
    for notice, fault in zip(notices, wanted, strict=True):
        assert fault.expected in notice.text("fr")
        assert notice.text("fr") != notice.text("en")


def test_a_header_below_titles_is_found() -> None:
    """Titles, blank lines and a merged cell stand above it; the lines of the rows stay those of the sheet."""
    rows = [["Annuaire imaginaire", *[""] * 8], ["Nom du pôle", "Ville", *[""] * 7], [], HEADERS, *make_rows(3)]
    staged = stage_file("a.csv", write_csv(rows))
    assert (staged.header_line, staged.headers, staged.cells.index.tolist()) == (4, HEADERS, [5, 6, 7])


def test_a_header_of_two_lines_is_one() -> None:
    """A group over several columns gives way to the names below it; a translation below does not replace the first."""
    grouped = [["Raison sociale", "Adresse", "", "N° SIRET"], ["", "Code postal", "Ville", ""], ["x", "91000", "Évry", make_siret(1)]]
    assert stage_file("a.csv", write_csv(grouped)).headers == ("Raison sociale", "Code postal", "Ville", "N° SIRET")
    translated = [["Raison sociale", "Ville"], ["Company", "Town"], ["x", "Évry"]]
    staged = stage_file("a.csv", write_csv(translated))
    assert (staged.headers, staged.cells.index.tolist()) == (("Raison sociale", "Ville"), [3])


def test_words_of_a_header_may_be_values() -> None:
    """A row of data is no header because somebody's kind is a word that heads columns elsewhere."""
    rows = [["Exemple", "Entreprise", make_siret(1)], ["Autre", "Entreprise", make_siret(2)]]
    staged = stage_file("a.csv", write_csv(rows))
    assert (staged.header_line, len(staged.cells)) == (0, 2)
    assert name_fields(map_file(staged)) == {"B": "kind", "C": "siret"}


def test_a_column_of_one_name_is_a_table() -> None:
    """A list of numbers under one header, and nothing beside it."""
    staged = stage_file("a.csv", f"SIRET\n{make_siret(1)}\n{make_siret(2)}\n".encode())
    assert (staged.headers, len(staged.cells)) == (("SIRET",), 2)


def test_the_last_rows_are_kept_where_they_are_rows() -> None:
    """A name alone, directly below the others, is a row that lacks much; the word of a footer is none."""
    short = ["Exemple tout seul", *[""] * 8]
    staged = stage_file("a.csv", write_csv([HEADERS, *make_rows(2), short, ["Total", "3", *[""] * 7]]))
    assert staged.cells.index.tolist() == [2, 3, 4]
    full = make_row(7, A="Source imaginaire")
    assert len(stage_file("a.csv", write_csv([HEADERS, *make_rows(2), full])).cells) == 3


def test_the_sheet_that_says_most_is_read() -> None:
    """Wherever it stands among the others."""
    sheets = {
        "Lisez-moi": [["Ce classeur est imaginaire"]],
        "Liste": [HEADERS, *make_rows(2)],
        "Villes": [["Ville", "Nombre"], ["Évry", 2]],
    }
    staged = stage_file("a.xlsx", write_xlsx(sheets))
    assert staged.sheet == "Liste"
    assert staged.notices[0].fr == "c'est cette feuille qui est lue ; non lues : « Lisez-moi », « Villes »"


def test_everything_in_one_column_is_said() -> None:
    """Rows that a spreadsheet kept in column A mean nothing, and the sentence says what was found."""
    with pytest.raises(IntakeError) as caught:
        stage_file("a.xlsx", write_xlsx({"A": [["Raison sociale;N° SIRET;Ville"], ["x;1;Évry"]]}))
    assert "Tout est dans la colonne A" in caught.value.message("fr")
    assert "Everything is in column A" in caught.value.message("en")


def test_an_apostrophe_of_our_export_is_taken_away() -> None:
    """It stands before what a spreadsheet would take for a formula, and is no part of the text; any other is."""
    staged = stage_file("a.csv", write_csv([["Nom", "Ville"], ["'=Exemple", "Évry"], ["'s Imaginaire", "Paris"]]))
    assert staged.cells[0].tolist() == ["=Exemple", "'s Imaginaire"]
