"""A file that an import cannot use, in words: what is wrong with it, what is unharmed, what to do."""

from __future__ import annotations

from biocarto.desk.desk_error import DeskError
from biocarto.errors import quote_value


class IntakeError(DeskError):
    """A file, or a sheet of it, of which nothing can be read; the register is as it was."""


def build_intake_error(name: str, what: tuple[str, str], remedy: tuple[str, str]) -> IntakeError:
    """The error of a file called `name`: what is wrong and what to do, each in French and English, as sentences without their file."""
    told = quote_value(name)
    return IntakeError(
        f"{told} : {what[0]} Rien n'est importé, le registre n'a pas changé. {remedy[0]}",
        f"{told}: {what[1]} Nothing is imported, the register has not changed. {remedy[1]}",
    )
