"""The committed tables: valid, complete in both languages, and told correctly by their README."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from biocarto.analysis.coverage.territories import find_least_served
from biocarto.model import CHAPTER, Category, Kind, Modality, Precision, Status
from biocarto.register import changes
from biocarto.register import tables as catalogue
from tests.support import register

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = json.loads((DATA / catalogue.PACKAGE).read_text(encoding="utf-8"))
UNLINKED = {"cfb_2021_participants", "cfb_2021_fin_communique", "meary_creation", "part_import_85"}
"""Figures whose source has a title but no address."""
FIELDS = [(resource["name"], field) for resource in PACKAGE["resources"] for field in resource["schema"]["fields"]]


@pytest.fixture(scope="module")
def tables() -> catalogue.Tables:
    """The committed tables, which must be valid."""
    return catalogue.read(DATA)


def _field(table: str, column: str) -> dict[str, dict[str, list[str]]]:
    return next(field for name, field in FIELDS if (name, field["name"]) == (table, column))


def _readme(mark: str) -> str:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    return re.search(rf"<!-- {mark}:.*?-->\n(.*?)<!-- end of {mark} -->", text, re.DOTALL)[1]


def test_every_table_is_described_and_every_file_is_a_table():
    """No file in data/ without a description, no description without a file."""
    files = {path.name for path in DATA.iterdir()} - {"README.md", catalogue.PACKAGE, changes.FILE}
    assert files == {resource["path"] for resource in PACKAGE["resources"]}
    assert tuple(resource["name"] for resource in PACKAGE["resources"]) == catalogue.TABLES


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=[f"{table}.{field['name']}" for table, field in FIELDS])
def test_every_column_is_described_in_two_languages(table, field):
    """A description in French and another in English; a pattern says in words what it wants."""
    assert field["description"]
    assert field["description_en"]
    assert field["description"] != field["description_en"]
    patterned = "pattern" in field.get("constraints", {}) or "pattern" in field.get("items", {})
    assert set(field.get("expected", {})) == ({"fr", "en"} if patterned else set())


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("kind", Kind),
        ("category", Category),
        ("status", Status),
        ("position", [Precision.STREET, Precision.IN_STREET, Precision.CAMPUS, Precision.COMMUNE]),
    ],
)
def test_the_lists_of_values_are_those_of_the_model(column, words):
    """A value of the model is a value of the file, so that each has a label and a symbol."""
    assert _field("actors", column)["constraints"]["enum"] == [str(word) for word in words]


def test_the_modalities_are_those_of_the_model():
    """The items of the list column too."""
    assert _field("actors", "modalities")["items"]["enum"] == [str(modality) for modality in Modality]


def test_every_row_has_a_source(tables):
    """A register without provenance is a rumour: a link or the chapter, and always a title."""
    for name in set(catalogue.TABLES) - {"redirects"}:  # the register's own history
        frame = getattr(tables, name)
        assert frame["source_title"].ne("").all(), name
        linked = frame["source_url"].str.startswith(("http://", "https://")) | frame["source_url"].eq(CHAPTER)
        unlinked = set(frame.loc[~linked, "id"]) if name == "figures" else set(frame.index[~linked])
        assert unlinked == (UNLINKED if name == "figures" else set())


def test_a_fact_is_shared_by_figures_of_one_territory(tables):
    """A fact groups at least two figures, from different rows of one territory; alone, a figure has none."""
    groups = tables.figures[tables.figures["fact"] != ""].groupby("fact")
    assert groups.size().min() >= 2
    assert groups["geography"].nunique().max() == 1


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        ("regional-assises-date", {"2021-06-08", "2021-05"}),
        ("dim-budget", {"12", "15"}),
        ("france-biolead-founders", {"15", "17"}),
        ("cebr-members", {"44", "45"}),
        ("ais-launch", {"2022-10-31", "2022-11"}),
        ("meary-start", {"2018", "2020"}),
        ("cobioe-name", {"Connection for bioproduction ecosystems", "growing COnnection for BIO Ecosystems"}),
        ("congress-2021-end", {"2021-06-18", "2021-06-23"}),
    ],
)
def test_known_disagreements_stand_side_by_side(tables, fact, values):
    """Both sides of what the sources disagree about are kept under one fact."""
    assert set(tables.figures.loc[tables.figures["fact"] == fact, "value"]) == values


FLOORS = {"more than": "over", "at least": "min", "nearly": "about", "some": "about"}


def test_a_number_is_qualified_as_its_context_says(tables):
    """A context that begins with "more than", "at least", "nearly" or "some" speaks of the value, which says the same."""
    figures = tables.figures.set_index("id")
    for words, qualifier in FLOORS.items():
        told = figures[figures["context_en"].str.startswith(f"{words} ")].drop(index=["dim_membres", "capacity_2020"], errors="ignore")
        assert set(told["qualifier"]) == {qualifier}, words
    networks = tables.networks.set_index("id")
    assert networks.loc["aap-idf-leader-bioproduction", "qualifier"] == figures.loc["aap_montant", "qualifier"] == "over"


def test_what_does_not_disagree_is_no_fact(tables):
    """Medicen and the eleven around it are two counts; registrants are not participants."""
    assert set(tables.figures.set_index("id").loc[["tour_poles_federes", "tour_organisateurs", "cfb_2023_inscrits"], "fact"]) == {""}


def test_english_dates_are_written_in_digits(tables):
    """“11 December”, as every other date of the tables."""
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    texts = pd.concat([tables.figures["label_en"], tables.figures["context_en"]])
    found = texts.str.extract(rf"\b([A-Za-z-]+) (?:{months})\b")[0].dropna()
    assert not [
        word for word in found if re.search("one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty", word)
    ]


def test_the_organisers_of_the_stages_are_the_members_of_the_tour(tables):
    """The two ways to count the organisers agree, and Medicen is one of them."""
    organisers = set(tables.tour_stages["organisers"].explode())
    assert organisers == set(tables.clusters.loc[tables.clusters["tour_member"] == "yes", "id"])
    assert "medicen" in organisers


def test_lists_of_regions_and_codes_run_in_parallel(tables):
    """As many names as codes, in clusters and stages."""
    assert tables.clusters["regions_covered"].map(len).equals(tables.clusters["region_codes"].map(len))
    assert tables.tour_stages["regions"].map(len).equals(tables.tour_stages["region_codes"].map(len))


def test_english_texts_are_not_copies_of_the_french(tables):
    """A sentence that is the same in both columns was not translated."""
    copied = []
    for name in catalogue.TABLES:
        frame = getattr(tables, name)
        for french in (column for column in frame.columns if column.endswith("_fr") and column[:-3] not in {"unit", "modality"}):
            same = frame[french].eq(frame[f"{french[:-2]}en"]) & frame[french].str.count(" ").gt(3)
            copied += [f"{name}.{french}: {text}" for text in frame.loc[same, french]]
    assert copied == []


def test_the_readme_counts_the_rows(tables):
    """The table of files is what the files hold."""
    told = dict(re.findall(r"^\| (\w+)\.csv \| (\d+) \|", _readme("counts"), re.MULTILINE))
    assert told == {name: str(len(getattr(tables, name))) for name in catalogue.TABLES}


def test_the_readme_counts_the_gaps(tables):
    """The numbers of the known gaps, in their order, are computed from the tables."""
    actors, companies = tables.actors, tables.actors[tables.actors["kind"] == "company"]
    joined = register.joined().actors
    least, present = find_least_served(joined, 3), joined.loc[joined["presence"].eq("present"), "department_code"]
    expected = [
        [companies["organisation"].nunique(), len(companies), 183],
        [*_counts(actors["status"] != "present", actors["as_of"] < 2015), 2015, *_counts(actors["confidence"] == "medium")],
        _counts(actors["position"] == "commune", actors["commune_code"] == "75056"),
        [*map(int, least), *(int(present.eq(code).sum()) for code in least)],
        _counts(tables.clusters["commune_code"] == ""),
        _counts(tables.figures["source_url"] == ""),
    ]
    assert [[int(number) for number in re.findall(r"\d+", line)] for line in _readme("gaps").splitlines()] == expected


def _counts(*marks: pd.Series) -> list[int]:
    return [int(mark.sum()) for mark in marks]
