"""The sheet of each body: members, what it belongs to, stages, territory, actors, events, figures, and every source of these."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from biocarto.analysis import sources
from biocarto.analysis.networks import events
from biocarto.analysis.networks.networks import MemberCounts, count_members, list_members
from biocarto.analysis.networks.organisations import list_organisations
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row, get_row


@dataclass(frozen=True)
class OrganisationProfile:
    """Everything that the tables say of one cluster, network, programme or meeting; empty frames where they say nothing.

    `row`: columns of `list_organisations`. `members`, `member_of`: of `networks.list_members`. `stages`, `events`, `figures`: of theirs.
    `regions`: INSEE codes of what it covers or, where no table tells, of the stages; `countries`: ISO codes of its members.
    `actors`: actor_id, level, member (the name under which a page names it; "" for the body itself).
    `conflicts`: fact -> the figures that disagree. `evidence`: source_url, source_title, each page once.
    """

    row: Row
    members: pd.DataFrame
    member_of: pd.DataFrame
    coverage: MemberCounts | None
    stages: pd.DataFrame
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    actors: pd.DataFrame
    events: pd.DataFrame
    figures: pd.DataFrame
    conflicts: dict[str, pd.DataFrame]
    evidence: pd.DataFrame


def build_profiles(catalogue: Catalogue) -> dict[str, OrganisationProfile]:
    """The sheet of every body by its id, in the order of `list_organisations`."""
    known, everyone = list_organisations(catalogue), list_members(catalogue)
    return {key: _build_profile(catalogue, get_row(known, key), everyone) for key in known.index}


def _build_profile(catalogue: Catalogue, row: Row, everyone: pd.DataFrame) -> OrganisationProfile:
    key = row["id"]
    inside, outside = everyone[everyone["network_id"].eq(key)], everyone[everyone["member_id"].eq(key)]
    held, figures = events.list_for_organisation(catalogue, key), catalogue.figures[catalogue.figures["body_id"].eq(key)]
    stages = _stages(catalogue, key)
    return OrganisationProfile(
        row=row,
        members=inside,
        member_of=outside,
        coverage=count_members(catalogue, key) if key in catalogue.networks.index else None,
        stages=stages,
        regions=row["region_codes"] or tuple(dict.fromkeys(code for codes in stages["region_codes"] for code in codes)),
        countries=tuple(sorted(set(inside["country"]) - {""})),
        actors=_actors(row, inside),
        events=held,
        figures=figures,
        conflicts=sources.list_conflicts(figures),
        evidence=_evidence(catalogue, key, [inside, outside, stages, held, figures]),
    )


TOUR = "french-bioproduction-tour"


def _stages(catalogue: Catalogue, key: str) -> pd.DataFrame:
    """Stages that a cluster organised; all of them for the Tour itself."""
    stages = catalogue.stages
    return stages if key == TOUR else stages[stages["organisers"].map(lambda organisers: key in organisers).astype(bool)]


def _actors(row: Row, inside: pd.DataFrame) -> pd.DataFrame:
    """The body itself in the register, then the members that are actors of it."""
    own = [(row["actor_id"], "site", "")] if row["actor_id"] else []
    named = zip(inside["actor_ids"], inside["actor_level"], inside["member_name"], strict=True)
    pairs = [(actor, level, name) for actors, level, name in named for actor in actors]
    return pd.DataFrame([*own, *pairs], columns=["actor_id", "level", "member"])


def _evidence(catalogue: Catalogue, key: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Pages that anything on the sheet rests on, those of the body's own rows first."""
    columns = ["source_url", "source_title"]
    own = [table.loc[table.index.intersection([key]), columns] for table in (catalogue.networks, catalogue.clusters)]
    cities = [
        frame[["city_source_url", "city_source_title"]].set_axis(columns, axis=1) for frame in frames if "city_source_url" in frame.columns
    ]
    pages = pd.concat([*own, *(frame[columns] for frame in frames), *cities])
    return pages[pages["source_title"].ne("")].drop_duplicates(ignore_index=True)
