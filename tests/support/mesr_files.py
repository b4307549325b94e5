"""Files of the layout of the ministry of research's, with made-up content: research structures, laureates of i-Nov and i-Lab.

No real file was ever seen here: the columns are those of its documentation. Persons are planted, to show that they are dropped.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

_STRUCTURE = (
    "numero_national_de_structure;libelle;sigle;annee_de_creation;type_de_structure;code_de_type_de_structure;"
    "code_de_niveau_de_structure;site_web;adresse;code_postal;commune;nom_du_responsable;prenom_du_responsable;titre_du_responsable;"
    "label_numero;tutelles;sigles_des_tutelles;code_de_nature_de_tutelle;nature_de_tutelle;uai_des_tutelles;siret_des_tutelles;"
    "code_de_type_de_tutelle;type_de_tutelle;numero_de_structure_enfant;numero_de_structure_parent;numero_de_structure_historique;"
    "type_de_succession;code_de_type_de_succession;annee_d_effet_historique;code_domaine_scientifique;domaine_scientifique;"
    "code_panel_erc;panel_erc;fiche_rnsr"
)
_I_NOV = (
    "vague;datepublication;thematique;projet;moto;projetresume;siren;entreprise;entrepriseresume;montantprojet;subvention;cityid;"
    "com_nom;dep_nom;reg_nom;coordinates"
)
_I_LAB = (
    "libelle_entreprise;ndeg_siren;ndeg_siret;site_web_entreprise;moto;region;annee_de_concours;nom_du_laureat;prenom_du_candidat;"
    "grand_prix;domaine_technologique"
)
STRUCTURE_COLUMNS, I_NOV_COLUMNS, I_LAB_COLUMNS = (line.split(";") for line in (_STRUCTURE, _I_NOV, _I_LAB))
PERSON = "PERSONNE-INVENTÉE"
"""What stands in every column of a person."""
_PERSONS = {"nom_du_responsable", "prenom_du_responsable", "titre_du_responsable", "nom_du_laureat", "prenom_du_candidat"}
STRUCTURES, I_NOV, I_LAB = (
    "fr-esr-structures-recherche-publiques-actives-2026-02-01.csv",
    "fr-esr-laureats-concours-i-nov-2025-07-01.csv",
    "fr-esr-laureats-concours-national-i-lab-2025-07-01.csv",
)


def number_structure(stem: int) -> str:
    """A number of a structure with its right key."""
    return f"{stem:09d}{'ABCDEFGHJKLMNPRSTUVWXYZ'[stem % 23]}"


def a_structure(**changes: str) -> dict[str, str]:
    """A unit of the life sciences, in Évry."""
    told = {
        "numero_national_de_structure": number_structure(200000001),
        "libelle": "Unité d'essai de thérapie inventée",
        "sigle": "UETI",
        "annee_de_creation": "2019",
        "type_de_structure": "Unité de recherche",
        "adresse": "1 rue de l&#39;Essai - B&acirc;timent &quot;A&quot;",
        "code_postal": "91000",
        "commune": "EVRY-COURCOURONNES CEDEX",
        "label_numero": "UMR_S 0000;UMR 0000",
        "tutelles": "INSTITUT INVENTE;UNIVERSITE INVENTEE",
        "sigles_des_tutelles": "II;UI",
        "domaine_scientifique": "Biologie, médecine et santé",
        "panel_erc": "LS7 : Essai;PE0 : Autre",
        "fiche_rnsr": "https://rnsr.example/fiche/1",
    }
    return told | changes


def an_i_nov(**changes: str) -> dict[str, str]:
    """A company of health, in Évry."""
    told = {
        "vague": "Vague 0",
        "datepublication": "2024-02-01",
        "thematique": "Santé",
        "projet": "ESSAI",
        "moto": "Un projet inventé",
        "siren": "100000009",
        "entreprise": "ESSAI THERAPIES SAS",
        "cityid": "91228",
        "com_nom": "Évry-Courcouronnes",
        "reg_nom": "Île-de-France",
    }
    return told | changes


def an_i_lab(**changes: str) -> dict[str, str]:
    """A company of biotechnology, of the region."""
    told = {
        "libelle_entreprise": "BIOTECH D'ESSAI",
        "ndeg_siren": "100000009",
        "moto": "Une idée inventée",
        "region": "Ile-de-France",
        "annee_de_concours": "2021",
        "domaine_technologique": "Pharmacie et biotechnologies",
    }
    return told | changes


def write_structures(folder: Path, *rows: Mapping[str, str]) -> Path:
    """The file of the structures in a folder; the file."""
    return _write(folder / STRUCTURES, STRUCTURE_COLUMNS, rows)


def write_i_nov(folder: Path, *rows: Mapping[str, str]) -> Path:
    """The laureates of i-Nov."""
    return _write(folder / I_NOV, I_NOV_COLUMNS, rows)


def write_i_lab(folder: Path, *rows: Mapping[str, str]) -> Path:
    """The laureates of i-Lab."""
    return _write(folder / I_LAB, I_LAB_COLUMNS, rows)


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows({name: PERSON for name in columns if name in _PERSONS} | dict(row) for row in rows)
    return path
