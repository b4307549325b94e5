"""Communes by what an editor types: a name, a name with its department, a post code, an INSEE code; several where several are meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from biocarto import caches
from biocarto.caches import Cache
from biocarto.model import PARIS
from biocarto.names import fold
from biocarto.territory.territory import Territory

MOST = 12
"""Communes that a name may leave to choose from."""

_HINT = re.compile(r"(.*?)\s*\(?\b(\d{2,3}|2[abAB])\)?\s*")
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_indexes = Cache(caches.EDITIONS)
Index = Mapping[str, tuple[str, ...]]


def find_communes(territory: Territory, typed: str, *, in_region: bool = False) -> tuple[str, ...]:
    """INSEE codes of what is meant: one where it is clear, several homonyms, the region first; none where nobody is called so.

    Of the areas of a post code all are named. Paris without its arrondissement is Paris. in_region: a commune of the region is meant,
    whatever others are called.
    """
    text = typed.strip()
    if _CODE.fullmatch(text):
        return (text,) if text in territory.points.index else _find_served(territory, text)
    if (found := territory.find(text)) is not None and (in_region or found in territory.arrondissements.index):
        return (found,)
    index = _index(territory)
    if (named := index.get(fold(text), ())) or (hint := _HINT.fullmatch(text)) is None:
        return _order(territory, named)
    departments = territory.points["department_code"]
    return tuple(code for code in index.get(fold(hint[1]), ()) if departments[code] == hint[2].upper())


def name_commune(territory: Territory, code: str) -> str:
    """The official name of a commune of today; "" for a code that is none."""
    return str(territory.points["name"].get(code, ""))


def write_commune(territory: Territory, code: str) -> str:
    """What the column beside a code says: its name, Paris for an arrondissement of it."""
    return name_commune(territory, PARIS if code in territory.arrondissements.index else code)


def label_commune(territory: Territory, code: str) -> str:
    """A name that is told from its homonyms: `Marolles-en-Brie (94)`; the code itself where it is none of today's."""
    name = name_commune(territory, code)
    return f"{name} ({territory.find_parents(code).department})" if name else code


def _find_served(territory: Territory, postcode: str) -> tuple[str, ...]:
    """The communes and arrondissements of a post code, without the city that they are part of."""
    cells = territory.official_codes["postcodes"]
    known = territory.points.index
    codes = [str(code) for code, cell in zip(cells.index, cells, strict=True) if postcode in cell.split(";") and code in known]
    parts = [code for code in codes if code in territory.arrondissements.index]
    return _order(territory, tuple(parts or codes))


def _order(territory: Territory, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the region first."""
    return tuple(sorted(codes, key=lambda code: (code not in territory.communes.index, code)))[:MOST]


def _index(territory: Territory) -> Index:
    """Folded name -> codes, for all of France; made once for the layers."""
    return _indexes.get(id(territory), lambda: _Named(territory)).names


class _Named:
    """The names of a territory; it holds the layers, so that no others can have their number."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        names: dict[str, list[str]] = defaultdict(list)
        for code, name in territory.points["name"].items():
            names[fold(name)].append(str(code))
        self.names: Index = {name: tuple(codes) for name, codes in names.items()}
