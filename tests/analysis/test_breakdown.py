"""The survey and the register, counted."""

import pandas as pd
import pytest

from biocarto.analysis import breakdown
from biocarto.model import Category, Kind, Presence


def figures(total: int = 183, *, shares: tuple[int, int, int] = (48, 6, 46)) -> pd.DataFrame:
    """A table of figures with the survey's total and shares."""
    values = dict(zip([breakdown.TOTAL_FIGURE, *breakdown.SHARE_FIGURES.values()], map(str, (total, *shares)), strict=True))
    return pd.DataFrame({"value": values, "as_of": "2023"})


def test_the_only_companies_that_round_to_the_published_shares() -> None:
    """183 companies at 48, 6 and 46 %: 11 is certain, 87 or 88 and 84 or 85 are not."""
    survey = breakdown.read_survey(figures())
    assert {share.category: share.counts for share in survey.shares} == {
        Category.BIOTHERAPIES: (87, 88),
        Category.BIOPRODUCTION: (11,),
        Category.TECHPROVIDERS: (84, 85),
    }
    assert breakdown.derive_counts(183, (48, 6, 46)) == [(87, 11, 85), (88, 11, 84)]


@pytest.mark.parametrize(
    ("total", "percent", "expected"), [(183, 6, [11]), (200, 50.0, [99, 100]), (10, 48, []), (3, 33, [1]), (0, 50, [0])]
)
def test_counts_that_round_to_a_share(total: int, percent: float, expected: list[int]) -> None:
    """Every candidate rounds to the share (halves up), and no other count does."""
    found = list(breakdown.list_rounding_candidates(total, percent))
    assert found == (expected if total else found)
    if total:
        assert found == [n for n in range(total + 1) if int(100 * n / total + 0.5) == percent]


def test_shares_that_no_whole_number_explains_have_no_counts() -> None:
    """Ten companies cannot be 48, 6 and 46 %: nothing is invented."""
    assert all(share.counts == () for share in breakdown.read_survey(figures(10)).shares)


def register(*rows: tuple[str, str, str, str]) -> breakdown.Register:
    """The register of rows (organisation, kind, category, presence), all of a page of 2024 but the dated ones, in an edition of 2026."""
    frame = pd.DataFrame(rows, columns=["organisation", "kind", "category", "presence"])
    years = frame["presence"].map(lambda presence: 2010 if presence == "dated" else 2024)
    return breakdown.count_register(frame.assign(status_year=years.astype("Int64")), "2026-11-28")


def test_companies_are_counted_by_organisation_and_sites_by_row() -> None:
    """One company with two sites is one company and two sites; in two categories it is counted apart."""
    found = register(
        ("Alpha", "company", "biotherapies", "present"),
        ("Alpha", "company", "bioproduction", "present"),
        ("Alpha", "company", "bioproduction", "former"),
        ("Beta", "company", "biotherapies", "present"),
        ("Institut", "research_centre", "", "present"),
    )
    assert (found.companies, found.company_sites, found.in_two_categories) == (2, 3, 1)
    assert found.by_category == {Category.BIOTHERAPIES: 1, Category.BIOPRODUCTION: 0, Category.TECHPROVIDERS: 0}
    assert found.by_kind[Kind.RESEARCH_CENTRE] == 1


def test_a_company_is_apart_only_when_no_site_is_present() -> None:
    """By the best that is known of its sites, once; a laboratory is no company."""
    found = register(
        ("Sanofi", "company", "bioproduction", "former"),
        ("Sanofi", "company", "bioproduction", "present"),
        ("Closed", "company", "biotherapies", "former"),
        ("Closed", "company", "bioproduction", "former"),
        ("Doubtful", "company", "biotherapies", "unknown"),
        ("Half", "company", "biotherapies", "unknown"),
        ("Half", "company", "biotherapies", "former"),
        ("Planned", "company", "biotherapies", "planned"),
        ("Old", "company", "biotherapies", "dated"),
        ("Laboratory", "research_centre", "", "former"),
    )
    assert (found.companies, found.company_sites) == (1, 1)
    assert found.apart == {Presence.DATED: 1, Presence.PLANNED: 1, Presence.UNKNOWN: 2, Presence.FORMER: 1}


def test_a_company_rests_on_old_pages_when_all_its_present_sites_do() -> None:
    """One recent page is enough; of an edition of 2026, old means 2021 or before."""
    frame = pd.DataFrame(
        [("Old", 2021), ("Old", 2019), ("Mixed", 2015), ("Mixed", 2022), ("New", 2026)], columns=["organisation", "status_year"]
    ).assign(kind="company", category="biotherapies", presence="present")
    found = breakdown.count_register(frame, "2026-11-28")
    assert (found.companies, found.old, found.old_year) == (3, 1, 2021)
    assert found.old_share == pytest.approx(100 / 3)


def test_the_parts_add_up_to_the_companies() -> None:
    """A company in two categories is a part of its own: the counts add up to all companies, the shares to 100 %."""
    found = register(
        ("Alpha", "company", "biotherapies", "present"),
        ("Alpha", "company", "bioproduction", "present"),
        ("Beta", "company", "biotherapies", "present"),
    )
    assert found.shares == {Category.BIOTHERAPIES: 50.0, Category.BIOPRODUCTION: 0.0, Category.TECHPROVIDERS: 0.0}
    assert sum(found.shares.values()) + found.share_of_several == 100
    assert sum(found.by_category.values()) + found.in_two_categories == found.companies
    assert set(register().shares.values()) == {0.0}
