"""What goes wrong with the store, in words: what happened, what is unharmed, what to do."""

from __future__ import annotations

from enum import Enum

from biocarto.errors import AppError

_UNHARMED = (
    "Rien n'a été modifié, et les pages montrent toujours la dernière édition.",
    "Nothing was changed, and the pages still show the last edition.",
)
_BEFORE = "Rien n'a été modifié, et les pages répondent toujours.", "Nothing was changed, and the pages still answer."
"""Where no edition is known to be there."""
_UNKNOWN = (
    "Elle a gardé tout ce que vous enregistriez, ou rien ; le reste est intact, et les pages montrent toujours la dernière édition.",
    "It has kept all that you were saving, or nothing of it; the rest is unharmed, and the pages still show the last edition.",
)
"""Of the one trouble after which nobody knows."""
_KEPT = {"ABSENT": _BEFORE, "IN_DOUBT": _UNKNOWN}
"""Trouble -> what is unharmed, where it is another sentence."""


class StoreError(AppError):
    """The store cannot be read or written; what was acknowledged before is as it was."""

    def __init__(self, trouble: StoreTrouble, named: str) -> None:
        (fr, to_do), (en, to_do_en) = trouble.value
        kept, kept_en = _KEPT.get(trouble.name, _UNHARMED)
        super().__init__(f"{fr} ({named}). {kept} {to_do}", f"{en} ({named}). {kept_en} {to_do_en}")
        self.trouble = trouble


class StoreTrouble(Enum):
    """What happened, then what to do, in French and in English."""

    ABSENT = (
        ("Le registre n'a pas encore d'atelier", "Créez-le par `python -m biocarto desk init`."),
        ("The register has no desk yet", "Make it with `python -m biocarto desk init`."),
    )
    FULL = (
        ("Le disque du registre est plein ou ne répond pas", "Libérez de la place, puis recommencez."),
        ("The disk of the register is full or does not answer", "Free some space, then try again."),
    )
    CLOSED = (
        ("Le registre ne peut pas être ouvert en écriture", "Vérifiez les droits de son dossier, ou le réglage BIOCARTO_STORE."),
        ("The register cannot be opened for writing", "Check the rights of its folder, or the setting BIOCARTO_STORE."),
    )
    BUSY = (
        ("Le registre est occupé par une autre écriture", "Attendez un instant, puis recommencez."),
        ("Another writer keeps the register busy", "Wait a moment, then try again."),
    )
    DAMAGED = (
        ("Le registre est endommagé", "Gardez-en une copie, puis rendez une sauvegarde par `python -m biocarto desk restore`."),
        ("The register is damaged", "Keep a copy of it, then bring a backup back with `python -m biocarto desk restore`."),
    )
    FOREIGN = (
        ("Ce fichier ou cette base n'est pas un registre de BioCarto", "Donnez un autre emplacement par BIOCARTO_STORE."),
        ("This file or database is no register of BioCarto", "Name another place in BIOCARTO_STORE."),
    )
    NEWER = (
        ("Ce registre a été écrit par une version plus récente de BioCarto", "Mettez ce BioCarto à jour."),
        ("A newer version of BioCarto has written this register", "Update this BioCarto."),
    )
    OLDER = (
        (
            "Ce registre a été écrit par une version plus ancienne de BioCarto",
            "Sauvegardez-le, puis mettez-le à jour par `python -m biocarto desk init`.",
        ),
        (
            "An older version of BioCarto has written this register",
            "Back it up, then bring it to this one with `python -m biocarto desk init`.",
        ),
    )
    UNREACHABLE = (
        ("La base du registre ne répond pas", "Vérifiez qu'elle est en marche et le réglage BIOCARTO_STORE, puis recommencez."),
        ("The database of the register does not answer", "Check that it runs and the setting BIOCARTO_STORE, then try again."),
    )
    IN_DOUBT = (
        (
            "La base du registre s'est tue pendant l'enregistrement",
            "Enregistrez de nouveau : ce qui l'a déjà été ne le sera pas deux fois.",
        ),
        ("The database of the register fell silent during the save", "Save again: what was saved already is not saved twice."),
    )
    OLD_SERVER = (
        ("Cette base est trop ancienne", "Il faut PostgreSQL 15 ou plus récent."),
        ("This database is too old", "PostgreSQL 15 or newer is needed."),
    )
    NO_POSTGIS = (
        ("PostGIS manque à cette base", "Demandez à qui l'administre d'y exécuter `CREATE EXTENSION postgis`."),
        ("This database has no PostGIS", "Ask its administrator to run `CREATE EXTENSION postgis` in it."),
    )
    ENCODING = (
        ("Cette base n'est pas en UTF-8", "Créez-la par `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`."),
        ("This database is not in UTF-8", "Make it with `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`."),
    )
    NETWORK_DISK = (
        (
            "Le fichier du registre est sur un disque partagé par le réseau, où deux écritures à la fois l'endommageraient",
            "Mettez-le sur un disque de cette machine, ou donnez une base PostgreSQL par BIOCARTO_STORE.",
        ),
        (
            "The file of the register is on a network disk, where two writers at once would damage it",
            "Put it on a disk of this machine, or name a PostgreSQL database in BIOCARTO_STORE.",
        ),
    )
    SECOND_SERVER = (
        (
            "Un autre serveur BioCarto tient déjà ce fichier",
            "Un fichier SQLite sert un seul serveur : arrêtez l'autre, ou donnez une base PostgreSQL par BIOCARTO_STORE.",
        ),
        (
            "Another BioCarto server already holds this file",
            "A file of SQLite serves one server: stop the other one, or name a PostgreSQL database in BIOCARTO_STORE.",
        ),
    )
    NO_BACKUP = (
        ("Ce fichier n'est pas une sauvegarde de BioCarto", "Donnez un fichier écrit par `python -m biocarto desk backup`."),
        ("This file is no backup of BioCarto", "Name a file that `python -m biocarto desk backup` has written."),
    )
    DAMAGED_BACKUP = (
        ("Cette sauvegarde est endommagée : elle ne contient plus ce qui y a été écrit", "Prenez-en une autre."),
        ("This backup is damaged: it no longer holds what was written to it", "Take another one."),
    )
    NEWER_BACKUP = (
        ("Cette sauvegarde a été écrite par une version plus récente de BioCarto", "Mettez ce BioCarto à jour."),
        ("A newer version of BioCarto has written this backup", "Update this BioCarto."),
    )
    OTHER_FILE = (
        ("Il y a déjà là un fichier qui n'est pas une sauvegarde", "Donnez un autre nom à la sauvegarde."),
        ("There is a file already, which is no backup", "Give the backup another name."),
    )
    NOT_EMPTY = (
        (
            "Ce registre n'est pas vide : une sauvegarde le remplacerait",
            "Ajoutez `--replace` pour un fichier, ou donnez une base PostgreSQL vide.",
        ),
        ("This register is not empty: a backup would replace it", "Add `--replace` for a file, or name an empty PostgreSQL database."),
    )
    COPY_DIFFERS = (
        ("La copie relue n'est pas identique à l'original", "Recommencez ; si cela se répète, vérifiez le disque."),
        ("The copy, read again, differs from the original", "Try again; if it happens again, check the disk."),
    )
