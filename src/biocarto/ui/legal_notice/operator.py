"""Who answers for this server: what the law asks every site to say, from the settings; and the licences of what it shows."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from biocarto.config import PREFIX, Settings
from biocarto.maps.texts import EUROPE_CREDIT
from biocarto.render import html
from biocarto.ui.legal_notice import facts
from biocarto.ui.shared import pages
from biocarto.ui.shared.language import build_language_params, get_locale
from biocarto.ui.shared.markup import show_html

_LAW = "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000801164"
_OPEN_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


def show(settings: Settings) -> None:
    """Publisher, director, host and contact; each one that the operator has not given says so, and how to give it."""
    t = get_locale()
    st.header(t("Qui répond de ce site"), anchor=False)
    contact = Markup("<a href='mailto:{0}'>{0}</a>").format(settings.contact) if settings.contact else ""
    given = [
        (t("Éditeur"), settings.publisher, "publisher", t("nom, siège, téléphone")),
        (t("Directeur de la publication"), settings.director, "director", t("nom")),
        (t("Hébergeur"), settings.host, "host", t("nom, adresse, téléphone")),
        (t("Contact"), contact, "contact", t("adresse de messagerie")),
    ]
    show_html(facts.render_facts((name, value or _tell_missing(setting, what)) for name, value, setting, what in given))
    show_html(facts.render_note(_tell_law(settings)))


def _tell_missing(setting: str, what: str) -> Markup:
    said = get_locale()("L'exploitant de ce serveur ne l'a pas encore dit ({what}) : {setting}.")
    return Markup("<em>{}</em>").format(said.format(what=what, setting=PREFIX + setting.upper()))


def _tell_law(settings: Settings) -> Markup:
    t = get_locale()
    law = html.render_link(_LAW, t("loi n° 2004-575 du 21 juin 2004, article 1-1"))
    if settings.public_url:
        return Markup("{} {}.").format(t("Ces mentions sont celles que demande la"), law)
    local = t("Ce serveur ne répond qu'à sa propre machine. Les mentions ne sont dues que par un site ouvert au public :")
    return Markup("{} {}.").format(local, law)


def show_licences() -> None:
    """What may be reused, on which terms, and where the register comes from."""
    t = get_locale()
    st.header(t("Licences et sources"), anchor=False)
    terms = t("à réutiliser librement, en nommant BioCarto et la date de l'édition.")
    sources = html.render_inner_link(pages.SOURCES.address, build_language_params(), t("Sources, méthode et limites"))
    origin = t("Le chapitre de référence de Medicen Paris Region et des pages publiques ; chaque ligne nomme la sienne, avec sa date :")
    licences = [
        (t("Tables et couches"), Markup("{}, {}").format(html.render_link(_OPEN_LICENCE, "Licence Ouverte 2.0 (Etalab)"), terms)),
        (t("Code"), t("Licence MIT. Avec lui : Leaflet (BSD) et la police IBM Plex Sans (OFL).")),
        (t("Registre"), Markup("{} {}.").format(origin, sources)),
        (t("Fonds de carte"), Markup("{}.").format(t(EUROPE_CREDIT))),
    ]
    show_html(facts.render_facts(licences))
