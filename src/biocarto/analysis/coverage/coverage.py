"""How well each territory of Île-de-France is served: counts, rates and specialisation, with their formulas.

Actors are those that filters have left; sites are counted by row, so that the territories of a level add up to the region.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from biocarto.analysis.coverage.territories import CODE_COLUMNS, SMALL, count_per_territory, select_layer
from biocarto.model import N_, NP_, Category, Kind, Level, Modality
from biocarto.territory.territory import Territory


class Indicator(StrEnum):
    """What is measured of a territory."""

    COUNT = "count"
    COMPANIES = "companies"
    RATE = "rate"
    DENSITY = "density"
    SHARE = "share"
    QUOTIENT = "quotient"


TOTALS = (Indicator.COUNT, Indicator.COMPANIES, Indicator.RATE, Indicator.DENSITY)
"""Columns of `Coverage.table`: all actors together."""

GROUPED = (Indicator.COUNT, Indicator.RATE, Indicator.DENSITY, Indicator.SHARE, Indicator.QUOTIENT)
"""What `measure_by_group` measures."""


@dataclass(frozen=True)
class Meaning:
    """How an indicator is read: its name, how it comes about, its unit and the decimals worth showing."""

    label: str
    formula: str
    unit: str
    digits: int
    counts: tuple[str, str] | None = None


MEANINGS = {
    Indicator.COUNT: Meaning(
        N_("Nombre de sites"),
        N_("lignes du répertoire dans le territoire ; un site d'une organisation est une ligne"),
        N_("sites"),
        0,
        NP_("site", "sites"),
    ),
    Indicator.COMPANIES: Meaning(
        N_("Entreprises"),
        N_("organisations distinctes ; une entreprise de deux territoires compte dans chacun, leur somme peut dépasser le total"),
        N_("entreprises"),
        0,
        NP_("entreprise", "entreprises"),
    ),
    Indicator.RATE: Meaning(
        N_("Sites pour 100 000 habitants"), N_("sites × 100 000 ÷ population municipale"), N_("sites pour 100 000 habitants"), 2
    ),
    Indicator.DENSITY: Meaning(N_("Sites pour 100 km²"), N_("sites × 100 ÷ superficie en km²"), N_("sites pour 100 km²"), 2),
    Indicator.SHARE: Meaning(N_("Part du groupe"), N_("100 × sites du groupe ÷ sites dont le groupe est connu"), N_("%"), 1),
    Indicator.QUOTIENT: Meaning(
        N_("Indice de spécialisation"),
        N_("part du groupe dans le territoire ÷ sa part en Île-de-France ; 1 : comme la région"),
        N_("sans unité"),
        2,
    ),
}

FRAGILE_NOTE = N_("Fragile : chiffre qui repose sur moins de {n} sites ; un site de plus ou de moins le change beaucoup.")
"""Under a table, which says it in a column."""

SMALL_NUMBERS = N_("Hachuré : chiffre qui repose sur moins de {n} sites ; un site de plus ou de moins le change beaucoup.")

ON_FEW = (Indicator.RATE, Indicator.DENSITY)
"""What a few sites more or less change a lot."""

GROUPS: Mapping[str, tuple[str, ...]] = {"kind": tuple(Kind), "category": tuple(Category), "modality": tuple(Modality)}
"""Facet -> its values, in the order of the model."""

BASES = {
    "kind": N_("parts sur tous les sites"),
    "category": N_("parts sur les sites d'entreprises"),
    "modality": N_("parts sur les sites dont une modalité est connue ; un site de plusieurs modalités compte dans chacune"),
}
"""Facet -> what its shares are shares of."""

_COLUMNS = {"kind": "kind", "category": "category", "modality": "modalities"}


@dataclass(frozen=True, eq=False)
class Coverage:
    """Measures of every territory of a level (index of all frames: code).

    table: name, population, area_km2, then `TOTALS` (count and companies whole numbers, rate per 100,000 inhabitants, density
    per 100 km²; missing without population or area) and small (a rate on one to four sites).
    counts: facet -> sites per value (columns: `GROUPS`); known: facet -> sites with a value.
    unplaced: actors whose code is in no territory of the level, counted nowhere.
    """

    level: Level
    table: pd.DataFrame
    counts: Mapping[str, pd.DataFrame]
    known: Mapping[str, pd.Series]
    unplaced: int


def _per(counts: pd.DataFrame, base: pd.Series, unit: int) -> pd.DataFrame:
    """Counts per `unit` of the base of each row; nan where the base is unknown or zero."""
    known = base.astype("Float64").astype(float)
    return counts.mul(unit).div(known.where(known > 0), axis="index")


def _cells(actors: pd.DataFrame, level: Level, facet: str) -> pd.DataFrame:
    """One row per actor and value of a facet: id, code of the territory, value; no row for an unknown value."""
    cells = pd.DataFrame({"id": range(len(actors)), "code": actors[CODE_COLUMNS[level]], "value": actors[_COLUMNS[facet]]})
    cells = cells.explode("value")
    return cells[cells["value"].isin(GROUPS[facet])]


def _count_sites(cells: pd.DataFrame, codes: pd.Index, facet: str) -> pd.DataFrame:
    pairs = cells.groupby(["code", "value"]).size().unstack(fill_value=0)
    return pairs.reindex(index=codes, columns=list(GROUPS[facet]), fill_value=0).astype(int).rename_axis(index="code", columns=None)


def _companies(actors: pd.DataFrame, codes: pd.Index, level: Level) -> pd.Series:
    """Distinct organisations of kind company."""
    companies = actors[actors["kind"].eq(Kind.COMPANY)]
    return companies.groupby(CODE_COLUMNS[level])["organisation"].nunique().reindex(codes, fill_value=0).astype(int)


def measure(actors: pd.DataFrame, territory: Territory, level: Level) -> Coverage:
    """The coverage by department, EPCI or EPT, commune, or of the region as one row (code "11"); KeyError for countries."""
    areas = select_layer(territory, level)["area_km2"]
    table = count_per_territory(actors, territory, level)
    columns = {
        "area_km2": areas,
        "companies": _companies(actors, table.index, level),
        "density": _per(table[["count"]], areas, 100)["count"],
    }
    order = ["name", "population", "area_km2", *(total.value for total in TOTALS), "small"]
    cells = {facet: _cells(actors, level, facet) for facet in GROUPS}
    return Coverage(
        level=level,
        table=table.assign(**columns)[order],
        counts={facet: _count_sites(found, table.index, facet) for facet, found in cells.items()},
        known={facet: _list_known(found, table.index) for facet, found in cells.items()},
        unplaced=len(actors) - int(table["count"].sum()),
    )


def _list_known(cells: pd.DataFrame, codes: pd.Index) -> pd.Series:
    return cells.drop_duplicates("id")["code"].value_counts().reindex(codes, fill_value=0).astype(int)


def _shares(counts: pd.DataFrame, known: pd.Series) -> pd.DataFrame:
    """Percentages of the sites with a known value."""
    return _per(counts, known, 100)


def measure_by_group(coverage: Coverage, facet: str, indicator: Indicator) -> pd.DataFrame:
    """An indicator per value of a facet (index: code; columns: `GROUPS[facet]`), missing where it cannot be computed.

    A quotient is missing for a value that no site of the region has, and for a territory none of whose sites has a known value.
    KeyError for an unknown facet and for an indicator that is not in `GROUPED`.
    """
    counts, known = coverage.counts[facet], coverage.known[facet]
    if indicator is Indicator.COUNT:
        return counts
    bases = {Indicator.RATE: ("population", 100_000), Indicator.DENSITY: ("area_km2", 100)}
    if indicator in bases:
        column, unit = bases[indicator]
        return _per(counts, coverage.table[column], unit)
    return {Indicator.SHARE: _shares, Indicator.QUOTIENT: _quotients}[indicator](counts, known)


def _quotients(counts: pd.DataFrame, known: pd.Series) -> pd.DataFrame:
    """Shares over those of the region, which is the sum of its territories."""
    region = counts.sum() * 100 / (known.sum() or float("nan"))
    return _shares(counts, known).div(region.where(region > 0), axis="columns")


def find_small_groups(coverage: Coverage, facet: str, indicator: Indicator) -> pd.DataFrame:
    """Which values of `measure_by_group` rest on one to four sites, or are a share of one to four; a bare count is never fragile."""
    counts, known = coverage.counts[facet], coverage.known[facet]
    few = counts.ge(1) & counts.lt(SMALL)
    if indicator is Indicator.COUNT:
        return few & False
    if indicator in {Indicator.RATE, Indicator.DENSITY}:
        return few
    of_few = known.between(1, SMALL - 1).to_numpy()[:, None]
    return pd.DataFrame(few.to_numpy() | of_few, index=few.index, columns=few.columns)


def read_measure(coverage: Coverage, facet: str, value: str, indicator: Indicator) -> tuple[pd.Series, pd.Series]:
    """A measure per territory, of all actors (facet "") or of one group, and which of its values rest on few sites."""
    if facet:
        small = find_small_groups(coverage, facet, indicator)[value]
        return measure_by_group(coverage, facet, indicator)[value].astype(float), small
    table = coverage.table
    return table[indicator.value].astype("Float64").astype(float), table["small"] & (indicator in ON_FEW)
