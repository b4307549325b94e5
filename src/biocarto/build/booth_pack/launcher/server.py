"""The server of the stand: a port, a process, and another process when it dies."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from launcher.journal import Journal
from launcher.words import StandError, say

FIRST_PORT, PORTS = 8501, 10
DEATHS, WITHIN = 5, 60.0
"""So many deaths within so many seconds, and the launcher gives up."""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_free(port: int) -> bool:
    """Whether a server of this machine could take the port."""
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere this option lets two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose(wanted: int | None) -> int:
    """The port that was asked for, else the first free one of ten; raises StandError."""
    if wanted is not None:
        if not is_free(wanted):
            raise StandError(
                f"Le port {wanted} est pris par un autre programme. Rien n'a été modifié. "
                f"Fermez-le, ou prenez-en un autre : --port {wanted + 1}.",
                f"Port {wanted} is taken by another program. Nothing was changed. Close it, or choose another: --port {wanted + 1}.",
            )
        return wanted
    found = next((port for port in range(FIRST_PORT, FIRST_PORT + PORTS) if is_free(port)), None)
    if found is None:
        raise StandError(
            f"Les ports {FIRST_PORT} à {FIRST_PORT + PORTS - 1} sont tous pris. Rien n'a été modifié. Choisissez-en un : --port 8600.",
            f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are all taken. Nothing was changed. Choose one: --port 8600.",
        )
    if found != FIRST_PORT:
        say(f"Le port {FIRST_PORT} est pris : le stand prend le {found}.", f"Port {FIRST_PORT} is taken: the stand takes {found}.")
    return found


def build_command(port: int) -> list[str]:
    """What starts the app; it runs in app/, where its settings are."""
    guard = str(Path(__file__).with_name("guard.py"))
    return [sys.executable, guard, "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port", str(port)]


def is_healthy(port: int) -> bool:
    """Whether the server answers, asked without any proxy."""
    try:
        with _DIRECT.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False


class Server:
    """One process at a time; `revive` starts the next one, a little later each time, until there were too many."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        env: Mapping[str, str],
        journal: Journal,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._command, self._folder, self._env, self._journal = list(command), folder, dict(env), journal
        self._clock, self._sleep = clock, sleep
        self._deaths: deque[float] = deque(maxlen=DEATHS)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start a process whose output goes to the journal, and whom Ctrl+C does not reach before us."""
        self._let_go()
        self.process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            env=self._env,
            stdin=subprocess.PIPE,  # guard.py ends with it
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        output = cast("IO[bytes]", self.process.stdout)  # the pipe asked for above
        threading.Thread(target=self._copy, args=(output,), daemon=True).start()

    def _let_go(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def _copy(self, output: IO[bytes]) -> None:
        with output:
            for line in output:
                self._journal.write(line)

    def wait_for_end(self, seconds: float = 0.0) -> int | None:
        """The code of a process that has ended, after waiting so long at most."""
        if self.process is None:
            return None
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def revive(self, code: int) -> None:
        """Start the next process; raises StandError where one after the other has died."""
        now = self._clock()
        self._deaths.append(now)
        recent = sum(now - death < WITHIN for death in self._deaths)
        self._journal.note(f"le serveur s'est arrêté / the server ended (code {code})")
        if recent >= DEATHS:
            last = self._journal.read_tail()
            raise StandError(
                f"Le serveur s'est arrêté {DEATHS} fois en une minute (code {code}). Les besoins et les réglages sont intacts. "
                "Relancez ; si cela revient, supprimez lib/ et relancez, ou ouvrez edition/index.html. "
                "Ses dernières lignes (journal.txt) suivent.",
                f"The server ended {DEATHS} times within a minute (code {code}). Needs and settings are untouched. "
                "Start again; if it comes back, delete lib/ and start again, or open edition/index.html. "
                "Its last lines (journal.txt) follow.",
                last,
            )
        say(f"Le serveur s'est arrêté (code {code}) : il redémarre.", f"The server ended (code {code}): it starts again.")
        self._sleep(0.5 * 2 ** (recent - 1))
        self.start()

    def stop(self) -> None:
        """End the process; by force where it does not listen."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            if self.wait_for_end(10) is None:
                self.process.kill()
                self.process.wait()
        self._let_go()
