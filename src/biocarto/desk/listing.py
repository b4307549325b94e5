"""The rows of a table as a person looks for them: by name, place, number or a former id, without accents; each with its newest page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from biocarto.desk.differences import name_row
from biocarto.desk.facts import RegisterRow
from biocarto.names import fold

_SOUGHT = ("name", "organisation", "company", "commune", "commune_code", "city", "siren", "siret", "id", "member_name", "owner", "old_id")
Tell = Callable[[str, str], str]
"""Column, cell -> the name that stands for a code or an id."""
_YEARS = ("as_of", "members_as_of", "date", "start")


@dataclass(frozen=True)
class ListedRow:
    """A row in a list: what it is called, where it is, the year of its newest page ("" where none is told), its status as a code."""

    id: str
    name: str
    place: str
    year: str
    status: str
    version: int
    words: str


def _keep_cell(_column: str, cell: str) -> str:
    return cell


def list_rows(
    rows: Iterable[RegisterRow], claims: Iterable[RegisterRow] = (), redirects: Iterable[RegisterRow] = (), *, tell: Tell = _keep_cell
) -> list[ListedRow]:
    """The rows by name; claims and redirects are those on actors, whose newest page and former ids they tell."""
    years, former = defaultdict(list), defaultdict(list)
    for claim in claims:
        years[claim.cells.get("actor_id", "")].append(claim.cells.get("as_of", ""))
    for redirect in redirects:
        former[redirect.cells.get("actor_id", "")].append(redirect.cells.get("old_id", ""))
    listed = [_list_row(row, years[row.id], former[row.id], tell) for row in rows]
    return sorted(listed, key=lambda row: (fold(row.name), row.id))


def _list_row(row: RegisterRow, years: Sequence[str], former: Sequence[str], tell: Tell) -> ListedRow:
    cells = row.cells
    own = next((cells[name][:4] for name in _YEARS if cells.get(name)), "")
    name = name_row(cells) or row.id
    place = _tell_place(cells, tell)
    words = fold(" ".join((name, place, *(cells.get(column, "") for column in _SOUGHT), cells.get("title_en", ""), row.id, *former)))
    return ListedRow(row.id, name, place, max((own, *years)), cells.get("status", ""), row.version, words)


def _tell_place(cells: Mapping[str, str], tell: Tell) -> str:
    """Where a row is, else what it belongs to."""
    columns = ("commune", "city", "place_fr", "geography", "region", "network_id", "actor_id", "country", "commune_code", "name_en")
    return next((tell(name, cells[name]) for name in columns if cells.get(name)), "")


def search(rows: Sequence[ListedRow], typed: str) -> list[ListedRow]:
    """The rows that have every word, those first whose name begins with what was typed; all of them for nothing."""
    words = fold(typed).split()
    if not words:
        return list(rows)
    whole = " ".join(words)
    found = [row for row in rows if all(word in row.words for word in words)]
    return sorted(found, key=lambda row: not fold(row.name).startswith(whole))
