"""Filters as people and programs write them: what each keeps, and what is said of one that cannot be answered."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import pytest
import shapely

from biocarto.query.cql2 import CONFORMANCE, FilterError, FilterType, compile_filter
from tests.support.cql2_examples import COLUMNS, make_frame

NOTHING: dict[str, Any] = dict.fromkeys(COLUMNS)
ROWS: list[dict[str, Any]] = [
    NOTHING
    | {"name": "Évry Bio", "town": "Évry", "founded": 1998, "area": 2.5, "alive": True, "roles": ("cdmo", "tools"), "tags": ("cdmo",)}
    | {"seen": "2026-11-28", "geometry": shapely.Point(2.44, 48.63)},
    NOTHING | {"name": "LYON 100% Cell", "town": "Lyon", "founded": 2015, "area": 0.0, "alive": False, "roles": (), "tags": ("cdmo",)}
    | {"seen": "2020-02-29", "geometry": shapely.Point(4.84, 45.76)},
    NOTHING,
]  # fmt: skip
FRAME = make_frame(ROWS)
FIRST, SECOND, NONE, BOTH, THIRD, ALL = {0}, {1}, set(), {0, 1}, {2}, {0, 1, 2}  # type: ignore[var-annotated]

KEPT: dict[str, set[int]] = {
    # basic-cql2
    "town = 'Évry'": FIRST,
    "town <> 'Évry'": SECOND,
    "NOT town = 'Évry'": SECOND,
    "founded >= 2000": SECOND,
    "founded < 2000 OR town = 'Lyon'": BOTH,
    "founded < 2000 AND town = 'Lyon'": NONE,
    "alive = TRUE": FIRST,
    "NOT (alive = true)": SECOND,
    "alive": FIRST,
    "seen = DATE('2026-11-28')": FIRST,
    "seen < TIMESTAMP('2021-01-01T00:00:00Z')": SECOND,
    "town IS NULL": THIRD,
    "town IS NOT NULL": BOTH,
    "town = '' OR town <> ''": BOTH,
    "TRUE": ALL,
    "TRUE AND FALSE": NONE,
    "town = 'x' OR TRUE": ALL,
    "NOT (town = 'Lyon' AND FALSE)": ALL,
    # advanced-comparison-operators
    "name LIKE '%Bio'": FIRST,
    r"name LIKE '%100\% _ell'": SECOND,
    "name NOT LIKE '%Bio'": SECOND,
    "founded BETWEEN 1998 AND 2014": FIRST,
    "founded NOT BETWEEN 1998 AND 2014": SECOND,
    "town IN ('Évry', 'Lyon', 'Paris')": BOTH,
    "town NOT IN ('Évry')": SECOND,
    "founded IN (2015, 2016)": SECOND,
    # case- and accent-insensitive-comparison
    "CASEI(town) = CASEI('LYON')": SECOND,
    "CASEI(name) LIKE casei('lyon%')": SECOND,
    "CASEI(town) IN (CASEI('ÉVRY'), CASEI('Paris'))": FIRST,
    "ACCENTI(town) = ACCENTI('Evry')": FIRST,
    "ACCENTI(CASEI(town)) = accenti(casei('EVRY'))": FIRST,
    # spatial functions
    "S_INTERSECTS(geometry, POINT(2.44 48.63))": FIRST,
    "S_INTERSECTS(geometry, BBOX(2, 48, 3, 49))": FIRST,
    "S_INTERSECTS(geometry, BBOX(2, 48, 0, 3, 49, 100))": FIRST,
    "S_INTERSECTS(geometry, BBOX(2.44, 48.63, 2.44, 48.63))": FIRST,
    "S_INTERSECTS(geometry, BBOX(170, 40, 4, 48))": NONE,
    "S_INTERSECTS(geometry, BBOX(170, 40, 5, 48))": SECOND,
    "S_INTERSECTS(geometry, LINESTRING(2.44 48.63, 9 9))": FIRST,
    "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(4.84 45.76), LINESTRING(0 0, 1 1)))": SECOND,
    "S_INTERSECTS(geometry, MULTIPOINT((2.44 48.63), (4.84 45.76)))": BOTH,
    "S_WITHIN(geometry, POLYGON((2 48, 3 48, 3 49, 2 49, 2 48)))": FIRST,
    "S_WITHIN(geometry, POLYGON Z((2 48 1, 3 48 1, 3 49 1, 2 49 1, 2 48 1)))": FIRST,
    "S_CONTAINS(POLYGON((2 48, 3 48, 3 49, 2 49, 2 48)), geometry)": FIRST,
    "S_DISJOINT(geometry, POINT(2.44 48.63))": SECOND,
    "S_EQUALS(geometry, POINT(2.44 48.63))": FIRST,
    "S_TOUCHES(geometry, POLYGON((2.44 48, 3 48, 3 49, 2.44 49, 2.44 48)))": FIRST,
    "S_CROSSES(geometry, LINESTRING(0 0, 9 9))": NONE,
    "S_OVERLAPS(geometry, POINT(2.44 48.63))": NONE,
    "NOT S_INTERSECTS(geometry, BBOX(2, 48, 3, 49))": SECOND,
    # temporal-functions
    "T_AFTER(seen, DATE('2020-02-29'))": FIRST,
    "T_BEFORE(seen, TIMESTAMP('2020-02-29T00:00:01Z'))": SECOND,
    "T_DURING(seen, INTERVAL('2020-01-01', '2021-01-01'))": SECOND,
    "T_INTERSECTS(seen, INTERVAL('..', '2020-02-29'))": SECOND,
    "T_INTERSECTS(seen, INTERVAL('..', '..'))": BOTH,
    # array-functions
    "A_CONTAINS(roles, ('cdmo'))": FIRST,
    "A_CONTAINEDBY(roles, ('cdmo', 'tools', 'x'))": BOTH,
    "A_EQUALS(roles, ('tools', 'cdmo'))": FIRST,
    "A_OVERLAPS(roles, ('x', 'tools'))": FIRST,
    # property-property, literals first
    "A_CONTAINS(roles, tags)": FIRST,
    "name = town": NONE,
    "name <> town": BOTH,
    "'Lyon' = town": SECOND,
    "1 = 1": ALL,
    # arithmetic
    "founded + 2 = 2000": FIRST,
    "-founded < -2000": SECOND,
    "founded / area > 100": FIRST,
    "founded DIV 1000 = 1 AND founded % 1000 = 998": FIRST,
    "area ^ 2 = 6.25": FIRST,
    "area ^ -1 IS NULL": {1, 2},
    "1 / 0 = 1 OR 0 ^ -1 = 1 OR (-1) ^ 0.5 = 1": NONE,
}


def keep(text: str, lang: str = "cql2-text", frame: gpd.GeoDataFrame = FRAME, **options: Any) -> set[int]:
    """Positions of the rows that a filter keeps."""
    return set(compile_filter(text, lang, COLUMNS, **options).build_mask(frame).nonzero()[0].tolist())


@pytest.mark.parametrize("text", KEPT)
def test_a_filter_keeps_its_rows(text: str) -> None:
    """What is unknown is neither kept nor its contrary."""
    assert keep(text) == KEPT[text]


def test_every_class_that_is_claimed_is_an_address() -> None:
    """Of OGC 21-065r2, each once."""
    assert len(set(CONFORMANCE)) == len(CONFORMANCE)
    assert all(address.startswith("http://www.opengis.net/spec/cql2/1.0/conf/") for address in CONFORMANCE)


def test_an_empty_text_of_a_frame_is_unknown() -> None:
    """As the register's own tables have it; in NaN and in an empty list of a frame likewise what they are."""
    frame = make_frame([NOTHING | {"town": "", "roles": ()}])
    assert keep("town IS NULL AND roles IS NOT NULL", frame=frame) == {0}
    assert keep("town = '' OR town <> ''", frame=frame) == set()


def test_a_frame_without_rows_has_none() -> None:
    """Every operator takes columns of length 0."""
    empty = make_frame([])
    assert [text for text in KEPT if keep(text, frame=empty)] == []


@pytest.mark.parametrize(
    ("crs", "first", "text"),
    [
        (2154, False, "S_INTERSECTS(geometry, BBOX(650000, 6830000, 665000, 6840000))"),
        (3857, False, "S_INTERSECTS(geometry, BBOX(260000, 6200000, 280000, 6300000))"),
        (4326, True, "S_INTERSECTS(geometry, POLYGON((48 2, 49 2, 49 3, 48 3, 48 2)))"),
        (4326, True, "S_INTERSECTS(geometry, BBOX(48, 2, 49, 3))"),
    ],
)
def test_geometries_of_a_filter_are_in_its_system(crs: int, first: bool, text: str) -> None:
    """Metres of two systems, and degrees in the order that the address of EPSG:4326 has."""
    assert keep(text, crs=crs, latitude_first=first) == FIRST


REFUSED = {
    "": "line 1, character 1",
    "town = ": "character 8",
    "(town = 'x'": "in pairs",
    "town = 'x')": "in pairs",
    "town = 'x": "not closed",
    "commune = 'x'": "accepted: name, town, founded",
    "Town = 'x'": "no property",
    "NaN = 1": "no property",
    "area = 1e400": "exceeds",
    "area = 9007199254740994": "exceeds",
    "town = 1": "compares a text with a number",
    "founded = 'x'": "compares a number with a text",
    "seen > '2020-01-01'": "compares a date with a text",
    "seen = DATE('2026-02-30')": "no date that exists",
    "seen = TIMESTAMP('2026-02-03T25:00:00Z')": "no date that exists",
    "T_AFTER(seen, INTERVAL('2026-02-30', '..'))": "no date that exists",
    "seen = INTERVAL('2026-01-01', '..')": "T_…",
    "T_AFTER(town, DATE('2020-01-01'))": "compares dates",
    "town = NULL": "IS NULL",
    "town": "wants a condition",
    "founded + 1": "wants a condition",
    "NOT founded": "wants a condition",
    "town + 1 = 2": "computes with numbers",
    "town BETWEEN 'a' AND 'b'": "BETWEEN compares numbers",
    "town LIKE founded": "LIKE compares",
    "town LIKE name": "LIKE compares",
    "town LIKE 'a\\'": "ends with",
    "CASEI(founded) = 'x'": "wants a text",
    "alive < TRUE": "does not compare",
    "roles = tags": "does not compare a list",
    "geometry = POINT(1 1)": "does not compare a geometry",
    "A_CONTAINS(town, ('a'))": "compares lists",
    "A_CONTAINS(roles, (1, 2))": "other things than texts",
    "S_INTERSECTS(geometry, town)": "compares geometries",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))": "not valid",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))": "not valid",
    "S_INTERSECTS(geometry, LINESTRING(0 0))": "not valid",
    "S_INTERSECTS(geometry, POINT(400 0))": "outside of the system EPSG:4326",
    "S_INTERSECTS(geometry, BBOX(0, 2, 1, 1))": "smallest coordinates",
    "S_INTERSECTS(geometry, BBOX(0, 0, 1e400, 1))": "BBOX wants",
    "S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 0)))": "means nothing",
    "S_INTERSECTS(geometry)": "wants 2",
    "S_DWITHIN(geometry, POINT(1 1), 5)": "accepted: %",
    "pg_sleep(10)": "no operator",
    "town = 'x'; DROP TABLE actors": "cannot be read",
    "town = 'x' || 'y'": "cannot be read",
    "town = '\0'": "null character",
    "town = '\ud800'": "not UTF-8",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_a_filter_that_cannot_be_answered_is_refused_in_words(text: str) -> None:
    """In both languages, with what was wrong."""
    with pytest.raises(FilterError) as caught:
        compile_filter(text, "cql2-text", COLUMNS)
    assert REFUSED[text] in caught.value.en
    assert caught.value.fr != caught.value.en


NAME = {"property": "town"}


@pytest.mark.parametrize(
    "tree",
    [
        *(None, 3, "town = 'x'", [True], {}, {"property": "town"}, {"property": 3}, {"date": "2020-01-01"}, {"op": 3, "args": []}),
        *({"op": "=", "args": arguments} for arguments in ([], [NAME], [NAME, None], [NAME, "a", "b"], "ab", [NAME, {"a": 1}])),
        *({"op": "and", "args": arguments} for arguments in ([], [True], [True, NAME], [True, None])),
        *({"op": "in", "args": arguments} for arguments in ([NAME, "a"], [NAME, []], [NAME, [["a"]]], [NAME, [None]], [NAME, [1]])),
        *(
            {"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": pair}]}
            for pair in ([], ["a"], [[1]])
        ),
        *({"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": box}]} for box in ([], [1, 2, 3], ["a", 1, 2, 3], None)),
        *({"op": "t_after", "args": [{"property": "seen"}, {"interval": ends}]} for ends in ([], ["..", None], "..", ["..", 3])),
    ],
)
def test_json_that_is_no_filter_is_refused(tree: Any) -> None:
    """Whatever its shape."""
    with pytest.raises(FilterError):
        compile_filter(json.dumps(tree), "cql2-json", COLUMNS)


@pytest.mark.parametrize(
    "text", ["{", "nul", '{"op":"=","args":[{"property":"area"},NaN]}', '{"op":"=","args":[{"property":"area"},1e999]}']
)
def test_text_that_is_no_json_is_refused(text: str) -> None:
    """Also numbers that JSON does not have."""
    with pytest.raises(FilterError):
        compile_filter(text, "cql2-json", COLUMNS)


def test_other_languages_and_systems_are_refused() -> None:
    """With what is accepted."""
    with pytest.raises(FilterError, match="cql2-text, cql2-json"):
        compile_filter("TRUE", "ecql", COLUMNS)
    with pytest.raises(FilterError, match="4326, 2154, 3857"):
        compile_filter("TRUE", "cql2-text", COLUMNS, 27572)


def test_values_are_bound_and_names_are_quoted() -> None:
    """Whatever they are made of, none of them stands in the statement but the names of known columns."""
    columns = {'a"; DROP TABLE x --%s': FilterType.TEXT}
    tree = {"op": "like", "args": [{"property": 'a"; DROP TABLE x --%s'}, "'); DROP TABLE y --%"]}
    statement, values = compile_filter(json.dumps(tree), "cql2-json", columns).build_sql()
    assert statement == '(("a""; DROP TABLE x --%%s" COLLATE "C") LIKE %s::text)'
    assert values == ("'); DROP TABLE y --%",)
