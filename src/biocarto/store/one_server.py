"""A file of SQLite serves one server: which process that is, by a lock that the system takes back from a process that is killed.

The command line is no server and holds nothing: it writes as anyone does, one transaction after the other.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from biocarto.store.database import Store
from biocarto.store.sqlite import SqliteDriver, make_private_file, translate_disk_errors, translate_errors
from biocarto.store.store_error import StoreError, StoreTrouble

_lock = threading.Lock()
_holds: dict[Path, Hold] = {}
"""Those of this process."""


@dataclass(frozen=True)
class Hold:
    """That this process is the server of a file, until it ends or lets go."""

    path: Path
    connection: sqlite3.Connection

    def release(self) -> None:
        """Let another process be the server."""
        with _lock:
            _holds.pop(self.path, None)
            self.connection.close()


def hold(store: Store) -> Hold | None:
    """Be the server of a store, now and until the process ends; at once where it is already.

    None where there is nothing to hold: PostgreSQL serves many, and a file that is not there yet serves nobody. Raises StoreError,
    SECOND_SERVER where another process is the server; whoever asks again later gets the file when that one has gone.
    """
    driver = store.driver
    if not isinstance(driver, SqliteDriver) or not driver.exists():
        return None
    with translate_disk_errors(driver.name):
        path = driver.path.resolve()
    with _lock:
        if path not in _holds:
            _holds[path] = Hold(path, _lock_file(path, driver.name))
        return _holds[path]


def _lock_file(path: Path, named: str) -> sqlite3.Connection:
    """A second file beside the first, empty, shut by a transaction that never ends: SQLite's own locks, on every system."""
    beside = path.with_name(f"{path.name}-server")
    with translate_disk_errors(named):
        make_private_file(beside)
    with translate_errors(named):
        connection = sqlite3.connect(beside, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StoreError(StoreTrouble.SECOND_SERVER, named) from error
            raise
    return connection
