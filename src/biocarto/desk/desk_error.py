"""What the desk refuses, in words: what happened, what is unharmed, what to do."""

from __future__ import annotations

from biocarto.errors import AppError


class DeskError(AppError):
    """An act that the desk does not do; nothing of it was stored."""


class DeniedError(DeskError):
    """Somebody has no right to an act."""
