"""The words of the domain: the values that columns may take, their labels, and how people read them.

French is the source language: a label marked with `N_` is the message id of the gettext catalogues in `locales/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


def N_(message: str) -> str:
    """Mark a text for the translation catalogues without translating it yet."""
    return message


def NP_(one: str, many: str) -> tuple[str, str]:
    """The same for a text that follows a number: one thing, several things."""
    return one, many


CHAPTER = "chapter"
"""Value of `source_url` for the reference chapter, which has a citation instead of a link."""

ILE_DE_FRANCE = "11"
PARIS = "75056"

DIVIDED = frozenset({PARIS, "69123", "13055"})
"""Communes with municipal arrondissements (Paris, Lyon, Marseille): the code alone says no position, only an area."""


class Kind(StrEnum):
    """Values of the `kind` column of actors."""

    COMPANY = "company"
    RESEARCH_CENTRE = "research_centre"
    INCUBATOR = "incubator"
    INTEGRATOR = "integrator"


class Category(StrEnum):
    """Values of the `category` column: companies only."""

    BIOTHERAPIES = "biotherapies"
    BIOPRODUCTION = "bioproduction"
    TECHPROVIDERS = "techproviders"


class Modality(StrEnum):
    """Values of the `modalities` column."""

    GENE_THERAPY = "gene_therapy"
    CELL_THERAPY = "cell_therapy"
    RNA = "rna"
    ANTIBODY = "antibody"
    PROTEIN = "protein"
    PEPTIDE = "peptide"
    VACCINE = "vaccine"
    TISSUE_ENGINEERING = "tissue_engineering"
    ONCOLYTIC_VIRUS = "oncolytic_virus"
    EXTRACELLULAR_VESICLES = "extracellular_vesicles"
    PHAGE = "phage"
    MICROBIOME = "microbiome"
    OTHER = "other"


class Status(StrEnum):
    """Values of the `status` column: what a page says of a site, as of its year. Who owns the site is another fact."""

    PRESENT = "present"
    PLANNED = "planned"
    FORMER = "former"
    UNKNOWN = "unknown"


class Presence(StrEnum):
    """A status and the age of its page as one value: `DATED` is present according to a page before 2015, or without a date."""

    PRESENT = "present"
    DATED = "dated"
    PLANNED = "planned"
    UNKNOWN = "unknown"
    FORMER = "former"


class Ownership(StrEnum):
    """Values of the `ownership` column: empty where no page says."""

    INDEPENDENT = "independent"
    PART_OF = "part_of"


class Trust(StrEnum):
    """How far a row may be trusted today: `confidence` of the table is its value when the page was read."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RowChange(StrEnum):
    """What became of a row between two editions."""

    ADDED = "added"
    CLOSED = "closed"
    CHANGED = "changed"
    REMOVED = "removed"


class LifeEventKind(StrEnum):
    """What became of an actor, as far as a page or an edition says."""

    CREATED = "created"
    MOVED = "moved"
    ACQUIRED = "acquired"
    RENAMED = "renamed"
    CLOSED = "closed"


class Precision(StrEnum):
    """How well a position is known; of an area larger than a commune no distance is told and nothing stands at a point.

    `STREET` is the point of an address, its number found; `IN_STREET` a random point in its street; `ADDRESS` a point that a visitor gave.
    """

    STREET = "street"
    IN_STREET = "in_street"
    CAMPUS = "campus"
    COMMUNE = "commune"
    ADDRESS = "address"
    AREA = "area"


OWN_POINTS = frozenset({Precision.STREET.value, Precision.IN_STREET.value})
"""Values of `position` of an actor that has a point of its own, in its columns `latitude` and `longitude`."""


class Level(StrEnum):
    """A level of territory; `EPCI` holds EPCI, and inside Greater Paris its EPT and the city of Paris."""

    COUNTRY = "country"
    REGION = "region"
    DEPARTMENT = "department"
    EPCI = "epci"
    COMMUNE = "commune"


KIND_LABELS = {
    Kind.COMPANY: N_("Entreprise"),
    Kind.RESEARCH_CENTRE: N_("Centre de recherche académique"),
    Kind.INCUBATOR: N_("Incubateur, pépinière, hôtel d'entreprises"),
    Kind.INTEGRATOR: N_("Intégrateur industriel"),
}

CATEGORY_LABELS = {
    Category.BIOTHERAPIES: N_("Biothérapies"),
    Category.BIOPRODUCTION: N_("Bioproduction"),
    Category.TECHPROVIDERS: N_("Fournisseurs de technologies et de services"),
}

MODALITY_LABELS = {
    Modality.GENE_THERAPY: N_("Thérapie génique"),
    Modality.CELL_THERAPY: N_("Thérapie cellulaire"),
    Modality.RNA: N_("ARN"),
    Modality.ANTIBODY: N_("Anticorps"),
    Modality.PROTEIN: N_("Protéines"),
    Modality.PEPTIDE: N_("Peptides"),
    Modality.VACCINE: N_("Vaccins"),
    Modality.TISSUE_ENGINEERING: N_("Ingénierie tissulaire"),
    Modality.ONCOLYTIC_VIRUS: N_("Virus oncolytiques"),
    Modality.EXTRACELLULAR_VESICLES: N_("Vésicules extracellulaires"),
    Modality.PHAGE: N_("Bactériophages"),
    Modality.MICROBIOME: N_("Microbiome"),
    Modality.OTHER: N_("Autre modalité"),
}

PRESENCE_LABELS = {
    Presence.PRESENT: N_("Présent"),
    Presence.DATED: N_("Présent selon une page d'avant 2015 ou sans date"),
    Presence.PLANNED: N_("En projet"),
    Presence.UNKNOWN: N_("Statut inconnu"),
    Presence.FORMER: N_("Ancien : fermé ou parti"),
}

STATUS_LABELS = {
    Status.PRESENT: N_("Présent"),
    Status.PLANNED: N_("En projet"),
    Status.UNKNOWN: N_("Statut inconnu"),
    Status.FORMER: N_("Ancien : fermé ou parti"),
}

OWNERSHIP_LABELS = {
    Ownership.INDEPENDENT: N_("Indépendant"),
    Ownership.PART_OF: N_("Appartient à un groupe"),
}

TRUST_LABELS = {
    Trust.HIGH: N_("Élevée : activité et lieu sont dits explicitement par une page récente"),
    Trust.MEDIUM: N_("Moyenne : lieu déduit du campus, ou page de plus de cinq ans"),
    Trust.LOW: N_("Faible : page de plus de dix ans, ou de plus de cinq ans avec un lieu déduit"),
}

ROW_CHANGE_LABELS = {
    RowChange.ADDED: N_("Ajout"),
    RowChange.CLOSED: N_("Fermeture"),
    RowChange.CHANGED: N_("Modification"),
    RowChange.REMOVED: N_("Retrait"),
}

LIFE_EVENT_LABELS = {
    LifeEventKind.CREATED: N_("Création"),
    LifeEventKind.MOVED: N_("Déménagement"),
    LifeEventKind.ACQUIRED: N_("Rachat"),
    LifeEventKind.RENAMED: N_("Changement de nom"),
    LifeEventKind.CLOSED: N_("Fermeture"),
}

PRECISION_LABELS = {
    Precision.STREET: N_("Adresse, au numéro"),
    Precision.IN_STREET: N_("Dans la rue, à un point au hasard"),
    Precision.CAMPUS: N_("Point du campus"),
    Precision.COMMUNE: N_("Commune ou arrondissement seulement"),
    Precision.ADDRESS: N_("Adresse"),
    Precision.AREA: N_("Aucune : arrondissement inconnu"),
}

LEVEL_LABELS = {
    Level.COUNTRY: N_("Pays"),
    Level.REGION: N_("Région"),
    Level.DEPARTMENT: N_("Département"),
    Level.EPCI: N_("EPCI ou EPT"),
    Level.COMMUNE: N_("Commune"),
}


@dataclass(frozen=True)
class Symbol:
    """How one group of actors looks: on maps, charts and legends alike (never by colour alone)."""

    key: str
    label: str
    colour: str
    shape: str


SYMBOLS: tuple[Symbol, ...] = (
    Symbol("biotherapies", N_("Biothérapies"), "#137FCE", "circle"),
    Symbol("bioproduction", N_("Bioproduction"), "#B9470F", "square"),
    Symbol("techproviders", N_("Fournisseurs de technologies et de services"), "#0F7658", "triangle"),
    Symbol("research_centre", N_("Centres de recherche académique"), "#7D3C92", "diamond"),
    Symbol("incubator", N_("Incubateurs, pépinières, hôtels d'entreprises"), "#C08808", "pentagon"),
    Symbol("integrator", N_("Intégrateurs industriels"), "#1B2440", "star"),
)
"""One symbol per value of the `group` column: the category of a company, else the kind."""
