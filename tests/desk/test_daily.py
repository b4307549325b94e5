"""What the clock erases: the desk's people and the stand's needs, today and every day; a failure is told and stops nothing."""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from biocarto.booth import needs_desk
from biocarto.booth.needs import add, build_need, list_needs
from biocarto.config import Settings
from biocarto.desk import daily
from biocarto.desk.daily import DAY, TidiedRound, start, tidy
from tests.desk.people import add_proposal, make_store

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
OLD_NEEDS = Path(__file__).parents[1] / "booth" / "needs_version_1.sqlite"


def build_settings(folder: Path, days: int = 0) -> Settings:
    """A server whose files are in a folder."""
    return Settings(store=str(folder / "register.sqlite"), needs=folder / "needs.sqlite", needs_days=days)


def fill_needs(path: Path) -> None:
    """Handled long ago, handled yesterday, deleted long ago, open."""
    for number, change, days in ((1, needs_desk.set_handled, 40), (2, needs_desk.set_handled, 1), (3, needs_desk.set_deleted, 40)):
        change(path, add(path, build_need(f"besoin secret {number}")).id, NOW - timedelta(days=days))
    add(path, build_need("besoin secret 4", now=NOW - timedelta(days=400)))


def test_needs_that_are_settled_go_by_the_setting(tmp_path: Path) -> None:
    """Handled or deleted longer ago than so many days; an open need waits for its answer; their bytes are overwritten."""
    settings = build_settings(tmp_path, days=30)
    fill_needs(settings.needs)
    assert tidy(settings, NOW) == TidiedRound(needs=2)
    assert [need.text for need in list_needs(settings.needs)] == ["besoin secret 2", "besoin secret 4"]
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [number for number in range(1, 5) if f"besoin secret {number}".encode() in left] == [2, 4]


def test_without_the_setting_no_need_goes(tmp_path: Path) -> None:
    """The stand's staff erases them, as always."""
    settings = build_settings(tmp_path)
    fill_needs(settings.needs)
    assert tidy(settings, NOW + timedelta(days=4000)) == TidiedRound()
    assert len(list_needs(settings.needs)) == 4


def test_a_laptop_without_desk_and_stand_gets_no_file(tmp_path: Path) -> None:
    """Looking for what is due makes nothing."""
    assert tidy(build_settings(tmp_path, days=30), NOW) == TidiedRound()
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_the_first_version_is_left_as_it_is(tmp_path: Path) -> None:
    """Its needs were neither handled nor deleted."""
    settings = build_settings(tmp_path, days=1)
    shutil.copy(OLD_NEEDS, settings.needs)
    before = settings.needs.read_bytes()
    assert tidy(settings, NOW) == TidiedRound()
    assert settings.needs.read_bytes() == before


def test_a_broken_register_does_not_keep_the_needs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Each is tidied whatever happens to the other; the log has a sentence, and the next day is another try."""
    settings = build_settings(tmp_path, days=30)
    fill_needs(settings.needs)
    Path(settings.store).write_bytes(b"not a database at all" * 100)
    with caplog.at_level(logging.INFO):
        start(settings, wait=lambda _: True).join(30)
    assert len(list_needs(settings.needs)) < 4
    assert "register.sqlite" in caplog.text


def test_the_clock_runs_once_a_day(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """At the start, then after each day that passes, beside the server; a bug in one round does not end the rounds."""
    settings, days = build_settings(tmp_path), iter([False, False, True])
    add_proposal(make_store(tmp_path), 9, "a@b.example", decided="2020-01-01T00:00:00+00:00")
    passed = []

    def wait(seconds: float) -> bool:
        passed.append(seconds)
        return next(days)

    with caplog.at_level(logging.INFO):
        thread = start(settings, wait)
        thread.join(30)
    assert thread.daemon
    assert passed == [DAY] * 3
    assert "1 contacts" in caplog.text


def test_a_bug_of_one_round_is_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """The log has its trace; the thread goes on."""
    days = iter([False, True])
    monkeypatch.setattr(daily.duties, "tidy_people", lambda *_: 1 / 0)
    make_store(tmp_path)
    start(build_settings(tmp_path), lambda _: next(days)).join(30)
    assert caplog.text.count("ZeroDivisionError") == 2
