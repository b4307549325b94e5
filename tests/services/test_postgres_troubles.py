"""PostgreSQL that stops, is shut, is old, is another program's: a sentence each, nothing lost, nothing half done, and never a password."""

from __future__ import annotations

import logging
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from subprocess import CalledProcessError

import pytest

from biocarto.store import migrations, postgresql
from biocarto.store.database import open_store
from biocarto.store.store_error import StoreError, StoreTrouble
from tests.support.postgres import Cluster
from tests.support.store_checks import NOTE, list_notes, make_store, put, refused
from tests.support.store_writer import find_requests, read_line, start_program, write_act

pytestmark = pytest.mark.services

SECRETS = [
    "geheim",
    "geh/eim",
    "geh@eim",
    "geh:eim",
    "geh#eim",
    "geh?eim",
    "geh eim",
    "geh%eim",
    "[geheim",
    "geheim]",
    "g/e@h:e#i?m%[geheim",
]


@contextmanager
def running_again(cluster: Cluster) -> Iterator[None]:
    """Whatever a test does to the server, it runs afterwards."""
    try:
        yield
    finally:
        with suppress(CalledProcessError):  # it is not running
            cluster.stop("immediate")
        cluster.start()


def name_of(address: str) -> str:
    """The database of an address."""
    return address.rpartition("/")[2]


@pytest.fixture
def clerk(cluster: Cluster) -> Iterator[str]:
    """A user who administers nothing."""
    cluster.execute("CREATE ROLE clerk LOGIN PASSWORD 'clerk'")
    yield "clerk"
    for (base,) in cluster.execute("SELECT datname FROM pg_database WHERE datdba = 'clerk'::regrole"):
        cluster.execute(f"DROP DATABASE {base} WITH (FORCE)")
    cluster.execute("DROP ROLE clerk")


def test_another_program_s_database_is_left_as_it_is(database: str, cluster: Cluster) -> None:
    """Not a table is made in it."""
    cluster.execute("CREATE TABLE wishes (name text)", name_of(database))
    store = open_store(database)
    for ask in (store.exists, store.prepare, store.read().__enter__, store.write().__enter__):
        with refused(StoreTrouble.FOREIGN):
            ask()
    assert cluster.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename != 'spatial_ref_sys'", name_of(database)
    ) == [("wishes",)]


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_a_server_that_stops_in_mid_transaction_keeps_nothing_of_it(database: str, cluster: Cluster, mode: str) -> None:
    """And all that it had acknowledged before."""
    store = make_store(database)
    put(store, "before")

    def write() -> None:
        with store.write() as transaction:
            transaction.execute(NOTE, ("half", ""))
            cluster.stop(mode)
            transaction.execute(NOTE, ("other half", ""))

    with running_again(cluster):
        with refused(StoreTrouble.UNREACHABLE):
            write()
        for ask in (store.exists, store.prepare, store.read().__enter__, store.write().__enter__):
            with refused(StoreTrouble.UNREACHABLE):
                ask()
    assert list_notes(store) == ["before"]


def test_a_server_that_stops_before_the_commit_leaves_a_doubt(database: str, cluster: Cluster) -> None:
    """Nobody knows; this time, nothing was kept."""
    store = make_store(database)
    with running_again(cluster), refused(StoreTrouble.IN_DOUBT), store.write() as transaction:
        transaction.execute(NOTE, ("lost", ""))
        cluster.stop("immediate")
    assert list_notes(store) == []


def test_a_server_that_stops_after_the_commit_leaves_a_doubt(database: str, cluster: Cluster) -> None:
    """Nobody knows; this time, everything was kept: the same request again is found, and is not done twice."""
    store = make_store(database)
    raised: list[BaseException] = []

    def write() -> None:
        try:
            with store.write() as transaction:
                write_act(transaction, "asked once")
        except StoreError as error:
            raised.append(error)

    with running_again(cluster):
        # a commit is on this disk and then waits for a standby that there is none of
        cluster.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        cluster.execute("SELECT pg_reload_conf()")
        writer = threading.Thread(target=write)
        writer.start()
        end = time.monotonic() + 20
        while not cluster.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"):
            assert time.monotonic() < end
            time.sleep(0.02)
        cluster.stop("immediate")
        writer.join(20)
        cluster.start("-c synchronous_standby_names=''")
        cluster.execute("ALTER SYSTEM RESET synchronous_standby_names")
    assert [getattr(error, "trouble", error) for error in raised] == [StoreTrouble.IN_DOUBT]
    assert find_requests(store) == {"asked once"}


def test_a_session_that_is_ended_keeps_nothing(database: str, cluster: Cluster) -> None:
    """By an administrator, in the middle of a transaction."""
    store = make_store(database)

    def write() -> None:
        with store.write() as transaction:
            transaction.execute(NOTE, ("half", ""))
            [(process,)] = transaction.execute("SELECT pg_backend_pid()")
            cluster.execute(f"SELECT pg_terminate_backend({process})")
            transaction.execute(NOTE, ("other half", ""))

    with refused(StoreTrouble.UNREACHABLE):
        write()
    assert list_notes(store) == []


@pytest.mark.parametrize("at_commit", [False, True])
def test_a_full_disk_loses_nothing(database: str, cluster: Cluster, at_commit: bool) -> None:
    """The server's own answer, to a statement or to the commit."""
    store = make_store(database)
    put(store, "before")
    full = "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'"
    cluster.execute(
        f"CREATE FUNCTION run_full() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {full.replace(chr(39), chr(39) * 2)}; END'",
        name_of(database),
    )
    when = (
        "CONSTRAINT TRIGGER full_disk AFTER INSERT ON remark DEFERRABLE INITIALLY DEFERRED"
        if at_commit
        else "TRIGGER full_disk BEFORE INSERT ON remark"
    )
    cluster.execute(f"CREATE {when} FOR EACH ROW EXECUTE FUNCTION run_full()", name_of(database))
    with refused(StoreTrouble.FULL):
        put(store, "lost")
    assert list_notes(store) == ["before"]


def test_a_standby_is_read_and_not_written(database: str, cluster: Cluster) -> None:
    """Pages of the desk are shown, a save is refused."""
    store = make_store(database)
    put(store, "a")
    signal_file = cluster.folder / "data" / "standby.signal"
    with running_again(cluster):
        cluster.stop()
        signal_file.touch()
        try:
            cluster.start("-c hot_standby=on")
            assert list_notes(store) == ["a"]
            with refused(StoreTrouble.CLOSED):
                put(store, "b")
            cluster.stop()
        finally:
            signal_file.unlink()
    assert list_notes(store) == ["a"]


def test_a_database_that_its_operator_has_shut_is_closed(database: str, cluster: Cluster) -> None:
    """For the time of some work on it."""
    store = make_store(database)
    cluster.execute(f"ALTER DATABASE {name_of(database)} SET default_transaction_read_only = on")
    with refused(StoreTrouble.CLOSED):
        put(store, "a")
    assert list_notes(store) == []


def test_a_user_who_administers_nothing_needs_no_more(cluster: Cluster, clerk: str) -> None:
    """Than a database of his own in which an administrator has made PostGIS; without it he is told whom to ask."""
    own = cluster.create(f"OWNER {clerk} TEMPLATE with_postgis")
    store = make_store(cluster.address(own, clerk, clerk))
    put(store, "a")
    assert list_notes(store) == ["a"]
    bare = cluster.create(f"OWNER {clerk} TEMPLATE template0")
    with refused(StoreTrouble.NO_POSTGIS):
        open_store(cluster.address(bare, clerk, clerk)).prepare()


def test_a_user_who_may_make_no_table_is_told(database: str, cluster: Cluster, clerk: str) -> None:
    """Which is what PostgreSQL 15 gives to everybody."""
    address = cluster.address(name_of(database), clerk, clerk)
    with refused(StoreTrouble.CLOSED):
        open_store(address).prepare()
    make_store(database)
    with refused(StoreTrouble.CLOSED):
        put(open_store(address), "a")


def test_postgis_is_made_where_it_is_missing(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whoever may; a server that has none to give says so, and nothing is left of the attempt."""
    address = cluster.address(cluster.create("TEMPLATE template0"))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "POSTGIS", {1: ("CREATE EXTENSION IF NOT EXISTS postgis_of_another_server",)})
        with refused(StoreTrouble.NO_POSTGIS):
            open_store(address).prepare()
    assert not open_store(address).exists()
    make_store(address)


def test_an_old_server_is_refused(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is asked of it."""
    monkeypatch.setattr("biocarto.store.postgresql.OLDEST", 990_000)
    with refused(StoreTrouble.OLD_SERVER):
        open_store(database).prepare()


def test_a_database_without_every_letter_is_refused(cluster: Cluster) -> None:
    """Where a name would one day not go in."""
    latin = cluster.create("TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'")
    with refused(StoreTrouble.ENCODING):
        open_store(cluster.address(latin)).prepare()


def tell(address: str, caplog: pytest.LogCaptureFixture) -> str:
    """All that anybody could read after an attempt: the sentence, every error behind it, the log, what the store is called."""
    store = open_store(address)
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError) as caught:
        store.prepare()
    assert caught.value.trouble is StoreTrouble.UNREACHABLE
    error = caught.value
    return "\n".join([error.fr, error.en, store.name, repr(store), caplog.text, *traceback.format_exception(error)])


@pytest.mark.parametrize("secret", SECRETS)
def test_no_password_is_ever_repeated(cluster: Cluster, caplog: pytest.LogCaptureFixture, secret: str) -> None:
    """One that is wrong, and one that nobody has escaped, of which libpq takes a part for a port, a host or a database."""
    addresses = [
        cluster.address("postgres", password=secret),
        f"postgresql://clerk:{secret}@127.0.0.1:{cluster.port}/postgres",
        f"postgresql://clerk@127.0.0.1:{cluster.port}/postgres?password={secret}",
    ]
    for address in addresses:
        told = tell(address, caplog)
        assert [part for part in ("geh", "eim", "[ge", "#i?") if part in told] == []


def test_a_server_that_is_not_there_is_unreachable(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shut port, a name that nobody has, and a program that takes the call and says nothing, within the patience of a connection."""
    monkeypatch.setitem(postgresql.CONNECTION, "connect_timeout", 2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        assert "127.0.0.1/base" in tell(f"postgresql://clerk@{address}/base", caplog)
        silent.listen()
        began = time.monotonic()
        tell(f"postgresql://clerk@{address}/base", caplog)
        assert time.monotonic() - began < 10
    tell("postgresql://clerk@nobody.invalid/base", caplog)


def test_a_killed_server_loses_nothing(database: str, cluster: Cluster) -> None:
    """All of its processes killed, or stopped without a farewell, while two writers write: what was acknowledged is there, whole."""
    store = make_store(database)
    known: set[str] = set()
    for end in ("kill", "immediate") * 3:
        writers = [start_program("write", database) for _ in range(2)]
        first = [read_line(writer) for writer in writers]
        with running_again(cluster):
            if end == "kill":
                cluster.kill()
            else:
                cluster.stop(end)
            rest = [line for writer in writers for line in writer.communicate(timeout=60)[0].decode().splitlines()]
        assert {writer.returncode for writer in writers} == {1}
        found = find_requests(store)
        assert known | {*first, *rest} <= found
        put(store, f"after {len(known)}")
        known = found
    assert len(known) >= 12
