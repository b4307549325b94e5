"""Regions and countries by code or name, those of before 2016 led to today's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale as Territories

from biocarto.desk.intake.cell_nearest import NearestFinder
from biocarto.desk.intake.cell_outcome import CellOutcome, CellReader, refuse, take, take_as
from biocarto.desk.intake.cell_texts import drop_nothing, loosen_spaces, says_nothing
from biocarto.names import fold
from biocarto.register.place_rules import FORMER_REGIONS, WHOLE
from biocarto.register.value_rules import list_country_codes
from biocarto.territory.territory import Territory

_SHORT_NAMES = {
    **dict.fromkeys(("idf", "region parisienne", "paris region"), "11"),
    **dict.fromkeys(("paca", "region sud"), "93"),
    **dict.fromkeys(("aura", "ara"), "84"),
    **dict.fromkeys(("centre", "cvl"), "24"),
    **{"bfc": "27", "hdf": "32", "naq": "75", "pdl": "52", "reunion": "04"},
}
_OTHER_COUNTRIES = {
    **dict.fromkeys(("uk", "angleterre", "england", "ecosse", "scotland", "grande bretagne", "great britain"), "GB"),
    **dict.fromkeys(("usa", "etats unis d amerique"), "US"),
    **dict.fromkeys(("coree du sud", "south korea"), "KR"),
    **{"el": "GR", "hollande": "NL", "republique tcheque": "CZ"},
}


def build_region_reader(territory: Territory, *, as_code: bool, is_figure: bool = False) -> CellReader:
    """A reader of one region, which gives its code or its name; is_figure: France as a whole is one too."""
    names = {str(code): str(name) for code, name in territory.regions["name"].items()}
    words = {**{fold(name): code for code, name in names.items()}, **_SHORT_NAMES}
    former = {fold(old): words[fold(new)] for old, new in FORMER_REGIONS.items() if fold(new) in words}
    whole = {fold(name): name for name in WHOLE} if is_figure else {}
    near = NearestFinder({fold(name): name for name in (*names.values(), *whole.values())})

    def read_region(text: str) -> CellOutcome:
        loose = loosen_spaces(text)
        if (key := fold(loose)) in whole:
            return take(whole[key])
        code = loose if loose in names else loose.removesuffix(".0").zfill(2) if loose[:1].isdigit() else words.get(key, "")
        if code in names:
            return take(code if as_code else names[code])
        if key in former:
            today = former[key]
            return take_as(names[today], text, f"former {key}", ", sa région depuis 2016", ", its region since 2016")._replace(
                value=today if as_code else names[today]
            )
        if says_nothing(loose):
            return drop_nothing(text)
        fr, en = "le nom officiel d'une région ou son code INSEE (11)", "the official name of a region or its INSEE code (11)"
        return refuse(fr, en, near.find(loose))

    return read_region


def build_country_reader() -> CellReader:
    """A reader of the code of ISO 3166 of a country, by its code or its name in French or English."""
    near = NearestFinder(_list_countries())

    def read_country(text: str) -> CellOutcome:
        if code := find_country(text):
            return take(code)
        if says_nothing(text):
            return drop_nothing(text)
        return refuse("le code ISO 3166 d'un pays (FR, DE)", "the ISO 3166 code of a country (FR, DE)", near.find(text))

    return read_country


def find_country(text: str) -> str:
    """The code of a country that a text names; "" where it names none."""
    if text in list_country_codes():
        return text
    loose = loosen_spaces(text)
    return "" if says_nothing(loose) else _list_countries().get(fold(loose), "")


@cache
def _list_countries() -> Mapping[str, str]:
    """Folded name or code -> code."""
    codes = list_country_codes()
    named = {fold(name): code for lang in ("en", "fr") for code, name in Territories(lang).territories.items() if code in codes}
    return {**named, **{code.lower(): code for code in codes}, **_OTHER_COUNTRIES}
