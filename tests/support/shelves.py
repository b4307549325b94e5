"""Editions of the committed tables, published to a store as the desk does it, without the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from biocarto.config import ROOT
from biocarto.desk import editions
from biocarto.register.tables import PACKAGE, list_files
from biocarto.store.database import Store, open_store

DAY = "2026-12-01"


def an_edition(name: str = DAY, **renamed: str) -> dict[str, str]:
    """The committed tables under the name of an edition; `renamed` are the new names of actors, by their ids."""
    files = {path: (ROOT / "data" / path).read_bytes().decode() for path in list_files(ROOT / "data")}
    files[PACKAGE] = json.dumps(json.loads(files[PACKAGE]) | {"edition": name}, ensure_ascii=False, indent=2) + "\n"
    for actor, told in renamed.items():
        head, found, rest = files["actors.csv"].partition(f"\n{actor},")
        assert found
        files["actors.csv"] = head + found + told + rest[rest.index(",") :]
    return files


def a_store(folder: Path, name: str = "register.sqlite") -> Store:
    """A store with an act, and without an edition."""
    store = open_store(str(folder / name))
    store.prepare()
    with store.write() as transaction:
        columns = "number, at, who, why, kind, act, request"
        transaction.execute(f"INSERT INTO change_set ({columns}) VALUES (1, '', '', 'test', 'seed', '', '')")  # noqa: S608 - our own columns
    return store


def publish(store: Store, files: Mapping[str, str], notes: str = "") -> str:
    """Make files the newest edition; its name."""
    with store.write() as transaction:
        return editions.keep(transaction, dict(files), 1, "test", notes=notes).name
