"""Which part of a file a reader asks for: what HTTP (RFC 9110, 14) says of ranges that mean nothing or reach beyond the end."""

from __future__ import annotations

import re

_GIVEN = re.compile(r"bytes=[ \t]*(?P<parts>[0-9]*-[0-9]*(?:[ \t]*,[ \t]*[0-9]*-[0-9]*)*)[ \t]*", re.IGNORECASE)
_DIGITS = 18
"""Of a number that a file could have: longer ones are no place in any file."""
MOST_RANGES = 32
"""Parts of one answer; who asks for more is given the whole file, as the standard allows."""


def choose_ranges(header: str, size: int) -> tuple[tuple[int, int], ...] | None:
    """First and last byte of each part that is there, () where none is (416), None where the header is to be ignored."""
    matched = _GIVEN.fullmatch(header)
    if matched is None:
        return None
    parts = [part.strip().split("-") for part in matched["parts"].split(",")]
    if len(parts) > MOST_RANGES or not all(_has_meaning(*part) for part in parts):
        return None
    found = (_place(first, last, size) for first, last in parts)
    return tuple((first, last) for first, last in found if first <= last)


def _has_meaning(first: str, last: str) -> bool:
    if not (first or last) or max(len(first), len(last)) > _DIGITS:
        return False
    return not (first and last) or int(first) <= int(last)


def _place(first: str, last: str, size: int) -> tuple[int, int]:
    """Within a file of `size` bytes; the last comes before the first where nothing is there."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
