"""Every file that readers take away is imported with an empty preview: nothing new, nothing changed, nothing refused or doubtful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from biocarto.desk.acts import Desk
from biocarto.desk.intake.applying import apply_import
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.staging import Choices
from biocarto.desk.official.positions import make_point, place_actor
from biocarto.desk.publishing import check, preview
from biocarto.export import selection
from biocarto.export.formats import FORMATS
from biocarto.export.selection import Selection
from biocarto.i18n import DEFAULT, LANGUAGES
from biocarto.model import Precision
from biocarto.ui.sources.files import KINDS
from tests.support.contacts import count_outcome
from tests.support.desk import PAGE, an_intent, copy_store, look_up, open_desk
from tests.support.register import joined, tables

_LABELLED = ("xlsx", "csv-excel")
"""Kinds whose words are those of a language; the others are the same in both."""
ACTOR_KINDS = ("csv", "csv-excel", "xlsx", "geojson", "gpkg", "parquet")
MADE = date(2026, 12, 1)
LINK = "https://biocarto.example/annuaire"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The register that the files are made of; no test writes into it."""
    return open_desk(copy_store(tmp_path_factory.mktemp("round")))


def select_actors(lang: str, filters: dict[str, str]) -> Selection:
    """The actors of the register in the order shown, as far as they are chosen."""
    catalogue = joined()
    rows = catalogue.actors
    for column, value in filters.items():
        rows = rows[rows[column] == value]
    about: dict[str, Any] = catalogue.resources["actors"]
    told = list(filters.items())
    return selection.build_selection(rows, filters=told, link=LINK, made=MADE, about=about, described=about["columns"][lang], lang=lang)


def expect_nothing(desk: Desk, chosen: Selection, kind: str, table: str) -> None:
    """The preview of a file is empty, and all its rows are known."""
    data = FORMATS[kind].write(chosen, selection.ignore_progress)
    explanation = explain(desk, f"export.{FORMATS[kind].extension}", data, Choices())
    assert explanation.resource == table
    assert count_outcome(explanation) == {}
    assert len(explanation.unchanged) == len(chosen.actors)


@pytest.mark.parametrize("filters", [{}, {"department_code": "91", "kind": "company"}], ids=["all", "some"])
@pytest.mark.parametrize(
    ("lang", "kind"), [(lang, kind) for lang in LANGUAGES for kind in ACTOR_KINDS if lang == DEFAULT or kind in _LABELLED]
)
def test_actors_come_back_as_they_are(desk: Desk, lang: str, kind: str, filters: dict[str, str]) -> None:
    """Labels or codes, decimal commas or points, computed columns left out, rows of any choice."""
    expect_nothing(desk, select_actors(lang, filters), kind, "actors")


@pytest.mark.parametrize("table", tables().resources)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_comes_back_as_it_is(desk: Desk, lang: str, table: str) -> None:
    """In each form that the page of sources has."""
    found = tables()
    about = found.resources[table]
    chosen = selection.select_table(table, getattr(found, table), link=LINK, made=MADE, about=about, lang=lang)
    for kind in KINDS if lang == DEFAULT else _LABELLED:
        expect_nothing(desk, chosen, kind, table)


@pytest.mark.parametrize("kind", ACTOR_KINDS)
def test_points_come_back_and_go_with_their_address(tmp_path: Path, kind: str) -> None:
    """Neither the point of an actor nor the one that a file tells of its campus is a change; another commune takes its own away."""
    placed = open_desk(copy_store(tmp_path))
    place_actor(placed, an_intent(), "genethon", make_point(48.62317, 2.4391, Precision.STREET), PAGE)
    catalogue = check(placed, preview(placed).files)
    about = catalogue.resources["actors"]
    rows = catalogue.actors[catalogue.actors["commune_code"] == "91228"]
    chosen = selection.build_selection(rows, filters=[], link=LINK, made=MADE, about=about, described={}, lang="fr")
    expect_nothing(placed, chosen, kind, "actors")
    moved = rows.assign(commune="Massy", commune_code="91377", site_id="", postcode="").loc[["genethon"]]
    data = FORMATS[kind].write(replace(chosen, actors=moved[chosen.actors.columns]), selection.ignore_progress)
    explanation = explain(placed, f"export.{FORMATS[kind].extension}", data, Choices(page=PAGE))
    cells = {change.field: (change.before, change.after) for change in explanation.changed}
    assert cells["latitude"] == ("48.62317", "")
    assert cells["position"] == ("street", "commune")
    assert apply_import(placed, an_intent(), explanation) is not None
    assert "longitude" not in look_up(placed, "genethon").cells


def test_a_former_id_is_the_row_that_it_leads_to(desk: Desk) -> None:
    """An export of before a merge still speaks of its actors."""
    old, new = next(iter(joined().redirects.items()))
    line = f"id,name\n{old},{joined().actors.at[new, 'name']}\n"
    assert explain(desk, "old.csv", line.encode(), Choices(resource="actors")).unchanged == (new,)
