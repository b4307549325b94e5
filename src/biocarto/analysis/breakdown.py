"""Two truths kept apart: the survey of 2023 (published shares) and the public register (named actors)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import pandas as pd

from biocarto.model import Category, Kind, Presence
from biocarto.register import freshness

TOTAL_FIGURE = "idf_entreprises"
SHARE_FIGURES = {category: f"idf_part_{category.value}" for category in Category}
SURVEY_FIGURES = (TOTAL_FIGURE, *SHARE_FIGURES.values())
"""Ids of the figures of the survey."""


@dataclass(frozen=True)
class SurveyShare:
    """One category of the survey: its published share (%), and the company counts that round to it."""

    category: Category
    percent: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Survey:
    """The survey as published (total, shares) and what follows from it (counts)."""

    total: int
    shares: tuple[SurveyShare, ...]
    year: str


def list_rounding_candidates(total: int, percent: float) -> range:
    """Counts whose share of `total` rounds to `percent` at the precision of a whole percent point (halves go up)."""
    low = math.ceil(total * (percent - 0.5) / 100 - 1e-9)
    high = math.ceil(total * (percent + 0.5) / 100 - 1e-9) - 1
    return range(max(low, 0), min(high, total) + 1)


def derive_counts(total: int, percents: tuple[float, ...]) -> list[tuple[int, ...]]:
    """Every way to split `total` into whole companies whose shares round to `percents`."""
    return [split for split in product(*(list_rounding_candidates(total, p) for p in percents)) if sum(split) == total]


def read_survey(figures: pd.DataFrame) -> Survey:
    """The survey from the table of published figures (index: figure id; column value)."""
    total = int(str(figures.at[TOTAL_FIGURE, "value"]))
    percents = tuple(float(str(figures.at[figure, "value"])) for figure in SHARE_FIGURES.values())
    splits = derive_counts(total, percents)
    columns = zip(*splits, strict=True) if splits else [()] * len(percents)
    shares = (SurveyShare(c, p, tuple(sorted(set(counts)))) for c, p, counts in zip(SHARE_FIGURES, percents, columns, strict=True))
    return Survey(total, tuple(shares), str(figures.at[TOTAL_FIGURE, "as_of"]))


@dataclass(frozen=True)
class Register:
    """What the public register holds: distinct companies, sites by kind, and companies per category.

    `by_category` holds the companies all of whose sites are in one category; those with sites in several are counted apart, in
    `in_two_categories`, so that the parts add up to `companies`. Sites that are not present are in no number but `apart`: companies
    without any present site, by the best that is known of them.
    `old` is those of `companies` that rest on old pages only (published in `old_year` or before).
    """

    companies: int
    company_sites: int
    by_category: dict[Category, int]
    in_two_categories: int
    by_kind: dict[Kind, int]
    apart: dict[Presence, int]
    old: int
    old_year: int

    @property
    def old_share(self) -> float:
        """Percentage of `companies` that rest on old pages only."""
        return 100 * self.old / (self.companies or 1)

    @property
    def shares(self) -> dict[Category, float]:
        """Percentage of `companies` in each category alone; `share_of_several` is the rest of them."""
        return {category: 100 * count / (self.companies or 1) for category, count in self.by_category.items()}

    @property
    def share_of_several(self) -> float:
        """Percentage of `companies` with sites in several categories."""
        return 100 * self.in_two_categories / (self.companies or 1)


def _companies(actors: pd.DataFrame) -> pd.DataFrame:
    return actors[actors["kind"].eq(Kind.COMPANY)]


def _apart(companies: pd.DataFrame) -> dict[Presence, int]:
    """Companies without any present site, by the first of `Presence` that one of their sites has."""
    ranks = companies["presence"].map({presence.value: rank for rank, presence in enumerate(Presence)})
    best = ranks.groupby(companies["organisation"]).min()
    return {presence: int(best.eq(rank).sum()) for rank, presence in enumerate(Presence) if presence is not Presence.PRESENT}


def count_register(actors: pd.DataFrame, edition: str) -> Register:
    """Counts over joined actors of an edition: what is present, and what is not apart."""
    present = actors[actors["presence"].eq(Presence.PRESENT)]
    companies = _companies(present)
    categories = companies.groupby("organisation")["category"].agg(["nunique", "first"])
    several = categories["nunique"].gt(1)
    alone = categories.loc[~several, "first"].value_counts()
    recent = companies[~freshness.mark_old(companies["status_year"], edition)]
    total = companies["organisation"].nunique()
    return Register(
        companies=total,
        company_sites=len(companies),
        by_category={c: int(alone.get(c.value, 0)) for c in Category},
        in_two_categories=int(several.sum()),
        by_kind={k: int(present["kind"].eq(k.value).sum()) for k in Kind},
        apart=_apart(_companies(actors)),
        old=total - recent["organisation"].nunique(),
        old_year=freshness.find_old_year(edition),
    )


def count_by_department(actors: pd.DataFrame) -> pd.DataFrame:
    """Sites per department and group (index: department code; columns: name, one per group, total), most first."""
    counts = actors.pivot_table(index=["department_code", "department_name"], columns="group", values="id", aggfunc="count", fill_value=0)
    table = counts.assign(total=counts.sum(axis=1)).reset_index("department_name").rename(columns={"department_name": "name"})
    return table.sort_values(["total", "name"], ascending=[False, True]).rename_axis(columns=None)
