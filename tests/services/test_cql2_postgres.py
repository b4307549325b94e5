"""Filters pushed down to PostGIS keep what the same filters keep in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from psycopg import sql

from biocarto.query.cql2 import FilterType, compile_filter
from tests.support.cql2_examples import COLUMNS, ROWS, TREES, make_frame
from tests.support.postgres import Cluster

pytestmark = pytest.mark.services

_TYPES = {
    FilterType.TEXT: "text",
    FilterType.INTEGER: "bigint",
    FilterType.NUMBER: "float8",
    FilterType.BOOLEAN: "boolean",
    FilterType.LIST: "text[]",
    FilterType.DATE: "date",
    FilterType.GEOMETRY: "geometry(Geometry, 4326)",
}


@pytest.fixture(scope="module")
def table(cluster: Cluster) -> Iterator[psycopg.Connection]:
    """A connection to a table of the examples' columns."""
    address = cluster.address()
    columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in COLUMNS.items())
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE UNLOGGED TABLE features (place int, {columns})".encode())
        yield connection
    cluster.drop(address)


def _write_cell(cell: Any) -> Any:
    if isinstance(cell, shapely.Geometry):
        return shapely.to_wkb(shapely.set_srid(cell, 4326), include_srid=True, hex=True)
    return list(cell) if isinstance(cell, tuple) else cell


def _keep(table: psycopg.Connection, tree: Any, rows: list[dict[str, Any]]) -> tuple[list[int], list[int]]:
    """Places of the rows that a filter keeps in memory, and in the database."""
    expression = compile_filter(json.dumps(tree), "cql2-json", COLUMNS)
    placeholders = ", ".join(["%s"] * (len(COLUMNS) + 1))
    table.execute("TRUNCATE features")
    with table.cursor() as cursor:
        values = [[place, *(_write_cell(row[name]) for name in COLUMNS)] for place, row in enumerate(rows)]
        cursor.executemany(f"INSERT INTO features VALUES ({placeholders})".encode(), values)  # noqa: S608 - placeholders alone
    condition, values = expression.build_sql()
    statement = sql.SQL("SELECT place FROM features WHERE {} ORDER BY place").format(sql.SQL(condition))  # type: ignore[arg-type]
    return expression.build_mask(make_frame(rows)).nonzero()[0].tolist(), [place for (place,) in table.execute(statement, values)]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES, rows=ROWS)
def test_expressions_pushed_down_equal_ours(table: psycopg.Connection, tree: Any, rows: list[dict[str, Any]]) -> None:
    """Random conditions of every operator over random rows with NULLs, in a database that sorts as French dictionaries do."""
    ours, theirs = _keep(table, tree, rows)
    assert ours == theirs


_AREA = {"property": "area"}


@pytest.mark.parametrize(
    "number",
    [
        {"op": "/", "args": [1, 0]},
        {"op": "/", "args": [_AREA, 0]},
        {"op": "%", "args": [_AREA, {"op": "-", "args": [1, 1]}]},
        {"op": "^", "args": [0, -1]},
        {"op": "^", "args": [-1, 0.5]},
        {"op": "^", "args": [_AREA, 1000]},
        {"op": "*", "args": [_AREA, {"op": "^", "args": [10, 299]}]},
        {"op": "*", "args": [0, _AREA]},
        {"op": "div", "args": [_AREA, 1e-300]},
    ],
)
def test_no_arithmetic_raises_in_the_database(table: psycopg.Connection, number: Any) -> None:
    """Constants that the planner computes by itself included; what has no result is unknown in both."""
    rows = [dict.fromkeys(COLUMNS) | {"area": area} for area in (None, 0.0, -2.0, 7.5, 1e300, 1.7e308, 5e-324)]
    for tree in ({"op": "isNull", "args": [number]}, {"op": ">", "args": [number, 1]}):
        ours, theirs = _keep(table, tree, rows)
        assert ours == theirs
