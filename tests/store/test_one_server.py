"""One server for a file, whatever becomes of the other one."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from biocarto.store.database import open_store
from biocarto.store.one_server import hold
from biocarto.store.store_error import StoreTrouble
from tests.support.store_checks import list_notes, make_store, put, refused
from tests.support.store_writer import read_line, start_program


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_second_server_is_refused_until_the_first_has_ended(tmp_path: Path, end: signal.Signals) -> None:
    """However it ended; meanwhile its pages read, and the command line, which is no server, writes."""
    address = str(tmp_path / "register.sqlite")
    store = make_store(address)
    first = start_program("hold", address)
    assert read_line(first) == "held"
    with refused(StoreTrouble.SECOND_SERVER):
        hold(store)
    put(store, "a")
    assert list_notes(store) == ["a"]
    first.send_signal(end)
    first.communicate()
    held = hold(store)
    assert held
    second = start_program("hold", address)
    assert read_line(second) == "SECOND_SERVER"
    second.communicate()
    held.release()


def test_a_server_that_asks_again_has_it_already(tmp_path: Path) -> None:
    """By any address of the same file, in any thread; what it gives back another takes."""
    (tmp_path / "link").symlink_to(tmp_path / "register.sqlite")
    store, link = make_store(str(tmp_path / "register.sqlite")), open_store(str(tmp_path / "link"))
    with ThreadPoolExecutor(8) as threads:
        holds = list(threads.map(hold, [store, link] * 8))
    assert len({id(found) for found in holds}) == 1
    put(store, "a")
    assert holds[0]
    holds[0].release()
    again = hold(store)
    assert again is not holds[0]
    assert again
    again.release()


def test_a_file_that_is_not_there_is_held_by_nobody(tmp_path: Path) -> None:
    """A server without a desk makes no folder and no file; it is asked again when there is one."""
    store = open_store(str(tmp_path / "var" / "register.sqlite"))
    assert hold(store) is None
    assert list(tmp_path.iterdir()) == []


def test_two_files_have_two_servers(tmp_path: Path) -> None:
    """One does not shut the other."""
    first, second = (make_store(str(tmp_path / name)) for name in ("a.sqlite", "b.sqlite"))
    holds = [hold(first), hold(second)]
    assert holds[0] is not holds[1]
    for held in holds:
        assert held
        held.release()
