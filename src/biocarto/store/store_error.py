"""What goes wrong with the store, in words: what happened, what is unharmed, what to do."""

from __future__ import annotations

from enum import Enum

from biocarto.errors import AppError


class StoreError(AppError):
    """The store cannot be read or written; what was acknowledged before is as it was."""

    def __init__(self, trouble: StoreTrouble, named: str) -> None:
        (fr, to_do), (en, to_do_en) = trouble.value
        super().__init__(
            f"{fr} ({named}). Rien n'a été modifié, et les pages montrent toujours la dernière édition. {to_do}",
            f"{en} ({named}). Nothing was changed, and the pages still show the last edition. {to_do_en}",
        )
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
        ("Le fichier du registre est endommagé", "Gardez-en une copie, puis rendez une sauvegarde par `python -m biocarto desk restore`."),
        ("The file of the register is damaged", "Keep a copy of it, then bring a backup back with `python -m biocarto desk restore`."),
    )
    FOREIGN = (
        ("Ce fichier ou cette base n'est pas un registre de BioCarto", "Donnez un autre emplacement par BIOCARTO_STORE."),
        ("This file or database is no register of BioCarto", "Name another place in BIOCARTO_STORE."),
    )
    NEWER = (
        ("Ce registre a été écrit par une version plus récente de BioCarto", "Mettez ce BioCarto à jour."),
        ("A newer version of BioCarto has written this register", "Update this BioCarto."),
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
        ("Cette base est trop ancienne ou n'a pas PostGIS", "Il faut PostgreSQL 15 ou plus récent, avec l'extension PostGIS."),
        ("This database is too old or has no PostGIS", "PostgreSQL 15 or newer is needed, with the PostGIS extension."),
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
