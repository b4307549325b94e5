"""How large a file and a sheet may be for an import, and what a sheet says of itself where it is beyond."""

from __future__ import annotations

from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.i18n import format_number
from biocarto.upload_limits import MOST_BYTES

LARGEST_FILE = MOST_BYTES
"""Bytes of a file, uploaded or not."""
LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes of what a workbook holds once it is unpacked; 50,000 rows of twelve columns are 40 MB."""
MOST_ROWS = 100_000
"""Rows of a sheet, however few its columns are: what each row lacks is told too. 50,000 of nine columns take 190 MB."""
MOST_COLUMNS = 500
MOST_CELLS = 4_000_000
"""Cells of a sheet, empty ones included, between its first and its last: what memory they take is bounded by it."""
LONGEST_CELL = 32_767
"""Characters: where spreadsheets cut a cell off."""

SPLIT = (
    "Partagez-la en plusieurs fichiers, ou n'en gardez que les lignes et les colonnes utiles.",
    "Split it into several files, or keep only the rows and columns that matter.",
)


def check_shape(name: str, rows: int, columns: int, others: int = 0) -> None:
    """Raise IntakeError for a sheet that is beyond what is read; `rows` and `columns` as far as it is filled.

    `others` are the cells of the sheets that a reader lays out together with this one.
    """
    what = None
    if rows > MOST_ROWS:
        what = _tell(rows, "lignes", "rows", MOST_ROWS)
    elif columns > MOST_COLUMNS:
        what = _tell(columns, "colonnes", "columns", MOST_COLUMNS)
    elif others + rows * columns > MOST_CELLS:
        what = _tell(others + rows * columns, "cellules", "cells", MOST_CELLS)
    if what:
        raise build_intake_error(name, what, SPLIT)


def build_large_error(name: str) -> IntakeError:
    """The error of a file of more bytes than are read."""
    most = LARGEST_FILE // 1024 // 1024
    return build_intake_error(name, (f"plus de {most} Mo, le plus que l'on lise.", f"more than {most} MB, the most that is read."), SPLIT)


def build_bomb_error(name: str) -> IntakeError:
    """The error of a workbook that holds far more than its size says."""
    most = LARGEST_UNPACKED // 1024 // 1024
    return build_intake_error(
        name,
        (
            f"ce classeur, décompressé, dépasse {most} Mo ; il n'a pas été ouvert.",
            f"this workbook, unpacked, is more than {most} MB; it was not opened.",
        ),
        (
            "Ouvrez-le dans le tableur, copiez les seules cellules utiles dans un classeur neuf, puis enregistrez celui-ci.",
            "Open it in the spreadsheet, copy only the cells that matter to a new workbook, then save that one.",
        ),
    )


def _tell(found: int, fr: str, en: str, most: int) -> tuple[str, str]:
    return (
        f"{format_number(found, 'fr')} {fr} d'un bord à l'autre ; on en lit au plus {format_number(most, 'fr')}.",
        f"{format_number(found, 'en')} {en} from end to end; at most {format_number(most, 'en')} are read.",
    )
