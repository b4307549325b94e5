"""Files with planted faults, from their bytes to the cells that are refused."""

from __future__ import annotations

import pytest

from biocarto.desk.intake.cells import read_cells
from biocarto.desk.intake.header import choose_grid, stage
from biocarto.desk.intake.mapping import choose_resource, map_columns
from biocarto.desk.intake.reading import read_grids
from biocarto.desk.intake.staging import ColumnMatch, Reading
from tests.support.intake_sheets import TODAY, package
from tests.support.planted import PlantedFile, Told, list_good, list_planted
from tests.support.register import layers


def _read(planted: PlantedFile) -> tuple[Reading, dict[str, ColumnMatch]]:
    """What the cells of a file are read as, and its columns by their letter."""
    staged = stage(planted.name, choose_grid(read_grids(planted.name, planted.data), package()), package())
    resource = package()[choose_resource(staged, package())]
    columns = map_columns(staged, resource, {}, {})
    return read_cells(staged, columns, resource, layers(), TODAY), {match.letter: match for match in columns}


def _list_with_cells() -> list[PlantedFile]:
    return [planted for planted in list_planted() if any(fault.told == Told.CELL for fault in planted.faults)]


@pytest.mark.parametrize("planted", _list_with_cells(), ids=lambda planted: planted.name)
def test_each_planted_fault_is_named(planted: PlantedFile) -> None:
    """Line, letter, what was found, what is expected; or it is understood."""
    reading, columns = _read(planted)
    refused = {(cell.line, cell.letter): cell for cell in reading.refused}
    for fault in (fault for fault in planted.faults if fault.told == Told.CELL):
        if fault.reads:
            name = columns[fault.letter].field
            assert reading.values.at[fault.line, "commune_code" if name == "commune" else name] == fault.reads, fault
            assert (fault.line, fault.letter) not in refused
        else:
            cell = refused[fault.line, fault.letter]
            assert fault.expected in cell.expected_fr, fault
            assert cell.expected_en != cell.expected_fr
            assert cell.column == columns[fault.letter].header


@pytest.mark.parametrize("good", list_good(), ids=lambda good: good.name)
def test_good_files_raise_no_alarm(good: PlantedFile) -> None:
    """No cell of the good shapes is refused."""
    assert _read(good)[0].refused == ()
