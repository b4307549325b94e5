"""Addresses of mail and names of people: what is accepted, and when two of them are the same."""

from __future__ import annotations

import re
import unicodedata

from biocarto.desk.desk_error import DeskError
from biocarto.errors import quote_value

LONGEST_MAIL, LONGEST_NAME = 254, 80
_MAIL = re.compile(r"[a-z0-9][a-z0-9._%+'-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")


def fold_mail(text: str) -> str:
    """An address of mail as the store has it, in lower case; raises DeskError for what is none.

    Letters outside of ASCII are refused before anything is folded: `K` (the sign of kelvin) would become a `k`.
    """
    given = text[: LONGEST_MAIL + 80].strip(" ")
    folded = given.lower() if given.isascii() else ""
    if len(folded) > LONGEST_MAIL or not _MAIL.fullmatch(folded):
        raise DeskError(
            f"« {quote_value(text)} » n'est pas une adresse de messagerie. Rien n'a été modifié. Donnez une seule adresse, comme "
            "prenom.nom@pole.example.",
            f"“{quote_value(text)}” is no address of mail. Nothing was changed. Give a single address, like first.last@cluster.example.",
        )
    return folded


def clean_name(text: str) -> str:
    """A name as people read it, in one line, or nothing; raises DeskError for marks that are not seen, and for markup."""
    name = re.sub(" +", " ", unicodedata.normalize("NFC", text[: LONGEST_NAME * 8])).strip(" ")
    unseen = any(unicodedata.category(sign)[0] in {"C", "Z"} and sign != " " for sign in name)
    if len(name) > LONGEST_NAME or unseen or set(name) & set("<>"):
        raise DeskError(
            f"Ce nom n'est pas accepté. Rien n'a été modifié. Donnez un nom d'une ligne, de {LONGEST_NAME} caractères au plus, sans « < » "
            "ni « > ».",
            f"This name is not accepted. Nothing was changed. Give a name of one line, {LONGEST_NAME} characters at most, without “<” "
            "and “>”.",
        )
    return name
