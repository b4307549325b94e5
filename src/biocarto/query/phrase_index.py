"""What a search says in the words of the facets: "centres de recherche Paris" is a kind and a department.

A search looks for words wherever they stand; a phrase that names a value of a facet can mean that value exactly. Both are offered:
the search answers at once, and the reading of its phrases is one tap away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from biocarto.i18n import LANGUAGES, Locale
from biocarto.model import CATEGORY_LABELS, KIND_LABELS, MODALITY_LABELS, Category, Kind, Modality
from biocarto.names import fold
from biocarto.query.filters import FACETS, Filters
from biocarto.query.search import ALSO, SILENT, stem
from biocarto.register.catalogue import Catalogue

LONGEST = 7
"""Words of the longest phrase that is looked for."""

SYNONYMS: Mapping[tuple[str, str], str] = {
    ("kind", Kind.COMPANY): "entreprise; société; start-up; company; firm",
    ("kind", Kind.RESEARCH_CENTRE): "centre de recherche; laboratoire; laboratoire académique; research centre; laboratory; lab",
    ("kind", Kind.INCUBATOR): "incubateur; pépinière; hôtel d'entreprises; incubator; business hotel",
    ("kind", Kind.INTEGRATOR): "intégrateur; integrator",
    ("category", Category.BIOTHERAPIES): "biothérapie; biotherapy",
    ("category", Category.BIOPRODUCTION): "bioproduction; biomanufacturing; production de biomédicaments",
    ("category", Category.TECHPROVIDERS): "fournisseur de technologies; fournisseur; prestataire; techprovider; tech provider; CRO",
    ("modality", Modality.RNA): "ARNm; mRNA; ARN messager; messenger RNA",
    ("modality", Modality.PHAGE): "phage",
}
"""What people say for a value beside its labels; a list parted by semicolons, in French and English."""

Phrase = tuple[str, ...]


def fold_phrase(text: str) -> Phrase:
    """A phrase as it is compared: folded, without plural and silent words."""
    return tuple(stem(word) for word in fold(text).split() if word not in SILENT)


def _list_labels() -> Iterator[tuple[str, str, str]]:
    """Facet, value, label in every language."""
    for facet, labels in (("kind", KIND_LABELS), ("category", CATEGORY_LABELS), ("modality", MODALITY_LABELS)):
        for value, label in labels.items():
            yield from ((facet, str(value), Locale(lang)(label)) for lang in LANGUAGES if value != Modality.OTHER)
    yield from ((facet, str(value), text) for (facet, value), texts in SYNONYMS.items() for text in texts.split(";"))


def _places(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Facet, code, name of the communes (those whose name is theirs alone), campuses, networks and departments."""
    territory = catalogue.territory
    communes = territory.communes["name"]
    yield from (("commune", str(code), str(name)) for code, name in communes.items() if territory.find(str(name)) == code)
    for facet, frame in (("site", catalogue.sites), ("network", catalogue.networks), ("department", territory.departments)):
        yield from ((facet, str(code), str(name)) for code, name in frame["name"].items())


@dataclass(frozen=True, eq=False)
class FacetPhrases:
    """Made once per process: a phrase -> the facet and the value that it names."""

    values: Mapping[Phrase, tuple[str, str]]


def build(catalogue: Catalogue, options: Mapping[str, Iterable[str]]) -> FacetPhrases:
    """The phrases of every value that the register has (`options`: facet -> values); a department wins over a commune of its name.

    A commune without an actor is a place to be near.
    """
    here = {facet: frozenset(values) for facet, values in options.items()}
    places = [(facet if code in here.get(facet, ()) else "near", code, name) for facet, code, name in _places(catalogue)]
    everywhere = frozenset(catalogue.territory.communes.index)
    said: dict[Phrase, tuple[str, str]] = {
        fold_phrase(name): (facet, code) for facet, code, name in places if facet != "near" or code in everywhere
    }
    said |= {fold_phrase(name): (facet, value) for facet, value, name in _list_labels() if value in here.get(facet, ())}
    also: dict[Phrase, tuple[str, str]] = {
        (stem(other),): said[word,] for word, others in ALSO.items() if (word,) in said for other in others.split()
    }
    return FacetPhrases({phrase: value for phrase, value in {**also, **said}.items() if phrase})


def _split_phrases(words: list[str], phrases: FacetPhrases) -> tuple[list[tuple[str, str]], list[str]]:
    """The values named, the longest phrase first from left to right, and the words left over."""
    named, left, start = [], [], 0
    while start < len(words):
        ends = range(min(len(words), start + LONGEST), start, -1)
        end = next((end for end in ends if fold_phrase(" ".join(words[start:end])) in phrases.values), 0)
        if end:
            named.append(phrases.values[fold_phrase(" ".join(words[start:end]))])
        elif words[start] not in SILENT:
            left.append(words[start])
        start = end or start + 1
    return named, left


def interpret_exactly(asked: Filters, phrases: FacetPhrases) -> Filters | None:
    """The same question with its phrases as values of facets and only the other words as a search; None where none is named."""
    named, left = _split_phrases(fold(asked.q).split(), phrases)
    if not named:
        return None
    facets = {facet for facet, _ in named if facet in FACETS}
    changed: dict[str, Any] = {facet: tuple(dict.fromkeys([*getattr(asked, facet), *_values_of(named, facet)])) for facet in facets}
    near = _values_of(named, "near")
    return replace(asked, **changed, q=" ".join(left), near=near[-1] if near else asked.near)


def _values_of(named: list[tuple[str, str]], facet: str) -> list[str]:
    return [value for name, value in named if name == facet]


def as_radius(read: Filters) -> Filters | None:
    """The same reading around the one commune that it names, at the usual radius; None for no commune or several."""
    return replace(read, commune=(), near=read.commune[0]) if len(read.commune) == 1 and not read.near else None
