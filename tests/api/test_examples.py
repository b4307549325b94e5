"""The examples of docs/api.md run as they stand there, and what they say is what the register says."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from biocarto.config import ROOT
from biocarto.register.catalogue import Catalogue
from tests.support.node import find_node
from tests.support.programs_server import EXAMPLES, PLACEHOLDER, read_example, serve_programs
from tests.support.qgis_project import write_project, write_qml


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of the doors."""
    with serve_programs() as address:
        yield address


def run(program: str, path: Path, text: str) -> str:
    """What an example prints."""
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([program, str(path)], capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def count(register: Catalogue) -> dict[str, int]:
    """Actors of each department, as the register has them."""
    return {str(name): int(n) for name, n in register.actors["department_name"].value_counts().items()}


def read_counts(lines: list[str]) -> dict[str, int]:
    """`Essonne : 12`."""
    return {name: int(n) for name, n in (line.split(" : ") for line in lines)}


def test_geopandas_reads_both_doors(base: str, register: Catalogue, tmp_path: Path) -> None:
    """Features of a filter in another CRS, and all of it as GeoParquet."""
    first, *lines = run(sys.executable, tmp_path / "actors.py", read_example("actors.py", base)).splitlines()
    assert read_counts(lines) == count(register)
    assert read_counts([first])["Essonne"] == count(register)["Essonne"]


def test_plain_javascript_reads_the_features(base: str, register: Catalogue, tmp_path: Path) -> None:
    """With nothing but what a browser has."""
    lines = run(find_node(), tmp_path / "actors.mjs", read_example("actors.mjs", base)).splitlines()
    assert read_counts(lines) == count(register)


def test_excel_is_told_what_the_file_is(base: str, register: Catalogue) -> None:
    """The address answers, with the separator, the encoding and the column that the query names."""
    text = read_example("actors.pq", base)
    [address], [separator] = re.findall(r'Web\.Contents\("([^"]+)"\)', text), re.findall(r'Delimiter = "(.)"', text)
    assert "Encoding = 65001" in text
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - the test's own server
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig")), delimiter=separator))
    [column] = re.findall(r'Table\.Group\(\w+, \{"(\w+)"\}', text)
    assert len(rows) == len(register.actors)
    assert {row[column] for row in rows} == set(register.actors[column])


def test_the_files_for_qgis_are_of_today(register: Catalogue) -> None:
    """`python -m tests.support.qgis_project` writes them anew."""
    style = write_qml(register)
    assert (EXAMPLES / "actors.qml").read_text(encoding="utf-8") == style
    assert (EXAMPLES / "actors.qgs").read_text(encoding="utf-8") == write_project(style)


def test_every_address_of_the_document_answers(base: str) -> None:
    """As it is written there, in both languages."""
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    addresses = sorted(set(re.findall(rf"{re.escape(PLACEHOLDER)}(/[^\s`)>\"»]*)", text)) - {"/api/proposals"})
    assert len(addresses) > 5
    for address in addresses:
        with urllib.request.urlopen(base + address, timeout=60) as answer:  # noqa: S310 - the test's own server
            assert answer.status == 200, address
