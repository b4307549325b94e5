"""Two full languages: French is the source text, English comes from the gettext catalogue in `locales/`.

The `.po` file is compiled in memory, once per process: no build step, and nothing to forget after an edit.
"""

from __future__ import annotations

import gettext
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from biocarto import caches
from biocarto.errors import DataError
from biocarto.rows import Row

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("fr", "en")
DEFAULT = "fr"


def find_catalogue_path(lang: str) -> Path:
    """Where the messages of one language are kept."""
    return LOCALES / lang / "LC_MESSAGES" / "biocarto.po"


_SPACES = ((re.compile(r" (?=[;!?»%])|(?<=«) |(?<=\d) (?=\d{3}\b)"), "\u202f"), (re.compile(r" (?=:)|(?<=n°) "), "\u00a0"))


@lru_cache(maxsize=caches.WORDS)
def typeset_french(french: str) -> str:
    """French text with the no-break spaces that its typography asks for: « ainsi », 3 000, 48 %, deux points."""
    for pattern, space in _SPACES:
        french = pattern.sub(space, french)
    return french


class _French(gettext.NullTranslations):
    """The source texts themselves, typeset."""

    def gettext(self, message: str) -> str:
        return typeset_french(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return typeset_french(msgid1 if abs(n) < 2 else msgid2)


@lru_cache(maxsize=caches.LANGUAGES)
def load_translations(lang: str) -> gettext.NullTranslations:
    """The messages of one language; French needs no catalogue. Raises DataError when the file is unreadable."""
    if lang == DEFAULT:
        return _French()
    path = find_catalogue_path(lang)
    try:
        with path.open("rb") as source:
            messages = read_po(source, locale=lang)
    except (OSError, ValueError) as error:
        raise DataError(f"Traductions illisibles : {path.name} ({error}).", f"Unreadable translations: {path.name} ({error}).") from error
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=caches.WORDS)
def format_number(value: float, lang: str, digits: int = 0) -> str:
    """A number as people write it: 3 000 or 3,000; `digits` decimals at most."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(value, format=pattern, locale="fr_FR" if lang == "fr" else "en_GB")


def choose_plural(n: float, one: str, many: str, lang: str) -> str:
    """The form of a French text that goes with a number: French takes the singular below two, English for one alone."""
    return load_translations(lang).ngettext(one, many, int(n))


def write_count(n: int, one: str, many: str, lang: str, **fields: object) -> str:
    """A text that holds a number, `{n}`, in the form that goes with it; `fields` are its other placeholders."""
    return choose_plural(n, one, many, lang).format(n=format_number(n, lang), **fields)


def format_percent(value: float, lang: str, digits: int = 0) -> str:
    """A share in percent points: 48 % (narrow no-break space) or 48%."""
    return f"{format_number(value, lang, digits)}\u202f%" if lang == "fr" else f"{format_number(value, lang, digits)}%"


_MONTH, _DAY = "2021-05", "2021-05-17"


def format_day(text: str, lang: str) -> str:
    """A date as people write it: 1er octobre 2021, mai 2021; a year or anything else stays as the source gives it."""
    pattern = {len(_MONTH): "LLLL y", len(_DAY): "d MMMM y"}.get(len(text), "")
    return (_format_date(text, pattern, lang) or text) if pattern else text


@lru_cache(maxsize=caches.WORDS)
def _format_date(text: str, pattern: str, lang: str) -> str:
    """A day or a month by a pattern of CLDR, or "" if there is no such day; the first of a month is an ordinal in French."""
    try:
        found = date.fromisoformat(f"{text}{'-01' if len(text) == len(_MONTH) else ''}")
    except ValueError:
        return ""
    first = lang == "fr" and found.day == 1
    return str(format_date(found, re.sub(r"\bd\b", "d'er'", pattern) if first else pattern, locale="fr_FR" if lang == "fr" else "en_GB"))


_CLOCKS = {"fr": "d MMM y, H'\u00a0h\u00a0'mm", "en": "d MMM y, HH:mm"}


def format_moment(moment: datetime, lang: str) -> str:
    """A day and a time by the clocks of the moment's own zone: 23 nov. 2026, 15 h 05; 23 Nov 2026, 15:05."""
    return str(format_datetime(moment.replace(tzinfo=None), _CLOCKS[lang], locale="fr_FR" if lang == "fr" else "en_GB"))


def format_days(start: str, end: str, lang: str) -> str:
    """From one date to another, saying once what both share: du 17 au 18 juin 2021, 17–18 June 2021; one date where `end` is empty."""
    if not end or start == end:
        return format_day(start, lang)
    whole = len(start) == len(end) == len(_DAY)
    shared = "d" if whole and start[:7] == end[:7] else "d MMMM" if whole and start[:4] == end[:4] else ""
    first, last = (_format_date(start, shared, lang) if shared else "") or format_day(start, lang), format_day(end, lang)
    if lang == "fr":
        return f"du {first} au {last}" if whole else f"de {first} à {last}"
    return f"{first}–{last}" if shared == "d" else f"{first} – {last}"


_MONEY = {"M€": "million", "Md€": "billion"}


def is_money(unit_fr: str) -> bool:
    """Whether a unit of the tables is one of `format_amount`."""
    return unit_fr in _MONEY


def format_amount(value: float, unit_fr: str, lang: str) -> str:
    """Euros as people write them, from a number of M€ or Md€: 7,5 Md€, or €7.5 billion."""
    written = format_number(value, lang, 3)
    return f"{written} {unit_fr}" if lang == "fr" else f"€{written} {_MONEY[unit_fr]}"


def localise(row: Row, column: str, lang: str) -> str:
    """The text of `<column>_fr` or `<column>_en`; French where the English is empty."""
    texts = {code: str(row[f"{column}_{code}"]) for code in LANGUAGES}
    return texts[lang] if texts[lang] and lang != DEFAULT else typeset_french(texts[DEFAULT])


@dataclass(frozen=True)
class Locale:
    """One language with all that depends on it: called with a French text, it gives the text in its language.

    A text without translation stays French. Everything else writes numbers, dates and cells as the functions of this module do.
    """

    language: str

    def __call__(self, french: str) -> str:
        """The text in this language."""
        return load_translations(self.language).gettext(french)

    def number(self, value: float, digits: int = 0) -> str:
        """A number: 3 000 or 3,000; `digits` decimals at most."""
        return format_number(value, self.language, digits)

    def percent(self, value: float, digits: int = 0) -> str:
        """A share in percent points: 48 % or 48%."""
        return format_percent(value, self.language, digits)

    def amount(self, value: float, unit_fr: str) -> str:
        """Euros from a number of M€ or Md€: 7,5 Md€, or €7.5 billion."""
        return format_amount(value, unit_fr, self.language)

    def day(self, text: str) -> str:
        """A date: 1er octobre 2021, mai 2021; anything else stays as the source gives it."""
        return format_day(text, self.language)

    def edition(self, name: str) -> str:
        """The name of an edition as people say it: 28 novembre 2026, or 28 novembre 2026 (édition n° 2 du jour)."""
        day, _, count = name.partition(".")
        t = self
        told = t("{day} (édition n° {count} du jour)") if count else "{day}"
        return told.format(day=self.day(day), count=count)

    def days(self, start: str, end: str) -> str:
        """From one date to another, saying once what both share."""
        return format_days(start, end, self.language)

    def moment(self, moment: datetime) -> str:
        """A day and a time by the clocks of the moment's own zone."""
        return format_moment(moment, self.language)

    def plural(self, n: float, one: str, many: str) -> str:
        """The form of a French text that goes with a number, in this language."""
        return choose_plural(n, one, many, self.language)

    def write_count(self, n: int, one: str, many: str, **fields: object) -> str:
        """A text that holds a number, `{n}`, in the form that goes with it."""
        return write_count(n, one, many, self.language, **fields)

    def read_cell(self, row: Row, column: str) -> str:
        """The text of `<column>_fr` or `<column>_en`; French where the English is empty."""
        return localise(row, column, self.language)

    @property
    def colon(self) -> str:
        """Before what explains: French parts the two points from the word."""
        return "\u00a0: " if self.language == DEFAULT else ": "
