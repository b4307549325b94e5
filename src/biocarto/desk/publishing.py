"""Publishing: what readers will see, checked by the loader of the pages, before it becomes the edition that they see."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from biocarto.desk import editions
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.desk_error import DeskError
from biocarto.desk.differences import RowDifference, find_differences
from biocarto.desk.editions import Edition, Files
from biocarto.desk.ledger import find_last_number
from biocarto.desk.members import remember_editor, require
from biocarto.desk.rights import Right
from biocarto.desk.rules import require_reason
from biocarto.register import catalogue, tables
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import PACKAGE
from biocarto.store.sqlite import translate_disk_errors
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import Transaction


@dataclass(frozen=True)
class Preview:
    """What publishing would give readers: the edition before, name and files, the act that they end with, every row that differs."""

    newest: Edition
    name: str
    upto: int
    before: Files
    files: Files
    differences: tuple[RowDifference, ...]

    @property
    def changes_readers(self) -> bool:
        """Whether anything but its name is new: a row, or what the description says of a column."""
        return bool(self.differences) or _read_description(self.files) != _read_description(self.before)


def _read_description(files: Files) -> dict[str, object]:
    """What an edition says of its tables, whatever it is called."""
    return {name: value for name, value in json.loads(files[PACKAGE]).items() if name not in {"created", "edition"}}


def preview(desk: Desk) -> Preview:
    """The edition that would be published now; nothing is written."""
    with desk.store.read() as transaction:
        newest = editions.read_newest(transaction)
        if newest is None:
            raise StoreError(StoreTrouble.ABSENT, desk.store.name)
        upto = find_last_number(transaction)
        name = editions.name_edition(transaction, desk.today())
        files = editions.build(transaction, name, upto)
        before = editions.read_files(transaction, newest.name)
    return Preview(newest, name, upto, before, files, tuple(find_differences(before, files)))


def check(desk: Desk, files: Files) -> Catalogue:
    """The edition as pages read it; raises CatalogueError with all that they would not take."""
    with translate_disk_errors(tempfile.gettempdir()), tempfile.TemporaryDirectory(prefix="biocarto-edition-") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
        return catalogue.build(tables.read(Path(folder)), desk.territory)


def publish(desk: Desk, intent: Intent, seen: int | None = None) -> Edition:
    """Make what the register says now the edition that readers see; `intent.why` are its notes, `seen` the last act of its preview.

    Raises CatalogueError where the pages would not take it, DeskError where there is nothing new, or something that the preview
    did not show: then nothing is published.
    """
    notes = require_reason(intent.why)
    with desk.store.read() as transaction:
        require(transaction, intent.who, Right.PUBLISH)
        if twice := _find_same_click(transaction, intent.who.id, notes, seen):
            return twice
    made = preview(desk)
    if seen is not None and made.upto > seen:
        raise _build_late_error()
    check(desk, made.files)
    with desk.store.write() as transaction:
        require(transaction, intent.who, Right.PUBLISH)
        remember_editor(transaction, intent.who)
        if twice := _find_same_click(transaction, intent.who.id, notes, made.upto):
            return twice
        newest = editions.read_newest(transaction)
        if not made.changes_readers or (newest and newest.upto >= made.upto):
            raise DeskError(
                "Rien n'a changé depuis la dernière édition : il n'y a rien à publier. Rien n'a été modifié.",
                "Nothing has changed since the last edition: there is nothing to publish. Nothing was changed.",
            )
        if newest != made.newest:
            raise _build_late_error()
        name = editions.name_edition(transaction, desk.today())
        files = made.files if name == made.name else editions.build(transaction, name, made.upto)  # past midnight
        return editions.keep(transaction, files, made.upto, intent.who.id, notes=notes)


def _find_same_click(transaction: Transaction, who: str, notes: str, upto: int | None) -> Edition | None:
    """The newest edition, where the same click has made it: by this person, with these notes, with all acts up to that one."""
    newest = editions.read_newest(transaction)
    last = find_last_number(transaction) if upto is None else upto
    return newest if newest and (newest.who, newest.notes) == (who, notes) and newest.upto >= last else None


def _build_late_error() -> DeskError:
    return DeskError(
        "Le registre a changé depuis l'aperçu que vous avez lu. Rien n'est publié : relisez ce qui changera, puis confirmez.",
        "The register has changed since the preview that you read. Nothing is published: read again what will change, then confirm.",
    )
