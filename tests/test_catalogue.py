"""What `catalogue.read` accepts, what it refuses, and how it says so."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import (
    VALID_ROWS,
    Row,
    a_cluster,
    a_figure,
    a_member,
    a_national_site,
    a_network,
    a_regional_figure,
    a_site,
    a_stage,
    an_actor,
    write_tables,
)

from biocarto import catalogue
from biocarto.errors import CatalogueError, DataError, Issue

CAMPUS = {"position": "campus", "site_id": "genopole"}
LONG = "x" * 10_000


def issues_of(folder: Path) -> tuple[Issue, ...]:
    """The issues of a folder that must be refused."""
    with pytest.raises(CatalogueError) as caught:
        catalogue.read(folder)
    return caught.value.issues


def places(issues: tuple[Issue, ...]) -> list[tuple[str, int, str]]:
    return [(issue.table, issue.line, issue.column) for issue in issues]


# --- what is accepted -------------------------------------------------------------------------------------------------


def test_builders_make_a_valid_folder(tmp_path):
    """One row per table, and nothing to complain about."""
    tables = catalogue.read(write_tables(tmp_path))
    assert {name: len(getattr(tables, name)) for name in catalogue.TABLES} == dict.fromkeys(VALID_ROWS, 1)


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


# --- what is refused: one cell ----------------------------------------------------------------------------------------

BAD_CELLS: list[tuple[str, Row, str, str]] = [
    # required
    ("actors.csv", an_actor(name=""), "name", "a value"),
    ("actors.csv", an_actor(source_url=""), "source_url", "a value"),
    ("sites.csv", a_site(latitude=""), "latitude", "a value"),
    ("tour_stages.csv", a_stage(organisers=""), "organisers", "a value"),
    ("figures.csv", a_figure(source_title=""), "source_title", "a value"),
    # type
    ("actors.csv", an_actor(as_of="vers 2020"), "as_of", "a whole number"),
    ("actors.csv", an_actor(founded="2001.5"), "founded", "a whole number"),
    ("actors.csv", an_actor(founded="٢٠٢٠"), "founded", "a whole number"),
    ("networks.csv", a_network(amount_eur="9" * 30), "amount_eur", "a whole number"),
    ("sites.csv", a_site(latitude="48,62"), "latitude", "a number, with a decimal point"),
    ("sites.csv", a_site(longitude="nan"), "longitude", "a number, with a decimal point"),
    ("regional_figures.csv", a_regional_figure(value="9" * 400), "value", "a number, with a decimal point"),
    ("actors.csv", an_actor(modalities="rna; antibody"), "modalities", "different values separated"),
    ("actors.csv", an_actor(modalities="rna;rna"), "modalities", "different values separated"),
    ("clusters.csv", a_cluster(regions_covered="Bretagne;;Occitanie"), "regions_covered", "different values separated"),
    # minimum, maximum
    ("actors.csv", an_actor(as_of=20244), "as_of", "at most 2100"),
    ("actors.csv", an_actor(founded=-5), "founded", "at least 1000"),
    ("sites.csv", a_site(latitude="2.43933"), "latitude", "at least 41"),
    ("sites.csv", a_site(longitude="48.62362"), "longitude", "at most 10"),
    # enum, in a cell and in a list
    ("actors.csv", an_actor(category="biotherapy"), "category", "one of these values: biotherapies, bioproduction, techproviders"),
    ("actors.csv", an_actor(status="Active"), "status", "one of these values: active"),
    ("actors.csv", an_actor(modalities="rna;magic"), "modalities", "one of these values: gene_therapy"),
    ("clusters.csv", a_cluster(tour_member="oui"), "tour_member", "one of these values: yes, no"),
    ("networks.csv", a_network(scale="world"), "scale", "one of these values: regional"),
    ("network_members.csv", a_member(role="boss"), "role", "one of these values: coordinator"),
    ("national_sites.csv", a_national_site(perimeter="human"), "perimeter", "one of these values: human_bioproduction"),
    # pattern
    ("actors.csv", an_actor(id="Évry Bio"), "id", "lower-case letters"),
    ("actors.csv", an_actor(commune_code="9122"), "commune_code", "an INSEE commune code"),
    ("actors.csv", an_actor(postcode="1000"), "postcode", "5 digits"),
    ("actors.csv", an_actor(name="Al\x00pha"), "name", "text without control characters"),
    ("actors.csv", an_actor(name="Alpha\nBeta"), "name", "text without control characters"),
    ("actors.csv", an_actor(name="Alpha\u202e"), "name", "text without control characters"),
    ("actors.csv", an_actor(name=" Alpha"), "name", "text without control characters"),
    ("clusters.csv", a_cluster(region_codes="11;X"), "region_codes", "INSEE region codes"),
    ("network_members.csv", a_member(country="Espagne"), "country", "two capital letters"),
    ("figures.csv", a_figure(as_of="2021-13"), "as_of", "a date"),
    ("figures.csv", a_figure(fact="Même fait"), "fact", "lower-case letters"),
    # addresses
    ("actors.csv", an_actor(website="javascript:alert(1)"), "website", "an http:// or https:// address"),
    ("actors.csv", an_actor(website="www.example.org"), "website", "an http:// or https:// address"),
    ("actors.csv", an_actor(website="chapter"), "website", "an http:// or https:// address"),
    ("actors.csv", an_actor(source_url="data:text/html,x"), "source_url", "an http:// or https:// address, or “chapter”"),
    ("actors.csv", an_actor(source_url="https://a.org/ b"), "source_url", "an http:// or https:// address, or “chapter”"),
    ("actors.csv", an_actor(source_url='https://a.org/"onclick="x'), "source_url", "an http:// or https:// address, or “chapter”"),
    ("figures.csv", a_figure(source_url="ftp://a.org/x"), "source_url", "an http:// or https:// address, or “chapter”"),
    # length
    ("actors.csv", an_actor(name=LONG), "name", "at most 150 characters"),
    ("clusters.csv", a_cluster(notes_fr=LONG, notes_en="x"), "notes_fr", "at most 600 characters"),
    # references to another table, also from a list
    ("actors.csv", an_actor(position="campus", site_id="nowhere"), "site_id", "the “id” of a row of sites.csv"),
    ("tour_stages.csv", a_stage(organisers="medicen;nobody"), "organisers", "the “id” of a row of clusters.csv"),
    ("network_members.csv", a_member(network_id="no-network"), "network_id", "the “id” of a row of networks.csv"),
    # columns of a row that contradict each other
    ("actors.csv", an_actor(category=""), "category", "a category for a company"),
    ("actors.csv", an_actor(kind="incubator"), "category", "a category for a company"),
    ("actors.csv", an_actor(position="campus"), "position", "campus where site_id is given"),
    ("actors.csv", an_actor(site_id="genopole"), "position", "campus where site_id is given"),
    ("actors.csv", an_actor(status="historic", as_of=2015), "status", "historic only for a page before 2015"),
    ("sites.csv", a_site(note_fr="entrée du parc"), "note_en", "the translation of “note_fr”"),
    ("figures.csv", a_figure(context_en="rounded"), "context_fr", "the translation of “context_en”"),
]


@pytest.mark.parametrize(
    ("table", "row", "column", "expected"), BAD_CELLS, ids=[f"{t}-{c}-{i}" for i, (t, _, c, _) in enumerate(BAD_CELLS)]
)
def test_a_bad_cell_is_told_with_its_place(tmp_path, table, row, column, expected):
    """Exactly one issue: the file, spreadsheet line 2, the column, the cell, and what should stand there in both languages."""
    (issue,) = issues_of(write_tables(tmp_path, **{table.removesuffix(".csv"): [row]}))
    assert (issue.table, issue.line, issue.column) == (table, 2, column)
    assert issue.expected_en.startswith(expected)
    assert issue.expected_fr
    assert issue.expected_fr != issue.expected_en


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a\tb\x00", "a\\tb\\x00"),
        (LONG, "x" * 79 + "…"),
        ("\u2028" * 200, None),
    ],
)
def test_a_found_value_is_short_and_readable(tmp_path, cell, found):
    """At most 80 characters, control characters written as escapes."""
    issue = issues_of(write_tables(tmp_path, actors=[an_actor(name=cell)]))[0]
    assert len(issue.found) <= 80
    assert issue.found.isprintable()
    assert found in (None, issue.found)


def test_the_same_rows_pass_where_the_reference_exists(tmp_path):
    """A known campus, several known organisers and known networks are no issue."""
    tables = catalogue.read(
        write_tables(
            tmp_path,
            actors=[an_actor(**CAMPUS)],
            clusters=[a_cluster(), a_cluster(id="genopole")],
            tour_stages=[a_stage(organisers="genopole;medicen")],
        )
    )
    assert tables.tour_stages["organisers"].tolist() == [("genopole", "medicen")]
    assert tables.actors["site_id"].tolist() == ["genopole"]


# --- what is refused: rows --------------------------------------------------------------------------------------------

REPEATED: list[tuple[str, Callable[..., Row], dict[str, str], str]] = [
    ("actors", an_actor, {"name": "Other"}, "id"),
    ("sites", a_site, {}, "id"),
    ("clusters", a_cluster, {}, "id"),
    ("tour_stages", a_stage, {"order": "2"}, "id"),
    ("tour_stages", a_stage, {"id": "stage-2"}, "order"),
    ("networks", a_network, {}, "id"),
    ("network_members", a_member, {"role": "founder"}, "network_id"),
    ("national_sites", a_national_site, {"company": "Gamma"}, "name"),
    ("figures", a_figure, {"value": "184"}, "id"),
    ("regional_figures", a_regional_figure, {"value": "10"}, "region"),
]


@pytest.mark.parametrize(("table", "build", "changes", "column"), REPEATED)
def test_a_repeated_key_is_told_at_its_second_line(tmp_path, table, build, changes, column):
    """The key of every table, and the order of the stages, occur once."""
    (issue,) = issues_of(write_tables(tmp_path, **{table: [build(), build(**changes)]}))
    assert (issue.table, issue.line, issue.column) == (f"{table}.csv", 3, column)
    assert issue.expected_en.startswith("a value that occurs only once")


def test_missing_keys_are_missing_not_repeated(tmp_path):
    """Two rows without id lack a value; they are not the same row twice."""
    issues = issues_of(write_tables(tmp_path, networks=[a_network(), a_network(id=""), a_network(id="")]))
    assert [(issue.line, issue.expected_en) for issue in issues] == [(3, "a value (required column)"), (4, "a value (required column)")]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"name": "Évry Bio SAS"}, {"name": "EVRY BIO"}, True),
        ({"name": "Alpha S.A.S."}, {"name": "Alpha (SARL)"}, True),
        ({"name": "Cœur Bio"}, {"name": "COEUR BIO"}, True),
        ({"name": "GTP Bioways"}, {"name": "GTP-Bioways SA"}, True),
        ({"site": "Genopole"}, {"site": "génopole"}, True),
        ({**CAMPUS, "site": "Genopole"}, {**CAMPUS, "site": "Génopole Évry"}, True),
        ({}, {"commune_code": "91228", "commune": "Évry"}, True),
        ({"name": "Alpha SA"}, {"name": "Alphasa"}, False),
        ({"name": "Alpha"}, {"name": "Alpha 2"}, False),
        ({"site": "Genopole"}, {"site": "Biocitech"}, False),
        ({}, {"commune_code": "75115", "commune": "Paris"}, False),
        ({"name": "SA"}, {"name": "SAS"}, False),
    ],
)
def test_two_actors_of_one_name_and_site_are_duplicates(tmp_path, first, second, same):
    """Accents, case, punctuation and legal forms do not make another actor; another site does."""
    folder = write_tables(tmp_path, actors=[an_actor(**first), an_actor(id="beta", **second)])
    if same:
        (issue,) = issues_of(folder)
        assert (issue.line, issue.column, issue.expected_en) == (3, "name", "a name and site other than those of line 2")
    else:
        assert len(catalogue.read(folder).actors) == 2


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
    folder = write_tables(tmp_path, sites=[a_site(stated="a\nb\nc"), a_site(id="b", latitude="x")])
    path = folder / "sites.csv"
    head, body = path.read_bytes().split(b"\r\n", 1)
    path.write_bytes(head + b"\r\n\r\n" + body)
    assert places(issues_of(folder)) == [("sites.csv", 3, "stated"), ("sites.csv", 4, "latitude")]


# --- what is refused: files -------------------------------------------------------------------------------------------


def _edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


BAD_FILES: list[tuple[str, Callable[[Path], object], tuple[int, str], str]] = [
    ("missing", lambda path: path.unlink(), (0, ""), "a readable file of this name"),
    ("folder", lambda path: (path.unlink(), path.mkdir()), (0, ""), "a readable file of this name"),
    ("empty", lambda path: path.write_bytes(b""), (1, ""), "a header separated by commas"),
    ("latin-1", lambda path: path.write_bytes(path.read_bytes().replace("É".encode(), b"\xc9")), (2, ""), "a file in UTF-8"),
    ("utf-16", lambda path: path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16")), (1, ""), "a file in UTF-8"),
    ("semicolons", lambda path: _edit(path, lambda text: text.replace(",", ";")), (1, ""), "a header separated by commas"),
    ("open quote", lambda path: _edit(path, lambda text: text + '"alpha'), (3, ""), "well-formed CSV"),
    ("stray quote", lambda path: _edit(path, lambda text: text + '"alpha"x,\n'), (3, ""), "well-formed CSV"),
    ("huge cell", lambda path: _edit(path, lambda text: text + "x" * 200_000), (3, ""), "well-formed CSV"),
    ("short row", lambda path: _edit(path, lambda text: text + "b,B\n"), (3, "commune_code"), "10 cells in the row"),
    ("long row", lambda path: _edit(path, lambda text: text + "b" + "," * 10), (3, "source_title"), "10 cells in the row"),
    (
        "renamed column",
        lambda path: _edit(path, lambda text: text.replace("note_fr", "notes_fr", 1)),
        (1, "notes_fr"),
        "a column described",
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
    assert sorted(places(issues_of(folder))) == [("sites.csv", 1, "note_fr"), ("sites.csv", 1, "notes_fr")]


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


def test_a_missing_folder_is_a_data_error(tmp_path):
    """No folder at all: one message in each language, no stack trace."""
    with pytest.raises(DataError) as caught:
        catalogue.read(tmp_path / "nowhere")
    assert caught.value.message("fr") == "datapackage.json est absent ou illisible."
    assert caught.value.message("en") == "datapackage.json is missing or cannot be read."


# --- wild content -----------------------------------------------------------------------------------------------------

WILD = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
