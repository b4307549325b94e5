"""How values of the tables beside those of actors are read by people: code -> French label, the message id of its translation."""

from __future__ import annotations

from biocarto.model import N_

CLUSTER_TYPES = {
    "pole_de_competitivite": N_("Pôle de compétitivité"),
    "cluster": N_("Cluster"),
    "biocluster": N_("Biocluster"),
    "association": N_("Association"),
    "alliance": N_("Alliance"),
    "agency": N_("Agence"),
}
"""Values of `type` in clusters."""

BODY_KINDS = {
    **CLUSTER_TYPES,
    "network": N_("Réseau"),
    "eu_project": N_("Projet européen"),
    "programme": N_("Programme"),
    "call": N_("Appel à projets"),
    "study": N_("Étude ou cartographie"),
    "integrator": N_("Intégrateur industriel"),
    "platform": N_("Plateforme"),
    "event": N_("Rendez-vous"),
}
"""What a body is: the types of clusters and the kinds of networks."""

BODY_SCALES = {
    "regional": N_("Région"),
    "national": N_("Nation"),
    "european": N_("Europe"),
}
"""Values of `scale` in networks."""

MEMBER_ROLES = {
    "coordinator": N_("Coordonne"),
    "founder": N_("Fondateur"),
    "member": N_("Membre"),
    "partner": N_("Partenaire"),
}
"""Values of `role` in network_members."""

EVENT_KINDS = {
    "edition": N_("Édition"),
    "founding": N_("Création"),
    "launch": N_("Lancement"),
    "publication": N_("Publication"),
    "membership": N_("Adhésion"),
    "label": N_("Labellisation"),
}
"""Values of `kind` in events."""

PERIMETERS = {
    "human_bioproduction": N_("Bioproduction pour la santé humaine"),
    "fill_finish": N_("Formulation et remplissage"),
    "veterinary": N_("Santé animale"),
    "related": N_("Activités voisines"),
}
"""Values of `perimeter` in national_sites, in the order of the columns."""

SITE_TYPES = {
    "industrial": N_("Industriel"),
    "cdmo": N_("Façonnier (CDMO)"),
    "academic": N_("Académique"),
    "integrator": N_("Intégrateur"),
}
"""Values of `type` in national_sites."""

CONFIDENCE = {"high": N_("Élevée"), "medium": N_("Moyenne"), "low": N_("Faible")}
QUALIFIERS = {"over": N_("plus de"), "min": N_("au moins"), "about": N_("environ")}
YES_NO = {"yes": N_("oui"), "no": N_("non")}
