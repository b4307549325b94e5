"""A desk on a store of its own, seeded with the register, and what a person does there, told by the fields that a test is about."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from functools import cache
from pathlib import Path

from biocarto.desk import acts, seed
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.facts import ChangeKind, ChangeSet, Evidence, RegisterRow
from biocarto.desk.ledger import read_row
from biocarto.desk.members import OPERATOR, Member
from biocarto.store.database import Store, open_store
from tests.support.register import ROOT, layers

TODAY = "2026-12-01"
PAGE = Evidence("https://example.org/page", "Example – a page (2026)", "2026", "", "")
ACTOR = "abbelight-laboratoire-commun-nanolife"
"""A company that is present, whose row no claim is about."""


@cache
def _seeded() -> Path:
    """A store with the register, made once per process."""
    path = Path(tempfile.mkdtemp(prefix="biocarto-desk-")) / "register.sqlite"
    seed.seed(open_store(str(path)), ROOT / "data")
    return path


def copy_store(folder: Path) -> Store:
    """A file of SQLite of the test's own, with the register in it."""
    for part in _seeded().parent.glob("register.sqlite*"):
        shutil.copy(part, folder / part.name)
    return open_store(str(folder / "register.sqlite"))


def open_desk(store: Store) -> Desk:
    """A desk whose clock stands still."""
    return Desk(store, layers(), lambda: TODAY)


def an_intent(
    why: str = "corrigé d'après la page", who: Member = OPERATOR, request: str = "", kind: ChangeKind = ChangeKind.EDIT
) -> Intent:
    """Who acts and why, by a click of its own."""
    return Intent(who, why, request or uuid.uuid4().hex, kind)


def look_up(desk: Desk, row_id: str = ACTOR, resource: str = "actors") -> RegisterRow:
    """A row as it is now."""
    with desk.store.read() as transaction:
        row = read_row(transaction, resource, row_id)
    assert row is not None
    return row


def correct(desk: Desk, column: str, after: str, *, before: str | None = None, row_id: str = ACTOR, **changes: object) -> ChangeSet | None:
    """Change one cell of an actor, from what stands there unless the editor saw something else."""
    seen = look_up(desk, row_id).cells.get(column, "") if before is None else before
    intent = an_intent(**{name: value for name, value in changes.items() if name != "evidence"})  # type: ignore[arg-type]
    return acts.save_row(desk, intent, ("actors", row_id), {column: (seen, after)}, changes.get("evidence", PAGE))  # type: ignore[arg-type]
