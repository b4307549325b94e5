"""Editions that are older than what the pages show: found by name, whole, and only where somebody published them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from biocarto.config import Settings
from biocarto.desk import archive
from biocarto.desk.archive import UnknownEditionError
from biocarto.desk.shelf import renew_data
from tests.support.shelves import a_store, an_edition, publish

DATA = Settings().data


def test_without_a_store_there_is_the_edition_of_the_tables(tmp_path: Path) -> None:
    """A laptop that edits nothing has one edition, that of its folder."""
    chosen = replace(Settings(), store=str(tmp_path / "register.sqlite"))
    [name] = archive.list_names(chosen)
    assert archive.find_folder(chosen, name) == DATA


@pytest.mark.parametrize("name", ["", "1999-01-01", "../data", "x" * 5000, "2026-11-28/../.."])
def test_an_edition_that_nobody_published_is_said_in_words(tmp_path: Path, name: str) -> None:
    """The error names some that exist, and repeats no more than a line of what was asked."""
    chosen = replace(Settings(), store=str(tmp_path / "register.sqlite"))
    with pytest.raises(UnknownEditionError) as raised:
        archive.find_folder(chosen, name)
    assert archive.list_names(chosen)[0] in raised.value.message("fr")
    assert len(raised.value.message("fr")) < 300


def test_an_older_edition_is_what_was_published(tmp_path: Path) -> None:
    """Byte by byte, by its name, though the shelf points to a newer one; the tables that BioCarto came with stay known."""
    store, older = a_store(tmp_path), an_edition("2026-12-01")
    for files in (older, an_edition("2026-12-02"), an_edition("2026-12-02.2")):
        publish(store, files)
    chosen = replace(Settings(), store=str(tmp_path / "register.sqlite"))
    renew_data(chosen)
    assert archive.list_names(chosen)[:3] == ("2026-12-02.2", "2026-12-02", "2026-12-01")
    assert archive.read_name(DATA) == archive.list_names(chosen)[-1]
    folder = archive.find_folder(chosen, "2026-12-01")
    assert {path.name: path.read_bytes().decode() for path in folder.iterdir()} == older
    assert archive.find_folder(chosen, "2026-12-01") == folder
