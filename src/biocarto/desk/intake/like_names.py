"""Names of organisations as a sheet of contacts writes them: typing errors, cut words, a former name in brackets, a site behind a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from biocarto.desk.likeness import compare_names, compare_pairs, simplify_name

Alike = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]
"""Places of names on the left, on the right, likeness: parallel arrays."""

_LEAST, _LEAST_OWN = 0.72, 0.62
"""Likeness of names, and of the words that tell them from others, below which nothing else makes two actors one."""
_LEAST_JOINED, _JOINED = 0.84, 0.96
"""Likeness of names without their spaces from which it counts, and what it is worth beside the other."""
_BLOCK = 2_000
"""Names that are compared at a time: what is in memory stays a few megabytes."""
_OWN = 0.65
"""Share of the words that tell a name from others; the rest is that of all words."""
_WITHOUT_SITE = 0.82
"""What a name is worth without the site behind its dash."""
_LONG, _NEARLY = 7, 82
"""Letters of a word, and its likeness (0 to 100) with one of `_WORDS`, from which it is that word with a typing error."""

_MARKED = re.compile(r"\((?:ex[- .]+|anciennement |ancien(?:ne)? |formerly |previously )\s*:?\s*([^()]+(?:\([^()]*\))?)\)", re.IGNORECASE)
_ASIDE = re.compile(r"\(([^()]*)\)")
_DASH = re.compile(r"\s[–—-]\s")
_WORDS = {
    **dict.fromkeys(("laboratoire", "laboratoires", "laboratory", "laboratories", "labo", "labs"), "lab"),
    **dict.fromkeys(("institute", "instituts", "inst"), "institut"),
    **dict.fromkeys(("pharmaceuticals", "pharmaceutical", "pharmaceutique", "pharmaceutiques"), "pharma"),
    **dict.fromkeys(("technologies", "technology", "technologie"), "tech"),
    **dict.fromkeys(("therapeutics", "therapeutic", "therapeutique", "therapeutiques", "tx"), "thera"),
    **dict.fromkeys(("biotechnologies", "biotechnology", "biotechnologie"), "biotech"),
    **dict.fromkeys(("universite", "university", "universitaire"), "univ"),
    **dict.fromkeys(("center", "ctr", "centres"), "centre"),
    **dict.fromkeys(("sciences",), "science"),
    **dict.fromkeys(("hopital", "hospital"), "hop"),
    **dict.fromkeys(("international",), "intl"),
    **dict.fromkeys(("societe", "ste"), ""),
}
"""Words that are written in several ways -> one of them."""
_COMMON = ("france", "paris", "company", "group", "groupe", "recherche", "research", "bio", "site", "usine", "plateforme")
_SMALL = ("de", "du", "des", "la", "le", "les", "d", "l", "et", "and", "of", "the")
_GENERIC = frozenset((*_WORDS.values(), *_COMMON, *_SMALL))
"""Words that many names have: alone they tell no actor from another."""

_SPELLED = [word for word in _WORDS if len(word) >= _LONG]


@dataclass(frozen=True)
class _Side:
    """What the names of one side may be read as: all words, those of their own, all without spaces; `owner` is the place of the name."""

    full: list[str]
    own: list[str]
    joined: list[str]
    owner: npt.NDArray[np.int64]
    worth: npt.NDArray[np.float64]
    is_aside: npt.NDArray[np.bool_]


def compare_all(left: Sequence[str], right: Sequence[str]) -> Alike:
    """Pairs of places whose names are alike, and how much (0 to 1): of the ways to read a pair, the likeliest."""
    words: dict[str, str] = {}
    theirs = _read_names(right, words)
    found = [_compare_block(_read_names(left[start : start + _BLOCK], words), theirs, start) for start in range(0, len(left), _BLOCK)]
    if not found:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.array([])
    ones, others, scores = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((-scores, others, ones))
    ones, others, scores = ones[order], others[order], scores[order]
    first = np.ones(len(ones), dtype=bool)
    first[1:] = (np.diff(ones) != 0) | (np.diff(others) != 0)
    return ones[first], others[first], scores[first]


def _compare_block(ours: _Side, theirs: _Side, start: int) -> Alike:
    if not ours.own or not theirs.own:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.array([])
    own, joined = compare_names(ours.own, theirs.own, _LEAST_OWN), compare_names(ours.joined, theirs.joined, _LEAST_JOINED)
    left, right = np.nonzero(np.maximum(own, joined))
    apart = ~(ours.is_aside[left] & theirs.is_aside[right])  # two sites are told by what is behind the dash, two bodies of one by its name
    left, right = left[apart], right[apart]
    whole = compare_pairs([ours.full[place] for place in left], [theirs.full[place] for place in right])
    alike = np.maximum(_OWN * own[left, right] + (1 - _OWN) * whole, _JOINED * joined[left, right]).astype(np.float64)
    alike *= np.minimum(ours.worth[left], theirs.worth[right])
    good = alike >= _LEAST
    return ours.owner[left[good]] + start, theirs.owner[right[good]], alike[good]


def _read_names(names: Sequence[str], words: dict[str, str]) -> _Side:
    told = [(place, *reading) for place, name in enumerate(names) for reading in _list_readings(name)]
    split = [_split_words(text, words) for _, text, _, _ in told]
    owner = np.array([place for place, *_ in told], dtype=np.int64)
    worth = np.array([worth for *_, worth, _ in told], dtype=np.float64)
    aside = np.array([is_aside for *_, is_aside in told], dtype=bool)
    return _Side([full for full, _ in split], [own for _, own in split], [full.replace(" ", "") for full, _ in split], owner, worth, aside)


def _list_readings(name: str) -> Iterator[tuple[str, float, bool]]:
    """What a name may be called, what that is worth, and whether it is beside the name itself."""
    if "(" not in name and not _DASH.search(name):
        yield name, 1.0, False
        return
    former = _MARKED.findall(name)
    bare = _MARKED.sub(" ", name)
    today = _ASIDE.sub(" ", bare)
    yield from ((found, 1.0, False) for found in former)
    yield from ((found, 1.0, True) for found in _ASIDE.findall(bare) if len(found) > 2)
    yield (today, 1.0, False)
    if (base := _DASH.split(today)[0]) != today:
        yield (base, _WITHOUT_SITE, True)


def _split_words(name: str, words: dict[str, str]) -> tuple[str, str]:
    """All words of a name, and those that tell it from others; both are all of them where none does."""
    split = simplify_name(name).split()
    for word in split:
        if word not in words:
            words[word] = _spell(word)
    full = [spelled for word in split if (spelled := words[word])]
    return " ".join(full), " ".join([word for word in full if word not in _GENERIC] or full)


def _spell(word: str) -> str:
    """A word as it is compared: one spelling of those that are written in several ways."""
    if word in _WORDS or len(word) < _LONG:
        return _WORDS.get(word, word)
    near = process.extractOne(word, _SPELLED, scorer=fuzz.ratio, score_cutoff=_NEARLY)
    return _WORDS[near[0]] if near else word
