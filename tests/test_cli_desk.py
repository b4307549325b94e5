"""The desk from the command line: what the page does, by the same functions; refused in words, with an exit code, and nothing half-done."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from biocarto.cli import main
from biocarto.desk.facts import ChangeSet
from biocarto.desk.ledger import find_last_number, read_row, select_change_sets
from biocarto.files import write_file
from biocarto.store.database import Store, open_store
from biocarto.territory import territory
from tests.support.desk import ACTOR, copy_store
from tests.support.handmade import Bench, make_bench
from tests.support.register import ROOT, layers

EVIDENCE = ["--source", "https://example.org/page", "--title", "Example – a page (2026)", "--as-of", "2026"]
WHY = ["--why", "d'après la page"]


@pytest.fixture(autouse=True)
def _one_territory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The layers that all tests share, read once; no store but the test's own."""
    known = layers()
    monkeypatch.setattr(territory, "read", lambda _: known)
    monkeypatch.setenv("BIOCARTO_STORE", "/nowhere/register.sqlite")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A register of the test's own."""
    return copy_store(tmp_path)


Desk = Callable[..., int]


@pytest.fixture
def desk(store: Store) -> Desk:
    """`python -m biocarto desk …` on that register, in English."""
    return lambda *words: main(["desk", *words, "--store", store.name, "--lang", "en"])


def cells_of(store: Store, row_id: str = ACTOR, table: str = "actors") -> dict[str, str]:
    """The cells of a row; none where there is no row."""
    with store.read() as transaction:
        row = read_row(transaction, table, row_id)
    return row.cells if row else {}


def last_act(store: Store) -> ChangeSet:
    """What was done last."""
    with store.read() as transaction:
        [act] = select_change_sets(transaction, "WHERE number = ?", (find_last_number(transaction),))
    return act


def read_json(capsys: pytest.CaptureFixture[str]) -> Any:
    """What was printed, as a program reads it."""
    return json.loads(capsys.readouterr().out)


# --- acts -------------------------------------------------------------------------------------------------------------


def test_a_cell_is_corrected(desk: Desk, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """By the operator, with its reason; the sentence says which act it was."""
    assert desk("set", "actors", ACTOR, "website=https://new.example", *EVIDENCE, *WHY) == 0
    assert cells_of(store)["website"] == "https://new.example"
    act = last_act(store)
    assert (act.who, act.why, act.number) == ("operator", "d'après la page", 2)
    assert capsys.readouterr().out.startswith("Act 2. ")
    assert desk("set", "actors", ACTOR, "website=https://new.example", *WHY) == 0
    assert capsys.readouterr().out == "Nothing changes: the register says so already.\n"
    assert last_act(store).number == 2


def test_a_value_may_be_empty_and_hold_the_sign(desk: Desk, store: Store) -> None:
    """Only the first sign parts column and value."""
    assert desk("set", "actors", ACTOR, "website=https://new.example/?a=b=c", *WHY) == 0
    assert cells_of(store)["website"] == "https://new.example/?a=b=c"
    assert desk("set", "actors", ACTOR, "website=", *WHY) == 0
    assert "website" not in cells_of(store)


def test_a_late_correction_is_refused(desk: Desk, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a program says what it has read."""
    seen = cells_of(store)["activity_en"]
    assert desk("set", "actors", ACTOR, "activity_en=Cells", "activity_fr=Cellules", "--seen", f"activity_en={seen}", *EVIDENCE, *WHY) == 0
    capsys.readouterr()
    assert desk("set", "actors", ACTOR, "activity_en=Tissues", "--seen", f"activity_en={seen}", *EVIDENCE, *WHY) == 1
    assert "Somebody has changed this row meanwhile" in capsys.readouterr().err
    assert cells_of(store)["activity_en"] == "Cells"


def test_a_row_is_added_closed_and_both_are_undone(desk: Desk, store: Store) -> None:
    """As in the page: the id is made of the name, a site that is closed is a former one since a day."""
    before = cells_of(store)
    cells = {name: before[name] for name in ("kind", "category", "activity_fr", "activity_en", "commune", "commune_code")}
    cells |= {"name": "Nouvel Acteur", "organisation": "Nouvel Acteur", "position": "commune", "status": "present", "as_of": "2026"}
    cells |= {"source_url": "https://example.org/page", "source_title": "Example – a page (2026)", "confidence": "high"}
    assert desk("add", "actors", *(f"{name}={cell}" for name, cell in cells.items()), *EVIDENCE, *WHY) == 0
    assert cells_of(store, "nouvel-acteur")["organisation"] == "Nouvel Acteur"
    assert desk("close", ACTOR, *EVIDENCE, "--since", "2026-03", *WHY) == 0
    assert cells_of(store)["status"] == "former"
    assert desk("undo", "3", "--why", "erreur") == 0
    assert desk("undo", "2", "--why", "erreur") == 0
    assert (cells_of(store), cells_of(store, "nouvel-acteur")) == (before, {})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["set", "actors", "nobody", "name=x", *WHY], "has no row “nobody”"),
        (["set", "nothing", ACTOR, "name=x", *WHY], "has no row"),
        (["set", "actors", ACTOR, "colour=red", *WHY], "no column “colour”"),
        (["set", "actors", ACTOR, "status=closed", *EVIDENCE, *WHY], "status"),
        (["set", "actors", ACTOR, "status=former", *WHY], "Say where"),
        (["set", "actors", ACTOR, "id=other", *WHY], "identifier does not change"),
        (["set", "actors", ACTOR, "name=x", "--why", "  "], "Say why"),
        (["set", "actors", ACTOR, "name=x", "--why", "w" * 9_000], "500 at most"),
        (["set", "actors", ACTOR, f"name={'x' * 100_000}", *WHY], "5000 at most"),
        (["set", "actors", ACTOR, "website=https://a.example", *EVIDENCE[:4], "--as-of", "2099", *WHY], "a date that is past"),
        (["set", "actors", ACTOR, "website=https://a.example", "--source", "javascript:alert(1)", *WHY], "javascript"),
        (["add", "nothing", "name=x", *WHY], "no table “nothing”"),
        (["close", "nobody", *EVIDENCE, *WHY], "has no row “nobody”"),
        (["undo", "99", *WHY], "cannot be undone"),
        (["undo", "1", *WHY], "cannot be undone"),
        (["history", "nobody"], "has no row “nobody”"),
        (["diff", "2026-11-28", "1999-01-01"], "No edition is called “1999-01-01”"),
        (["publish"], "nothing to publish"),
        (["member", "add", "nobody", "editor"], "no address of mail"),
        (["member", "add", "a@pole.example", "king"], "no role of a member"),
        (["member", "remove", "a@pole.example"], "no member of the desk"),
        (["undo", str(10**30), *WHY], "cannot be undone"),
        (["set", "datapackage", "datapackage.json", "text={}", *WHY], "no column"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_refused_in_words(
    words: list[str], told: str, desk: Desk, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the standard error, with 1, and nothing is written."""
    assert desk(*words) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert len(said.err) < 2_000
    assert last_act(store).number == 1


@pytest.mark.parametrize(
    "words",
    [
        ["set", "actors", ACTOR, "status", *WHY],
        ["set", "actors", ACTOR, "=x", *WHY],
        ["set", "actors", ACTOR, "name=x", "name=y", *WHY],
        ["set", "actors", ACTOR, "name=\udcff", *WHY],
        ["set", "actors", ACTOR, "name=a\0b", *WHY],
        ["publish", "--into", ""],
        ["import-data", " "],
        ["import-data", "/no/such/folder"],
    ],
    ids=ascii,
)
def test_a_value_that_cannot_be_meant_is_a_wrong_call(
    words: list[str], desk: Desk, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """2, in words, before anything is opened."""
    assert desk(*words) == 2
    assert capsys.readouterr().err
    assert last_act(store).number == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["delete"],
        ["set", "actors", ACTOR, "name=x"],
        ["undo", "one", *WHY],
        ["member"],
        ["log", "--page", "x"],
        ["editions", "--lang", "de"],
    ],
    ids=" ".join,
)
def test_a_call_that_lacks_something_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With how it is meant."""
    with pytest.raises(SystemExit) as ended:
        main(["desk", *words])
    assert ended.value.code == 2
    assert "usage: python -m biocarto desk" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["", "/tmp/", "mysql://server/base", "postgresql://"])
def test_a_store_that_is_none_is_a_wrong_call(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The address is not repeated: it may hold a password."""
    assert main(["desk", "log", "--store", address, "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("--store is not accepted")


# --- what is remembered -----------------------------------------------------------------------------------------------


def test_history_is_for_people_and_for_programs(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences, or the members that docs/commands.md lists."""
    desk("set", "actors", ACTOR, "website=https://new.example", *EVIDENCE, *WHY)
    capsys.readouterr()
    assert desk("history", ACTOR) == 0
    told = capsys.readouterr().out
    assert "https://new.example" in told
    assert "d'après la page" in told
    assert desk("history", ACTOR, "--json") == 0
    newest, *_, seed = read_json(capsys)
    assert set(newest) == {"number", "at", "who", "author", "kind", "act", "why", "undoes", "undone", "facts"}
    assert (newest["number"], newest["who"], newest["kind"], newest["act"], newest["undone"]) == (2, "operator", "edit", "correct", False)
    [fact] = [fact for fact in newest["facts"] if fact["field"] == "website"]
    page = {"valid_from": "", "as_of": "2026", "source_url": "https://example.org/page", "source_title": "Example – a page (2026)"}
    assert (
        fact | {"before": ""} == {"table": "actors", "id": ACTOR, "field": "website", "before": "", "after": "https://new.example"} | page
    )
    assert seed["kind"] == "seed"


def test_the_log_lists_acts(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The newest first, without the seed; a page beyond the last one is no error."""
    desk("set", "actors", ACTOR, "website=https://new.example", *WHY)
    desk("undo", "2", "--why", "erreur")
    capsys.readouterr()
    assert desk("log", "--json") == 0
    assert [(act["number"], act["undoes"], act["undone"]) for act in read_json(capsys)] == [(3, 2, False), (2, None, True)]
    assert desk("log") == 0
    assert "(undone)" in capsys.readouterr().out
    assert desk("log", "--page", "-7") == 0


def test_replay_says_what_it_compared(desk: Desk, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """And finds what was written past the desk."""
    assert desk("replay") == 0
    assert "Compared" not in capsys.readouterr().out
    assert desk("replay", "--check") == 0
    assert "1 editions. Deviations: 0." in capsys.readouterr().out
    with store.write() as transaction:
        transaction.execute("UPDATE register_row SET cells = '{}' WHERE id = ?", (ACTOR,))
        transaction.execute("UPDATE edition SET sha256 = 'x'")
    assert desk("replay", "--check") == 1
    told = capsys.readouterr().out
    assert f"Row that is not what its facts say: actors {ACTOR}" in told
    assert "Edition that the facts do not rebuild: 2026-11-28" in told
    assert "Deviations: 2." in told


# --- editions ---------------------------------------------------------------------------------------------------------


def test_publishing_tells_what_readers_will_see(desk: Desk, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, then the edition; without notes they are the counts; the two editions differ by what was done."""
    desk("set", "actors", ACTOR, "website=https://new.example", *WHY)
    capsys.readouterr()
    assert desk("publish") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "actors: 1 row changed"
    assert second.startswith("Edition ")
    assert desk("editions", "--json") == 0
    newest, oldest = read_json(capsys)
    assert set(newest) == {"name", "number", "upto", "at", "who", "notes", "sha256"}
    assert (newest["notes"], newest["upto"]) == ("1 row changed", 2)
    assert desk("diff", oldest["name"], newest["name"], "--json") == 0
    [difference] = read_json(capsys)
    assert (difference["table"], difference["key"], difference["change"]) == ("actors", [ACTOR], "changed")
    assert difference["cells"][0]["after"] == "https://new.example"
    assert desk("diff", newest["name"], newest["name"]) == 0
    assert capsys.readouterr().out == "No difference.\n"
    assert desk("editions") == 0
    assert last_act(store).number == 2


def test_an_edition_is_written_back_for_git(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder passes `check`; other files of it and the rights of its files stay; once more changes nothing."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    (folder / "actors.csv").chmod(0o640)
    readme = (folder / "README.md").read_bytes()
    desk("set", "actors", ACTOR, "website=https://new.example", *WHY)
    assert desk("publish", "--notes", "Site web", "--into", str(folder)) == 0
    assert "https://new.example" in (folder / "actors.csv").read_text(encoding="utf-8")
    assert (folder / "README.md").read_bytes() == readme
    assert stat.S_IMODE((folder / "actors.csv").stat().st_mode) == 0o640
    assert main(["check", str(folder), "--lang", "en"]) == 0
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert desk("publish", "--into", str(folder)) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    assert desk("publish", "--into", str(tmp_path / "new")) == 0
    assert (tmp_path / "new" / "actors.csv").read_bytes() == files["actors.csv"]
    assert "Nothing has changed since edition" in capsys.readouterr().out


def test_a_folder_of_other_things_is_not_written_to(desk: Desk, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor a file, nor one whose description is another one's; nothing is published."""
    desk("set", "actors", ACTOR, "website=https://new.example", *WHY)
    for name, files in {
        "photos": {"a.jpg": ""},
        "package": {"datapackage.json": '{"resources": []}'},
        "broken": {"datapackage.json": "{"},
    }.items():
        (tmp_path / name).mkdir()
        for path, text in files.items():
            (tmp_path / name / path).write_text(text)
    (tmp_path / "file").touch()
    for name in ("photos", "package", "broken", "file", "no/where"):
        capsys.readouterr()
        assert desk("publish", "--into", str(tmp_path / name)) == 1
        assert "neither a folder of BioCarto's tables" in capsys.readouterr().err
    assert desk("editions", "--json") == 0
    assert len(read_json(capsys)) == 1
    assert store.exists()


def test_edits_made_by_hand_are_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole or half done: they are told, and stay."""
    bench = make_bench(tmp_path)
    run = ["--store", bench.desk.store.name, "--lang", "en"]
    for value in ("https://file.example", "not a link"):
        bench.edit("actors", ACTOR, website=value)
        before = (bench.folder / "actors.csv").read_bytes()
        assert main(["desk", "publish", "--into", str(bench.folder), *run]) == 1
        assert "holds edits made by hand" in capsys.readouterr().err
        assert (bench.folder / "actors.csv").read_bytes() == before


def test_a_full_disk_leaves_the_folder_as_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not half of an edition, no draft; the edition itself is published and can be written later."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    desk("set", "actors", ACTOR, "website=https://new.example", *WHY)

    def fill(path: Path, content: bytes) -> None:
        if path.name == "sites.csv":
            raise OSError(28, "No space left on device")
        write_file(path, content)

    monkeypatch.setattr("biocarto.desk.write_back.write_file", fill)
    assert desk("publish", "--into", str(folder)) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


# --- folders ----------------------------------------------------------------------------------------------------------


def test_a_register_is_made_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the tables of a folder; again, it stays what it is. A path begins at the folder of now, as in every program."""
    os.chdir(tmp_path)
    words = ["desk", "--store", "own.sqlite", "init", str(ROOT / "data"), "--lang", "en"]
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("Register made: ")
    assert last_act(open_store(str(tmp_path / "own.sqlite"))).number == 1
    assert main(words) == 0
    assert "has a register already" in capsys.readouterr().out


def test_a_register_is_not_made_of_what_pages_could_not_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is there afterwards."""
    assert main(["desk", "init", str(tmp_path), "--store", str(tmp_path / "own.sqlite"), "--lang", "en"]) == 1
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A register and the folder that it began as."""
    return make_bench(tmp_path)


def test_a_folder_edited_by_hand_is_imported(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """Shown first, then one act; then there is nothing new in it."""
    words = ["desk", "import-data", str(bench.folder), "--store", bench.desk.store.name, "--lang", "en"]
    assert main(words) == 0
    assert "says nothing that the register does not know" in capsys.readouterr().out
    bench.edit("actors", ACTOR, website="https://file.example")
    assert main([*words, "--preview"]) == 0
    assert "→ https://file.example" in capsys.readouterr().out
    assert last_act(bench.desk.store).number == 1
    assert main(words) == 0
    assert cells_of(bench.desk.store)["website"] == "https://file.example"
    assert last_act(bench.desk.store).why.startswith("Folder data edited by hand (actors.csv ")


def test_a_folder_that_collides_is_told_side_by_side(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """What was, what the folder says, what the register says; with 1, shown or imported."""
    main(["desk", "set", "actors", ACTOR, "website=https://desk.example", *WHY, "--store", bench.desk.store.name])
    bench.edit("actors", ACTOR, website="https://file.example")
    for more in (["--preview"], []):
        capsys.readouterr()
        assert main(["desk", "import-data", str(bench.folder), "--store", bench.desk.store.name, "--lang", "en", *more]) == 1
        assert "the folder says “https://file.example”, the register says “https://desk.example”" in capsys.readouterr().out
    assert cells_of(bench.desk.store)["website"] == "https://desk.example"


# --- people -----------------------------------------------------------------------------------------------------------


def test_the_first_administrator_is_made_here(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Invited, given another role, listed, removed."""
    assert desk("member", "add", "Ada@Pole.example", "administrator", "--name", "Ada") == 0
    assert desk("member", "add", "bob@pole.example", "administrator") == 0
    assert desk("member", "add", "bob@pole.example", "editor") == 0
    assert capsys.readouterr().out.splitlines() == [
        "ada@pole.example: Administrator.",
        "bob@pole.example: Administrator.",
        "bob@pole.example: Editor.",
    ]
    assert desk("member", "list", "--json") == 0
    ada, bob = read_json(capsys)
    assert set(ada) == {"id", "mail", "name", "role", "signed_in", "invited_at", "seen_at"}
    assert (ada["mail"], ada["name"], ada["role"], ada["signed_in"], bob["role"]) == (
        "ada@pole.example",
        "Ada",
        "administrator",
        False,
        "editor",
    )
    assert desk("member", "remove", "BOB@pole.example") == 0
    assert desk("member", "list") == 0
    assert "never signed in" in capsys.readouterr().out
    assert desk("member", "remove", "ada@pole.example") == 1


def test_what_is_kept_about_a_person_is_shown_and_erased(desk: Desk, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON; what somebody wrote into the history stays there and is named; then there is nothing left to show."""
    desk("member", "add", "ada@pole.example", "administrator")
    desk("member", "add", "bob@pole.example", "editor", "--name", "Bob")
    desk("set", "actors", ACTOR, "website=https://new.example", "--why", "dit par bob@pole.example")
    capsys.readouterr()
    assert desk("person", "show", "bob@pole.example") == 0
    told = read_json(capsys)
    assert set(told) >= {"member", "proposals", "acts", "mentions"}
    assert told["member"]["name"] == "Bob"
    assert desk("person", "erase", "bob@pole.example") == 0
    assert "Still in the history, because somebody wrote it there: change_set 2" in capsys.readouterr().out
    assert desk("person", "show", "nobody@pole.example") == 1
    assert desk("person", "erase", "ada@pole.example") == 1
    assert "last administrator" in capsys.readouterr().err
    assert store.exists()


def test_what_is_kept_no_longer_is_erased(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the server does every day; with nothing due it says so."""
    monkeypatch.setenv("BIOCARTO_NEEDS", str(tmp_path / "needs.sqlite"))
    assert desk("tidy") == 0
    assert capsys.readouterr().out == "Erased: 0 contacts, 0 members, 0 needs of the stand.\n"


# --- backups ----------------------------------------------------------------------------------------------------------


def test_a_register_is_kept_and_brought_back(desk: Desk, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into an empty store; over another register only where that is asked for, and then what was there is kept."""
    desk("set", "actors", ACTOR, "website=https://new.example", *WHY)
    backup, other = tmp_path / "backup.biocarto", tmp_path / "other" / "register.sqlite"
    assert desk("backup", str(backup)) == 0
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert main(["desk", "restore", str(backup), "--store", str(other)]) == 0
    assert cells_of(open_store(str(other)))["website"] == "https://new.example"
    assert main(["desk", "replay", "--check", "--store", str(other)]) == 0
    desk("undo", "2", "--why", "erreur")
    assert desk("restore", str(backup)) == 1
    assert last_act(store).number == 3
    capsys.readouterr()
    assert desk("restore", str(backup), "--replace") == 0
    assert last_act(store).number == 2
    aside = capsys.readouterr().out.splitlines()[1].removeprefix("What was there is kept in ").removesuffix(".")
    assert Path(aside).is_file()


def test_what_is_no_backup_is_refused(desk: Desk, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is another file written over."""
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ada")
    for words in (["restore", str(other), "--replace"], ["restore", str(tmp_path / "none"), "--replace"], ["backup", str(other)]):
        assert desk(*words) == 1
        assert capsys.readouterr().err
    assert other.read_text() == "Dear Ada"
    assert last_act(store).number == 1


# --- the store --------------------------------------------------------------------------------------------------------

ASKED = (["log"], ["replay", "--check"], ["publish"], ["set", "actors", ACTOR, "name=x", *WHY], ["member", "list"], ["import-data"])


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_without_a_register_it_is_said_how_to_make_one(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages where none is asked for; no file is made."""
    assert main(["desk", *words, "--store", str(tmp_path / "own.sqlite")]) == 1
    french, english = capsys.readouterr().err.splitlines()
    assert "`python -m biocarto desk init`" in french
    assert "`python -m biocarto desk init`" in english
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_register_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And stays as it is."""
    path = tmp_path / "own.sqlite"
    path.write_bytes(b"no database" * 100)
    assert main(["desk", "log", "--store", str(path), "--lang", "en"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert path.read_bytes() == b"no database" * 100


def test_a_register_that_somebody_else_writes_to_is_told(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After some patience."""
    monkeypatch.setattr("biocarto.store.sqlite.PATIENCE", 0.1)
    other = sqlite3.connect(store.name, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert desk("set", "actors", ACTOR, "website=https://new.example", *WHY) == 1
    assert "Another writer keeps the register busy" in capsys.readouterr().err
    other.execute("ROLLBACK")
    other.close()
    assert last_act(store).number == 1


def test_a_full_disk_under_the_register_is_told(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of the act is there."""
    connect = sqlite3.connect

    def limit(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(sqlite3, "connect", limit)
    codes = []
    while 1 not in codes and len(codes) < 20:
        words = [f"notes_{lang}={f'word {len(codes)} ' * 75}" for lang in ("fr", "en")]
        codes.append(desk("set", "clusters", "medicen", *words, *WHY))
    assert "disk of the register is full" in capsys.readouterr().err
    monkeypatch.undo()
    assert last_act(store).number == len(codes)
    assert main(["desk", "replay", "--check", "--store", store.name]) == 0
