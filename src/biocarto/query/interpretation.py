"""What the words of a question mean: a place is a radius or an area, a role is a facet and a rank, the rest is searched as text.

"qui fabrique des vecteurs viraux près d'Évry" looks for viral vectors within 10 km of Évry, and those who make them come first. What was
read is told, and one tap (`Filters.literal`) takes the words as they are. A question that is a name is that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from biocarto.i18n import LANGUAGES, Locale
from biocarto.model import ILE_DE_FRANCE, KIND_LABELS, Kind
from biocarto.names import fold
from biocarto.query import place_names, search
from biocarto.query.filters import FARTHEST, KM, NEAREST, Filters
from biocarto.query.phrase_index import LONGEST, SYNONYMS, fold_phrase
from biocarto.query.place_names import DISTRICT_KM, Place
from biocarto.query.search import SILENT, SearchIndex
from biocarto.query.site_roles import ASKED, SiteRole
from biocarto.register.catalogue import Catalogue

ELSEWHERE_KM = 25.0
"""Usual radius around a commune of another region, in kilometres: what is known there lies wider apart."""

POLITE = frozenset(
    fold(
        "qui quel quels quelle quelles où quoi est sont il y je nous cherche cherchons trouver trouve veux voudrais besoin faut peut "
        "peuvent pourrait s il vous plait svp travaille travaillent who which what where is are there that can could find looking need "
        "please some any work works working"
    ).split()
)
"""Words that ask and say nothing of what is asked."""

NEAR = frozenset(
    fold(
        "pres proche proches autour côté alentours environs voisinage rayon moins plus distance near nearby close around within radius"
    ).split()
)
"""Words that announce a place."""

KEPT = ("host cell", "cell host", "cellule hôte")
"""Phrases of the field in which a word of a role is none."""

_INVERTED = re.compile(r"\ba-t-(?:il|elle|on)\b", re.IGNORECASE)
_DISTANCE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:km|kilom[eè]tres?|kilometers?)\b", re.IGNORECASE)

Phrase = tuple[str, ...]


class PhraseMeaning(NamedTuple):
    """What a phrase says: field `noun` or `verb` of a role, `kind`, `keep` for words that stay, or that of a Place."""

    field: str
    value: str


@dataclass(frozen=True, eq=False)
class PhraseIndex:
    """Made once per edition: places by their words as they are, everything else by its stems."""

    places: Mapping[Phrase, Place]
    meanings: Mapping[Phrase, PhraseMeaning]
    names: tuple[SearchIndex, ...]
    regions: Mapping[str, str]
    """Commune code -> region code."""


@dataclass(frozen=True)
class Interpretation:
    """`asked` is what the address says, `filters` what it means; the same where nothing was read from the words."""

    asked: Filters
    filters: Filters

    @property
    def was_read(self) -> bool:
        """Whether the words mean more than themselves."""
        return self.asked != self.filters

    def as_words(self) -> Filters:
        """The same question with its words taken as they are."""
        return replace(self.asked, literal="1")


def _list_phrases(texts: str, meaning: PhraseMeaning) -> Iterator[tuple[Phrase, PhraseMeaning]]:
    yield from ((fold_phrase(text), meaning) for text in texts.split(";") if text.strip())


def _meanings() -> dict[Phrase, PhraseMeaning]:
    """Roles by their nouns and verbs; kinds by their labels and what people say for them."""
    found: dict[Phrase, PhraseMeaning] = {}
    for kind, label in KIND_LABELS.items():
        texts = ";".join([SYNONYMS["kind", kind], *(Locale(lang)(label) for lang in LANGUAGES)])
        found |= _list_phrases(texts, PhraseMeaning("kind", kind.value))
    for role, asked in ASKED.items():
        found |= _list_phrases(asked.verbs, PhraseMeaning("verb", role.value))
        found |= _list_phrases(asked.nouns, PhraseMeaning("noun", role.value))
    return found | dict(_list_phrases(";".join(KEPT), PhraseMeaning("keep", "")))


def build_index(catalogue: Catalogue, names: Iterable[SearchIndex]) -> PhraseIndex:
    """The phrases of every place, role and kind; `names` are the indexes whose names a question may be."""
    indexes = tuple(names)
    words = {word for index in indexes for word in search.list_content_words(index)}
    regions = {str(code): str(region) for code, region in catalogue.territory.points["region_code"].items()}
    return PhraseIndex(place_names.list_places(catalogue, words), _meanings(), indexes, regions)


def _split(text: str) -> list[tuple[str, str]]:
    """The words of a question as they are written, each with its folded form."""
    words = re.findall(r"[^\W_]+", _INVERTED.sub(" ", text))
    return [(word, folded) for word in words if len(fold(word).split()) == 1 and (folded := fold(word))]


def _meaning(words: list[str], index: PhraseIndex, *, places: bool) -> PhraseMeaning | None:
    place = index.places.get(tuple(words)) if places else None
    return PhraseMeaning(*place) if place else index.meanings.get(fold_phrase(" ".join(words)))


def _parse(words: list[tuple[str, str]], index: PhraseIndex, *, places: bool) -> tuple[list[PhraseMeaning], list[str]]:
    """What is named, the longest phrase first from left to right, and the words left over as they are written."""
    named: list[PhraseMeaning] = []
    left: list[str] = []
    start = 0
    while start < len(words):
        spans = range(min(len(words), start + LONGEST), start, -1)
        folded = [word for _, word in words]
        end, found = next(((end, m) for end in spans if (m := _meaning(folded[start:end], index, places=places))), (start + 1, None))
        if found is None or found.field == "keep":
            left += [word for word, plain in words[start:end] if plain not in SILENT | POLITE | NEAR]
        else:
            named.append(found)
        start = end
    return named, left


def _pick(named: list[PhraseMeaning], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(meaning.value for meaning in named if meaning.field == field))


def _read_kinds(named: list[PhraseMeaning]) -> dict[str, Any]:
    """The kinds named; a company that is to be housed is not who houses it."""
    guest = SiteRole.HOSTS.value in (*_pick(named, "verb"), *_pick(named, "noun"))
    kinds = tuple(kind for kind in _pick(named, "kind") if not (guest and kind == Kind.COMPANY))
    return {"kind": kinds} if kinds else {}


def _read_roles(named: list[PhraseMeaning], *, has_subject: bool) -> dict[str, Any]:
    """Nouns keep those with the role, verbs rank them first; without a subject to rank, both keep, and nothing wider."""
    nouns, verbs = _pick(named, "noun"), _pick(named, "verb")
    if not has_subject:
        return {"role": (*nouns, *verbs)} if nouns or verbs else {}
    if not nouns:
        return {"first": verbs[0]} if verbs else {}
    kept = tuple(dict.fromkeys((ASKED[SiteRole(noun)].wider or SiteRole(noun)).value for noun in nouns))
    return {"role": kept, "first": nouns[0]}


def _read_places(named: list[PhraseMeaning], asked: Filters, km: float | None, index: PhraseIndex) -> dict[str, Any]:
    """Areas as facets; of several centres the first. The radius of the question, else that of the address, else the usual one."""
    areas = {field: codes for field in ("department", "epci", "region") if (codes := _pick(named, field))}
    centres = _pick(named, "near")
    if not centres:
        return areas
    code = centres[0]
    usual = DISTRICT_KM if code.startswith("751") else KM if index.regions.get(code) == ILE_DE_FRANCE else ELSEWHERE_KM
    return {"near": code, "km": km or (asked.km if asked.km != KM else usual)}


def _is_name(text: str, index: PhraseIndex) -> bool:
    return any(search.is_name(names, text) for names in index.names)


def _distance(text: str) -> tuple[float | None, str]:
    """The kilometres of a question, and the question without them; None where it tells none that a radius may have."""
    found = _DISTANCE.search(text)
    km = float(found[1].replace(",", ".")) if found else 0.0
    if found is None or not NEAREST <= km <= FARTHEST:
        return None, text
    return km, f"{text[: found.start()]} {text[found.end() :]}"


def _find_actor(left: list[str], index: PhraseIndex) -> tuple[str, list[str]]:
    """The actor whose whole name stands among the words left over, and the others; "" where none does."""
    names = index.names[0]
    spans = [(start, end) for end in range(len(left), 0, -1) for start in range(end)]
    for start, end in spans:
        rows = names.names.get(fold(" ".join(left[start:end])), [])
        if len(rows) == 1:
            return str(names.ids[rows[0]]), [*left[:start], *left[end:]]
    return "", left


def interpret(asked: Filters, index: PhraseIndex) -> Interpretation:
    """What a question means. A place that the address has beside its words stands; those of the words are then words."""
    same = Interpretation(asked, asked)
    if not asked.q or asked.literal:
        return same
    km, text = _distance(asked.q)
    chosen = (asked.near, asked.area, asked.department, asked.epci, asked.commune, asked.region)
    named, left = _parse(_split(text), index, places=not any(chosen))
    if not (named or left) or (left and _is_name(asked.q, index)):
        return same
    actor, left = _find_actor(left, index) if km and not any(chosen) and not _pick(named, "near") else ("", left)
    changed = _read_kinds(named) | _read_roles(named, has_subject=bool(left)) | _read_places(named, asked, km, index)
    changed |= {"near": actor, "km": km} if actor else {}
    for field in ("kind", "role"):
        if field in changed:
            changed[field] = tuple(dict.fromkeys([*getattr(asked, field), *changed[field]]))
    asks = named or actor or any(word in POLITE for _, word in _split(text))
    return Interpretation(asked, replace(asked, q=" ".join(left), **changed)) if asks else same
