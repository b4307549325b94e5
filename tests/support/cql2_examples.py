"""Small frames with unknown cells, random filters over them, and what SQL's three values say of each row, written the plain way."""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import strategies as st
from shapely.geometry import shape

from biocarto.query.cql2 import FilterType

COLUMNS: dict[str, FilterType] = {
    "name": FilterType.TEXT,
    "town": FilterType.TEXT,
    "founded": FilterType.INTEGER,
    "area": FilterType.NUMBER,
    "alive": FilterType.BOOLEAN,
    "roles": FilterType.LIST,
    "tags": FilterType.LIST,
    "seen": FilterType.DATE,
    "geometry": FilterType.GEOMETRY,
}
_TEXTS = ("a", "A", "b", "é", "É", "e", "ae", "ab", "aé b", "Évry", "evry", "Œ", "ΣΑΣ", "ß", "a%b", "a_b", "a\\b", "x'y", '"', "%s")
_NUMBERS = (0.0, 1.0, -1.0, 2.0, 3.0, 0.5, 10.0, 1998.0, 2015.0, -7.0, 2.0**53)
_CELLS = (*_NUMBERS, 1e200, -1e-200, 1e305)

_DATES = ("2015-01-01", "2020-02-29", "2026-11-28", "1899-12-31")
_SHAPES = (
    shapely.Point(0, 0),
    shapely.Point(1, 1),
    shapely.Point(5, 5),
    shapely.box(0, 0, 2, 2),
    shapely.box(1, 1, 3, 3),
    shapely.box(2, 0, 4, 2),
    shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(4, 4, 6, 6)]),
    shapely.LineString([(-1, 1), (3, 1)]),
    shapely.MultiPoint([(0, 0), (2, 2)]),
)
_MISSING = st.none()


def _read_rows() -> st.SearchStrategy[list[dict[str, Any]]]:
    cells: dict[str, st.SearchStrategy[Any]] = {
        "name": st.sampled_from(_TEXTS),
        "town": st.sampled_from(_TEXTS),
        "founded": st.sampled_from((0, 1, 2, -1, 1998, 2015, 2**53)),
        "area": st.sampled_from(_CELLS),
        "alive": st.booleans(),
        "roles": st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
        "tags": st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
        "seen": st.sampled_from(_DATES),
        "geometry": st.sampled_from(_SHAPES),
    }
    return st.lists(st.fixed_dictionaries({name: _MISSING | cell for name, cell in cells.items()}), min_size=1, max_size=6)


ROWS = _read_rows()
"""Rows whose cells may each be None."""


def make_frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Rows with the dtypes that the register's frames have."""
    table = {name: [row[name] for row in rows] for name in COLUMNS if name != "geometry"}
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in table.items()})
    frame = frame.astype({"name": "str", "town": "str", "founded": "Int64", "area": "Float64", "alive": "boolean"})
    return gpd.GeoDataFrame(frame, geometry=[row["geometry"] for row in rows], crs=4326)


Tree = Any


def _apply(op: str, *arguments: Tree) -> Tree:
    return {"op": op, "args": list(arguments)}


def _name(*names: str) -> st.SearchStrategy[Tree]:
    return st.sampled_from(names).map(lambda name: {"property": name})


_TEXT = st.deferred(
    lambda: (
        _name("name", "town")
        | st.sampled_from(_TEXTS)
        | st.builds(_apply, st.sampled_from(("casei", "accenti")), _name("name", "town") | st.sampled_from(_TEXTS))
        | st.builds(lambda text: _apply("accenti", _apply("casei", text)), _name("name", "town"))
    )
)
_NUMBER = st.recursive(
    _name("founded", "area") | st.sampled_from(_NUMBERS),
    lambda inner: st.builds(_apply, st.sampled_from(("+", "-", "*", "/", "div", "%", "^")), inner, inner),
    max_leaves=5,
)
_MOMENT = _name("seen") | st.sampled_from(_DATES).map(lambda day: {"date": day}) | st.just({"timestamp": "2020-02-29T12:30:00Z"})
_INTERVAL = st.tuples(st.sampled_from(("..", *_DATES[:1])) | _name("seen"), st.sampled_from(("..", *_DATES[1:3])) | _name("seen")).map(
    lambda ends: {"interval": list(ends)}
)
_ARRAY = _name("roles", "tags") | st.lists(st.sampled_from("abc"), min_size=1, max_size=2)
_SHAPE = (
    _name("geometry")
    | st.sampled_from(_SHAPES).map(shapely.geometry.mapping)
    | st.sampled_from(([0, 0, 1, 1], [1.5, 1.5, 9, 9], [0, 0, -1, 2, 2, 9], [170, -10, 1, 10])).map(lambda box: {"bbox": box})
)
_COMPARED = ("=", "<>", "<", "<=", ">", ">=")
_PATTERN = st.sampled_from(("a%", "%b", "%é%", "_", "a\\%b", "a\\_b", "a\\\\b", "%", "", "a%b", "%a%b%", "É%y"))
RELATIONS_OF_TIME = (
    *("t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedby", "t_finishes", "t_intersects"),
    *("t_meets", "t_metby", "t_overlappedby", "t_overlaps", "t_startedby", "t_starts"),
)
RELATIONS_OF_SPACE = ("intersects", "disjoint", "equals", "touches", "within", "overlaps", "crosses", "contains")

_PREDICATE = st.one_of(
    st.builds(_apply, st.sampled_from(_COMPARED), _TEXT, _TEXT),
    st.builds(_apply, st.sampled_from(_COMPARED), _NUMBER, _NUMBER),
    st.builds(_apply, st.sampled_from(_COMPARED), _MOMENT, _MOMENT),
    st.builds(_apply, st.sampled_from(("=", "<>")), _name("alive"), st.booleans()),
    st.builds(_apply, st.just("between"), _NUMBER, _NUMBER, _NUMBER),
    st.builds(_apply, st.just("in"), _TEXT, st.lists(_TEXT, min_size=1, max_size=3)),
    st.builds(_apply, st.just("in"), _NUMBER, st.lists(st.sampled_from(_NUMBERS), min_size=1, max_size=3)),
    st.builds(_apply, st.just("in"), _MOMENT, st.lists(_MOMENT, min_size=1, max_size=3)),
    st.builds(_apply, st.just("like"), _TEXT, _PATTERN | st.builds(_apply, st.just("casei"), _PATTERN)),
    st.builds(_apply, st.just("isNull"), _TEXT | _NUMBER | _MOMENT | _name("alive", "roles", "geometry")),
    st.builds(_apply, st.sampled_from(("a_equals", "a_contains", "a_containedby", "a_overlaps")), _ARRAY, _ARRAY),
    st.builds(_apply, st.sampled_from(RELATIONS_OF_SPACE).map("s_{}".format), _SHAPE, _SHAPE),
    st.builds(_apply, st.sampled_from(RELATIONS_OF_TIME), _MOMENT | _INTERVAL, _MOMENT | _INTERVAL),
    st.booleans(),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    _PREDICATE,
    lambda inner: (
        st.builds(lambda op, parts: _apply(op, *parts), st.sampled_from(("and", "or")), st.lists(inner, min_size=2, max_size=3))
        | st.builds(_apply, st.just("not"), inner)
    ),
    max_leaves=4,
)
"""Conditions in CQL2's JSON, over `COLUMNS`."""


def judge(tree: Tree, row: Mapping[str, Any]) -> Any:
    """The worth of a tree for one row; None is unknown."""
    if isinstance(tree, list):
        return frozenset(tree)
    if not isinstance(tree, dict):
        return tree
    if "property" in tree:
        cell = row[tree["property"]]
        return _read_moment(cell) if tree["property"] == "seen" else frozenset(cell) if isinstance(cell, tuple) else cell
    if "op" not in tree:
        return _read_literal(tree)
    return _judge_operator(tree["op"], tree["args"], row)


def _read_moment(text: str | None) -> float | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() if text else None


def _read_literal(tree: Mapping[str, Any]) -> Any:
    if "bbox" in tree:
        numbers = tree["bbox"]
        west, south, east, north = numbers if len(numbers) == 4 else (numbers[0], numbers[1], numbers[3], numbers[4])
        if west > east:
            return shapely.union_all([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])
        return shapely.box(west, south, east, north)
    return shape(tree) if "coordinates" in tree else _read_moment(tree.get("date") or tree["timestamp"].rstrip("Z"))


def _judge_operator(op: str, arguments: list[Tree], row: Mapping[str, Any]) -> Any:
    if op == "in":
        return _join([_judge_operator("=", [arguments[0], item], row) for item in arguments[1]], deciding=True)
    if op.startswith("t_"):
        return _relate_times(op, *(_find_ends(argument, row) for argument in arguments))
    found = [judge(argument, row) for argument in arguments]
    if op in {"and", "or"}:
        return _join(found, deciding=op == "or")
    if op == "isNull":
        return found[0] is None
    if op == "between":
        low, high = (None if found[0] is None or end is None else (found[0], end) for end in found[1:])
        return _join([low and low[0] >= low[1], high and high[0] <= high[1]], deciding=False)
    return None if None in found else _OPERATORS[op](*found)


def _join(found: list[bool | None], deciding: bool) -> bool | None:
    if deciding in found:
        return deciding
    return None if None in found else not deciding


def _find_ends(tree: Tree, row: Mapping[str, Any]) -> list[Any]:
    if "interval" not in tree:
        return [judge(tree, row)] * 2
    open_ends = (-math.inf, math.inf)
    return [
        end_of if end == ".." else judge(end if isinstance(end, dict) else {"date": end}, row)
        for end, end_of in zip(tree["interval"], open_ends, strict=True)
    ]


def _relate_times(op: str, one: list[Any], other: list[Any]) -> bool | None:
    """The relations as OGC 21-065r2 defines them, over (start, end)."""
    (a, b), (c, d) = one, other

    def is_less(low: Any, high: Any) -> bool | None:
        return None if low is None or high is None else low < high

    def is_same(low: Any, high: Any) -> bool | None:
        return None if low is None or high is None else low == high

    if op == "t_disjoint":
        return _join([is_less(b, c), is_less(d, a)], deciding=True)
    if op == "t_intersects":
        apart = [is_less(b, c), is_less(d, a)]
        return _join([None if part is None else not part for part in apart], deciding=False)
    parts = {
        "t_after": [is_less(d, a)],
        "t_before": [is_less(b, c)],
        "t_contains": [is_less(a, c), is_less(d, b)],
        "t_during": [is_less(c, a), is_less(b, d)],
        "t_equals": [is_same(a, c), is_same(b, d)],
        "t_finishedby": [is_less(a, c), is_same(b, d)],
        "t_finishes": [is_less(c, a), is_same(b, d)],
        "t_meets": [is_same(b, c)],
        "t_metby": [is_same(a, d)],
        "t_overlappedby": [is_less(c, a), is_less(a, d), is_less(d, b)],
        "t_overlaps": [is_less(a, c), is_less(c, b), is_less(b, d)],
        "t_startedby": [is_same(a, c), is_less(d, b)],
        "t_starts": [is_same(a, c), is_less(b, d)],
    }
    return _join(parts[op], deciding=False)


def _like(text: str, pattern: str) -> bool:
    """By trying every length that a `%` may have."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(_like(text[start:], pattern[1:]) for start in range(len(text) + 1))
    wanted, rest = (pattern[1], pattern[2:]) if pattern[0] == "\\" else (pattern[0], pattern[1:])
    return bool(text) and (text[0] == wanted or pattern[0] == "_") and _like(text[1:], rest)


def _calculate(symbol: str, a: float, b: float) -> float | None:
    """Only numbers between 1e-300 and 1e300, and 0, are results; a power must be of a real number."""
    try:
        if symbol in {"/", "div", "%"}:
            size = math.log10(abs(a)) - math.log10(abs(b)) if a else 0 * (1 / b)
        elif symbol == "*":
            size = math.log10(abs(a)) + math.log10(abs(b)) if a and b else 0
        elif symbol == "^":
            size = b * math.log10(abs(a)) if a else -0 * (a**b)
        else:
            size = 0
        result = _compute(symbol, float(a), float(b)) if abs(size) <= 300 else None
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    return None if isinstance(result, complex) else result


def _compute(symbol: str, a: float, b: float) -> Any:
    if symbol in {"div", "%"}:
        # a quotient of 1e200 is whole as a float; Python's own integers would see its digits
        whole = float(np.trunc(a / b))
        return whole if symbol == "div" else a - whole * b
    return {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}[symbol](a, b)


_OPERATORS: dict[str, Callable[..., Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "not": operator.not_,
    "like": _like,
    "casei": str.lower,
    "accenti": lambda text: re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text)),
    "a_equals": operator.eq,
    "a_contains": operator.ge,
    "a_containedby": operator.le,
    "a_overlaps": lambda one, other: bool(one & other),
    **{f"s_{name}": getattr(shapely, name) for name in RELATIONS_OF_SPACE},
    **{symbol: (lambda a, b, symbol=symbol: _calculate(symbol, a, b)) for symbol in ("+", "-", "*", "/", "div", "%", "^")},
}
