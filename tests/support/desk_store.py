"""A small register of the desk, in a file of SQLite."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from biocarto.config import ROOT
from biocarto.desk.members import Member
from biocarto.desk.rights import Role
from biocarto.register import schema
from biocarto.register.schema import Resource
from biocarto.store.database import Store, open_store

ROWS = {
    "genethon": {"id": "genethon", "name": "Généthon", "commune": "Évry-Courcouronnes", "website": "https://www.genethon.fr"},
    "lysogene": {"id": "lysogene", "name": "Lysogene", "status": "unknown"},
}
EDITOR, CONTRIBUTOR = Member("e1", "Pôle", Role.EDITOR), Member("c1", "Cluster", Role.CONTRIBUTOR)


@cache
def load_resources() -> dict[str, Resource]:
    """The tables as `data/` describes them."""
    return schema.parse((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))


def make_store(folder: Path) -> Store:
    """A store with two actors, an editor and a contributor."""
    store = open_store(str(folder / "register.sqlite"))
    store.prepare()
    with store.write() as transaction:
        transaction.execute(
            "INSERT INTO change_set VALUES (1, '2026-11-28T10:00:00+00:00', 'operator', 'début', 'seed', 'seed', NULL, 's')"
        )
        for place, (key, cells) in enumerate(ROWS.items()):
            transaction.execute(
                "INSERT INTO register_row (resource, id, place, version, cells) VALUES ('actors', ?, ?, 1, ?)",
                (key, place, json.dumps(cells)),
            )
        for member in (EDITOR, CONTRIBUTOR):
            transaction.execute("INSERT INTO member VALUES (?, '', ?, ?, '', '', '', '', '')", (member.id, member.name, member.role.value))
    return store


def make_full_store(folder: Path, tables: Iterable[str] = ("actors", "clusters", "networks", "events", "tour_stages")) -> Store:
    """The same with the rows of `data/` that have a sheet."""
    store = make_store(folder)
    with store.write() as transaction:
        transaction.execute("DELETE FROM register_row")
        for table in tables:
            with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as source:
                transaction.execute_many(
                    "INSERT INTO register_row (resource, id, place, version, cells) VALUES (?, ?, ?, 1, ?)",
                    [
                        (table, row["id"], place, json.dumps({name: cell for name, cell in row.items() if cell}))
                        for place, row in enumerate(csv.DictReader(source))
                    ],
                )
    return store


def change_row(store: Store, key: str, **cells: str) -> None:
    """An editor changes a row meanwhile."""
    with store.write() as transaction:
        [(text,)] = transaction.execute("SELECT cells FROM register_row WHERE id = ?", (key,))
        new = json.dumps(json.loads(text) | cells)
        transaction.execute(
            "INSERT INTO change_set SELECT max(number) + 1, '2026-11-28T11:00:00+00:00', 'e1', 'entre-temps', 'edit', 'correct', NULL, "
            "'s' || max(number) FROM change_set"
        )
        transaction.execute("UPDATE register_row SET cells = ?, version = (SELECT max(number) FROM change_set) WHERE id = ?", (new, key))
