"""One PostgreSQL for the tests that ask for it, a database of its own for each of them; one server of the app for all browsers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.servers import APP, Server
from tests.support.postgres import Cluster


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app as it is, a laptop's."""
    server = Server(APP, {}, tmp_path_factory.mktemp("server") / "log.txt")
    try:
        server.wait()
        yield server.url
    finally:
        server.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server that runs; a test that stops it starts it again."""
    with Cluster() as running:
        yield running


@pytest.fixture
def database(cluster: Cluster) -> Iterator[str]:
    """The address of a new database, empty but for PostGIS."""
    address = cluster.address()
    yield address
    cluster.drop(address)
