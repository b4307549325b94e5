"""pygeoapi and tipg over the same features as ours: in environments of their own, over a PostGIS of the run's own.

Both are given what helps them: primary keys, indexes of what is asked, statistics, a table in memory, and no look at the tables meanwhile.
pygeoapi reads PostGIS, of its providers the one that filters by CQL; it is served by gunicorn with threads, which keeps a connection open.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from tests.bench.process import find_port
from tests.support.postgres import OWNER, PASSWORD, Cluster

PACKAGES = {
    "pygeoapi": ("pygeoapi==0.21.0", "gunicorn==27.0.1", "geoalchemy2==0.20.0", "psycopg2-binary==2.9.13"),
    "tipg": ("tipg==1.6.1", "uvicorn==0.54.0"),
}
"""What each is installed from: the newest ones of the day on which this was written."""
_TYPES = {str: "text", bool: "boolean", int: "bigint", float: "double precision", list: "text[]"}
_MEMORY = "-c shared_buffers=256MB -c jit=off"
Feature = dict[str, Any]


class Table(NamedTuple):
    """Features under a name, the property that is their key, and those that filters ask for."""

    name: str
    key: str
    asked: tuple[str, ...]
    features: Sequence[Feature]


def install(folder: Path) -> dict[str, Path]:
    """Name -> the programs of an environment of its own; what is there already is used."""
    found = {}
    for name, packages in PACKAGES.items():
        programs = folder / name / "bin"
        if not (programs / packages[1].partition("=")[0]).exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder / name], check=True)
            command = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
            subprocess.run(command, check=True)
        found[name] = programs
    return found


def fill(address: str, tables: Sequence[Table]) -> None:
    """Write the tables as their features say; what no feature says is text."""
    with psycopg.connect(address) as connection:
        for table in tables:
            _write(connection, table)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _write(connection: psycopg.Connection, table: Table) -> None:
    types = _find_types(table.features)
    columns = sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in types.items())
    name = sql.Identifier(table.name)
    start = "CREATE TABLE {} ({}, geom geometry(Geometry, 4326), PRIMARY KEY ({}))"
    connection.execute(sql.SQL(start).format(name, columns, sql.Identifier(table.key)))
    insert = sql.SQL("INSERT INTO {} VALUES ({}, ST_GeomFromGeoJSON(%s))").format(
        name, sql.SQL(", ").join([sql.Placeholder()] * len(types))
    )
    rows = [[*(f["properties"][column] for column in types), f["geometry"] and json.dumps(f["geometry"])] for f in table.features]
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)
    connection.execute(sql.SQL("CREATE INDEX ON {} USING gist (geom)").format(name))
    connection.execute(sql.SQL("CREATE INDEX ON {} ({})").format(name, sql.SQL(", ").join(map(sql.Identifier, table.asked))))


def _find_types(features: Sequence[Feature]) -> dict[str, str]:
    types: dict[str, str] = {}
    for name in features[0]["properties"]:
        kinds = {type(found) for feature in features if (found := feature["properties"][name]) is not None}
        types[name] = _TYPES[float if kinds == {int, float} else kinds.pop()] if kinds else "text"
    return types


def _describe(port: int, base: str, cluster: Cluster, tables: Sequence[Table]) -> dict[str, Any]:
    """The least that pygeoapi is content with; it reads YAML, of which JSON is a part."""
    site = f"http://127.0.0.1:{port}"
    identification = {"title": "bench", "description": "bench", "keywords": ["bench"], "url": site, "terms_of_service": site}
    database = {"host": "127.0.0.1", "port": cluster.port, "dbname": base, "user": OWNER, "password": PASSWORD, "search_path": ["public"]}
    extent = {"spatial": {"bbox": [-10, 40, 12, 52], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    resources = {
        table.name: {
            "type": "collection",
            "title": table.name,
            "description": table.name,
            "keywords": ["bench"],
            "links": [],
            "extents": extent,
            "providers": [
                {
                    "type": "feature",
                    "name": "PostgreSQL",
                    "data": database,
                    "id_field": table.key,
                    "table": table.name,
                    "geom_field": "geom",
                }
            ],
        }
        for table in tables
    }
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": site,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": True,
            "languages": ["en-US"],
            "limits": {"default_items": 1_000, "max_items": 10_000},
            "map": {"url": site, "attribution": "bench"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": identification,
            "license": {"name": "none", "url": site},
            "provider": {"name": "bench", "url": site},
            "contact": {"name": "bench", "email": "bench@localhost", "url": site},
        },
        "resources": resources,
    }


def _prepare_pygeoapi(programs: Path, folder: Path, described: Mapping[str, Any]) -> dict[str, str]:
    """What its server is told, once it has written its definition; RuntimeError with what it said."""
    settings, definition = folder / "pygeoapi.yml", folder / "openapi.yml"
    settings.write_text(json.dumps(described))
    told = {"PYGEOAPI_CONFIG": str(settings), "PYGEOAPI_OPENAPI": str(definition)}
    command = [programs / "pygeoapi", "openapi", "generate", settings, "--output-file", definition]
    done = subprocess.run(command, env=_strip_environment() | told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"pygeoapi does not accept its settings:\n{done.stdout}{done.stderr}")
    return told


def _strip_environment() -> dict[str, str]:
    """This process's, without our own modules."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@contextmanager
def _run(command: Sequence[Path | str], env: Mapping[str, str], log: Path, port: int, path: str) -> Iterator[None]:
    """A server that answers this path; RuntimeError with what it said where it does not."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=log.parent, env=_strip_environment() | dict(env), stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
    try:
        end = time.monotonic() + 60
        while not _answers(port, path):
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def serving_peers(programs: Mapping[str, Path], folder: Path, tables: Sequence[Table]) -> Iterator[dict[str, int]]:
    """Name -> port of each peer, over the same tables."""
    with ExitStack() as stack:
        cluster = stack.enter_context(Cluster())
        cluster.stop()
        cluster.start(_MEMORY)
        base = cluster.create()
        fill(cluster.address(base), tables)
        ports = {name: find_port() for name in programs}
        path = f"/collections/{{}}{tables[0].name}/items?limit=1"
        told = _prepare_pygeoapi(programs["pygeoapi"], folder, _describe(ports["pygeoapi"], base, cluster, tables))
        options = ("--workers", "1", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "600")
        command = [programs["pygeoapi"] / "gunicorn", "pygeoapi.flask_app:APP", "--bind", f"127.0.0.1:{ports['pygeoapi']}", *options]
        stack.enter_context(_run(command, told, folder / "pygeoapi.txt", ports["pygeoapi"], path.format("")))
        told = {"DATABASE_URL": cluster.address(base), "TIPG_CATALOG_TTL": "0", "TIPG_DEFAULT_FEATURES_LIMIT": "1000"}
        command = [programs["tipg"] / "uvicorn", "tipg.main:app", "--port", str(ports["tipg"]), "--log-level", "error"]
        command += ["--timeout-keep-alive", "600"]
        stack.enter_context(_run(command, told, folder / "tipg.txt", ports["tipg"], path.format("public.")))
        yield ports
