"""Official identifiers, checked by their own key: SIREN and SIRET of INSEE, RNSR of the ministry of research."""

from __future__ import annotations

import re

_RNSR = re.compile(r"([0-9]{9})([A-Z])")
_RNSR_KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""The key is the remainder of the number by 23, as a letter; I, O and Q are not used."""

_LA_POSTE = "356000000"


def _has_luhn_key(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number if number < 10 else number - 9 for number in doubled) % 10 == 0


def is_siren(text: str) -> bool:
    """Nine digits, not all zero, with a right Luhn key; an empty text is no number and passes."""
    return text == "" or (re.fullmatch("[0-9]{9}", text) is not None and int(text) > 0 and _has_luhn_key(text))


def is_siret(text: str) -> bool:
    """Fourteen digits with a right Luhn key; the establishments of La Poste add up to a multiple of five instead."""
    if text == "":
        return True
    if not re.fullmatch("[0-9]{14}", text) or not int(text[:9]):
        return False
    return _has_luhn_key(text) or (text.startswith(_LA_POSTE) and sum(map(int, text)) % 5 == 0)


def is_rnsr(text: str) -> bool:
    """Nine digits and their key letter; an empty text passes."""
    found = _RNSR.fullmatch(text)
    return text == "" or (found is not None and _RNSR_KEYS[int(found[1]) % 23] == found[2])
