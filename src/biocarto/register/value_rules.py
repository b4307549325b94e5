"""What cells of several tables must be, in each table that has such a column: days, years, countries, counts, shares of a whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import pandas as pd
from babel import Locale

from biocarto.clock import read_today
from biocarto.errors import Issue, quote_value
from biocarto.names import fold
from biocarto.register.delimited import Sheet
from biocarto.register.schema import NUMBER, Resource
from biocarto.register.sheets import holds_days

_NOT_ISO = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
"""Codes of Unicode's list that ISO 3166-1 does not assign; XK (Kosovo) stays, as the layer of countries has it."""

_OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""What the European institutions write -> ISO 3166-1."""

_YEAR_OF_PAGE = ("as_of", "members_as_of")
_STATED_IN_FIGURES = "figures", "regional_figures"
"""A published figure may be a target: its year may lie ahead."""

_EARLIER: tuple[tuple[str, str, str], ...] = (
    ("actors", "founded", "as_of"),
    ("clusters", "founded", "members_as_of"),
    ("evidence", "valid_from", "as_of"),
)
"""Table, a year, and the year of the page that tells it: the second cannot come first."""

_NAMES = ("name", "organisation", "company", "owner", "member_name", "name_fr", "name_en")
"""Columns that people search by name: a name without a Latin letter or a digit would be found by none."""

PARTS = ("idf_part_biotherapies", "idf_part_bioproduction", "idf_part_techproviders")
"""Shares of one whole, printed side by side."""

_TRANSCRIBED = (
    "La recherche ne lit que l'alphabet latin : ajoutez la transcription, comme « Альфа (Alfa) ».",
    "The search reads the Latin alphabet only: add the transcription, like “Альфа (Alfa)”.",
)
_LATIN = re.compile("[A-Za-z0-9]")
_RETYPED = (
    "Une copie a apporté un caractère que l'œil ne distingue pas : retapez le nom au clavier.",
    "A copy brought a character that the eye cannot tell apart: type the name again.",
)
_REAL_DAY = "un jour qui existe, de 1000 à 2100", "a day that exists, from 1000 to 2100"
_LOOKALIKE = re.compile("[\u0400-\u052fΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]")
"""Letters of other alphabets that read as Latin ones: all of Cyrillic, of Greek the capitals; α and β are written on purpose."""

_OUT_OF = re.compile(r"sur ([0-9]+)\b")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_YEARS = range(1000, 2101)
"""Years of published dates: what lies outside is a slip of the hand, and calendar files cannot hold it."""

_SHARE = re.compile(r"\bparts?\b", re.IGNORECASE)


def find_issues(resource: Resource, sheet: Sheet) -> Iterator[Issue]:
    """Cells that are well formed and wrong; cells that break their own column's rules are left to those."""
    for rule in (_unsearchable, _find_disguised, _absent_days, _pages_ahead, _before_foundation, _countries, _values):
        yield from rule(resource, sheet.frame)
    if resource.name == "figures" and not sheet.issues:
        yield from _sums(resource, sheet.frame)


def _report_cells(resource: Resource, column: str, cells: pd.Series, fr: str, en: str) -> Iterator[Issue]:
    for line, found in zip(cells.index, cells, strict=True):
        yield Issue(resource.path, int(line), column, quote_value(found), fr, en)


def _good(resource: Resource, frame: pd.DataFrame, column: str, suspect: Callable[[str], bool] = bool) -> pd.Series:
    """The cells of a column that are suspect (all that hold something) and break no rule of their own: asked of the suspects only."""
    cells = frame[column]
    cells = cells[[bool(cell) and suspect(cell) for cell in cells.tolist()]]
    return cells[resource.fields[column].mark_good(cells)]


def _unsearchable(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    for name in (name for name in _NAMES if name in resource.fields and name in frame):
        bare = _good(resource, frame, name, lambda cell: not _LATIN.search(cell) and not fold(cell))
        for line, found in zip(bare.index, bare, strict=True):
            fr, en = "un nom qui a des lettres latines ou des chiffres", "a name that has Latin letters or digits"
            yield Issue(resource.path, int(line), name, quote_value(found), fr, en, *_TRANSCRIBED)


def _is_disguised(name: str) -> bool:
    """True where a character is invisible, or a word mixes Latin letters with Cyrillic or Greek ones that look like them."""
    if name.isascii():
        return False
    if any(unicodedata.category(character) == "Cf" for character in name):
        return True
    words = re.findall(r"[^\W\d_]+", name)
    return any(_LOOKALIKE.search(word) and re.search("[A-Za-z]", word) for word in words)


def _find_disguised(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """Names that read like another one and compare as different: both would be counted."""
    for name in (name for name in _NAMES if name in resource.fields and name in frame):
        wrong = _good(resource, frame, name, _is_disguised)
        for line, found in zip(wrong.index, wrong, strict=True):
            fr = "un nom sans caractère invisible, dont chaque mot est d'un seul alphabet"
            en = "a name without invisible characters, each word of one alphabet"
            yield Issue(resource.path, int(line), name, quote_value(found), fr, en, *_RETYPED)


def is_date(cell: str) -> bool:
    """True for a year, a month or a day (2021, 2021-06, 2021-06-08) that a calendar has; 30 February is none."""
    if not _DATE.fullmatch(cell):
        return False
    try:
        return date.fromisoformat(cell + "-01-01"[: len("2021-06-08") - len(cell)]).year in _YEARS
    except ValueError:
        return False


def _absent_days(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    for name, field in resource.fields.items():
        if name in frame and holds_days(field):
            yield from _report_cells(resource, name, _good(resource, frame, name, lambda cell: not is_date(cell)), *_REAL_DAY)


def _years(cells: pd.Series) -> pd.Series:
    """The years of good dates."""
    return cells.str[:4].astype(int)


def _pages_ahead(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """A page that is dated after today."""
    if resource.name in _STATED_IN_FIGURES:
        return
    today = read_today().year
    for name in (name for name in _YEAR_OF_PAGE if name in frame):
        cells = _good(resource, frame, name)
        yield from _report_cells(resource, name, cells[_years(cells) > today], f"une année jusqu'à {today}", f"a year up to {today}")


def _before_foundation(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """Something told by a page that is older than it."""
    for table, earlier, later in _EARLIER:
        if table != resource.name or not {earlier, later} <= set(frame.columns):
            continue
        first, second = _good(resource, frame, earlier), _good(resource, frame, later)
        both = first.index.intersection(second.index)
        wrong = both[_years(first[both]) > _years(second[both])]
        for line, found, year in zip(wrong, first[wrong], second[wrong], strict=True):
            fr, en = f"une année jusqu'à celle de « {later} » ({year})", f"a year up to that of “{later}” ({year})"
            yield Issue(resource.path, int(line), earlier, quote_value(found), fr, en)


@cache
def list_country_codes() -> frozenset[str]:
    """The two letters of every country of ISO 3166-1."""
    return frozenset(filter(re.compile("[A-Z]{2}").fullmatch, map(str, Locale("en").territories))) - _NOT_ISO


def _countries(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    if "country" not in resource.fields or "country" not in frame:
        return
    cells = _good(resource, frame, "country")
    unknown = cells[~cells.isin(list_country_codes())]
    for line, code in zip(unknown.index, unknown, strict=True):
        iso = _OTHER_CODES.get(code, "")
        fr, en = f"« {iso} », le code ISO de ce pays", f"“{iso}”, the ISO code of this country"
        told = (fr, en) if iso else ("le code ISO 3166 d'un pays (FR, DE)", "the ISO 3166 code of a country (FR, DE)")
        yield Issue(resource.path, int(line), "country", quote_value(code), *told)
    yield from _french_communes(resource, frame, cells)


def _french_communes(resource: Resource, frame: pd.DataFrame, countries: pd.Series) -> Iterator[Issue]:
    """A commune of France in another country; the overseas territories have codes of their own."""
    if "commune_code" not in frame:
        return
    french = {"FR", "GP", "MQ", "GF", "RE", "YT"}
    abroad = countries[countries.isin(list_country_codes() - french)]
    for line, code, commune in zip(abroad.index, abroad, frame["commune_code"].reindex(abroad.index), strict=True):
        if commune:
            yield Issue(
                resource.path, int(line), "country", quote_value(code), f"FR, le pays de {commune}", f"FR, the country of {commune}"
            )


# --- numbers that are published --------------------------------------------------------------------------------------


def _range(unit: str, label: str) -> tuple[float, float, str, str]:
    """The least and the most of a published number, and how to say it."""
    if out_of := _OUT_OF.search(unit):
        most = int(out_of[1])
        return 0, most, f"un nombre de 0 à {most} (« {unit} »)", f"a number from 0 to {most} (“{unit}”)"
    if unit != "%":
        return 0, float("inf"), "un nombre qui n'est pas négatif", "a number that is not negative"
    if _SHARE.search(label):
        return 0, 100, "une part, de 0 à 100 %", "a share, from 0 to 100%"
    return -100, 10_000, "un pourcentage, au moins -100", "a percentage, at least -100"


def _values(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """Numbers out of the range that their unit gives them, and units that differ between the languages."""
    label = next((name for name in ("label_fr", "indicator_fr") if name in resource.fields), None)
    if label is None or not {"value", "unit_fr", "unit_en", label} <= set(frame.columns):
        return
    for line, value, unit, english, name in frame[["value", "unit_fr", "unit_en", label]].itertuples(name=None):
        least, most, fr, en = _range(unit, name)
        if NUMBER.passes(value) and not least <= float(value) <= most:
            yield Issue(resource.path, int(line), "value", quote_value(value), fr, en)
        if english and unit and (unit == "%") != (english == "%"):
            expected = f"la même unité qu'en français (« {quote_value(unit)} »)", f"the same unit as in French (“{quote_value(unit)}”)"
            yield Issue(resource.path, int(line), "unit_en", quote_value(english), *expected)


def _sums(resource: Resource, frame: pd.DataFrame) -> Iterator[Issue]:
    """Shares of a whole that do not make one, within rounding; and an end before its start."""
    if not {"id", "value"} <= set(frame.columns):
        return
    once = frame.drop_duplicates("id")
    values = dict(zip(once["id"], once["value"], strict=True))
    lines = dict(zip(once["id"], map(int, once.index), strict=True))
    shares = [values.get(name, "") for name in PARTS]
    if all(map(NUMBER.passes, shares)) and abs(sum(map(float, shares)) - 100) > len(PARTS) / 2:
        together = " + ".join(shares)
        fr = f"des parts dont la somme est 100 ({', '.join(PARTS)}) ; elles font {together} = {sum(map(float, shares)):g}"
        en = f"shares that add up to 100 ({', '.join(PARTS)}); they make {together} = {sum(map(float, shares)):g}"
        yield Issue(resource.path, lines[PARTS[0]], "value", shares[0], fr, en)
    start, end = values.get("tour_debut", ""), values.get("tour_fin", "")
    if is_date(start) and is_date(end) and end < start[: len(end)]:
        fr, en = f"une date qui ne précède pas le début ({start})", f"a date that does not precede the start ({start})"
        yield Issue(resource.path, lines["tour_fin"], "value", quote_value(end), fr, en)
