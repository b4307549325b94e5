"""What an actor does in the chain from research to production, and the words that say how this is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import pandas as pd

from biocarto.model import N_, Category, Kind, Status


class ChainLink(StrEnum):
    """What a site offers; several may be true of one site."""

    ANY = "any"
    RESEARCH = "research"
    INCUBATION = "incubation"
    BIOTHERAPIES = "biotherapies"
    TECHPROVIDERS = "techproviders"
    INTEGRATION = "integration"
    PRODUCTION = "production"
    CDMO = "cdmo"


CHAIN = (
    ChainLink.RESEARCH,
    ChainLink.INCUBATION,
    ChainLink.BIOTHERAPIES,
    ChainLink.TECHPROVIDERS,
    ChainLink.INTEGRATION,
    ChainLink.PRODUCTION,
)
"""The links of the chain, in order."""

ROLE_LABELS = {
    ChainLink.ANY: N_("Acteur, quel qu'il soit"),
    ChainLink.RESEARCH: N_("Recherche"),
    ChainLink.INCUBATION: N_("Incubation"),
    ChainLink.BIOTHERAPIES: N_("Entreprise de biothérapies"),
    ChainLink.TECHPROVIDERS: N_("Technologies et services"),
    ChainLink.INTEGRATION: N_("Intégrateur industriel"),
    ChainLink.PRODUCTION: N_("Production"),
    ChainLink.CDMO: N_("Production pour des tiers (CDMO)"),
}

ROLE_DEFINITIONS = {
    ChainLink.ANY: N_("tous les sites du répertoire que leur source dit présents"),
    ChainLink.RESEARCH: N_("sites du type « centre de recherche académique »"),
    ChainLink.INCUBATION: N_("sites du type « incubateur, pépinière, hôtel d'entreprises »"),
    ChainLink.BIOTHERAPIES: N_("sites d'entreprises de la catégorie Biothérapies"),
    ChainLink.TECHPROVIDERS: N_("sites d'entreprises de la catégorie Fournisseurs de technologies et de services"),
    ChainLink.INTEGRATION: N_("sites du type « intégrateur industriel »"),
    ChainLink.PRODUCTION: N_(
        "sites d'entreprises de la catégorie Bioproduction, sauf les sièges ; "
        "la production d'un hôpital ou d'un laboratoire public est comptée à son type"
    ),
    ChainLink.CDMO: N_("sites de production dont l'activité, telle que le répertoire la décrit, porte le mot CDMO"),
}
"""How each role is decided, to be shown beside its numbers, with `PRESENT_NOTE`."""

PRESENT_NOTE = N_("Un site fermé, en projet ou de statut inconnu n'est compté dans aucun maillon.")

_HEAD_OFFICE = r"^Siège\b"
_CDMO = r"\bCDMO\b"


def _makes(actors: pd.DataFrame) -> pd.Series:
    return actors["category"].eq(Category.BIOPRODUCTION) & ~actors["activity_fr"].astype(str).str.contains(_HEAD_OFFICE)


_HELD: Mapping[ChainLink, Callable[[pd.DataFrame], pd.Series]] = {
    ChainLink.ANY: lambda actors: actors["kind"].notna(),
    ChainLink.RESEARCH: lambda actors: actors["kind"].eq(Kind.RESEARCH_CENTRE),
    ChainLink.INCUBATION: lambda actors: actors["kind"].eq(Kind.INCUBATOR),
    ChainLink.BIOTHERAPIES: lambda actors: actors["category"].eq(Category.BIOTHERAPIES),
    ChainLink.TECHPROVIDERS: lambda actors: actors["category"].eq(Category.TECHPROVIDERS),
    ChainLink.INTEGRATION: lambda actors: actors["kind"].eq(Kind.INTEGRATOR),
    ChainLink.PRODUCTION: _makes,
    ChainLink.CDMO: lambda actors: _makes(actors) & actors["activity_fr"].astype(str).str.contains(_CDMO),
}
"""ChainLink -> the actors that have it, whether they are still there or not."""


def mark_roles(actors: pd.DataFrame) -> pd.DataFrame:
    """Which roles each actor has (index as given; one boolean column per role); a site that its source does not say present has none."""
    is_present = actors["status"].eq(Status.PRESENT)
    return pd.DataFrame({role.value: (held(actors) & is_present).astype(bool) for role, held in _HELD.items()}, index=actors.index)


def select_role(actors: pd.DataFrame, role: ChainLink) -> pd.DataFrame:
    """The actors with a role."""
    return actors[(_HELD[role](actors) & actors["status"].eq(Status.PRESENT)).astype(bool)]
