"""One frozen Filters value, and the address that says the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd

from biocarto.model import Ownership, Presence
from biocarto.query import memberships, proximity, site_roles
from biocarto.query.site_roles import SiteRole
from biocarto.register import columns, lifetimes
from biocarto.register.catalogue import Catalogue
from biocarto.territory.territory import project_points

COUNTED = Presence.PRESENT.value
"""What the headline counts and pages show before anything is chosen; the others are shown apart, on demand."""

EVERY_STATUS = tuple(sorted(presence.value for presence in Presence))
"""What `status` may be, in the order in which addresses name all of them."""

FORMER_STATUSES = {
    "active": ("status", Presence.PRESENT.value),
    "closed": ("status", Presence.FORMER.value),
    "historic": ("status", Presence.DATED.value),
    "acquired": ("ownership", Ownership.PART_OF.value),
}
"""Values of `status` in addresses printed before site and owner were told apart -> facet and value of today."""

LONGEST_TEXT = 200
"""Characters of a search that are read."""

KM, NEAREST, FARTHEST = 10.0, 1.0, 200.0
"""Radius around `near`, in kilometres: the usual one, the smallest, the largest."""

UNKNOWN = "unknown"
OLD, RECENT = "-2014", 2015
"""Value of `source_year` for every page before 2015, and the first year that stands alone."""
PERIODS = {"-1989": 1989, "1990s": 1999, "2000s": 2009, "2010-2014": 2014, "2015-2019": 2019, "2020-": 9999}
"""Key of a founding period -> its last year; an actor whose year is not known is `unknown`."""


@dataclass(frozen=True)
class Filters:
    """What a reader asked for: AND between fields, OR within one; a field's name is its name in the address.

    `q` is search text; `near` an actor id, an INSEE code or `lat,lon`, and `km` the radius around it; `area` a drawn polygon,
    `lat,lon;lat,lon;...`. The tuples are facets. `first` is a role that ranks before the others; with `literal` = "1" the words of `q`
    are looked for as they are, and no place or role is read from them (`query.interpretation`). `etat` is a year: what was there on its
    last day, whatever it is today (`register.lifetimes`).
    """

    kind: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    epci: tuple[str, ...] = ()
    commune: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    founded: tuple[str, ...] = ()
    source_year: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    ownership: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    q: str = ""
    near: str = ""
    km: float = KM
    area: str = ""
    first: str = ""
    literal: str = ""
    etat: str = ""

    def to_params(self) -> dict[str, list[str]]:
        """The address, repeated for several values; empty fields and the usual radius leave no trace."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return {name: list(value) if isinstance(value, tuple) else [_format_value(value)] for name, value in values.items()}

    def is_typed(self) -> bool:
        """Whether words, a place, a radius or an area ask for it: without end, where facets are values of a list."""
        return bool(self.q or self.near or self.area) or self.km != KM

    def list_active_facets(self) -> tuple[str, ...]:
        """The facets that hold something back."""
        return tuple(name for name in FACETS if getattr(self, name))

    def without(self, name: str, value: str) -> Filters:
        """The same filters less one value; a search, place, radius or polygon goes as a whole."""
        rest: Any = tuple(v for v in getattr(self, name) if v != value) if name in FACETS else getattr(Filters(), name)
        changed: dict[str, Any] = {name: rest}
        return replace(self, **changed)


def keep_facets(filters: Filters) -> Filters:
    """What is chosen from lists, without words, place and area."""
    return Filters(**{name: getattr(filters, name) for name in FACETS})


def with_every_status(filters: Filters) -> Filters:
    """The same question, whatever is known of a site's presence."""
    return replace(filters, status=EVERY_STATUS)


def shows_apart(filters: Filters) -> bool:
    """Whether sites that are not counted may appear: their status, a year of the past, or the pages before 2015 that they rest on."""
    return bool(filters.status or filters.etat) or OLD in filters.source_year


def _format_value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"


COLUMNS = {
    "kind": "kind",
    "category": "category",
    "modality": "modalities",
    "department": columns.DEPARTMENT_CODE,
    "epci": columns.INTERCOMMUNALITY_CODE,
    "commune": columns.COMMUNE_OFFICIAL,
    "site": "site_id",
    "status": columns.PRESENCE,
    "founded": columns.FOUNDED_PERIOD,
    "source_year": columns.SOURCE_YEAR,
    "precision": "precision",
    "network": columns.NETWORKS,
    "ownership": "ownership",
    "role": columns.ROLES,
    "region": columns.REGION_CODE,
}
"""Facet -> column of the prepared actors."""

LISTS = frozenset({"modality", "network", "role"})
"""Facets whose cells hold several values, as a tuple."""

FACETS: tuple[str, ...] = tuple(COLUMNS)
NAMES: tuple[str, ...] = tuple(f.name for f in fields(Filters))
"""Every name that filters have in the address."""

YEAR = "etat"
"""The year whose end is shown, in addresses; today where there is none."""

FIELDS: tuple[str, ...] = ("kind", "category", "modality", "department", "epci", "commune", "site", "status")
"""The facets of a page with a map and no search: their columns are in the joined actors."""


COVERAGE_FACETS = ("kind", "category", "modality", "status")
"""The facets of the coverage; where the actors are is what it measures, so that places are no filters there."""


@dataclass(frozen=True)
class DroppedValue:
    """A value of the address that means nothing (any more)."""

    name: str
    value: str


def with_filter_columns(catalogue: Catalogue) -> pd.DataFrame:
    """The joined actors and what filters need of each, with the columns of `columns.PREPARED` too."""
    actors = catalogue.actors
    years = actors["founded"].to_numpy(dtype=float, na_value=np.nan)
    periods = pd.cut(years, [-np.inf, *PERIODS.values()], labels=list(PERIODS))
    x, y = project_points(actors["latitude"], actors["longitude"])
    found = actors.assign(
        founded_period=pd.Series(periods.astype(object), index=actors.index).fillna(UNKNOWN).astype(str),
        source_year=actors["status_year"].astype("string").where(actors["status_year"].ge(RECENT), OLD).fillna(UNKNOWN).astype(str),
        networks=memberships.group_by_actor(catalogue),
        roles=site_roles.list_roles(actors),
        x=x,
        y=y,
    )
    return columns.check(found, columns.PREPARED)


def list_options(actors: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The values that occur in the register, per facet whose column is there, sorted."""
    found = {name: actors[column].explode().dropna() for name, column in COLUMNS.items() if column in actors}
    return {name: tuple(sorted(set(values) - {""})) for name, values in found.items()}


def list_accepted_values(actors: pd.DataFrame, catalogue: Catalogue) -> dict[str, Collection[str]]:
    """What `read` accepts for prepared actors: the options, every status, region, department, EPCI, year, and place for `near`."""
    territory = catalogue.territory
    layers = {"region": territory.regions, "department": territory.departments, "epci": territory.epci}
    areas = {name: frozenset(map(str, layer.index)) for name, layer in layers.items()}
    years = lifetimes.list_years(catalogue.edition)
    return {**list_options(actors), **areas, "status": EVERY_STATUS, "near": proximity.list_origins(catalogue), YEAR: years}


def _text(given: str) -> str:
    """A search on one line, without control characters, halves of characters and invisible marks, cut at LONGEST_TEXT."""
    readable = "".join(c if unicodedata.category(c)[0] != "C" or c.isspace() else "" for c in given[: 10 * LONGEST_TEXT])
    return " ".join(readable.split())[:LONGEST_TEXT].strip()


def _km(given: str) -> float | None:
    if not re.fullmatch(r"\s*[0-9]{1,3}([.,][0-9]{1,9})?\s*", given):
        return None
    value = round(float(given.replace(",", ".")), 2)
    return value if NEAREST <= value <= FARTHEST else None


def _near(given: str, places: Collection[str]) -> str | None:
    found = proximity.parse_point(given)
    return proximity.format_points([found]) if found else given if given in places else None


def _area(given: str) -> str | None:
    corners = proximity.parse_vertices(given)
    return proximity.format_points(corners) if corners else None


def _parse_scalars(params: Mapping[str, Iterable[str]], known: Mapping[str, Collection[str]]) -> tuple[dict[str, Any], list[DroppedValue]]:
    """Fields of one value: the last one that means something."""
    understood: dict[str, Callable[[str], str | float | None]] = {
        "q": _text,
        "near": lambda given: _near(given, known.get("near", ())),
        "km": _km,
        "area": _area,
        "first": lambda given: given if given in set(SiteRole) else None,
        "literal": lambda given: given if given == "1" else None,
        YEAR: lambda given: given if given in known.get(YEAR, ()) else None,
    }
    kept: dict[str, Any] = {}
    dropped = []
    for name, meaning in understood.items():
        for given in filter(str.strip, params.get(name, ())):
            value = meaning(given)
            if value is None:
                dropped.append(DroppedValue(name, given[:60]))
            else:
                kept[name] = value
    return kept, dropped


def _translate_params(params: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The same address in the words of today: those of former statuses stand in printed codes and bookmarks."""
    found = {name: list(values) for name, values in params.items()}
    given = found.pop("status", [])
    for value in given:
        name, today = FORMER_STATUSES.get(value, ("status", value))
        found.setdefault(name, []).append(today)
    return found


def read(params: Mapping[str, Iterable[str]], known: Mapping[str, Collection[str]]) -> tuple[Filters, list[DroppedValue]]:
    """Filters from an address; what is unknown is dropped and named (at most 20, each cut at 60 characters)."""
    alone, unread = _parse_scalars(params, known)
    params = _translate_params(params)
    kept: dict[str, Any] = {}
    dropped: list[DroppedValue] = []
    for name in FACETS:
        given, codes = list(dict.fromkeys(params.get(name, ()))), known.get(name, ())
        kept[name] = tuple(value for value in given if value in codes)
        dropped += [DroppedValue(name, value[:60]) for value in given if value not in codes]
    return Filters(**kept, **alone), (dropped + unread)[:20]
