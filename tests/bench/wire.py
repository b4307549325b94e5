"""Bytes as they pass over the wire: a relay in front of a server that counts what goes through it, compressed as it was sent."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator


class Relay:
    """Its own port, and the bytes that the server has sent through it."""

    def __init__(self, server: int) -> None:
        self._server = server
        self.port = 0
        self.received = 0

    async def _copy(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, counted: bool) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while data := await source.read(1 << 16):
                self.received += len(data) if counted else 0
                target.write(data)
                await target.drain()
        target.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._server)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._copy(reader, to_server, False), self._copy(from_server, writer, True))

    async def open(self) -> asyncio.Server:
        """Listen on a free port."""
        listening = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = listening.sockets[0].getsockname()[1]
        return listening


def _end(loop: asyncio.AbstractEventLoop) -> None:
    """Give up what is still open, and stop once that is done."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    asyncio.gather(*tasks, return_exceptions=True).add_done_callback(lambda _: loop.stop())


@contextlib.contextmanager
def relaying(server: int) -> Iterator[Relay]:
    """A relay in front of the server on this port, in a thread of its own."""
    relay, loop = Relay(server), asyncio.new_event_loop()
    listening = loop.run_until_complete(relay.open())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        loop.call_soon_threadsafe(_end, loop)
        thread.join()
        listening.close()
        loop.close()
