"""Features from PostGIS: a table per collection holds its columns, its shapes in each system and its texts, and answers as memory does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

import shapely
from psycopg import sql

from biocarto import __version__
from biocarto.export.collections.collection import CellType, Collection
from biocarto.export.collections.memory_source import count_ranks, digest_features, is_unknown, write_texts
from biocarto.export.collections.source import FeaturePage, FeatureQuery
from biocarto.query.cql2.shapes import make_box
from biocarto.store.feature_tables import FeatureDatabase, FeatureTable
from biocarto.territory.systems import SYSTEMS, CoordinateSystem

_TYPES = {
    CellType.TEXT: "text",
    CellType.INTEGER: "bigint",
    CellType.NUMBER: "float8",
    CellType.BOOLEAN: "boolean",
    CellType.LIST: "text[]",
}
_COMPARED = _TYPES | {CellType.INTEGER: "float8"}
_PLAIN = tuple(system for system in SYSTEMS if not system.latitude_first)
"""The systems whose x goes east: those that boxes are given in."""
_BEFORE, _AFTER, _PLACE, _ID, _RANKS, _START, _END = "_before", "_after", "_place", "_id", "_ranks", "_start", "_end"


def _name_shape(system: CoordinateSystem) -> str:
    return f"_shape_{system.epsg}"


def _name_text(system: CoordinateSystem) -> str:
    return f"_text_{SYSTEMS.index(system)}"


def _write_shape(shape: shapely.Geometry | None, epsg: int) -> str | None:
    return None if shape is None else shapely.to_wkb(shapely.set_srid(shape, epsg), include_srid=True, hex=True)


class PostgisSource:
    """A source of features (`FeatureSource`) over one collection in a database; any thread may ask. Its methods raise StoreError."""

    def __init__(self, collection: Collection, database: FeatureDatabase) -> None:
        self.collection = collection
        self.ids: Sequence[str] = [str(found) for found in collection.frame.index]
        self._database = database

    @cached_property
    def digest(self) -> str:
        """Of every feature as it is answered."""
        return digest_features(self.collection, write_texts(self.collection))

    @cached_property
    def table(self) -> FeatureTable:
        """Where the features are."""
        types = self.collection.types
        own = {_PLACE: "integer", _ID: "text NOT NULL UNIQUE", _BEFORE: "text NOT NULL", _AFTER: "text NOT NULL", _RANKS: "integer[]"}
        times = {_START: "timestamp", _END: "timestamp"}
        texts = {_name_text(system): "text NOT NULL" for system in SYSTEMS}
        shapes = {_name_shape(system): f"geometry(Geometry, {system.epsg})" for system in _PLAIN}
        cells = {name: _TYPES[kind] for name, kind in types.items()}
        columns = own | times | texts | shapes | cells | {"geometry": "geometry(Geometry, 4326)"}
        return FeatureTable(self.collection.id, self._digest_table(columns), columns, (*shapes, "geometry"))

    def _digest_table(self, columns: Mapping[str, str]) -> str:
        """Of the features, and of how this version writes them down: another one finds no table that it would read wrongly."""
        systems = [system.uri for system in SYSTEMS]
        return sha256(json.dumps([__version__, self.digest, [*columns.items()], systems]).encode()).hexdigest()[:24]

    def _list_rows(self) -> Iterator[list[object]]:
        """The cells of each row, in the order of the table's columns."""
        collection, (before, after) = self.collection, write_texts(self.collection)
        ranks = [count_ranks(collection, name)[0].tolist() for name in collection.types]
        texts = [collection.shapes.write(system) for system in SYSTEMS]
        shapes = [(system.epsg, collection.shapes.project(system)) for system in _PLAIN]
        cells = [collection.frame[name].tolist() for name in collection.types]
        for place, found in enumerate(self.ids):
            ranked = [None if column[place] < 0 else column[place] for column in ranks]
            yield [
                *(place, found, before[place].decode(), after[place].decode(), ranked),
                *self._list_times(place),
                *(text[place].decode() for text in texts),
                *(_write_shape(column[place], epsg) for epsg, column in shapes),
                *(_write_cell(column[place]) for column in cells),
                _write_shape(collection.frame.geometry.iloc[place], 4326),
            ]

    def _list_times(self, place: int) -> tuple[object, object]:
        span = self.collection.span
        return (None, None) if span is None else (span.start[place].item(), span.end[place].item())

    def load(self) -> bool:
        """Write the table, unless it is there; whether it was written."""
        return self._database.load(self.table, self._list_rows())

    def _read(self, statement: sql.Composed, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Ask the table, which is written where it is not there yet, or was taken away."""
        try:
            return self._database.read(statement, values)
        except LookupError:
            self.load()
            return self._database.read(statement, values)

    def get(self, feature: str, system: CoordinateSystem) -> bytes | None:
        """One feature as GeoJSON; None where there is none of this id."""
        if "\0" in feature:
            return None
        found = self._read(self._select(system, sql.SQL("WHERE {} = %s").format(sql.Identifier(_ID))), (feature,))
        return _join_texts(found) if found else None

    def read_page(self, query: FeatureQuery) -> FeaturePage:
        """The features that match, in the order asked for, else in their own."""
        where, values = self.build_where(query)
        [(matched,)] = self._read(sql.SQL("SELECT count(*) FROM {} {}").format(self.table.name, where), values)
        if matched <= query.offset:
            return FeaturePage(matched, 0, b"")
        page = sql.SQL("{} {} LIMIT %s OFFSET %s").format(where, self._build_order(query))
        found = self._read(self._select(query.system, page), (*values, query.limit, query.offset))
        return FeaturePage(matched, len(found), _join_texts(found))

    def _select(self, system: CoordinateSystem, rest: sql.Composable) -> sql.Composed:
        pieces = sql.SQL(", ").join(map(sql.Identifier, (_BEFORE, _name_text(system), _AFTER)))
        return sql.SQL("SELECT {} FROM {} {}").format(pieces, self.table.name, rest)

    def _build_order(self, query: FeatureQuery) -> sql.Composed:
        """By ranks, what is unknown last, then by the collection's own order."""
        names = list(self.collection.types)
        keys = [
            sql.SQL("{}[{}] {} NULLS LAST").format(
                sql.Identifier(_RANKS), sql.Literal(names.index(key.name) + 1), sql.SQL("DESC" if key.descending else "ASC")
            )
            for key in query.order
        ]
        return sql.SQL("ORDER BY {}").format(sql.SQL(", ").join([*keys, sql.Identifier(_PLACE)]))

    def build_where(self, query: FeatureQuery) -> tuple[sql.Composed, list[object]]:
        """The conditions of a query, and their values in the order of the placeholders."""
        parts: list[sql.Composable] = [sql.SQL("TRUE")]
        values: list[object] = []
        for part, bound in (*self._list_equal(query), *self._list_boxes(query), *self._list_times_of(query)):
            parts.append(part)
            values += bound
        if query.condition is not None:
            text, bound_values = query.condition.build_sql()
            parts.append(sql.SQL(text))  # of constants, placeholders and names of our columns
            values += bound_values
        return sql.SQL("WHERE {}").format(sql.SQL(" AND ").join(parts)), values

    def _list_equal(self, query: FeatureQuery) -> Iterator[tuple[sql.Composable, list[object]]]:
        for name, accepted in query.equal:
            kind = self.collection.types[name]
            test = "{} && %s::text[]" if kind is CellType.LIST else "{} = ANY(%s::" + _COMPARED[kind] + "[])"
            usable = [value for value in accepted if "\0" not in str(value)]
            yield sql.SQL(test).format(sql.Identifier(name)), [usable]

    def _list_boxes(self, query: FeatureQuery) -> Iterator[tuple[sql.Composable, list[object]]]:
        """In any of the boxes; a feature without a position may be."""
        if query.boxes:
            epsg = query.box_system.epsg
            column = sql.Identifier(_name_shape(query.box_system))
            inside = [sql.SQL("ST_Intersects({}, %s::geometry)").format(column) for _ in query.boxes]
            unknown = sql.SQL("{} IS NULL").format(column)
            bound: list[object] = [_write_shape(make_box(*box), epsg) for box in query.boxes]
            yield sql.SQL("({})").format(sql.SQL(" OR ").join([*inside, unknown])), bound

    def _list_times_of(self, query: FeatureQuery) -> Iterator[tuple[sql.Composable, list[object]]]:
        """With a second in common; a feature without a time may have one."""
        if query.interval is None or self.collection.span is None:
            return
        start, end = query.interval
        if start is not None:
            yield _START_OR_LATER, [start.item()]
        if end is not None:
            yield _END_OR_EARLIER, [end.item()]


_START_OR_LATER = sql.SQL("({start} IS NULL OR {end} >= %s::timestamp)").format(start=sql.Identifier(_START), end=sql.Identifier(_END))
_END_OR_EARLIER = sql.SQL("({start} IS NULL OR {start} <= %s::timestamp)").format(start=sql.Identifier(_START))


def _write_cell(cell: object) -> object:
    """A cell of a frame as PostgreSQL takes it; an empty text is unknown."""
    if isinstance(cell, tuple):
        return list(cell)
    return None if is_unknown(cell) or cell == "" else cell


def _join_texts(found: Sequence[tuple[str, str, str]]) -> bytes:
    return "".join(piece for row in found for piece in row)[:-1].encode()
