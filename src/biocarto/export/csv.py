"""Rows as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; everything else stays."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def harmless_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell harmless; same shape, same index."""
    return frame.map(harmless)


def french_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark and semicolons, as French Excel expects; lists joined by a comma."""
    flat = frame.map(lambda value: ", ".join(map(str, value)) if isinstance(value, tuple) else value)
    return harmless_frame(flat).to_csv(sep=";", index=False).encode("utf-8-sig")
