"""The server of a stand: its port, its log, its lock, and another process when it dies."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.build.booth_launcher import journal, lock, run, server, words


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken(taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Said where it was asked for; else the next free one of ten, and said where there is none."""
    with pytest.raises(words.StandError, match=f"Port {taken} is taken"):
        server.choose(taken)
    monkeypatch.setattr(server, "is_free", lambda port: port > 8503)
    assert server.choose(None) == 8504
    assert "8501 est pris" in capsys.readouterr().out
    monkeypatch.setattr(server, "is_free", lambda port: port > 8510)
    with pytest.raises(words.StandError, match="8501 to 8510"):
        server.choose(None)
    monkeypatch.setattr(server, "is_free", lambda _: True)
    assert (server.choose(None), server.choose(9000)) == (8501, 9000)


def test_the_log_is_bounded(tmp_path: Path) -> None:
    """Two files at most, the newest lines in the first; a start keeps the log before it."""
    log = journal.Journal(tmp_path, limit=100)
    for number in range(50):
        log.write(b"line %d\n" % number)
    assert log.read_tail(1) == "line 49"
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 200
    journal.Journal(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"journal-1.txt"}
    assert "line 49" in (tmp_path / "journal-1.txt").read_text()


def test_a_server_that_keeps_dying_is_given_up(tmp_path: Path) -> None:
    """Five times within a minute, each pause longer than the one before; then its last words are shown."""
    pauses: list[float] = []
    command = [sys.executable, "-c", "print('out of memory'); raise SystemExit(3)"]
    kept = server.Server(command, tmp_path, os.environ, journal.Journal(tmp_path), clock=lambda: 0.0, sleep=pauses.append)
    kept.start()
    for _ in range(4):
        kept.revive(kept.wait_for_end(20))
    code = kept.wait_for_end(20)
    with pytest.raises(words.StandError, match="5 times within a minute") as caught:
        kept.revive(code)
    kept.stop()
    assert pauses == [0.5, 1.0, 2.0, 4.0]
    assert "(code 3)" in caught.value.fr
    assert "(code 3)" in caught.value.detail


@pytest.mark.parametrize(("every", "kept_up"), [(16.0, True), (14.0, False)])
def test_a_server_that_dies_now_and_then_is_brought_back(tmp_path: Path, every: float, kept_up: bool) -> None:
    """Every sixteen seconds for a whole day of fair: never given up; every fourteen is five within a minute."""
    now = 0.0
    command = [sys.executable, "-c", ""]
    kept = server.Server(command, tmp_path, os.environ, journal.Journal(tmp_path), clock=lambda: now, sleep=lambda _: None)
    kept.start = lambda: None
    with nullcontext() if kept_up else pytest.raises(words.StandError):
        for _ in range(100):
            kept.revive(1)
            now += every


@pytest.mark.parametrize("fails", [{"replace"}, {"replace", "unlink"}], ids=["renaming", "removing too"])
def test_a_log_that_somebody_reads_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: set[str]) -> None:
    """Windows refuses to rename or remove an open file: the next lines are written all the same."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    log = journal.Journal(tmp_path, limit=20)
    log.write(b"first line\n")
    for name in fails:
        monkeypatch.setattr(Path, name, refuse)
    log.write(b"second line\n")
    log.write(b"third line\n")
    assert log.read_tail(1) == "third line"
    assert journal.Journal(tmp_path).path == log.path


def test_one_stand_in_one_folder(tmp_path: Path) -> None:
    """The lock is free again when its file is closed."""
    held, known = lock.take(tmp_path)
    assert known
    with pytest.raises(lock.LockTakenError):
        lock.take(tmp_path)
    with pytest.raises(words.StandError, match="already running") as caught:
        run._alone(tmp_path)
    assert "déjà lancé" in caught.value.fr
    held.close()
    lock.take(tmp_path)[0].close()


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS], ids=errno.errorcode.get)
def test_a_file_system_without_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    """The stand starts without one, and says what to look out for."""

    def refuse(file: object) -> None:
        raise OSError(code, "no locks")

    monkeypatch.setitem(lock.take.__globals__, "_hold", refuse)
    run._alone(tmp_path).close()
    said = capsys.readouterr().out
    assert "une seule fois" in said
    assert "only once" in said


@pytest.mark.parametrize("code", [errno.EAGAIN, errno.EACCES])
def test_what_the_systems_answer_for_a_lock_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """The second is what Windows says."""

    def refuse(file: object) -> None:
        raise OSError(code, "taken")

    monkeypatch.setitem(lock.take.__globals__, "_hold", refuse)
    with pytest.raises(lock.LockTakenError):
        lock.take(tmp_path)


def test_an_answer_that_is_no_http_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may have the port, or the server may die in the middle of a word."""

    def garbled(*_: object, **__: object) -> None:
        raise http.client.BadStatusLine("x")

    monkeypatch.setattr(server._DIRECT, "open", garbled)
    assert not server.is_healthy(8501)


def test_the_server_answers_this_machine_only() -> None:
    """Whatever the settings of the app or of the user say."""
    line = server.build_command(8501)
    assert line[line.index("--server.address") + 1] == "127.0.0.1"
    assert line[-2:] == ["--server.port", "8501"]
