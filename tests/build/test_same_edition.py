"""What is built of an edition is the same to the byte, whether its files are in data/ or in the desk's store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from biocarto import cli
from tests.support.shelves import a_store, an_edition, publish


@pytest.fixture
def choose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Let this process read an edition from a folder, or the same from a store beside another folder."""
    files = an_edition("2026-12-01.2", abivax="Abivax publiée")
    (tmp_path / "data").mkdir()
    for name, text in files.items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8", newline="")
    publish(a_store(tmp_path), files)

    def read(has_desk: bool) -> None:
        monkeypatch.setenv("BIOCARTO_DATA", str(tmp_path / ("nowhere" if has_desk else "data")))
        monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / ("register.sqlite" if has_desk else "none.sqlite")))

    return read


def read_all(path: Path) -> dict[str, bytes]:
    """Path -> content of a file, or of everything in a folder."""
    return {found.relative_to(path.parent).as_posix()[4:]: found.read_bytes() for found in [path, *path.rglob("*")] if found.is_file()}


@pytest.mark.parametrize(
    "verb",
    [
        ("static",),
        ("select", "--query", "q=abivax", "--format", "csv"),
        ("report", "91", "--format", "pdf"),
    ],
    ids=lambda verb: verb[0],
)
def test_a_verb_writes_the_same_with_the_desk_on_or_off(verb: tuple[str, ...], choose: Callable[[bool], None], tmp_path: Path) -> None:
    """The published name is in it, so that neither is an edition of somewhere else."""
    for has_desk, out in ((False, "off."), (True, "on._")):
        choose(has_desk)
        assert cli.main([*verb, "--out", str(tmp_path / f"{out}x")]) == 0
    off, on = read_all(tmp_path / "off.x"), read_all(tmp_path / "on._x")
    assert off == on
    assert verb[0] == "report" or any("Abivax publiée".encode() in content or rb"Abivax publi\u00e9e" in content for content in on.values())


def test_the_check_is_of_what_pages_show(choose: Callable[[bool], None], capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is named is checked itself."""
    choose(True)
    assert cli.main(["check"]) == 0
    assert "2026-12-01.2-" in capsys.readouterr().out
    assert cli.main(["check", "data"]) == 0
