"""Establishments of the sector's activity codes in the region that the register lacks: candidates, never rows.

A code of activity is no evidence of biotherapy: nobody sees them but at the desk, until a person says what they do, and by which page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from biocarto.desk import communes
from biocarto.desk.acts import Desk, Intent, add_row
from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import ChangeKind, ChangeSet, Evidence
from biocarto.desk.ledger import read_rows
from biocarto.desk.likeness import simplify_name
from biocarto.desk.official import verdicts
from biocarto.desk.official.activities import ACTIVITIES, EMPLOYEES, NEAR
from biocarto.desk.official.files import DATASETS, OfficialKind
from biocarto.desk.official.offers import Offer
from biocarto.desk.official.reconcile import CLEAR, list_siret_offers
from biocarto.desk.official.register_look import RegisterLook, list_names
from biocarto.desk.official.sirene import OUTDATED, PERSON, write_words
from biocarto.desk.official.verdicts import Verdict
from biocarto.desk.points import ACTORS
from biocarto.errors import quote_value
from biocarto.model import Status
from biocarto.store.transaction import Transaction

CANDIDATE = "candidate"
"""Kind of a verdict on one; its subject is the SIRET, its row the one that it became."""
SECTOR, NOT_OURS = "sector", "not_ours"
PLACED = ("siret", "address", "postcode", "commune", "commune_code")
"""Columns that an establishment has had since its first day."""


@dataclass(frozen=True)
class Candidate:
    """An open establishment, as the file has it: codes are INSEE's, `created` and `unit_created` (its legal unit) are days (ISO 8601).

    `proofs` are what the cells of `prefill_row` rest on that a file says and no page of the actor has to.
    """

    siret: str
    siren: str
    name: str
    commune_code: str
    commune: str
    postcode: str
    address: str
    activity: str
    employees: str
    created: str
    unit_created: str = ""
    proofs: Mapping[str, Evidence] = field(default_factory=dict)

    @property
    def is_near(self) -> bool:
        """Whether its code is one that most of ours bear."""
        return self.activity in NEAR


def list_candidates(look: RegisterLook, offers: Iterable[Offer] | None = None) -> list[Candidate]:
    """Who is open under the sector's codes and is no actor, nor decided on, nor probably one that only lacks its number.

    Codes nearest to the sector first, then the largest, then by name. Natural persons and masked rows are never among them: without
    StockUniteLegale nobody can be told from a person, and there are none. offers: those of `list_siret_offers`, where they are known.
    """
    if look.sirene is None or not look.sirene.has_units:
        return []
    units = look.sirene.units[["name", "category", "diffusion", "created"]].add_prefix("unit_")
    found = look.sirene.establishments.join(units, on="siren")
    own = {row.cells.get(column, "") for row in look.actors for column in ("siren", "siret")} | _list_probable(look, offers)
    decided = {verdict.subject for verdict in look.verdicts if verdict.kind == CANDIDATE}
    named = {name for row in look.actors for name in list_names(row.cells)}
    shown = found["unit_name"].fillna("").ne("") & ~found["unit_category"].isin([PERSON, ""]) & ~found["unit_diffusion"].eq("P")
    here = found["commune_code"].isin(look.territory.communes.index) | found["commune_code"].isin(look.territory.arrondissements.index)
    ours = found["activity"].isin(ACTIVITIES) & ~found["nomenclature"].isin(OUTDATED) & found["state"].eq("A")
    rows = found[shown & here & ours & ~found["siren"].isin(own) & ~found.index.isin(own | decided)]
    made = [_build(look, str(siret), row) for siret, row in rows.iterrows() if simplify_name(row["unit_name"]) not in named]
    codes, sizes = list(ACTIVITIES), list(EMPLOYEES)
    return sorted(
        made, key=lambda one: (codes.index(one.activity), -sizes.index(one.employees) if one.employees in sizes else 1, one.name, one.siret)
    )


def _list_probable(look: RegisterLook, offers: Iterable[Offer] | None) -> set[str]:
    """Legal units that are probably actors whose number nobody has written yet."""
    known = list_siret_offers(look) if offers is None else offers
    return {offer.subject[:9] for offer in known if offer.score >= CLEAR}


def _build(look: RegisterLook, siret: str, row: pd.Series) -> Candidate:
    code = row["commune_code"]
    commune = communes.write_commune(look.territory, code)
    told = (row["postcode"], row["address"], row["activity"], row["employees"], row["created"], row["unit_created"])
    found, unit = look.cite(row["created"]), look.cite(kind=OfficialKind.LEGAL_UNITS)
    proofs = {**dict.fromkeys(PLACED, found), "siren": replace(found, valid_from=""), "founded": unit}
    return Candidate(siret, row["siren"], write_words(row["unit_name"]), code, commune, *told, proofs)


def prefill_row(candidate: Candidate) -> dict[str, str]:
    """What the form of a new actor begins with: what SIRENE says, nothing of what the establishment does."""
    cells = {
        "name": candidate.name,
        "organisation": candidate.name,
        "kind": "company",
        "commune": candidate.commune,
        "commune_code": candidate.commune_code,
        "postcode": candidate.postcode,
        "address": candidate.address,
        "position": "commune",
        "founded": candidate.unit_created[:4],
        "siren": candidate.siren,
        "siret": candidate.siret,
        "status": Status.PRESENT.value,
    }
    return {column: cell for column, cell in cells.items() if cell}


def add_candidate(desk: Desk, intent: Intent, candidate: Candidate, cells: Mapping[str, str], evidence: Evidence) -> ChangeSet | None:
    """The candidate is of the sector: a new actor, by a page that says what it does. Raises DeskError without one, DeniedError."""
    known = prefill_row(candidate)
    return take_newcomer(
        desk, intent, KnownCells(candidate.siret, known, candidate.proofs), {**known, **_list_page(evidence), **cells}, evidence
    )


@dataclass(frozen=True)
class KnownCells:
    """What is taken of a file for a new actor: its number there, the cells that the file has, and what some of them rest on."""

    subject: str
    cells: Mapping[str, str]
    proofs: Mapping[str, Evidence]


def take_newcomer(desk: Desk, intent: Intent, file: KnownCells, told: Mapping[str, str], evidence: Evidence) -> ChangeSet | None:
    """A new actor with the cells of `told`; those that are as the file has them rest on the file. Raises DeskError, DeniedError."""
    name = told.get("name", file.subject)
    pages, page = tuple(dataset.page for dataset in DATASETS.values()), told.get("source_url", "").strip()
    if not told.get("activity_fr", "").strip() or not page or page.startswith(pages):
        raise DeskError(
            f"« {name} » : dites ce que fait l'établissement, et quelle page le dit. Un code d'activité ne le prouve pas. Rien "
            "n'est enregistré, votre saisie est gardée.",
            f"“{name}”: say what the establishment does, and which page says so. A code of activity does not prove it. Nothing "
            "is saved, what you typed is kept.",
        )

    def keep(transaction: Transaction, made: ChangeSet) -> None:
        query = "SELECT row_id FROM fact WHERE change_set = ? AND resource = ? ORDER BY number LIMIT 1"
        [(row_id,)] = transaction.execute(query, (made.number, ACTORS))
        _require_free(transaction, str(row_id), told.get("siret", ""))
        verdict = Verdict(CANDIDATE, str(row_id), file.subject, SECTOR, intent.why)
        verdicts.keep_verdicts(transaction, [verdict], intent.who.id, made.number)
        if intent.then:
            intent.then(transaction, made)

    proofs = {column: proof for column, proof in file.proofs.items() if told.get(column) and told[column] == file.cells.get(column)}
    return add_row(desk, replace(intent, kind=ChangeKind.RECONCILE, then=keep), ACTORS, told, evidence, proofs=proofs)


def _require_free(transaction: Transaction, row_id: str, siret: str) -> None:
    """Raise DeskError, which undoes the act, where another row has the number: somebody may have added it since the list was made."""
    others = (row for row in read_rows(transaction, ACTORS) if row.id != row_id)
    holder = next((row for row in others if siret and row.cells.get("siret") == siret), None)
    if holder is not None:
        named = quote_value(holder.cells.get("name", holder.id))
        raise DeskError(
            f"Le SIRET {siret} est celui de « {named} », déjà dans le registre. Rien n'est enregistré, votre saisie est gardée.",
            f"SIRET {siret} is that of “{named}”, in the register already. Nothing is saved, what you typed is kept.",
        )


def _list_page(evidence: Evidence) -> dict[str, str]:
    told = {"source_url": evidence.source_url, "source_title": evidence.source_title, "as_of": evidence.as_of}
    return {**told, "confidence": evidence.confidence or "medium"}


def refuse_candidates(desk: Desk, intent: Intent, subjects: Iterable[str]) -> None:
    """What these numbers (SIRET, SIREN, RNSR) stand for is not ours, for the reason of `intent`, and is not shown again.

    Raises DeniedError, DeskError without a reason.
    """
    verdicts.decide(desk, intent, [Verdict(CANDIDATE, "", subject, NOT_OURS) for subject in subjects])
