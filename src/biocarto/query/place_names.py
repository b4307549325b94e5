"""The places that a question may name, and what each of them means: an area by its facet, or a centre of distances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from biocarto.model import DIVIDED, ILE_DE_FRANCE, PARIS
from biocarto.names import fold
from biocarto.query.search import stem
from biocarto.register.catalogue import Catalogue
from biocarto.territory.territory import Territory

TOWN = 20_000
"""Inhabitants from which a commune outside Île-de-France is known by its name alone; a smaller one where the register has a row there."""

SHORTEST = 4
"""Letters of a name that stands alone in a question, or that a longer one may be cut to."""

DISTRICT_KM = 3.0
"""Usual radius around an arrondissement of Paris, in kilometres."""

Phrase = tuple[str, ...]


class Place(NamedTuple):
    """`field` is `near` for a centre of distances, else a facet (department, epci, region); `code` its value."""

    field: str
    code: str


_LINKS = frozenset(fold("sur sous les le la lez en aux au de d du des l et pres saint sainte").split())
_ARTICLES = frozenset(fold("le la les l").split())
_KIND_OF_EPCI = re.compile(r"^(?:CA|CC|CU|EPT|T\d+)\s+(?:Communauté\s+)?(?:(?:de la|de l'|du|des|de|d')\s*)?|\s*\([A-Z]+\)$")


def as_words(name: str) -> Phrase:
    """A name of a place as it is compared: its folded words, articles and plurals included, since Tours is no tour and Lot is no lot."""
    return tuple(fold(name).split())


def cut_names(name: str) -> Iterator[str]:
    """The parts by which people call a commune of several names: Évry, Courcouronnes, Vitry, Kremlin, Issy; none for a saint."""
    words = _bare(as_words(name))
    if len(words) < 2 or words[0] in {"saint", "sainte"}:
        return
    linked = any(word in _LINKS for word in words)
    yield from (word for word in (words[:1] if linked else words) if len(word) >= SHORTEST)


def _bare(words: Phrase) -> Phrase:
    """Without the article in front."""
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _list_departments(territory: Territory) -> Iterator[tuple[str, Place]]:
    """Departments by name, and those of Île-de-France by number; arrondissements of Paris as people write them."""
    for code, row in territory.departments[["name", "region_code"]].iterrows():
        yield str(row["name"]), Place("department", str(code))
        if row["region_code"] == ILE_DE_FRANCE:
            yield str(code), Place("department", str(code))
    for code in map(str, territory.arrondissements.index):
        number, place = int(code[3:]), Place("near", code)
        ordinal = "1er" if number == 1 else f"{number}e"
        written = (
            f"paris {number}",
            f"paris {ordinal}",
            f"paris {ordinal} arrondissement",
            f"{ordinal} arrondissement",
            f"750{number:02d}",
        )
        yield from ((text, place) for text in written)


def _areas(territory: Territory) -> Iterator[tuple[str, Place]]:
    for code, name in territory.epci["name"].items():
        yield _KIND_OF_EPCI.sub("", str(name)), Place("epci", str(code))
    yield from ((str(name), Place("region", str(code))) for code, name in territory.regions["name"].items())


def _once(named: Iterable[tuple[Phrase, Place]]) -> dict[Phrase, Place]:
    """Those whose words name one place only."""
    listed = list(dict.fromkeys(named))
    count = Counter(phrase for phrase, _ in listed)
    return {phrase: place for phrase, place in listed if count[phrase] == 1}


def _communes(catalogue: Catalogue) -> dict[Phrase, Place]:
    """Communes of Île-de-France by their names, those with an actor by their short ones too, where one place has them."""
    here = frozenset(catalogue.actors["commune_code"])
    names = catalogue.territory.communes["name"]
    full = [(as_words(str(name)), Place("near", str(code))) for code, name in names.items() if code != PARIS]
    bare = [(_bare(words), place) for words, place in full]
    short = [((cut,), place) for words, place in full if place.code in here for cut in cut_names(" ".join(words))]
    return _once(short) | _once(bare) | _once(full)


def _towns(catalogue: Catalogue, listed: frozenset[str]) -> dict[Phrase, Place]:
    """Communes of the other regions: towns, and those `listed`; Lyon and Marseille, without a point, mean their department."""
    points = catalogue.territory.points
    known = points["population"].ge(TOWN).fillna(False).astype(bool) | points.index.isin(listed)
    towns = points.loc[known & points["region_code"].ne(ILE_DE_FRANCE), ["name", "department_code"]]
    return _once(
        (as_words(str(name)), Place("department", str(department)) if code in DIVIDED else Place("near", str(code)))
        for code, name, department in towns.itertuples(name=None)
    )


def list_places(catalogue: Catalogue, words: Iterable[str]) -> Mapping[Phrase, Place]:
    """Words -> the place that they name; the later of these wins: towns, communes, EPCI and regions, departments, arrondissements.

    `words` are those of activities and names, stemmed: a place of another region called Bio or Lot is not meant by them, unless the
    register has a row there. A name of fewer letters than SHORTEST means a place only beside other words of its name.
    """
    tables = (catalogue.actors, catalogue.national_sites, catalogue.clusters, catalogue.events)
    listed = frozenset(code for table in tables for code in table["commune_code"] if code)
    home = frozenset(catalogue.territory.communes.index)
    ours = frozenset(catalogue.territory.departments.query("region_code == @ILE_DE_FRANCE").index) | listed
    ours |= frozenset(code[:2] for code in DIVIDED)
    taken = frozenset(words)
    named = _towns(catalogue, listed) | _communes(catalogue)
    named |= {as_words(name): place for name, place in (*_areas(catalogue.territory), *_list_departments(catalogue.territory))}

    def is_meant(phrase: Phrase, place: Place) -> bool:
        return (
            len(phrase) > 1 or place.code in ours or (len(phrase[0]) >= SHORTEST and (place.code in home or stem(phrase[0]) not in taken))
        )

    return {phrase: place for phrase, place in named.items() if phrase and is_meant(phrase, place)}
