"""What the ministry's lists offer the register: numbers of structures and companies, and that a structure is active."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from biocarto import caches
from biocarto.caches import Cache
from biocarto.desk.facts import Evidence, RegisterRow
from biocarto.desk.official import laureates, rnsr
from biocarto.desk.official.files import OfficialFile, OfficialKind
from biocarto.desk.official.laureates import Laureate
from biocarto.desk.official.offers import Offer, OfferKind, list_open
from biocarto.desk.official.register_look import RegisterLook
from biocarto.desk.official.rnsr import ResearchStructure

_lists = Cache(caches.OFFICIAL_TABLES)


def read_structures(look: RegisterLook) -> list[ResearchStructure]:
    """The structures of the folder's list, read once for each file; none without it. Raises OfficialFileError."""
    file = look.folder.find(OfficialKind.STRUCTURES)
    return _lists.get(file.key, lambda: rnsr.read_structures(file, look.territory)) if file else []


def read_laureates(look: RegisterLook) -> list[Laureate]:
    """The laureates of both lists; raises OfficialFileError."""
    found: list[Laureate] = []
    for kind in (OfficialKind.I_NOV, OfficialKind.I_LAB):
        file = look.folder.find(kind)
        found += _lists.get(file.key, partial(laureates.read_laureates, file)) if file else []
    return found


def list_structure_offers(look: RegisterLook) -> list[Offer]:
    """Numbers for research centres that have none, the likeliest first of each; what was decided is not offered again."""
    file, names = look.folder.find(OfficialKind.STRUCTURES), {row.id: row.cells.get("name", row.id) for row in look.actors}
    offers = []
    for match in rnsr.match_structures(look.actors, read_structures(look)) if file else []:
        found = match.structure
        told = {"name": found.name, "acronym": found.acronym, "commune": found.commune, "supervisors": ", ".join(found.supervisors)}
        cells = {"rnsr": ("", found.number)}
        evidence = _cite(file, found)
        offers.append(Offer(OfferKind.RNSR, match.row_id, names[match.row_id], found.number, cells, evidence, match.score, match.why, told))
    return list_open(offers, look.verdicts)


def list_absent(look: RegisterLook) -> list[RegisterRow]:
    """Actors whose structure is not on the list of active ones; all of them without a list."""
    gone = set(rnsr.find_absent(look.actors, read_structures(look)))
    return [row for row in look.actors if row.id in gone]


def list_active_offers(look: RegisterLook) -> list[Offer]:
    """That a structure is there on the day of the file: it becomes present, or stays so with a newer page."""
    file, rows = look.folder.find(OfficialKind.STRUCTURES), {row.id: row for row in look.actors}
    matches = rnsr.find_active(look.actors, read_structures(look)) if file else []
    offers = (offer for match in matches for offer in _offer_presence(look, file, rows[match.row_id], match.structure))
    return list_open(offers, look.verdicts)


def _offer_presence(look: RegisterLook, file: OfficialFile | None, row: RegisterRow, structure: ResearchStructure) -> Iterator[Offer]:
    """Nothing for a site that a person has closed, nor for a status whose page is as new."""
    status = row.cells.get("status", "")
    if file is None or status == "former" or (status == "present" and look.find_year(row, "status") >= int(file.dated[:4])):
        return
    is_known = status == "present"
    yield Offer(
        OfferKind.OPEN,
        row.id,
        row.cells.get("name", row.id),
        f"{structure.number} {file.dated}",
        {} if is_known else {"status": (status, "present")},
        _cite(file, structure),
        told={"name": structure.name, "commune": structure.commune},
        confirms={"status": status} if is_known else {},
    )


def _cite(file: OfficialFile | None, structure: ResearchStructure) -> Evidence:
    """The structure's own page in the list, where it has one."""
    return Evidence(structure.page or file.page, file.title, file.dated[:4]) if file else Evidence()


def list_laureate_offers(look: RegisterLook) -> list[Offer]:
    """Numbers for companies that have none."""
    names = {row.id: row.cells.get("name", row.id) for row in look.actors}
    offers = []
    for match in laureates.match_laureates(look.actors, read_laureates(look)):
        found, file = match.laureate, look.folder.find(match.laureate.contest)
        if file is None:
            continue
        told = {"name": found.company, "commune": found.commune or found.region, "theme": found.theme, "year": found.year}
        evidence, cells = Evidence(file.page, file.title, file.dated[:4]), {"siren": ("", found.siren)}
        offers.append(Offer(OfferKind.SIREN, match.row_id, names[match.row_id], found.siren, cells, evidence, match.score, match.why, told))
    return list_open(offers, look.verdicts)
