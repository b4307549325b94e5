"""Every cell of a mapped column becomes the register's own value, or is refused with its line, what was found and what is expected.

The different cells of a column are read once each, whatever the number of lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto.desk.intake.cell_outcome import NOTHING, CellOutcome, CellReader, refuse
from biocarto.desk.intake.cell_places import NAME_COLUMNS, PlaceReader, is_department
from biocarto.desk.intake.cell_readers import build_claim_readers, build_reader
from biocarto.desk.intake.cell_regions import build_region_reader
from biocarto.desk.intake.staging import ColumnMatch, Reading, RefusedCell, StagedSheet
from biocarto.errors import Notice, quote_value
from biocarto.i18n import format_number
from biocarto.register.schema import LIST_DELIMITER, Resource, split_list
from biocarto.territory.territory import Territory

_PLACE = ("commune_code", "postcode")
_REGIONS = (("region", "region_code"), ("regions", "region_codes"), ("regions_covered", "region_codes"))
"""Columns of names of regions, and the columns of their codes."""
_NOBODY = ColumnMatch(-1, "", "", "", 0.0)
MOST_TOLD = 250_000
"""Refused cells of a sheet that are told, some 60 MB of them; beyond, only the first one of each line is."""
Texts = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.intp]


@dataclass
class _Draft:
    """What becomes of the cells so far: column -> its values by row, and what is to be told of which rows."""

    lines: Sequence[int]
    cells: Mapping[str, Texts]
    matches: Mapping[str, ColumnMatch]
    file: str
    values: dict[str, Texts] = field(default_factory=dict)
    refused: list[RefusedCell] = field(default_factory=list)
    told: dict[tuple[str, str], tuple[int, int, CellOutcome]] = field(default_factory=dict)
    """Column and subject -> the first row, the number of rows, and what is said of the first."""
    broken: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Column -> rows that were refused."""
    untold: int = 0
    """Refused cells that are not in `refused`."""
    _bad: set[int] = field(default_factory=set)
    """Rows of which a refused cell is told."""

    def keep(self, name: str, outcomes: Sequence[CellOutcome], rows: Numbers) -> None:
        """Take the outcomes of a column; `rows` says which of them each row has."""
        values = np.array([outcome.value for outcome in outcomes] or [""], dtype=object)
        self.values[name] = values[rows] if len(rows) else np.array([], dtype=object)
        wrong = np.fromiter((outcome.expected is not None for outcome in outcomes), dtype=bool, count=len(outcomes))
        noted = np.fromiter((outcome.told is not None for outcome in outcomes), dtype=bool, count=len(outcomes))
        if wrong.any():
            for row in np.flatnonzero(wrong[rows]):
                self.refuse(name, int(row), outcomes[rows[row]])
        if noted.any():
            for row in np.flatnonzero(noted[rows]):
                self.tell(name, int(row), outcomes[rows[row]])

    def refuse(self, name: str, row: int, outcome: CellOutcome) -> None:
        """The cell of a row is refused, and has no value."""
        self.broken[name].add(row)
        self.values[name][row] = ""
        if len(self.refused) >= MOST_TOLD and row in self._bad:
            self.untold += 1
            return
        self._bad.add(row)
        match = self.matches.get(name, _NOBODY)
        found = quote_value(self.cells[name][row]) if name in self.cells else ""
        fr, en = outcome.expected or ("", "")
        self.refused.append(RefusedCell(self.lines[row], match.header or name, match.letter, found, fr, en, outcome.nearest))

    def tell(self, name: str, row: int, outcome: CellOutcome) -> None:
        """Something is to be said of the cell of a row; the same of many rows is said once."""
        first, count, said = self.told.get((name, outcome.subject), (row, 0, outcome))
        self.told[name, outcome.subject] = first, count + 1, said

    def list_notices(self) -> Iterator[Notice]:
        """What is said, by line: of many rows the first is shown, and how many more there are."""
        for (name, _), (row, count, outcome) in sorted(self.told.items(), key=lambda item: item[1][0]):
            fr, en = outcome.told or ("", "")
            header = self.matches.get(name, _NOBODY).header or name
            more = (f" (et {count - 1} autres lignes)", f" (and {count - 1} more lines)") if count > 2 else ("", "")
            more = (" (et une autre ligne)", " (and one more line)") if count == 2 else more
            yield Notice(self.file, self.lines[row], header, fr + more[0], en + more[1])
        if self.untold:
            fr = f"{format_number(self.untold, 'fr')} autres cellules refusées ne sont pas montrées : corrigez d'abord celles qui le sont"
            en = f"{format_number(self.untold, 'en')} more refused cells are not shown: correct those that are first"
            yield Notice(self.file, 0, "", fr, en)


def read_cells(staged: StagedSheet, columns: Sequence[ColumnMatch], resource: Resource, territory: Territory, today: str) -> Reading:
    """The cells of the mapped columns as the register would keep them (`today` as 2026-11-28); what a row must have is not asked here.

    Of two columns that are taken for the same one, the first that says something is read.
    """
    draft = _open_draft(staged, columns, resource)
    placed = _list_placed(resource, draft.cells)
    for name, cells in draft.cells.items():
        if name in resource.fields and name not in placed and (resource.name, name) != ("evidence", "value"):
            _read_column(draft, name, cells, build_reader(resource, resource.fields[name], territory, today))
    if placed:
        _read_places(draft, resource, territory)
    if resource.name == "evidence" and "value" in draft.cells:
        _read_claims(draft, resource, territory)
    _pair_regions(draft, resource, territory)
    _pair_numbers(draft, resource)
    named = [name for name in resource.fields if name in draft.values]
    values = pd.DataFrame({name: draft.values[name] for name in named}, index=staged.cells.index, columns=named, dtype=object)
    refused = sorted(draft.refused, key=lambda cell: cell.line)
    return Reading(values, tuple(refused), tuple(draft.list_notices()))


def _open_draft(staged: StagedSheet, columns: Sequence[ColumnMatch], resource: Resource) -> _Draft:
    """The cells of the file by the column of the register that they are for, and its department, which only helps to find communes."""
    cells: dict[str, Texts] = {}
    matches: dict[str, ColumnMatch] = {}
    for match in columns:
        name = match.field or ("department" if is_department(match.header) else "")
        if name not in resource.fields and name != "department":
            continue
        found = staged.cells[match.place].to_numpy(dtype=object)
        if name in cells:
            cells[name] = np.where(cells[name] != "", cells[name], found)
        else:
            cells[name], matches[name] = found, match
    return _Draft([int(line) for line in staged.cells.index], cells, matches, staged.file)


def _read_column(draft: _Draft, name: str, cells: Texts, read: CellReader) -> None:
    rows, different = _find_different(cells)
    draft.keep(name, [read(cell) for cell in different], rows)


def _find_different(cells: Texts) -> tuple[Numbers, list[Any]]:
    """For each row the number of its cell among the different ones, and these."""
    rows, different = pd.factorize(cells)
    return rows, list(different)


def _find_different_rows(columns: Sequence[Texts]) -> tuple[Numbers, list[tuple[str, ...]]]:
    """The same of rows of several columns."""
    joined = np.empty(len(columns[0]), dtype=object)
    joined[:] = list(zip(*columns, strict=True))
    return _find_different(joined)


def _list_placed(resource: Resource, cells: Mapping[str, Texts]) -> frozenset[str]:
    """The columns that tell a place together; none where the table has no code of a commune."""
    if "commune_code" not in resource.fields:
        return frozenset()
    names = next(((name,) for name in NAME_COLUMNS if name in resource.fields), ())
    tells = {*names, *_PLACE, *(("address",) if "commune" in names else ())} & cells.keys()
    return frozenset({*names, *_PLACE} if tells else ())


def _read_places(draft: _Draft, resource: Resource, territory: Territory) -> None:
    """Read each different place once; an address counts only where no other cell tells the place."""
    reader = PlaceReader(territory, resource, frozenset(draft.cells))
    names = [name for name in (*NAME_COLUMNS, *_PLACE, "department", "region", "region_code", "country") if name in draft.cells]
    columns = [draft.cells[name] for name in names]
    if reader.is_strict and "address" in draft.cells:
        telling = [draft.cells[name] != "" for name in (reader.name_column, *_PLACE) if name in draft.cells]
        said = np.logical_or.reduce(telling) if telling else np.zeros(len(draft.lines), dtype=bool)
        names, columns = [*names, "address"], [*columns, np.where(said, "", draft.cells["address"])]
    rows, different = _find_different_rows(columns)
    outcomes = [reader.read(dict(zip(names, cells, strict=True))) for cells in different]
    for name in reader.told:
        if name in draft.cells or any(outcome.get(name, NOTHING) is not NOTHING for outcome in outcomes):
            _keep_place(draft, name, [outcome.get(name, NOTHING) for outcome in outcomes], rows)
    _tell_addresses(draft, [outcome.get("address", NOTHING) for outcome in outcomes], rows)


def _keep_place(draft: _Draft, name: str, outcomes: Sequence[CellOutcome], rows: Numbers) -> None:
    """A column of a place; a region that the file tells in its own cell must be that of the commune, and is else completed."""
    if name not in ("region", "region_code"):
        draft.keep(name, outcomes, rows)
        return
    found = np.array([outcome.value for outcome in outcomes], dtype=object)[rows]
    said = draft.values.get(name)
    draft.values[name] = found if said is None else np.where(said != "", said, found)
    for row in draft.broken[name]:
        draft.values[name][row] = ""
    if said is not None:
        for other in np.flatnonzero((said != "") & (found != "") & (said != found)):
            fr, en = f"{found[other]}, la région de la commune", f"{found[other]}, the region of the commune"
            draft.refuse(name, int(other), refuse(fr, en, found[other]))


def _tell_addresses(draft: _Draft, outcomes: Sequence[CellOutcome], rows: Numbers) -> None:
    """What is to be said of addresses that told a place."""
    loud = np.array([outcome is not NOTHING for outcome in outcomes] or [False])
    for row in np.flatnonzero(loud[rows]) if len(rows) else ():
        outcome = outcomes[rows[row]]
        if outcome.expected is not None:
            draft.refuse("address", int(row), outcome)
        elif outcome.told is not None:
            draft.tell("address", int(row), outcome)


def _read_claims(draft: _Draft, resource: Resource, territory: Territory) -> None:
    """What a row of evidence says of a column of actors is read as a cell of that column."""
    readers = build_claim_readers(territory, resource.fields["value"])
    fields = draft.values.get("field", np.full(len(draft.lines), "", dtype=object))
    rows, different = _find_different_rows([fields, draft.cells["value"]])
    draft.keep("value", [readers.get(name, readers[""])(cell) for name, cell in different], rows)


def _pair_regions(draft: _Draft, resource: Resource, territory: Territory) -> None:
    """Regions and their codes, one or a list of them: the one that a row leaves out is made of the other."""
    for name, code in _REGIONS:
        if {name, code} <= set(resource.fields):
            for of, other in ((name, code), (code, name)):
                if other in draft.values:
                    _fill(draft, of, other, partial(_lead_regions, build_region_reader(territory, as_code=of == code)))


def _lead_regions(read: CellReader, cell: str) -> str:
    """Each region of a cell as `read` gives it."""
    return LIST_DELIMITER.join(read(item).value for item in split_list(cell))


def _pair_numbers(draft: _Draft, resource: Resource) -> None:
    """The SIREN of a SIRET where the row tells none; one that is another company's is refused."""
    if not {"siren", "siret"} <= set(resource.fields) or "siret" not in draft.values:
        return
    if "siren" in draft.values:
        sirens, sirets = draft.values["siren"], draft.values["siret"]
        both = (sirens != "") & (sirets != "")
        for row in np.flatnonzero(both):
            own = sirets[row][:9]
            if sirens[row] != own:
                fr, en = f"les 9 premiers chiffres du SIRET ({own})", f"the first 9 digits of the SIRET ({own})"
                draft.refuse("siren", int(row), refuse(fr, en, own))
    _fill(draft, "siren", "siret", lambda siret: siret[:9])


def _fill(draft: _Draft, name: str, other: str, make: Callable[[str], str]) -> None:
    """Values of a column made of another one, in the rows that have none and were not refused."""
    rows, different = _find_different(draft.values[other])
    made = np.array([make(cell) if cell else "" for cell in different] or [""], dtype=object)
    found = made[rows] if len(rows) else np.array([], dtype=object)
    if name not in draft.values and not (found != "").any():
        return
    said = draft.values.get(name, np.full(len(found), "", dtype=object))
    empty = said == ""
    empty[list(draft.broken[name])] = False
    draft.values[name] = np.where(empty, found, said)
