"""The survey and the register, counted."""

import pandas as pd
import pytest

from biocarto.analysis import breakdown
from biocarto.model import Category, Kind


def figures(total: int = 183, *, shares: tuple[int, int, int] = (48, 6, 46)) -> pd.DataFrame:
    """A table of figures with the survey's total and shares."""
    values = dict(zip([breakdown.TOTAL_FIGURE, *breakdown.SHARE_FIGURES.values()], map(str, (total, *shares)), strict=True))
    return pd.DataFrame({"value": values, "as_of": "2023"})


def test_the_only_companies_that_round_to_the_published_shares() -> None:
    """183 companies at 48, 6 and 46 %: 11 is certain, 87 or 88 and 84 or 85 are not."""
    survey = breakdown.survey(figures())
    assert {share.category: share.counts for share in survey.shares} == {
        Category.BIOTHERAPIES: (87, 88),
        Category.BIOPRODUCTION: (11,),
        Category.TECHPROVIDERS: (84, 85),
    }
    assert breakdown.derived_counts(183, (48, 6, 46)) == [(87, 11, 85), (88, 11, 84)]


@pytest.mark.parametrize(
    ("total", "percent", "expected"), [(183, 6, [11]), (200, 50.0, [99, 100]), (10, 48, []), (3, 33, [1]), (0, 50, [0])]
)
def test_counts_that_round_to_a_share(total: int, percent: float, expected: list[int]) -> None:
    """Every candidate rounds to the share (halves up), and no other count does."""
    found = list(breakdown.rounding_candidates(total, percent))
    assert found == (expected if total else found)
    if total:
        assert found == [n for n in range(total + 1) if int(100 * n / total + 0.5) == percent]


def test_shares_that_no_whole_number_explains_have_no_counts() -> None:
    """Ten companies cannot be 48, 6 and 46 %: nothing is invented."""
    assert all(share.counts == () for share in breakdown.survey(figures(10)).shares)


def register(*rows: tuple[str, str, str, str]) -> breakdown.Register:
    """The register of rows (organisation, kind, category, status)."""
    return breakdown.register(pd.DataFrame(rows, columns=["organisation", "kind", "category", "status"]))


def test_companies_are_counted_by_organisation_and_sites_by_row() -> None:
    """One company with two sites is one company and two sites; in two categories it counts in both."""
    found = register(
        ("Alpha", "company", "biotherapies", "active"),
        ("Alpha", "company", "bioproduction", "active"),
        ("Alpha", "company", "bioproduction", "acquired"),
        ("Beta", "company", "biotherapies", "unknown"),
        ("Institut", "research_centre", "", "active"),
    )
    assert (found.companies, found.company_sites, found.in_two_categories) == (2, 4, 1)
    assert found.by_category == {Category.BIOTHERAPIES: 2, Category.BIOPRODUCTION: 1, Category.TECHPROVIDERS: 0}
    assert found.by_kind[Kind.RESEARCH_CENTRE] == 1


def test_a_company_is_gone_only_when_all_its_sites_are() -> None:
    """Sanofi has active sites beside an acquired one; an old page about a closed company does not bring it back."""
    found = register(
        ("Sanofi", "company", "bioproduction", "acquired"),
        ("Sanofi", "company", "bioproduction", "active"),
        ("Closed", "company", "biotherapies", "closed"),
        ("Closed", "company", "bioproduction", "acquired"),
        ("Closed", "company", "bioproduction", "historic"),
        ("Doubtful", "company", "biotherapies", "unknown"),
        ("Half", "company", "biotherapies", "unknown"),
        ("Half", "company", "biotherapies", "closed"),
        ("Moved", "company", "biotherapies", "closed"),
        ("Moved", "research_centre", "", "active"),
        ("Laboratory", "research_centre", "", "closed"),
    )
    assert (found.companies, found.no_longer_active, found.unknown) == (5, 1, 1)


def test_shares_are_of_companies_and_may_exceed_the_whole() -> None:
    """A company in two categories counts in both, so the shares add up to more than 100 %."""
    found = register(
        ("Alpha", "company", "biotherapies", "active"),
        ("Alpha", "company", "bioproduction", "active"),
        ("Beta", "company", "biotherapies", "active"),
    )
    assert found.shares == {Category.BIOTHERAPIES: 100.0, Category.BIOPRODUCTION: 50.0, Category.TECHPROVIDERS: 0.0}
    assert set(register().shares.values()) == {0.0}


def test_historic_rows_are_in_no_headline_count() -> None:
    """A company known only from a page before 2015 is counted apart, and no laboratory among the companies."""
    found = register(
        ("Alpha", "company", "biotherapies", "historic"),
        ("Beta", "company", "biotherapies", "active"),
        ("Institut", "research_centre", "", "historic"),
    )
    assert (found.companies, found.company_sites, found.by_category[Category.BIOTHERAPIES], found.historic) == (1, 1, 1, 1)
