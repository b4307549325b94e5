"""What the desk refuses, in words: what happened, what is unharmed, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from biocarto.desk.facts import Collision
from biocarto.errors import AppError, Issue


class DeskError(AppError):
    """An act that the desk does not do; nothing of it was stored."""


class DeniedError(DeskError):
    """Somebody has no right to an act."""


class CollisionError(DeskError):
    """A save that came late: every cell that somebody else has changed since, each with both values."""

    def __init__(self, collisions: Sequence[Collision]) -> None:
        self.collisions = tuple(collisions)
        named = ", ".join(dict.fromkeys(f"{found.row_id} ({found.field})" for found in self.collisions[:5]))
        super().__init__(
            f"Quelqu'un a modifié cette ligne entre-temps : {named}. Rien de votre saisie n'est enregistré, rien n'en est perdu : comparez "
            "les deux valeurs, puis choisissez.",
            f"Somebody has changed this row meanwhile: {named}. Nothing of what you typed is saved, nothing of it is lost: compare the two "
            "values, then choose.",
        )


class InvalidRowError(DeskError):
    """Cells that the register does not take: every issue, each with its column."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(
            "\n".join(["Rien n'est enregistré, votre saisie est gardée ; à corriger :", *(issue.text("fr") for issue in self.issues)]),
            "\n".join(["Nothing is saved, what you typed is kept; to correct:", *(issue.text("en") for issue in self.issues)]),
        )
