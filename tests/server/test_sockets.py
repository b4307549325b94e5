"""Answers that leave at once, on a socket that was bound as Streamlit binds it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from biocarto.server.sockets import send_at_once


def test_a_connection_does_not_wait_for_its_reader() -> None:
    """What a listening socket takes inherits it; asyncio would only set it where a socket says that it is TCP."""
    with socket.socket(family=socket.AF_INET) as listening, socket.socket() as caller:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        send_at_once()
        caller.connect(listening.getsockname())
        taken, _address = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not caller.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert listening.fileno() >= 0


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="this system does not tell its open files")
def test_looking_for_the_socket_leaves_no_file_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, pipes and sockets alike, also one that the system calls a socket and cannot be made one: the copies are closed."""
    (tmp_path / "plain").touch()
    read, write = os.pipe()
    with (tmp_path / "plain").open(), socket.socket():
        before = _count_open_files()
        send_at_once()
        assert _count_open_files() == before
        monkeypatch.setattr(socket, "socket", _refuse_socket)
        send_at_once()
        assert _count_open_files() == before
    os.close(read)
    os.close(write)


def _count_open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def _refuse_socket(**_given: object) -> None:
    raise OSError
