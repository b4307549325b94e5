"""How people call the columns of the register in their own files, and what they keep that the register does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from biocarto import caches
from biocarto.i18n import LANGUAGES, Locale
from biocarto.names import fold
from biocarto.register.headers import HEADERS, translate_header

_EVERYWHERE: Mapping[str, str] = {
    "id": "id, identifiant, identifiant biocarto, code biocarto",
    "name": "nom, name, intitulé, libellé, désignation",
    "commune": "commune, ville, localité, municipalité, town, city, commune d'implantation, ville d'implantation, nom de la commune, "
    "implantation, localisation, bureau distributeur, nom commune, libellé commune",
    "commune_code": "code insee, insee, code commune, code insee commune, code insee de la commune, code insee ville, insee code, "
    "code geographique, cog, depcom, n° insee",
    "postcode": "code postal, cp, c.p., codepostal, code_postal, postal code, postcode, zip, zip code, zipcode",
    "address": "adresse, adresse postale, adresse complète, adresse du siège, adresse du site, adresse 1, adresse ligne 1, rue, voie, "
    "n° et voie, numéro et voie, street, street address, address",
    "website": "site internet, site web, url, web, www, page web, homepage, web site, internet, adresse web, adresse internet, lien web, "
    "url du site, url site web, lien du site",
    "founded": "année de création, date de création, création, année création, date création, créé en, créée en, fondé en, fondée en, "
    "founded, year founded, founding year, foundation year, year of foundation, date de fondation, année de fondation, "
    "date d'immatriculation, création de l'entreprise",
    "latitude": "latitude, lat, lat wgs84, coordonnée y",
    "longitude": "longitude, lon, lng, long, lon wgs84, coordonnée x",
    "source_url": "source, lien source, url source, lien de la source, page source, url de la source, source url, référence, lien",
    "source_title": "titre de la source, nom de la source, intitulé de la source, source title, titre source",
    "as_of": "date de la source, année de la source, année source, date de mise à jour, mise à jour, maj, à jour au, vu le, "
    "date de consultation, as of",
    "confidence": "confiance, fiabilité, niveau de confiance",
    "country": "pays, country, code pays",
    "region": "région, region",
    "regions": "régions, région",
    "note_fr": "note, notes, remarque, remarques, commentaire, commentaires, observation, observations",
    "notes_fr": "note, notes, remarque, remarques, commentaire, commentaires, observation, observations",
    "title_fr": "titre, intitulé, nom, nom de l'événement, événement",
    "date": "date, jour, date de l'étape",
    "value": "valeur, nombre",
    "unit_fr": "unité",
    "siren": "n° siren, no siren, numéro siren, siren number, code siren, n siren, numero de siren, siren entreprise",
    "siret": "n° siret, no siret, numéro siret, siret number, code siret, n° de siret, numéro de siret, siret du siège, siret siège, "
    "siret établissement, siret (14 chiffres), siret de l'établissement",
    "rnsr": "n° rnsr, no rnsr, numéro rnsr, code rnsr, numéro national de structure, identifiant rnsr",
}
"""Column, in whatever table has it -> its other names, with commas between them."""

_OF_TABLES: Mapping[str, Mapping[str, str]] = {
    "actors": {
        "name": "raison sociale, société, entreprise, nom de l'entreprise, nom entreprise, nom de la société, nom société, dénomination, "
        "dénomination sociale, dénomination usuelle, enseigne, établissement, nom de l'établissement, structure, nom de la structure, "
        "acteur, nom de l'acteur, adhérent, nom de l'adhérent, nom usuel, nom commercial, company, company name, laboratoire, "
        "nom du laboratoire, start-up, startup, nom de l'organisme, organisme, nom d'usage, raison sociale ou nom, exposant, membre",
        "organisation": "organization, nom de l'organisation, organisme de rattachement, tutelle, établissement de rattachement, "
        "entité juridique, personne morale, unité légale, structure de rattachement",
        "kind": "type d'acteur, type d'adhérent, type de membre, type de structure, "
        "type d'organisation, type d'organisme, type d'entité, nature, nature de la structure",
        "category": "catégorie d'entreprise, segment, secteur, secteur d'activité, filière, famille",
        "modalities": "modalité, modalités thérapeutiques, modalité thérapeutique, technologie, technologies, type de thérapie, thérapies, "
        "type de produit, types de produits, modality",
        "activity_fr": "activité, activités, activité principale, activités principales, description, descriptif, présentation, "
        "domaine d'activité, domaines d'activité, domaine d'activités, métier, description de l'activité, "
        "description de l'entreprise, que fait l'entreprise, cœur de métier, activité en français",
        "activity_en": "activity, activité en anglais, english description, description en anglais, description (anglais), "
        "activité (english), activity in english",
        "site": "campus, parc, site d'implantation, bâtiment, nom du site, pôle d'implantation",
        "status": "état, situation, status, état administratif, statut du site",
        "owner": "groupe d'appartenance, maison mère, société mère, parent company, appartient à, filiale de, actionnaire principal",
        "owner_since": "date d'acquisition, année d'acquisition, racheté en, rachetée en, date de rachat",
    },
    "evidence": {"valid_from": "depuis, vrai depuis, date du fait", "actor_id": "acteur", "field": "champ"},
    "sites": {"name": "campus, site, nom du site, nom du campus, parc"},
    "clusters": {
        "name": "pôle, cluster, nom du pôle, pôle de compétitivité",
        "focus_fr": "domaines, thématiques, thèmes",
        "members": "nombre de membres, nombre d'adhérents, adhérents",
        "regions_covered": "régions, région",
    },
    "tour_stages": {"title_fr": "étape, nom de l'étape", "city": "ville, commune", "theme_fr": "thème"},
    "networks": {
        "name": "réseau, projet, nom du réseau, nom du projet, consortium",
        "description_fr": "description, présentation",
        "start_year": "début, année de début, année de lancement",
        "amount_eur": "montant, budget, montant en euros, dotation",
    },
    "network_members": {
        "member_name": "membre, partenaire, nom du partenaire, nom, organisme",
        "city": "ville, commune",
        "network_id": "réseau, projet",
        "role": "fonction dans le réseau",
    },
    "events": {"start": "date de début, date, du", "end": "date de fin, au", "place_fr": "lieu, salle"},
    "cities": {"name_fr": "ville, nom, nom de la ville", "name_en": "city"},
    "national_sites": {
        "name": "site, usine, nom du site, site de production",
        "company": "société, entreprise, groupe, raison sociale",
        "modality_fr": "produits, modalités, type de produits",
        "capacity_note_fr": "capacités, capacité",
    },
    "figures": {"label_fr": "chiffre, indicateur, libellé", "geography": "périmètre géographique, zone"},
    "regional_figures": {"indicator_fr": "indicateur, chiffre, libellé"},
    "redirects": {"old_id": "ancien id", "actor_id": "nouvel identifiant, nouvel id"},
}
"""Table -> column -> its other names there."""

_LOOSE: Mapping[str, Mapping[str, str]] = {
    "actors": {"activity_fr": "domaine, domaines, spécialité, spécialités, expertise, expertises, savoir-faire"}
}
"""The same, of names that give way to cells that are words of the register, and to a surer column beside them."""

_PERSONAL = """
contact, contacts, nom du contact, nom contact, contact principal, personne de contact, interlocuteur, référent, prénom, prenom, prénom
du contact, prénom contact, contact prénom, contact nom,
nom et prénom, prénom nom, nom prénom, civilité, titre de civilité, fonction, fonction du contact, poste, dirigeant, nom du
dirigeant, dirigeants, président, ceo, directeur, directrice, gérant, e-mail, email, e mail, mail, mél, courriel, adresse mail, adresse
e-mail, adresse email, adresse électronique, mail du contact, email du contact, courriel du contact, email contact, téléphone, tel, tél,
tél., n° de téléphone, numéro de téléphone, téléphone du contact, mobile, portable, tél mobile, téléphone portable, phone, phone number,
telephone, fixe, ligne directe, fax, télécopie, contact name, first name, last name, first and last name, job title, contact email,
contact phone, nom de famille, date de naissance, linkedin du contact, responsable, nom du responsable, correspondant, e-mail contact,
mail contact
"""
"""What a column of a person is called: the register keeps none."""

_OTHERS = """
effectif, effectifs, nombre de salariés, salariés, employés, employees, chiffre d'affaires, ca, capital, capital social, code ape, ape,
code naf, naf, libellé naf, remarque, remarques, commentaire, commentaires, observation, observations, note, notes, linkedin, twitter,
facebook, logo, n° de tva, tva, tva intracommunautaire, forme juridique, statut juridique, département, dept, dép, région,
pays, numéro, n°, no, rang, ligne, date d'adhésion, cotisation, stand, étiquettes, tags, epci, complément d'adresse, bp, cedex
"""
"""Known columns of other people's files that the register has no place for; a table that has one of them takes it all the same."""


def _split(names: str) -> frozenset[str]:
    return frozenset(fold(name) for name in names.split(","))


PERSONAL = _split(_PERSONAL)
OTHERS = _split(_OTHERS)
_BESIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
_OTHER_LANGUAGE = re.compile(r"\b(anglais|english|en|eng)\b", re.IGNORECASE)


def list_variants(header: str) -> Iterator[str]:
    """A header as `names.fold` compares it: as it stands, without what stands in brackets, then each of the names that it joins."""
    whole = fold(header)
    yield whole
    bare = fold(_BESIDE.sub(" ", header))
    if bare and bare != whole and not _OTHER_LANGUAGE.search(header):
        yield bare
    parts = [fold(part) for part in re.split(r"[/|\n:]| ou ", _BESIDE.sub(" ", header))]
    if len(parts) > 1:
        yield from (part for part in parts if part)


@lru_cache(maxsize=caches.TABLES)
def find_synonyms(table: str, columns: tuple[str, ...]) -> Mapping[str, str]:
    """Folded name -> the column of a table that people mean by it."""
    own = _OF_TABLES.get(table, {})
    pairs = [(name, column) for column in columns for name in _split(_EVERYWHERE.get(column, ""))]
    pairs += [(name, column) for column in columns for name in _split(own.get(column, ""))]
    pairs += [(name, column) for column, names in _LOOSE.get(table, {}).items() if column in columns for name in _split(names)]
    return {name: column for name, column in pairs if name}


def is_loose(table: str, name: str, column: str) -> bool:
    """Whether a folded name only may mean a column of a table."""
    return name in _split(_LOOSE.get(table, {}).get(column, ""))


@lru_cache(maxsize=caches.ALONE)
def list_columns() -> frozenset[str]:
    """Folded names and labels, in both languages, of every column of every table and file of ours."""
    texts = [Locale(lang) for lang in LANGUAGES]
    return frozenset({fold(name) for name in HEADERS} | {fold(translate_header(name, t)) for name in HEADERS for t in texts})


@lru_cache(maxsize=caches.ALONE)
def _list_all() -> frozenset[str]:
    tables = (_EVERYWHERE, *_OF_TABLES.values(), *_LOOSE.values())
    return frozenset(name for table in tables for names in table.values() for name in _split(names)) | list_columns()


def is_known_header(header: str) -> bool:
    """Whether a cell reads like the name of a column, of whichever table."""
    return weigh_header(header) >= 1


def weigh_header(header: str) -> float:
    """How much a cell reads like the name of a column: 1 for one of the register, less for what other files have."""
    if not header or len(header) > 80:
        return 0.0
    variants = list(list_variants(header))
    if any(variant in _list_all() for variant in variants):
        return 1.0
    return 0.5 if any(variant in PERSONAL or variant in OTHERS for variant in variants) else 0.0


def is_personal(header: str) -> bool:
    """Whether a column is about a person: a name, a telephone, an address of mail."""
    return next(list_variants(header), "") in PERSONAL or any(variant in PERSONAL for variant in list_variants(header))
