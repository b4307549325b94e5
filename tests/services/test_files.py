"""Exported files in the programs that people open them with: LibreOffice, biber, QGIS."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from biocarto.config import Settings
from biocarto.export import selection as selections
from biocarto.export.bibtex import write_bibtex
from biocarto.export.geofiles import write_geopackage
from biocarto.export.selection import Selection
from biocarto.export.xlsx import write_xlsx
from biocarto.model import SYMBOLS
from biocarto.register import catalogue as joins
from biocarto.register import tables
from biocarto.register.catalogue import Catalogue
from biocarto.register.headers import HEADERS
from biocarto.territory import territory

pytestmark = pytest.mark.services

HOSTILE = 'Chercher: } }, x = {y \\ % # & ~ ^ _ $ @misc{z, " < >'
MOST_PAGES = 12
READER = Path(__file__).with_name("read_with_qgis.py")


@pytest.fixture(scope="module")
def register() -> Catalogue:
    """The register as committed."""
    settings = Settings()
    return joins.build(tables.read(settings.data), territory.read(settings.geo))


def select(register: Catalogue, **filters: str) -> Selection:
    """All rows of the register, in French; `filters` are told in the file."""
    about = register.resources["actors"]
    return selections.build_selection(
        register.actors,
        filters=list(filters.items()),
        link="https://biocarto.example/annuaire",
        made=date(2026, 11, 28),
        about=about,
        described=about["columns"]["fr"],
        lang="fr",
    )


def run(*command: str | Path, **environ: str) -> str:
    """What a program prints; raises with all that it said where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ | environ, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_libreoffice_prints_the_french_workbook_on_few_pages(register: Catalogue, tmp_path: Path) -> None:
    """A4 in landscape, the header again on each page of rows, every actor by name."""
    book = tmp_path / "acteurs.xlsx"
    book.write_bytes(write_xlsx(select(register)))
    run("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, book)
    pages = PdfReader(tmp_path / "acteurs.pdf").pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert 3 <= len(pages) <= MOST_PAGES
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert {round(float(page.mediabox.width)) for page in pages} == {842}
    headed = [text for text in texts if "Activité (français)" in text and "Département" in text]
    assert len(headed) >= len(pages) - 3
    whole = " ".join(texts).replace(" ", "")
    assert [name for name in register.actors["name"] if "".join(name.split()) not in whole] == []


def test_biber_reads_hostile_references_whole(register: Catalogue, tmp_path: Path) -> None:
    """As many entries as were written, without an error or a warning of the parser."""
    selection = select(register, Recherche=HOSTILE)
    selection.actors.loc[selection.actors.index[0], ["name", "source_title"]] = HOSTILE
    data = write_bibtex(selection)
    (tmp_path / "references.bib").write_bytes(data)
    told = run("biber", "--tool", "--nolog", "--output-file", tmp_path / "read.bib", tmp_path / "references.bib")
    assert "ERROR" not in told
    read = (tmp_path / "read.bib").read_text("utf-8")
    assert read.lower().count("@misc{") - read.lower().count("$ @misc{") == data.decode().count("\n@misc{biocarto") + 1


def test_qgis_draws_and_explains_the_layer(register: Catalogue, tmp_path: Path) -> None:
    """Symbols of the groups, French names of the columns, licence and abstract, without anything to set."""
    path = tmp_path / "acteurs.gpkg"
    selection = select(register)
    path.write_bytes(write_geopackage(selection))
    seen = json.loads(run("/usr/bin/python3", READER, path, QT_QPA_PLATFORM="offscreen", PYTHONPATH="").splitlines()[-1])
    assert (seen["valid"], seen["rows"], seen["crs"]) == (True, len(register.actors), "EPSG:4326")
    assert seen["symbols"] == {s.key: [selection.text(s.label), s.shape, s.colour.lower()] for s in SYMBOLS}
    assert {name: seen["aliases"][name] for name in ("name", "status", "commune")} == {n: HEADERS[n] for n in ("name", "status", "commune")}
    assert (seen["licences"], seen["title"]) == ([selection.licence], selection.title)
    assert str(len(register.actors)) in seen["abstract"]
