"""The timeline: from 1998, in order, each line with a source; and the meetings with their editions."""

import dataclasses

import pandas as pd
import pytest

from biocarto.analysis.networks import events, timeline
from biocarto.analysis.networks.organisations import list_organisations
from biocarto.register import vocabulary
from tests.support.register import joined


def test_the_timeline_runs_from_1998_in_order() -> None:
    """Genopole and BioValley first; a year comes before its months, a month before its days."""
    found = timeline.build_timeline(joined())
    assert set(found.loc[found["year"].eq(1998), "body_ids"].explode()) == {"genopole", "biovalley-france"}
    assert list(found["date"]) == sorted(found["date"])
    assert found["year"].min() == 1998
    assert set(found["kind"]) <= set(vocabulary.EVENT_KINDS)


def test_every_line_has_a_source_and_names_bodies_that_exist() -> None:
    """A date without provenance is a rumour."""
    found = timeline.build_timeline(joined())
    assert found[["title_fr", "title_en", "source_url", "source_title"]].ne("").all(axis=None)
    assert set(found["body_ids"].explode()) <= set(list_organisations(joined()).index)
    assert set(found["fact"]) - {""} <= set(joined().figures["fact"])


def test_every_event_is_told_and_no_beginning_is_told_twice() -> None:
    """All events from 1998; Enosis Santé begins by its announcement alone, MEARY by its year and the fact that disputes it."""
    found = timeline.build_timeline(joined())
    assert set(found["event_id"]) - {""} == set(joined().events.index)
    enosis = found[found["body_ids"].map(lambda ids: "enosis-sante" in ids)]
    assert list(enosis["event_id"]) == ["enosis-2022"]
    assert list(found.loc[found["body_ids"].map(lambda ids: ids == ("meary",)), "fact"]) == ["meary-start", ""]


def test_every_body_is_dated_or_listed() -> None:
    """Nothing disappears because no source dates it."""
    dated = set(timeline.build_timeline(joined(), since=0)["body_ids"].explode())
    assert dated | set(timeline.list_undated(joined())) == set(list_organisations(joined()).index)
    assert "biotesting-days" in timeline.list_undated(joined())


def test_without_events_the_first_years_remain() -> None:
    """An empty table is no error."""
    bare = dataclasses.replace(joined(), events=joined().events.iloc[:0])
    found = timeline.build_timeline(bare)
    assert "enosis-sante" in set(found["body_ids"].explode())
    assert events.list_meetings(bare)["editions"].eq(0).all()


def test_meetings_say_what_is_known_of_them() -> None:
    """The congress by its organisers, editions and participants; the Biotesting days without any date."""
    found = events.list_meetings(joined())
    congress, biotesting = found.loc["congres-france-bioproduction"], found.loc["biotesting-days"]
    assert congress["organisers"] == ("medicen", "polepharma")
    assert (congress["editions"], congress["first"], congress["last"]) == (4, "2021-06-17", "2026-04-15")
    assert "cfb_participants" in congress["figures"]
    assert (biotesting["editions"], biotesting["last"], biotesting["organisers"]) == (0, "", ("polepharma",))
    assert {"journees-therapies-innovantes", "mabdesign-congress"} <= set(found.index)


def test_only_editions_known_to_the_day_are_for_a_calendar() -> None:
    """A year or a month is not a day, and a publication is no appointment."""
    found = events.select_dated(joined().events)
    assert "cfb-2026" in found.index
    assert not {"mabdesign-2020", "note-rapide-909", "cobioe-2023"} & set(found.index)
    assert [events.parse_day(text) is not None for text in ("2024", "2024-06", "2024-06-13", "")] == [False, False, True, False]


def test_events_of_a_body_are_its_own() -> None:
    """By network and by cluster, in order."""
    found = events.list_for_organisation(joined(), "mabdesign")
    assert list(found.index) == ["mabdesign-2020", "mabdesign-2021", "mabdesign-2024"]
    assert isinstance(events.list_for_organisation(joined(), "nobody"), pd.DataFrame)
    assert events.list_for_organisation(joined(), "nobody").empty


@pytest.mark.parametrize(
    ("event", "figures"),
    [
        ("tour-2021", {"tour_participants", "tour_acteurs"}),
        ("assises-2021", {"assises_participants"}),
        ("cfb-2021", {"cfb_2021_participants"}),
        ("itd-2024", {"itd_participants_2024"}),
        ("enosis-2022", set()),
    ],
)
def test_an_edition_has_the_figures_of_its_years(event: str, figures: set[str]) -> None:
    """Each with its own source; dates are told elsewhere, and a foundation has no edition."""
    found = events.list_figures(joined(), event)
    assert figures <= set(found.index)
    assert bool(len(found)) == bool(figures)
    assert found["unit_fr"].ne("date").all()
    assert found["source_title"].ne("").all()
