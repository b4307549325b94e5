"""The examples of docs/api.md for R and QGIS, by those programs themselves."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from biocarto.model import SYMBOLS
from biocarto.register.catalogue import Catalogue
from tests.services.programs import find_program
from tests.support.programs_server import EXAMPLES, read_example, serve_programs

pytestmark = pytest.mark.services

SCREENLESS = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
READER = Path(__file__).with_name("open_with_qgis.py")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of the doors."""
    with serve_programs() as address:
        yield address


def run(*command: str | Path, **environ: str) -> str:
    """What a program prints."""
    done = subprocess.run(command, env=os.environ | environ, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_r_reads_the_features(base: str, register: Catalogue, tmp_path: Path) -> None:
    """By sf; the counts are the register's."""
    script = tmp_path / "actors.R"
    script.write_text(read_example("actors.R", base), encoding="utf-8")
    lines = run(find_program("Rscript"), "--encoding=UTF-8", script).splitlines()
    counts = {name: int(n) for name, n in (line.split(" : ") for line in lines)}
    assert counts == dict(register.actors["department_name"].value_counts())


def test_qgis_opens_the_project(base: str, register: Catalogue, tmp_path: Path) -> None:
    """Its layer is the register's address, page by page, drawn with our colours; the style alone does the same."""
    project = tmp_path / "actors.qgs"
    project.write_text(read_example(project.name, base), encoding="utf-8")
    seen = json.loads(run("/usr/bin/python3", READER, project, EXAMPLES / "actors.qml", **SCREENLESS).splitlines()[-1])
    assert seen["valid"]
    assert seen["rows"] == len(register.actors)
    assert seen["colours"] == seen["styled"] == {symbol.key: symbol.colour.lower() for symbol in SYMBOLS}
