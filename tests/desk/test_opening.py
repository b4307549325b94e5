"""The store when a server starts: mended where it is old, told where it cannot be used, never needed by the pages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from biocarto import startup
from biocarto.config import Settings
from biocarto.desk.opening import open_for_server
from biocarto.store import database, migrations, one_server
from tests.support.desk import copy_store

NO_STEP = ("CREATE TABLE later (name TEXT PRIMARY KEY)",)


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    """No test is the server of the next one's store."""
    yield
    for held in list(one_server._holds.values()):
        held.release()


def settings_of(path: Path) -> Settings:
    """The settings of a server whose store is at a path."""
    return replace(Settings(), store=str(path))


def test_a_server_without_a_store_makes_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """`desk init` does; there is nothing to tell."""
    assert not open_for_server(settings_of(tmp_path / "register.sqlite"))
    assert (list(tmp_path.iterdir()), caplog.records) == ([], [])


def test_an_older_store_is_brought_to_todays_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all that is in it, before anybody asks it."""
    store = copy_store(tmp_path)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, NO_STEP))
    for module in (migrations, database):
        monkeypatch.setattr(module, "VERSION", len(migrations.STEPS))
    monkeypatch.setattr(database, "migrate", partial(migrations.migrate, upto=len(migrations.STEPS)))
    assert open_for_server(settings_of(tmp_path / "register.sqlite"))
    with store.read() as transaction:
        assert transaction.has_table("later")
        assert transaction.execute("SELECT count(*) FROM change_set") == [(1,)]


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_store_that_cannot_be_used_is_told(content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """In one line of the log; the file stays as it is."""
    path = tmp_path / "register.sqlite"
    path.write_bytes(content)
    assert not open_for_server(settings_of(path))
    [record] = caplog.records
    assert record.getMessage().startswith("The desk is closed: ")
    assert path.read_bytes() == content


def test_a_second_server_has_no_desk(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file of SQLite serves one: the other one says so, and shows its pages."""
    store = copy_store(tmp_path)
    program = "import sys; from biocarto.store import database, one_server; one_server.hold(database.open_store(sys.argv[1])); "
    words = [sys.executable, "-c", program + "print('held', flush=True); sys.stdin.read()", store.name]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        assert not open_for_server(settings_of(tmp_path / "register.sqlite"))
        other.communicate()
    assert "Another BioCarto server already holds this file" in caplog.text
    assert open_for_server(settings_of(tmp_path / "register.sqlite"))


def test_a_newer_store_closes_the_desk_and_not_the_pages(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is left as it is."""
    with copy_store(tmp_path).write() as transaction:
        transaction.execute("UPDATE store_version SET version = 99")
    assert not open_for_server(settings_of(tmp_path / "register.sqlite"))
    assert "newer version of BioCarto" in caplog.text


def test_a_database_that_does_not_answer_stops_no_server(caplog: pytest.LogCaptureFixture) -> None:
    """The password of its address is in no log."""
    address = "postgresql://ada:secret@127.0.0.1:1/register"
    assert not open_for_server(replace(Settings(), store=address))
    assert "does not answer" in caplog.text
    assert "secret" not in caplog.text


def test_a_server_asks_once_as_it_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before the editions are taken up, which an older store would not give."""
    asked: list[str] = []
    monkeypatch.setattr(startup, "open_for_server", lambda settings: asked.append(f"open {settings.store}"))
    monkeypatch.setattr(startup.cache, "take_up_editions", lambda: asked.append("take up"))
    monkeypatch.setattr(startup.cache, "settings", lambda: settings_of(tmp_path / "register.sqlite"))
    for name in ("note_newest", "load_assets", "load_layer_resources", "load_catalogue"):
        monkeypatch.setattr(startup.cache, name, lambda: None)
    monkeypatch.setattr(startup.cache, "load_tables", lambda: type("Tables", (), {"notices": ()}))
    for name in ("import_modules", "_make_shared"):
        monkeypatch.setattr(startup, name, lambda *_: None)
    startup.read_everything()
    assert asked == [f"open {tmp_path / 'register.sqlite'}", "take up"]
