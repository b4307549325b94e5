"""The import from the command line: explained as JSON, applied as one act, refused in words, with an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from biocarto.cli import main
from biocarto.desk.ledger import find_last_number, read_row
from biocarto.store.database import Store
from biocarto.territory import territory
from biocarto.verbs import import_file
from tests.support.contacts import a_contact, write_contacts
from tests.support.desk import copy_store
from tests.support.register import layers

PAGE = ["--source", "https://example.org/page", "--title", "Example – a page (2026)", "--as-of", "2026"]
WRONG = a_contact(**{"Société": "Autre Inventée", "Ville": "Lutetia"})
DOUBTFUL = a_contact(**{"Société": "Genethonn"})


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


Import = Callable[..., int]


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Import:
    """`python -m biocarto import` of lines of contacts, in English."""

    def run(*lines: dict[str, str], words: tuple[str, ...] | list[str] = ()) -> int:
        path = tmp_path / "contacts.csv"
        path.write_bytes(write_contacts(*lines))
        return main(["import", str(path), "--store", store.name, "--lang", "en", *words])

    return run


def last_number(store: Store) -> int:
    """The act that the register ends with."""
    with store.read() as transaction:
        return find_last_number(transaction)


def read_json(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What was printed."""
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_preview_is_json_and_writes_nothing(bring: Import, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The store is the same to the byte; what is refused is told in the language asked for, and by the exit code."""
    before = (tmp_path / "register.sqlite").read_bytes()
    assert bring(a_contact(), words=["--preview", *PAGE]) == 0
    assert [row["values"]["id"] for row in read_json(capsys)["new"]] == ["nouvelle-biotech-inventee"]
    assert bring(a_contact(), WRONG, words=["--preview", *PAGE]) == 1
    assert "commune" in read_json(capsys)["refused"][0]["expected"]
    assert (tmp_path / "register.sqlite").read_bytes() == before
    assert last_number(store) == 1


def test_a_preview_needs_no_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a store the file is held against the tables that the pages show; an import says that there is no desk."""
    path = tmp_path / "contacts.csv"
    path.write_bytes(write_contacts(a_contact(), {"Société": "Genethon", "Ville": "Evry"}))
    assert main(["import", str(path), "--preview"]) == 0
    told = read_json(capsys)
    assert (len(told["new"]), told["unchanged"], told["needs_page"]) == (1, ["genethon"], [2])
    assert main(["import", str(path), *PAGE, "--lang", "en"]) == 1
    assert "desk init" in capsys.readouterr().err
    assert [found.name for found in tmp_path.iterdir()] == ["contacts.csv"]


def test_an_import_tells_its_act(bring: Import, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Its number in a sentence; the second time there is nothing to do."""
    assert bring(a_contact(), words=[*PAGE, "--why", "the members of 2026"]) == 0
    assert capsys.readouterr().out.startswith("Act 2. ")
    assert last_number(store) == 2
    assert bring(a_contact(), words=PAGE) == 0
    assert last_number(store) == 2


def test_what_is_refused_is_told_and_written_down(bring: Import, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is imported; the refused lines are a file to correct."""
    refused = tmp_path / "wrong.csv"
    assert bring(a_contact(), WRONG, words=[*PAGE, "--refused", str(refused)]) == 1
    out = capsys.readouterr().out
    assert "contacts.csv, line 3, column “Ville”: found “Lutetia”" in out
    assert "Lines refused: 1" in out
    assert last_number(store) == 2
    assert len(refused.read_text(encoding="utf-8-sig").splitlines()) == 2
    assert bring(WRONG, words=[*PAGE, "--refused", str(tmp_path / "wrong.xlsx")]) == 1
    assert (tmp_path / "wrong.xlsx").read_bytes().startswith(b"PK")


def test_a_doubtful_line_is_decided_in_the_call(bring: Import, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told with what to say."""
    assert bring(DOUBTFUL, words=PAGE) == 1
    assert "--same 2=genethon" in capsys.readouterr().out
    assert last_number(store) == 1
    assert bring(DOUBTFUL, words=[*PAGE, "--same", "2=new"]) == 0
    assert last_number(store) == 2


def test_columns_constants_and_tables_are_said_in_the_call(bring: Import, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """By the letter of a column, by the register's name of one."""
    line = {"Truc": "2004", **a_contact()}
    del line["Type"]
    words = [*PAGE, "--field", "A=founded", "--set", "kind=Entreprise", "--table", "actors"]
    assert bring(line, words=words) == 0
    with store.read() as transaction:
        row = read_row(transaction, "actors", "nouvelle-biotech-inventee")
    assert row is not None
    assert (row.cells["founded"], row.cells["kind"]) == ("2004", "company")
    assert bring(a_contact(), words=[*PAGE, "--table", "nothing"]) == 1
    assert "nothing" in capsys.readouterr().err


def test_an_import_without_a_page_is_refused_in_words(bring: Import, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written."""
    assert bring(a_contact()) == 1
    assert "page" in capsys.readouterr().err
    assert last_number(store) == 1


@pytest.mark.parametrize("words", [["--same", "two=new"], ["--same", "2="], ["--field", "1=name"], ["--set", "kind"]])
def test_a_call_that_cannot_be_meant(bring: Import, words: list[str]) -> None:
    """2, as of every verb."""
    assert bring(a_contact(), words=words) == 2


def test_a_file_that_is_none(store: Store, tmp_path: Path) -> None:
    """A folder, or nothing of that name, is a wrong call; a file of something else is refused in words."""
    assert main(["import", str(tmp_path), "--store", store.name]) == 2
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7 no workbook")
    assert main(["import", str(tmp_path / "x.xlsx"), "--store", store.name, "--preview"]) == 1


def test_a_file_too_large_is_not_even_read(bring: Import, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Its size is asked first: what is beyond the limit never comes into memory."""
    monkeypatch.setattr(import_file, "LARGEST_FILE", 10)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    assert bring(a_contact(), words=["--preview"]) != 0
    assert "20 MB" in capsys.readouterr().err
