"""Communes by what an editor types: a name, a name with its department, a post code, an INSEE code; several where several are meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from biocarto import caches
from biocarto.caches import Cache
from biocarto.model import PARIS
from biocarto.names import fold
from biocarto.territory.territory import ARTICLES, Territory

MOST = 12
"""Communes that a name may leave to choose from."""

RENAMED: Mapping[str, str] = {
    "Évry": "91228",
    "Courcouronnes": "91228",
    "Le Chesnay": "78158",
    "Méréville": "91390",
    "Moret-sur-Loing": "77316",
    "Orvanne": "77316",
    "Beautheil": "77433",
    "Saints": "77433",
    "Chenoise": "77109",
    "Cucharmoy": "77109",
    "Jeufosse": "78320",
    "Port-Villez": "78320",
    "Gadancourt": "95040",
    "Gouzangrez": "95169",
}
"""Names in Île-de-France that communes had until they merged, which the list of codes does not hold -> the code of today."""

_HINT = re.compile(r"(.*?)\s*\(?\b(\d{2,3}|2[abAB])\)?\s*")
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_indexes = Cache(caches.EDITIONS)
Index = Mapping[str, tuple[str, ...]]


class NamedCommunes(NamedTuple):
    """Codes of the communes that are called so today, and of those that one of this name has joined or was."""

    current: tuple[str, ...]
    former: tuple[str, ...]


def find_communes(territory: Territory, typed: str, *, in_region: bool = False) -> tuple[str, ...]:
    """INSEE codes of what is meant: one where it is clear, several homonyms, the region first; none where nobody is called so.

    Of the areas of a post code all are named. Paris without its arrondissement is Paris. in_region: a commune of the region is meant,
    whatever others are called. A name of before a merger is that of today's commune as well.
    """
    text = typed.strip()
    if _CODE.fullmatch(text):
        return (text,) if text in territory.points.index else _order(territory, list_served(territory, text))
    if (found := territory.find(text)) is not None and (in_region or found in territory.arrondissements.index):
        return (found,)
    named = [*dict.fromkeys(code for codes in list_named(territory, text) for code in codes)]
    if in_region and len(here := [code for code in named if code in territory.communes.index]) == 1:
        return tuple(here)
    if named or (hint := _HINT.fullmatch(text)) is None:
        return _order(territory, tuple(named))
    departments = territory.points["department_code"]
    return tuple(code for code in list_named(territory, hint[1]).current if departments[code] == hint[2].upper())


def list_named(territory: Territory, name: str) -> NamedCommunes:
    """All communes of France that a name may mean, however it is typed; without its article where none is called so with it."""
    names, key = _index(territory), fold(name)
    found = NamedCommunes(names.current.get(key, ()), names.former.get(key, ()))
    return found if any(found) else NamedCommunes(names.bare.get(key, ()), ())


def list_names(territory: Territory, *, in_region: bool) -> Mapping[str, tuple[str, ...]]:
    """Folded name -> the codes of the communes of today that are called so, in the region or in all of France."""
    return _index(territory).here if in_region else _index(territory).current


def list_served(territory: Territory, postcode: str) -> tuple[str, ...]:
    """The communes and arrondissements of a post code, without the city that they are part of."""
    codes = _index(territory).served.get(postcode, ())
    return tuple(code for code in codes if code in territory.arrondissements.index) or codes


def is_in_region(territory: Territory, code: str) -> bool:
    """Whether an actor may lie there: a commune of the region, or an arrondissement of Paris."""
    return code in territory.communes.index or code in territory.arrondissements.index


def is_same_place(one: str, other: str) -> bool:
    """Whether two codes of communes are one place; Paris as a whole is each of its arrondissements."""
    if not one or not other:
        return False
    return one == other or {one[:3], other[:3]} == {"750", "751"}


def list_postcodes(territory: Territory, code: str) -> tuple[str, ...]:
    """The post codes of a commune or an arrondissement of today; those for CEDEX are in no list."""
    return _index(territory).postcodes.get(code, ())


def find_today(territory: Territory, code: str) -> str:
    """The commune of today that a code leads to (an arrondissement of Paris stays one); "" for a code that never was one."""
    return code if code in territory.points.index else _index(territory).today.get(code, "")


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


def _order(territory: Territory, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the region first."""
    return tuple(sorted(codes, key=lambda code: (code not in territory.communes.index, code)))[:MOST]


def _index(territory: Territory) -> _Named:
    """What is looked up in the layers, for all of France; made once for them."""
    return _indexes.get(id(territory), lambda: _Named(territory))


class _Named:
    """The names and codes of a territory; it holds the layers, so that no others can have their number."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        points, codes = territory.points["name"], territory.official_codes
        here = set(points.index)
        self.current = _gather((fold(name), code) for code, name in points.items())
        drawn = {*territory.communes.index}
        self.here: Index = {
            name: named for name, codes in self.current.items() if (named := tuple(code for code in codes if code in drawn))
        }
        self.bare = _gather((bare, code) for key, named in self.current.items() if (bare := ARTICLES.sub("", key)) != key for code in named)
        is_led = codes["commune_code"].map(here.__contains__).astype(bool)
        old = codes[(codes["type"] == "former") & (codes["name"] != "") & is_led]
        renamed = [(fold(name), code) for name, code in RENAMED.items() if code in here]
        self.former = _gather([*renamed, *((fold(name), code) for name, code in zip(old["name"], old["commune_code"], strict=True))])
        led = codes[is_led]
        self.today = {str(code): str(today) for code, today in led["commune_code"].items()}
        lists = led.loc[led.index.isin(here) & (led["postcodes"] != ""), "postcodes"]
        self.postcodes: Index = {str(code): tuple(cell.split(";")) for code, cell in lists.items()}
        self.served = _gather((postcode, code) for code, own in self.postcodes.items() for postcode in own)


def _gather(pairs: Iterable[tuple[str, object]]) -> Index:
    """Key -> every code that goes with it, once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, code in pairs:
        found[key][str(code)] = None
    return {key: tuple(codes) for key, codes in found.items()}
