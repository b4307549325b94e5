"""How somebody has what is kept about them shown, corrected or erased."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup, escape

from biocarto.config import Settings
from biocarto.render import html
from biocarto.ui.legal_notice import facts
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

_COMPLAINTS = "https://www.cnil.fr/fr/plaintes"


def show(settings: Settings) -> None:
    """To whom to write, what happens then, and who decides where that does not help."""
    t = get_locale()
    st.header(t("Voir, corriger, faire effacer"), anchor=False)
    show_html(
        facts.render_facts(
            [
                (t("Comment"), _tell_how(settings)),
                (t("Ce qui est effacé"), _tell_erasing()),
                (
                    t("Dans le registre"),
                    t("Il décrit des organisations d'après des pages publiques. « Signaler une erreur » est sur chaque fiche."),
                ),
                (t("Fondement"), t("L'intérêt légitime de l'éditeur à tenir un registre exact et à répondre (RGPD, article 6).")),
                (t("Réclamation"), Markup("{} {}.").format(t("Auprès de la CNIL :"), html.render_link(_COMPLAINTS, "cnil.fr/fr/plaintes"))),
            ]
        )
    )


def _tell_how(settings: Settings) -> Markup:
    t = get_locale()
    to = Markup("<a href='mailto:{0}'>{0}</a>").format(settings.contact) if settings.contact else escape(t("l'éditeur"))
    how = t("Écrivez à {contact} depuis l'adresse dont il s'agit. Une réponse vous est due dans le mois (RGPD, articles 12 à 21).")
    before, after = how.split("{contact}")
    return Markup("{}{}{}").format(before, to, after)


def _tell_erasing() -> str:
    return get_locale()(
        "Votre nom et votre contact sont écrasés sur le disque, pas seulement cachés. Une sauvegarde plus ancienne les garde jusqu'à "
        "ce que la suivante la remplace."
    )
