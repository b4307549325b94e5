"""The parameters of a question for features, each understood or refused in words: what was given, what is accepted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TypeVar

import numpy as np

from biocarto.errors import AppError, quote_value
from biocarto.export.collections.collection import CellType, Collection, read_days
from biocarto.export.collections.shapes import Box
from biocarto.export.collections.source import Cell, Condition, FeatureQuery, MomentRange, SortKey
from biocarto.query.cql2 import FILTER_LANGUAGES
from biocarto.territory.systems import CRS84, SYSTEMS, CoordinateSystem, find_system

T = TypeVar("T")
Params = Mapping[str, Sequence[str]]

GENERAL = ("f", "lang", "edition")
"""What every address takes."""
FEATURE = (*GENERAL, "crs")
FEATURES = (
    *GENERAL,
    *("limit", "offset", "bbox", "bbox-crs", "crs", "datetime", "sortby", "filter", "filter-lang", "filter-crs"),
)
"""What the features of every collection take, beside its own columns."""
LIMIT, GREATEST = 1_000, 10_000
"""Features of a page where nobody says how many, and at most: a program that does not follow `next` has all of most collections."""
LARGEST = 10**15 - 1
"""Of the numbers that a column may be asked for, whatever their sign."""
MOST_KEYS = 8
"""Columns to sort by, at most."""
_CLOCK = re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9][Tt ][0-9][0-9]:[0-9][0-9]:[0-9][0-9](\.[0-9]{1,9})?([Zz]|[+-][0-9][0-9]:[0-9][0-9])")
"""A moment of RFC 3339."""
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?")


class BadParameterError(AppError):
    """A parameter of the address whose name or value is not accepted."""


def build_error(name: str, value: object, fr: str, en: str) -> BadParameterError:
    """`fr` and `en` say what is accepted."""
    found = quote_value(value)
    return BadParameterError(
        f"Le paramètre {name} vaut « {found} ». Accepté : {fr}. Rien n'a été modifié.",
        f"The parameter {name} is “{found}”. Accepted: {en}. Nothing was changed.",
    )


def require_known(params: Params, known: Iterable[str]) -> None:
    """Raise BadParameterError for a name that means nothing here, and for one that is given twice where one value is meant."""
    names = list(known)
    for name in params:
        if name not in names:
            near = get_close_matches(name[:60], names, 3, 0.6) or names[: len(FEATURES)]
            raise BadParameterError(
                f"Le paramètre « {quote_value(name)} » n'existe pas à cette adresse. Connus, entre autres : {', '.join(near)}. "
                "Rien n'a été modifié.",
                f"There is no parameter “{quote_value(name)}” at this address. Known, among others: {', '.join(near)}. "
                "Nothing was changed.",
            )
        if name in FEATURES and len(params[name]) > 1:
            raise build_error(name, ", ".join(params[name]), "une seule valeur", "one value")


def read_value(params: Params, name: str, read: Callable[[str], T], default: T) -> T:
    """The one value of a parameter, or `default` where it is not given."""
    given = params.get(name)
    return read(given[0]) if given else default


FARTHEST = 10**9
"""An offset above it is past the end of every collection, and a database has numbers as great."""


def read_limit(text: str) -> int:
    """How many features a page has; above the greatest, the greatest (`/req/core/fc-limit-response-1`)."""
    if not re.fullmatch(r"\+?[0-9]{1,40}", text) or int(text) < 1:
        raise build_error("limit", text, "un nombre entier à partir de 1, en chiffres", "a whole number from 1, in digits")
    return min(int(text), GREATEST)


def read_offset(text: str) -> int:
    """How many features come before the page; past the end the page is empty."""
    if not re.fullmatch(r"\+?[0-9]{1,40}", text):
        raise build_error("offset", text, "un nombre entier à partir de 0, en chiffres", "a whole number from 0, in digits")
    return min(int(text), FARTHEST)


def read_system(name: str) -> Callable[[str], CoordinateSystem]:
    """What reads the parameter `name` as a system of coordinates."""

    def read(text: str) -> CoordinateSystem:
        system = find_system(text)
        if system is None:
            known = " ".join(found.uri for found in SYSTEMS)
            raise build_error(name, text, known, known)
        return system

    return read


def read_boxes(text: str, system: CoordinateSystem) -> tuple[Box, ...]:
    """Four numbers, or six whose heights mean nothing here, in the order of the system's axes; over the antimeridian, two boxes."""
    parts = text.split(",")
    if len(parts) not in {4, 6} or not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise _refuse_box(text)
    numbers = [float(part) for part in parts]
    if not all(map(math.isfinite, numbers)):
        raise _refuse_box(text)
    half = len(numbers) // 2
    west, south, east, north = (*numbers[:2], *numbers[half : half + 2])
    if system.latitude_first:
        south, west, north, east = west, south, east, north
    if south > north or (west > east and not system.is_geographic):
        raise _refuse_box(text)
    return (Box(west, south, east, north),) if west <= east else (Box(west, south, 180.0, north), Box(-180.0, south, east, north))


def _refuse_box(text: str) -> BadParameterError:
    return build_error(
        "bbox",
        text,
        "quatre nombres séparés par des virgules (six avec des hauteurs) : le coin sud-ouest puis le coin nord-est, dans l'ordre des axes "
        "de bbox-crs, comme 2.2,48.8,2.5,48.9",
        "four numbers with commas (six with heights): the south-west corner, then the north-east one, in the order of the axes of "
        "bbox-crs, like 2.2,48.8,2.5,48.9",
    )


def read_interval(text: str) -> MomentRange:
    """A moment, or two with `/` between them, where `..` or nothing is without end (RFC 3339; a year and a month are intervals too)."""
    parts = text.split("/")
    if len(parts) > 2 or not text.strip("./"):
        raise _refuse_interval(text)
    pairs = [(None, None) if part in {"", ".."} else _read_moment(part, text) for part in parts]
    start, end = pairs[0][0], pairs[-1][1]
    if start is not None and end is not None and start > end:
        raise _refuse_interval(text)
    return MomentRange(start, end)


def _read_moment(part: str, text: str) -> tuple[np.datetime64, np.datetime64]:
    """The first and the last second of a moment."""
    if days := read_days(part):
        return days
    if not _CLOCK.fullmatch(part):
        raise _refuse_interval(text)
    try:
        told = datetime.fromisoformat(part.upper().replace(" ", "T")).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _refuse_interval(text) from None
    moment: np.datetime64 = np.datetime64(told, "s")
    return moment, moment


def _refuse_interval(text: str) -> BadParameterError:
    return build_error(
        "datetime",
        text,
        "un moment (2024, 2024-09, 2024-09-10 ou 2024-09-10T12:00:00Z), ou deux dans l'ordre, comme 2015/2020, 2015/.. ou ../2020",
        "a moment (2024, 2024-09, 2024-09-10 or 2024-09-10T12:00:00Z), or two in order, like 2015/2020, 2015/.. or ../2020",
    )


def list_sortable(collection: Collection) -> list[str]:
    """Columns that have an order: all but lists."""
    return [name for name, kind in collection.types.items() if kind is not CellType.LIST]


def read_order(text: str, collection: Collection) -> tuple[SortKey, ...]:
    """Columns with commas between them, `-` before one for descending; `+` may stand before the others, and arrives as a space."""
    parts = [part.strip() for part in text.split(",")]
    keys = [SortKey(part[1:] if part[:1] in {"+", "-"} else part, part.startswith("-")) for part in parts]
    sortable = list_sortable(collection)
    if len(keys) > MOST_KEYS or any(key.name not in sortable for key in keys):
        listed = ", ".join(sortable)
        raise build_error(
            "sortby",
            text,
            f"{MOST_KEYS} colonnes au plus, séparées par des virgules, « - » devant pour l'ordre inverse : {listed}",
            f"{MOST_KEYS} columns at most, with commas between them, “-” before one for descending order: {listed}",
        )
    return tuple(keys)


def read_equal(params: Params, collection: Collection) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """The columns that must have one of some values."""
    return tuple(
        (name, tuple(_read_cell(name, text, collection.types[name]) for text in params[name]))
        for name in params
        if name in collection.types
    )


def _read_cell(name: str, text: str, kind: CellType) -> Cell:
    if kind in {CellType.TEXT, CellType.LIST}:
        return text
    if kind is CellType.BOOLEAN:
        if text not in {"true", "false"}:
            raise build_error(name, text, "true ou false", "true or false")
        return text == "true"
    if kind is CellType.INTEGER and _INTEGER.fullmatch(text):
        return int(text)
    if kind is CellType.NUMBER and _NUMBER.fullmatch(text) and abs(float(text)) <= LARGEST:
        return float(text)
    fr, en = ("un nombre entier", "a whole number") if kind is CellType.INTEGER else ("un nombre", "a number")
    raise build_error(name, text, f"{fr} de -{LARGEST} à {LARGEST}", f"{en} from -{LARGEST} to {LARGEST}")


Compile = Callable[[str, str, CoordinateSystem, Collection], Condition]


@dataclass(frozen=True)
class FeatureParameters:
    """Reads a question for the features of a collection; `compile_filter` understands a filter and raises AppError."""

    collection: Collection
    compile_filter: Compile
    limit: int = LIMIT

    def list_names(self) -> tuple[str, ...]:
        """Every parameter that these features take."""
        return (*FEATURES, *self.collection.choices, *self.collection.types)

    def read(self, params: Params) -> FeatureQuery:
        """The question; raises BadParameterError, and what `compile_filter` raises."""
        require_known(params, self.list_names())
        system = read_value(params, "bbox-crs", read_system("bbox-crs"), CRS84)
        return FeatureQuery(
            limit=read_value(params, "limit", read_limit, self.limit),
            offset=read_value(params, "offset", read_offset, 0),
            system=read_value(params, "crs", read_system("crs"), CRS84),
            boxes=read_value(params, "bbox", lambda text: read_boxes(text, system), ()),
            box_system=system,
            interval=read_value(params, "datetime", read_interval, None),
            equal=read_equal(params, self.collection),
            condition=self._read_condition(params),
            order=read_value(params, "sortby", lambda text: read_order(text, self.collection), ()),
        )

    def _read_condition(self, params: Params) -> Condition | None:
        lang = read_value(params, "filter-lang", _read_filter_language, FILTER_LANGUAGES[0])
        system = read_value(params, "filter-crs", read_system("filter-crs"), CRS84)
        return read_value(params, "filter", lambda text: self.compile_filter(text, lang, system, self.collection), None)


def _read_filter_language(text: str) -> str:
    if text not in FILTER_LANGUAGES:
        raise build_error("filter-lang", text, " ou ".join(FILTER_LANGUAGES), " or ".join(FILTER_LANGUAGES))
    return text
