"""The header of a sheet, wherever it stands, and the rows below it: titles, second headers, totals and notes are told and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from rapidfuzz import fuzz, process

from biocarto.desk.intake.content import guess_fields
from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.sheet_limits import LONGEST_CELL
from biocarto.desk.intake.staging import Grid, StagedSheet
from biocarto.desk.intake.synonyms import is_personal, weigh_header
from biocarto.errors import Notice, quote_value
from biocarto.i18n import Locale, format_number
from biocarto.names import fold
from biocarto.register.delimited import SEPARATORS, name_column
from biocarto.register.headers import translate_header
from biocarto.register.schema import Resource
from biocarto.register.sheets import strip_guards

_LOOKED_AT = 60
"""Rows, blank ones not counted, among which a header is looked for."""
_COMPARED = 500
"""Rows in which a header that is a value would stand again."""
_FOOTERS = ("total", "sous total", "source", "note", "nota", "legende", "mise a jour", "maj", "nombre", "extraction", "page", "fin")
EXAMPLES = ("name", "siret", "commune", "postcode", "address", "website", "activity_fr")
"""Columns of actors that a refusal names: what a list of organisations has."""


@dataclass(frozen=True)
class _HeaderRow:
    """A row that may be the header: its place among the rows, how much it says."""

    place: int
    weight: float


def choose_grid(grids: Sequence[Grid], package: Mapping[str, Resource]) -> Grid:
    """The sheet whose header says most of the register; the others are named in a notice."""
    best = max(grids, key=lambda grid: _weigh(grid, package))
    others = ", ".join(f"« {quote_value(grid.name)} »" for grid in grids if grid is not best)
    if not others:
        return best
    english = ", ".join(f"“{quote_value(grid.name)}”" for grid in grids if grid is not best)
    told = Notice(
        quote_value(best.name), 0, "", f"c'est cette feuille qui est lue ; non lues : {others}", f"this sheet is read; not read: {english}"
    )
    return replace(best, notices=(*best.notices, told))


def stage(file: str, grid: Grid, package: Mapping[str, Resource]) -> StagedSheet:
    """The rows of a sheet below its header; raises IntakeError where neither a header nor the cells say what they are."""
    found = _find_header(grid.cells)
    if found is None:
        return _stage_without_header(file, grid, package)
    first = grid.cells.iloc[found.place].tolist()
    below = grid.cells.iloc[found.place + 1 :]
    second = below.iloc[0].tolist() if _is_second_header(below) else []
    headers = _join_headers(first, second)
    header_line = int(grid.cells.index[found.place])
    rows = below.iloc[1:] if second else below
    rows, dropped = _drop_others(file, rows, first)
    notices = [*grid.notices, *_tell_above(file, grid.cells.index[: found.place])]
    if second:
        line = int(below.index[0])
        notices.append(Notice(file, line, "", "deuxième ligne d'en-tête : elle n'est pas une donnée", "a second line of headers: no data"))
    notices += [*_tell_headers(file, header_line, headers, rows), *dropped, *_tell_long_cells(file, rows)]
    if rows.empty:
        raise build_intake_error(
            file,
            (f"un en-tête à la ligne {header_line}, et aucune ligne au-dessous.", f"a header in line {header_line}, and no row below it."),
            ("Vérifiez que c'est la bonne feuille.", "Check that this is the right sheet."),
        )
    return StagedSheet(file, grid.name, header_line, headers, _strip_guards(rows), tuple(notices))


def _strip_guards(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as they were before an export of ours kept spreadsheets from taking a text for a formula."""
    guarded = {place: strip_guards(rows[place]) for place in rows.columns if rows[place].str.startswith("'").any()}
    return pd.DataFrame({place: guarded.get(place, rows[place]) for place in rows.columns}) if guarded else rows


def _weigh(grid: Grid, package: Mapping[str, Resource]) -> tuple[float, int]:
    """How much a sheet says: by its header, else by its cells."""
    found = _find_header(grid.cells)
    weight = found.weight if found else len(guess_fields(grid.cells, package["actors"])) / 2
    return weight, len(grid.cells)


def _find_header(cells: pd.DataFrame) -> _HeaderRow | None:
    """The first row that says most; None where no row says anything."""
    best: _HeaderRow | None = None
    for place, row in enumerate(cells.head(_LOOKED_AT).to_numpy().tolist()):
        filled = [(column, cell) for column, cell in enumerate(row) if cell.strip()]
        weights = {fold(cell): weigh_header(cell) for _, cell in filled}
        if len(weights) < len(filled) / 2 or (len(filled) == 1 and len(row) > 2):
            continue  # a title, or the same value all along
        weight = sum(weights.values())
        if weight and (best is None or weight > best.weight) and _is_no_data(cells, filled):
            best = _HeaderRow(place, weight)
    return best if best and (best.weight >= 1 or len(cells.columns) <= 2) else None


def _is_no_data(cells: pd.DataFrame, filled: list[tuple[int, str]]) -> bool:
    """Whether the names of columns in a row are no values: a value stands in its column more than once."""
    meant = [(column, cell) for column, cell in filled if weigh_header(cell)]
    again = sum(int((cells.iloc[:_COMPARED, column] == cell).sum()) > 1 for column, cell in meant)
    return 2 * again < len(meant) or len(meant) > 3


def _is_second_header(below: pd.DataFrame) -> bool:
    if below.empty:
        return False
    filled = [cell for cell in below.iloc[0].tolist() if cell.strip()]
    known = sum(weigh_header(cell) >= 1 for cell in filled)
    return known >= 2 and 2 * known > len(filled)


def _join_headers(first: list[str], second: list[str]) -> tuple[str, ...]:
    """One name per column of two lines of headers: the lower one below an empty cell, or below one that spans several columns."""
    headers = []
    for place, upper in enumerate(first):
        lower = second[place].strip() if second else ""
        spans = place + 1 < len(first) and not first[place + 1].strip()
        headers.append(lower if lower and (not upper.strip() or spans) else upper.strip())
    return tuple(headers)


# --- rows that are none -----------------------------------------------------------------------------------------------


def _drop_others(file: str, rows: pd.DataFrame, header: list[str]) -> tuple[pd.DataFrame, list[Notice]]:
    """The rows of a table without headers that come again and without what stands below it: totals, sources, notes."""
    notices = []
    again = pd.Series(True, index=rows.index)
    for place, text in enumerate(header):
        again &= rows[place] == text
    if again.any():
        count, line = int(again.sum()), int(rows.index[again][0])
        fr, en = f"l'en-tête revient ({count} fois) : ce n'est pas une donnée", f"the header comes again ({count} times): no data"
        notices.append(Notice(file, line, "", fr, en))
        rows = rows[~again]
    kept = len(rows)
    while kept and _is_footer(rows, kept - 1):
        kept -= 1
    for below, row in rows.iloc[kept:].iterrows():
        said = quote_value(next(str(cell) for cell in row if str(cell).strip()))
        fr, en = f"« {said} », sous le tableau : cette ligne n'est pas lue", f"“{said}”, below the table: this row is not read"
        notices.append(Notice(file, int(str(below)), "", fr, en))
    return rows.iloc[:kept], notices


def _is_footer(rows: pd.DataFrame, place: int) -> bool:
    """Whether a last row is no row of the table: one cell after a blank line, or the word of a footer and little else."""
    filled = [cell for cell in rows.iloc[place] if cell.strip()]
    width = len(rows.columns)
    if width < 3 or len(filled) > 2:
        return False
    is_apart = place > 0 and rows.index[place] - rows.index[place - 1] > 1
    first = fold(filled[0])
    says_so = any(first == word or first.startswith(f"{word} ") for word in _FOOTERS)
    return (is_apart and len(filled) == 1) or says_so


# --- what is told -----------------------------------------------------------------------------------------------------


def _tell_above(file: str, lines: pd.Index) -> Iterator[Notice]:
    if len(lines):
        first, last = int(lines[0]), int(lines[-1])
        fr = f"au-dessus de l'en-tête, jusqu'à la ligne {last} : non lu" if last > first else "au-dessus de l'en-tête : non lue"
        en = f"above the header, down to line {last}: not read" if last > first else "above the header: not read"
        yield Notice(file, first, "", fr, en)


def _tell_headers(file: str, line: int, headers: tuple[str, ...], rows: pd.DataFrame) -> Iterator[Notice]:
    """Headers that are missing, that come twice, and those about persons."""
    folded = [fold(header) for header in headers]
    for place, header in enumerate(headers):
        letter = name_column(place)
        if not header:
            if (rows[place] != "").any():
                yield Notice(file, line, letter, f"aucun en-tête dans la cellule {letter}{line}", f"no header in cell {letter}{line}")
        elif folded[place] and folded[place] in folded[:place]:
            other = name_column(folded.index(folded[place]))
            fr = f"« {quote_value(header)} » est déjà l'en-tête de la colonne {other} : une seule des deux est lue"
            yield Notice(file, line, letter, fr, f"“{quote_value(header)}” is the header of column {other} already: one of them is read")
        if is_personal(header):
            fr = f"« {quote_value(header)} » n'est pas lue : le registre ne garde aucune donnée sur des personnes"
            yield Notice(file, line, letter, fr, f"“{quote_value(header)}” is not read: the register keeps nothing about persons")


def _tell_long_cells(file: str, rows: pd.DataFrame) -> Iterator[Notice]:
    for place in rows.columns:
        lengths = rows[place].str.len()
        if len(lengths) and lengths.max() > LONGEST_CELL:
            line, length = int(str(lengths.idxmax())), int(lengths.max())
            fr = f"une cellule de {format_number(length, 'fr')} caractères : un tableur en garde {format_number(LONGEST_CELL, 'fr')}"
            en = f"a cell of {format_number(length, 'en')} characters: a spreadsheet keeps {format_number(LONGEST_CELL, 'en')}"
            yield Notice(file, line, name_column(int(place)), fr, en)


# --- no header --------------------------------------------------------------------------------------------------------


def _stage_without_header(file: str, grid: Grid, package: Mapping[str, Resource]) -> StagedSheet:
    """A sheet whose cells say themselves what they are."""
    guessed = guess_fields(grid.cells, package["actors"])
    if len(set(guessed.values()) - {"founded"}) < min(2, len(grid.cells.columns)):
        raise build_header_error(file, grid)
    told = Notice(
        file, 1, "", "aucun en-tête : les colonnes sont reconnues à leur contenu", "no header: columns are recognised by what they hold"
    )
    headers = ("",) * len(grid.cells.columns)
    return StagedSheet(file, grid.name, 0, headers, grid.cells, (*grid.notices, told))


def build_header_error(file: str, grid: Grid) -> IntakeError:
    """The error of a sheet without a header that says anything: what was found, what was expected, and what comes nearest."""
    widths = (grid.cells.head(_LOOKED_AT) != "").sum(axis=1)
    line = int(str(widths.idxmax()))
    cells = [cell.strip() for cell in map(str, grid.cells.loc[line]) if cell.strip()]
    found = quote_value(", ".join(cells))
    expected = [", ".join(translate_header(name, Locale(lang)) for name in EXAMPLES) for lang in ("fr", "en")]
    near = _find_nearest(cells)
    is_joined = len(cells) == 1 and any(sum(map(weigh_header, cells[0].split(separator))) >= 2 for separator in SEPARATORS)
    return build_intake_error(
        file,
        (
            f"aucun en-tête compris dans la feuille « {quote_value(grid.name)} » ; trouvé à la ligne {line} : « {found} ». "
            f"Attendu, par exemple : {expected[0]}.{near[0]}",
            f"no header is understood in the sheet “{quote_value(grid.name)}”; found in line {line}: “{found}”. "
            f"Expected, for example: {expected[1]}.{near[1]}",
        ),
        (
            "Donnez ces noms aux colonnes, sur une ligne au-dessus des données, puis recommencez.",
            "Give the columns these names, in one row above the data, then try again.",
        )
        if not is_joined
        else (
            "Tout est dans la colonne A : dans le tableur, Données › Convertir, puis enregistrez.",
            "Everything is in column A: in the spreadsheet, Data › Text to Columns, then save.",
        ),
    )


def _find_nearest(cells: list[str]) -> tuple[str, str]:
    """The header that looks most like one of the register's, and that one."""
    labels = {fold(translate_header(name, Locale("fr"))): translate_header(name, Locale("fr")) for name in EXAMPLES}
    pairs = [(cell, process.extractOne(fold(cell), list(labels), scorer=fuzz.ratio, score_cutoff=60)) for cell in cells[:50] if fold(cell)]
    if not (near := [(found[1], cell, labels[found[0]]) for cell, found in pairs if found]):
        return "", ""
    _, cell, label = max(near)
    return f" « {quote_value(cell)} » : peut-être « {label} ».", f" “{quote_value(cell)}”: perhaps “{label}”."
