"""Events of actors, each with its date as its source gives it, and the foundings by year."""

from dataclasses import replace

import pandas as pd

from biocarto.analysis.history import foundings, life_events
from biocarto.model import LifeEventKind
from tests.support import time_register
from tests.support.register import joined


def listed(events: pd.DataFrame) -> list[tuple[str, str, str]]:
    """(date, kind, actor) of all but the foundings."""
    rows = events[events["kind"].ne("created")]
    return list(rows[["date", "kind", "actor_id"]].itertuples(index=False, name=None))


def test_every_event_has_its_date_and_its_source() -> None:
    """As precise as the page; told twice, it is there once, by the most precise date; a correction is none; the undated come last."""
    events = life_events.list_life_events(time_register.read_register())
    assert listed(events) == [
        ("2010", "closed", "lost"),
        ("2015-06", "closed", "closed"),
        ("2018-03-15", "moved", "moved"),
        ("2019", "acquired", "moved"),
        ("2020", "renamed", "moved"),
        ("2021-11-30", "closed", "logged"),
        ("", "closed", "faded"),
    ]
    assert events["source_url"].ne("").all()
    assert events["source_title"].ne("").all()
    move = events[events["kind"].eq("moved")].iloc[0]
    assert (move["before"], move["after"], move["as_of"]) == ("75113", "91228", 2022)
    named = life_events.name_places(events, pd.Series({"75113": "Paris 13e", "91228": "Évry-Courcouronnes"}))
    assert named.loc[move.name, ["before", "after"]].to_list() == ["Paris 13e", "Évry-Courcouronnes"]


def test_what_changed_between_two_years() -> None:
    """From the last day of one to the last day of the other: the first year is out, the second is in; undated events are in none."""
    events = life_events.list_life_events(time_register.read_register())
    found = life_events.select_between(events, 2015, 2019)
    assert list(zip(found["year"], found["kind"], found["actor_id"], strict=True)) == [
        (2016, "created", "recent"),
        (2018, "moved", "moved"),
        (2019, "acquired", "moved"),
    ]
    assert life_events.select_between(events, 2027, 2030).empty


def test_foundings_add_up() -> None:
    """Every dated founding is in a year, a period and the curve once; what came before the drawing is in its first number."""
    for catalogue in (time_register.read_register(), joined()):
        events = life_events.list_life_events(catalogue)
        by_year = foundings.count_by_year(events, int(catalogue.edition[:4]))
        created = events[events["kind"].eq(LifeEventKind.CREATED)]
        curve = foundings.accumulate(by_year)
        assert curve.iloc[-1].sum() == len(created)
        assert curve.iloc[-1].to_dict() == created["group"].value_counts().reindex(curve.columns, fill_value=0).to_dict()
        assert all(curve[group].is_monotonic_increasing for group in curve)
        early = int(created["year"].lt(foundings.FIRST_SHOWN).sum())
        assert foundings.count_by_period(by_year).to_numpy().sum() == len(created) - early


def test_a_company_is_founded_once_whatever_its_sites() -> None:
    """A second site of a company is no second founding in the same year; two laboratories of one institute are two."""
    catalogue = time_register.read_register()
    actors = catalogue.actors
    same = replace(catalogue, actors=actors.assign(organisation="Plain", founded=actors["founded"].mask(actors["founded"].notna(), 1998)))
    for kind, expected in (("company", 1), ("research_centre", int(actors["founded"].notna().sum()))):
        events = life_events.list_life_events(replace(same, actors=same.actors.assign(kind=kind)))
        assert int(events["kind"].eq("created").sum()) == expected


def test_an_owner_from_the_first_year_has_bought_nothing() -> None:
    """Nor has one since nobody knows when."""
    catalogue = joined()
    bought = listed(life_events.list_life_events(catalogue))
    named = {actor for _, kind, actor in bought if kind == "acquired"}
    assert "stilla-technologies" in named
    assert not named & set(catalogue.actors.index[catalogue.actors["owner_since"].isna()])
