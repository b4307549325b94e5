"""What is kept about people: what, why, and until when."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from biocarto.booth.needs_store import LONGEST
from biocarto.config import Settings
from biocarto.desk.duties import MEMBER_DAYS, MONTHS_UNDECIDED
from biocarto.desk.intake.permits import LIFE
from biocarto.desk.lookup_client import name_host
from biocarto.ui.legal_notice import facts
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html


def show(settings: Settings) -> None:
    """One topic for each way in which somebody may leave something here."""
    t = get_locale()
    st.header(t("Ce qui est gardé des personnes"), anchor=False)
    topics = [_readers(), _needs(settings), _proposals(), _imports(), _members(), _history(), _browser(), _others(settings)]
    show_html(Markup("<div class='bc-topics'>{}</div>").format(Markup().join(topics)))


def _build_topic(title: str, what: str, why: str, until: str) -> Markup:
    t = get_locale()
    return facts.render_topic(title, [(t("Gardé"), what), (t("Pourquoi"), why), (t("Jusqu'à quand"), until)])


def _readers() -> Markup:
    t = get_locale()
    return _build_topic(
        t("Qui lit ces pages"),
        t(
            "Rien qui vous nomme. Ce que vous cherchez et choisissez est écrit dans l'adresse de la page, que votre navigateur garde dans "
            "son historique."
        ),
        t("Montrer la page, et pouvoir en partager le lien."),
        t("Le serveur l'oublie quand la page se ferme."),
    )


def _needs(settings: Settings) -> Markup:
    t = get_locale()
    until = (
        t("{n} jours après que l'équipe du stand l'a traité ou supprimé.").format(n=t.number(settings.needs_days))
        if settings.needs_days
        else t("Jusqu'à ce que l'équipe du stand l'efface : l'exploitant n'a pas fixé de durée (BIOCARTO_NEEDS_DAYS).")
    )
    what = t("Vos mots ({n} caractères au plus), un thème, un territoire, l'heure, l'événement. Ni nom ni contact ne sont demandés.")
    why = t("Dire aux pôles et à la Région ce qui manque à la filière.")
    return _build_topic(t("Un besoin dit au stand"), what.format(n=LONGEST), why, until)


def _proposals() -> Markup:
    t = get_locale()
    return _build_topic(
        t("Une proposition pour le registre"),
        t(
            "Ce que vous proposez et la page qui l'atteste ; un contact si vous en laissez un. D'un membre connecté à l'atelier, aussi "
            "son identifiant."
        ),
        t("Vérifier, vous répondre, vous remercier."),
        t(
            "Le contact : jusqu'à la décision, {months} mois après l'envoi si personne n'a décidé. Ce qui est dit de l'acteur reste, sans "
            "vous."
        ).format(months=MONTHS_UNDECIDED),
    )


def _imports() -> Markup:
    t = get_locale()
    return _build_topic(
        t("Un fichier donné pour un import"),
        t("Le fichier, en mémoire seulement. Ses colonnes de personnes (prénom, courriel, téléphone…) n'entrent pas dans le registre."),
        t("Dire à un éditeur du registre, ligne par ligne, ce que son fichier y changerait."),
        t("Jusqu'à ce que l'import soit appliqué ou annulé, {n} minutes après le dernier clic sinon.").format(n=t.number(LIFE // 60)),
    )


def _members() -> Markup:
    t = get_locale()
    return _build_topic(
        t("Membre de l'atelier"),
        t("Adresse de messagerie, nom, rôle, identifiant chez votre service de connexion, qui vous a invité et quand, dernière connexion."),
        t("Savoir qui peut modifier le registre."),
        t("{n} jours après la dernière connexion, ou après une invitation restée sans réponse.").format(n=MEMBER_DAYS),
    )


def _history() -> Markup:
    t = get_locale()
    return _build_topic(
        t("L'historique du registre"),
        t("Chaque acte, sa date, sa raison et sa source, sous un identifiant qui ne dit pas le nom du membre."),
        t("Dire depuis quand et selon qui un fait est connu, et pouvoir défaire une erreur."),
        t("Aussi longtemps que le registre. Une fois le membre effacé, l'identifiant ne mène plus à personne : « un ancien membre »."),
    )


def _browser() -> Markup:
    t = get_locale()
    return facts.render_topic(
        t("Dans votre navigateur"),
        [
            (
                t("Cookie des pages"),
                t("Une valeur tirée au hasard, contre les requêtes forgées (_streamlit_xsrf) ; jusqu'à la fermeture du navigateur."),
            ),
            (
                t("Cookies de connexion"),
                t(
                    "Seulement si vous vous connectez à l'atelier. Qui vous êtes, signé (_streamlit_user, _streamlit_user_tokens) : "
                    "30 jours, ou jusqu'à la déconnexion. L'aller et retour avec votre service de connexion (_streamlit_session) : "
                    "14 jours."
                ),
            ),
            (t("Stockage local"), t("Le thème clair ou sombre, quand vous le choisissez ; il ne quitte pas votre navigateur.")),
            (t("Consentement"), t("Rien de cela ne vous suit ni ne vous mesure : la loi n'en demande pas.")),
        ],
    )


def _others(settings: Settings) -> Markup:
    t = get_locale()
    lines = [
        (t("Statistiques"), t("Aucune.")),
        (t("Tiers"), _tell_third_parties(settings)),
        (
            t("Journaux"),
            t(
                "Le serveur n'écrit pas qui demande quelle page ; il note ses pannes, sans ce que vous avez écrit. Un relais de "
                "l'hébergeur peut tenir un journal des adresses IP : demandez-le à l'éditeur."
            ),
        ),
    ]
    return facts.render_topic(t("Statistiques, tiers, journaux"), lines)


def _tell_third_parties(settings: Settings) -> str:
    t = get_locale()
    told = []
    if settings.ign_tiles:
        told.append(t("Le fond de carte vient de l'IGN : votre navigateur le demande à data.geopf.fr, qui voit votre adresse IP."))
    if settings.allow_cdn:
        told.append(t("Si des fichiers manquent ici, votre navigateur les demande à d'autres sites, qui voient votre adresse IP."))
    asked = [name_host(address) for address in (settings.ban, settings.recherche_entreprises) if address]
    if asked:
        told.append(
            t(
                "Dans l'atelier, un membre peut faire chercher une adresse ou une entreprise par {hosts} : ni son nom ni rien de vous."
            ).format(hosts=", ".join(asked))
        )
    return " ".join(told) or t("Aucun : ni publicité, ni carte, police ou script d'un autre site.")
