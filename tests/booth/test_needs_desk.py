"""What staff does with needs: each act is undone by another, a page is what the whole list says, and erased is erased."""

from __future__ import annotations

import dataclasses
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.booth import needs_desk, needs_store
from biocarto.booth.needs import Need, add, build_need, list_kept, list_needs
from biocarto.booth.needs_desk import PER_PAGE, NeedState, erase_deleted, find_state, read_page, set_deleted, set_handled
from biocarto.booth.needs_error import Act, NeedsError

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MANY = 100_000
ACTS = {"handle": (set_handled, NOW), "reopen": (set_handled, None), "delete": (set_deleted, NOW), "restore": (set_deleted, None)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three needs."""
    for number in range(3):
        add(tmp_path / "needs.sqlite", build_need(f"besoin {number}"))
    return tmp_path / "needs.sqlite"


def test_nothing_is_there_before_the_first_need(tmp_path: Path) -> None:
    """No file, and an empty file of SQLite; looking makes none."""
    page = read_page(tmp_path / "needs.sqlite", NeedState.OPEN, 7)
    assert (page.needs, page.number, page.last) == ((), 1, 1)
    assert not (tmp_path / "needs.sqlite").exists()


def test_handled_and_deleted_are_told_apart_and_undone(path: Path) -> None:
    """A deleted need that was handled comes back as handled; every other field stays as it was."""
    first, *others = before = list_needs(path)
    set_handled(path, first.id, NOW)
    set_deleted(path, first.id, NOW)
    assert list_kept(path) == tuple(others)
    assert [found.id for found in read_page(path, NeedState.DELETED).needs] == [first.id]
    set_deleted(path, first.id, None)
    assert read_page(path, NeedState.HANDLED).needs == (dataclasses.replace(first, handled="2026-11-24T09:30:00+00:00"),)
    set_handled(path, first.id, None)
    assert list_needs(path) == before


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 4)), max_size=12))
def test_a_page_says_what_the_list_says(tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]) -> None:
    """After whatever acts: each need stands in one state, counted there, the newest first; none is lost."""
    path = tmp_path_factory.mktemp("desk") / "needs.sqlite"
    stored = [add(path, build_need(f"{number}")) for number in range(5)]
    for name, which in acts:
        change, moment = ACTS[name]
        change(path, stored[which].id, moment)
    everything = list_needs(path)
    assert [found.id for found in everything] == [new.id for new in stored]
    for state in NeedState:
        page = read_page(path, state)
        assert page.needs == tuple(found for found in reversed(everything) if find_state(found) is state)
        assert page.counts[state] == len(page.needs)


def test_pages_follow_each_other(path: Path) -> None:
    """Every need once; a page before the first or beyond the last is the first or the last."""
    for number in range(2 * PER_PAGE):
        add(path, build_need(f"{number}"))
    pages = [read_page(path, NeedState.OPEN, number) for number in (-1, 2, 99)]
    assert [(page.number, page.last, len(page.needs)) for page in pages] == [(1, 3, PER_PAGE), (2, 3, PER_PAGE), (3, 3, 3)]
    assert [found.seq for page in pages for found in page.needs] == [found.seq for found in reversed(list_needs(path))]


def test_erased_is_erased(path: Path) -> None:
    """Only what was deleted goes, its bytes too, and its number is never given again."""
    secret = add(path, build_need("Madame Personne 0600000000"))
    set_deleted(path, secret.id, NOW)
    erase_deleted(path)
    assert [found.text for found in list_needs(path)] == ["besoin 0", "besoin 1", "besoin 2"]
    assert add(path, build_need("après")).seq == secret.seq + 1
    assert not any(b"Personne" in file.read_bytes() for file in path.parent.iterdir())


def test_a_need_that_is_gone_changes_nothing(path: Path) -> None:
    """Two of the staff touch the same one."""
    before = list_needs(path)
    set_handled(path, "nobody", NOW)
    assert list_needs(path) == before


def test_a_file_that_takes_nothing_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds it: nothing is changed, the page is still shown."""
    monkeypatch.setattr(needs_store, "PATIENCE", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(NeedsError, match="as they were") as caught:
        set_deleted(path, list_needs(path)[0].id, NOW)
    assert "Les besoins sont tels qu'avant" in caught.value.fr
    assert read_page(path, NeedState.OPEN).counts[NeedState.OPEN] == 3
    holder.close()


def test_a_need_that_lost_its_words_is_damage(path: Path) -> None:
    """A page is not shown as if it were whole."""
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute("UPDATE needs SET text = '' WHERE seq = 2")
    store.close()
    with pytest.raises(NeedsError, match="damaged"):
        read_page(path, NeedState.OPEN)


def fill(path: Path, count: int) -> None:
    """Many needs at once: most are open, some handled, some deleted."""
    add(path, build_need("x"))
    rows = (
        Need("Salle blanche " + "é" * 480, "bioproduction", "department", "91", "2026-11-23T14:05:09+00:00", f"{n}") for n in range(count)
    )
    stored = ((r.text, r.category, r.level, r.territory, r.made, r.id, "x" * (n % 10 == 0), "x" * (n % 7 == 0)) for n, r in enumerate(rows))
    with needs_store.open_store(path, Act.STORE) as store, needs_store.run_transaction(store):
        names = "text, category, level, territory, made, id, handled, deleted"
        store.executemany(f"INSERT INTO needs ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", stored)  # noqa: S608 - the line above


@pytest.mark.serial
def test_a_hundred_thousand_needs_are_paged_at_once(tmp_path: Path) -> None:
    """The first, a middle and the last page of each state, and an act: each far below the second that a touch may take."""
    path = tmp_path / "needs.sqlite"
    fill(path, MANY - 1)
    longest = 0.0
    for state in NeedState:
        for number in (1, 600, 9_999):
            start = time.perf_counter()
            page = read_page(path, state, number)
            longest = max(longest, time.perf_counter() - start)
            assert page.needs
            assert sum(page.counts.values()) == MANY
    start = time.perf_counter()
    set_handled(path, page.needs[0].id, NOW)
    assert max(longest, time.perf_counter() - start) < 0.3
    plan = "EXPLAIN QUERY PLAN SELECT * FROM needs WHERE state = ? ORDER BY seq DESC LIMIT 20"
    with needs_store.open_store(path, Act.READ) as store:
        (step,) = [row[-1] for row in store.execute(plan, (needs_desk.NeedState.OPEN,))]
    assert "needs_by_state" in step
