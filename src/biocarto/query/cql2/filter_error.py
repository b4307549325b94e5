"""What is said of a filter that is not answered."""

from __future__ import annotations

from biocarto.errors import AppError


class FilterError(AppError):
    """A filter that cannot be read, or that asks for what the collection does not have; nothing was searched."""
