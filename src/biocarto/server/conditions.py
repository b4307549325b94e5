"""What a reader says of the copy that it has."""

from __future__ import annotations


def has_tag(known: str, tag: str) -> bool:
    """Whether an If-None-Match header names a strong tag, whatever tags stand beside it, or any at all (`*`); "" names none."""
    return known.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in known.split(","))
