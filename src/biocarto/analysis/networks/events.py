"""Dated things: editions of the meetings, foundations, launches, publications; and meetings of which no edition is dated."""

from __future__ import annotations

from datetime import date

import pandas as pd

from biocarto.register.catalogue import Catalogue
from biocarto.rows import get_row

_DAY = "2021-06-08"


def parse_day(text: str) -> date | None:
    """The day of a date of the tables, or None for a year, a month or nothing."""
    return date.fromisoformat(text) if len(text) == len(_DAY) else None


def select_dated(events: pd.DataFrame) -> pd.DataFrame:
    """The editions that a calendar can hold: those whose first day is known."""
    return events[events["kind"].eq("edition") & events["start"].str.len().eq(len(_DAY))]


def list_for_organisation(catalogue: Catalogue, body: str) -> pd.DataFrame:
    """Events of a network or a cluster, in the order of their dates; same columns as the table."""
    events = catalogue.events
    named = (events["network_ids"] + events["cluster_ids"]).map(lambda ids: body in ids).astype(bool)
    return events[named].sort_values(["start", "id"])


def list_figures(catalogue: Catalogue, event: str) -> pd.DataFrame:
    """Published numbers about an edition of a meeting: figures of the meeting, as of a year of the edition; none for other events."""
    row, figures, networks = get_row(catalogue.events, event), catalogue.figures, catalogue.networks
    meetings = networks.index[networks["kind"].eq("event") & networks.index.isin(row["network_ids"])]
    years = {row["start"][:4], row["end"][:4]} - {""} if row["kind"] == "edition" else set()
    found = figures["body_id"].isin(meetings) & figures["as_of"].str[:4].isin(years)
    return figures[found & figures["unit_fr"].ne("date")]


def list_meetings(catalogue: Catalogue) -> pd.DataFrame:
    """One row per recurring or single meeting (index: id of the network of kind event), in the order of the table.

    name, organisers (ids of the members that coordinate), editions (how many have a row), first, last (dates as stated, "" where
    no edition is dated), figures (ids of the published figures about it), and the texts and source of the network.
    """
    networks, figures = catalogue.networks[catalogue.networks["kind"].eq("event")], catalogue.figures
    coordinators = catalogue.members[catalogue.members["role"].eq("coordinator")].groupby("network_id")["member_id"].agg(tuple).to_dict()
    held = {meeting: _editions(catalogue, meeting) for meeting in networks.index}
    about = {meeting: tuple(figures.index[figures["body_id"].eq(meeting)]) for meeting in networks.index}
    return networks.assign(
        organisers=networks["id"].map(lambda meeting: coordinators.get(meeting, ())),
        editions=[len(starts) for starts in held.values()],
        first=[min(starts, default="") for starts in held.values()],
        last=[max(starts, default="") for starts in held.values()],
        figures=networks["id"].map(about),
    )


def _editions(catalogue: Catalogue, meeting: str) -> list[str]:
    found = list_for_organisation(catalogue, meeting)
    return list(found.loc[found["kind"].eq("edition"), "start"])
