"""Claims on single cells: the newest one is what the row says, older ones may differ."""

from biocarto.register import tables
from tests.builders import a_claim, an_actor, issues_of, write_tables


def claims(tmp_path, *rows: dict[str, str]):
    """A folder with one present actor of Évry and these claims."""
    return write_tables(tmp_path, actors=[an_actor()], evidence=rows)


def test_an_older_claim_may_differ(tmp_path) -> None:
    """Two dated places: the newest wins, the other is kept."""
    rows = [a_claim(field="commune_code", value="75114", as_of=2018), a_claim(field="commune_code", value="91228", as_of=2022)]
    assert len(tables.read(claims(tmp_path, *rows)).evidence) == 2


def test_the_newest_claim_has_to_be_the_cell(tmp_path) -> None:
    """The line of the claim, its value and what the row says."""
    (issue,) = issues_of(claims(tmp_path, a_claim(value="present", as_of=2020), a_claim(value="former", as_of=2025)))
    assert (issue.table, issue.line, issue.column, issue.found) == ("evidence.csv", 3, "value", "former")
    assert "“present”, the value of the row in actors.csv, or an older page" in issue.expected_en


def test_a_claim_on_nobody_is_told_once(tmp_path) -> None:
    """By the reference; the year that is none by its type."""
    issues = issues_of(claims(tmp_path, a_claim(actor_id="nobody"), a_claim(as_of="soon")))
    assert [(issue.line, issue.column) for issue in issues] == [(2, "actor_id"), (3, "as_of")]


def test_an_owner_may_be_newer_than_the_page_of_the_row(tmp_path) -> None:
    """A site bought in 2025 after the page of 2024 that describes it: the page that says so counts."""
    bought = an_actor(ownership="part_of", owner="Beta", owner_since=2025)
    told = [a_claim(field="owner", value="Beta", valid_from=2025, as_of=2025)]
    assert tables.read(write_tables(tmp_path, actors=[bought], evidence=told)).actors["owner_since"].tolist() == [2025]


def test_an_owner_after_every_page_that_may_tell_it_is_refused(tmp_path) -> None:
    """Neither the row's page nor a claim on another column can know."""
    bought = an_actor(ownership="part_of", owner="Beta", owner_since=2026)
    (issue,) = issues_of(
        write_tables(tmp_path, actors=[bought], evidence=[a_claim(as_of=2026), a_claim(field="owner", value="Beta", as_of=2025)])
    )
    assert (issue.table, issue.line, issue.column, issue.found) == ("actors.csv", 2, "owner_since", "2026")
    assert issue.expected_en == "a year up to that of the newest page that may tell it (2025)"
