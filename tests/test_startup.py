"""What happens to a wrong setting at the start: a laptop tells it on its pages, a public server does not start."""

from __future__ import annotations

from threading import Event
from types import SimpleNamespace

import pytest

from biocarto import startup
from biocarto.config import Settings
from biocarto.errors import Notice, SettingError

PUBLIC = {"BIOCARTO_PUBLIC_URL": "https://carto.example"}
WRONG = {"BIOCARTO_BOOTH_IDLE": "abc"}


def test_a_laptop_starts_with_a_wrong_setting() -> None:
    """Closed to others; the pages name the setting."""
    assert startup.read_settings(WRONG) == Settings()


def test_a_public_server_does_not_start_with_a_wrong_setting() -> None:
    """What is wrong is said, and not that its address is missing."""
    with pytest.raises(SettingError, match="BIOCARTO_BOOTH_IDLE"):
        startup.read_settings(PUBLIC | WRONG)
    with pytest.raises(SettingError, match="BIOCARTO_PUBLIC_URL"):
        startup.read_settings({"BIOCARTO_PUBLIC_URL": "carto.example"})


def test_a_good_public_address_is_read() -> None:
    """And an empty one is a laptop's."""
    assert startup.read_settings(PUBLIC).public_host == "carto.example"
    assert startup.read_settings({"BIOCARTO_PUBLIC_URL": " "} | WRONG) == Settings()


def test_what_was_unusual_in_the_files_is_in_the_log(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """An operator reads there that a table came in another encoding; visitors see the table."""
    unusual = SimpleNamespace(notices=(Notice("actors.csv", 1, "", "lu en Windows-1252", "read as Windows-1252"),))
    for name in ("load_assets", "load_layer_resources", "load_catalogue"):
        monkeypatch.setattr(startup.cache, name, lambda: None)
    monkeypatch.setattr(startup.cache, "load_tables", lambda: unusual)
    for name in ("import_modules", "_make_shared"):
        monkeypatch.setattr(startup, name, lambda *_: None)
    startup.read_everything()
    assert [record.getMessage() for record in caplog.records] == ["actors.csv, line 1: read as Windows-1252"]


def test_files_that_were_left_are_let_go_while_the_server_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to ask for anything: the thread that looks for editions ends the permits of imports, also where editions fail."""
    swept: list[Event] = [Event(), Event()]
    rounds = iter(swept)
    monkeypatch.setattr(startup, "EVERY", 0.001)
    monkeypatch.setattr(startup.daily, "start", lambda *_: None)
    monkeypatch.setattr(startup, "UPLOADS", SimpleNamespace(sweep=lambda: next(rounds, swept[-1]).set()))
    monkeypatch.setattr(startup, "renew", lambda: 1 / 0)
    with startup.keep_watch():
        assert all(event.wait(60) for event in swept)
