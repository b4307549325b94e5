"""One search box over everything that people call an actor by: names, sites, places, activities and labels, French and English.

Every word has to be found somewhere in an actor. A word is found as it is, as one of the words of `ALSO`, as the beginning of a
longer one, or, where none of these exists, with a typing error or two. Accents, case, plurals and hyphens do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from biocarto.i18n import LANGUAGES, Locale
from biocarto.model import CATEGORY_LABELS, KIND_LABELS, MODALITY_LABELS, Modality
from biocarto.names import fold

LONGEST, MOST_WORDS = 200, 12
"""Characters and words of a search that are read."""

SILENT = frozenset(
    fold(
        "à an and at au aux avec by c ce d dans de des du elle en et for from in is l la le les ne of on or ou par pour qu qui s "
        "sur the to un une who with y"
    ).split()
)
"""Words that say nothing: left out of a search, unless it has no other."""

ALSO: Mapping[str, str] = {
    "bacteriophage": "phage phagotherapie",
    "biomedicament": "biologics",
    "biologics": "biomedicament",
    "biomanufacturing": "bioproduction",
    "bioproduction": "biomanufacturing",
    "cdmo": "cmo faconnier",
    "cmo": "cdmo faconnier",
    "faconnier": "cdmo cmo",
    "hiv": "vih",
    "microbiome": "microbiote microbiota",
    "microbiota": "microbiome microbiote",
    "microbiote": "microbiome microbiota",
    "phage": "bacteriophage phagotherapie",
    "phagotherapie": "phage bacteriophage",
    "vih": "hiv",
    "viral": "lentiviral retroviral",
}
"""Word of the sector -> words that answer it too; in one direction, as `lentiviral` is viral and not the reverse."""

NAME, PLACE, LABEL, ACTIVITY = 0.97, 0.88, 0.85, 0.8
"""How much a word found in a field counts."""

_TEXTS = {
    "name": NAME,
    "organisation": NAME,
    "site": PLACE,
    "place_name": PLACE,
    "commune": PLACE,
    "postcode": PLACE,
    "department_name": PLACE,
    "intercommunality_name": PLACE,
    "activity_fr": ACTIVITY,
    "activity_en": ACTIVITY,
}
_EXACT, _JOINED, _ALSO, _BEGINS, _ERROR = 100.0, 95.0, 90.0, 80.0, 70.0
_ORDINAL = re.compile(r"(\d{1,2})(?:e|er|ere|eme|ieme)")
_HYPHENED = re.compile(r"\w+(?:-\w+)+")

Places = npt.NDArray[np.intp]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """Made once per process. Word number w of `words` (sorted) is in the actors `rows[starts[w]:starts[w + 1]]`, each once.

    `weights`, beside `rows`, is that of the best field. `order` ranks actors by name; `names` leads a whole name, folded, to rows.
    """

    ids: pd.Index
    order: Places
    names: Mapping[str, list[int]]
    words: list[str]
    starts: Places
    rows: Places
    weights: Weights


def stem(word: str) -> str:
    """A folded word without the marks of plural, and French or English ending: therapies, therapy and therapie are one."""
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return ordinal[1]
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    plural = word.endswith(("eux", "eaux")) or (word.endswith("s") and word[-2] not in "isu")
    single = word[:-1] if plural else word
    return f"{single[:-1]}ie" if single.endswith("y") else single


def _pairs(words: list[str]) -> list[str]:
    """Neighbours written as one word: `dnascript` for DNA Script."""
    return [stem(first + second) for first, second in pairwise(words)]


def _list_words(text: str, *, named: bool) -> set[str]:
    """The words of a text; compounds and, in a name, neighbours are found in one word too."""
    words = fold(text).split()
    joined = [stem(fold(compound).replace(" ", "")) for compound in _HYPHENED.findall(text)]
    return {*map(stem, words), *joined, *(_pairs(words) if named else ())}


def _labels(actors: pd.DataFrame) -> pd.Series:
    """Kind, category and modalities of each actor, in words, in every language."""
    known = [*KIND_LABELS.items(), *CATEGORY_LABELS.items(), *MODALITY_LABELS.items()]
    texts = {code.value: " ".join(Locale(lang)(label) for lang in LANGUAGES) for code, label in known if code != Modality.OTHER}
    rows = zip(actors["kind"], actors["category"], actors["modalities"], strict=True)
    return pd.Series([" ".join(texts.get(code, "") for code in (kind, category, *several)) for kind, category, several in rows])


def _districts(codes: pd.Series) -> pd.Series:
    """The arrondissement of Paris that a commune code names, else an empty text."""
    return "Paris " + codes.where(codes.str.startswith("751"), "").str[3:].str.lstrip("0")


def _in_field(texts: pd.Series, weight: float, numbers: dict[str, int]) -> pd.DataFrame:
    """Word (its number in `numbers`, which grows), row and weight, for every word of a column; each distinct text is read once."""
    codes, distinct = pd.factorize(texts.to_numpy(dtype=object))
    bags = [[numbers.setdefault(word, len(numbers)) for word in _list_words(str(text), named=weight == NAME)] for text in distinct]
    lengths = np.array([len(bag) for bag in bags], dtype=np.intp)[codes]
    found = np.concatenate([np.array(bags[code], dtype=np.intp) for code in codes] or [codes])
    return pd.DataFrame({"word": found, "row": np.repeat(np.arange(len(codes)), lengths), "weight": weight})


def build(actors: pd.DataFrame) -> SearchIndex:
    """Index the joined actors."""
    fields = [(actors[column].fillna(""), weight) for column, weight in _TEXTS.items()]
    return build_index(actors, [*fields, (_labels(actors), LABEL), (_districts(actors["commune_code"]), PLACE)])


def build_index(rows: pd.DataFrame, fields: Iterable[tuple[pd.Series, float]]) -> SearchIndex:
    """Index rows (index: id, column `name`) by the words of their fields, each with its weight."""
    numbers: dict[str, int] = {}
    found = pd.concat([_in_field(texts, weight, numbers) for texts, weight in fields])
    words = sorted(numbers)
    places = pd.Series(range(len(words)), index=[numbers[word] for word in words]).sort_index().to_numpy()
    best = found.assign(word=places[found["word"]]).groupby(["word", "row"], sort=True)["weight"].max().reset_index()
    names = pd.Series([fold(name) for name in rows["name"]], dtype=str)
    return SearchIndex(
        ids=rows.index,
        order=np.argsort(np.argsort(names.to_numpy(dtype=str), kind="stable")),
        names={str(name): found.tolist() for name, found in names.groupby(names).groups.items()},
        words=words,
        starts=np.searchsorted(best["word"], np.arange(len(words) + 1)),
        rows=best["row"].to_numpy(dtype=np.intp),
        weights=best["weight"].to_numpy(dtype=float),
    )


def list_content_words(index: SearchIndex) -> list[str]:
    """The words of names, labels and activities: those that do more than tell a place."""
    content = np.add.reduceat(index.weights != PLACE, index.starts[:-1]) if index.words else np.zeros(0)
    return [word for word, rows in zip(index.words, content, strict=True) if rows]


Match = tuple[int, float, float]
"""Number of a word of the index, quality (0 to 100), and the smallest weight of a field in which it counts."""


def _number(index: SearchIndex, word: str) -> Iterator[int]:
    place = bisect_left(index.words, word)
    if place < len(index.words) and index.words[place] == word:
        yield place


def _beginning(index: SearchIndex, word: str) -> range:
    """Numbers of the words that begin with `word`: folded words end before `~`."""
    return range(bisect_left(index.words, word), bisect_left(index.words, f"{word}~"))


def _as_written(index: SearchIndex, word: str, joined: list[str]) -> list[Match]:
    """The word itself, together with its neighbour, or another word for the same thing."""
    exact: list[Match] = [(n, _EXACT, 0.0) for n in _number(index, word)]
    exact += [(n, _JOINED, 0.0) for text in joined for n in _number(index, text)]
    return exact + [(n, _ALSO, 0.0) for other in ALSO.get(word, "").split() for n in _number(index, stem(other))]


def _match_mistyped(index: SearchIndex, word: str) -> list[Match]:
    """Words at one error, or two from eight letters on, with the same first letter; short words and numbers have none."""
    if len(word) < 5 or not word.isalpha():
        return []
    same = _beginning(index, word[0])
    errors = 1 if len(word) < 8 else 2
    near = process.extract(word, index.words[same.start : same.stop], scorer=OSA.distance, score_cutoff=errors, limit=20)
    return [(same.start + place, _ERROR - 10 * (distance - 1), 0.0) for _, distance, place in near]


def _longer(index: SearchIndex, typed: str, *, beside: bool) -> list[Match]:
    """Words that begin as typed, from three letters on; beside the word itself from four on, and below six in names only."""
    if len(typed) < (4 if beside else 3):
        return []
    floor = NAME if beside and len(typed) < 6 else 0.0
    starts = {typed} if beside else {typed, stem(typed)}
    return [(n, _BEGINS, floor) for start in starts for n in _beginning(index, start)]


def _matches(index: SearchIndex, typed: str, joined: list[str]) -> list[Match]:
    """How a word is understood: errors are looked for only where nothing is found as typed."""
    exact = _as_written(index, stem(typed), joined)
    return exact + _longer(index, typed, beside=bool(exact)) or _match_mistyped(index, stem(typed))


def _word_scores(index: SearchIndex, matches: list[Match]) -> Weights:
    """Per actor, the best that a word reaches; 0 where it is not found."""
    scores = np.zeros(len(index.ids))
    for number, quality, floor in matches:
        part = slice(index.starts[number], index.starts[number + 1])
        rows, weights = index.rows[part], index.weights[part]
        reached = np.where(weights >= floor, quality * weights, 0.0)
        scores[rows] = np.maximum(scores[rows], reached)
    return scores


def _split_query(text: str) -> list[str]:
    """The folded words of a search that are looked for: the first 12 of its first 200 characters, those in Latin letters if it has some."""
    words = fold(text[:LONGEST]).split()[:MOST_WORDS]
    typed = [word for word in words if word.isascii()] or words
    return [word for word in typed if word not in SILENT] or typed


def score_rows(index: SearchIndex, text: str) -> Weights:
    """Per row of the actors: the mean over the words, at most 100; 0 where one of them is missing; 100 for the whole name."""
    words = _split_query(text)
    if not words:
        return np.zeros(len(index.ids))
    pairs = _pairs(words)
    joined = [pairs[max(place - 1, 0) : place + 1] for place in range(len(words))]
    each = np.array([_word_scores(index, _matches(index, word, near)) for word, near in zip(words, joined, strict=True)])
    found: Weights = np.where(each.min(axis=0) > 0, each.mean(axis=0), 0.0)
    found[index.names.get(fold(text[:LONGEST]), [])] = 100.0
    return found


def is_name(index: SearchIndex, text: str) -> bool:
    """Whether some name has every word of a text, as it is written: no beginning, no synonym, no error."""
    words = [stem(word) for word in _split_query(text)]
    left = np.ones(len(index.ids), dtype=bool) if words else np.zeros(len(index.ids), dtype=bool)
    for word in words:
        named = np.zeros(len(index.ids), dtype=bool)
        for number in _number(index, word):
            part = slice(index.starts[number], index.starts[number + 1])
            named[index.rows[part][index.weights[part] >= NAME]] = True
        left &= named
    return bool(left.any())


def find(index: SearchIndex, text: str) -> pd.Series:
    """Actor id -> score, over 0 to 100, best first, then by name; empty where nothing fits or nothing can be searched.

    Whatever is not a Latin letter or a digit separates words.
    """
    reached = score_rows(index, text)
    found = np.flatnonzero(reached)
    best = found[np.lexsort((index.order[found], -reached[found]))]
    return pd.Series(reached[best], index=index.ids[best], name="score")
