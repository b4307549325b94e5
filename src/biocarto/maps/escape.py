"""The door of the map: text of the register leaves here as text, whatever it holds."""

from __future__ import annotations

import json
import unicodedata

LIMIT = 160
"""Longest label that a map shows, in characters; the sheet beside the map has the rest."""

_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def clean_text(value: object, limit: int = LIMIT) -> str:
    """One line of text without control or direction-changing characters, cut at `limit` characters with an ellipsis."""
    text = str(value)
    if len(text) <= limit and text.isprintable():
        return text
    kept = [" " if c.isspace() and c not in "\u00a0\u202f" else c for c in text[: 4 * limit]]
    visible = "".join(c for c in kept if unicodedata.category(c) not in _HIDDEN)
    line = " ".join(word for word in visible.split(" ") if word)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def write_literal(payload: object) -> str:
    """`payload` as a JavaScript literal that no HTML parser, Jinja template or streamlit-folium rewriting can change.

    Every escaped character occurs in JSON only inside strings, so the escapes keep the value. Underscores are
    escaped because streamlit-folium rewrites `_<id>`; opening braces because branca compiles scripts as templates.
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>`$_\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    for opening in ("{{", "{%", "{#"):
        text = text.replace(opening, opening.replace("{", "\\u007b"))
    return text
