"""Answers that leave at once, on a socket that was bound as Streamlit binds it."""

from __future__ import annotations

import socket

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
