"""Filters, the address, and what they keep."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.query import facets, filters
from biocarto.query.filters import DroppedValue, Filters
from tests.support.register import joined

ACTORS = pd.DataFrame(
    {
        "kind": ["company", "company", "research_centre"],
        "category": ["biotherapies", "bioproduction", ""],
        "modalities": [("gene_therapy", "rna"), (), ("rna",)],
        "department_code": ["91", "75", "91"],
        "intercommunality_code": ["200059228", "75056", "200059228"],
        "commune_official": ["91228", "75056", "91228"],
        "site_id": ["genopole", "", ""],
        "presence": ["present", "dated", "unknown"],
        "founded_period": ["1990s", "unknown", "2020-"],
        "source_year": ["2021", "-2014", "2021"],
        "precision": ["campus", "commune", "commune"],
        "networks": [("cebr", "magenta"), (), ()],
        "ownership": ["part_of", "", ""],
        "roles": [("develops",), ("makes", "cdmo"), ("researches",)],
        "region_code": ["11", "11", "11"],
    },
    index=["a", "b", "c"],
)
KNOWN = {**filters.list_options(ACTORS), "near": ("a", "b", "c", "91228"), filters.YEAR: ("1900", "2015", "2026")}


def degree(value: float) -> str:
    """As an address writes it, at five decimals; a zero has no sign."""
    return f"{round(value, 5) + 0.0:.5f}"


degrees = st.tuples(st.floats(41, 51.5), st.floats(-5.5, 10)).map(lambda point: ",".join(map(degree, point)))
one_place = st.one_of(st.sampled_from(KNOWN["near"]), degrees)
a_box = st.tuples(st.floats(42, 50), st.floats(-4, 9), st.floats(0.1, 1)).map(
    lambda box: ";".join(f"{degree(box[0] + dy * box[2])},{degree(box[1] + dx * box[2])}" for dy, dx in ((0, 0), (1, 0), (1, 1), (0, 1)))
)
a_search = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
one_value = {"q": a_search, "near": one_place, "km": st.integers(2, 400).map(lambda half: f"{half / 2:g}"), "area": a_box}
one_value[filters.YEAR] = st.sampled_from(KNOWN[filters.YEAR])
an_address = st.fixed_dictionaries(
    {},
    optional={name: st.lists(st.sampled_from(KNOWN[name]), unique=True, max_size=3) for name in filters.FACETS}
    | {name: values.map(lambda value: [value]) for name, values in one_value.items()},
)


def kept(chosen: Filters) -> list[str]:
    """Ids of the rows that the filters keep."""
    return list(ACTORS.index[facets.mark_rows(chosen, facets.build(ACTORS))])


def test_or_within_a_field_and_between_fields() -> None:
    """Two values of one field widen, two fields narrow."""
    assert kept(Filters(modality=("gene_therapy", "rna"))) == ["a"]
    assert kept(Filters(modality=("gene_therapy", "rna"), status=("present", "unknown"))) == ["a", "c"]
    assert kept(Filters(modality=("rna",), kind=("company",))) == ["a"]
    assert kept(Filters(network=("cebr",))) == ["a"]
    assert kept(Filters(source_year=("2021",), status=("unknown",), precision=("commune",), founded=("2020-", "1990s"))) == ["c"]


def test_sites_that_are_not_present_come_only_on_demand() -> None:
    """A page from before 2015 is not today's map, unless asked for."""
    assert kept(Filters()) == ["a"]
    assert kept(Filters(source_year=("-2014",))) == ["b"]
    assert kept(Filters(status=("dated",))) == ["b"]
    assert kept(Filters(status=("unknown", "present"))) == ["a", "c"]


@pytest.mark.parametrize(
    ("printed", "today"),
    [
        ({"status": ["historic"]}, Filters(status=("dated",))),
        ({"status": ["active", "unknown"]}, Filters(status=("present", "unknown"))),
        ({"status": ["acquired"]}, Filters(ownership=("part_of",))),
    ],
)
def test_addresses_in_former_words_still_open(printed: dict[str, list[str]], today: Filters) -> None:
    """Printed codes and bookmarks of before the site and its owner were told apart."""
    assert filters.read(printed, KNOWN) == (today, [])


def test_unknown_values_of_an_address_are_dropped_and_named() -> None:
    """A value that means nothing does not empty the page; it is named, and cut."""
    chosen, dropped = filters.read({"category": ["biotherapies", "nope", "x" * 500], "kind": ["<b>"]}, KNOWN)
    assert chosen == Filters(category=("biotherapies",))
    assert dropped == [DroppedValue("kind", "<b>"), DroppedValue("category", "nope"), DroppedValue("category", "x" * 60)]


@given(an_address)
def test_an_address_survives_the_round_trip(params: dict[str, list[str]]) -> None:
    """Address -> filters -> address -> filters is the same state, the address included once it is written our way."""
    chosen, dropped = filters.read(params, KNOWN)
    assert dropped == []
    assert filters.read(chosen.to_params(), KNOWN) == (chosen, [])
    assert chosen.to_params() == {name: values for name, values in params.items() if values and (name, values) != ("km", ["10"])}


@given(st.dictionaries(st.sampled_from(filters.NAMES), st.lists(st.one_of(st.text(max_size=80), degrees, a_box), max_size=6)))
def test_any_address_is_readable(params: dict[str, list[str]]) -> None:
    """Wild values never raise, never reach the facets, and what is kept is an address that reads the same."""
    chosen, _ = filters.read(params, KNOWN)
    assert all(set(getattr(chosen, name)) <= set(KNOWN[name]) for name in filters.FACETS)
    assert filters.read(chosen.to_params(), KNOWN) == (chosen, [])
    assert hash(chosen) == hash(filters.read(params, KNOWN)[0])


def test_one_value_can_be_taken_away() -> None:
    """Removing a value leaves the others; a field of one value goes back to what it is without the address."""
    assert Filters(kind=("company", "incubator")).without("kind", "company") == Filters(kind=("incubator",))
    assert Filters(q="phages", near="a", km=5).without("km", "5") == Filters(q="phages", near="a")
    assert Filters(q="phages", near="a").without("q", "phages") == Filters(near="a")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  thérapie \t génique\n", "thérapie génique"),
        ("a\x00b\u200b\ud800c", "abc"),
        ("\x07\u202e", ""),
        ("é" * 10_000, "é" * 200),
        ("x" * 199 + " y", "x" * 199),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_search_is_one_clean_line(typed: str, read: str) -> None:
    """Spaces are single, control and invisible characters are gone, 200 characters stay; markup stays text."""
    assert filters.read({"q": [typed]}, KNOWN) == (Filters(q=read), [])


@pytest.mark.parametrize(
    ("typed", "km"), [("1", 1.0), ("200", 200.0), ("2,5", 2.5), ("2.50", 2.5), ("0.5", None), ("201", None), ("-3", None),
                      ("nan", None), ("1e2", None), ("٣", None)]
)  # fmt: skip
def test_a_radius_is_between_one_and_two_hundred_kilometres(typed: str, km: float | None) -> None:
    """Decimals with a point or a comma; anything else is dropped and the usual radius holds."""
    expected = (Filters(), [DroppedValue("km", typed)]) if km is None else (Filters(km=km), [])
    assert filters.read({"km": [typed]}, KNOWN) == expected


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("near", "48.8566, 2.3522", "48.85660,2.35220"),
        ("near", "91228", "91228"),
        ("near", "gone", None),
        ("near", "40.0,-74.0", None),
        ("near", "2.3522,48.8566", None),
        ("area", "48,2;49,2;49,3;48,2", "48.00000,2.00000;49.00000,2.00000;49.00000,3.00000"),
        ("area", "48,2;49,3", None),
        ("area", "48,2;49,2;50,2", None),
        ("area", "48,179;49,-179;49,179", None),
        ("area", ";".join(["48,2", "49,2", "49,3"] * 70), None),
        ("area", "48,2;49,2;no,3", None),
    ],
)
def test_places_and_polygons_are_written_in_one_way(name: str, typed: str, expected: str | None) -> None:
    """Five decimals, no closing corner; what is no place of metropolitan France is dropped and named."""
    chosen, dropped = filters.read({name: [typed]}, KNOWN)
    assert getattr(chosen, name) == (expected or "")
    assert dropped == ([] if expected else [DroppedValue(name, typed[:60])])


def test_the_last_of_several_values_counts() -> None:
    """A field of one value that comes twice: the last one that means something; an empty one is not there."""
    assert filters.read({"km": ["5", "7", "no"], "q": ["a", "b"], "near": [" "]}, KNOWN) == (
        Filters(km=7, q="b"),
        [DroppedValue("km", "no")],
    )


def test_prepared_actors_have_what_every_facet_needs() -> None:
    """Periods, years, networks and metres are computed once, and no row is lost."""
    actors = filters.with_filter_columns(joined())
    assert list(actors.index) == list(joined().actors.index)
    assert set(filters.COLUMNS.values()) | {"x", "y"} <= set(actors)
    assert set(actors["founded_period"]) <= {*filters.PERIODS, filters.UNKNOWN}
    assert actors["source_year"].str.fullmatch("20[0-9]{2}|-2014").all()
    known = filters.list_accepted_values(actors, joined())
    assert {"genethon", "75056", "75113", "69123", *joined().redirects} <= set(known["near"])
    assert "97411" not in known["near"]


@pytest.mark.parametrize(
    ("year", "period"),
    [(1887, "-1989"), (1989, "-1989"), (1990, "1990s"), (2009, "2000s"), (2010, "2010-2014"), (2015, "2015-2019"), (2026, "2020-")],
)
def test_a_founding_year_is_in_one_period(year: int, period: str) -> None:
    """The bounds of a period belong to it; the real rows of a year say where it is."""
    actors = filters.with_filter_columns(joined())
    same = actors["founded"].eq(year).fillna(value=False)
    assert set(actors.loc[same, "founded_period"]) <= {period}
    assert set(actors.loc[actors["founded"].isna(), "founded_period"]) == {"unknown"}
    assert next(key for key, last in filters.PERIODS.items() if year <= last) == period


def test_a_page_without_the_prepared_columns_still_has_its_facets() -> None:
    """The options of the joined actors cover the fields of the map page."""
    assert set(filters.FIELDS) <= set(filters.list_options(joined().actors))
