"""The server of a stand: its port, its log, its lock, and another process when it dies."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build.booth_launcher import journal, server, words


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
    monkeypatch.setattr(server, "free", lambda port: port > 8503)
    assert server.choose(None) == 8504
    assert "8501 est pris" in capsys.readouterr().out
    monkeypatch.setattr(server, "free", lambda port: port > 8510)
    with pytest.raises(words.StandError, match="8501 to 8510"):
        server.choose(None)
    monkeypatch.setattr(server, "free", lambda _: True)
    assert (server.choose(None), server.choose(9000)) == (8501, 9000)


def test_the_log_is_bounded(tmp_path: Path) -> None:
    """Two files at most, the newest lines in the first; a start keeps the log before it."""
    log = journal.Journal(tmp_path, limit=100)
    for number in range(50):
        log.write(b"line %d\n" % number)
    assert log.tail(1) == "line 49"
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
        kept.revive(kept.ended(20))
    code = kept.ended(20)
    with pytest.raises(words.StandError, match="5 times within a minute") as caught:
        kept.revive(code)
    assert pauses == [0.5, 1.0, 2.0, 4.0]
    assert "(code 3)" in caught.value.fr
    assert "(code 3)" in caught.value.detail


def test_a_server_that_dies_now_and_then_is_brought_back(tmp_path: Path) -> None:
    """Once in twenty seconds for a whole day of fair: never given up."""
    times = iter(range(0, 20_000, 10))
    command = [sys.executable, "-c", ""]
    kept = server.Server(command, tmp_path, os.environ, journal.Journal(tmp_path), clock=lambda: float(next(times)), sleep=lambda _: None)
    kept.start = lambda: None
    for _ in range(100):
        kept.revive(1)
