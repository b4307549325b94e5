"""The words of the register's memory: a fact, what it rests on, and the act of one person that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

PLACE = "#"
"""The field that says that a row is there, and its place among the rows of its table; a row without it is none."""


class ChangeKind(StrEnum):
    """Where a change set comes from."""

    SEED = "seed"
    EDIT = "edit"
    IMPORT = "import"
    ACCEPT = "accept"
    RECONCILE = "reconcile"
    UNDO = "undo"


class ActName(StrEnum):
    """What somebody did to the register, as a person would say it."""

    SEED = "seed"
    IMPORT = "import"
    ADD = "add"
    CORRECT = "correct"
    CLOSE = "close"
    MOVE = "move"
    RENAME = "rename"
    MERGE = "merge"
    REMOVE = "remove"
    UNDO = "undo"


@dataclass(frozen=True)
class Evidence:
    """What a fact rests on; "" for what is not known.

    `valid_from` is when it became true (year, month or day), `as_of` the year of the page, `confidence` one of the register's.
    """

    source_url: str = ""
    source_title: str = ""
    as_of: str = ""
    valid_from: str = ""
    confidence: str = ""


NO_EVIDENCE = Evidence()


class Edit(NamedTuple):
    """One cell that is to change: `before` is what its editor saw, "" for an empty one. An import has a million of them."""

    resource: str
    row_id: str
    field: str
    before: str
    after: str
    evidence: Evidence = NO_EVIDENCE

    @property
    def cell(self) -> tuple[str, str, str]:
        """Which cell it is."""
        return self.resource, self.row_id, self.field


@dataclass(frozen=True)
class Header:
    """An act that is about to be done: by whom (an id of a member), why, and the id that the same click has each time it is sent."""

    who: str
    why: str
    request: str
    kind: ChangeKind = ChangeKind.EDIT
    act: ActName = ActName.CORRECT
    undoes: int | None = None


@dataclass(frozen=True)
class ChangeSet:
    """An act that was done; `at` is when the store learned of it (UTC, ISO 8601), `number` the order of acts."""

    number: int
    at: str
    who: str
    why: str
    kind: ChangeKind
    act: ActName
    undoes: int | None
    request: str


@dataclass(frozen=True)
class Fact:
    """One cell that an act has changed, and on what evidence."""

    number: int
    change_set: int
    resource: str
    row_id: str
    field: str
    before: str
    after: str
    evidence: Evidence


@dataclass(frozen=True)
class RegisterRow:
    """A row of the register as it is now; `version` is the change set that touched it last, `cells` has no empty cell."""

    resource: str
    id: str
    place: int
    version: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Collision:
    """A cell that somebody else changed meanwhile: what you saw, what you wrote, what stands there, by whom, when, on what evidence."""

    resource: str
    row_id: str
    field: str
    base: str
    yours: str
    theirs: str
    who: str
    at: str
    change_set: int
    evidence: Evidence
