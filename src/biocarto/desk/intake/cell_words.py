"""The words that people write for codes, besides the codes themselves and their labels: one table, folded as `names.fold` folds.

What may mean two things has no line: it is refused, and the nearest label is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from biocarto.names import fold

_KINDS = {
    "company": "société, start-up, startup, start up, jeune pousse, PME, TPE, ETI, biotech, medtech, CDMO, firme, company, "
    "firm, business, entreprises, sociétés, SAS, SA, SARL, entreprise privée, spin-off, essaimage, grande "
    "entreprise, groupe industriel",
    "research_centre": "labo, labos, laboratoire, laboratoires, laboratoire de recherche, laboratoire académique, laboratoire public, "
    "centre, centre de recherche, centres de recherche, centre académique, institut, institut de recherche, unité "
    "de recherche, unité mixte de recherche, UMR, équipe de recherche, équipe, académique, recherche, recherche "
    "académique, recherche publique, EPST, université, hôpital, CHU, IHU, plateforme de recherche, research centre, "
    "research center, academic research centre, laboratory, lab, academic",
    "incubator": "incubateur, incubateurs, pépinière, pépinières, pépinière d'entreprises, hôtel d'entreprises, accélérateur, "
    "incubateur d'entreprises, incubator, accelerator, business incubator",
    "integrator": "intégrateur, intégrateurs, intégrateurs industriels, integrator, industrial integrator",
}
_CATEGORIES = {
    "biotherapies": "biothérapie, biotherapy, développement de biothérapies, thérapies innovantes, MTI, médicament de thérapie "
    "innovante, ATMP",
    "bioproduction": "bioproducteur, bioproducteurs, production, bioprod, fabrication, biomanufacturing, biomanufacturer, CDMO, "
    "façonnier, façonnage",
    "techproviders": "techprovider, tech providers, tech provider, fournisseur, fournisseurs, fournisseur de technologies, "
    "fournisseurs de technologies, fournisseur de technologies et de services, fournisseur de services, "
    "prestataire, prestataires, équipementier, technologies, services, supplier, technology provider, service "
    "provider, CRO",
}
_MODALITIES = {
    "gene_therapy": "génique, gène, thérapies géniques, vecteur viral, vecteurs viraux, AAV, lentivirus, édition du génome, édition "
    "génomique, CRISPR, gene therapies, gene editing",
    "cell_therapy": "cellulaire, cellules, thérapies cellulaires, CAR-T, CAR T, CART, cellules CAR-T, cellules souches, iPSC, cell "
    "therapies, stem cells",
    "rna": "ARN messager, ARNm, mRNA, ARN interférent, siRNA, oligonucléotide, oligonucléotides, ARN thérapeutique, RNA "
    "therapy, RNA therapies, messenger RNA, oligonucleotides",
    "antibody": "anticorps monoclonal, anticorps monoclonaux, AcM, mAb, mAbs, ADC, nanocorps, nanobodies, antibodies, "
    "monoclonal antibody, monoclonal antibodies",
    "protein": "protéine, protéine recombinante, protéines recombinantes, enzyme, enzymes, proteins, recombinant proteins",
    "peptide": "peptides, peptide thérapeutique",
    "vaccine": "vaccin, vaccination, vaccines",
    "tissue_engineering": "ingénierie des tissus, génie tissulaire, tissus, tissu, bio-impression, bioimpression, organoïdes, tissue "
    "engineering",
    "oncolytic_virus": "virus oncolytique, virothérapie, oncolytique, oncolytic viruses",
    "extracellular_vesicles": "vésicule extracellulaire, exosome, exosomes, vésicules, VE, EV, EVs, extracellular vesicle",
    "phage": "phages, bactériophage, phagothérapie, bacteriophage, bacteriophages, phage therapy",
    "microbiome": "microbiote, microbiotes, microbiota, transplantation fécale",
    "other": "autre, autres, other, others, divers",
}
_STATUSES = {
    "present": "ouvert, ouverte, actif, active, en activité, activité, en service, en exploitation, en fonctionnement, "
    "présente, existant, existante, implanté, implantée, installé, installée, oui, O, A, open, opened, operating, "
    "operational, in operation, opérationnel, opérationnelle, yes",
    "planned": "projet, prévu, prévue, planifié, planifiée, à venir, futur, future, en construction, construction, annoncé, "
    "annoncée, en cours de création, planned, project, under construction, announced, upcoming",
    "former": "fermé, fermée, ferme, fermeture, parti, partie, ancien, ancienne, cessé, cessée, cessation, radié, radiée, "
    "liquidé, liquidée, liquidation, en liquidation, dissous, dissoute, disparu, disparue, déménagé, inactif, "
    "inactive, plus en activité, F, C, closed, left, former, dissolved, out of business, fermé ou parti",
    "unknown": "inconnu, inconnue, ?, statut inconnu, à vérifier, non connu, NC, ND, N/A, indéterminé, unknown",
}
_YES_NO = {
    "yes": "O, vrai, x, X, 1, ok, true, y, membre, ✓, ✔, ☑, coché, YES",
    "no": "N, faux, 0, false, non membre, ✗, ✘, ☐, non coché, pas membre, NO",
}
_SHARED: Mapping[str, Mapping[str, str]] = {
    "category": _CATEGORIES,
    "modalities": _MODALITIES,
    "status": _STATUSES,
    "position": {
        "campus": "site, sur un campus, point du site, campus",
        "street": "rue, adresse, adresse exacte, address, street address",
        "in_street": "dans la rue, dans sa rue, in the street",
        "commune": "ville, municipality, town, commune seulement, arrondissement",
    },
    "ownership": {
        "independent": "indépendante, indépendants, autonome, propre, independent",
        "part_of": "filiale, filiale d'un groupe, groupe, rachetée, racheté, acquise, acquis, subsidiary, owned, part of a group",
    },
    "confidence": {
        "high": "haute, haut, élevé, forte, fort, bonne, sûr, sûre, certain, certaine, high",
        "medium": "moyen, medium, middle, correcte",
    },
    "qualifier": {
        "over": "plus que, >, supérieur à, more than, over",
        "min": "minimum, au minimum, ≥, at least",
        "about": "env, env., ~, ≈, around, approximately",
    },
    "tour_member": _YES_NO,
    "enosis_member": _YES_NO,
    "scale": {
        "regional": "régional, régionale, régionaux, regional",
        "national": "nationale, France, pays, national",
        "european": "européen, européenne, UE, EU, european",
    },
    "role": {
        "coordinator": "coordinateur, coordinatrice, coordonnateur, coordination, pilote, chef de file, coordinator, lead",
        "founder": "fondatrice, membre fondateur, cofondateur, founder, founding member",
        "member": "membres, adhérent, adhérente, participant, member",
        "partner": "partenaires, associé, partner, partenariat",
    },
    "perimeter": {
        "human_bioproduction": "bioproduction, santé humaine, bioproduction humaine, humain, humaine, human bioproduction",
        "fill_finish": "fill & finish, fill and finish, fill finish, formulation, remplissage, conditionnement aseptique, répartition "
        "aseptique",
        "veterinary": "vétérinaire, animal, animale, santé vétérinaire, veterinary",
        "related": "voisin, voisine, activité voisine, autre, connexe, related",
    },
}
_BODIES = {
    "pole_de_competitivite": "pôle, pôles, pôle de compétitivité, competitiveness cluster",
    "network": "réseaux, network",
    "eu_project": "projet UE, projet de l'UE, projet européens, EU project, European project, Horizon Europe, H2020, Interreg",
    "programme": "programmes, program, plan",
    "call": "appel à projet, AAP, AMI, call for projects, call",
    "study": "étude, études, cartographie, rapport, study, map",
    "integrator": "intégrateur, integrator",
    "platform": "plateformes, plate-forme, platform",
    "event": "événement, évènement, rendez-vous, congrès, salon, colloque, event",
    "agency": "agences, agency, agence de développement, agence régionale",
    "alliance": "alliances",
    "association": "associations, asso, association loi 1901",
    "cluster": "clusters, grappe",
    "biocluster": "bioclusters, bio-cluster",
}
_OF_TABLES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("actors", "kind"): _KINDS,
    ("clusters", "type"): {code: words for code, words in _BODIES.items() if code not in ("network", "integrator", "event")},
    ("networks", "kind"): _BODIES,
    ("events", "kind"): {
        "edition": "éditions, nouvelle édition, congrès, salon",
        "founding": "fondation, créée, naissance, founding, foundation",
        "launch": "lancé, lancée, démarrage, ouverture, launch",
        "publication": "parution, publié, publiée, rapport",
        "membership": "adhère, entrée, rejoint, membership",
        "label": "label, labellisé, labellisée, labelling",
    },
    ("national_sites", "type"): {
        "industrial": "industrielle, industrie, site industriel, usine, big pharma, laboratoire pharmaceutique, industrial",
        "cdmo": "façonnier, sous-traitant, CMO, contract manufacturer, façonnage",
        "academic": "universitaire, hospitalier, public, académiques, academic",
        "integrator": "intégrateur industriel, integrator",
    },
}


def list_words(table: str, column: str) -> dict[str, str]:
    """What people write, folded (signs without letters as they stand, in small letters) -> the code that it means."""
    words = _OF_TABLES.get((table, column)) or _SHARED.get(column, {})
    return {fold_word(word): code for code, line in words.items() for word in line.split(",")}


def fold_word(word: str) -> str:
    """A word for comparing: as `fold`, or its signs where it has no letter and no digit."""
    return fold(word) or word.strip().lower()
