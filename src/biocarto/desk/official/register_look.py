"""The register beside the official files: its actors, what their pages say last, what was decided, and what SIRENE has on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from biocarto.desk.acts import Desk
from biocarto.desk.claims import CLAIMS
from biocarto.desk.facts import Evidence, RegisterRow
from biocarto.desk.ledger import read_rows
from biocarto.desk.likeness import simplify_name
from biocarto.desk.official.activities import ACTIVITIES
from biocarto.desk.official.files import Dating, OfficialFolder, OfficialKind, list_official
from biocarto.desk.official.sirene import SireneLook, SireneQuestion, look_up, recall
from biocarto.desk.official.verdicts import Verdict, list_verdicts
from biocarto.desk.points import ACTORS
from biocarto.territory.territory import Territory

_BRACKETS = re.compile(r"\(([^)]*)\)")
_SHORTEST = 3
"""Letters of a name that is looked for."""


@dataclass(frozen=True)
class RegisterLook:
    """Actors and claims as they are now, every decision, the folder, and what SIRENE says (None without its file)."""

    territory: Territory
    actors: tuple[RegisterRow, ...]
    years: Mapping[tuple[str, str], int]
    verdicts: tuple[Verdict, ...]
    folder: OfficialFolder
    sirene: SireneLook | None

    def find_year(self, row: RegisterRow, column: str) -> int:
        """Year of the newest page that says what a cell holds; 0 where none has one."""
        own = row.cells.get("as_of", "")
        return self.years.get((row.id, column), int(own) if own.isdecimal() else 0)

    def cite(self, valid_from: str = "", kind: OfficialKind = OfficialKind.ESTABLISHMENTS) -> Evidence:
        """What a fact of SIRENE's files rests on: the page of the dataset, the file that says it and its own date."""
        file = self.folder.find(kind)
        if file is None:
            return Evidence()
        read = {OfficialKind.ESTABLISHMENTS: self.sirene.dated, OfficialKind.LEGAL_UNITS: self.sirene.units_dated} if self.sirene else {}
        if (dated := read.get(kind)) and dated != file.dated:  # its newest row was read
            file = replace(file, dated=dated, dating=Dating.CONTENT)
        return Evidence(file.page, file.title, file.dated[:4], valid_from if valid_from <= file.dated else "", "")


def look_at(desk: Desk, folder: Path, *, reads: bool = True) -> RegisterLook:
    """The register beside what lies in a folder; with `reads` False, what SIRENE says only where it was read before.

    Raises OfficialFileError.
    """
    with desk.store.read() as transaction:
        actors, claims = read_rows(transaction, ACTORS), read_rows(transaction, CLAIMS)
        decided = list_verdicts(transaction)
    return look_beside(desk.territory, actors, claims, list_official(folder), verdicts=decided, reads=reads)


def look_beside(
    territory: Territory,
    actors: Sequence[RegisterRow],
    claims: Sequence[RegisterRow],
    files: OfficialFolder,
    *,
    verdicts: Iterable[Verdict] = (),
    reads: bool = True,
) -> RegisterLook:
    """Rows of actors and of evidence beside official files; raises OfficialFileError."""
    sirene = (look_up if reads else recall)(files, build_question(actors, territory))
    return RegisterLook(territory, tuple(actors), _list_years(claims), tuple(verdicts), files, sirene)


def build_question(actors: Iterable[RegisterRow], territory: Territory) -> SireneQuestion:
    """Every actor's legal unit and names, and the sector's codes in the region."""
    rows = list(actors)
    sirens = {row.cells.get("siren") or row.cells.get("siret", "")[:9] for row in rows} - {""}
    names = {name for row in rows for name in list_names(row.cells)}
    communes = {str(code) for layer in (territory.communes, territory.arrondissements) for code in layer.index}
    return SireneQuestion(frozenset(sirens), frozenset(names), frozenset(communes), frozenset(ACTIVITIES))


def list_names(cells: Mapping[str, str]) -> tuple[str, ...]:
    """The simplified names that an actor may have in an official file: its own and its organisation's, also those in brackets."""
    told = [cells.get("organisation", ""), cells.get("name", "")]
    parts = [part for name in told for part in (name, _BRACKETS.sub(" ", name), *_BRACKETS.findall(name), name.split(" – ")[0])]
    simple = dict.fromkeys(simplify_name(part) for part in parts if part.strip())
    return tuple(name for name in simple if len(name) >= _SHORTEST)


def _list_years(claims: Sequence[RegisterRow]) -> dict[tuple[str, str], int]:
    years: dict[tuple[str, str], int] = {}
    for row in claims:
        key, year = (row.cells.get("actor_id", ""), row.cells.get("field", "")), row.cells.get("as_of", "")
        years[key] = max(years.get(key, 0), int(year) if year.isdecimal() else 0)
    return years
