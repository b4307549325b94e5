"""Numbers as people and spreadsheets write them: decimal commas, spaces between thousands, percent, powers of ten; never a unit guessed."""

from __future__ import annotations

import re
from decimal import Decimal

from biocarto.desk.intake.cell_outcome import CellOutcome, Texts, refuse, take, take_as
from biocarto.desk.intake.cell_texts import drop_nothing, says_nothing
from biocarto.register.schema import Field

_BLANKS = re.compile("[ \u00a0\u202f\u2009\u2007]")
_PLAIN = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_FRENCH = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[ \u00a0\u202f\u2009\u2007'’.][0-9]{3})+|[0-9]{1,30})(?:,[0-9]{1,30})?")
_ENGLISH = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,30})?")
_POWER = re.compile(r"[+-]?[0-9]{1,20}(?:[.,][0-9]{1,20})?[eE][+-]?[0-9]{1,2}")
_ZEROS = re.compile(r"[.,]0{1,30}$")
_ANY = re.compile(r"(?<![\w.,])[+-]?[0-9]+(?:[ \u00a0\u202f\u2009\u2007'’][0-9]{3})*(?:[.,][0-9]+)?(?![0-9]*[eE.,][-+]?[0-9])")
_UNIT = re.compile(r"(?P<scale>k|m|md|mrd|millions?|milliards?)\s*(?:€|eur|euros?|d'euros?)?\b", re.IGNORECASE)
_SCALES = {"k": 3, "m": 6, "md": 9, "mrd": 9, "million": 6, "millions": 6, "milliard": 9, "milliards": 9}
_ANGLE = re.compile(
    r"(?P<degrees>[0-9]{1,3})\s*°\s*(?:(?P<minutes>[0-9]{1,2})\s*['′’]\s*)?(?:(?P<seconds>[0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:\"|″|''|”)\s*)?"
    r"(?P<side>[NSEWO])?[a-zé]*",
    re.IGNORECASE,
)
_DECIMALS = 5
"""Decimals of a degree that a position has at most: one metre."""
MOST_DIGITS = 18
"""Digits before the decimal point that a number of the register may have."""

WHOLE: Texts = "un nombre entier en chiffres, sans unité (1200000)", "a whole number in digits, without a unit (1200000)"
DECIMAL: Texts = "un nombre en chiffres, sans unité (12,5)", "a number in digits, without a unit (12.5)"


def read_integer(text: str) -> CellOutcome:
    """A whole number; a part after the comma is refused unless it is zero."""
    if (short := _ZEROS.sub("", text)) and re.fullmatch(r"[+-]?[0-9]{1,18}", short):
        return take(str(int(short)))
    if re.fullmatch(r"[+-]?[0-9]{1,3}[.,][0-9]{3}", text):  # 1,234 is a thousand or one and a bit, as one counts
        return refuse(*WHOLE, re.sub("[.,]", "", text).lstrip("+"))
    outcome = _read(text, WHOLE)
    if not outcome.value:
        return outcome
    number = Decimal(outcome.value)
    return refuse(*WHOLE, f"{number:.0f}") if number != number.to_integral_value() else outcome._replace(value=str(int(number)))


def read_number(text: str) -> CellOutcome:
    """A number with a decimal point; its digits stay as they are."""
    if re.fullmatch(r"-?[0-9]{1,18}(?:[.,][0-9]{1,30})?", text):
        return take(text.replace(",", "."))
    return _read(text, DECIMAL)


def read_decimal(column: Field, text: str) -> CellOutcome:
    """The same for a column that may take fewer decimals than are given: then it is rounded, which is told."""
    outcome = read_number(text)
    if not outcome.value or column.find_broken_rule(outcome.value) is None:
        return outcome
    rounded = f"{Decimal(outcome.value):.{_DECIMALS}f}"
    if column.find_broken_rule(rounded) is not None:
        return outcome
    fr, en = f" : la colonne garde {_DECIMALS} décimales", f": the column keeps {_DECIMALS} decimals"
    return take_as(rounded, text, "decimals", fr, en)


def _read(text: str, expected: Texts) -> CellOutcome:
    if (number := _parse(text)) is not None:
        written = write_number(number)
        return take_as(written, text, "power") if _POWER.fullmatch(text) else take(written)
    if says_nothing(text):
        return drop_nothing(text)
    if text.endswith("%") and (share := _parse(text[:-1].strip(" \u00a0\u202f"))) is not None:
        return take_as(write_number(share), text, "percent")
    return refuse(*expected, _guess(text))


def _parse(text: str) -> Decimal | None:
    """The number that a text is and that the register can hold, else None."""
    if _PLAIN.fullmatch(text):
        bare = text
    elif _FRENCH.fullmatch(text):
        bare = re.sub(r"['’.]", "", _BLANKS.sub("", text)).replace(",", ".")
    elif _ENGLISH.fullmatch(text):
        bare = text.replace(",", "")
    elif _POWER.fullmatch(text):
        bare = text.replace(",", ".")
    else:
        return None
    number = Decimal(bare)
    return number if not number or -30 <= number.adjusted() < MOST_DIGITS else None


def write_number(number: Decimal) -> str:
    """Digits with a decimal point, without a power of ten, a sign of plus or zeros that say nothing."""
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in ("-0", "") else written


def _guess(text: str) -> str:
    """The number that stands in a text with words, or that an angle is in degrees; "" where there is none."""
    if (angle := _ANGLE.fullmatch(text)) is not None:
        return _write_angle(angle)
    found = _ANY.search(text)
    number = _parse(found[0]) if found else None
    if found is None or number is None:
        return ""
    scale = _UNIT.match(text[found.end() :].strip(" \u00a0\u202f").lower())
    scaled = number.scaleb(_SCALES[scale["scale"].lower()]) if scale else number
    return write_number(scaled) if not scaled or scaled.adjusted() < MOST_DIGITS else ""


def _write_angle(angle: re.Match[str]) -> str:
    minutes, seconds = Decimal(angle["minutes"] or 0), Decimal((angle["seconds"] or "0").replace(",", "."))
    degrees = Decimal(angle["degrees"]) + minutes / 60 + seconds / 3600
    sign = "-" if (angle["side"] or "").upper() in ("S", "W", "O") else ""
    return sign + write_number(degrees.quantize(Decimal("0.00001")))
