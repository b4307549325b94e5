"""The words that maps show: French source texts, translated when a layer is built."""

from __future__ import annotations

from biocarto.i18n import Locale
from biocarto.model import N_

CREDIT = N_(
    "Contours et cours d'eau : IGN ; codes et populations : INSEE ; lignes et gares : Île-de-France Mobilités ; Licence Ouverte 2.0"
)

EUROPE_CREDIT = N_("Pays : Natural Earth ; régions : IGN ADMIN EXPRESS, Licence Ouverte 2.0 ; villes : INSEE et GeoNames, CC BY 4.0")
"""For the map of networks, whose ground and cities come from elsewhere."""

_INTERFACE = {
    "zoomIn": N_("Zoomer"),
    "zoomOut": N_("Dézoomer"),
    "reset": N_("Revenir à la vue d'ensemble"),
    "closeup": N_("Paris en grand"),
    "fullscreen": N_("Plein écran"),
    "leaveFullscreen": N_("Quitter le plein écran"),
    "legend": N_("Légende"),
    "back": N_("Revenir à ce que la carte montre"),
    "map": N_("Carte"),
    "symbols": N_("Symboles de la carte : les flèches vont de l'un à l'autre"),
    "bar": N_("Commandes de la carte"),
    "credit": CREDIT,
    "tiles": N_("Fond : Plan IGN, Géoplateforme"),
    "failed": N_(
        "Les contours n'ont pas pu être chargés : la carte est incomplète, les données du tableau sont intactes. Rechargez la page."
    ),
}
_ACTORS = {
    "title": N_("Acteurs"),
    "many": N_("sites d'acteurs"),
    "gathered": N_("{n} lieux voisins"),
    "closer": N_("Toucher ou cliquer pour les séparer"),
    "unfold": N_("Toucher ou cliquer pour les voir par nom"),
    "fold": N_("Replier la liste"),
    "apart": N_("Symbole creux : site qui n'est pas présent (ancien, en projet, statut inconnu, page d'avant 2015). Ici : {n}."),
    "area": N_("Sans point : leur arrondissement est inconnu"),
    "points": N_("À l'adresse : {street} ; dans la rue, à un point au hasard : {in_street} ; les autres à leur campus ou à leur commune."),
    "ring": N_("Un lieu (double cercle : des lieux voisins) et son nombre d'acteurs ; l'aire suit le nombre."),
}
_SHORT_GROUPS = {
    "techproviders": N_("Fournisseurs"),
    "research_centre": N_("Recherche"),
    "incubator": N_("Incubateurs"),
    "integrator": N_("Intégrateurs"),
}
"""Groups in the one line of the closed legend; the others have a short label already."""
_TOUR = {
    "title": N_("Étapes du Tour"),
    "stage": N_("Étape"),
    "seat": N_("Siège d'un organisateur"),
    "route": N_("Ordre des étapes selon la source (pas un trajet)"),
    "unvisited": N_("Région sans étape"),
}
_TOOLS = {
    "draw": N_("Dessiner une zone"),
    "view": N_("Filtrer sur ce que la carte montre"),
    "locate": N_("Autour de ma position"),
    "corners": N_("Touchez ou cliquez la carte pour poser les coins."),
    "closing": N_("Encore un coin, ou le premier pour terminer."),
    "full": N_("La zone a tous ses coins : terminez-la."),
    "finish": N_("Terminer"),
    "undo": N_("Retirer un coin"),
    "cancel": N_("Annuler"),
    "close": N_("Fermer"),
    "waiting": N_("Recherche de votre position…"),
    "refused": N_(
        "Votre navigateur n'a pas donné votre position. Autorisez-la pour cette page, ou choisissez un lieu dans « Près de… ». "
        "Rien d'autre n'a changé."
    ),
    "unavailable": N_("Votre position n'est pas disponible. Choisissez un lieu dans « Près de… » ; rien d'autre n'a changé."),
    "outside": N_("Votre position est hors de France métropolitaine. Choisissez un lieu dans « Près de… » ; rien d'autre n'a changé."),
}
_NETWORK = {
    "title": N_("Réseaux dessinés"),
    "hub": N_("coordonne"),
    "member": N_("Membres dans une ville, et leur nombre"),
    "coordinates": N_("Ville d'un coordinateur"),
    "ground": N_("Territoire"),
}
_ELSEWHERE = {
    "title": N_("Hors d'Île-de-France"),
    "hub": "",
    "member": N_("Réponses dans une commune, et leur nombre"),
    "coordinates": "",
    "ground": "",
}


def list_interface_texts(t: Locale) -> dict[str, str]:
    """Labels of the map's controls and messages."""
    return _translate_texts(_INTERFACE, t)


def list_actor_texts(t: Locale) -> dict[str, str]:
    """Words of the actor layer: its legend and tooltips."""
    return _translate_texts(_ACTORS, t)


def list_short_groups(t: Locale) -> dict[str, str]:
    """What the closed legend calls the groups whose label is long, by their key."""
    return _translate_texts(_SHORT_GROUPS, t)


def list_tour_texts(t: Locale) -> dict[str, str]:
    """Words of the Tour's legend and tooltips."""
    return _translate_texts(_TOUR, t)


def list_tool_texts(t: Locale) -> dict[str, str]:
    """Words of the tools: their buttons, what to do next, and what went wrong."""
    return _translate_texts(_TOOLS, t)


def list_network_texts(t: Locale) -> dict[str, str]:
    """Words of the networks: their legend and the names of their symbols."""
    return _translate_texts(_NETWORK, t)


def list_elsewhere_texts(t: Locale) -> dict[str, str]:
    """Words of what answers outside Île-de-France; "" for what its map never shows."""
    return {key: t(text) if text else "" for key, text in _ELSEWHERE.items()}


def _translate_texts(words: dict[str, str], t: Locale) -> dict[str, str]:
    return {key: t(text) for key, text in words.items()}
