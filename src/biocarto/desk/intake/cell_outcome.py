"""What became of a cell: a value, with what is to be said of it, or what should stand there instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Texts = tuple[str, str]
"""The same in French and in English."""


class CellOutcome(NamedTuple):
    """`expected` is None where the value is taken; `told` is None where nothing is to be said of it."""

    value: str = ""
    expected: Texts | None = None
    nearest: str = ""
    told: Texts | None = None
    subject: str = ""
    """What notices of a column are counted by; the sentence of the first one is shown."""


CellReader = Callable[[str], CellOutcome]
"""Reads a cell as it stands in the file."""
NOTHING = CellOutcome()


def take(value: str) -> CellOutcome:
    """A value of which nothing is to be said."""
    return CellOutcome(value)


def take_as(value: str, found: str, subject: str, fr: str = "", en: str = "") -> CellOutcome:
    """A value that was understood, not written: it is told, and why where `fr` and `en` say so."""
    said = f"« {found} » lu comme {value}{fr}", f"“{found}” read as {value}{en}"
    return CellOutcome(value, told=said, subject=subject)


def refuse(fr: str, en: str, nearest: str = "") -> CellOutcome:
    """No value: what is expected, and the nearest value that would do."""
    return CellOutcome(expected=(fr, en), nearest=nearest)
