"""Coverage: every indicator against the raw files by another path, totals at every level, and filters that leave little."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.analysis.coverage import coverage
from biocarto.analysis.coverage.coverage import GROUPED, GROUPS, MEANINGS, TOTALS, Coverage, Indicator
from biocarto.model import Level
from tests.analysis import raw
from tests.support.register import layers

ALL = [Level.REGION, *raw.LEVELS]
CELLS = {"kind": "kind", "category": "category", "modality": "modalities"}


def measured(level: Level) -> Coverage:
    """The real register."""
    return coverage.measure(raw.shown(), layers(), level)


def sites(facet: str, value: str, rows: pd.DataFrame) -> int:
    """Rows with a value, by reading the cells."""
    return sum(value in cell.split(";") for cell in rows[CELLS[facet]])


def known(facet: str, rows: pd.DataFrame) -> int:
    """Rows with any value."""
    return sum(cell != "" for cell in rows[CELLS[facet]])


def outline(level: Level, code: str) -> pd.Series:
    """Area and population of a territory, added up from the communes' file (own areas from their shapes are in test_geo)."""
    communes = raw.layer("communes")
    keys = {
        Level.DEPARTMENT: communes["department_code"],
        Level.EPCI: communes["ept_code"].where(communes["ept_code"] != "", communes["epci_code"]).where(communes.index != "75056", "75056"),
        Level.COMMUNE: communes.index.to_series(),
    }
    return communes.loc[keys[level] == code, ["population", "area_km2"]].sum()


@pytest.mark.parametrize("level", list(raw.LEVELS))
def test_totals_equal_the_raw_files(level: Level) -> None:
    """Sites, companies, per 100,000 inhabitants and per 100 km², for every territory that has an actor."""
    table = measured(level).table
    for code, rows in raw.actors().groupby(raw.LEVELS[level]):
        row, facts = table.loc[code], outline(level, str(code))
        assert row["count"] == len(rows)
        assert row["companies"] == len(set(rows.loc[rows["kind"] == "company", "organisation"]))
        assert row["rate"] == pytest.approx(len(rows) / facts["population"] * 1e5)
        assert row["density"] == pytest.approx(len(rows) / facts["area_km2"] * 100, rel=1e-4)
        assert row["small"] == (len(rows) < 5)
    assert table["count"].gt(0).sum() == raw.actors()[raw.LEVELS[level]].nunique()


@pytest.mark.parametrize("level", list(raw.LEVELS))
@pytest.mark.parametrize("facet", list(GROUPS))
def test_groups_equal_the_raw_files(level: Level, facet: str) -> None:
    """Counts, rates, shares and location quotients of every value, for every territory that has an actor."""
    found = measured(level)
    frames = {indicator: coverage.measure_by_group(found, facet, indicator) for indicator in GROUPED}
    everyone = raw.actors()
    for code, rows in everyone.groupby(raw.LEVELS[level]):
        for value in GROUPS[facet]:
            here, base = sites(facet, value, rows), known(facet, rows)
            share = here / base if base else float("nan")
            region = sites(facet, value, everyone) / known(facet, everyone)
            assert frames[Indicator.COUNT].at[code, value] == here
            assert frames[Indicator.RATE].at[code, value] == pytest.approx(here / found.table.at[code, "population"] * 1e5)
            assert frames[Indicator.DENSITY].at[code, value] == pytest.approx(here / found.table.at[code, "area_km2"] * 100)
            assert frames[Indicator.SHARE].at[code, value] == pytest.approx(100 * share, nan_ok=True)
            assert frames[Indicator.QUOTIENT].at[code, value] == pytest.approx(share / region if region else float("nan"), nan_ok=True)


@pytest.mark.parametrize("level", ALL)
def test_every_level_adds_up_to_the_register(level: Level) -> None:
    """Sites, and sites per kind, category and modality; nothing is lost on the way."""
    found = measured(level)
    assert found.table["count"].sum() == len(raw.actors())
    assert found.unplaced == 0
    for facet, values in GROUPS.items():
        assert found.counts[facet].sum().to_dict() == {value: sites(facet, value, raw.actors()) for value in values}
        assert found.known[facet].sum() == known(facet, raw.actors())


def test_a_communes_actors_are_those_of_all_above_it() -> None:
    """Communes added up by EPCI and by department give those levels, whole column by whole column."""
    communes, parents = measured(Level.COMMUNE), layers().communes
    for level, column in ((Level.DEPARTMENT, "department_code"), (Level.EPCI, "intercommunality_code")):
        above = measured(level)
        for facet in GROUPS:
            summed = communes.counts[facet].groupby(parents[column]).sum()
            pd.testing.assert_frame_equal(summed.reindex(above.counts[facet].index), above.counts[facet], check_names=False)
        summed = communes.table["count"].groupby(parents[column]).sum()
        pd.testing.assert_series_equal(summed.reindex(above.table.index), above.table["count"], check_names=False)


def test_paris_without_arrondissement_counts_for_paris() -> None:
    """Actors known by `75056` only, and those of arrondissements, are Paris at every level."""
    paris = raw.actors()["commune_code"].str.startswith("75").sum()
    assert (raw.actors()["commune_code"] == "75056").any()
    assert measured(Level.DEPARTMENT).table.at["75", "count"] == paris
    assert measured(Level.EPCI).table.at["75056", "count"] == paris
    assert measured(Level.COMMUNE).table.at["75056", "count"] == paris


def test_the_region_is_its_own_reference() -> None:
    """One row, code 11, whose quotients are 1 or missing."""
    region = measured(Level.REGION)
    assert list(region.table.index) == ["11"]
    for facet in GROUPS:
        quotients = coverage.measure_by_group(region, facet, Indicator.QUOTIENT).loc["11"].dropna()
        assert quotients.to_list() == pytest.approx([1.0] * len(quotients))


@pytest.mark.parametrize("facet", list(GROUPS))
def test_what_rests_on_few_sites_is_told(facet: str) -> None:
    """One to four sites, or a share of one to four; a count is a fact."""
    found = measured(Level.EPCI)
    counts, base = found.counts[facet], found.known[facet]
    shares = coverage.find_small_groups(found, facet, Indicator.SHARE)
    rates = coverage.find_small_groups(found, facet, Indicator.RATE)
    for code in counts.index:
        for value in counts.columns:
            few = 1 <= counts.at[code, value] <= 4
            assert rates.at[code, value] == few
            assert shares.at[code, value] == (few or 1 <= base[code] <= 4)
    assert not coverage.find_small_groups(found, facet, Indicator.COUNT).any(axis=None)


@pytest.mark.parametrize("level", ALL)
def test_nothing_left_is_zero_and_missing(level: Level) -> None:
    """No actor: counts and rates are 0, shares and quotients unknown; no error."""
    found = coverage.measure(raw.shown().iloc[:0], layers(), level)
    assert not found.table[["count", "companies", "rate", "density", "small"]].any(axis=None)
    for facet in GROUPS:
        assert not coverage.measure_by_group(found, facet, Indicator.RATE).any(axis=None)
        assert coverage.measure_by_group(found, facet, Indicator.SHARE).isna().all(axis=None)
        assert coverage.measure_by_group(found, facet, Indicator.QUOTIENT).isna().all(axis=None)


def test_a_kind_that_nobody_has_is_zero_and_its_quotient_missing() -> None:
    """A register without integrators."""
    found = coverage.measure(raw.shown().query("kind != 'integrator'"), layers(), Level.DEPARTMENT)
    assert found.counts["kind"]["integrator"].sum() == 0
    assert coverage.measure_by_group(found, "kind", Indicator.QUOTIENT)["integrator"].isna().all()


@pytest.mark.parametrize("population", [0, None])
def test_without_population_there_is_no_rate(population: int | None) -> None:
    """Missing, neither infinite nor zero; the count stays."""
    communes = layers().communes.copy()
    communes["population"] = communes["population"].where(communes.index != "91228", population).astype("Int64")
    found = coverage.measure(raw.shown(), dataclasses.replace(layers(), communes=communes), Level.COMMUNE)
    assert found.table.at["91228", "count"] > 0
    assert pd.isna(found.table.at["91228", "rate"])
    assert coverage.measure_by_group(found, "kind", Indicator.RATE).loc["91228"].isna().all()


def test_a_code_that_is_gone_is_told_and_counted_nowhere() -> None:
    """An actor of a former commune."""
    moved = raw.shown().assign(commune_official=raw.shown()["commune_official"].replace("91228", "91999"))
    found = coverage.measure(moved, layers(), Level.COMMUNE)
    assert found.unplaced == raw.actors()["commune"].eq("91228").sum()
    assert found.table["count"].sum() + found.unplaced == len(moved)


def test_countries_and_unknown_facets_are_refused() -> None:
    """A KeyError, as documented."""
    with pytest.raises(KeyError):
        measured(Level.COUNTRY)
    with pytest.raises(KeyError):
        coverage.measure_by_group(measured(Level.DEPARTMENT), "colour", Indicator.RATE)
    with pytest.raises(KeyError):
        coverage.measure_by_group(measured(Level.DEPARTMENT), "kind", Indicator.COMPANIES)


@given(st.data())
def test_any_selection_adds_up(data: st.DataObject) -> None:
    """Whatever filters leave, departments and EPCI add up to it, and no rate or quotient is negative or infinite."""
    chosen = data.draw(st.lists(st.integers(0, len(raw.shown()) - 1), unique=True))
    rows = raw.shown().iloc[chosen]
    for level in (Level.DEPARTMENT, Level.EPCI):
        found = coverage.measure(rows, layers(), level)
        assert found.table["count"].sum() == len(rows)
        for facet in GROUPS:
            quotients = coverage.measure_by_group(found, facet, Indicator.QUOTIENT).stack().dropna()
            assert quotients.between(0, len(rows) + 1e-9).all()


def test_every_indicator_is_explained() -> None:
    """Each has its formula and unit."""
    assert set(MEANINGS) == set(Indicator) == {*TOTALS, *GROUPED}
    assert all(meaning.formula and meaning.unit for meaning in MEANINGS.values())
