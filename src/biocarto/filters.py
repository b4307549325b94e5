"""One frozen Filters value, and the address that says the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

import pandas as pd

from biocarto.model import Status

NEVER_BY_DEFAULT = frozenset({Status.HISTORIC.value})
"""Statuses shown on demand only: known from a page before 2015, never in the headline counts."""


@dataclass(frozen=True)
class Filters:
    """What a reader asked for: AND between fields, OR within one; a field's name is its name in the address."""

    kind: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    epci: tuple[str, ...] = ()
    commune: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    status: tuple[str, ...] = ()

    def to_params(self) -> dict[str, list[str]]:
        """The address, repeated for several values; empty fields leave no trace."""
        return {f.name: list(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name)}

    def without(self, name: str, value: str) -> Filters:
        """The same filters less one value."""
        return replace(self, **{name: tuple(v for v in getattr(self, name) if v != value)})


FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Filters))

COLUMNS = {
    "kind": "kind",
    "category": "category",
    "modality": "modalities",
    "department": "department_code",
    "epci": "intercommunality_code",
    "commune": "commune_official",
    "site": "site_id",
    "status": "status",
}
"""Field of Filters -> column of the joined actors."""


@dataclass(frozen=True)
class Dropped:
    """A value of the address that means nothing (any more)."""

    name: str
    value: str


def options(actors: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The values that occur in the register, per field, sorted."""
    found = {name: actors[column].explode().dropna() for name, column in COLUMNS.items()}
    return {name: tuple(sorted(set(values) - {""})) for name, values in found.items()}


def read(params: Mapping[str, Iterable[str]], known: Mapping[str, tuple[str, ...]]) -> tuple[Filters, list[Dropped]]:
    """Filters from an address; what is unknown is dropped and named (at most 20, each cut at 60 characters)."""
    kept: dict[str, tuple[str, ...]] = {}
    dropped: list[Dropped] = []
    for name in FIELDS:
        given = list(dict.fromkeys(params.get(name, ())))
        kept[name] = tuple(value for value in given if value in known[name])
        dropped += [Dropped(name, value[:60]) for value in given if value not in known[name]]
    return Filters(**kept), dropped[:20]


def _matches(column: pd.Series, wanted: tuple[str, ...]) -> pd.Series:
    if column.map(lambda value: isinstance(value, tuple)).all():
        return column.map(lambda values: not set(wanted).isdisjoint(values))
    return column.isin(wanted)


def apply(filters: Filters, actors: pd.DataFrame) -> pd.DataFrame:
    """The rows that a reader asked for; historic rows only when their status is asked for."""
    keep = pd.Series(True, index=actors.index)
    for name, column in COLUMNS.items():
        wanted = getattr(filters, name)
        if wanted:
            keep &= _matches(actors[column], wanted)
    if not filters.status:
        keep &= ~actors["status"].isin(NEVER_BY_DEFAULT)
    return actors[keep]
