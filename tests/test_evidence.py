"""Claims on single cells: the newest one is what the row says, older ones may differ."""

from biocarto import catalogue
from tests.builders import a_claim, an_actor, issues_of, write_tables


def claims(tmp_path, *rows: dict[str, str]):
    """A folder with one present actor of Évry and these claims."""
    return write_tables(tmp_path, actors=[an_actor()], evidence=rows)


def test_an_older_claim_may_differ(tmp_path) -> None:
    """Two dated places: the newest wins, the other is kept."""
    rows = [a_claim(field="commune_code", value="75114", as_of=2018), a_claim(field="commune_code", value="91228", as_of=2022)]
    assert len(catalogue.read(claims(tmp_path, *rows)).evidence) == 2


def test_the_newest_claim_has_to_be_the_cell(tmp_path) -> None:
    """The line of the claim, its value and what the row says."""
    (issue,) = issues_of(claims(tmp_path, a_claim(value="present", as_of=2020), a_claim(value="former", as_of=2025)))
    assert (issue.table, issue.line, issue.column, issue.found) == ("evidence.csv", 3, "value", "former")
    assert "“present”, the value of the row in actors.csv, or an older page" in issue.expected_en


def test_a_claim_on_nobody_is_told_once(tmp_path) -> None:
    """By the reference; the year that is none by its type."""
    issues = issues_of(claims(tmp_path, a_claim(actor_id="nobody"), a_claim(as_of="soon")))
    assert [(issue.line, issue.column) for issue in issues] == [(2, "actor_id"), (3, "as_of")]
