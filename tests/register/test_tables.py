"""What `catalogue.read` accepts, what it refuses, and how it says so."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biocarto.caches import Cache
from biocarto.errors import CatalogueError, DataError, Issue
from biocarto.register import tables as catalogue
from tests.builders import (
    VALID_ROWS,
    a_cluster,
    a_regional_figure,
    a_site,
    a_stage,
    an_actor,
    issues_of,
    write_tables,
)

CAMPUS = {"position": "campus", "site_id": "genopole"}


def places(issues: tuple[Issue, ...]) -> list[tuple[str, int, str]]:
    """Where the issues are: file, line, column."""
    return [(issue.table, issue.line, issue.column) for issue in issues]


# --- what is accepted -------------------------------------------------------------------------------------------------


def test_builders_make_a_valid_folder(tmp_path):
    """One row per table, and nothing to complain about."""
    tables = catalogue.read(write_tables(tmp_path))
    expected = dict.fromkeys(VALID_ROWS, 1) | {"figures": len(catalogue.NEEDED_FIGURES)}
    assert {name: len(getattr(tables, name)) for name in catalogue.TABLES} == expected


def test_the_english_of_an_activity_may_wait(tmp_path):
    """A list of contacts is French: an actor comes without translation, but never without the French, nor another table's text."""
    assert catalogue.read(write_tables(tmp_path / "a", actors=[an_actor(activity_en="")])).actors.loc[0, "activity_en"] == ""
    assert set(places(issues_of(write_tables(tmp_path / "b", actors=[an_actor(activity_fr="")])))) == {("actors.csv", 2, "activity_fr")}
    assert set(places(issues_of(write_tables(tmp_path / "c", clusters=[a_cluster(focus_en="")])))) == {("clusters.csv", 2, "focus_en")}


def test_types_of_the_columns(tmp_path):
    """Text stays text with "" for unknown; whole numbers, decimals and lists have the type that the description gives."""
    rows = [an_actor(modalities="rna;antibody", postcode="01000", founded=2001), an_actor(id="beta", name="Beta")]
    tables = catalogue.read(
        write_tables(tmp_path, actors=rows, regional_figures=[a_regional_figure(value="1.5", region="Bretagne;Occitanie")])
    )
    actors = tables.actors
    assert actors.loc[0, ["postcode", "modalities", "founded", "as_of"]].tolist() == ["01000", ("rna", "antibody"), 2001, 2024]
    assert actors.loc[1, ["postcode", "modalities"]].tolist() == ["", ()]
    assert actors["founded"].isna().tolist() == [False, True]
    assert (actors["name"].dtype, actors["founded"].dtype) == (pd.StringDtype(na_value=float("nan")), pd.Int64Dtype())
    assert (tables.sites["latitude"].dtype, tables.sites["latitude"][0]) == (pd.Float64Dtype(), 48.62362)
    assert tables.regional_figures.loc[0, ["region", "value"]].tolist() == [("Bretagne", "Occitanie"), 1.5]
    assert list(actors.index) == [0, 1]


def test_every_column_of_the_file_is_kept_in_its_order(tmp_path):
    """Readers of the frames find the columns of the file, whatever order an editor gave them."""
    folder = write_tables(tmp_path)
    path = folder / "sites.csv"
    rows = [list(reversed(row)) for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8")))]
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    tables = catalogue.read(folder)
    assert list(tables.sites.columns) == rows[0]
    assert tables.sites["id"].tolist() == ["genopole"]


def test_a_table_may_be_empty(tmp_path):
    """A header without rows gives an empty frame of the same types."""
    empty = catalogue.read(write_tables(tmp_path / "empty", actors=[], sites=[])).actors
    full = catalogue.read(write_tables(tmp_path / "full")).actors
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        '=HYPERLINK("http://x.y","z")',
        "@SUM(A1)",
        "`${alert(1)}`",
        "NA",
        "null",
        "L'Oréal, « Recherche »",
        "Bio\u202fTech",
    ],
)
def test_text_that_only_looks_dangerous_is_kept_as_it_is(tmp_path, name):
    """HTML, formulas and words for "nothing" are names like others: they are escaped where they are shown, not here."""
    assert catalogue.read(write_tables(tmp_path, actors=[an_actor(name=name)])).actors["name"].tolist() == [name]


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(tmp_path):
    """Excel writes both."""
    folder = write_tables(tmp_path)
    path = folder / "actors.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert catalogue.read(folder).actors["id"].tolist() == ["alpha"]


def test_the_description_of_each_table_travels_with_it(tmp_path):
    """The sources page finds title, licence and sources of a table in both languages."""
    about = catalogue.read(write_tables(tmp_path)).resources
    assert set(about) == set(catalogue.TABLES)
    assert (about["tour_stages"]["title_fr"], about["tour_stages"]["title_en"]) == (
        "Étapes du French Bioproduction Tour",
        "Stages of the French Bioproduction Tour",
    )
    assert about["actors"]["licence"]["name"] == "etalab-2.0"
    assert [bool(source["title"] and source["title_en"]) for source in about["figures"]["sources"]] == [True, True]


# --- what is refused: several issues, whole files ---------------------------------------------------------------------


def test_all_issues_of_all_tables_come_together(tmp_path):
    """One report in the order of the tables and lines, not twelve restarts; the same text in two languages."""
    folder = write_tables(
        tmp_path,
        actors=[an_actor(), an_actor(id="b", name="B", category="x", website="ftp://x"), an_actor(id="c", name="", as_of="")],
        sites=[a_site(latitude="0")],
        tour_stages=[a_stage(organisers="x;y")],
    )
    (folder / "networks.csv").unlink()
    with pytest.raises(CatalogueError) as caught:
        catalogue.read(folder)
    assert places(caught.value.issues) == [
        ("actors.csv", 3, "category"),
        ("actors.csv", 3, "website"),
        ("actors.csv", 4, "name"),
        ("actors.csv", 4, "as_of"),
        ("sites.csv", 2, "latitude"),
        ("tour_stages.csv", 2, "organisers"),
        ("tour_stages.csv", 2, "organisers"),
        ("networks.csv", 0, ""),
    ]
    assert [len(caught.value.message(lang).splitlines()) for lang in ("fr", "en")] == [8, 8]
    assert "ligne 3, colonne « category » : trouvé « x »" in caught.value.message("fr")


def test_lines_count_as_a_spreadsheet_counts(tmp_path):
    """A cell with line breaks is one line, an empty line is a line."""
    folder = write_tables(tmp_path, sites=[a_site(stated="a\nb\nc"), a_site(id="b", name="B", latitude="x")])
    path = folder / "sites.csv"
    head, body = path.read_bytes().split(b"\r\n", 1)
    path.write_bytes(head + b"\r\n\r\n" + body)
    assert places(issues_of(folder)) == [("sites.csv", 3, "stated"), ("sites.csv", 4, "latitude")]


def test_lines_stay_known_after_reading(tmp_path):
    """What is checked later, against the layers, can still name the line of the spreadsheet."""
    folder = write_tables(tmp_path, sites=[a_site(), a_site(id="b", name="B")])
    _edit(folder / "sites.csv", lambda text: text.replace("\nb,", "\n\n\nb,"))
    tables = catalogue.read(folder)
    assert tables.lines["sites"] == (2, 5)
    assert {name: len(lines) for name, lines in tables.lines.items()} == {name: len(getattr(tables, name)) for name in catalogue.TABLES}


def _edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


BAD_FILES: list[tuple[str, Callable[[Path], object], tuple[int, str], str]] = [
    ("missing", lambda path: path.unlink(), (0, ""), "a readable file of this name"),
    ("folder", lambda path: (path.unlink(), path.mkdir()), (0, ""), "a readable file of this name"),
    ("empty", lambda path: path.write_bytes(b""), (1, ""), "a header separated by commas"),
    ("mixed encodings", lambda path: path.write_bytes(path.read_bytes().replace("É".encode(), b"\xc9")), (2, ""), "a file in UTF-8"),
    ("open quote", lambda path: _edit(path, lambda text: text + '"alpha'), (3, ""), "well-formed CSV"),
    ("stray quote", lambda path: _edit(path, lambda text: text + '"alpha"x,\n'), (3, ""), "well-formed CSV"),
    ("huge cell", lambda path: _edit(path, lambda text: text + "x" * 200_000), (3, ""), "cells of at most 131,072 characters"),
    ("short row", lambda path: _edit(path, lambda text: text + "b,B\n"), (3, "commune_code"), "10 cells in the row"),
    ("long row", lambda path: _edit(path, lambda text: text + "b" + "," * 10 + "x"), (3, "source_title"), "10 cells in the row"),
    (
        "renamed column",
        lambda path: _edit(path, lambda text: text.replace("note_fr", "notes_fr", 1)),
        (1, "note_fr"),
        "this column",
    ),
    (
        "repeated column",
        lambda path: _edit(path, lambda text: text.replace("note_fr", "note_en", 1)),
        (1, "note_en"),
        "each column only once",
    ),
]


@pytest.mark.parametrize(("spoil", "place", "expected"), [case[1:] for case in BAD_FILES], ids=[case[0] for case in BAD_FILES])
def test_a_bad_file_is_told_with_its_place(tmp_path, spoil, place, expected):
    """A missing, unreadable or misshapen sites.csv is one of the issues, whatever follows from it."""
    folder = write_tables(tmp_path)
    spoil(folder / "sites.csv")
    issues = issues_of(folder)
    assert {issue.table for issue in issues} == {"sites.csv"}
    assert any((issue.line, issue.column) == place and issue.expected_en.startswith(expected) for issue in issues)


def test_a_missing_column_is_named(tmp_path):
    """The absent column is the column of the issue, on the header's line."""
    folder = write_tables(tmp_path)
    _edit(folder / "sites.csv", lambda text: text.replace("note_fr", "notes_fr", 1))
    (issue,) = issues_of(folder)
    assert (issue.table, issue.line, issue.column) == ("sites.csv", 1, "note_fr")
    assert issue.remedy_en == "The file has a column “notes_fr”: is it the one?"


def test_a_table_that_cannot_be_read_is_not_held_against_others(tmp_path):
    """One broken sites.csv does not turn every actor on a campus into an issue."""
    folder = write_tables(tmp_path, actors=[an_actor(**CAMPUS)])
    (folder / "sites.csv").write_bytes(b"\xff")
    assert places(issues_of(folder)) == [("sites.csv", 1, "")]


def test_a_table_that_lost_a_row_is_not_held_against_others(tmp_path):
    """The row that was left out may be the one that an actor names."""
    folder = write_tables(tmp_path, actors=[an_actor(position="campus", site_id="biocitech")])
    _edit(folder / "sites.csv", lambda text: text + "biocitech,Biocitech\n")
    assert places(issues_of(folder)) == [("sites.csv", 3, "commune_code")]


def test_a_table_that_is_what_it_was_is_read_once(tmp_path, monkeypatch):
    """Two editions differ in few of their tables: only these are looked at again, and again on another day, when a page may be dated."""
    looked: list[str] = []
    check = catalogue.find_table_issues
    monkeypatch.setattr(catalogue, "_READ_TABLES", Cache(catalogue.caches.READ_TABLES))
    monkeypatch.setattr(catalogue, "find_table_issues", lambda resource, sheet: looked.append(resource.name) or check(resource, sheet))
    first = catalogue.read(write_tables(tmp_path / "a"))
    assert sorted(looked) == sorted(catalogue.TABLES)
    second = catalogue.read(write_tables(tmp_path / "b", clusters=[a_cluster(name="Autre")]))
    assert looked[len(catalogue.TABLES) :] == ["clusters"]
    assert (first.clusters.loc[0, "name"] != "Autre", second.clusters.loc[0, "name"]) == (True, "Autre")
    monkeypatch.setattr(catalogue, "read_today", lambda: date(2040, 1, 1))
    catalogue.read(tmp_path / "b")
    assert sorted(looked[len(catalogue.TABLES) + 1 :]) == sorted(catalogue.TABLES)


def test_a_missing_folder_is_a_data_error(tmp_path):
    """No folder at all: one message in each language, no stack trace."""
    with pytest.raises(DataError) as caught:
        catalogue.read(tmp_path / "nowhere")
    for lang, said in (("fr", "absent ou illisible"), ("en", "missing or unreadable")):
        text = caught.value.message(lang)
        assert all(part in text for part in ("datapackage.json", str(tmp_path / "nowhere"), "BIOCARTO_DATA", said))


# --- wild content -----------------------------------------------------------------------------------------------------

WILD = settings(max_examples=settings().max_examples // 5)
"""A read of twelve tables takes a tenth of a second."""
CELLS = [(table, column) for table, build in VALID_ROWS.items() for column in build()]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.floats().map(str)


def outcome(folder: str) -> catalogue.Tables | tuple[Issue, ...]:
    """Tables or issues; anything else that is raised fails the test."""
    try:
        return catalogue.read(Path(folder))
    except CatalogueError as error:
        return error.issues


@WILD
@given(cells=st.dictionaries(st.sampled_from(CELLS), ANY_TEXT, min_size=1, max_size=4))
def test_wild_cells_give_tables_or_a_data_error(cells):
    """Whatever a cell holds, reading ends in tables that keep it, or in issues that name its table."""
    rows = {table: build() for table, build in VALID_ROWS.items()}
    for (table, column), value in cells.items():
        rows[table][column] = value
    with tempfile.TemporaryDirectory() as folder:
        write_tables(Path(folder), **{table: [row] for table, row in rows.items()})
        found = outcome(folder)
    if isinstance(found, catalogue.Tables):
        assert [found.actors["name"][0], found.figures["value"][0]] == [rows["actors"]["name"], rows["figures"]["value"]]
    else:
        assert found
        assert all(len(issue.found) <= 80 and issue.table.removesuffix(".csv") in rows for issue in found)


@WILD
@given(content=st.binary(max_size=300), keep_header=st.booleans())
def test_wild_bytes_give_tables_or_a_data_error(content, keep_header):
    """A file of noise, with or without its header, never raises anything else."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_tables(Path(folder)) / "network_members.csv"
        header = path.read_bytes().split(b"\r\n")[0] + b"\r\n"
        path.write_bytes(header + content if keep_header else content)
        found = outcome(folder)
    if isinstance(found, catalogue.Tables):
        assert list(found.network_members.columns) == header.decode().strip().split(",")
    else:
        assert {issue.table for issue in found} == {path.name}
