"""Every rule of a cell, a row and a key: what breaks it, and the place that the issue names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from biocarto.register import tables as catalogue
from tests.builders import (
    Row,
    a_city,
    a_cluster,
    a_figure,
    a_member,
    a_national_site,
    a_network,
    a_regional_figure,
    a_site,
    a_stage,
    an_actor,
    an_event,
    issues_of,
    write_tables,
)

CAMPUS = {"position": "campus", "site_id": "genopole"}
LONG = "x" * 10_000

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
    ("actors.csv", an_actor(status="Present"), "status", "one of these values: present"),
    ("actors.csv", an_actor(modalities="rna;magic"), "modalities", "one of these values: gene_therapy"),
    ("clusters.csv", a_cluster(tour_member="oui"), "tour_member", "one of these values: yes, no"),
    ("networks.csv", a_network(scale="world"), "scale", "one of these values: regional"),
    ("network_members.csv", a_member(role="boss"), "role", "one of these values: coordinator"),
    ("figures.csv", a_figure(qualifier="more"), "qualifier", "one of these values: over, min, about"),
    ("networks.csv", a_network(qualifier="more"), "qualifier", "one of these values: over, min, about"),
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
    ("actors.csv", an_actor(position="campus"), "position", "street or in_street where a point"),
    ("actors.csv", an_actor(site_id="genopole"), "position", "street or in_street where a point"),
    ("actors.csv", an_actor(position="street"), "position", "street or in_street where a point"),
    ("actors.csv", an_actor(position="in_street", site_id="genopole"), "position", "street or in_street where a point"),
    ("actors.csv", an_actor(latitude="48.62", longitude="2.44"), "position", "street or in_street where a point"),
    ("actors.csv", an_actor(position="street", latitude="48.62"), "longitude", "latitude and longitude, or neither"),
    ("actors.csv", an_actor(longitude="2.44"), "longitude", "latitude and longitude, or neither"),
    ("actors.csv", an_actor(position="street", latitude="48.623621", longitude="2.44"), "latitude", "decimal degrees, five decimals"),
    ("actors.csv", an_actor(position="street", latitude="2.44", longitude="2.44"), "latitude", "at least 41"),
    ("sites.csv", a_site(note_fr="entrée du parc"), "note_en", "the translation of “note_fr”"),
    ("events.csv", an_event(network_ids=""), "network_ids", "at least one network or cluster"),
    ("events.csv", an_event(end="2024-06-12"), "end", "a date that does not precede the start"),
    ("events.csv", an_event(start="2023-02-29"), "start", "a day that exists"),
    ("events.csv", an_event(end="2024-06-31"), "end", "a day that exists"),
    ("events.csv", an_event(start="13 juin 2024"), "start", "a date YYYY, YYYY-MM or YYYY-MM-DD"),
    ("events.csv", an_event(network_ids="cebr;nobody"), "network_ids", "the “id” of a row of networks.csv"),
    ("events.csv", an_event(cluster_ids="nobody"), "cluster_ids", "the “id” of a row of clusters.csv"),
    ("events.csv", an_event(fact="nothing"), "fact", "the “fact” of a row of figures.csv"),
    ("networks.csv", a_network(published_counts="nothing"), "published_counts", "the “id” of a row of figures.csv"),
    ("networks.csv", a_network(actor_id="nobody"), "actor_id", "the “id” of a row of actors.csv"),
    ("network_members.csv", a_member(member_id=""), "member_id", "a value (required column)"),
    ("cities.csv", a_city(latitude="91"), "latitude", "at most 90"),
    ("events.csv", an_event(place_fr="Athènes"), "place_en", "the translation of “place_fr”"),
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
            clusters=[a_cluster(), a_cluster(id="genopole", name="Genopole")],
            tour_stages=[a_stage(organisers="genopole;medicen")],
        )
    )
    assert tables.tour_stages["organisers"].tolist() == [("genopole", "medicen")]
    assert tables.actors["site_id"].tolist() == ["genopole"]


REPEATED: list[tuple[str, Callable[..., Row], dict[str, str], str]] = [
    ("actors", an_actor, {"name": "Other"}, "id"),
    ("sites", a_site, {}, "id"),
    ("clusters", a_cluster, {}, "id"),
    ("tour_stages", a_stage, {"order": "2"}, "id"),
    ("tour_stages", a_stage, {"id": "stage-2"}, "order"),
    ("networks", a_network, {}, "id"),
    ("network_members", a_member, {"role": "founder"}, "network_id"),
    ("events", an_event, {"kind": "launch"}, "id"),
    ("cities", a_city, {"name_fr": "Barcelona"}, "id"),
    ("cities", a_city, {"id": "1"}, "country"),
    ("national_sites", a_national_site, {"id": "gamma"}, "name"),
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


PAGES_NEED = (
    *("idf_entreprises", "idf_part_biotherapies", "idf_part_bioproduction", "idf_part_techproviders", "idf_part_acteurs_bioprod_fr"),
    *("tour_etapes", "tour_poles_federes", "tour_organisateurs", "tour_acteurs", "tour_participants", "tour_regions"),
    *("tour_debut", "tour_fin"),
)


@pytest.mark.parametrize("figure", PAGES_NEED)
def test_a_needed_figure_that_is_missing_is_told(tmp_path, figure):
    """A page that shows it would stop; the message names the row to bring back."""
    folder = write_tables(tmp_path)
    path = folder / "figures.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith(f"{figure},")]
    path.write_text("".join(kept), encoding="utf-8")
    (issue,) = issues_of(folder)
    assert (issue.table, issue.line, issue.column, issue.found) == ("figures.csv", 0, "id", "(absent)")
    assert (f"« {figure} »" in issue.expected_fr, f"“{figure}”" in issue.expected_en) == (True, True)


@pytest.mark.parametrize(
    ("figure", "value", "expected"),
    [
        *((figure, "400-600", "a") for figure in PAGES_NEED),
        ("tour_participants", "3 000", "a number, with a decimal point"),
        ("tour_participants", "nan", "a number, with a decimal point"),
        ("idf_entreprises", "183.5", "a whole number, at least 1"),
        ("idf_entreprises", "0", "a whole number, at least 1"),
        ("tour_debut", "spring", "a date"),
    ],
)
def test_a_needed_figure_that_is_no_number_is_told(tmp_path, figure, value, expected):
    """A range or a text may be published, but not where pages calculate."""
    (issue,) = issues_of(write_tables(tmp_path, figures=[a_figure(id=figure, value=value)]))
    assert (issue.table, issue.line, issue.column, issue.found) == ("figures.csv", 2, "value", value)
    assert issue.expected_en.startswith(expected)
    assert issue.expected_fr != issue.expected_en


def test_a_needed_figure_may_be_in_a_row_that_could_not_be_read(tmp_path):
    """Misshapen figures.csv is told for its shape only."""
    folder = write_tables(tmp_path, figures=[])
    path = folder / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("idf_entreprises,", "idf_entreprises,x,", 1), encoding="utf-8")
    assert [issue.line for issue in issues_of(folder)] == [2]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"name": "Évry Bio SAS"}, {"name": "EVRY BIO"}, True),
        ({"name": "Alpha S.A.S."}, {"name": "Alpha (SARL)"}, True),
        ({"name": "Cœur Bio"}, {"name": "COEUR BIO"}, True),
        ({"name": "Ægir Bio"}, {"name": "AEGIR BIO"}, True),
        ({"name": "St-Louis Bio"}, {"name": "Saint Louis Bio"}, True),
        ({"name": "Bio α"}, {"name": "Bio β"}, False),
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
