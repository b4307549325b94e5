"""Companies that won i-Nov or i-Lab, as the ministry's lists have them: their number, their subject, never who founded them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from biocarto.desk.communes import is_in_region, is_same_place
from biocarto.desk.facts import RegisterRow
from biocarto.desk.likeness import compare_names, simplify_name
from biocarto.desk.official.files import OfficialFile, OfficialKind
from biocarto.desk.official.rnsr import LEAST, MOST, NAME_SHARE
from biocarto.desk.official.scanning import scan
from biocarto.names import fold
from biocarto.register.keys import is_siren
from biocarto.territory.territory import Territory

REGION = "ile de france"
_READ = {
    OfficialKind.I_NOV: (
        *("datepublication", "thematique", "projet", "moto", "projetresume", "siren", "entreprise", "entrepriseresume"),
        *("cityid", "com_nom", "reg_nom"),
    ),
    OfficialKind.I_LAB: (
        *("libelle_entreprise", "ndeg_siren", "site_web_entreprise", "moto", "region", "annee_de_concours", "domaine_technologique"),
    ),
}
"""Kind -> the columns that are read at all: those of persons are none of them."""
_HEALTH = ("sante", "biotech", "pharma", "medic", "biolog", "vivant", "therap", "diagnos")


@dataclass(frozen=True)
class Laureate:
    """A company that won: `siren` "" where none that is right is told, `commune_code` "" where the list tells the region only."""

    contest: OfficialKind
    year: str
    company: str
    siren: str
    theme: str
    subject: str
    website: str
    commune: str
    commune_code: str
    region: str

    @property
    def is_health(self) -> bool:
        """Whether its theme is one of health or biotechnology."""
        return any(word in fold(self.theme) for word in _HEALTH)


@dataclass(frozen=True)
class LaureateMatch:
    """A company that a row of the register may be: score 0 to 1, and what it is made of (`number`, `name`, `place`)."""

    row_id: str
    laureate: Laureate
    score: float
    why: Mapping[str, float]


def read_laureates(file: OfficialFile) -> list[Laureate]:
    """Every company that the list names; a project that only a person carries has none, and is left out. Raises OfficialFileError."""
    rows = (row for part in scan(file, _READ[file.kind]) for row in part.to_pylist())
    read = _read_i_nov if file.kind is OfficialKind.I_NOV else _read_i_lab
    return [laureate for row in rows if (laureate := read({name: _clean(cell) for name, cell in row.items()})).company]


def _clean(cell: str) -> str:
    return " ".join(unescape(cell).split())


def _read_i_nov(row: Mapping[str, str]) -> Laureate:
    subject = row["moto"] or row["projetresume"] or row["entrepriseresume"] or row["projet"]
    code = row["cityid"].zfill(5) if row["cityid"] else ""
    year = find_year(row["datepublication"])
    number = _read_siren(row["siren"])
    return Laureate(
        OfficialKind.I_NOV, year, row["entreprise"], number, row["thematique"], subject, "", row["com_nom"], code, row["reg_nom"]
    )


def _read_i_lab(row: Mapping[str, str]) -> Laureate:
    website = row["site_web_entreprise"]
    return Laureate(
        OfficialKind.I_LAB,
        find_year(row["annee_de_concours"]),
        row["libelle_entreprise"],
        _read_siren(row["ndeg_siren"]),
        row["domaine_technologique"],
        row["moto"],
        website if website.startswith(("https://", "http://")) else "",
        "",
        "",
        row["region"],
    )


def find_year(text: str) -> str:
    """The year of a date however it is written; "" where there is none."""
    found = re.search(r"(?:19|20)\d{2}", text)
    return found[0] if found else ""


def _read_siren(cell: str) -> str:
    number = re.sub(r"\s", "", cell)
    return number if is_siren(number) else ""


# --- beside the register -------------------------------------------------------------------------------------------------


def match_laureates(actors: Iterable[RegisterRow], laureates: Sequence[Laureate]) -> list[LaureateMatch]:
    """For each company without a number, the laureates that it may be, the likeliest first; one of several years is told once."""
    sought = [row for row in actors if row.cells.get("kind") == "company" and not row.cells.get("siren")]
    known = list({laureate.siren: laureate for laureate in sorted(laureates, key=lambda one: one.year) if laureate.siren}.values())
    if not sought or not known:
        return []
    names = [simplify_name(laureate.company) for laureate in known]
    alike = compare_names([simplify_name(row.cells.get("organisation") or row.cells.get("name", "")) for row in sought], names, LEAST)
    return [match for row, line in zip(sought, alike, strict=True) for match in _rank(row, known, line)]


def _rank(row: RegisterRow, known: Sequence[Laureate], line: Iterable[float]) -> list[LaureateMatch]:
    matches = []
    for laureate, score in zip(known, line, strict=True):
        there = float(_is_there(row, laureate)) if score else 0.0
        total = round(NAME_SHARE * float(score) + (1 - NAME_SHARE) * there, 3)
        if score and total >= LEAST:
            matches.append(LaureateMatch(row.id, laureate, total, {"name": round(float(score), 3), "place": there}))
    return sorted(matches, key=lambda match: (-match.score, match.laureate.siren))[:MOST]


def _is_there(row: RegisterRow, laureate: Laureate) -> bool:
    """In the same commune; in the region, where the list tells no commune, as every row of the register is."""
    if laureate.commune_code:
        return is_same_place(row.cells.get("commune_code", ""), laureate.commune_code)
    return fold(laureate.region) == REGION


def list_new_laureates(
    actors: Sequence[RegisterRow], laureates: Iterable[Laureate], territory: Territory, *, every_theme: bool = False
) -> list[Laureate]:
    """Companies of the region that the register lacks, of health unless every theme is asked for, each with its last prize."""
    numbers = {row.cells.get("siren", "") for row in actors} - {""}
    called = {simplify_name(row.cells.get(name, "")) for row in actors for name in ("name", "organisation")}
    new: dict[str, Laureate] = {}
    for laureate in sorted(laureates, key=lambda one: one.year):
        name = simplify_name(laureate.company)
        there = is_in_region(territory, laureate.commune_code) if laureate.commune_code else fold(laureate.region) == REGION
        if there and laureate.siren not in numbers and name not in called and (every_theme or laureate.is_health):
            new[laureate.siren or name] = laureate
    return sorted(new.values(), key=lambda one: (fold(one.company), one.year))
