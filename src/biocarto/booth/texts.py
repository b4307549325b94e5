"""Text that somebody typed or published, made readable on any screen."""

from __future__ import annotations

import unicodedata

from biocarto.render.text import one_line


def readable(text: str) -> str:
    """One line without control, invisible or unassigned characters, single spaces; composed letters (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    return one_line("".join(c for c in composed if unicodedata.category(c)[0] != "C" or c.isspace()))
