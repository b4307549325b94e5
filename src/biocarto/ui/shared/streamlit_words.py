"""Streamlit's own words, which are English on every page (its issue 1353), in French: one table, and the script that writes them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from biocarto import scripts
from biocarto.ui.shared.language import get_language

_writer = st.components.v2.component("biocarto_words", js=scripts.read_script(Path(__file__).with_suffix(".js")))

WORDS = {
    # the head of the page and its menu
    "Skip to main content": "Aller au contenu",
    "App pages": "Pages du site",
    "Main menu": "Menu principal",
    "Theme": "Thème",
    "System": "Système",
    "Light": "Clair",
    "Dark": "Sombre",
    "About": "À propos",
    "Print": "Imprimer",
    "Made with Streamlit v": "Fait avec Streamlit ",
    "Copy version to clipboard": "Copier le numéro de version",
    "Close": "Fermer",
    "Dismiss": "Écarter",
    "Notifications": "Notifications",
    # what runs, and a server that does not answer
    "Running...": "En cours…",
    "Stop": "Arrêter",
    "Stop script": "Arrêter",
    "Stopping...": "Arrêt…",
    "Connecting": "Connexion…",
    "Connecting to Streamlit server": "Connexion au serveur",
    "Please wait...": "Un instant…",
    "Connection error": "Erreur de connexion",
    "Connection timed out.": "Le serveur ne répond pas à temps.",
    "Connection lost. Please wait for the app to reconnect, then try again.": "Connexion perdue. Attendez, puis recommencez.",
    "Reconnected to server.": "Connexion rétablie.",
    "Network error": "Erreur du réseau",
    "Streamlit server is not responding. Are you connected to the internet?": "Le serveur ne répond pas. Êtes-vous connecté au réseau ?",
    "Page not found": "Page introuvable",
    # fields
    "Open": "Ouvrir",
    "Clear value": "Effacer la valeur",
    "Clear entry": "Effacer la saisie",
    "Clear all": "Tout effacer",
    "Choose an option": "Choisir",
    "Choose options": "Choisir",
    "Select all": "Tout choisir",
    "Selected values": "Valeurs choisies",
    "No results": "Aucun résultat",
    "No options to select": "Rien à choisir",
    "No options": "Rien à choisir",
    "Selectbox options": "Choix",
    "Multiselect options": "Choix",
    "Add: {}": "Ajouter : {}",
    "Remove {}": "Retirer {}",
    "1 option available.": "1 choix.",
    "{} options available.": "{} choix.",
    "Increment": "Augmenter",
    "Decrement": "Diminuer",
    "Press Enter to apply": "Entrée pour valider",
    "Press Enter to submit form": "Entrée pour envoyer",
    "Press Enter to submit": "Entrée pour envoyer",
    "Press ⌘+Enter to apply": "⌘+Entrée pour valider",
    "Press Ctrl+Enter to apply": "Ctrl+Entrée pour valider",
    "Show password": "Montrer le mot de passe",
    "Hide password": "Cacher le mot de passe",
    "Choose date": "Choisir une date",
    "Previous month": "Mois précédent",
    "Next month": "Mois suivant",
    "Month": "Mois",
    "Year": "Année",
    "Help": "Aide",
    "Help for {}": "Aide : {}",
    # pages of a list
    "Pagination": "Pages de la liste",
    "Previous page": "Page précédente",
    "Next page": "Page suivante",
    # files
    "Upload": "Choisir un fichier",
    "Add files": "Ajouter des fichiers",
    "Drag and drop a file here": "ou déposez-le ici",
    "Drag and drop files here": "ou déposez-les ici",
    "file upload": "choix d'un fichier",
    "{} per file": "{} par fichier",
    "Error uploading file": "Le fichier n'a pas été pris.",
    # tables
    "Show/hide columns: {}": "Choisir les colonnes : {}",
    "Show/hide columns": "Choisir les colonnes",
    "Download as CSV: {}": "Télécharger en CSV : {}",
    "Download as CSV": "Télécharger en CSV",
    "Search: {}": "Chercher : {}",
    "Search": "Chercher",
    "Fullscreen: {}": "Plein écran : {}",
    "Fullscreen": "Plein écran",
    "Close fullscreen: {}": "Quitter le plein écran : {}",
    "Close fullscreen": "Quitter le plein écran",
    "Clear selection: {}": "Effacer le choix : {}",
    "Clear selection": "Effacer le choix",
    "Previous Result": "Résultat précédent",
    "Next Result": "Résultat suivant",
    "Close Search": "Fermer la recherche",
    "Type to search": "Tapez ce que vous cherchez",
    "1 result": "1 résultat",
    "{} results": "{} résultats",
    "Dataframe column menu": "Menu de la colonne",
    "(index)": "(numéro)",
    "Sort ascending": "Trier par ordre croissant",
    "Sort descending": "Trier par ordre décroissant",
    "Format": "Mise en forme",
    "Autosize": "Ajuster la largeur",
    "Pin column": "Figer la colonne",
    "Unpin column": "Ne plus figer la colonne",
    "Hide column": "Cacher la colonne",
    "Copy column name": "Copier le nom de la colonne",
    "Statistics": "Statistiques",
    "Loading...": "Chargement…",
    "No data": "Aucune donnée",
    "view more": "voir plus",
    "View less": "Voir moins",
}
"""As it stands on screen or is read out -> in French; `{}` is what stands in between."""


def write() -> None:
    """Write them in the language of the page."""
    _writer(data={"lang": get_language(), "words": WORDS}, key="words")
