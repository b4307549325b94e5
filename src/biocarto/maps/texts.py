"""The words that maps show: French source texts, translated when a layer is built."""

from __future__ import annotations

from biocarto.i18n import Translator
from biocarto.model import N_

CREDIT = N_("Contours : IGN ADMIN EXPRESS ; codes et populations : INSEE ; Licence Ouverte 2.0")

_INTERFACE = {
    "zoomIn": N_("Zoomer"),
    "zoomOut": N_("Dézoomer"),
    "reset": N_("Revenir à la vue d'ensemble"),
    "fullscreen": N_("Plein écran"),
    "leaveFullscreen": N_("Quitter le plein écran"),
    "legend": N_("Légende"),
    "map": N_("Carte"),
    "credit": CREDIT,
    "tiles": N_("Fond : Plan IGN, Géoplateforme"),
    "failed": N_(
        "Les contours n'ont pas pu être chargés : la carte est incomplète, les données du tableau sont intactes. Rechargez la page."
    ),
}
_ACTORS = {
    "title": N_("Acteurs"),
    "many": N_("acteurs"),
    "gathered": N_("{n} lieux voisins"),
    "closer": N_("Toucher ou cliquer pour les séparer"),
    "ring": N_("Un lieu (double cercle : des lieux voisins) et son nombre d'acteurs ; l'aire suit le nombre."),
}
_TOUR = {
    "title": N_("Étapes du Tour"),
    "stage": N_("Étape"),
    "seat": N_("Siège d'un organisateur"),
    "route": N_("Ordre des étapes selon la source (pas un trajet)"),
    "unvisited": N_("Région sans étape"),
}


def interface(t: Translator) -> dict[str, str]:
    """Labels of the map's controls and messages."""
    return _translated(_INTERFACE, t)


def actors(t: Translator) -> dict[str, str]:
    """Words of the actor layer: its legend and tooltips."""
    return _translated(_ACTORS, t)


def tour(t: Translator) -> dict[str, str]:
    """Words of the Tour's legend and tooltips."""
    return _translated(_TOUR, t)


def _translated(words: dict[str, str], t: Translator) -> dict[str, str]:
    return {key: t(text) for key, text in words.items()}
