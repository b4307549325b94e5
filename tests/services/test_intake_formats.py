"""Files that LibreOffice has saved, read by an import as the workbook that they were."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from biocarto.desk.intake.reading import read_grids
from tests.support.planted import list_planted

pytestmark = pytest.mark.services


@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize("name", ["formules.xlsx", "titres.xlsx", "dates.xlsx"])
def test_a_workbook_saved_by_libreoffice_has_the_same_cells(tmp_path: Path, name: str, kind: str) -> None:
    """Days, numbers, merged titles, and the signs of formulas that have failed, each in its line."""
    made = next(file for file in list_planted() if file.name == name)
    (tmp_path / name).write_bytes(made.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, tmp_path / name],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (found,), (wanted,) = read_grids(name, (tmp_path / name).with_suffix(f".{kind}").read_bytes()), read_grids(name, made.data)
    assert found.cells.to_dict() == wanted.cells.to_dict()
