"""Filters made to hurt: they are refused in words before a parser sees them, and the process that read them is alive."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biocarto.query.cql2 import FilterError, compile_filter
from biocarto.query.cql2.comparisons import compile_pattern
from biocarto.query.cql2.limits import COSTLY, DEEPEST, OPERATORS
from tests.support.cql2_examples import COLUMNS, TREES

PROGRAM = """
import json, sys, threading
from biocarto.query.cql2 import FilterError, compile_filter
from tests.support.cql2_examples import COLUMNS

def work():
    for text, lang in json.load(sys.stdin):
        try:
            compile_filter(text, lang, COLUMNS)
            print("read")
        except FilterError as error:
            print(error.en)

threading.stack_size(2_000_000)  # a quarter of what a thread usually has
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


def read_elsewhere(filters: list[tuple[str, str]]) -> list[str]:
    """What another process says of each filter, on a small stack; one that dies says less."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps(filters), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def nest(times: int) -> list[tuple[str, str]]:
    """Everything that can stand within itself, so many times."""
    texts = [
        "(" * times + "town = 'a'" + ")" * times,
        "(" * times,
        "NOT " * times + "town = 'a'",
        "not" * times + " town = 'a'",
        "-" * times + "area = 1",
        "=".join(["area"] * times),
        "^".join(["area"] * times) + " = 1",
        "+".join(["area"] * times) + " = 1",
        "area" + " -1" * times + " = 1",
        " AND ".join(["town = 'a'"] * times),
        " OR town = 'b' AND ".join(["town = 'a'"] * times),
        "casei(" * times + "town" + ")" * times + " = 'a'",
        "casei(" * times + "town",
        "town IN " + "(" * times + "'a'" + ")" * times,
        "area BETWEEN " * times + "1" + " AND 2" * times,
        "S_INTERSECTS(geometry, " + "POLYGON(" * times + "0 0" + ")" * times + ")",
        "POINT(1" + " -1" * times + ") = 1",
        "POINT(1" + "-1" * times + ") = 1",
        "INTERVAL(" * times + "'..'" + ")" * times,
        "'" * (times + times % 2),
        "(1" + " " * times + "x)",
        "town" + " " * times + "= 'a'",
        "x" * times,
    ]
    trees = [
        '{"op":"not","args":[' * times + "true" + "]}" * times,
        '{"op":"and","args":[true,' * times + "true" + "]}" * times,
        "[" * times + "]" * times,
        "[" * times,
        '{"a":' * times + "1" + "}" * times,
        '"' + r"\"" * times,
        '"' + r"\"" * times + "\\",
        '{"op":"in","args":[{"property":"town"},' + "[" * times + "]" * times + "]}",
    ]
    return [*((text, "cql2-text") for text in texts), *((text, "cql2-json") for text in trees)]


@pytest.mark.parametrize("times", [20, DEEPEST["cql2-text"], 60, OPERATORS, 1_000, 100_000])
def test_no_nest_ends_the_process(times: int) -> None:
    """Twenty-odd kinds of nests, from harmless to absurd: each is read or refused."""
    filters = nest(times)
    said = read_elsewhere(filters)
    assert len(said) == len(filters)
    if times >= 100_000:
        assert "read" not in said


WRAPPERS = (
    *("(", "NOT (", "notnot(", "-(", "a+(", "a in (", "a notin (", "x between (", "x not between 1 and (", "a like (", "(a=1 and ("),
    *("((a)=(", "f(1,(", "(1,", "POINT(", "POLYGON((", "MULTIPOINT((", "GEOMETRYCOLLECTION(", "INTERVAL(", "BBOX(", "1in(", "'a'in("),
)


@pytest.mark.parametrize("times", [2, 6, 12, 16])
def test_brackets_that_cannot_be_read_take_no_time(times: int) -> None:
    """The parser tries each bracket in two ways, 4 ** 16 of them here: what would take it hours is refused before."""
    cores = ("", "=", "a=1", "1,1", "a=1 " + "and a=1 " * 200 + "=")
    texts = [wrapper * times + core + ")" * (wrapper * times).count("(") for wrapper in WRAPPERS for core in cores]
    assert len(read_elsewhere([(text, "cql2-text") for text in texts])) == len(texts)


def test_brackets_of_programs_are_read() -> None:
    """QGIS sets each condition, and all before it, in brackets."""
    text = "(town = 'a')"
    for _ in range(10):
        text = f"({text} AND (town = 'a'))"
    compile_filter(text, "cql2-text", COLUMNS)


def test_what_is_usual_is_not_refused() -> None:
    """Hyphens and operators within quotes, and minus signs of coordinates, are no operators."""
    corners = ", ".join(f"-{1 + step / 1000} -{48 + step / 1000}" for step in range(600))
    towns = ", ".join(f"'saint-germain-en-laye-{number} (or not)'" for number in range(300))
    for text in (f"S_INTERSECTS(geometry, LINESTRING({corners}))", f"town IN ({towns})"):
        compile_filter(text, "cql2-text", COLUMNS)


TOO_MUCH = {
    "characters": "town = '" + "x" * 100_000 + "'",
    "vertices": "S_INTERSECTS(geometry, LINESTRING(" + ",".join(["0 0", "1 1"] * 1100) + "))",
    "2000 vertices": " OR ".join(["S_INTERSECTS(geometry, LINESTRING(" + ",".join(["0 0", "1 1"] * 250) + "))"] * 5),
    "more than 1000 values": "town IN (" + ",".join(["'x'"] * 1100) + ")",
    "more than 40": " AND ".join(["name LIKE 'a%'"] * (COSTLY + 1)),
    "within each other": "area" + " + 1" * 100 + " = 1",
}


@pytest.mark.parametrize("said", TOO_MUCH)
def test_a_filter_that_asks_too_much_is_refused(said: str) -> None:
    """In words, whatever it is too much of."""
    with pytest.raises(FilterError, match=said):
        compile_filter(TOO_MUCH[said], "cql2-text", COLUMNS)


def test_a_pattern_never_goes_back() -> None:
    """A hundred wildcards against a long text that fits almost: a pattern that tried again would not end."""
    pattern = compile_pattern("%a" * 100 + "%b")
    assert pattern.fullmatch("a" * 5_000) is None
    assert pattern.fullmatch("a" * 5_000 + "b")


WORDS = st.sampled_from(
    [
        *("town", "founded", "geometry", "seen", "roles", "x", "'a'", "'", '"', "1", "-1e3", "(", ")", ",", "=", "<>", "<", "*", "^"),
        *(" AND ", " OR ", "NOT ", " LIKE ", " BETWEEN ", " IN ", " IS NULL", " IS NOT NULL", "casei(", "accenti(", "DATE('", "INTERVAL("),
        *("s_intersects(", "A_CONTAINS(", "T_AFTER(", "POINT(", "POLYGON((", "BBOX(", "1 2", "..", "{", "}", "[", "\\", "\0", "é", " div "),
    ]
)


def read(text: str, lang: str) -> None:
    """Compile a filter and write it both ways; a FilterError is an answer."""
    with suppress(FilterError):
        compile_filter(text, lang, COLUMNS).build_sql()


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.lists(WORDS, max_size=12).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Letters of every alphabet, and words of the language in any order; never another error."""
    read(text, "cql2-text")
    read(text, "cql2-json")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.sampled_from(sorted(COLUMNS)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("op", "args", "property", "type", "coordinates", "bbox", "date", "interval")), inner, max_size=3)
        | st.builds(lambda op, args: {"op": op, "args": args}, st.sampled_from(("=", "in", "like", "s_within", "t_after", "+")), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(tree: Any) -> None:
    """Members of the language holding anything."""
    read(json.dumps(tree), "cql2-json")


@settings(max_examples=300, deadline=None)
@given(tree=TREES, place=st.floats(0, 1), letter=st.sampled_from('{}[]",:0aé\\'), drop=st.booleans())
def test_a_filter_with_a_slip_is_read_or_refused(tree: Any, place: float, letter: str, drop: bool) -> None:
    """One letter of a good filter more, or one less."""
    text = json.dumps(tree)
    at = int(place * len(text))
    read(text[:at] + ("" if drop else letter) + text[at + drop :], "cql2-json")
