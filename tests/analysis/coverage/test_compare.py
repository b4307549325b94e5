"""Two territories beside each other: each number is that of its own table, and unknown codes are refused."""

import pandas as pd
import pytest

from biocarto.analysis.coverage import chain, compare, coverage
from biocarto.analysis.coverage.coverage import GROUPS, Indicator
from biocarto.model import Level
from tests.analysis import raw
from tests.support.register import layers


def profiled(actors: pd.DataFrame, code: str) -> pd.DataFrame:
    """The profile of the largest territory with a code."""
    level = compare.find_level(layers(), code)
    return compare.profile_territory(coverage.measure(actors, layers(), level), chain.count_by_territory(actors, layers(), level), code)


def compared(one: str, other: str) -> pd.DataFrame:
    """Two territories of the real register."""
    return compare.compare(profiled(raw.shown(), one), profiled(raw.shown(), other))


@pytest.mark.parametrize(("one", "other"), [("91", "11"), ("75", "91"), ("91228", "94"), ("75056", "11"), ("77001", "77001")])
def test_rows_equal_the_raw_file(one: str, other: str) -> None:
    """Sites, sites per group and links of both sides, whatever their levels, and their differences."""
    table = compared(one, other)
    rows = raw.actors()
    for column, code in (("one", one), ("other", other)):
        here = rows if code == "11" else rows[(rows["department"] == code) | (rows["epci"] == code) | (rows["commune"] == code)]
        assert table.at[("", "", "count"), column] == len(here)
        assert table.at[("kind", "incubator", "count"), column] == (here["kind"] == "incubator").sum()
        assert table.at[("category", "biotherapies", "count"), column] == (here["category"] == "biotherapies").sum()
        assert table.at[("chain", "research", "count"), column] == (here["kind"] == "research_centre").sum()
    both = table.dropna(subset=["one", "other"])
    assert both["difference"].astype(float).tolist() == pytest.approx((both["one"] - both["other"]).astype(float).tolist())
    assert table.loc[table[["one", "other"]].isna().any(axis=1), "difference"].isna().all()


def test_a_profile_has_every_measure_once() -> None:
    """Totals, each value of each facet with each indicator, and the six links."""
    profile = profiled(raw.shown(), "91")
    assert profile.index.is_unique
    assert len(profile) == len(coverage.TOTALS) + sum(map(len, GROUPS.values())) * len(coverage.GROUPED) + len(chain.LINKS)
    found = coverage.measure(raw.shown(), layers(), Level.DEPARTMENT)
    assert profile.at[("", "", "density"), "measure"] == pytest.approx(found.table.at["91", "density"])
    quotients = coverage.measure_by_group(found, "category", Indicator.QUOTIENT)
    assert profile.at[("category", "techproviders", "quotient"), "measure"] == pytest.approx(quotients.at["91", "techproviders"])


def test_small_numbers_are_told_on_their_side() -> None:
    """Seine-et-Marne's rate rests on two sites, the region's does not; a count is no rate."""
    row = compared("77", "11").loc[("", "", "rate")]
    assert (row["small_one"], row["small_other"]) == (True, False)
    assert not compared("77", "11").at[("", "", "count"), "small_one"]


@pytest.mark.parametrize(
    ("code", "level"),
    [("11", Level.REGION), ("75", Level.DEPARTMENT), ("75056", Level.EPCI), ("200057966", Level.EPCI), ("91228", Level.COMMUNE)],
)
def test_codes_find_their_level(code: str, level: Level) -> None:
    """The largest level that has the code."""
    assert compare.find_level(layers(), code) == level


@pytest.mark.parametrize("code", ["", "2A", "69123", "75101", "93059", "fr", "011", "<b>"])
def test_codes_that_are_not_there_are_refused(code: str) -> None:
    """Elsewhere, an arrondissement, Pierrefitte-sur-Seine (in Saint-Denis since), and nonsense: a KeyError, as documented."""
    with pytest.raises(KeyError):
        compare.find_level(layers(), code)
    with pytest.raises(KeyError):
        compare.profile_territory(
            coverage.measure(raw.shown(), layers(), Level.EPCI), chain.count_by_territory(raw.shown(), layers(), Level.EPCI), code
        )


def test_nothing_left_compares_to_zero_and_missing() -> None:
    """No actor: counts are 0, shares unknown, and no error."""
    table = compare.compare(*(profiled(raw.shown().iloc[:0], code) for code in ("91", "11")))
    assert table.at[("", "", "count"), "one"] == 0
    assert pd.isna(table.at[("kind", "company", "share"), "difference"])
