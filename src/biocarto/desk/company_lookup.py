"""A company in Recherche d'entreprises, where an operator has turned that on: proposals of a SIRET beside what a person wrote.

Natural persons are never shown: neither those whose legal category says so, nor those of whom nothing is told, nor masked ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from biocarto.desk.likeness import compare_names, simplify_name
from biocarto.desk.lookup_client import Service, build_odd_error, fetch, read_question, read_text
from biocarto.model import PARIS

SERVICE = Service("BIOCARTO_RECHERCHE_ENTREPRISES")
MOST = 10
"""Establishments that are shown."""
SATURATED = 10_000
"""Companies from which on the service counts no further."""
_MASKED = re.compile(r"\[ND\]|NON[- ]DIFFUSIBLE", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ELSEWHERE = 0.8
"""What the likeness of a name is worth in another commune than the one that was asked for."""


@dataclass(frozen=True)
class FoundEstablishment:
    """An establishment of a legal person: `score` 0 to 1 is the likeness of its name, `is_open` None where nothing is told."""

    siret: str
    name: str
    score: float
    address: str
    commune_code: str
    is_open: bool | None
    created: str
    is_seat: bool

    @property
    def siren(self) -> str:
        """The number of the company."""
        return self.siret[:9]


@dataclass(frozen=True)
class CompanyAnswer:
    """What the service knows: `hidden` companies are persons or masked, `is_saturated` where there are too many to be counted."""

    found: tuple[FoundEstablishment, ...]
    hidden: int
    is_saturated: bool


def find_companies(base: str, typed: str, commune_code: str, visit: str) -> CompanyAnswer:
    """Establishments whose company is called like what was typed, those of the commune first; raises DeskError."""
    asked = read_question(typed)
    answer = fetch(SERVICE, base, _build_params(asked, commune_code), visit)
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(results, list):
        raise build_odd_error(SERVICE, base)
    companies = [company for company in results[: 4 * MOST] if isinstance(company, dict)]
    shown = [company for company in companies if not is_hidden(company)]
    found: dict[str, FoundEstablishment] = {}
    for one in (one for company in shown for one in _read_establishments(company, asked)):
        found.setdefault(one.siret, one)  # the seat comes first, and again among those of the commune
    ranked = sorted((_weigh(one, commune_code) for one in found.values()), key=lambda one: (-one.score, one.is_open is not True, one.siret))
    total = answer.get("total_results")
    return CompanyAnswer(tuple(ranked[:MOST]), len(companies) - len(shown), isinstance(total, int) and total >= SATURATED)


def _build_params(asked: str, commune_code: str) -> dict[str, str]:
    """What leaves: the question, the commune, and that no person is wanted, neither as a company nor as who directs one."""
    params = {
        "q": asked,
        "est_entrepreneur_individuel": "false",
        "minimal": "true",
        "include": "siege,matching_etablissements,complements",
        "limite_matching_etablissements": "10",
        "page": "1",
        "per_page": str(MOST),
    }
    if commune_code == PARIS:  # the service has Paris by its arrondissements
        params["departement"] = "75"
    elif commune_code:
        params["code_commune"] = commune_code
    return params


def is_hidden(company: Mapping[str, object]) -> bool:
    """Whether a company is, or may be, a person, or is one of those that ask not to be spread."""
    legal = str(company.get("nature_juridique") or "").zfill(4)
    more = company.get("complements")
    is_person = isinstance(more, dict) and bool(more.get("est_entrepreneur_individuel"))
    name = read_text(company.get("nom_raison_sociale"))
    is_masked = company.get("statut_diffusion", "O") != "O" or bool(_MASKED.search(name))
    return is_person or is_masked or not name or not re.fullmatch("[2-9][0-9]{3}", legal)


def _read_establishments(company: Mapping[str, object], asked: str) -> Iterator[FoundEstablishment]:
    siren, name = read_text(company.get("siren")), read_text(company.get("nom_raison_sociale"))
    others = company.get("matching_etablissements")
    every = [company.get("siege"), *(others[:50] if isinstance(others, list) else [])]
    for held in every:
        if not isinstance(held, dict):
            continue
        siret = read_text(held.get("siret"))
        if not re.fullmatch("[0-9]{14}", siret) or not siret.startswith(siren):
            continue
        address = read_text(held.get("adresse"))
        state, created = held.get("etat_administratif"), read_text(held.get("date_creation"))
        yield FoundEstablishment(
            siret,
            name,
            _compare(asked, siret, name),
            "" if _MASKED.search(address) else address,
            read_text(held.get("commune")),
            {"A": True, "F": False}.get(state) if isinstance(state, str) else None,
            created if _DATE.fullmatch(created) else "",
            is_seat=held is every[0],
        )


def _compare(asked: str, siret: str, name: str) -> float:
    """1 for the number itself, else how alike the names are."""
    digits = re.sub(r"\s", "", asked)
    if digits in {siret, siret[:9]}:
        return 1.0
    return round(float(compare_names([simplify_name(asked)], [simplify_name(name)])[0, 0]), 3)


def _weigh(found: FoundEstablishment, commune_code: str) -> FoundEstablishment:
    there = found.commune_code == commune_code or (commune_code == PARIS and found.commune_code.startswith("751"))
    return found if there or not commune_code else replace(found, score=round(found.score * _ELSEWHERE, 3))
