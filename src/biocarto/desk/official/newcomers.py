"""Who official files know in the region and the register lacks, of whatever file: what is known of them, and the form they begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from biocarto.desk import communes
from biocarto.desk.facts import Evidence
from biocarto.desk.official import candidates, laureates, rnsr
from biocarto.desk.official.candidates import CANDIDATE, Candidate, KnownCells
from biocarto.desk.official.files import OfficialKind
from biocarto.desk.official.laureates import Laureate
from biocarto.desk.official.mesr_offers import read_laureates, read_structures
from biocarto.desk.official.register_look import RegisterLook
from biocarto.desk.official.rnsr import ResearchStructure
from biocarto.territory.territory import Territory


@dataclass(frozen=True)
class Newcomer:
    """A candidate: `subject` its number (SIRET, RNSR, SIREN or, without one, its name), `cells` what a form of a new actor begins with.

    `told` is what a person wants to see, in the file's words; `is_near` whether most of what bears its code may be ours.
    `proofs` are what some of the cells rest on.
    """

    subject: str
    name: str
    kind: OfficialKind
    cells: Mapping[str, str]
    told: Mapping[str, str] = field(default_factory=dict)
    is_near: bool = True
    proofs: Mapping[str, Evidence] = field(default_factory=dict)

    @property
    def known_cells(self) -> KnownCells:
        """What a new actor takes of it."""
        return KnownCells(self.subject, self.cells, self.proofs)


def list_newcomers(look: RegisterLook, kind: OfficialKind) -> list[Newcomer]:
    """Those of a file that nobody has decided on; none without the file. Raises OfficialFileError."""
    decided = {verdict.subject for verdict in look.verdicts if verdict.kind == CANDIDATE}
    if kind is OfficialKind.ESTABLISHMENTS:
        found = [_show_establishment(one) for one in candidates.list_candidates(look)]
    elif kind is OfficialKind.STRUCTURES:
        new = rnsr.list_new_structures(look.actors, read_structures(look), look.territory)
        found = [replace(_show_structure(one, look.territory), proofs=_prove(look, kind, one.page)) for one in new]
    else:
        won = laureates.list_new_laureates(look.actors, read_laureates(look), look.territory)
        found = [replace(_show_laureate(one, look.territory), proofs=_prove(look, one.contest)) for one in won]
    return [one for one in found if one.subject not in decided]


def _prove(look: RegisterLook, kind: OfficialKind, page: str = "") -> dict[str, Evidence]:
    """Numbers and places of a list of the ministry rest on it, or on the page that it has of a structure."""
    told = look.cite(kind=kind)
    proof = replace(told, source_url=page or told.source_url)
    return dict.fromkeys(("rnsr", "siren", "address", "commune", "commune_code", "founded"), proof)


def _show_establishment(found: Candidate) -> Newcomer:
    told = {"activity": found.activity, "employees": found.employees, "created": found.created}
    told |= {"address": found.address, "commune": found.commune, "siret": found.siret}
    return Newcomer(found.siret, found.name, OfficialKind.ESTABLISHMENTS, candidates.prefill_row(found), told, found.is_near, found.proofs)


def _show_structure(found: ResearchStructure, territory: Territory) -> Newcomer:
    code = found.commune_code
    cells = {
        "name": found.name,
        "organisation": found.supervisors[0] if found.supervisors else found.name,
        "kind": "research_centre",
        "commune": communes.write_commune(territory, code),
        "commune_code": code,
        "address": found.address,
        "position": "commune",
        "founded": found.founded,
        "rnsr": found.number,
        "status": "present",
    }
    told = {"acronym": found.acronym, "theme": ", ".join(found.themes), "supervisors": ", ".join(found.supervisors)}
    told |= {"commune": found.commune, "rnsr": found.number}
    return Newcomer(found.number, found.name, OfficialKind.STRUCTURES, _drop_empty(cells), told)


def _show_laureate(found: Laureate, territory: Territory) -> Newcomer:
    cells = {"name": found.company, "organisation": found.company, "kind": "company", "siren": found.siren, "website": found.website}
    if found.commune_code:
        cells |= {
            "commune": communes.write_commune(territory, found.commune_code),
            "commune_code": found.commune_code,
            "position": "commune",
        }
    told = {
        "year": found.year,
        "theme": found.theme,
        "subject": found.subject,
        "commune": found.commune or found.region,
        "siren": found.siren,
    }
    return Newcomer(found.siren or found.company, found.company, found.contest, _drop_empty(cells), told)


def _drop_empty(cells: Mapping[str, str]) -> dict[str, str]:
    return {column: cell for column, cell in cells.items() if cell}
