"""Text that a file can hold and a spreadsheet does not run, whatever was written in the register or the address."""

from __future__ import annotations

import re
import unicodedata

# Not allowed in XML 1.0, cut short by SQLite, or not encodable in UTF-8.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_WEB = re.compile(r"https?://[^\s\"<>\\^`{|}]{1,2000}", re.IGNORECASE)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def clean(text: object) -> str:
    """Text without the characters that XML, SQLite or UTF-8 refuse."""
    return _ILLEGAL.sub("", str(text))


def join_lines(text: object) -> str:
    """Clean text on one line, single spaces; no-break spaces stay."""
    return _BLANKS.sub(" ", clean(text)).strip()


def clean_line(text: str) -> str:
    """One line without control, invisible or unassigned characters, single spaces; composed letters (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    return join_lines("".join(c for c in composed if unicodedata.category(c)[0] != "C" or c.isspace()))


def disarm_text(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; everything else stays."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def is_web(text: str) -> bool:
    """True for an address that may become a link: http or https, short enough for a spreadsheet."""
    return _WEB.fullmatch(text) is not None
