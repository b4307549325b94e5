"""Editions: what readers see. The files of data/ as the register was at one act, named by a day, kept for ever and rebuilt to the byte."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from biocarto.desk import change_log
from biocarto.desk.description import DESCRIPTION, TEXT, list_states, write_csv
from biocarto.desk.ledger import replay
from biocarto.register import changes
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.store.transaction import Transaction, Value

Files = dict[str, str]
"""Name of a file -> its text."""

_COLUMNS = "name, number, upto, at, who, notes, sha256"
_NAME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:\.(?P<count>\d+))?")


@dataclass(frozen=True)
class Edition:
    """One edition; `number` is its order, `upto` the last act that it holds, `sha256` that of its list of files."""

    name: str
    number: int
    upto: int
    at: str
    who: str
    notes: str
    sha256: str


def build(transaction: Transaction, name: str, upto: int) -> Files:
    """The files of an edition as the facts up to an act say, from nothing else."""
    states = replay(transaction, upto)
    text = states[DESCRIPTION, PACKAGE][TEXT]
    package = parse_package(text)
    tables = {resource.path: write_csv(resource, list_states(states, resource.name)) for resource in package.values()}
    earlier = states.get((change_log.EARLIER, changes.FILE), {}).get(TEXT, "")
    log = changes.write(earlier, change_log.list_changes(transaction, package, states, name, upto))
    return {**tables, **({changes.FILE: log} if log else {}), PACKAGE: name_description(text, name)}


def name_description(text: str, name: str) -> str:
    """The description with the name and the day of the edition; one that has them stays as it was written."""
    if _read_name(text) == name:
        return text
    package = json.loads(text) | {"created": f"{name[:10]}T00:00:00Z", "edition": name}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def compute_hash(files: Files) -> str:
    """The hash of an edition: of the list of its files, each with its own."""
    listed = "".join(f"{compute_text_hash(text)}  {path}\n" for path, text in sorted(files.items()))
    return compute_text_hash(listed)


def compute_text_hash(text: str) -> str:
    """SHA-256 of a file's bytes."""
    return sha256(text.encode()).hexdigest()


def name_edition(transaction: Transaction, day: str) -> str:
    """The name of the next edition of a day: the day, then the day with a number."""
    taken = [name for (name,) in transaction.execute("SELECT name FROM edition") if name[:10] == day]
    counts = [int(matched["count"] or 1) for name in taken if (matched := _NAME.fullmatch(name))]
    return f"{day}.{max(counts) + 1}" if counts else day


def keep(transaction: Transaction, files: Files, upto: int, who: str, *, notes: str = "", now: datetime | None = None) -> Edition:
    """Store an edition, one copy of each file that several editions share; it is the newest from then on."""
    named = _read_name(files[PACKAGE])
    [(last,)] = transaction.execute("SELECT coalesce(max(number), 0) FROM edition")
    at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    made = Edition(named, int(last) + 1, upto, at, who, notes, compute_hash(files))
    values: tuple[Value, ...] = (made.name, made.number, made.upto, made.at, made.who, made.notes, made.sha256)
    transaction.execute(f"INSERT INTO edition ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - our own columns
    for path, text in files.items():
        digest = compute_text_hash(text)
        transaction.execute("INSERT INTO content (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING", (digest, text))
        transaction.execute("INSERT INTO edition_file (edition, path, sha256) VALUES (?, ?, ?)", (named, path, digest))
    return made


def _read_name(description: str) -> str:
    """The name that the description of an edition gives it."""
    package = json.loads(description)
    return str(package.get("edition") or package["created"][:10])


def list_editions(transaction: Transaction) -> list[Edition]:
    """All editions, the newest first."""
    return _select(transaction, "ORDER BY number DESC")


def read_newest(transaction: Transaction) -> Edition | None:
    """The edition that readers see."""
    return next(iter(_select(transaction, "ORDER BY number DESC LIMIT 1")), None)


def read_edition(transaction: Transaction, name: str) -> Edition | None:
    """One edition by its name."""
    return next(iter(_select(transaction, "WHERE name = ?", (name,))), None)


def _select(transaction: Transaction, rest: str, values: tuple[Value, ...] = ()) -> list[Edition]:
    """Editions; `rest` is the SQL that follows the table, ours and never a user's."""
    rows = transaction.execute(f"SELECT {_COLUMNS} FROM edition {rest}", values)  # noqa: S608 - both are ours; values are bound
    return [Edition(*row) for row in rows]


def read_files(transaction: Transaction, name: str) -> Files:
    """The files of an edition."""
    query = "SELECT path, body FROM edition_file JOIN content ON content.sha256 = edition_file.sha256 WHERE edition = ? ORDER BY path"
    return dict(transaction.execute(query, (name,)))


def find_altered(transaction: Transaction) -> list[str]:
    """Editions that the facts do not rebuild to their stored hash: none, unless somebody wrote past the desk."""
    found = []
    for edition in list_editions(transaction):
        kept, rebuilt = read_files(transaction, edition.name), build(transaction, edition.name, edition.upto)
        if not edition.sha256 == compute_hash(kept) == compute_hash(rebuilt):
            found.append(edition.name)
    return found
