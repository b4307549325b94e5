"""What goes wrong with the file of needs, in words: what happened, what is unharmed, what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from biocarto.errors import AppError


class NeedsError(AppError):
    """A need that cannot be stored, or needs that cannot be read; what was stored before is as it was.

    `aside` says the same to a visitor, who can neither free a disk nor wants to know where its files are; it is the error itself
    where one message serves both.
    """

    def __init__(self, fr: str, en: str, aside: tuple[str, str] | None = None) -> None:
        super().__init__(fr, en)
        self.aside = AppError(*aside) if aside else self


class Act(Enum):
    """What was tried: what has become of it, in both languages."""

    STORE = "Ce besoin n'est pas enregistré, rien d'autre n'a été changé.", "This need is not stored, nothing else was changed."
    READ = "Les besoins ne peuvent pas être lus, rien n'a été changé.", "The needs cannot be read, nothing was changed."
    CHANGE = "Les besoins sont tels qu'avant.", "The needs are as they were."


@dataclass(frozen=True)
class _Trouble:
    """What happened, then what to do, in both languages."""

    fr: tuple[str, str]
    en: tuple[str, str]


FULL = _Trouble(
    ("Le disque est plein ou ne répond pas", "Libérez de la place, puis recommencez ; d'ici là, notez les besoins sur papier."),
    ("The disk is full or does not answer", "Free some space, then try again; until then, note the needs down on paper."),
)
CLOSED = _Trouble(
    (
        "Le fichier des besoins ne peut pas être ouvert en écriture",
        "Vérifiez les droits de son dossier, ou donnez un autre fichier par BIOCARTO_NEEDS.",
    ),
    ("The file of needs cannot be opened for writing", "Check the rights of its folder, or name another file in BIOCARTO_NEEDS."),
)
BUSY = _Trouble(
    ("Un autre programme occupe le fichier des besoins", "Fermez ce programme ou attendez un instant, puis recommencez."),
    ("Another program keeps the file of needs busy", "Close that program or wait a moment, then try again."),
)
DAMAGED = _Trouble(
    ("Le fichier des besoins est endommagé", "Déplacez-le avec ses voisins -wal et -shm pour les garder : un fichier neuf sera créé."),
    ("The file of needs is damaged", "Move it away with its neighbours -wal and -shm, to keep them: a new file will be made."),
)
FOREIGN = _Trouble(
    (
        "Le fichier des besoins vient d'un autre programme ou d'une version plus récente",
        "Donnez un autre fichier par BIOCARTO_NEEDS, ou mettez BioCarto à jour.",
    ),
    ("The file of needs comes from another program or a newer version", "Name another file in BIOCARTO_NEEDS, or update BioCarto."),
)

MANY = _Trouble(
    (
        "Le fichier des besoins est plein",
        "Exportez les besoins, puis effacez ceux qui ne servent plus, ou donnez un autre fichier par BIOCARTO_NEEDS.",
    ),
    (
        "The file of needs is full",
        "Export the needs, then erase those of no more use, or name another file in BIOCARTO_NEEDS.",
    ),
)

_TROUBLES = {
    sqlite3.SQLITE_IOERR_LOCK: CLOSED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: FULL,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
}
"""Result code of SQLite, else its primary one -> what to say; any other is a damaged file. A read-only disk cannot be locked."""

_PRIMARY = 0xFF
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def build_error(trouble: _Trouble, path: Path, act: Act) -> NeedsError:
    """The trouble with a file, and what was tried with it."""
    fr, en = act.value
    aside = (f"{fr} Dites-le à l'équipe du stand, qui peut y remédier.", f"{en} Please tell the staff of the booth, who can put it right.")
    return NeedsError(f"{trouble.fr[0]} ({path}). {fr} {trouble.fr[1]}", f"{trouble.en[0]} ({path}). {en} {trouble.en[1]}", aside)


@contextmanager
def translate_errors(path: Path, act: Act) -> Iterator[None]:
    """Turn errors of the disk and of SQLite into a NeedsError; wrong use of SQLite stays a bug."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except (sqlite3.Error, UnicodeDecodeError) as found:  # the second where SQLite quotes damaged bytes
        code = getattr(found, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        raise build_error(_TROUBLES.get(code) or _TROUBLES.get(code & _PRIMARY, DAMAGED), path, act) from found
    except OSError as found:
        raise build_error(FULL if found.errno in _NO_SPACE else CLOSED, path, act) from found
