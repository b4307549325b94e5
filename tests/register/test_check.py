"""The check of a folder without a server: its exit status, and words that somebody with a spreadsheet can follow."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from biocarto import cli
from biocarto.config import ROOT
from tests.builders import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the committed tables, for a test to spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "tables"))


def cells_of(path: Path) -> list[list[str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def with_cell(folder: Path, name: str, line: int, column: str, value: str) -> str:
    """Change one cell; the cell as a spreadsheet names it."""
    rows = cells_of(folder / name)
    place = rows[0].index(column)
    rows[line - 1][place] = value
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[place]}{line}"


def test_good_tables_are_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0, and how many rows were read."""
    assert cli.main(["check", str(folder)]) == 0
    rows = sum(len(cells_of(path)) - 1 for path in folder.glob("*.csv"))
    assert f"{rows} lignes lues, rien à corriger" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("ligne 5", "trouvé : « Active »", "attendu : une de ces valeurs", "à faire : corrigez la cellule")),
        ("en", ("line 5", "expected:")),
    ],
)
def test_a_wrong_cell_is_named_as_a_spreadsheet_does(
    folder: Path, capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]
) -> None:
    """File, line, letter and name of the column, what was found and expected, what to do; status 1."""
    cell = with_cell(folder, "actors.csv", 5, "status", "Active")
    assert cli.main(["check", str(folder), "--lang", lang]) == 1
    said = capsys.readouterr().out
    assert all(word in said for word in ("actors.csv", cell, "status", *words))


def test_a_cell_under_a_label_has_its_letter_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a file that the product has handed out in French."""
    path = folder / "redirects.csv"
    path.write_text("Ancien identifiant;Identifiant de l'acteur;Date\ncentre-meary;aavlife;30/02/2026\n", encoding="utf-8")
    assert cli.main(["check", str(folder)]) == 1
    assert "redirects.csv, cellule C2 (ligne 2, colonne C, date)" in capsys.readouterr().out


def test_what_only_the_layers_show_is_found_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A code that no commune has is well formed."""
    cell = with_cell(folder, "actors.csv", 2, "commune_code", "91999")
    assert cli.main(["check", str(folder)]) == 1
    assert cell in capsys.readouterr().out


CAUSES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no such folder": (shutil.rmtree, "BIOCARTO_DATA"),
    "a missing file": (lambda folder: (folder / "sites.csv").unlink(), "sites.csv, le fichier"),
    "a missing column": (
        lambda folder: (folder / "sites.csv").write_text(
            (folder / "sites.csv").read_text(encoding="utf-8").replace("stated", "x", 1), "utf-8"
        ),
        "ligne 1, colonne stated",
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_what_is_wrong_with_a_file_is_told_without_a_cell(folder: Path, capsys: pytest.CaptureFixture[str], cause: str) -> None:
    """No stack trace, status 1."""
    spoil, told = CAUSES[cause]
    spoil(folder)
    assert cli.main(["check", str(folder)]) == 1
    assert told in "".join(capsys.readouterr())


def test_notices_are_printed_and_are_no_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column that nobody knows is named; the tables are good."""
    path = folder / "redirects.csv"
    path.write_text("\n".join(f"{line},x" for line in path.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
    assert cli.main(["check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Lu quand même" in said
    assert "redirects.csv, ligne 1, colonne « x »" in said


@pytest.mark.parametrize(("spoil", "status"), [(False, 0), (True, 1)], ids=["good", "refused"])
def test_the_module_ends_with_that_status(folder: Path, spoil: bool, status: int) -> None:
    """As a shell sees it; make passes a failure on with a status of its own."""
    if spoil:
        with_cell(folder, "actors.csv", 5, "status", "Active")
    done = subprocess.run([sys.executable, "-m", "biocarto", "check", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (status, "")
    # nothing is installed here, so that no list of packages is a step before it
    made = subprocess.run(
        ["make", "-s", "data-check", "PACKAGES=", f"BIN={Path(sys.executable).parent}", f"FOLDER={folder}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert bool(made.returncode) == spoil
    assert made.stdout == done.stdout
