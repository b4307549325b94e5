"""Codes that INSEE's files have instead of words: the activities of our sector, classes of size, legal states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from biocarto.model import N_


@dataclass(frozen=True)
class Activity:
    """A code of the French nomenclature (NAF rev. 2) under which actors of the sector are found: its label, why it is looked at.

    `is_near`: most of what bears it may be ours; the others are looked at when somebody asks. It is never evidence of biotherapy.
    """

    code: str
    label: str
    why: str
    is_near: bool = False


_LISTED = (
    Activity("72.11Z", N_("Recherche-développement en biotechnologie"), N_("le code que prennent les biotechs"), True),
    Activity("21.10Z", N_("Fabrication de produits pharmaceutiques de base"), N_("substances actives, dont biologiques"), True),
    Activity("21.20Z", N_("Fabrication de préparations pharmaceutiques"), N_("médicaments, dont de thérapie innovante"), True),
    Activity(
        "72.19Z",
        N_("Recherche-développement en autres sciences physiques et naturelles"),
        N_("centres de recherche et jeunes entreprises, toutes sciences mêlées"),
    ),
    Activity(
        "26.60Z",
        N_("Fabrication d'équipements d'irradiation médicale, d'équipements électromédicaux et électrothérapeutiques"),
        N_("équipements pour les thérapies et leur production"),
    ),
    Activity(
        "32.50A",
        N_("Fabrication de matériel médico-chirurgical et dentaire"),
        N_("consommables et dispositifs, surtout dentaires ailleurs"),
    ),
    Activity(
        "20.14Z", N_("Fabrication d'autres produits chimiques organiques de base"), N_("réactifs et enzymes ; la chimie lourde y est aussi")
    ),
    Activity(
        "26.51B", N_("Fabrication d'instrumentation scientifique et technique"), N_("capteurs et instruments de laboratoire et de procédé")
    ),
    Activity("46.46Z", N_("Commerce de gros de produits pharmaceutiques"), N_("filiales commerciales et distributeurs de fournisseurs")),
    Activity("71.20B", N_("Analyses, essais et inspections techniques"), N_("contrôle qualité sous contrat, toutes industries mêlées")),
)
ACTIVITIES: Mapping[str, Activity] = {activity.code: activity for activity in _LISTED}
"""Code -> what it is; in the order in which candidates are shown."""

NEAR = frozenset(code for code, activity in ACTIVITIES.items() if activity.is_near)

EMPLOYEES: Mapping[str, str] = {
    "NN": N_("sans salarié"),
    "00": N_("0 salarié"),
    "01": N_("1 ou 2 salariés"),
    "02": N_("3 à 5 salariés"),
    "03": N_("6 à 9 salariés"),
    "11": N_("10 à 19 salariés"),
    "12": N_("20 à 49 salariés"),
    "21": N_("50 à 99 salariés"),
    "22": N_("100 à 199 salariés"),
    "31": N_("200 à 249 salariés"),
    "32": N_("250 à 499 salariés"),
    "41": N_("500 à 999 salariés"),
    "42": N_("1 000 à 1 999 salariés"),
    "51": N_("2 000 à 4 999 salariés"),
    "52": N_("5 000 à 9 999 salariés"),
    "53": N_("10 000 salariés et plus"),
}
"""Class of size of an establishment, the smallest first -> words; INSEE gives no other code."""

UNKNOWN_SIZE = N_("effectif inconnu")


def label_employees(code: str) -> str:
    """The words of a class of size, in French, to be translated."""
    return EMPLOYEES.get(code, UNKNOWN_SIZE)
