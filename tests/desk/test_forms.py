"""The form of a row: its fields are those of the description, its values are cells."""

from __future__ import annotations

import json

import pytest

from biocarto.desk import forms
from biocarto.desk.description import Package
from biocarto.desk.facts import RegisterRow
from biocarto.desk.forms import Control, Form, FormSection
from biocarto.i18n import Locale
from biocarto.register.tables import TABLES, parse_package
from tests.support.register import ROOT, layers

TEXT = (ROOT / "data/datapackage.json").read_text("utf-8")
SITES = [
    RegisterRow("sites", "genopole", 1, 1, {"id": "genopole", "name": "Genopole Évry", "commune_code": "91228"}),
    RegisterRow("sites", "genopole-2", 2, 1, {"id": "genopole-2", "name": "Genopole Évry", "commune_code": "91228", "commune": "Évry"}),
]


def package() -> Package:
    """The tables as they are."""
    return parse_package(TEXT)


def form(table: str, lang: str = "fr", text: str = TEXT) -> Form:
    """The form of a table, with two campuses to name."""
    return forms.build_form(parse_package(text), table, {"sites": SITES}, layers(), Locale(lang))


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_typed_or_follows_from_others(table: str) -> None:
    """Thirteen tables, one mechanism: no column is forgotten, no id and no position is typed."""
    fields = package()[table].fields
    hidden = (
        {"id", "position"}
        | ({"latitude", "longitude"} if table == "actors" else set())
        | ({"commune_code"} if "commune" in fields else set())
    )
    assert [*form(table).fields] == [name for name in fields if name not in hidden]


def test_a_column_added_to_the_description_has_its_field() -> None:
    """With its codes as choices, and the words of the description as help."""
    described = json.loads(TEXT)
    fields = described["resources"][0]["schema"]["fields"]
    fields.append({"name": "phase", "type": "string", "description": "Phase", "constraints": {"enum": ["one", "two"]}})
    added = form("actors", text=json.dumps(described)).fields["phase"]
    assert (added.control, dict(added.options), added.help, added.is_required) == (
        Control.CHOICE,
        {"one": "one", "two": "two"},
        "Phase",
        False,
    )


def test_codes_are_chosen_by_their_words() -> None:
    """In the language of the page."""
    assert form("actors").fields["kind"].options["company"] == "Entreprise"
    assert form("actors", "en").fields["kind"].options["company"] == "Company"
    assert form("networks").fields["region_codes"].options["11"] == "Île-de-France"
    assert form("cities").fields["country"].options["DE"] == "Allemagne"


def test_a_reference_is_chosen_by_the_name_of_its_row() -> None:
    """Namesakes are told apart."""
    assert form("actors").fields["site_id"].options == {"genopole": "Genopole Évry (genopole)", "genopole-2": "Genopole Évry (Évry)"}


def test_lists_are_closed_where_their_items_are_known() -> None:
    """Codes and references are chosen; names of regions may be typed as well."""
    closed = {name: form(table).fields[name].is_open for table, name in (("actors", "modalities"), ("events", "network_ids"))}
    assert closed == {"modalities": False, "network_ids": False}
    regions = form("tour_stages").fields["regions"]
    assert regions.is_open
    assert "Bretagne" in regions.options


def test_a_text_stands_beside_its_translation() -> None:
    """Short fields two by two, a long one alone."""
    rows = [[field.name for field in pair] for pair in forms.pair_fields(form("networks").fields.values())]
    assert ["description_fr", "description_en"] in rows
    assert ["notes_fr", "notes_en"] in rows
    assert max(map(len, rows)) == 2
    assert sorted(name for pair in rows for name in pair) == sorted(form("networks").fields)


def test_sections_keep_their_order() -> None:
    """What it is, where, in what state, its keys, its page."""
    assert [section for section, _ in form("actors").list_sections()] == list(FormSection)
    assert [section for section, _ in form("redirects").list_sections()] == [FormSection.WHAT]


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), ("  Abivax ", "Abivax"), (["rna", "vaccine"], "rna;vaccine"), ([], ""), (["", " a "], "a")]
)
def test_a_value_becomes_a_cell(value: object, cell: str) -> None:
    """Lists are joined, ends trimmed, nothing is empty."""
    assert forms.write_cell(value) == cell


def test_only_what_differs_is_a_change() -> None:
    """With what its editor saw; a cell that is not there is an empty one."""
    assert forms.find_changes({"name": "a", "site": "b"}, {"name": "a", "site": "", "address": "", "owner": "c"}) == {
        "site": ("b", ""),
        "owner": ("", "c"),
    }


def test_a_position_follows_from_the_campus() -> None:
    """Nobody types it."""
    actors = package()["actors"]
    assert forms.derive_cells(actors, {"site_id": "genopole"}) == {"position": "campus"}
    assert forms.derive_cells(actors, {"site_id": ""}) == {"position": "commune"}
    assert forms.derive_cells(actors, {"name": "x"}) == {}


def test_a_campus_is_proposed_where_the_address_names_it() -> None:
    """In the commune of the row, and only where it has none."""
    cells = {"commune_code": "91228", "address": "4 rue Pierre Fontaine, Genopole, 91058 Évry Cedex"}
    found = forms.suggest_site(cells, SITES)
    assert found is not None
    assert found.id == "genopole"
    assert forms.suggest_site(cells | {"site_id": "genopole"}, SITES) is None
    assert forms.suggest_site(cells | {"commune_code": "75113"}, SITES) is None
    assert forms.suggest_site({"commune_code": "91228", "address": "2 rue de la Paix"}, SITES) is None


def test_a_numbered_table_goes_on_counting() -> None:
    """Cities are numbered; other ids are made of names."""
    rows = [RegisterRow("cities", "4", 1, 1, {"id": "4"}), RegisterRow("cities", "12", 2, 1, {"id": "12"})]
    assert forms.number_row(package()["cities"], rows) == {"id": "13"}
    assert forms.number_row(package()["actors"], rows) == {}


def test_a_text_beyond_all_bounds_is_told_at_its_field() -> None:
    """Its first characters only: a message is no place for 100 kB."""
    [issue] = forms.find_long_cells(package()["actors"], {"name": "x" * 100_000, "site": "y"})
    assert issue.column == "name"
    assert len(issue.found) <= 80
