"""What every door reads the register from; whoever starts the server says how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from biocarto.config import Settings
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import Tables

LATEST = "latest"
"""The name under which the newest edition is asked for."""


@dataclass(frozen=True)
class RegisterSource:
    """The editions of the register: their names, the newest first, and what one of them holds (`LATEST`, or a name).

    The loaders raise UnknownEditionError, DataError where tables cannot be read, StoreError where an older edition cannot be fetched;
    what they give is shared and read-only. They may take seconds the first time: never on the event loop (`anyio.to_thread`).
    """

    settings: Settings
    list_editions: Callable[[], tuple[str, ...]]
    find_folder: Callable[[str], Path]
    load_tables: Callable[[str], Tables]
    load_catalogue: Callable[[str], Catalogue]
