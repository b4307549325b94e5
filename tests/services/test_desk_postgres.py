"""The promises of the register on a real PostgreSQL with PostGIS; tests/desk/ asks the same of SQLite."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from biocarto.desk import seed
from biocarto.desk.acts import Desk
from biocarto.store.database import Store, open_store
from tests.support.desk import open_desk
from tests.support.desk_promises import PROMISES, assert_whole, loses_nothing_of_many_editors
from tests.support.postgres import Cluster
from tests.support.register import ROOT

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def seeded(cluster: Cluster) -> str:
    """The name of a database with the register in it, which is copied for each test."""
    name = cluster.create()
    seed.seed(open_store(cluster.address(name)), ROOT / "data")
    return name


@pytest.fixture
def address(cluster: Cluster, seeded: str) -> Iterator[str]:
    """Of a register of the test's own."""
    made = cluster.address(cluster.create(f"TEMPLATE {seeded}"))
    yield made
    cluster.drop(made)


@pytest.fixture
def store(address: str) -> Store:
    """That register."""
    return open_store(address)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_register_keeps_its_promise(promise: Callable[[Desk], None], store: Store) -> None:
    """Each on a register of its own."""
    promise(open_desk(store))


def test_twenty_kills_lose_nothing(address: str) -> None:
    """Editors who die in saves, undos and publications: the server gives their lock back, and nothing is half done."""
    command = [sys.executable, "-m", "tests.desk.power_cut", "--rounds", "20", "--store", address]
    found = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    assert (found["rounds"], found["lost"], found["broken"]) == (20, [], [])
    assert found["acknowledged"] >= 20
    assert found["reopening"] < 5


def test_no_save_of_eight_editors_is_lost(store: Store) -> None:
    """Eight editors on twenty rows for six seconds."""
    assert loses_nothing_of_many_editors(store, 6) > 8
    assert_whole(store)
