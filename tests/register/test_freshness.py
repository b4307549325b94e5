"""Alive or not, and how old the page is that says so."""

import pandas as pd
import pytest

from biocarto.model import Presence
from biocarto.register import freshness
from tests.analysis import raw
from tests.support.register import joined

EDITION = "2026-11-28"


def years(*given: int | None) -> pd.Series:
    """Years of pages; None where a page has none."""
    return pd.Series(given, dtype="Int64")


def test_a_present_site_of_an_old_or_undated_page_is_dated() -> None:
    """The age is computed; other statuses stay what they are, however old the page."""
    statuses = pd.Series(["present", "present", "present", "present", "former", "planned", "unknown"])
    found = freshness.compute_presences(statuses, years(2015, 2014, None, 2026, 2001, None, 2010))
    assert found.tolist() == ["present", "dated", "dated", "present", "former", "planned", "unknown"]


def test_old_means_five_years_before_the_edition() -> None:
    """2021 is old in 2026, 2022 is not; a page without a year is."""
    assert freshness.find_old_year(EDITION) == 2021
    assert freshness.mark_old(years(2020, 2021, 2022, None), EDITION).tolist() == [True, True, False, True]
    assert freshness.compute_old_share(years(2020, 2021, 2022, 2026), EDITION) == 50
    assert pd.isna(freshness.compute_old_share(years(), EDITION))
    with pytest.raises(ValueError, match="invalid literal"):
        freshness.find_old_year("soon")


def test_trust_falls_with_the_age_of_the_page() -> None:
    """One step after five years, the least after ten; never up."""
    confidences = pd.Series(["high", "high", "high", "medium", "medium", "medium", "high"])
    found = freshness.compute_trusts(confidences, years(2025, 2020, 2016, 2025, 2020, 2010, None), EDITION)
    assert found.tolist() == ["high", "medium", "low", "medium", "low", "low", "low"]


def test_the_newest_claim_is_the_one_that_counts() -> None:
    """By year of the page, not by its place in the table."""
    claims = [("a", 2016, "present"), ("a", 2023, "former"), ("b", 2020, "present")]
    evidence = pd.DataFrame(claims, columns=["actor_id", "as_of", "value"]).assign(field="status")
    assert freshness.find_newest(evidence, "status")["value"].to_dict() == {"a": "former", "b": "present"}
    assert freshness.find_newest(evidence, "owner").empty


def test_the_status_year_is_that_of_the_newest_claim() -> None:
    """By another path: the raw tables."""
    table = raw.table("actors")
    expected = dict(zip(table["id"], raw.status_years(table), strict=True))
    assert joined().actors["status_year"].astype(int).to_dict() == expected
    assert expected["centre-de-recherche-saint-antoine"] == 2022


def test_what_is_to_be_checked() -> None:
    """Every old page and every site not known to be there, but not what is known to be gone; the oldest first."""
    actors, table = joined().actors, raw.table("actors").set_index("id")
    rows = freshness.select_to_check(actors, joined().edition)
    ages = raw.status_years(table.reset_index()).set_axis(table.index)
    expected = table.index[(table["status"] != "former") & ((ages <= 2021) | (table["status"] != "present"))]
    assert set(rows.index) == set(expected)
    assert rows["age"].is_monotonic_decreasing
    assert "lysogene" not in rows.index
    assert rows.at["vaxon-biotech", "age"] == 11


def test_how_much_each_territory_has_to_check() -> None:
    """Counts by department equal the rows; a territory with nothing to check is not named."""
    rows = freshness.select_to_check(joined().actors, joined().edition)
    found = freshness.count_by_territory(rows, joined().actors)
    for code, line in found.iterrows():
        here = rows[rows["commune_code"].str.startswith(str(code))]
        assert (line["to_check"], line["oldest"]) == (len(here), here["status_year"].min())
        assert line["actors"] == raw.table("actors")["commune_code"].str.startswith(str(code)).sum()
    assert found["to_check"].sum() == len(rows)


def test_every_presence_is_a_status_or_an_age() -> None:
    """The register holds each of them, so that every branch is seen."""
    assert set(joined().actors["presence"]) == {presence.value for presence in Presence}
