"""Is a function's name a bare past participle, so that a call reads like a value (`counted(rows)`), not like an act?"""

from __future__ import annotations

_IRREGULAR = """
been begun bent bound bought broken brought built caught chosen dealt done drawn driven eaten fallen fed felt forgotten found frozen
given gone grown heard held hidden kept known laid led left lent lit lost made meant met paid proven risen said seen sent shaken shown
shrunk sold sought spent spoken stolen stood struck swept taken taught thought thrown told torn understood withdrawn withheld won worn
wound written
"""
IRREGULAR = frozenset(_IRREGULAR.split())
"""Past participles that do not end in -ed; those that are a verb as well (put, read, run, set, shut, split, cut) are none here."""

PREFIXES = ("un", "re", "over", "mis")
"""What may stand before one: unknown, redrawn, mistaken."""

NOT_PARTICIPLES = frozenset({"embed", "shed", "shred", "sled"})
"""Verbs and nouns in -ed; those in -eed (need, feed, exceed, seed) are told by their ending."""


def is_participle(word: str) -> bool:
    """Whether one lower-case word is a past participle and nothing else."""
    if word in NOT_PARTICIPLES:
        return False
    bare = {word} | {word.removeprefix(prefix) for prefix in PREFIXES}
    return bool(bare & IRREGULAR) or (len(word) > 3 and word.endswith("ed") and not word.endswith("eed"))


def is_bare_participle(name: str) -> bool:
    """Whether the first word of a function's name is one: `counted`, `drawn_rows`, `_written`; `is_counted` and `write` are fine.

    For functions and methods; properties, fields and classes are values and may be called so.
    """
    return is_participle(next((word for word in name.split("_") if word), "").lower())
