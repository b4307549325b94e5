"""Public research structures as the ministry's list has them (RNSR, active ones): who they are and where, never who directs them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from biocarto.desk import communes
from biocarto.desk.facts import RegisterRow
from biocarto.desk.likeness import compare_names, simplify_name
from biocarto.desk.official.files import OfficialFile
from biocarto.desk.official.scanning import scan
from biocarto.names import fold
from biocarto.territory.territory import Territory

NUMBER = re.compile("[0-9]{9}[A-Z]")
LEAST = 0.6
"""Score from which a structure is proposed."""
MOST = 3
"""Structures that are proposed for one row."""
NAME_SHARE = 0.75
"""What the name weighs in a score; the rest is the commune."""
_READ = (
    *("numero_national_de_structure", "libelle", "sigle", "annee_de_creation", "type_de_structure", "site_web", "adresse", "code_postal"),
    *("commune", "label_numero", "tutelles", "sigles_des_tutelles", "domaine_scientifique", "panel_erc", "fiche_rnsr"),
)
"""Columns that are read at all: those of persons are none of them."""
_LIFE = ("biolog", "medecin", "sante", "vivant", "pharma")
_PANEL = re.compile(r"\bLS\d")
"""Panels of the European Research Council for the life sciences."""


@dataclass(frozen=True)
class ResearchStructure:
    """A structure: `number` its RNSR, `commune_code` "" where the commune is not clear, `page` its own page ("" where none is told)."""

    number: str
    name: str
    acronym: str
    labels: tuple[str, ...]
    kind: str
    founded: str
    website: str
    address: str
    postcode: str
    commune: str
    commune_code: str
    supervisors: tuple[str, ...]
    themes: tuple[str, ...]
    page: str

    @property
    def is_life_science(self) -> bool:
        """Whether its domain or its panel is one of biology, medicine or health."""
        return any(_PANEL.search(theme) or any(word in fold(theme) for word in _LIFE) for theme in self.themes)


@dataclass(frozen=True)
class StructureMatch:
    """A structure that a row of the register may be: score 0 to 1, and what it is made of (`number`, `name`, `place`)."""

    row_id: str
    structure: ResearchStructure
    score: float
    why: Mapping[str, float] = field(default_factory=dict)


def read_structures(file: OfficialFile, territory: Territory) -> list[ResearchStructure]:
    """Every structure with a number; raises OfficialFileError for a file that ends in the middle."""
    rows = (row for part in scan(file, _READ) for row in part.to_pylist())
    found = {row["numero_national_de_structure"]: row for row in rows if NUMBER.fullmatch(row["numero_national_de_structure"])}
    return [_read_structure(row, territory) for row in found.values()]


def _read_structure(row: Mapping[str, str], territory: Territory) -> ResearchStructure:
    told = {name: " ".join(unescape(unescape(cell)).split()) for name, cell in row.items()}
    return ResearchStructure(
        told["numero_national_de_structure"],
        told["libelle"],
        told["sigle"],
        split_cell(told["label_numero"]),
        told["type_de_structure"],
        told["annee_de_creation"][:4],
        told["site_web"],
        told["adresse"],
        told["code_postal"],
        told["commune"],
        find_commune_code(territory, told["commune"], told["code_postal"]),
        split_cell(told["sigles_des_tutelles"]) or split_cell(told["tutelles"]),
        (*split_cell(told["domaine_scientifique"]), *split_cell(told["panel_erc"])),
        told["fiche_rnsr"] if told["fiche_rnsr"].startswith(("https://", "http://")) else "",
    )


def split_cell(cell: str) -> tuple[str, ...]:
    """The items of a list in a cell, whatever quotes are left around them."""
    return tuple(dict.fromkeys(item for part in cell.split(";") if (item := part.strip(' "'))))


def find_commune_code(territory: Territory, name: str, postcode: str) -> str:
    """The commune that a name without its code means: CEDEX and number aside, of homonyms the one of the post code's department."""
    bare = re.sub(r"\bcedex\b.*", "", name, flags=re.IGNORECASE).strip()
    codes = communes.find_communes(territory, bare) if bare else ()
    if len(codes) > 1:
        codes = tuple(code for code in codes if code[:2] == postcode[:2])
    if fold(bare) == "paris" and re.fullmatch("750[0-9]{2}", postcode) and "01" <= postcode[3:] <= "20":
        return f"751{postcode[3:]}"
    return codes[0] if len(codes) == 1 else ""


# --- beside the register -------------------------------------------------------------------------------------------------


def find_active(actors: Iterable[RegisterRow], structures: Iterable[ResearchStructure]) -> list[StructureMatch]:
    """The rows whose number is on the list: they were active on the day of the file."""
    known = {structure.number: structure for structure in structures}
    numbers = ((row.id, row.cells.get("rnsr", "")) for row in actors)
    return [StructureMatch(row_id, known[number], 1.0, {"number": 1.0}) for row_id, number in numbers if number in known]


def find_absent(actors: Iterable[RegisterRow], structures: Iterable[ResearchStructure]) -> list[str]:
    """Ids of the rows whose number is not on the list of active ones: closed, renumbered or merged, which the list does not say."""
    known = {structure.number for structure in structures}
    return [row.id for row in actors if row.cells.get("rnsr") and row.cells["rnsr"] not in known]


def match_structures(actors: Iterable[RegisterRow], structures: Sequence[ResearchStructure]) -> list[StructureMatch]:
    """For each research centre without a number, the structures that it may be, the likeliest first."""
    sought = [row for row in actors if row.cells.get("kind") == "research_centre" and not row.cells.get("rnsr")]
    names = [(place, name) for place, structure in enumerate(structures) for name in _list_names(structure)]
    if not sought or not names:
        return []
    alike = compare_names([simplify_name(row.cells.get("name", "")) for row in sought], [name for _, name in names], 0.5)
    return [match for row, line in zip(sought, alike, strict=True) for match in _rank(row, structures, names, line)]


def _list_names(structure: ResearchStructure) -> list[str]:
    """The names that it goes by; three letters are too few to be told from others."""
    names = (
        structure.name,
        structure.acronym if len(structure.acronym) > 3 else "",
        *(f"{structure.acronym} {one}" for one in structure.labels),
    )
    return [simplify_name(name) for name in names if name]


def _rank(
    row: RegisterRow, structures: Sequence[ResearchStructure], names: Sequence[tuple[int, str]], line: Iterable[float]
) -> list[StructureMatch]:
    best: dict[int, float] = {}
    for (place, _), score in zip(names, line, strict=True):
        if score:
            best[place] = max(best.get(place, 0.0), float(score))
    matches = []
    for place, score in best.items():
        there = float(communes.is_same_place(row.cells.get("commune_code", ""), structures[place].commune_code))
        total = round(NAME_SHARE * score + (1 - NAME_SHARE) * there, 3)
        if total >= LEAST:
            matches.append(StructureMatch(row.id, structures[place], total, {"name": round(score, 3), "place": there}))
    return sorted(matches, key=lambda match: (-match.score, match.structure.number))[:MOST]


def list_new_structures(
    actors: Sequence[RegisterRow], structures: Sequence[ResearchStructure], territory: Territory, *, every_theme: bool = False
) -> list[ResearchStructure]:
    """Structures of the region that the register lacks, of the life sciences unless every theme is asked for, by name."""
    known = {row.cells.get("rnsr", "") for row in actors}
    called = {simplify_name(row.cells.get(name, "")) for row in actors for name in ("name", "organisation")}
    new = [
        structure
        for structure in structures
        if structure.number not in known
        and communes.is_in_region(territory, structure.commune_code)
        and (every_theme or structure.is_life_science)
        and not called.intersection(_list_names(structure)[:1])
    ]
    return sorted(new, key=lambda structure: (fold(structure.name), structure.number))
