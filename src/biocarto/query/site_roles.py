"""What a site does, as far as the register says so, and the words by which people ask for it: one table for both.

These roles answer a question ("who makes viral vectors?"); several may be true of one site. The links of the chain that the coverage
counts, each site in one, are those of `analysis.coverage.roles`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from biocarto.model import N_, Category, Kind


class SiteRole(StrEnum):
    """Values of the facet `role`."""

    MAKES = "makes"
    CDMO = "cdmo"
    DEVELOPS = "develops"
    SUPPLIES = "supplies"
    CRO = "cro"
    HOSTS = "hosts"
    RESEARCHES = "researches"


SITE_ROLE_LABELS = {
    SiteRole.MAKES: N_("Fabrique"),
    SiteRole.CDMO: N_("Fabrique pour des tiers (CDMO)"),
    SiteRole.DEVELOPS: N_("Développe"),
    SiteRole.SUPPLIES: N_("Fournit technologies ou services"),
    SiteRole.CRO: N_("Recherche pour des tiers (CRO)"),
    SiteRole.HOSTS: N_("Héberge"),
    SiteRole.RESEARCHES: N_("Cherche"),
}


@dataclass(frozen=True)
class RoleEvidence:
    """A site has a role by its kind, its category, or words of its activity (French text) or name; never against `unless`.

    The last three are regular expressions. A row of national_sites has it by its `type` or its `perimeter`.
    """

    kinds: tuple[Kind, ...] = ()
    categories: tuple[Category, ...] = ()
    activity: str = ""
    name: str = ""
    unless: str = ""
    types: tuple[str, ...] = ()
    perimeters: tuple[str, ...] = ()


_HEAD_OFFICE = r"^Siège\b"

EVIDENCE: Mapping[SiteRole, RoleEvidence] = {
    SiteRole.MAKES: RoleEvidence(
        categories=(Category.BIOPRODUCTION,),
        activity=(
            r"^(?:Bioproduction|Production|Fabrication)\b|\bfabrique\b|\bproduisant\b|\b[Pp]lateforme \w+ de production\b"
            r"|\bdéveloppement et production de\b|\bCDMO\b|\b[Ff]açonnier\b"
        ),
        unless=_HEAD_OFFICE,
        types=("cdmo",),
        perimeters=("human_bioproduction", "fill_finish", "veterinary"),
    ),
    SiteRole.CDMO: RoleEvidence(activity=r"\bCDMO\b|\b[Ff]açonnier\b", unless=_HEAD_OFFICE, types=("cdmo",)),
    SiteRole.DEVELOPS: RoleEvidence(categories=(Category.BIOTHERAPIES,), activity=r"\b[Dd]éveloppe(?:ment|nt)?\b|\b[Dd]éveloppant\b"),
    SiteRole.SUPPLIES: RoleEvidence(categories=(Category.TECHPROVIDERS,)),
    SiteRole.CRO: RoleEvidence(activity=r"\bCRO\b|^Services de\b|^Études et services\b", name=r"\bServices$"),
    SiteRole.HOSTS: RoleEvidence(kinds=(Kind.INCUBATOR,), activity=r"\b(?:héberge|accueill)ant\b"),
    SiteRole.RESEARCHES: RoleEvidence(kinds=(Kind.RESEARCH_CENTRE,), activity=r"^(?:Centre|Laboratoire|Unité) de (?:recherche|R&D)\b"),
}
"""How each role is decided: nothing but what the columns and the sourced texts of the register say."""

SITE_ROLE_DEFINITIONS = {
    SiteRole.MAKES: N_(
        "catégorie Bioproduction, ou un texte d'activité qui dit fabriquer ou produire ; sans les sièges. "
        "Ailleurs en France : les sites connus de bioproduction, de remplissage et de santé animale"
    ),
    SiteRole.CDMO: N_("le texte d'activité porte CDMO ou façonnier ; sans les sièges. Ailleurs en France : les sites de nature CDMO"),
    SiteRole.DEVELOPS: N_("catégorie Biothérapies, ou un texte d'activité qui parle de développement"),
    SiteRole.SUPPLIES: N_("catégorie Fournisseurs de technologies et de services"),
    SiteRole.CRO: N_("le texte d'activité porte CRO ou commence par services, ou le nom finit par Services"),
    SiteRole.HOSTS: N_("type Incubateur, pépinière, hôtel d'entreprises, ou un texte d'activité qui dit héberger ou accueillir"),
    SiteRole.RESEARCHES: N_("type Centre de recherche académique, ou un texte d'activité qui commence par centre de recherche"),
}
"""The same in words, shown with the facet."""


@dataclass(frozen=True)
class RoleWords:
    """Words of a question, in lists parted by semicolons: `nouns` name whom the reader wants, `verbs` what should be done.

    A noun keeps those with the role; beside a subject it keeps those with the `wider` role too, behind. A verb ranks them first.
    """

    nouns: str = ""
    verbs: str = ""
    wider: SiteRole | None = None


ASKED: Mapping[SiteRole, RoleWords] = {
    SiteRole.MAKES: RoleWords(
        nouns="usine; site de production; factory; production site",
        verbs=(
            "fabrique; fabriquent; fabriquer; fabricant; fabrication; produire; producteur; production; qui produit; qui produisent; "
            "make; makes; making; maker; manufacture; manufactures; manufacturer; manufacturing; produces; producer"
        ),
    ),
    SiteRole.CDMO: RoleWords(
        nouns="CDMO; CMO; façonnier; sous-traitant; sous-traitance; production à façon; contract manufacturer; contract manufacturing",
        wider=SiteRole.MAKES,
    ),
    SiteRole.DEVELOPS: RoleWords(verbs="développe; développent; développer; développeur; develop; develops; developing; developer"),
    SiteRole.SUPPLIES: RoleWords(
        nouns="fournisseur; prestataire; fournisseur de technologies; tech provider; techprovider; supplier; provider",
        verbs="fournit; fournissent; fournir; vend; vendent; supply; supplies; sell; sells",
    ),
    SiteRole.CRO: RoleWords(
        nouns="CRO; recherche sous contrat; contract research; contract research organisation", wider=SiteRole.SUPPLIES
    ),
    SiteRole.HOSTS: RoleWords(verbs="héberge; hébergent; héberger; hébergement; accueille; accueillent; accueillir; host; hosts; hosting"),
    SiteRole.RESEARCHES: RoleWords(verbs="étudie; étudient; étudier; recherche sur; recherches sur; studies; research on"),
}
"""How each role is read from a question."""


def _mark_evidence(evidence: RoleEvidence, actors: pd.DataFrame) -> pd.Series:
    """Which actors the evidence speaks for."""
    activity, name = actors["activity_fr"].astype(str), actors["name"].astype(str)
    found: pd.Series = actors["kind"].isin(evidence.kinds) | actors["category"].isin(evidence.categories)
    for pattern, texts in ((evidence.activity, activity), (evidence.name, name)):
        if pattern:
            found |= texts.str.contains(pattern, regex=True)
    return found & ~activity.str.contains(evidence.unless) if evidence.unless else found


def _tuples(held: Mapping[SiteRole, pd.Series], index: pd.Index) -> pd.Series:
    rows = zip(*(marks.to_numpy(dtype=bool) for marks in held.values()), strict=True)
    roles = [role.value for role in held]
    return pd.Series([tuple(role for role, has in zip(roles, row, strict=True) if has) for row in rows] or [], index=index, dtype=object)


def list_roles(actors: pd.DataFrame) -> pd.Series:
    """The roles of each actor (index as given), as a tuple of values of SiteRole."""
    return _tuples({role: _mark_evidence(evidence, actors) for role, evidence in EVIDENCE.items()}, actors.index)


def list_national_roles(sites: pd.DataFrame) -> pd.Series:
    """The same for rows of national_sites, by their type and perimeter."""
    held = {role: sites["type"].isin(evidence.types) | sites["perimeter"].isin(evidence.perimeters) for role, evidence in EVIDENCE.items()}
    return _tuples(held, sites.index)
