"""The shelf: a store's newest edition as a folder, whole or not at all, whatever happens to the store or the disk."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from biocarto import config
from biocarto.config import Settings
from biocarto.desk import shelf
from biocarto.desk.shelf import find_current, find_data, find_shelf, renew_data, take_up
from biocarto.register import tables
from biocarto.store.database import Store, open_store
from biocarto.store.store_error import StoreError, StoreTrouble
from tests.support.shelves import DAY, a_store, an_edition, publish

SMALL = {"a.csv": "id\n", "datapackage.json": '{"edition": "2026-12-01"}'}
"""An edition that only the shelf reads."""


def small(name: str = DAY) -> dict[str, str]:
    """The same under another name."""
    return SMALL | {"datapackage.json": f'{{"edition": "{name}"}}'}


def settings_of(store: Store) -> Settings:
    """Settings that name a store and no folder of tables."""
    return Settings(store=store.driver.name, data=Path("/nowhere"))


def read_folder(folder: Path | None) -> dict[str, str]:
    """The files of a folder."""
    assert folder is not None
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def test_the_newest_edition_becomes_a_folder_like_data(tmp_path: Path) -> None:
    """Byte by byte what was published; the loader of the pages reads it, and gives its name."""
    store, files = a_store(tmp_path), an_edition(f"{DAY}.2")
    publish(store, an_edition())
    publish(store, files)
    data = renew_data(settings_of(store))
    assert read_folder(data) == files
    assert data == find_data(settings_of(store))
    assert tables.read(data).edition == f"{DAY}.2"


def test_without_a_store_or_an_edition_it_is_the_folder_that_is_set(tmp_path: Path) -> None:
    """And nothing is made on the disk."""
    settings = Settings(store=str(tmp_path / "none" / "register.sqlite"), data=tmp_path / "data")
    assert renew_data(settings) == find_data(settings) == tmp_path / "data"
    assert list(tmp_path.iterdir()) == []
    assert renew_data(settings_of(a_store(tmp_path))) == Path("/nowhere")


@pytest.mark.parametrize("is_anew", [False, True])
def test_a_store_that_was_removed_is_shown_no_more(tmp_path: Path, is_anew: bool) -> None:
    """Neither at once nor when another one takes its place, with another edition of the same name."""
    store = a_store(tmp_path)
    publish(store, small())
    before = renew_data(settings_of(store))
    for path in tmp_path.glob("register.sqlite*"):
        path.unlink()
    assert find_data(settings_of(store)) == renew_data(settings_of(store)) == Path("/nowhere")
    if is_anew:
        publish(a_store(tmp_path), small() | {"a.csv": "id\nx\n"})
        after = renew_data(settings_of(store))
        assert after != before
        assert read_folder(after)["a.csv"] == "id\nx\n"


def test_two_stores_have_two_shelves(tmp_path: Path) -> None:
    """In the same folder too; of a server's database no password is in a name, and another password is the same store."""
    stores = [a_store(tmp_path, name) for name in ("one.sqlite", "two.sqlite")]
    for number, store in enumerate(stores):
        publish(store, SMALL | {"a.csv": f"id\n{number}\n"})
    assert [read_folder(renew_data(settings_of(store)))["a.csv"] for store in stores] == ["id\n0\n", "id\n1\n"]
    one, other = (find_shelf(f"postgresql://pole:{secret}@db.example/register") for secret in ("one", "two"))
    assert one == other
    assert one.parent == config.ROOT / "var" / "editions"
    assert find_shelf("postgresql://pole@db.example/other") != one
    assert find_shelf("postgresql://pole@one.example:5432,two.example:5433/register") != one


@pytest.mark.parametrize("how", ["altered", "half", "more", "gone", "file"])
def test_a_damaged_folder_is_put_right(tmp_path: Path, how: str) -> None:
    """When the process that finds it looks for the first time, and when the files have changed since."""
    store = a_store(tmp_path)
    publish(store, SMALL)
    data = renew_data(settings_of(store))
    if how == "altered":
        (data / "a.csv").write_text("something else", encoding="utf-8")
    elif how == "half":
        (data / "a.csv").unlink()
    elif how == "more":
        (data / "b.csv").write_text("", encoding="utf-8")
    else:
        shutil.rmtree(data)
        if how == "file":
            data.write_text("", encoding="utf-8")
    assert renew_data(settings_of(store)) == data
    assert read_folder(data) == SMALL
    assert [path.name for path in data.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"folder": "../..", "notes": ""}', '{"folder": 1, "notes": ""}', "\0"])
def test_a_damaged_pointer_leads_nowhere_and_is_put_right(tmp_path: Path, content: str) -> None:
    """A power cut, or a hand."""
    store = a_store(tmp_path)
    publish(store, SMALL)
    data = renew_data(settings_of(store))
    (data.parent / shelf.POINTER).write_text(content, encoding="utf-8")
    assert find_current(data.parent) is None
    assert find_data(settings_of(store)) == Path("/nowhere")
    assert renew_data(settings_of(store)) == data


@pytest.mark.parametrize("trouble", [StoreTrouble.UNREACHABLE, StoreTrouble.NEWER, StoreTrouble.DAMAGED, OSError("full")])
def test_what_is_known_stays_while_the_store_is_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble: StoreTrouble | OSError
) -> None:
    """One line of the log says why, however long it lasts; a trouble that comes again is told again."""
    store = a_store(tmp_path)
    publish(store, SMALL)
    data, settings = renew_data(settings_of(store)), settings_of(store)

    def fail(_self: Store) -> None:
        raise StoreError(trouble, "x") if isinstance(trouble, StoreTrouble) else trouble

    for _ in range(2):
        with monkeypatch.context() as patched:
            patched.setattr(Store, "read", fail)
            assert [renew_data(settings) for _ in range(3)] == [data] * 3
        assert renew_data(settings) == data
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert read_folder(data) == SMALL


def test_an_edition_that_is_not_what_was_published_is_not_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody wrote past the desk: the edition before stays."""
    store = a_store(tmp_path)
    publish(store, SMALL)
    data = renew_data(settings_of(store))
    publish(store, small("2026-12-02") | {"a.csv": "id\nx\n"})
    with store.write() as transaction:
        transaction.execute("UPDATE content SET body = 'id' WHERE body = ?", ("id\nx\n",))
    assert renew_data(settings_of(store)) == data
    assert len(caplog.records) == 1


def test_old_folders_go_and_the_last_ones_stay(tmp_path: Path) -> None:
    """The newest and the two before it, drafts that a power cut left an hour ago not among them; a draft of now is somebody's."""
    store = a_store(tmp_path)
    names = [f"2026-12-{day:02}" for day in range(1, 8)]
    for name in names:
        publish(store, small(name))
        data = renew_data(settings_of(store))
    for name, age in ((".draft-old", 2 * 3600), (".draft-new", 0)):
        (data.parent / name).mkdir()
        changed = data.stat().st_mtime - age
        os.utime(data.parent / name, (changed, changed))
    renew_data(settings_of(store))
    assert sorted(path.name[:10] for path in data.parent.iterdir() if path.is_dir()) == [".draft-new", *names[-shelf.KEPT :]]


def test_a_late_writer_of_an_old_edition_removes_no_newer_one(tmp_path: Path) -> None:
    """A folder that was written last is not the newest edition for that: what readers have just been given stays."""
    store = a_store(tmp_path)
    for day in range(1, 2 + shelf.KEPT):
        publish(store, small(f"2026-12-{day:02}"))
        data = renew_data(settings_of(store))
    for number, path in enumerate(sorted(data.parent.glob("2026-*"))):
        os.utime(path, (1000 - number, 1000 - number))
    late = data.parent / "2026-11-30-000000000000"
    late.mkdir()
    publish(store, small("2026-12-20.10"))
    assert renew_data(settings_of(store)).name.startswith("2026-12-20.10")
    assert sorted(path.name[:10] for path in data.parent.glob("2026-*")) == ["2026-12-03", "2026-12-04", "2026-12-20"]


class NoTurn:
    """A lock that another process does not share."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def read_all(settings: Settings, done: list[bool], wrong: list[dict[str, str]]) -> None:
    """Read the newest edition again and again, and note what is none."""
    while not done:
        found = read_folder(find_data(settings))
        if set(found) != set(SMALL) or found["a.csv"] != "id\n":
            wrong.append(found)


def take_up_all(settings: Settings, done: list[bool]) -> None:
    """Take up again and again."""
    while not done:
        take_up(open_store(settings.store), find_shelf(settings.store))


def test_many_take_up_while_many_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers as of several processes, without their common lock: every reader finds a whole edition, never less."""
    store = a_store(tmp_path)
    settings = settings_of(store)
    publish(store, small("2026-12-01"))
    renew_data(settings)
    monkeypatch.setattr(shelf, "_turn", NoTurn())
    done: list[bool] = []
    wrong: list[dict[str, str]] = []
    threads = [Thread(target=take_up_all, args=(settings, done)) for _ in range(3)]
    threads += [Thread(target=read_all, args=(settings, done, wrong)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for day in range(2, 2 + shelf.KEPT):
        publish(store, small(f"2026-12-{day:02}"))
        while not find_data(settings).name.startswith(f"2026-12-{day:02}"):
            sleep(0.001)
    done.append(True)
    for thread in threads:
        thread.join()
    assert wrong == []
