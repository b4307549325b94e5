"""What an export refuses, in words for the visitor."""

from __future__ import annotations

from biocarto.errors import AppError


class ExportError(AppError):
    """A file or a code that cannot be made from what was asked for."""
