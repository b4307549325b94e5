"""A small register of the desk, in a file of SQLite."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from biocarto.config import ROOT
from biocarto.desk import seed
from biocarto.desk.members import Member
from biocarto.desk.rights import Role
from biocarto.register import schema
from biocarto.register.schema import Resource
from biocarto.store.database import Store, open_store
from biocarto.store.transaction import Transaction

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
        _write_members(transaction)
    return store


def _write_members(transaction: Transaction) -> None:
    for member in (EDITOR, CONTRIBUTOR):
        transaction.execute("INSERT INTO member VALUES (?, '', ?, ?, '', '', '', '', '')", (member.id, member.name, member.role.value))


def make_full_store(folder: Path) -> Store:
    """A store that is seeded with `data/`, with the same editor and contributor."""
    store = open_store(str(folder / "register.sqlite"))
    seed.seed(store, ROOT / "data")
    with store.write() as transaction:
        _write_members(transaction)
    return store


def change_row(store: Store, key: str, **cells: str) -> None:
    """An editor changes a row meanwhile."""
    with store.write() as transaction:
        [(text,)] = transaction.execute("SELECT cells FROM register_row WHERE id = ?", (key,))
        new = json.dumps(json.loads(text) | cells)
        transaction.execute("INSERT INTO change_set VALUES (2, '2026-11-28T11:00:00+00:00', 'e1', 'suite', 'edit', 'edit', NULL, 't')")
        transaction.execute("UPDATE register_row SET cells = ?, version = 2 WHERE id = ?", (new, key))
