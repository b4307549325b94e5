"""What the command line writes: whole or not at all, with the permissions that it should have, and in words where it cannot."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from biocarto.cli import main
from biocarto.config import ROOT
from biocarto.errors import ExportError
from biocarto.export.formats import FORMATS
from biocarto.files import write_file
from biocarto.register.catalogue import Catalogue
from biocarto.verbs import options


@pytest.fixture(autouse=True)
def _one_register(monkeypatch: pytest.MonkeyPatch, register: Catalogue) -> None:
    """The register that all tests share, read once."""
    monkeypatch.setattr(options, "read_catalogue", lambda _: register)


def write(tmp_path: Path, *words: str, name: str = "out.csv") -> Path:
    """The file that a verb writes."""
    path = tmp_path / name
    assert main([*words, "--out", str(path)]) == 0
    return path


def refuse(*_: object) -> bytes:
    """A writer that fails."""
    raise ExportError("Trop long.", "Too long.")


def fail(*_: object) -> None:
    """A disk that is full."""
    raise OSError(28, "No space left on device")


class FullFile(io.FileIO):
    """A file on a disk that takes three bytes more."""

    def write(self, content: Any) -> int:
        """Half of it, and the error."""
        super().write(content[:3])
        raise OSError(28, "No space left on device")


FAILURES: dict[str, tuple[Callable[[pytest.MonkeyPatch], object], str]] = {
    "a writer that cannot": (lambda patch: patch.setitem(FORMATS, "csv", replace(FORMATS["csv"], write=refuse)), "Too long."),
    "a full disk": (lambda patch: patch.setattr("biocarto.files.open", FullFile, raising=False), "No space left on device"),
    "a name that cannot be taken": (lambda patch: patch.setattr(Path, "replace", fail), "Nothing was changed."),
}


@pytest.mark.parametrize("case", FAILURES)
def test_what_fails_leaves_the_file_of_before(
    case: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whole, and nothing beside it."""
    path = tmp_path / "out.csv"
    path.write_text("before", encoding="utf-8")
    spoil, told = FAILURES[case]
    spoil(monkeypatch)
    assert main(["select", "--out", str(path), "--lang", "en"]) == 1
    monkeypatch.undo()
    assert told in capsys.readouterr().err
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("out.csv", "before")]


@pytest.mark.parametrize("out", ["nowhere/out.csv", "x" * 300 + ".csv", "a\x00b.csv", "out.csv/inner.csv"])
def test_a_place_that_takes_no_file_is_refused(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words; no folder is made for a name that was mistyped."""
    (tmp_path / "out.csv").touch()
    assert main(["select", "--out", str(tmp_path / out)]) == 1
    said = capsys.readouterr().err
    assert "could not be written" in said
    assert "n'a pas pu être écrit" in said
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """What is replaced keeps them, what is new has those of the umask; no draft can be guessed or is left."""
    before = os.umask(0o027)
    try:
        for name, mode in (("secret.csv", 0o600), ("shared.csv", 0o664)):
            (tmp_path / name).touch()
            (tmp_path / name).chmod(mode)
            assert stat.S_IMODE(write(tmp_path, "select", name=name).stat().st_mode) == mode
        assert stat.S_IMODE(write(tmp_path, "select", name="new.csv").stat().st_mode) == 0o640
    finally:
        os.umask(before)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["new.csv", "secret.csv", "shared.csv"]


def test_a_draft_follows_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where its name was guessed: another name's file stays as it is."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / ".draft-guessed").symlink_to(tmp_path / "mine.txt")
    monkeypatch.setattr("secrets.token_hex", lambda _: "guessed")
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "out.csv", b"ours")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / ".draft-guessed").is_symlink()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Its file is replaced, and what is no file is written to."""
    (tmp_path / "real.csv").touch()
    (tmp_path / "link.csv").symlink_to("real.csv")
    write(tmp_path, "select", name="link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").stat().st_size
    assert main(["select", "--out", "/dev/null"]) == 0
    assert not Path("/dev/null").is_file()


def open_full() -> int:
    """A disk that is full."""
    return os.open("/dev/full", os.O_WRONLY)


def open_unread() -> int:
    """A pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


FULL = "Could not read or write: [Errno 28] No space left on device."


@pytest.mark.parametrize(
    ("words", "output", "said"),
    [
        (["select", "--lang", "en"], open_full, FULL),
        (["check", "--lang", "en"], open_full, FULL),
        (["check"], open_unread, ""),
        (["--help"], open_unread, ""),
    ],
)
def test_an_output_that_takes_nothing_ends_with_one(words: list[str], output: Callable[[], int], said: str) -> None:
    """In words where somebody can do something about it, and never with a trace or another exit code."""
    opened_output = output()
    command = [sys.executable, "-m", "biocarto", *words]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(command, cwd=ROOT, env=buffered, stdout=opened_output, stderr=subprocess.PIPE, text=True, check=False)
    os.close(opened_output)
    assert (done.returncode, done.stderr.strip()) == (1, said)


def test_what_cannot_be_read_or_written_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a verb meets that no part of it puts into words."""
    monkeypatch.setattr("biocarto.verbs.check.report_folder", fail)
    assert main(["check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Lecture ou écriture impossible : [Errno 28] No space left on device.",
        "Could not read or write: [Errno 28] No space left on device.",
    ]
