"""How columns and their codes are read by people in office files, and back: one label per name, unlike every other of its table.

A label here is a French text, the message id of its translation. Programs get the names and the codes themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from biocarto import model
from biocarto.i18n import Locale
from biocarto.model import CHAPTER, N_
from biocarto.register import vocabulary as words

HEADERS: dict[str, str] = {
    "id": N_("Identifiant"),
    "name": N_("Nom"),
    "organisation": N_("Organisation"),
    "kind": N_("Type"),
    "type": N_("Type"),
    "category": N_("Catégorie"),
    "group": N_("Groupe"),
    "modalities": N_("Modalités"),
    "activity_fr": N_("Activité (français)"),
    "activity_en": N_("Activité (anglais)"),
    "address": N_("Adresse"),
    "postcode": N_("Code postal"),
    "site": N_("Site"),
    "site_id": N_("Identifiant du site"),
    "commune": N_("Commune"),
    "commune_code": N_("Code de la commune"),
    "commune_official": N_("Code officiel de la commune"),
    "intercommunality_code": N_("Code de l'EPCI ou de l'EPT"),
    "intercommunality_name": N_("EPCI ou EPT"),
    "department_code": N_("Code du département"),
    "department_name": N_("Département"),
    "region": N_("Région"),
    "region_code": N_("Code de la région"),
    "region_codes": N_("Codes des régions"),
    "regions": N_("Régions"),
    "regions_covered": N_("Régions couvertes"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "precision": N_("Position connue"),
    "position": N_("Position connue"),
    "website": N_("Site web"),
    "founded": N_("Année de création"),
    "siren": N_("SIREN"),
    "siret": N_("SIRET"),
    "rnsr": N_("RNSR"),
    "status": N_("Statut"),
    "presence": N_("Présence"),
    "status_year": N_("Année du statut"),
    "status_source_url": N_("Adresse de la source du statut"),
    "ownership": N_("Indépendance"),
    "owner": N_("Propriétaire"),
    "owner_since": N_("Propriétaire depuis"),
    "as_of": N_("Date de la source"),
    "source_url": N_("Adresse de la source"),
    "source_title": N_("Titre de la source"),
    "confidence": N_("Confiance"),
    "trust": N_("Confiance selon l'âge"),
    "stated": N_("Coordonnées publiées"),
    "note_fr": N_("Note (français)"),
    "note_en": N_("Note (anglais)"),
    "notes_fr": N_("Notes (français)"),
    "notes_en": N_("Notes (anglais)"),
    "members": N_("Membres"),
    "members_as_of": N_("Année du nombre de membres"),
    "actor_id": N_("Identifiant de l'acteur"),
    "focus_fr": N_("Domaines (français)"),
    "focus_en": N_("Domaines (anglais)"),
    "tour_member": N_("Organisateur du Tour"),
    "enosis_member": N_("Membre d'Enosis Santé"),
    "order": N_("Rang"),
    "title_fr": N_("Titre (français)"),
    "title_en": N_("Titre (anglais)"),
    "organisers": N_("Organisateurs"),
    "date": N_("Date"),
    "city": N_("Ville"),
    "theme_fr": N_("Thème (français)"),
    "theme_en": N_("Thème (anglais)"),
    "scale": N_("Échelle"),
    "start_year": N_("Année de début"),
    "amount_eur": N_("Montant (euros)"),
    "qualifier": N_("Comment lire la valeur"),
    "description_fr": N_("Description (français)"),
    "description_en": N_("Description (anglais)"),
    "published_counts": N_("Nombres publiés"),
    "network_id": N_("Identifiant du réseau"),
    "member_id": N_("Identifiant du membre"),
    "member_name": N_("Nom du membre"),
    "country": N_("Pays (code ISO)"),
    "role": N_("Rôle"),
    "city_source_url": N_("Adresse de la source de la ville"),
    "city_source_title": N_("Titre de la source de la ville"),
    "start": N_("Début"),
    "end": N_("Fin"),
    "place_fr": N_("Lieu (français)"),
    "place_en": N_("Lieu (anglais)"),
    "network_ids": N_("Identifiants des réseaux"),
    "cluster_ids": N_("Identifiants des pôles"),
    "fact": N_("Fait commun"),
    "name_fr": N_("Nom (français)"),
    "name_en": N_("Nom (anglais)"),
    "company": N_("Exploitant"),
    "modality_fr": N_("Produits (français)"),
    "modality_en": N_("Produits (anglais)"),
    "perimeter": N_("Périmètre"),
    "capacity_note_fr": N_("Capacités (français)"),
    "capacity_note_en": N_("Capacités (anglais)"),
    "label_fr": N_("Chiffre (français)"),
    "label_en": N_("Chiffre (anglais)"),
    "value": N_("Valeur"),
    "unit_fr": N_("Unité (français)"),
    "unit_en": N_("Unité (anglais)"),
    "geography": N_("Territoire"),
    "context_fr": N_("Contexte (français)"),
    "context_en": N_("Contexte (anglais)"),
    "body_id": N_("Identifiant de l'organisme"),
    "indicator_fr": N_("Indicateur (français)"),
    "indicator_en": N_("Indicateur (anglais)"),
    "old_id": N_("Ancien identifiant"),
    "field": N_("Colonne"),
    "valid_from": N_("Vrai depuis"),
    "target_year": N_("Année visée"),
}
"""Name of a column, in every table that has one -> its label."""

FACTS = {
    "name": HEADERS["name"],
    "activity_fr": N_("Activité"),
    "commune_code": N_("Lieu"),
    "postcode": HEADERS["postcode"],
    "address": N_("Adresse publiée"),
    "latitude": N_("Position"),
    "siren": HEADERS["siren"],
    "siret": HEADERS["siret"],
    "rnsr": HEADERS["rnsr"],
    "status": HEADERS["status"],
    "owner": HEADERS["owner"],
}
"""Columns of actors that rows of evidence are about -> what a sheet calls them, where both languages and all of a place stand together."""

_GROUPS = {symbol.key: symbol.label for symbol in model.SYMBOLS}
_SOURCE = {CHAPTER: N_("chapitre de référence")}
_VALUES: dict[str, Mapping[Any, str]] = {
    "kind": model.KIND_LABELS,
    "category": model.CATEGORY_LABELS,
    "group": _GROUPS,
    "modalities": model.MODALITY_LABELS,
    "position": model.PRECISION_LABELS,
    "precision": model.PRECISION_LABELS,
    "status": model.STATUS_LABELS,
    "presence": model.PRESENCE_LABELS,
    "ownership": model.OWNERSHIP_LABELS,
    "confidence": words.CONFIDENCE,
    "trust": words.CONFIDENCE,
    "source_url": _SOURCE,
    "city_source_url": _SOURCE,
    "status_source_url": _SOURCE,
    "qualifier": words.QUALIFIERS,
    "tour_member": words.YES_NO,
    "enosis_member": words.YES_NO,
    "scale": words.BODY_SCALES,
    "role": words.MEMBER_ROLES,
    "perimeter": words.PERIMETERS,
    "field": {name: HEADERS[name] for name in FACTS},
}
_VALUES_OF_TABLES: dict[tuple[str, str], Mapping[str, str]] = {
    ("clusters", "type"): words.CLUSTER_TYPES,
    ("networks", "kind"): words.BODY_KINDS,
    ("events", "kind"): words.EVENT_KINDS,
    ("national_sites", "type"): words.SITE_TYPES,
}

VALUES_BY = {("evidence", "value"): ("actors", "field")}
"""A column whose cell is a value of a column of a table -> that table, and the column beside it that names which."""


def label_values(table: str, column: str) -> Mapping[Any, str]:
    """Code -> French label for a column whose cells (or the items of its lists) are codes; empty where they are read as they stand."""
    return _VALUES_OF_TABLES.get((table, column)) or _VALUES.get(column, {})


def translate_values(table: str, column: str, t: Locale) -> dict[str, str]:
    """Code -> label in the language of `t`."""
    return {str(code): t(label) for code, label in label_values(table, column).items()}


def translate_header(column: str, t: Locale) -> str:
    """The label of a column in the language of `t`; its name where it has none."""
    return t(HEADERS[column]) if column in HEADERS else column
