"""The log of the editions as readers ask of it."""

from __future__ import annotations

from biocarto.analysis.changelog import compare_editions
from biocarto.register.changes import Change


def a_line(edition: str, row: str, field: str = "", *cells: str, change: str = "changed") -> Change:
    """One line of the log about an actor."""
    before, after = cells or ("", "")
    return Change(edition, "2026-12-01", "actors", row, row.title(), change, field, before, after, "", "", "", "")


LOG = (
    a_line("e1", "alpha", "status", "present", "former", change="closed"),
    a_line("e1", "beta", change="added"),
    a_line("e1", "gamma", "founded", "", "2001"),
    a_line("e2", "alpha", "status", "former", "present"),
    a_line("e2", "beta", "founded", "", "2010"),
    a_line("e2", "gamma", "founded", "2001", "2002"),
    a_line("e3", "alpha", "status", "present", "former", change="closed"),
    a_line("e3", "beta", change="removed"),
    a_line("e3", "delta", change="removed"),
)


def compare(earlier: str, later: str) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Row -> what became of it, and its cells before and after."""
    found = compare_editions(LOG, earlier, later)
    return {row.row_id: (row.change, tuple((line.before, line.after) for line in row.lines)) for row in found.rows}


def test_editions_are_compared_whatever_came_between_them() -> None:
    """The first value and the last; what was put back, or came and went, is no difference."""
    assert compare("", "e2") == {"beta": ("added", (("", ""),)), "gamma": ("changed", (("", "2002"),))}
    assert compare("e1", "e3") == {
        "beta": ("removed", (("", ""),)),
        "gamma": ("changed", (("2001", "2002"),)),
        "delta": ("removed", (("", ""),)),
    }
    assert compare("", "e3") == {
        "alpha": ("closed", (("present", "former"),)),
        "gamma": ("changed", (("", "2002"),)),
        "delta": ("removed", (("", ""),)),
    }


def test_an_edition_is_compared_with_the_one_before() -> None:
    """As the log has it."""
    assert compare("e2", "e3")["alpha"] == ("closed", (("present", "former"),))
    assert compare("e1", "e2")["beta"] == ("changed", (("", "2010"),))


def test_an_edition_is_not_compared_with_a_later_one() -> None:
    """Nor with one that the log does not have."""
    assert compare("e3", "e1") == {}
    assert compare("e1", "e9") == {}
