"""A file that an older version has written: read as it is, brought to today's version in place by the first that writes, nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from biocarto.booth import needs_store
from biocarto.booth.needs import Need, add, build_need, list_needs
from biocarto.booth.needs_desk import NeedState, read_page, set_handled
from biocarto.booth.needs_error import Act

FIRST = Path(__file__).with_name("needs_version_1.sqlite")
"""Written by BioCarto before a need had an event, a state and clocks of its own."""
ROOT = Path(__file__).resolve().parents[2]
WORDS = ["Trouver un fabricant pour un lot clinique\nPour 2027", "Salles blanches « à louer » 🧬", "x" * 500, "=HYPERLINK(1)"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of that file."""
    return Path(shutil.copy(FIRST, tmp_path / "needs.sqlite"))


def rows(path: Path) -> list[tuple[str, ...]]:
    """The columns of the first version, read by SQLite alone."""
    store = sqlite3.connect(path)
    try:
        return store.execute("SELECT seq, id, made, category, level, territory, text FROM needs ORDER BY seq").fetchall()
    finally:
        store.close()


def schema(path: Path) -> list[tuple[str, ...]]:
    """Tables, columns and indexes."""
    store = sqlite3.connect(path)
    try:
        columns = store.execute("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo('needs')").fetchall()
        return (
            columns
            + store.execute("SELECT type, name FROM sqlite_schema ORDER BY name").fetchall()
            + store.execute("PRAGMA user_version").fetchall()
        )
    finally:
        store.close()


def test_an_old_file_is_read_without_being_changed(path: Path) -> None:
    """Every need of it, open, of no event: staff may take it away from a disk that takes no further byte."""
    found = list_needs(path)
    assert [new.text for new in found] == WORDS
    assert {(new.event, new.utc_offset, new.handled, new.deleted) for new in found} == {("", None, "", "")}
    page = read_page(path, NeedState.OPEN)
    assert page.needs == tuple(reversed(found))
    assert (page.counts[NeedState.OPEN], read_page(path, NeedState.DELETED).needs) == (4, ())
    assert schema(path) == schema(FIRST)


def test_the_first_that_writes_brings_it_to_today(path: Path, tmp_path: Path) -> None:
    """Old needs are as they were, the new one follows them, and the file is as one that was made today."""
    before, old = rows(path), list_needs(path)
    new = add(path, build_need("Un besoin", event="Congrès"))
    assert rows(path)[:4] == before == rows(FIRST)
    assert list_needs(path) == (*old, new)
    assert (new.seq, new.event) == (5, "Congrès")
    add(tmp_path / "new.sqlite", build_need("x"))
    assert schema(path) == schema(tmp_path / "new.sqlite")


def test_an_act_of_staff_brings_it_to_today_as_well(path: Path) -> None:
    """Nobody has to say a need first."""
    first, *others = list_needs(path)
    set_handled(path, first.id, datetime(2026, 11, 24, tzinfo=UTC))
    assert list_needs(path)[1:] == tuple(others)
    assert read_page(path, NeedState.HANDLED).counts == {NeedState.OPEN: 3, NeedState.HANDLED: 1, NeedState.DELETED: 0}


def test_a_step_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of the way: nothing of the new version stays, and the next attempt succeeds."""
    first, second = needs_store._STEPS
    with monkeypatch.context() as broken:
        broken.setattr(needs_store, "_STEPS", (first, (*second, "ALTER TABLE nobody ADD COLUMN x")))
        with pytest.raises(Exception, match="not stored"):
            add(path, build_need("x"))
    assert (schema(path), rows(path)) == (schema(FIRST), rows(FIRST))
    assert add(path, build_need("x")).seq == 5


_KILLED = """
import os, sqlite3, sys
from pathlib import Path
from biocarto.booth import needs, needs_store
first, second = needs_store._STEPS
stop = int(sys.argv[2])
class Store(sqlite3.Connection):
    done = 0
    def execute(self, statement, *values):
        if statement in second:
            if Store.done == stop:
                os.kill(os.getpid(), 9)
            Store.done += 1
        return super().execute(statement, *values)
connect = sqlite3.connect
needs_store.sqlite3.connect = lambda *given, **more: connect(*given, factory=Store, **more)
needs.add(Path(sys.argv[1]), needs.build_need("x"))
"""


@pytest.mark.parametrize("statement", range(6))
def test_a_kill_on_the_way_loses_nothing(path: Path, statement: int) -> None:
    """Before each statement of the step: the old needs are all there, the next session finishes it."""
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path), str(statement)], cwd=ROOT, check=False)
    assert done.returncode == -9
    found: tuple[Need, ...] = list_needs(path)
    assert [new.text for new in found] == WORDS
    assert add(path, build_need("après")).seq == 5
    assert list_needs(path)[:4] == found


def test_both_versions_of_a_column_are_known() -> None:
    """What a newer file adds is what an older one is read with."""
    with needs_store.open_store(Path(":memory:"), Act.READ) as store:
        for step in needs_store._STEPS[:1]:
            for statement in step:
                store.execute(statement)
        first = f"SELECT * FROM {needs_store.name_source(1)}"  # noqa: S608 - a name of our own
        old = {row[0] for row in store.execute(first).description}
        for statement in needs_store._STEPS[1]:
            store.execute(statement)
        assert old == {row[0] for row in store.execute("SELECT * FROM needs").description}
