"""Text that somebody typed or published, made readable on any screen."""

from __future__ import annotations

import unicodedata

from biocarto.render.text import join_lines


def clean_line(text: str) -> str:
    """One line without control, invisible or unassigned characters, single spaces; composed letters (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    return join_lines("".join(c for c in composed if unicodedata.category(c)[0] != "C" or c.isspace()))
