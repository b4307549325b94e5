"""A file explained: every line is new, changed, unchanged, refused or for a person to decide, and nothing is written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from biocarto.desk.acts import Desk
from biocarto.desk.desk_error import DeskError, InvalidRowError
from biocarto.desk.facts import NO_EVIDENCE, Evidence
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.explanation_json import to_json
from biocarto.desk.intake.staging import Choices
from biocarto.desk.ledger import find_last_number
from tests.support.contacts import CONTACT, a_contact, count_outcome, explain_lines, import_lines, write_contacts
from tests.support.desk import PAGE, copy_store, look_up, open_desk
from tests.support.register import ROOT

KNOWN = "genethon"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A register that no test of this file writes into."""
    return open_desk(copy_store(tmp_path_factory.mktemp("explained")))


def test_a_new_line_has_what_nobody_said(desk: Desk) -> None:
    """An id of its name, its organisation, its position, an unknown status, a confidence, the page of the import."""
    explanation = explain_lines(desk, a_contact())
    assert count_outcome(explanation) == {"new": 1}
    values = explanation.new[0].values
    assert values["id"] == "nouvelle-biotech-inventee"
    assert values["organisation"] == "Nouvelle Biotech Inventée"
    assert (values["commune_code"], values["position"]) == ("91228", "commune")
    assert (values["status"], values["confidence"]) == ("unknown", "medium")
    assert (values["source_url"], values["as_of"]) == (PAGE.source_url, PAGE.as_of)


def test_a_line_without_a_page_waits_for_one(desk: Desk) -> None:
    """It is explained all the same, and named."""
    explanation = explain_lines(desk, a_contact(), page=NO_EVIDENCE)
    assert count_outcome(explanation) == {"new": 1, "needs_page": 1}
    assert "source_url" not in explanation.new[0].values


def test_a_known_name_in_its_commune_is_its_row(desk: Desk) -> None:
    """Case, accents and legal form are no change; what the line says otherwise is, cell by cell; an empty cell says nothing."""
    line = {"Société": "GENETHON SAS", "Ville": "Evry", "Année de création": "1991", "Adresse": ""}
    explanation = explain_lines(desk, line)
    assert [(cell.row_id, cell.field, cell.before, cell.after) for cell in explanation.changed] == [
        (KNOWN, "founded", look_up(desk, KNOWN).cells.get("founded", ""), "1991")
    ]
    assert [(found.row_id, found.score) for found in explanation.matched] == [(KNOWN, 1.0)]


def test_a_change_of_what_evidence_is_about_needs_a_page(desk: Desk) -> None:
    """A status rests on the page of the import, or on that of the line, or waits."""
    closed = {"Société": "Genethon", "Ville": "Evry", "Statut": "fermé"}
    assert explain_lines(desk, closed, page=NO_EVIDENCE).needs_page == (2,)
    own = closed | {"source_url": "https://example.org/ferme", "source_title": "Example – closed (2026)", "as_of": "2026"}
    explanation = explain_lines(desk, own, page=NO_EVIDENCE)
    assert explanation.needs_page == ()
    assert explanation.evidence[2].source_url == "https://example.org/ferme"
    assert [cell.field for cell in explanation.changed] == ["status"]


def test_a_claim_that_a_newer_page_denies_is_refused(desk: Desk) -> None:
    """The register's own rules are asked before anything is applied."""
    explanation = explain_lines(
        desk,
        {"Société": "Lysogene", "Ville": "Neuilly-sur-Seine", "Statut": "présent"},
        page=Evidence("https://example.org/old", "Example – old (1999)", "1999"),
    )
    assert count_outcome(explanation) == {"refused": 1}
    assert explanation.refused[0].column == "Statut"


def test_a_lesser_likeness_awaits_a_person(desk: Desk) -> None:
    """Neither new nor changed, until somebody says which row it is, or that it is none."""
    line = a_contact(**{"Société": "Genethonn", "Ville": "Evry"})
    doubtful = explain_lines(desk, line)
    assert count_outcome(doubtful) == {"doubtful": 1}
    assert doubtful.doubtful[0].row_id == KNOWN
    assert [row.values["name"] for row in explain_lines(desk, line, same={2: ""}).new] == ["Genethonn"]
    same = explain_lines(desk, {"Société": "Genethonn", "Année de création": "1991"}, same={2: KNOWN})
    assert {cell.row_id for cell in same.changed} == {KNOWN}


def test_a_person_names_a_row_that_there_is(desk: Desk) -> None:
    """A decision about no line, or no row, is told."""
    for same in ({2: "nobody"}, {99: KNOWN}):
        with pytest.raises(DeskError):
            explain_lines(desk, a_contact(), same=same)


def test_a_decision_about_a_line_that_is_refused_is_kept_for_later(desk: Desk) -> None:
    """The line is refused for its cell, the others are explained; once it is corrected the decision holds."""
    line = a_contact(**{"Société": "Genethonn", "Ville": "Evry", "Statut": "bleu"})
    assert count_outcome(explain_lines(desk, line, a_contact(), same={2: KNOWN})) == {"new": 1, "refused": 1}
    corrected = explain_lines(desk, line, same={2: KNOWN}, cells={(2, len(CONTACT)): "présent"})
    assert [(found.line, found.row_id) for found in corrected.matched] == [(2, KNOWN)]


def test_a_column_that_is_none_is_told(desk: Desk) -> None:
    """A word that names no column of the table, or a letter beyond the file, would leave a column out without a word."""
    for fields in ({0: "nmae"}, {99: "name"}):
        with pytest.raises(DeskError):
            explain_lines(desk, a_contact(), fields=fields)


def test_a_line_without_a_name_is_told_of_its_name_alone(desk: Desk) -> None:
    """What is made of it is nothing to correct."""
    explanation = explain_lines(desk, a_contact(**{"Société": ""}))
    assert [cell.column for cell in explanation.refused] == ["Société"]


def test_two_lines_of_one_new_actor_are_told(desk: Desk) -> None:
    """The second one is refused, and names the first."""
    explanation = explain_lines(desk, a_contact(), a_contact(**{"Société": "NOUVELLE BIOTECH INVENTEE SAS"}))
    assert count_outcome(explanation) == {"new": 1, "refused": 1}
    assert explanation.refused[0].line == 3
    assert "ligne 2" in explanation.refused[0].expected_fr


def test_two_lines_of_one_row_say_the_same_or_are_told(desk: Desk) -> None:
    """Twice the same is once; otherwise the second one names the first."""
    line = {"Société": "Genethon", "Ville": "Evry", "Année de création": "1991"}
    assert count_outcome(explain_lines(desk, line, line)) == {"changed": 1}
    explanation = explain_lines(desk, line, line | {"Année de création": "1992"})
    assert count_outcome(explanation) == {"changed": 1, "refused": 1}
    assert "line 2" in explanation.refused[0].expected_en


def test_a_required_cell_is_told_by_its_column(desk: Desk) -> None:
    """By the header and letter of the file, or by the register's name where the file has no such column."""
    line = a_contact(Type="")
    del line["Activité (français)"], line["Activité (anglais)"]
    refused = {cell.column: cell for cell in explain_lines(desk, line).refused}
    assert refused["Type"].letter == "C"
    assert refused["activity_fr"].letter == ""


def test_constants_hold_for_lines_that_do_not_say_otherwise(desk: Desk) -> None:
    """Read as cells are, in French words too; one that cannot be is told at once."""
    line = a_contact()
    del line["Type"]
    explanation = explain_lines(desk, line, constants={"kind": "Entreprise", "status": "présent"})
    assert (explanation.new[0].values["kind"], explanation.new[0].values["status"]) == ("company", "present")
    with pytest.raises(DeskError):
        explain_lines(desk, line, constants={"kind": "n'importe quoi"})
    with pytest.raises(DeskError):
        explain_lines(desk, line, constants={"couleur": "bleu"})


def test_a_page_that_is_none_is_told_before_anything(desk: Desk) -> None:
    """No link, or a year to come."""
    with pytest.raises(InvalidRowError):
        explain_lines(desk, a_contact(), page=Evidence("no link", "x", "2026"))


def test_numbers_of_somebody_else_are_no_ids(desk: Desk) -> None:
    """A pole's own numbers stand in a column called ID: they are left aside, and that is said."""
    explanation = explain_lines(desk, {"ID": "1", **a_contact()})
    assert explanation.new[0].values["id"] == "nouvelle-biotech-inventee"
    assert any(notice.column == "ID" for notice in explanation.notices)


def test_an_id_is_never_given_twice(desk: Desk) -> None:
    """Two new actors of one name in two communes, and one whose name is that of a row elsewhere."""
    explanation = explain_lines(desk, a_contact(), a_contact(Ville="Massy"), same={2: "", 3: ""})
    assert [row.values["id"] for row in explanation.new] == ["nouvelle-biotech-inventee", "nouvelle-biotech-inventee-massy"]


def test_an_export_empties_what_is_emptied_in_it(desk: Desk) -> None:
    """In a file with all columns of ours an empty cell says that nothing is to stand there."""
    text = (ROOT / "data" / "actors.csv").read_text(encoding="utf-8").splitlines()
    columns, cells = text[0].split(","), next(line for line in text if line.startswith("abbelight")).split(",")
    place = columns.index("modalities")
    before, cells[place] = cells[place], ""
    found = explain(desk, "actors.csv", f"{text[0]}\n{','.join(cells)}\n".encode(), Choices())
    expected = [("modalities", before, "")] if before else []
    assert [(cell.field, cell.before, cell.after) for cell in found.changed] == expected


def test_every_table_of_the_repository_says_nothing_new(desk: Desk) -> None:
    """The files of data/ are what the register was made of."""
    for path in sorted((ROOT / "data").glob("*.csv")):
        explanation = explain(desk, path.name, path.read_bytes(), Choices())
        assert count_outcome(explanation) == {}, path.name
        assert explanation.resource == path.stem


def test_explaining_writes_nothing(tmp_path: Path) -> None:
    """The store is the same to the byte."""
    desk = open_desk(copy_store(tmp_path))
    before = (tmp_path / "register.sqlite").read_bytes()
    explain_lines(desk, a_contact(), {"Société": "Genethon", "Ville": "Evry", "Statut": "fermé"})
    assert (tmp_path / "register.sqlite").read_bytes() == before
    with desk.store.read() as transaction:
        assert find_last_number(transaction) == 1


def test_a_file_imported_twice_says_nothing_more(tmp_path: Path) -> None:
    """What it brought is what stands there."""
    desk = open_desk(copy_store(tmp_path))
    lines = (a_contact(), {"Société": "Genethon", "Ville": "Evry", "Statut": "fermé"})
    assert count_outcome(import_lines(desk, *lines)) == {"new": 1, "changed": 1}
    again = explain_lines(desk, *lines)
    assert count_outcome(again) == {}
    assert len(again.unchanged) == 2


def test_progress_is_told_to_its_end(desk: Desk) -> None:
    """Never smaller than before, 1 at the end."""
    shares: list[float] = []
    explain(desk, "contacts.csv", write_contacts(a_contact()), Choices(page=PAGE), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_preview_is_json_in_the_order_that_is_documented(desk: Desk) -> None:
    """New members stand at the end; what is expected is told in the language asked for."""
    explanation = explain_lines(desk, a_contact(Ville="Lutetia"), a_contact())
    told = to_json(explanation)
    assert list(told)[:5] == ["columns", "new", "changed", "unchanged", "refused"]
    assert list(told["columns"][0]) == ["header", "field", "score"]
    assert list(told["new"][0]) == ["line", "values"]
    assert list(told["refused"][0]) == ["line", "column", "letter", "found", "expected", "nearest"]
    assert told["refused"][0]["expected"] == explanation.refused[0].expected_fr
    assert to_json(explanation, "en")["refused"][0]["expected"] == explanation.refused[0].expected_en


def test_an_organisation_is_spelt_as_the_register_spells_it(desk: Desk) -> None:
    """A legal form or capitals make no second organisation; of two new lines the first spelling holds."""
    lines = [
        a_contact(**{"Société": "Site inventé de Sanofi", "Organisation": "SANOFI SA"}),
        a_contact(Organisation="Groupe Inventé"),
        a_contact(**{"Société": "Deuxième Site Inventé", "Organisation": "GROUPE INVENTE", "Ville": "Massy"}),
    ]
    explanation = explain_lines(desk, *lines)
    assert [row.values["organisation"] for row in explanation.new] == ["Sanofi", "Groupe Inventé", "Groupe Inventé"]


def test_what_a_rule_says_of_another_row_is_said_of_the_file(desk: Desk) -> None:
    """A line of ours is a name, one of the file its line: nobody has the table's own lines before him."""
    numbers = {"SIRET": "73282932000074"}
    explanation = explain_lines(desk, a_contact(**numbers), a_contact(**{"Société": "Autre Inventée", "SIREN": "732829320"}))
    assert explanation.refused[0].line == 3
    assert explanation.refused[0].expected_fr.count("(ligne 2)") == 1


def test_an_export_without_the_column_of_codes_moves_nobody(desk: Desk) -> None:
    """A code that follows from the name of the commune is not what the file says: an arrondissement stays one."""
    lines = (ROOT / "data" / "actors.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(lines)))
    written = io.StringIO()
    writer = csv.DictWriter(written, [name for name in rows[0] if name != "commune_code"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    assert count_outcome(explain(desk, "export.csv", written.getvalue().encode(), Choices())) == {}


def test_what_follows_from_a_missing_cell_is_not_told_beside_it(desk: Desk) -> None:
    """One fault is one correction: no id without a name, no code without a commune, no doubt about a category without a type."""
    explanation = explain_lines(desk, a_contact(Type=""), a_contact(**{"Société": ""}))
    assert [(cell.line, cell.column) for cell in explanation.refused] == [(2, "Type"), (3, "Société")]


def test_one_siret_on_two_lines_is_told_by_its_column(desk: Desk) -> None:
    """Their names differ, so that the name is not at fault."""
    first = a_contact(SIRET="73282932000074")
    explanation = explain_lines(desk, first, first | {"Société": "Tout autre invention"})
    assert [(cell.line, cell.column) for cell in explanation.refused] == [(3, "SIRET")]


def test_a_point_that_is_not_read_is_told(desk: Desk) -> None:
    """The register places actors itself; whoever gives degrees learns that they are not taken."""
    explanation = explain_lines(desk, a_contact(Latitude="48,63", Longitude="2,44"))
    assert [notice.fr for notice in explanation.notices if "Latitude, Longitude" in notice.fr]
