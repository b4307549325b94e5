"""A throw-away PostgreSQL with PostGIS: made in a folder of its own, gone with its folder at the end.

It waits for the disk at each commit as any other does. Its disk is memory where there is enough: a server that was killed asks the disk for
each of its thousands of files when it starts again, which takes ten seconds on a busy one.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
OWNER = "postgres"
"""The system's user of the server, which refuses to run as root."""
PASSWORD = "s3cret/ of@the:desk"  # noqa: S105 - of a server that lives as long as a test
TEMPLATE = "with_postgis"
_PATIENCE = 60.0
_MEMORY, _ROOM = Path("/dev/shm"), 4_000_000_000


class Cluster:
    """A server as long as the `with` lasts; `address()` gives a database of its own to each who asks."""

    def __enter__(self) -> Self:
        assert PROGRAMS.exists(), "PostgreSQL is not installed: `make test-services` installs it"
        self.folder = Path(tempfile.mkdtemp(prefix="biocarto-postgres-", dir=_find_room()))
        try:
            self._make()
            self.start()
            self.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0 ENCODING 'UTF8'")
            self.execute("CREATE EXTENSION postgis", TEMPLATE)
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._remove()

    def _make(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, OWNER, OWNER)
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        # sorted as French dictionaries are, so that a test sees what depends on it
        local = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=fr")
        self._run("initdb", "--no-sync", "--auth=scram-sha-256", f"--pwfile={secret}", f"--username={OWNER}", *local)

    def start(self, *options: str) -> None:
        """Start the server, on the port it had or on a free one, and wait until it answers."""
        until = time.monotonic() + _PATIENCE
        while True:
            self.port = getattr(self, "port", 0) or _find_port()
            given = [
                f"-p {self.port}",
                "-c listen_addresses=127.0.0.1",
                f"-c unix_socket_directories={self.folder}",
                "-c shared_buffers=16MB",
            ]
            try:
                self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", " ".join([*given, *options]), "start")
                return
            except subprocess.CalledProcessError:
                # somebody has taken the port, or processes of a killed server are still ending
                if time.monotonic() > until:
                    raise RuntimeError((self.folder / "log").read_text()) from None
            time.sleep(0.1)

    def stop(self, mode: str = "fast") -> None:
        """`fast` ends sessions politely, `immediate` as a power cut would."""
        self._run("pg_ctl", "-m", mode, "-w", "stop")

    def kill(self) -> None:
        """End every process of the server at once, with nothing said to any of them; the mark of a running server is taken away."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, others)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        (self.folder / "data" / "postmaster.pid").unlink()

    def address(self, base: str = "", user: str = OWNER, password: str = PASSWORD) -> str:
        """Of a database, by default a new and empty one that has PostGIS."""
        name = base or self.create()
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{name}"

    def create(self, rest: str = f"TEMPLATE {TEMPLATE}") -> str:
        """Name of a new database; `rest` is the end of its CREATE DATABASE."""
        name = f"register_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} {rest}")
        return name

    def drop(self, address: str) -> None:
        """Take a database away, whoever uses it."""
        self.execute(f"DROP DATABASE {address.rpartition('/')[2]} WITH (FORCE)")

    def execute(self, statement: str, base: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the server's administrator, outside of a transaction."""
        with psycopg.connect(self.address(base), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *options: str) -> None:
        as_owner = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
        command = [PROGRAMS / program, "-D", self.folder / "data", *options]
        environ = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        with (self.folder / f"{program}.log").open("ab") as said:  # a pipe would be held open by the server
            subprocess.run(command, cwd="/", env=environ, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=True, **as_owner)

    def _remove(self) -> None:
        try:
            if (self.folder / "data" / "postmaster.pid").exists():
                self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def _find_room() -> Path | None:
    """A disk in memory with bytes enough for fifty databases; None for the usual one."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
