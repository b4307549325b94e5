"""Which folders of tables the register knows: the hashes of their files, and what the last ones said, under their edition's name."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from biocarto.desk import editions
from biocarto.desk.editions import Files, compute_text_hash
from biocarto.desk.ledger import Key, State, replay
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import Transaction

_REMARK = "handmade"
_MOST_FOLDERS, _MOST_HASHES = 20, 200
"""Folders and hashes that are kept: one of long ago is compared anew."""


@dataclass(frozen=True)
class KnownFolder:
    """A folder as the register knew it after an act: the name of its edition, and its files as an edition writes them."""

    edition: str = ""
    upto: int = 0
    files: Files = field(default_factory=dict)


def is_known(transaction: Transaction, digest: str) -> bool:
    """Whether there is nothing new in a folder, by the hash of its files."""
    return digest in _read(transaction)["hashes"]


def keep(transaction: Transaction, digest: str, known: KnownFolder) -> None:
    """Remember a folder, the newest last."""
    memory = _read(transaction)
    memory["hashes"] = [*(other for other in memory["hashes"] if other != digest), digest][-_MOST_HASHES:]
    kept = {name: told for name, told in memory["folders"].items() if name != known.edition}
    hashes = {path: compute_text_hash(text) for path, text in known.files.items()}
    memory["folders"] = dict([*kept.items(), (known.edition, {"upto": known.upto, "files": hashes})][-_MOST_FOLDERS:])
    for path, text in known.files.items():
        transaction.execute("INSERT INTO content (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING", (hashes[path], text))
    transaction.execute(
        "INSERT INTO remark (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_REMARK, json.dumps(memory)),
    )


def list_bases(transaction: Transaction, name: str) -> list[KnownFolder]:
    """What a folder named like an edition may have begun as, the likeliest first: what was known of it, the edition, the first edition."""
    memory = _read(transaction)["folders"]
    known = [_build(transaction, name, memory[name])] if name in memory else []
    edition = editions.read_edition(transaction, name)
    if edition is None and memory:
        latest = list(memory)[-1]
        known.append(_build(transaction, latest, memory[latest]))
    elif edition is None:
        edition = next(iter(reversed(editions.list_editions(transaction))), None)
    if edition is not None:
        known.append(KnownFolder(edition.name, edition.upto, editions.read_files(transaction, edition.name)))
    if not known:
        raise StoreError(StoreTrouble.ABSENT, "register")
    return known


def replay_base(transaction: Transaction, base: KnownFolder) -> dict[Key, State]:
    """The rows of the register when a folder was known, with their ids."""
    names = set(parse_package(base.files[PACKAGE]))
    return {key: state for key, state in replay(transaction, base.upto).items() if key[0] in names}


def _build(transaction: Transaction, name: str, told: dict[str, Any]) -> KnownFolder:
    found = {path: transaction.execute("SELECT body FROM content WHERE sha256 = ?", (digest,)) for path, digest in told["files"].items()}
    return KnownFolder(name, told["upto"], {path: rows[0][0] for path, rows in found.items()})


def _read(transaction: Transaction) -> dict[str, Any]:
    rows = transaction.execute("SELECT value FROM remark WHERE name = ?", (_REMARK,))
    memory: dict[str, Any] = json.loads(rows[0][0]) if rows else {"hashes": [], "folders": {}}
    return memory
