"""Features from PostGIS are answered letter by letter as from memory; a table is written whole, once, and the older ones go."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import numpy as np
import psycopg
import pytest
import shapely
from psycopg import sql

from biocarto.api.ogc.filters import compile_condition
from biocarto.export.collections.library import NAMES, CollectionLibrary
from biocarto.export.collections.memory_source import MemorySource, is_unknown
from biocarto.export.collections.postgis_source import PostgisSource
from biocarto.export.collections.shapes import Box
from biocarto.export.collections.source import FeatureQuery, FeatureSource, MomentRange, SortKey
from biocarto.store.feature_tables import SCHEMA, FeatureDatabase, FeatureTable
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.territory.systems import CRS84, SYSTEMS
from tests.support.asgi import ask
from tests.support.ogc import EPSG, OLDER, PROBLEM, build_app, get
from tests.support.postgres import Cluster
from tests.support.register import joined

pytestmark = pytest.mark.services

PARIS = Box(2.2, 48.8, 2.5, 48.95)
METRES = Box(640_000, 6_850_000, 665_000, 6_870_000)
FILTERS = (
    "{key} IS NOT NULL",
    "NOT {key} < 'M'",
    "ACCENTI(CASEI({key})) LIKE '%e%'",
    "S_INTERSECTS(geometry, BBOX(2.2, 48.8, 2.5, 48.95))",
    "NOT S_WITHIN(geometry, POLYGON((2 48, 3 48, 3 49, 2 49, 2 48)))",
)


@pytest.fixture(scope="module")
def base(cluster: Cluster) -> Iterator[FeatureDatabase]:
    """A database for all collections."""
    address = cluster.address()
    database = FeatureDatabase(address)
    yield database
    database.close()
    cluster.drop(address)


@pytest.fixture
def own(database: str) -> Iterator[FeatureDatabase]:
    """A database of the test's own."""
    made = FeatureDatabase(database)
    yield made
    made.close()


@pytest.fixture(scope="module")
def library() -> CollectionLibrary:
    """The collections of the register as memory keeps them."""
    return CollectionLibrary()


def list_queries(source: FeatureSource) -> list[FeatureQuery]:
    """Every kind of question, alone and together, from the first page to one past the end."""
    types = source.collection.types
    key = "name" if "name" in types else "id"
    found = [FeatureQuery(7, offset) for offset in (0, 5, len(source.ids) - 1, len(source.ids), 2**40)]
    found += [FeatureQuery(5, system=system) for system in SYSTEMS]
    found += [FeatureQuery(500, boxes=(PARIS,)), FeatureQuery(500, boxes=(PARIS, Box(4, 45, 5, 46)))]
    found += [FeatureQuery(500, boxes=(METRES,), box_system=system) for system in SYSTEMS[2:]]
    found += [FeatureQuery(500, boxes=(Box(2.35, 48.85, 2.35, 48.85),)), FeatureQuery(5, boxes=(Box(-180, -90, 180, 90),))]
    for name in types:
        found += [FeatureQuery(500, order=(SortKey(name, descending),)) for descending in (False, True)]
        cells = [cell for cell in source.collection.frame[name].tolist() if not is_unknown(cell)][:2]
        wanted = tuple(item for cell in cells for item in (cell if isinstance(cell, tuple) else (cell,)))
        found.append(FeatureQuery(500, equal=((name, wanted),), order=(SortKey(name, True), SortKey(next(iter(types)), False))))
    found.append(FeatureQuery(5, equal=((key, ("nobody", "\0", "'; DROP SCHEMA public")),)))
    for moments in (("2020-01-01", None), (None, "2024-06-30"), ("2024-01-01", "2024-12-31")):
        found.append(FeatureQuery(500, interval=MomentRange(*(None if day is None else np.datetime64(day, "s") for day in moments))))
    found += [
        FeatureQuery(500, condition=compile_condition(text.format(key=key), "cql2-text", CRS84, source.collection)) for text in FILTERS
    ]
    found.append(replace(found[-1], boxes=(PARIS,), order=(SortKey(key, True),), limit=3, offset=1))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_collection_is_answered_as_memory_answers(name: str, base: FeatureDatabase, library: CollectionLibrary) -> None:
    """Every question, every feature, in every system; a table that is not there yet is made by the first of them."""
    memory = library.find_source(joined(), name)
    postgis = PostgisSource(memory.collection, base)
    assert (postgis.ids, postgis.digest) == (memory.ids, memory.digest)
    for query in list_queries(memory):
        assert postgis.read_page(query) == memory.read_page(query), query
    for system in SYSTEMS:
        for feature in (memory.ids[0], memory.ids[-1], "nobody", "", "\0", "é'%s"):
            assert postgis.get(feature, system) == memory.get(feature, system)


def make_source(database: FeatureDatabase, library: CollectionLibrary, name: str = "actors", rows: int = 20) -> PostgisSource:
    """A few rows of a collection."""
    whole = library.find_source(joined(), name).collection
    frame = whole.frame.iloc[:rows]
    span = whole.span and type(whole.span)(whole.span.start[:rows], whole.span.end[:rows])
    shapes = type(whole.shapes)(frame.geometry.to_numpy())
    return PostgisSource(replace(whole, frame=frame, shapes=shapes, span=span), database)


def list_tables(address: str) -> set[str]:
    """Tables of features in a database."""
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,)).fetchall()
    return {name for (name,) in found} - {"loaded"}


def test_a_table_is_written_once(own: FeatureDatabase, library: CollectionLibrary) -> None:
    """Whoever comes second finds it, also when many come at once."""
    said: list[bool] = []
    sources = [make_source(own, library) for _ in range(4)]
    threads = [threading.Thread(target=lambda source=source: said.append(source.load())) for source in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [False, False, False, True]


def test_older_tables_are_removed_and_come_back(own: FeatureDatabase, library: CollectionLibrary, database: str) -> None:
    """Three of a collection stay, those asked for last; a source whose table is gone writes it again."""
    sources = [make_source(own, library, rows=rows) for rows in (5, 6, 7, 8)]
    other = make_source(own, library, "stages", 3)
    assert all(source.load() for source in (other, *sources[:3]))
    assert not sources[0].load()
    assert sources[3].load()
    kept = (other, sources[0], sources[2], sources[3])
    assert list_tables(database) == {f"{source.collection.id}_{source.table.digest}" for source in kept}
    assert sources[1].read_page(FeatureQuery(1)).matched == 6
    assert len(list_tables(database)) == 4


def test_a_table_is_whole_or_not_at_all(own: FeatureDatabase, database: str) -> None:
    """A row that cannot be written leaves nothing, and the next attempt succeeds."""
    table = FeatureTable("actors", "0" * 24, {"_place": "integer", "geometry": "geometry(Geometry, 4326)"}, ("geometry",))
    good = shapely.to_wkb(shapely.set_srid(shapely.Point(1, 2), 4326), include_srid=True, hex=True)

    def break_off() -> Iterator[list[Any]]:
        yield [0, good]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        own.load(table, break_off())
    assert list_tables(database) == set()
    assert own.load(table, [[0, good]])
    assert list_tables(database) == {f"actors_{'0' * 24}"}


def test_a_box_is_found_by_its_index(own: FeatureDatabase, library: CollectionLibrary) -> None:
    """Among many points, with the shapes of the box's own system; and the values are bound, whatever they are."""
    template = make_source(own, library, rows=1).collection
    frame = template.frame.iloc[[0] * 5_000].copy()
    frame.index = [f"point-{number}" for number in range(5_000)]
    places = shapely.points(np.random.default_rng(1).uniform((-4, 43), (8, 50), (5_000, 2)))
    frame = frame.set_geometry(places, crs=4326)
    span = template.span and type(template.span)(template.span.start.repeat(5_000), template.span.end.repeat(5_000))
    source = PostgisSource(replace(template, frame=frame, shapes=type(template.shapes)(places), span=span), own)
    for box, system in ((PARIS, SYSTEMS[0]), (METRES, SYSTEMS[2])):
        query = FeatureQuery(10, boxes=(box,), box_system=system)
        assert source.read_page(query) == MemorySource(source.collection).read_page(query)
        where, values = source.build_where(query)
        assert len(values) == 1
        plan = own.read(sql.SQL("EXPLAIN SELECT count(*) FROM {} {}").format(source.table.name, where), values)
        assert f"_shape_{system.epsg}_idx" in str(plan)


def test_a_database_that_is_down_is_said_in_words(
    own: FeatureDatabase, library: CollectionLibrary, cluster: Cluster, database: str
) -> None:
    """And is asked again as soon as it is there: a connection that was kept and has died is replaced."""
    source = make_source(own, library)
    page = source.read_page(FeatureQuery(2))
    cluster.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'biocarto'")
    assert source.read_page(FeatureQuery(2)) == page
    with pytest.raises(StoreError) as caught:
        make_source(FeatureDatabase("postgresql://nobody:secret@127.0.0.1:1/none"), library).read_page(FeatureQuery(2))
    assert caught.value.trouble is StoreTrouble.UNREACHABLE
    assert "secret" not in caught.value.fr + caught.value.en


QUESTIONS = (
    "/collections/actors/items?limit=20&sortby=-founded,name&crs=" + EPSG + "2154",
    "/collections/actors/items?filter=" + quote("CASEI(name) LIKE '%bio%' AND NOT founded < 2000"),
    "/collections/communes/items?bbox=2.2,48.8,2.5,48.95&limit=5&offset=3",
    "/collections/coverage-departments/items?kind=company",
    "/collections/actors/items?datetime=2024-01-01/..&edition=" + OLDER,
    "/collections/regions/items/11",
    "/collections/actors/items/nobody",
    "/collections/actors/items?filter=nobody%20%3D%201",
)


def drop_time(body: bytes) -> bytes:
    """An answer without the second at which it was given."""
    return re.sub(rb'"timeStamp":"[^"]*"', b"", body)


def test_the_door_answers_from_the_database(database: str) -> None:
    """By its setting: the same answers with the same ETag, from tables that it has made; 503 in words where there is none."""
    app, down = build_app(features=database), build_app(features="postgresql://nobody:secret@127.0.0.1:1/none")
    for question in QUESTIONS:
        ours, theirs = get(question), ask(app, f"/ogc{question}")
        assert (theirs.status, theirs.headers.get("etag")) == (ours.status, ours.headers.get("etag"))
        assert drop_time(theirs.body) == drop_time(ours.body)
    assert {name.rpartition("_")[0] for name in list_tables(database)} == {"actors", "communes", "regions"}
    answer = ask(down, "/ogc/collections/actors/items")
    assert (answer.status, answer.headers["content-type"]) == (503, PROBLEM)
    assert b"secret" not in answer.body
