"""What INSEE's SIRENE says of the establishments that the register may be about: some thousand rows out of some forty million.

One pass over the legal units finds the names that look like ours, one over the establishments finds theirs and those of the sector in
the region, and a last look at the legal units names these. Natural persons (legal category 1000) lose every name as they are read, and
so do rows that are masked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from biocarto import caches
from biocarto.caches import Cache
from biocarto.clock import read_today
from biocarto.desk.likeness import compare_names, simplify_name
from biocarto.desk.official.files import TREATED, OfficialFile, OfficialFolder, OfficialKind
from biocarto.desk.official.scanning import scan
from biocarto.errors import Notice

PERSON = "1000"
"""Legal category of a natural person."""
LEGAL_PERSON = "[2-9][0-9]{3}"
"""Legal categories whose names are shown: what cannot be read may be a person."""
LEAST_NAME = 0.75
"""Likeness from which a legal unit is looked at."""
_LETTERS = 5
"""Letters at the beginning of a name that are the same in two names that are compared at all."""
_FORM = r"^(?:(?:SASU|SAS|SARL|EURL|SA|SELARL|SCI|SNC|GIE|SOCIETE|STE|ASSOCIATION|LES?|LA)\s+)+"
_ARTICLE = re.compile("^(?:(?:societe|association|les?|la) )+")
"""The same in a simplified name."""
OUTDATED = ("NAFRev1", "NAF1993", "NAP")
"""Nomenclatures of activities that nothing open has any more."""

_UNIT_NAMES = (
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale",
    "sigleUniteLegale",
)
_UNIT = {
    "siren": "siren",
    "statutDiffusionUniteLegale": "diffusion",
    "etatAdministratifUniteLegale": "state",
    "dateDebut": "since",
    "dateCreationUniteLegale": "created",
    "categorieJuridiqueUniteLegale": "category",
    "activitePrincipaleUniteLegale": "activity",
    "categorieEntreprise": "size",
}
_SIGNS = ("enseigne1Etablissement", "enseigne2Etablissement", "enseigne3Etablissement", "denominationUsuelleEtablissement")
_ADDRESS = ("numeroVoieEtablissement", "indiceRepetitionEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement")
_ESTABLISHMENT = {
    "siret": "siret",
    "siren": "siren",
    "statutDiffusionEtablissement": "diffusion",
    "etatAdministratifEtablissement": "state",
    "dateDebut": "since",
    "dateCreationEtablissement": "created",
    "etablissementSiege": "seat",
    "trancheEffectifsEtablissement": "employees",
    "anneeEffectifsEtablissement": "employees_year",
    "activitePrincipaleEtablissement": "activity",
    "nomenclatureActivitePrincipaleEtablissement": "nomenclature",
    "codeCommuneEtablissement": "commune_code",
    "libelleCommuneEtablissement": "commune",
    "codePostalEtablissement": "postcode",
}
_KEYS = (
    "siren",
    "codeCommuneEtablissement",
    "etatAdministratifEtablissement",
    "activitePrincipaleEtablissement",
    "statutDiffusionEtablissement",
    TREATED[OfficialKind.ESTABLISHMENTS],
    *_SIGNS,
)
_looks = Cache(caches.OFFICIAL_LOOKS)


@dataclass(frozen=True)
class SireneQuestion:
    """What is looked for: legal units by number or by name, and what is open in communes under codes of activity (`72.11Z`)."""

    sirens: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()

    def covers(self, other: SireneQuestion) -> bool:
        """Whether its answer has all that the other one asks for."""
        pairs = ((self.sirens, other.sirens), (self.names, other.names), (self.communes, other.communes))
        return all(own >= asked for own, asked in pairs) and self.activities == other.activities


@dataclass(frozen=True)
class SireneLook:
    """What the files say: rows of text, "" for what is not known.

    `establishments` (index: siret): siren, state (A, F), since, created, seat, employees, employees_year, activity, nomenclature,
    commune_code, commune, postcode, address, signs (tuple of names that it bears). `units` (index: siren): state (A, C), since, created,
    category, activity, size, name, names (tuple). `likely`: simplified name asked for -> siren -> likeness. Of persons and of masked rows
    there are no names, signs or addresses. `dated` and `units_dated` are the days of the two files, `notices` what was left out of either.
    """

    establishments: pd.DataFrame
    units: pd.DataFrame
    likely: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    dated: str = ""
    units_dated: str = ""
    has_units: bool = False
    notices: tuple[Notice, ...] = ()

    def find(self, siret: str) -> pd.Series | None:
        """An establishment by its number; None where the look has none."""
        return cast("pd.Series", self.establishments.loc[siret]) if siret in self.establishments.index else None

    def find_unit(self, siren: str) -> pd.Series | None:
        """A legal unit by its number; None where the look has none."""
        return cast("pd.Series", self.units.loc[siren]) if siren in self.units.index else None


def look_up(folder: OfficialFolder, question: SireneQuestion) -> SireneLook | None:
    """What the files of a folder say; None without a file of establishments. What was read last is read again for more only.

    Raises OfficialFileError for a file that ends in the middle.
    """
    stock, units = folder.find(OfficialKind.ESTABLISHMENTS), folder.find(OfficialKind.LEGAL_UNITS)
    if stock is None:
        return None
    key = (stock.key, units.key if units else None)
    known: tuple[SireneQuestion, SireneLook] | None = _looks.find(key)
    if known and known[0].covers(question):
        return known[1]
    look = read_look(stock, units, question)
    _looks.replace(key, (question, look))
    return look


def recall(folder: OfficialFolder, question: SireneQuestion) -> SireneLook | None:
    """What `look_up` would say, where it was read already; None else, and nothing is read."""
    stock, units = folder.find(OfficialKind.ESTABLISHMENTS), folder.find(OfficialKind.LEGAL_UNITS)
    known: tuple[SireneQuestion, SireneLook] | None = _looks.find((stock.key, units.key if units else None)) if stock else None
    return known[1] if known and known[0].covers(question) else None


def read_look(stock: OfficialFile, units: OfficialFile | None, question: SireneQuestion) -> SireneLook:
    """The same, read anew."""
    left: Counter[str] = Counter()
    likely, first, units_dated = _find_likely(units, question, left) if units else ({}, _frame_units([]), "")
    sirens = question.sirens.union(*(found.keys() for found in likely.values()))
    establishments, dated = _read_establishments(stock, question, sirens, left)
    missing = set(establishments["siren"]) - set(first.index)
    rest = _read_units(units, missing) if units and missing else _frame_units([])
    named = pd.concat([first, rest])
    named = named[~named.index.duplicated()]
    unnamed = named.index[~_may_be_named(named)]
    hidden = establishments["siren"].isin(unnamed) | ~establishments["siren"].isin(named.index)
    establishments["signs"] = establishments["signs"].mask(
        hidden, pd.Series([()] * len(establishments), establishments.index, dtype=object)
    )
    establishments["address"] = establishments["address"].mask(establishments["siren"].isin(unnamed), "")
    notices = tuple(_tell_left(name, count) for name, count in left.items())
    units_dated = units_dated or (units.dated if units else "")
    return SireneLook(establishments, named, likely, dated or stock.dated, units_dated, units is not None, notices)


def _tell_left(name: str, count: int) -> Notice:
    fr = f"{count} ligne(s) laissée(s) de côté : pas le nombre de colonnes de l'en-tête ; le fichier est-il coupé ?"
    return Notice(name, 0, "", fr, f"{count} line(s) left out: not the header's number of columns; was the file cut?")


# --- legal units ------------------------------------------------------------------------------------------------------


def _find_likely(file: OfficialFile, question: SireneQuestion, left: Counter[str]) -> tuple[dict[str, dict[str, float]], pd.DataFrame, str]:
    """Legal units whose names look like ours, and how much; also those that are known by number; and the newest day of the whole file."""
    starts = pa.array(_list_starts(question.names), pa.string())
    sirens = pa.array(sorted(question.sirens), pa.string())
    treated = TREATED[OfficialKind.LEGAL_UNITS]
    newest = ""

    def keep(part: pa.Table) -> pa.Array:
        nonlocal newest
        newest = max(newest, _find_newest_day(part[treated]))
        is_person = pc.equal(part["categorieJuridiqueUniteLegale"], PERSON)
        is_hidden = pc.is_in(part["statutDiffusionUniteLegale"], pa.array(["P", "N"]))
        may_show = pc.invert(pc.or_(is_person, is_hidden)).combine_chunks()
        return pc.or_(pc.is_in(part["siren"], sirens).combine_chunks(), _find_alike(part, may_show, _UNIT_NAMES, starts))

    keys = ("siren", "categorieJuridiqueUniteLegale", "statutDiffusionUniteLegale", treated, *_UNIT_NAMES)
    likely: dict[str, dict[str, float]] = {name: {} for name in question.names}
    kept = []
    for part in scan(file, keys, tuple(_UNIT), keep, leave_out=lambda: left.update([file.name])):
        units = _frame_units([part])
        alike = _compare_part(units, question.names, likely)
        kept.append(units[alike | units.index.isin(question.sirens)])
    return likely, pd.concat([_frame_units([]), *kept]), newest


def _find_newest_day(days: pa.ChunkedArray) -> str:
    """The newest of some days that is not of the future; "" where there is none."""
    return pc.max(days.filter(pc.less_equal(days, read_today().isoformat()))).as_py() or ""


def _read_units(file: OfficialFile, sirens: Collection[str]) -> pd.DataFrame:
    wanted = pa.array(sorted(sirens), pa.string())
    rest = (*_UNIT, *_UNIT_NAMES)
    return _frame_units(scan(file, ("siren",), rest, lambda part: pc.is_in(part["siren"], wanted).combine_chunks()))


def _frame_units(parts: Iterable[pa.Table]) -> pd.DataFrame:
    """Legal units without the names of persons, nor of those that are masked."""
    tables = list(parts)
    columns = (*_UNIT, *_UNIT_NAMES)
    frame = _to_frame(tables, columns).rename(columns=_UNIT)
    frame = frame[frame["diffusion"].ne("N")]
    shown = _may_be_named(frame)
    frame["names"] = _join_names(frame, _UNIT_NAMES, shown)
    frame["name"] = [names[0] if names else "" for names in frame["names"]]
    return frame.drop(columns=list(_UNIT_NAMES)).set_index("siren")


def _may_be_named(units: pd.DataFrame) -> pd.Series:
    """Which legal units are known to be no persons, and not masked."""
    return units["category"].astype(str).str.fullmatch(LEGAL_PERSON) & units["diffusion"].ne("P")


def _join_names(frame: pd.DataFrame, columns: Collection[str], shown: pd.Series) -> list[tuple[str, ...]]:
    cells = zip(shown, *(frame[column] for column in columns), strict=True)
    return [tuple(dict.fromkeys(name for name in names if name)) if is_shown else () for is_shown, *names in cells]


def _to_frame(tables: list[pa.Table], columns: Collection[str]) -> pd.DataFrame:
    if not tables:
        return pd.DataFrame({column: pd.Series(dtype=object) for column in columns})
    return pd.DataFrame(
        {column: pa.chunked_array([c for t in tables for c in t[column].chunks]).to_pylist() for column in columns}, dtype=object
    )


def _compare_part(units: pd.DataFrame, asked: Collection[str], likely: dict[str, dict[str, float]]) -> npt.NDArray[np.bool_]:
    """Add the likeness of the names of some legal units to what is known; which of them are alike to anything."""
    alike = np.zeros(len(units), dtype=bool)
    places: dict[str, list[tuple[int, str]]] = {}
    for place, names in enumerate(units["names"]):
        for name in names:
            simple = simplify(name)
            places.setdefault(_cut_start(simple), []).append((place, simple))
    for name in asked:
        others = places.get(_cut_start(name), [])
        if not others:
            continue
        scores = compare_names([simplify(name)], [simple for _, simple in others], LEAST_NAME)[0]
        for (place, simple), score in zip(others, scores, strict=True):
            told = 1.0 if simple.replace(" ", "") == simplify(name).replace(" ", "") else float(score)
            if told >= LEAST_NAME:
                siren = str(units.index[place])
                likely[name][siren] = max(told, likely[name].get(siren, 0.0))
                alike[place] = True
    return alike


def simplify(name: str) -> str:
    """A name as INSEE's are compared: simplified, without the word for company or an article before it."""
    simple = simplify_name(name)
    return _ARTICLE.sub("", simple) or simple


def _cut_start(name: str) -> str:
    """The letters that two names have to have in common at their beginning."""
    return simplify(name).replace(" ", "")[:_LETTERS]


def _list_starts(names: Collection[str]) -> list[str]:
    return sorted({_cut_start(name) for name in names} - {""})


def _find_alike(part: pa.Table, plausible: pa.Array, columns: Collection[str], starts: pa.Array) -> pa.Array:
    """Which of the plausible rows begin in one of the columns as one of our names does; of the others no name is even looked at."""
    shown = part.filter(plausible)
    alike = pa.array(np.zeros(shown.num_rows, dtype=bool))
    for name in columns:
        alike = pc.or_(alike, _starts_like(shown[name].combine_chunks(), starts))
    return pc.replace_with_mask(pa.array(np.zeros(part.num_rows, dtype=bool)), plausible, alike)


def _starts_like(column: pa.Array, starts: pa.Array) -> pa.Array:
    """Which cells begin as one of our names does, legal forms and accents aside."""
    text = pc.utf8_upper(pc.utf8_slice_codeunits(column, 0, 40))
    if not pc.all(pc.string_is_ascii(text)).as_py():
        text = pc.replace_substring_regex(pc.utf8_normalize(text, form="NFKD"), r"\p{M}", "")
    bare = pc.replace_substring_regex(text, _FORM, "")
    letters = pc.replace_substring_regex(bare, "[^A-Z0-9]", "")
    return pc.is_in(pc.utf8_lower(pc.utf8_slice_codeunits(letters, 0, _LETTERS)), starts)


# --- establishments ---------------------------------------------------------------------------------------------------


def _read_establishments(
    file: OfficialFile, question: SireneQuestion, sirens: Collection[str], left: Counter[str]
) -> tuple[pd.DataFrame, str]:
    """Those of legal units, and what is open in the communes under the codes; and the newest day of the whole file."""
    numbers = pa.array(sorted(sirens), pa.string())
    communes, activities = (pa.array(sorted(codes), pa.string()) for codes in (question.communes, question.activities))
    starts = pa.array(_list_starts(question.names), pa.string())
    newest = ""

    def keep(part: pa.Table) -> pa.Array:
        nonlocal newest
        newest = max(newest, _find_newest_day(part[TREATED[OfficialKind.ESTABLISHMENTS]]))
        is_near = pc.is_in(part["codeCommuneEtablissement"], communes).combine_chunks()
        there = pc.and_(pc.is_in(part["activitePrincipaleEtablissement"], activities), is_near)
        is_open = pc.equal(part["etatAdministratifEtablissement"], "A")
        there = pc.and_not(pc.and_(there, is_open), pc.equal(part["statutDiffusionEtablissement"], "P"))
        wanted = pc.or_(pc.or_(pc.is_in(part["siren"], numbers), there), _find_alike(part, is_near, _SIGNS, starts))
        return pc.and_(wanted, pc.not_equal(part["statutDiffusionEtablissement"], "N")).combine_chunks()

    rest = (*_ESTABLISHMENT, *_SIGNS, *_ADDRESS)
    parts = list(scan(file, _KEYS, rest, keep, leave_out=lambda: left.update([file.name])))
    return _frame_establishments(parts), newest


def _frame_establishments(tables: list[pa.Table]) -> pd.DataFrame:
    frame = _to_frame(tables, (*_ESTABLISHMENT, *_SIGNS, *_ADDRESS)).rename(columns=_ESTABLISHMENT)
    shown = frame["diffusion"].ne("P")
    frame["signs"] = pd.Series(_join_names(frame, _SIGNS, shown), frame.index, dtype=object)
    lines = zip(shown, *(frame[column] for column in _ADDRESS), strict=True)
    frame["address"] = [write_address(*parts) if is_shown else "" for is_shown, *parts in lines]
    frame.loc[~shown, ["commune_code", "commune", "postcode"]] = ""
    return frame.drop(columns=[*_SIGNS, *_ADDRESS]).drop_duplicates("siret").set_index("siret")


STREETS = {
    "ALL": "allée", "AV": "avenue", "BD": "boulevard", "CAR": "carrefour", "CHE": "chemin", "CITE": "cité", "COUR": "cour", "CRS": "cours",
    "ESP": "esplanade", "FG": "faubourg", "IMP": "impasse", "LD": "lieu-dit", "MAIL": "mail", "PARC": "parc", "PAS": "passage",
    "PL": "place", "QUAI": "quai", "RES": "résidence", "RTE": "route", "RUE": "rue", "SQ": "square", "VLA": "villa", "VOIE": "voie",
    "ZA": "ZA", "ZAC": "ZAC", "ZI": "ZI", "AVENUE": "avenue", "BOULEVARD": "boulevard", "PLACE": "place", "ALLEE": "allée",
    "CHEMIN": "chemin", "ROUTE": "route", "IMPASSE": "impasse", "COURS": "cours", "PASSAGE": "passage",
}  # fmt: skip
"""Kinds of streets as INSEE abbreviates them, in words."""
REPEATED = {"B": "bis", "T": "ter", "Q": "quater"}
"""What follows a number, as INSEE abbreviates it."""
_SMALL = {"de", "du", "des", "la", "le", "les", "et", "en", "sur", "sous", "aux", "au", "a", "l", "d"}


def write_address(number: str, repeated: str, street_type: str, street: str) -> str:
    """A line of an address as people write it: `5 bis rue de l'Exemple`; "" without a street."""
    if not street:
        return ""
    words = write_words(street)
    kind = STREETS.get(street_type.upper(), street_type.lower())
    return " ".join(part for part in (number.lstrip("0"), REPEATED.get(repeated, repeated), kind, words) if part)


def write_words(text: str) -> str:
    """A text in capitals as a name: `DE L EXEMPLE` is `de l'Exemple`; one that has small letters stays."""
    if any(sign.islower() for sign in text):
        return text
    words = text.lower().split()
    written = " ".join(word if word in _SMALL else word.capitalize() for word in words)
    for short in ("l", "d"):
        written = written.replace(f" {short} ", f" {short}'")
        written = f"{short}'{written[2:]}" if written.startswith(f"{short} ") else written
    return written
