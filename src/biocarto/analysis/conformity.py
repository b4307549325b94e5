"""How far the pages keep to RGAA: every criterion of the grid with its state, and what the law lets be said of them.

`docs/rgaa.csv` is the grid, one row per criterion of RGAA 4.1.2; nothing here knows a rate that is not counted from it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from biocarto import caches
from biocarto.config import ROOT
from biocarto.errors import DataError
from biocarto.model import N_

GRID = ROOT / "docs" / "rgaa.csv"
VERSION = "4.1.2"
"""Of RGAA: the one whose criteria the grid has."""

COLUMNS = ("criterion", "level", "name_fr", "name_en", "state", "pages", "evidence", "date", "note_fr", "note_en")
LIFE = 3
"""Years after which a declaration has to be made anew (decree 2019-768, article 6)."""

_NUMBER = re.compile(r"([1-9]\d?)\.([1-9]\d?)")


class CriterionState(StrEnum):
    """What was found of a criterion on the pages of the sample."""

    CONFORM = "conform"
    NOT_CONFORM = "not_conform"
    NOT_APPLICABLE = "not_applicable"
    NOT_JUDGED = "not_judged"


STATE_LABELS = {
    CriterionState.CONFORM: N_("Conforme"),
    CriterionState.NOT_CONFORM: N_("Non conforme"),
    CriterionState.NOT_APPLICABLE: N_("Non applicable"),
    CriterionState.NOT_JUDGED: N_("Non jugé"),
}


class Conformity(StrEnum):
    """The three states that the law knows."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


CONFORMITY_LABELS = {
    Conformity.FULL: N_("totalement conforme"),
    Conformity.PARTIAL: N_("partiellement conforme"),
    Conformity.NONE: N_("non conforme"),
}

THEMES = (
    *(N_("Images"), N_("Cadres"), N_("Couleurs"), N_("Multimédia"), N_("Tableaux"), N_("Liens"), N_("Scripts")),
    *(N_("Éléments obligatoires"), N_("Structure"), N_("Présentation"), N_("Formulaires"), N_("Navigation"), N_("Consultation")),
)
"""The thirteen of RGAA, in its order."""


@dataclass(frozen=True)
class Criterion:
    """One row of the grid: `evidence` names tests or what was looked at, `pages` of the sample, notes tell readers what is missing."""

    criterion: str
    level: str
    name_fr: str
    name_en: str
    state: CriterionState
    pages: tuple[str, ...]
    evidence: str
    date: date
    note_fr: str
    note_en: str

    @property
    def theme(self) -> int:
        """The number of its theme, from 1."""
        return int(self.criterion.partition(".")[0])


@dataclass(frozen=True)
class CriteriaGrid:
    """All criteria that were read; empty where there is no grid."""

    criteria: tuple[Criterion, ...]

    def list_in_state(self, state: CriterionState) -> list[Criterion]:
        """Those that were found so, in the order of the grid."""
        return [row for row in self.criteria if row.state is state]

    def count(self, state: CriterionState, theme: int = 0) -> int:
        """How many were found so, of one theme or of all."""
        return sum(row.state is state and theme in {0, row.theme} for row in self.criteria)

    @cached_property
    def applicable(self) -> int:
        """Criteria that the pages have something for."""
        return len(self.criteria) - self.count(CriterionState.NOT_APPLICABLE)

    @property
    def judged(self) -> int:
        """Criteria that apply, and of which somebody or a test has said whether they hold."""
        return self.applicable - self.count(CriterionState.NOT_JUDGED)

    @property
    def rate(self) -> float:
        """Percent points of the declaration: of all that applies, what was not judged counting as not conform."""
        return measure_share(self.count(CriterionState.CONFORM), self.applicable)

    @property
    def judged_rate(self) -> float:
        """Percent points of those that were judged."""
        return measure_share(self.count(CriterionState.CONFORM), self.judged)

    @cached_property
    def established(self) -> date | None:
        """The day of the newest judgement."""
        return max((row.date for row in self.criteria), default=None)

    def is_valid(self, today: date) -> bool:
        """Whether there is a result that is young enough to be declared."""
        return self.established is not None and _add_years(self.established, LIFE) > today

    def tell_conformity(self, today: date) -> Conformity:
        """The word of the law; without a valid result it is that nothing conforms."""
        held = self.count(CriterionState.CONFORM)
        if not self.is_valid(today) or held * 2 < self.applicable:
            return Conformity.NONE
        return Conformity.FULL if held == self.applicable else Conformity.PARTIAL


def measure_share(part: int, whole: int) -> float:
    """Percent points to a tenth, never rounded up: 100 says all. 0 of nothing."""
    return part * 1000 // whole / 10 if whole else 0.0


def _add_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, month=3, day=1)


@lru_cache(maxsize=caches.GRIDS)
def read_grid(path: Path = GRID) -> CriteriaGrid:
    """The grid of a file, once per process; empty where there is none, DataError, with the line of a wrong row, where it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        return CriteriaGrid(())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path.name} ne se lit pas : {error}.", f"{path.name} cannot be read: {error}.") from error
    return CriteriaGrid(tuple(_read_row(path, number, row) for number, row in enumerate(rows, 2)))


def _read_row(path: Path, line: int, row: dict[str, str]) -> Criterion:
    try:
        if tuple(row) != COLUMNS or not _NUMBER.fullmatch(row["criterion"]):
            raise ValueError(row.get("criterion", ""))
        typed = {"state": CriterionState(row["state"]), "pages": tuple(row["pages"].split()), "date": date.fromisoformat(row["date"])}
        return Criterion(**(row | typed))  # type: ignore[arg-type]
    except (TypeError, ValueError, AttributeError) as error:
        raise DataError(
            f"{path.name}, ligne {line} : {error}. Attendus : {', '.join(COLUMNS)} ; états : {', '.join(CriterionState)} ; AAAA-MM-JJ.",
            f"{path.name}, line {line}: {error}. Expected: {', '.join(COLUMNS)}; states: {', '.join(CriterionState)}; YYYY-MM-DD.",
        ) from error


def list_pages(criteria: Sequence[Criterion]) -> list[str]:
    """The pages of the sample, in the order in which the grid first names them."""
    return list(dict.fromkeys(page for row in criteria for page in row.pages))
