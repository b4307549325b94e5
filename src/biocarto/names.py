"""Names for comparing: without accents, case, ligatures and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from biocarto import caches

_SPELLED = {"st": "saint", "ste": "sainte"}
_PLAIN_WORD, _WORD = re.compile("[a-z0-9]+"), re.compile(r"\w+")


def strip_accents(name: str) -> str:
    """Lower-case letters without accents or ligatures; everything else stays."""
    if name.isascii():
        return name.lower()  # nothing else to take away, which is most of the 35,000 names of communes
    letters = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    return letters.replace("œ", "oe").replace("æ", "ae")


def join_words(words: Iterable[str]) -> str:
    """Plain words with single spaces between them, "St" and "Ste" as saint(e)."""
    found = list(words)
    return " ".join(found if _SPELLED.keys().isdisjoint(found) else [_SPELLED.get(word, word) for word in found])


@lru_cache(maxsize=caches.NAMES)
def fold(name: str) -> str:
    """A name for comparing: no accents, case, ligatures, hyphens or apostrophes, "St"/"Ste" as saint(e), single spaces."""
    return join_words(_PLAIN_WORD.findall(strip_accents(name)))


_LEGAL_FORM = re.compile(r"\b(sa|sas|sasu|sarl|eurl|snc|sca|scop|selarl|gie|se|gmbh|ag|inc|ltd|llc|plc|corp|bv|nv|srl|spa)\b")


def _join_initials(name: str) -> str:
    """`strip_accents`, and s.a.s. is sas."""
    text = strip_accents(name)
    return re.sub(r"\b(\w)\.(?=\w\b|\W|$)", r"\1", text) if "." in text else text


@lru_cache(maxsize=caches.NAMES)
def drop_legal_form(name: str) -> str:
    """Lower-case letters of a name without accents and without its legal form (SA, SAS, GmbH, ...); punctuation stays."""
    return _LEGAL_FORM.sub(" ", _join_initials(name))


def fold_company(name: str) -> str:
    """A name as `fold` compares it, without legal forms but with the letters of every alphabet: α is not β."""
    return join_words(_WORD.findall(drop_legal_form(name))) or _join_initials(name)
