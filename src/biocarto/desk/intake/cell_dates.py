"""Dates as people and spreadsheets write them, as precise as they are: a year, a month or a day; and years of columns that take no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from biocarto.desk.intake.cell_outcome import CellOutcome, CellReader, Texts, refuse, take, take_as
from biocarto.desk.intake.cell_texts import drop_nothing, loosen_spaces, says_nothing
from biocarto.names import strip_accents
from biocarto.register.value_rules import is_date

_MONTHS = {
    **{name: number for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march", "avril avr april apr", "mai may",
            "juin jun june", "juillet juil july jul", "aout aou august aug", "septembre sept sep september",
            "octobre oct october", "novembre nov november", "decembre dec december",
        ), start=1) for name in names.split()},
}  # fmt: skip
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ]\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:z|[+-]\d{2}:?\d{2})?)?", re.ASCII
)
_FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[t ,]+\d{1,2}[:h]\d{2}(?::\d{2})?)?", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII)
_SHORT_MONTH = re.compile(r"(\d{1,2})/(\d{2})", re.ASCII)
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)? ?[-/ ]? ?)?([a-z]{3,9})\.?(?: (\d{1,2})(?:st|nd|rd|th)?(?:,|(?= )))? ?[-/ ]? ?(\d{4}|\d{2})", re.ASCII
)
_LEADING = re.compile(
    r"^(?:(?:depuis|des|en|le|au|du|since|in|on|as of|from|a partir de|fin|debut|mi|cree|creee|creation|fondee?|date|annee|year)\b[ :-]*)+"
)
_WEEKDAY = re.compile(r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? ")
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,][0-9]{1,15})?")
_YEAR = re.compile(r"([0-9]{4})(?:[.,]0+)?")
_TWO_DIGITS = re.compile(r"'?([0-9]{2})(?:[.,]0+)?")
_ANY_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2}|2100)(?!\d)")

_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of the count of days that spreadsheets have since 1900; 29 February 1900, which they count, comes before every day read here."""
_LATER_SYSTEM = 1462
"""Days that the count since 1904 lags behind."""
_SERIALS = range(10_000, 73_051)
"""Numbers of days taken for dates: from May 1927 to 2099. Smaller ones are years or counts."""
_DATE_OF_NOTHING = frozenset({"1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01"})
_DISGUISED_YEARS = range(1950, 2101)

DATE: Texts = "une date : 2021, 2021-06 ou 08/06/2021", "a date: 2021, 2021-06 or 2021-06-08"
YEAR: Texts = "une année de quatre chiffres (2021)", "a year of four digits (2021)"
_CENTURY: Texts = " ; les deux premiers chiffres de l'année manquent", "; the first two digits of the year are missing"


def build_day_reader(today: str, *, is_page: bool) -> CellReader:
    """A reader of dates; those of pages cannot lie after `today` (2026-11-28)."""
    return _bind(read_date, today, is_page)


def build_year_reader(today: str, *, is_page: bool) -> CellReader:
    """A reader of years."""
    return _bind(read_year, today, is_page)


def _bind(read: Callable[[str], CellOutcome], today: str, is_page: bool) -> CellReader:
    def read_until_today(text: str) -> CellOutcome:
        outcome = read(text)
        if is_page and outcome.value and outcome.value[: len(today)] > today[: len(outcome.value)]:
            return refuse(f"une date jusqu'à aujourd'hui ({today})", f"a date up to today ({today})")
        return outcome

    return read_until_today


def read_year(text: str) -> CellOutcome:
    """A year: written so, or that of a date, which is told."""
    if _YEAR.fullmatch(loose := re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text)):
        return take(loose[:4])
    outcome = read_date(text)
    if outcome.expected is not None:
        fr, en = outcome.expected
        return refuse(fr.replace(DATE[0], YEAR[0]), en.replace(DATE[1], YEAR[1]), outcome.nearest[:4])
    if len(outcome.value) <= 4:
        return outcome
    return take_as(outcome.value[:4], text, "year", " : la colonne ne garde que l'année", ": the column keeps the year only")


def read_date(text: str) -> CellOutcome:
    """A date of the register (2021, 2021-06, 2021-06-08); what is half a date is refused with the nearest whole one."""
    if len(text) == 10 and text[4] == "-" and is_date(text) and text[:2] in ("20", "21"):
        return take(text)
    if says_nothing(text):
        return drop_nothing(text)
    plain = _WEEKDAY.sub("", strip_accents(loosen_spaces(text))).strip(" .")
    plain = _LEADING.sub("", plain, count=1).strip(" .")
    if serial := _SERIAL.fullmatch(plain):
        return _read_serial(text, int(serial[1]))
    if short := _find_short(plain):
        return refuse(DATE[0] + _CENTURY[0], DATE[1] + _CENTURY[1], short)
    found = _find_written(plain)
    if not found:
        return refuse(*DATE, _guess(plain))
    return _judge(found)


def _judge(found: str) -> CellOutcome:
    """A date that was written, unless it is what a spreadsheet makes of nothing, or of a bare year."""
    if found in _DATE_OF_NOTHING:
        return refuse(
            f"une date ; {found} est celle d'une cellule vide mise en forme de date",
            f"a date; {found} is that of an empty cell with the format of a date",
        )
    if not is_date(found):
        return refuse("une date qui existe, de 1000 à 2100", "a date that exists, from 1000 to 2100", _guess_day(found))
    if len(found) == 10 and found[:4] == "1905":
        year = (date.fromisoformat(found) - _DAY_ZERO).days
        if year in _DISGUISED_YEARS:
            return refuse(
                f"une date ; {found} est l'année {year} mise en forme de date par le tableur",
                f"a date; {found} is the year {year} that the spreadsheet has given the format of a date",
                str(year),
            )
    return take(found)


def _read_serial(text: str, number: int) -> CellOutcome:
    """The day that a spreadsheet counts so, since 1900; what it would be since 1904 is told."""
    if number not in _SERIALS:
        return refuse(*DATE)
    day, later = _DAY_ZERO + timedelta(days=number), _DAY_ZERO + timedelta(days=number + _LATER_SYSTEM)
    fr = f", le jour que le tableur compte ainsi depuis 1900 (ce serait {later.isoformat()} dans un classeur qui compte depuis 1904)"
    en = f", the day that the spreadsheet counts so since 1900 (it would be {later.isoformat()} in a workbook that counts since 1904)"
    return take_as(day.isoformat(), text, "serial", fr, en)


def _find_written(plain: str) -> str:
    """A date in the register's form, whether or not its calendar has it; "" where none is written."""
    if year := _YEAR.fullmatch(plain):
        return year[1]
    if iso := _ISO.fullmatch(plain):
        return _join(iso[1], iso[2], iso[3])
    if french := _FRENCH.fullmatch(plain):
        return _join(french[3], french[2], french[1])
    if month := _MONTH.fullmatch(plain):
        return _join(month[2], month[1], None)
    words = _WORDS.fullmatch(plain)
    if words and words[2] in _MONTHS and len(words[4]) == 4:
        return _join(words[4], str(_MONTHS[words[2]]), words[1] or words[3])
    return ""


def _find_short(plain: str) -> str:
    """What a date with two digits of a year would be in full; "" where it has four, or none."""
    if short := _SHORT.fullmatch(plain):
        return _keep(_join(_complete(short[3]), short[2], short[1]))
    if month := _SHORT_MONTH.fullmatch(plain):
        return _keep(_join(_complete(month[2]), month[1], None))
    if year := _TWO_DIGITS.fullmatch(plain):
        return _complete(year[1])
    words = _WORDS.fullmatch(plain)
    if words and words[2] in _MONTHS and len(words[4]) == 2:
        return _keep(_join(_complete(words[4]), str(_MONTHS[words[2]]), words[1] or words[3]))
    return ""


def _complete(two: str) -> str:
    """A year of two digits as spreadsheets complete it: 00 to 29 are of this century."""
    return ("20" if two < "30" else "19") + two


def _join(year: str, month: str, day: str | None) -> str:
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _keep(found: str) -> str:
    return found if is_date(found) else ""


def _guess_day(found: str) -> str:
    """Month and day the other way round where that is a day, else the month, else the year."""
    swapped = f"{found[:4]}-{found[8:]}-{found[5:7]}" if len(found) == 10 else ""
    return next((text for text in (swapped, found[:7], found[:4]) if text and is_date(text)), "")


def _guess(plain: str) -> str:
    """The year that stands in a text; "" where there is none, or several."""
    years = dict.fromkeys(_ANY_YEAR.findall(plain))
    return next(iter(years)) if len(years) == 1 else ""
