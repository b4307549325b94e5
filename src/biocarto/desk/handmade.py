"""A folder of tables that was edited by hand since the register knew it: what it says that the register does not, and its import.

The store is the one source from its first edition on. What somebody writes into `data/` all the same is compared, cell by cell, with
the edition that the folder began as, and enters the register as one act, or collides with what the desk has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from biocarto import caches
from biocarto.caches import Cache
from biocarto.desk import handmade_memory, publishing
from biocarto.desk.acts import Desk, Intent, act_on
from biocarto.desk.description import DESCRIPTION, TEXT, list_states, write_csv
from biocarto.desk.desk_error import CollisionError, DeskError
from biocarto.desk.differences import RowDifference, find_differences
from biocarto.desk.editions import Files
from biocarto.desk.facts import PLACE, ActName, ChangeKind, ChangeSet, Collision, Edit, RegisterRow
from biocarto.desk.handmade_edits import list_description_edits, list_table_edits
from biocarto.desk.handmade_memory import KnownFolder
from biocarto.desk.ledger import Key, State, apply_edits, find_last_number, find_request, read_change_set, read_rows, to_state
from biocarto.desk.members import require
from biocarto.desk.rights import Right
from biocarto.desk.seed import read_cells
from biocarto.register import tables
from biocarto.register.schema import Resource, read_edition
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.store.database import Store
from biocarto.store.transaction import Transaction

_SHORT = 12
"""Digits of a hash that a reason tells."""
_found = Cache(caches.HANDMADE)
"""What was found last: a page that asks at each run compares once."""


@dataclass(frozen=True)
class HandmadeChanges:
    """What a folder says that the register does not.

    `base` is the edition that it was compared with, `upto` the act that the register ended with, `hashes` those of its files. Where
    there are `collisions`, nothing can be imported; else `differences` are what the register would gain, `files` what it would then say.
    """

    folder: Path
    base: str
    upto: int
    hashes: Mapping[str, str]
    edits: tuple[Edit, ...]
    collisions: tuple[Collision, ...] = ()
    differences: tuple[RowDifference, ...] = ()
    files: Files = field(default_factory=dict)
    known: KnownFolder = field(default_factory=KnownFolder)

    @property
    def changes_description(self) -> bool:
        """Whether datapackage.json was edited: a column more, another text."""
        return any(edit.resource == DESCRIPTION for edit in self.edits)


def find_handmade(store: Store, folder: Path) -> HandmadeChanges | None:
    """What a folder says that the register does not; None without a folder of tables, or where the register knows it.

    A folder that is known costs reading its files. Raises CatalogueError where the tables cannot be read, StoreError.
    """
    hashes = hash_files(folder)
    if PACKAGE not in hashes:
        return None
    digest = _join_hashes(hashes)
    with store.read() as transaction:
        if handmade_memory.is_known(transaction, digest):
            return None
        last = read_change_set(transaction, find_last_number(transaction))
    found: HandmadeChanges = _found.get((store.name, folder, digest, last), lambda: _compare(store, folder, hashes))
    if found.edits:
        return found
    with store.write() as transaction:
        handmade_memory.keep(transaction, digest, found.known)
    return None


def import_handmade(desk: Desk, intent: Intent, folder: Path) -> ChangeSet | None:
    """Let what a folder says enter the register as one act, checked as a whole; None where there is nothing new in it.

    Raises CollisionError with every cell that the desk has changed meanwhile, and CatalogueError: then nothing is imported.
    """
    with desk.store.read() as transaction:
        require(transaction, intent.who, Right.IMPORT)
        if known := find_request(transaction, intent.request):
            return known
    found = find_handmade(desk.store, folder)
    if found is None:
        return None
    if found.collisions:
        raise CollisionError(found.collisions)
    publishing.check(desk, found.files)

    def make(transaction: Transaction, _: object) -> tuple[Edit, ...]:
        if find_last_number(transaction) != found.upto:
            raise DeskError(
                "Le registre a changé pendant la lecture du dossier. Rien n'est importé ; recommencez.",
                "The register has changed while the folder was read. Nothing is imported; try again.",
            )
        return found.edits

    def keep(transaction: Transaction, made: ChangeSet) -> None:
        handmade_memory.keep(transaction, _join_hashes(found.hashes), replace(found.known, upto=made.number))
        if intent.then:
            intent.then(transaction, made)

    told = replace(intent, why=f"{intent.why} ({tell_files(found)})", kind=ChangeKind.IMPORT, then=keep)
    return act_on(desk, told, ActName.IMPORT, make, Right.IMPORT)


def tell_files(found: HandmadeChanges) -> str:
    """The files that differ, each with the beginning of its hash: what an import leaves as its reason."""
    package = parse_package(found.known.files[PACKAGE])
    paths = dict.fromkeys(PACKAGE if edit.resource == DESCRIPTION else package[edit.resource].path for edit in found.edits)
    return ", ".join(f"{path} {found.hashes.get(path, '')[:_SHORT]}".strip() for path in paths)


def hash_files(folder: Path) -> dict[str, str]:
    """Name of each file of a folder of tables -> the hash of its bytes; empty where there is none. Raises DeskError."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".csv" or path.name == PACKAGE) if folder.is_dir() else []
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()}
    except OSError as error:
        raise DeskError(
            f"Le dossier {folder} ne peut pas être lu. Rien n'a été modifié ; vérifiez ses droits.",
            f"The folder {folder} cannot be read. Nothing was changed; check its rights.",
        ) from error


def _join_hashes(hashes: Mapping[str, str]) -> str:
    return sha256("".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items())).encode()).hexdigest()


# --- comparing --------------------------------------------------------------------------------------------------------


def _compare(store: Store, folder: Path, hashes: Mapping[str, str]) -> HandmadeChanges:
    tables.read(folder)  # what pages could not show is told cell by cell, and compared no further
    text = (folder / PACKAGE).read_text(encoding="utf-8-sig")
    files = {table.path: _rewrite_table(folder, table) for table in parse_package(text).values()} | {PACKAGE: text}
    if hash_files(folder) != hashes:
        raise DeskError(
            f"Le dossier {folder} change pendant qu'il est lu. Rien n'a été modifié ; recommencez.",
            f"The folder {folder} changes while it is read. Nothing was changed; try again.",
        )
    name = read_edition(text)
    with store.read() as transaction:
        bases = handmade_memory.list_bases(transaction, name)
        upto = find_last_number(transaction)
        base = bases[0]
        same = next((other for other in bases if _is_same(files, other.files)), None)
        known = KnownFolder(name, same.upto if same else upto, files)
        found = HandmadeChanges(folder, base.edition, upto, hashes, (), known=known)
        if same:
            return found
        current = _read_current(transaction, (*parse_package(text), *parse_package(base.files[PACKAGE])))
        edits = tuple(_list_edits(transaction, base, files, current))
        if not edits:
            return found
        try:
            after = apply_edits(transaction, edits)
        except CollisionError as error:
            return replace(found, edits=edits, collisions=error.collisions)
    before, then = _build_files(current), _build_files(current | after)
    return replace(found, edits=edits, differences=tuple(find_differences(before, then)), files=then)


def _rewrite_table(folder: Path, table: Resource) -> str:
    """A table of a folder as the files of an edition are written, whatever spreadsheet has saved it."""
    cells = enumerate(read_cells(folder, table), start=1)
    return write_csv(table, [RegisterRow(table.name, "", place, 0, dict(row)) for place, row in cells])


def _is_same(files: Files, other: Files) -> bool:
    """Whether the tables of two folders say the same, whatever the edition is called."""
    is_described = not list_description_edits(other[PACKAGE], files[PACKAGE], other[PACKAGE])
    return is_described and all(other.get(path) == text for path, text in files.items() if path != PACKAGE)


def _read_current(transaction: Transaction, names: tuple[str, ...]) -> dict[Key, State]:
    rows = (row for name in dict.fromkeys((DESCRIPTION, *names)) for row in read_rows(transaction, name))
    return {(row.resource, row.id): to_state(row) for row in rows}


def _list_edits(transaction: Transaction, base: KnownFolder, files: Files, current: Mapping[Key, State]) -> list[Edit]:
    edits = list_description_edits(base.files[PACKAGE], files[PACKAGE], current[DESCRIPTION, PACKAGE][TEXT])
    states = handmade_memory.replay_base(transaction, base)
    earlier = parse_package(base.files[PACKAGE])
    for table in parse_package(files[PACKAGE]).values():
        was = base.files.get(earlier[table.name].path, "") if table.name in earlier else ""
        if was != files[table.path]:
            edits += list_table_edits(table, (was, files[table.path]), states, current)
    return edits


def _build_files(states: Mapping[Key, State]) -> Files:
    text = states[DESCRIPTION, PACKAGE][TEXT]
    alive = {key: state for key, state in states.items() if PLACE in state}
    return {table.path: write_csv(table, list_states(alive, table.name)) for table in parse_package(text).values()} | {PACKAGE: text}
