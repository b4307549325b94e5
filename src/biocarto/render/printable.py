"""Text that the fonts of a printed report can draw, whatever was written in the tables."""

from __future__ import annotations

import re
import unicodedata

from biocarto.render.text import join_lines

UNDRAWN = "□"
"""Stands for a character that no font of the report has; PDF/UA refuses one that is silently left out."""

DRAWN = (
    "\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u04ff\u05d0-\u05ea"
    "\u0621-\u063a\u0641-\u064a\u1e00-\u1eff\u2010-\u2015\u2018-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u2070\u2074-\u208e"
    "\u20a0-\u20b5\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25a1"
)
"""Letters of Latin, Greek, Cyrillic, Hebrew and Arabic, and the signs of our texts: what the fonts inside Typst hold."""

_UNDRAWN = re.compile(f"[^{DRAWN}]")
_LONG = re.compile(r"[^\s/?-]{24}(?=[^\s/?-]{6})")
"""A run without a place to break; addresses break at their slashes, so that a copied one is whole."""
_JOINT = "\u200b"


def _replacement(found: re.Match[str]) -> str:
    """Marks, joiners and controls vanish; a letter or a sign leaves a box, so that its absence is seen."""
    return "" if unicodedata.category(found[0])[0] in "MC" else UNDRAWN


def make_printable(text: object) -> str:
    """One line of composed characters, each of which the report can draw."""
    return _UNDRAWN.sub(_replacement, unicodedata.normalize("NFC", join_lines(text))).strip()


def make_breakable(text: object) -> str:
    """Printable text whose longest words may break at the end of a line, which leaves no character behind."""
    return _LONG.sub(lambda found: found[0] + _JOINT, make_printable(text))
