"""Needs come back as they were written, in their order; every trouble with the file is said and leaves it whole."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.booth import needs, needs_error, needs_store
from biocarto.booth.needs import LONGEST, Need, add, build_need, clean_text, list_needs
from biocarto.booth.needs_error import Act, NeedsError
from biocarto.booth.needs_store import VERSION
from biocarto.model import Category, Level

ROOT = Path(__file__).resolve().parents[2]
OLD = {
    "2026-07-01T22:30:00+00:00": "02 00:30",
    "2026-12-01T22:30:00+00:00": "01 23:30",
    "2026-12-01T22:30:00": "01 23:30",
    "yesterday": None,
    "0001-01-01T00:00:00+00:00": None,
}
"""What a file says -> the day and the time in Paris."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in a folder that does not exist yet."""
    return tmp_path / "var" / "needs.sqlite"


def refused(words: str, path: Path, new: Need | None = None) -> None:
    """Storing says what happened, in both languages, and where."""
    with pytest.raises(NeedsError, match=words) as caught:
        add(path, new or build_need("Un besoin"))
    assert str(path) in caught.value.fr
    assert "n'est pas enregistré" in caught.value.fr
    assert "not stored" in caught.value.en


def test_a_need_comes_back_as_it_was_written(path: Path) -> None:
    """Every field, in the order of storing; there is nothing before the first."""
    assert list_needs(path) == ()
    first = add(path, build_need("Formation BPF", Category.BIOPRODUCTION, Level.DEPARTMENT, "91"))
    second = add(path, build_need("Salles blanches\nà louer"))
    assert list_needs(path) == (first, second)
    assert (first.seq, first.category, first.level, first.territory) == (1, "bioproduction", "department", "91")
    assert (second.seq, second.text, second.category) == (2, "Salles blanches\nà louer", "")


def test_a_clock_that_jumps_does_not_reorder(path: Path) -> None:
    """The order is that of storing, the time is what the clock said."""
    start = datetime(2026, 11, 23, 12, tzinfo=UTC)
    for hours in (0, -5, 9000, -9000):
        add(path, build_need(f"{hours}", now=start + timedelta(hours=hours)))
    assert [found.text for found in list_needs(path)] == ["0", "-5", "9000", "-9000"]
    assert [found.made[:4] for found in list_needs(path)] == ["2026", "2026", "2027", "2025"]


def test_a_file_is_full_at_last(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever floods it meets an end; what is there stays, and staff is told what to do."""
    monkeypatch.setattr(needs, "MOST", 2)
    stored = (add(path, build_need("1")), add(path, build_need("2")))
    refused("is full.*erase", path)
    assert list_needs(path) == stored


def test_a_need_says_which_event_and_how_its_clocks_went(path: Path) -> None:
    """By the clocks of the event, wherever and whenever the file is read; nobody's invisible characters."""
    tokyo = datetime(2026, 11, 23, 23, 5, tzinfo=timezone(timedelta(hours=9)))
    (found,) = [add(path, build_need("x", now=tokyo, event="Bio\u200b Japan\n2026"))]
    assert (found.event, found.utc_offset, found.made) == ("Bio Japan 2026", 540, "2026-11-23T14:05:00+00:00")
    assert str(needs.find_local_time(found, ZoneInfo("Europe/Paris"))) == "2026-11-23 23:05:00+09:00"


def test_summer_and_winter_of_an_old_need() -> None:
    """A file of the first version knows no clocks: those of the setting, with their summer time."""
    times = {made: needs.find_local_time(Need("x", "", "", "", made, "a"), ZoneInfo("Europe/Paris")) for made in OLD}
    assert {made: time and time.strftime("%d %H:%M") for made, time in times.items()} == OLD


def test_the_clocks_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no zone is set, the machine's own."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        found = build_need("x")
        assert found.utc_offset == 540
        old = needs.find_local_time(Need("x", "", "", "", "2026-11-23T14:05:09+00:00", "a"), None)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert old is not None
    assert old.strftime("%d %H:%M") == "23 23:05"


def test_time_is_utc() -> None:
    """Whatever the time zone of the machine."""
    paris = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert build_need("x", now=paris).made == "2026-06-30T23:30:00+00:00"


def test_a_need_sent_twice_is_stored_once(path: Path) -> None:
    """A second tap, or an answer that was lost."""
    new = build_need("Une fois")
    assert add(path, new) == add(path, new)
    assert len(list_needs(path)) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  un\t besoin \x00\x1b[31m ", "un besoin [31m"),
        ("a\r\n\r\n\x85b\u2028c", "a\nb\nc"),
        ("\u202egauche\u200b \ud800", "gauche"),
        ("e\u0301", "é"),
        ("48\u202f% ; '); DROP TABLE needs; --", "48\u202f% ; '); DROP TABLE needs; --"),
        ("需要 🧬", "需要 🧬"),
    ],
)
def test_text_is_cleaned(path: Path, typed: str, kept: str) -> None:
    """Nothing that a screen, a file or a reader stumbles over; everything that people write stays."""
    assert add(path, build_need(typed)).text == kept
    assert list_needs(path)[0].text == kept


@given(st.text(alphabet=st.characters(), max_size=80))
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    """What is clean is what is stored."""
    assert clean_text(clean_text(typed)) == clean_text(typed)


@pytest.mark.parametrize("typed", ["", " \n\t", "\x00\u200b", "\u00a0"])
def test_an_empty_need_is_refused(typed: str) -> None:
    """Nothing readable is no need."""
    with pytest.raises(NeedsError, match="empty") as caught:
        build_need(typed)
    assert "vide" in caught.value.fr


@pytest.mark.parametrize("extra", [1, 1_000_000])
def test_a_long_need_is_refused_not_cut(extra: int) -> None:
    """The limit and the length are said; the limit itself is accepted, counted as people see it."""
    assert len(build_need("é" * LONGEST + " \n").text) == LONGEST
    with pytest.raises(NeedsError, match=str(LONGEST + extra)) as caught:
        build_need("x" * (LONGEST + extra))
    assert str(LONGEST) in caught.value.fr


@pytest.mark.parametrize(("level", "territory"), [("region", ""), ("", "11"), ("region", "1'"), ("planet", "11")])
def test_a_territory_that_no_list_offers_is_a_bug(level: str, territory: str) -> None:
    """A code needs its level: 75 is Paris and Nouvelle-Aquitaine."""
    with pytest.raises(ValueError, match=r"level|planet"):
        build_need("x", level=level, territory=territory)


def test_commits_are_flushed_to_the_disk(path: Path) -> None:
    """WAL and FULL: a commit returns after the disk has it, so that a power cut takes no more than a kill."""
    add(path, build_need("x"))
    with needs_store.open_store(path, Act.STORE) as store:
        assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.execute("PRAGMA synchronous").fetchone() == (2,)


def test_first_sessions_at_the_same_moment(tmp_path: Path) -> None:
    """Eight threads make the same file again and again: each need is stored, none is refused."""
    for number in range(12):
        start, path = Barrier(8), tmp_path / f"{number}.sqlite"

        def store(name: int, start: Barrier = start, path: Path = path) -> Need:
            start.wait()
            return add(path, build_need(f"besoin {name}"))

        with ThreadPoolExecutor(8) as pool:
            stored = list(pool.map(store, range(8)))
        assert sorted(found.seq for found in stored) == list(range(1, 9))
        assert set(list_needs(path)) == set(stored)


def test_the_kind_of_log_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite refuses to change it while another session reads a new file, without waiting: the pause lets that one finish."""
    path = tmp_path / "needs.sqlite"
    other, store = (sqlite3.connect(path, timeout=0, isolation_level=None) for _ in range(2))
    other.execute("CREATE TABLE x (y)")
    other.execute("BEGIN")
    other.execute("SELECT * FROM x").fetchall()
    paused = []
    monkeypatch.setattr(needs_store.time, "sleep", lambda seconds: paused.append(seconds) or other.close())
    needs_store._write_ahead(store)
    assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert paused == [needs_store._PAUSE]
    store.close()


_FILL = """
import resource, sys
from pathlib import Path
from biocarto.booth import needs
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
while True:
    try:
        print(needs.add(Path(sys.argv[1]), needs.build_need("x" * 500)).id)
    except needs.NeedsError as error:
        print(error.fr)
        sys.exit()
"""


def test_a_full_disk_is_said_and_leaves_no_half(path: Path) -> None:
    """A writer that may write no further byte says so; all it acknowledged is there, and with room again the next need is stored."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    done = subprocess.run([sys.executable, "-c", _FILL, str(path)], cwd=ROOT, capture_output=True, text=True, check=True)
    *stored, said = done.stdout.splitlines()
    assert "disque est plein" in said
    assert "n'est pas enregistré" in said
    assert [found.id for found in list_needs(path)] == stored
    assert len(stored) > 10
    assert add(path, build_need("de nouveau")).seq == len(stored) + 1


_LIST = """
import resource, sys
from pathlib import Path
from biocarto.booth import needs
resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
print(*(found.id for found in needs.list_needs(Path(sys.argv[1]))), sep="\\n")
"""


def test_needs_are_listed_on_a_full_disk(path: Path) -> None:
    """Where not one more byte can be written, staff still take away what was heard."""
    stored = [add(path, build_need(f"{number}")).id for number in range(3)]
    done = subprocess.run([sys.executable, "-c", _LIST, str(path)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == stored


def fill(path: Path) -> None:
    """Many needs in one transaction, on a disk of six pages."""
    rows = [(f"{number}", "x" * 500) for number in range(100)]
    with needs_store.open_store(path, Act.STORE) as store:
        store.execute("PRAGMA max_page_count = 6")
        with needs_store.run_transaction(store):
            store.executemany("INSERT INTO needs (id, made, category, level, territory, text) VALUES (?, '', '', '', '', ?)", rows)


def test_a_full_disk_in_the_middle_of_a_transaction(path: Path) -> None:
    """SQLite's own limit of pages stands for the disk: nothing of it stays, the need before and the need after are whole."""
    add(path, build_need("avant"))
    with pytest.raises(NeedsError, match="full"):
        fill(path)
    add(path, build_need("après"))
    assert [found.text for found in list_needs(path)] == ["avant", "après"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_visitor_is_told_without_the_path(tmp_path: Path, lang: str) -> None:
    """What happened to the need and whom to tell; the operator's message alone names the file."""
    with pytest.raises(NeedsError) as caught:
        needs.add(tmp_path, needs.build_need("Un automate"))
    assert str(tmp_path) in caught.value.message(lang)
    assert str(tmp_path) not in caught.value.aside.message(lang)
    assert {"fr": "équipe du stand", "en": "staff of the booth"}[lang] in caught.value.aside.message(lang)


def test_a_need_that_is_too_long_says_so_to_its_visitor() -> None:
    """Where the visitor can put it right, there is one message."""
    with pytest.raises(NeedsError) as caught:
        needs.build_need("a" * 501)
    assert caught.value.aside is caught.value


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "var").write_text("")
    refused("cannot be opened for writing", tmp_path / "var" / "needs.sqlite")


def test_a_path_that_is_a_folder(tmp_path: Path) -> None:
    """The setting names a folder."""
    refused("cannot be opened for writing", tmp_path)
    with pytest.raises(NeedsError, match="cannot be read"):
        list_needs(tmp_path)


def test_a_file_that_another_program_holds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storing gives up after a while; reading goes on; afterwards storing works again."""
    monkeypatch.setattr(needs_store, "PATIENCE", 0.05)
    first = add(path, build_need("avant"))
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    refused("Another program", path)
    assert list_needs(path) == (first,)
    holder.close()
    assert add(path, build_need("après")).seq == 2


@pytest.mark.parametrize("content", [b"not a database, but long enough to look like one" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    """It may still be repaired by hand: nobody writes into it."""
    path = tmp_path / "needs.sqlite"
    path.write_bytes(content)
    refused("damaged|newer version", path)
    with pytest.raises(NeedsError, match="nothing was changed"):
        list_needs(path)
    assert path.read_bytes() == content


def test_a_need_that_lost_its_words_is_damage(path: Path) -> None:
    """A readable file whose content breaks the rules of the table is not shown as if it were whole."""
    add(path, build_need("avant"))
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute("UPDATE needs SET text = ''")
    store.close()
    with pytest.raises(NeedsError, match="damaged"):
        list_needs(path)


@pytest.mark.parametrize("made", ["CREATE TABLE other (x)", f"PRAGMA user_version = {VERSION + 1}", "PRAGMA user_version = -1"])
def test_a_file_of_another_program_is_left_alone(tmp_path: Path, made: str) -> None:
    """Another program's tables, or a newer BioCarto's: not one byte changes, not even the kind of its journal."""
    path = tmp_path / "needs.sqlite"
    store = sqlite3.connect(path)
    store.execute(made)
    store.close()
    before = path.read_bytes()
    refused("another program or a newer version", path)
    with pytest.raises(NeedsError, match="nothing was changed"):
        list_needs(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["needs.sqlite"]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a few pages."""
    path = tmp_path_factory.mktemp("needs") / "needs.sqlite"
    for number in range(40):
        add(path, build_need(f"besoin {number} " + "x" * 400))
    return path


@given(st.data())
def test_bytes_that_a_disk_lost(stored: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Wherever a file is damaged, its needs are read whole or the damage is said; never another error."""
    content = bytearray(stored.read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    content[start : start + 64] = data.draw(st.binary(min_size=1, max_size=64))
    path = tmp_path_factory.mktemp("damaged") / "needs.sqlite"
    path.write_bytes(content)
    try:
        found = list_needs(path)
    except NeedsError:
        return
    assert all(isinstance(value, str) for new in found for value in (new.text, new.id, new.made))


def test_wrong_use_stays_a_bug(path: Path) -> None:
    """A mistake in our own SQL parameters must not look like a damaged disk."""
    with pytest.raises(sqlite3.ProgrammingError), needs_error.translate_errors(path, Act.STORE):
        sqlite3.connect(":memory:").execute("SELECT ?", ())


@pytest.mark.parametrize(
    ("code", "said_en"),
    [(sqlite3.SQLITE_IOERR_LOCK, "cannot be opened for writing"), (sqlite3.SQLITE_IOERR_WRITE, "full"), (sqlite3.SQLITE_FULL, "full")],
    ids=["read-only mount", "failing disk", "full disk"],
)
def test_a_disk_that_may_not_be_written_is_not_called_full(tmp_path: Path, code: int, said_en: str) -> None:
    """A read-only mount refuses SQLite's lock; freeing space would not help."""
    found = sqlite3.OperationalError("disk I/O error")
    found.sqlite_errorcode = code
    with (
        pytest.raises(needs_error.NeedsError, match=said_en),
        needs_error.translate_errors(tmp_path / "needs.sqlite", needs_error.Act.READ),
    ):
        raise found
