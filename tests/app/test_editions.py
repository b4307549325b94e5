"""A new edition of the desk on the pages: shown by itself, told once, and nothing of the older ones left in memory."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, get_ident
from threading import enumerate as enumerate_threads
from time import sleep
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from biocarto import startup
from biocarto.desk import shelf
from biocarto.query.filters import Filters
from biocarto.query.select import index_words, select
from biocarto.register.catalogue import Catalogue
from biocarto.store.database import Store
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.ui.coverage import data as coverage_data
from biocarto.ui.shared import cache, filter_bar
from tests.support.pages import opened, said
from tests.support.shelves import a_store, an_edition, publish


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that this process takes its editions from, without one."""
    found = a_store(tmp_path)
    monkeypatch.setenv("BIOCARTO_STORE", found.driver.name)
    cache.forget()
    yield found
    monkeypatch.undo()
    cache.forget()


def show(store: Store, name: str, notes: str = "", **renamed: str) -> None:
    """Publish an edition, and take it up as the desk's page does."""
    publish(store, an_edition(name, **renamed), notes)
    cache.take_up_editions()


def told(app: AppTest) -> list[str]:
    """What stands beside the page."""
    return [toast.value for toast in app.toast]


def test_a_session_under_way_is_told_once(store: Store) -> None:
    """At its next run, with the notes; not on a first visit, and not again."""
    show(store, "2026-12-01", abivax="Abivax un")
    app = opened("directory", actor="abivax")
    assert told(app) == []
    assert "Abivax un" in said(app)
    show(store, "2026-12-01.2", "Abivax a *changé* de nom", abivax="Abivax deux")
    app.run()
    assert "Abivax deux" in said(app)
    assert told(app) == ["Nouvelle édition du 1er décembre 2026 (édition n°\u00a02 du jour)\u00a0: Abivax a \\*changé\\* de nom"]
    assert told(app.run()) == []


def test_tables_before_the_first_edition_count_as_an_older_one(store: Store) -> None:
    """In English, and without notes; a store that is gone is told to nobody, and data/ is back."""
    app = opened("directory", lang="en")
    show(store, "2026-12-01", abivax="Abivax un")
    assert told(app.run()) == ["New edition of 1 December 2026: this page and the next ones show it."]
    Path(store.driver.name).unlink()
    app.query_params["actor"] = "abivax"
    app.run()
    assert told(app) == []
    assert "Abivax un" not in said(app)


def test_the_stand_is_not_told_and_its_visitor_keeps_an_edition(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attract loop takes the new one up in silence; whoever is in a room reads on, and the next visitor has the new one."""
    monkeypatch.setenv("BIOCARTO_BOOTH", "1")
    show(store, "2026-12-01", abivax="Abivax un")
    app = opened("booth")
    show(store, "2026-12-02", abivax="Abivax deux")
    app.query_params["door"], app.query_params["actor"] = "who", "abivax"
    assert "Abivax deux" in said(app.run())
    show(store, "2026-12-03", abivax="Abivax trois")
    assert "Abivax deux" in said(app.run())
    app.query_params.clear()
    app.run()
    app.query_params["door"], app.query_params["actor"] = "who", "abivax"
    assert "Abivax trois" in said(app.run())
    assert told(app) == []


def test_a_page_asks_no_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pointer on the disk is enough: while the store is down every page answers, and so does a new process."""
    show(store, "2026-12-01", abivax="Abivax un")
    asked: list[int] = []

    def fail(_self: Store) -> None:
        asked.append(1)
        raise StoreError(StoreTrouble.UNREACHABLE, "x")

    monkeypatch.setattr(Store, "read", fail)
    assert "Abivax un" in said(opened("directory", actor="abivax"))
    assert asked == []
    cache.forget()
    startup.read_everything()
    assert asked == [1]
    assert startup.read_edition() == "2026-12-01"


def test_a_server_takes_an_edition_up_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published elsewhere: the watcher finds it, goes on after what fails, and ends with the server."""
    monkeypatch.setattr(startup, "EVERY", 0.01)
    monkeypatch.setattr(startup, "_make_shared", lambda _: None)
    fails, renew = [1], startup.renew

    def stumble() -> bool:
        if fails:
            fails.pop()
            raise OSError
        return renew()

    monkeypatch.setattr(startup, "renew", stumble)
    with startup.keep_watch():
        publish(store, an_edition("2026-12-05"))
        while not shelf.read_current(cache.settings()):
            sleep(0.01)
    for thread in enumerate_threads():
        if thread.name == "biocarto-editions":
            thread.join(60)
            assert not thread.is_alive()
    assert startup.read_edition() == "2026-12-05"


def fill(catalogue: Catalogue) -> None:
    """What pages make of an edition, one value of each kind at least."""
    chosen = Filters(department=("75",))
    filter_bar.select_rows(chosen, catalogue)
    coverage_data.load_data(chosen).measure_reach()
    index_words(catalogue)
    cache.make_once("a text", catalogue.actors["name"].to_frame)
    cache.make_for_rows("some rows", select(chosen, catalogue).actors, catalogue.actors.copy)


def count_alive() -> Counter[type]:
    """How many catalogues and frames there are, the frozen ones too."""
    gc.unfreeze()
    gc.collect()
    counted = Counter(type(found) for found in gc.get_objects() if isinstance(found, Catalogue | pd.DataFrame))
    gc.freeze()  # as it was before
    return counted


def test_nothing_of_older_editions_is_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many catalogues and frames after seven editions as after three, whatever the pages made of each; the heap is frozen again."""
    monkeypatch.setattr(startup, "_make_shared", fill)
    alive, old = [], []
    for number in range(2, 9):
        publish(store, an_edition(f"2026-12-01.{number}", abivax=f"Abivax {number}"))
        assert startup.renew()
        assert not startup.renew()
        assert gc.get_freeze_count() > 100_000
        old.append(weakref.ref(cache.load_catalogue()))
        alive.append(count_alive())
    assert [ref() is None for ref in old] == [True] * 5 + [False] * 2
    assert alive[2:] == [alive[2]] * 5


def test_a_fragment_works_on_with_the_edition_of_its_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the one before the newest as it was; with an older one nothing that it makes stands for a newer edition."""
    monkeypatch.setattr(startup, "_make_shared", lambda _: None)
    show(store, "2026-12-01", abivax="Abivax un")
    startup.renew()
    session = SimpleNamespace(session_id="fragment")
    monkeypatch.setattr(cache, "get_script_run_ctx", lambda **_: session)
    cache.look_again()
    before = cache.load_catalogue()
    for number in range(2, 7):
        show(store, f"2026-12-01.{number}", abivax=f"Abivax {number}")
        startup.renew()
        assert number > 2 or cache.load_catalogue() is before
        rows = before.actors
        assert "Abivax un" in cache.make_for_rows("names", rows, lambda: list(before.actors["name"]))
    assert cache.load_catalogue().actors.loc["abivax", "name"] == "Abivax 6"
    session = SimpleNamespace(session_id="new")
    cache.look_again()
    fresh = cache.load_catalogue()
    assert "Abivax 6" in cache.make_for_rows("names", fresh.actors, lambda: list(fresh.actors["name"]))


def test_pages_read_while_editions_follow_each_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions in threads: each finds one edition as a whole in every run, and never an error."""
    monkeypatch.setattr(startup, "_make_shared", lambda _: None)
    show(store, "2026-12-01.2", abivax="Abivax 2")
    wrong, done = [], []
    sessions: dict[int, str] = {}

    monkeypatch.setattr(
        cache, "get_script_run_ctx", lambda **_: SimpleNamespace(session_id=sessions[get_ident()]) if get_ident() in sessions else None
    )

    def visit() -> None:
        sessions[get_ident()] = str(get_ident())
        while not done:
            try:
                cache.look_again()
                catalogue = cache.load_catalogue()
                number = catalogue.edition.rpartition(".")[2]
                names = cache.make_once("names", lambda catalogue=catalogue: list(catalogue.actors["name"]))
                if f"Abivax {number}" not in names or cache.load_tables().edition != catalogue.edition:
                    wrong.append((catalogue.edition, cache.load_tables().edition))
            except Exception as error:  # noqa: BLE001 - told below
                wrong.append(error)

    threads = [Thread(target=visit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(3, 9):
        publish(store, an_edition(f"2026-12-01.{number}", abivax=f"Abivax {number}"))
        startup.renew()
    done.append(True)
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_form_opens_where_the_edition_of_a_visit_is_in_memory_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand keeps its edition to the end of a visit, the shelf the last three."""
    gone = cache.get_edition()._replace(data=tmp_path / "gone")
    monkeypatch.setattr(cache, "get_edition", lambda: gone)
    assert "actors" in cache.load_schema()
