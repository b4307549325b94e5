"""Official numbers and ids of rows: what a spreadsheet has done to them is undone where their own key proves it, else refused."""

from __future__ import annotations

import re
from decimal import Decimal

from biocarto.desk.intake.cell_outcome import CellOutcome, refuse, take, take_as
from biocarto.desk.intake.cell_texts import drop_nothing, loosen_spaces, says_nothing
from biocarto.names import fold
from biocarto.register.keys import is_rnsr, is_siren, is_siret
from biocarto.register.schema import Field

_SIGNS = re.compile(r"[\s.\-\u2010-\u2015'’_/]")
_POWER = re.compile(r"([0-9])[.,]([0-9]+)E\+?([0-9]{2})", re.IGNORECASE)
_ROUNDED = re.compile(r"[0-9],?[0-9]+E\+?[0-9]{2}")
"""What is left of such a number without its signs."""
_DECIMALS = re.compile(r"[.,]0{1,6}")
_VAT = re.compile(r"FR[0-9A-Z]{2}([0-9]{9})")
_PREFIX = re.compile(r"(?:siret|siren|rnsr|n°|no)\s*[:.]?\s*", re.IGNORECASE)
_LOST = (
    "la mise en forme du tableur a effacé des chiffres : donnez à la colonne le format Texte, puis ressaisissez-les",
    "the format of the spreadsheet has erased digits: give the column the format Text, then type them again",
)


def read_siret(text: str) -> CellOutcome:
    """The fourteen digits of an establishment."""
    return _read_number(text, "SIRET", 14)


def read_siren(text: str) -> CellOutcome:
    """The nine digits of a company; of a whole SIRET the first nine, which is told."""
    return _read_number(text, "SIREN", 9)


def _read_number(text: str, name: str, length: int) -> CellOutcome:
    if says_nothing(text):
        return drop_nothing(text)
    digits = _SIGNS.sub("", _PREFIX.sub("", _expand(text))).upper()
    is_right = is_siret if length == 14 else is_siren
    if re.fullmatch(f"[0-9]{{{length}}}", digits) and is_right(digits):
        return take(digits)
    if name == "SIREN" and re.fullmatch("[0-9]{14}", digits) and is_siret(digits):
        return take_as(digits[:9], text, "siret", ", les neuf premiers chiffres de ce SIRET", ", the first nine digits of this SIRET")
    filled = digits.zfill(length)
    if re.fullmatch(f"[0-9]{{{length - 3},{length - 1}}}", digits) and is_right(filled):
        return take_as(filled, text, "zero", " : le tableur avait effacé le zéro du début", ": the spreadsheet had erased the leading zero")
    return _refuse_number(digits, name, length)


def _refuse_number(digits: str, name: str, length: int) -> CellOutcome:
    fr, en = f"un {name} de {length} chiffres", f"a {name} of {length} digits"
    if _ROUNDED.fullmatch(digits):
        return refuse(f"{fr} ; {_LOST[0]}", f"{en}; {_LOST[1]}")
    if re.fullmatch(f"[0-9]{{{length}}}", digits):
        return refuse(f"un {name} dont la clé est juste", f"a {name} whose key is right")
    if name == "SIRET" and re.fullmatch("[0-9]{9}", digits) and is_siren(digits):
        return refuse(f"{fr} ; {digits} est un SIREN (9 chiffres)", f"{en}; {digits} is a SIREN (9 digits)")
    if name == "SIREN" and (vat := _VAT.fullmatch(digits)) and is_siren(vat[1]):
        return refuse(f"{fr}, non un numéro de TVA", f"{en}, not a number of VAT", vat[1])
    if digits.isascii() and digits.isdigit():
        return refuse(f"{fr} ; il y en a {len(digits)}", f"{en}; there are {len(digits)}")
    return refuse(fr, en)


def _expand(text: str) -> str:
    """Digits that a spreadsheet wrote as a number: without its decimals, and without a power of ten that lost nothing."""
    if match := _POWER.fullmatch(text.replace(" ", "")):
        power = int(match[3])
        return str(int(Decimal(f"{match[1]}.{match[2]}").scaleb(power))) if len(match[2]) == power else text
    bare = _DECIMALS.split(text)
    return bare[0] if len(bare) == 2 and not bare[1] and bare[0].isdigit() else text


def read_rnsr(text: str) -> CellOutcome:
    """Nine digits and their key letter."""
    if says_nothing(text):
        return drop_nothing(text)
    found = _SIGNS.sub("", _PREFIX.sub("", text)).upper()
    if re.fullmatch("[0-9]{9}[A-Z]", found):
        return take(found) if is_rnsr(found) else refuse("un RNSR dont la lettre clé est juste", "an RNSR whose key letter is right")
    if re.fullmatch("[0-9]{8}[A-Z]", found) and is_rnsr(f"0{found}"):
        return take_as(
            f"0{found}", text, "zero", " : le tableur avait effacé le zéro du début", ": the spreadsheet had erased the leading zero"
        )
    return refuse("9 chiffres et une lettre (199712345A)", "9 digits and a letter (199712345A)")


def read_id(column: Field, text: str) -> CellOutcome:
    """The id of a row as it is written; what is none is refused with the id that its words would make."""
    if column.find_broken_rule(text) is None:
        return take(text)
    if says_nothing(text):
        return drop_nothing(text)
    rule = column.find_broken_rule(loosen_spaces(text))
    words = fold(text)
    made = next((made for sign in "-_" if words and column.find_broken_rule(made := words.replace(" ", sign)) is None), "")
    return refuse(*((rule.expected_fr, rule.expected_en) if rule else ("", "")), made) if rule else take(loosen_spaces(text))
