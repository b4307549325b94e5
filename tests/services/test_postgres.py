"""What a store has to do, on a real PostgreSQL with PostGIS; tests/store/ asks the same of SQLite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from biocarto.store.backup import restore, write_backup
from biocarto.store.database import open_store
from biocarto.store.one_server import hold
from biocarto.store.store_error import StoreTrouble
from tests.support import backup_checks, store_checks
from tests.support.postgres import Cluster
from tests.support.store_checks import check_one_writes_at_a_time, list_notes, make_store, put, refused
from tests.support.store_writer import write_act

pytestmark = pytest.mark.services


@pytest.mark.parametrize("check", store_checks.CHECKS, ids=lambda check: check.__name__)
def test_a_database_does_what_a_store_does(check: Callable[[str], None], database: str) -> None:
    """Each check in a database of its own."""
    check(database)


@pytest.mark.parametrize("check", backup_checks.CHECKS, ids=lambda check: check.__name__)
def test_a_database_is_backed_up_and_restored(check: Callable[[str, Path], None], database: str, tmp_path: Path) -> None:
    """Each check with a folder for its backups; one of them moves a file to this database."""
    check(database, tmp_path)


def test_a_database_moves_to_a_file_and_to_another_database(database: str, cluster: Cluster, tmp_path: Path) -> None:
    """By the same backup, with the same rows; one that has rows is never replaced, even where it was asked for."""
    store, other, file = open_store(database), open_store(cluster.address()), open_store(str(tmp_path / "register.sqlite"))
    sealed = backup_checks.fill(store)
    write_backup(store, tmp_path / "backup.sqlite")
    for target in (other, file):
        restore(target, tmp_path / "backup.sqlite")
        assert backup_checks.seal(target) == sealed
    put(other, "mine")
    before = backup_checks.seal(other)
    with refused(StoreTrouble.NOT_EMPTY):
        restore(other, tmp_path / "backup.sqlite", replace=True)
    assert backup_checks.seal(other) == before


def test_a_position_is_a_point_of_postgis(database: str) -> None:
    """Made from the two numbers and kept with them; none where one is missing."""
    store = make_store(database)
    with store.write() as transaction:
        write_act(transaction, "first")
        transaction.execute("INSERT INTO register_row VALUES ('actors', 'none', 1, 1, 48.5, NULL, '{}')")
    with store.read() as transaction:
        points = transaction.execute("SELECT id, ST_X(point), ST_Y(point), ST_SRID(point) FROM register_row ORDER BY id")
    assert points == [("none", None, None, None), ("row", 2.25, 48.5, 4326)]
    with store.write() as transaction:
        transaction.execute("UPDATE register_row SET longitude = ? WHERE id = 'row'", (2.5,))
        assert transaction.execute("SELECT ST_X(point) FROM register_row WHERE id = 'row'") == [(2.5,)]


def test_a_commit_is_on_the_disk_whatever_is_usual_here(database: str, cluster: Cluster) -> None:
    """Also where the operator of the database has set it free; and a reader still sees one moment."""
    name = database.rpartition("/")[2]
    cluster.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    store = make_store(database)
    with store.write() as transaction:
        assert transaction.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')") == [("on", "on")]
    with store.read() as transaction:
        shown = transaction.execute("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
    assert shown == [("repeatable read", "on")]


@pytest.mark.parametrize("level", ["serializable", "repeatable read"])
def test_a_writer_reads_what_the_one_before_wrote(database: str, cluster: Cluster, level: str) -> None:
    """Also where transactions of this database usually keep to the moment at which they began to wait."""
    cluster.execute(f"ALTER DATABASE {database.rpartition('/')[2]} SET default_transaction_isolation = '{level}'")
    check_one_writes_at_a_time(database)


def test_a_database_serves_many_servers(database: str) -> None:
    """There is nothing to hold."""
    assert hold(make_store(database)) is None


def test_a_client_that_falls_silent_gives_the_lock_back(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server ends its transaction, and the next writer has its turn; the silent one is told, and nothing of it is kept."""
    store = make_store(database)
    monkeypatch.setattr("biocarto.store.postgresql._SETTINGS", "SELECT set_config('idle_in_transaction_session_timeout', '300ms', true)")

    def fall_silent() -> None:
        with store.write() as transaction:
            transaction.execute(store_checks.NOTE, ("silent", ""))
            put(store, "next")  # waits for the lock until the server has taken it back
            transaction.execute(store_checks.NOTE, ("late", ""))

    with refused(StoreTrouble.UNREACHABLE):
        fall_silent()
    assert list_notes(store) == ["next"]
