"""Files of the layout of INSEE's, with made-up content: SIRENE's establishments and legal units, and their positions.

No real file was ever seen here: layouts, types and coded values are those of ../reference and of INSEE's documentation. Whatever has a
name is plainly invented; keys of SIREN and SIRET are right, so that readers take them for numbers, and communes exist.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from tests.support.register import layers

# fmt: off
ESTABLISHMENT_COLUMNS = [
    "siren", "nic", "siret", "statutDiffusionEtablissement", "dateCreationEtablissement", "trancheEffectifsEtablissement",
    "anneeEffectifsEtablissement", "activitePrincipaleRegistreMetiersEtablissement", "dateDernierTraitementEtablissement",
    "etablissementSiege", "nombrePeriodesEtablissement", "complementAdresseEtablissement", "numeroVoieEtablissement",
    "indiceRepetitionEtablissement", "dernierNumeroVoieEtablissement", "indiceRepetitionDernierNumeroVoieEtablissement",
    "typeVoieEtablissement", "libelleVoieEtablissement", "codePostalEtablissement", "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement", "distributionSpecialeEtablissement", "codeCommuneEtablissement",
    "codeCedexEtablissement", "libelleCedexEtablissement", "codePaysEtrangerEtablissement", "libellePaysEtrangerEtablissement",
    "identifiantAdresseEtablissement", "coordonneeLambertAbscisseEtablissement", "coordonneeLambertOrdonneeEtablissement",
    "complementAdresse2Etablissement", "numeroVoie2Etablissement", "indiceRepetition2Etablissement", "typeVoie2Etablissement",
    "libelleVoie2Etablissement", "codePostal2Etablissement", "libelleCommune2Etablissement", "libelleCommuneEtranger2Etablissement",
    "distributionSpeciale2Etablissement", "codeCommune2Etablissement", "codeCedex2Etablissement", "libelleCedex2Etablissement",
    "codePaysEtranger2Etablissement", "libellePaysEtranger2Etablissement", "dateDebut", "etatAdministratifEtablissement",
    "enseigne1Etablissement", "enseigne2Etablissement", "enseigne3Etablissement", "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement", "caractereEmployeurEtablissement",
    "activitePrincipaleNAF25Etablissement",
]
# fmt: on
NEW_IN_2024 = {
    "dernierNumeroVoieEtablissement",
    "indiceRepetitionDernierNumeroVoieEtablissement",
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "activitePrincipaleNAF25Etablissement",
}
"""What the layout of 48 columns lacks."""
# fmt: off
UNIT_COLUMNS = [
    "siren", "statutDiffusionUniteLegale", "unitePurgeeUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale",
    "sexeUniteLegale", "prenom1UniteLegale", "prenom2UniteLegale", "prenom3UniteLegale", "prenom4UniteLegale",
    "prenomUsuelUniteLegale", "pseudonymeUniteLegale", "identifiantAssociationUniteLegale", "trancheEffectifsUniteLegale",
    "anneeEffectifsUniteLegale", "dateDernierTraitementUniteLegale", "nombrePeriodesUniteLegale", "categorieEntreprise",
    "anneeCategorieEntreprise", "dateDebut", "etatAdministratifUniteLegale", "nomUniteLegale", "nomUsageUniteLegale",
    "denominationUniteLegale", "denominationUsuelle1UniteLegale", "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale", "categorieJuridiqueUniteLegale", "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale", "nicSiegeUniteLegale", "economieSocialeSolidaireUniteLegale",
    "societeMissionUniteLegale", "caractereEmployeurUniteLegale", "activitePrincipaleNAF25UniteLegale",
]
POSITION_COLUMNS = [
    "siret", "x", "y", "qualite_xy", "epsg", "plg_qp24", "plg_iris", "plg_zus", "plg_qp15", "plg_qva", "plg_code_commune",
    "distance_precision", "qualite_qp24", "qualite_iris", "qualite_zus", "qualite_qp15", "qualite_qva", "y_latitude", "x_longitude",
]
# fmt: on

ESTABLISHMENTS, UNITS = "StockEtablissement_utf8", "StockUniteLegale_utf8"
POSITIONS = "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8"
EDITION = "2026-11-01"
"""Day of the newest row of the files."""
SECTOR = ("72.11Z", "21.10Z", "21.20Z", "26.60Z", "32.50A", "72.19Z", "46.46Z")
OTHERS = ("47.11B", "68.20A", "70.22Z", "62.01Z", "56.10A", "86.21Z", "43.32A", "96.02A", "94.99Z", "49.41A")
_CHUNK = 200_000
"""Legal units of a part of the files, and twenty times as many numbers, so that each part has its own."""
_LOWEST = 10_000_000
_SHARE_OF_UNITS = 0.75
"""Legal units per establishment."""


@dataclass(frozen=True)
class Planted:
    """An establishment whose outcome a test knows.

    `since` is the first day of its state, `unit_state` that of its legal unit, created on the same day unless `unit_created` says another.
    """

    siren: str
    nic: str = ""
    name: str = "EXEMPLE FICTIF"
    commune_code: str = "91228"
    commune: str = "EVRY-COURCOURONNES"
    postcode: str = "91000"
    number: str = "5"
    street_type: str = "RUE"
    street: str = "DES EXEMPLES"
    activity: str = "72.11Z"
    nomenclature: str = "NAFRev2"
    state: str = "A"
    created: str = "2015-03-01"
    since: str = "2015-03-01"
    unit_state: str = "A"
    unit_since: str = "2015-03-01"
    unit_created: str | None = None
    category: int = 5710
    diffusion: str = "O"
    seat: bool = True
    employees: str = "03"
    sign: str = ""
    usual_name: str = ""
    acronym: str = ""
    quality: str = "11"
    latitude: float = 48.6236
    longitude: float = 2.4393
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def siret(self) -> str:
        """Its number, with the key that makes it right unless `nic` says all of it."""
        return self.siren + (self.nic if len(self.nic) == 5 else complete(self.siren + (self.nic or "0001")[-4:])[9:])

    def at(self, **changes: Any) -> Planted:
        """Another establishment of the same legal unit."""
        return replace(self, **changes)


def complete(digits: str) -> str:
    """Digits with the key of Luhn behind them."""
    key = _luhn(np.array([int(digits)], dtype=np.int64), len(digits))
    return f"{digits}{int(key[0])}"


def _luhn(numbers: np.ndarray, width: int) -> np.ndarray:
    """The key digit of each number of `width` digits."""
    total = np.zeros(len(numbers), dtype=np.int64)
    rest = numbers.copy()
    for place in range(width):
        digit = rest % 10
        rest //= 10
        if place % 2 == 0:
            digit = digit * 2
            digit -= 9 * (digit > 9)
        total += digit
    return (10 - total % 10) % 10


# --- made-up content --------------------------------------------------------------------------------------------------


@cache
def _communes() -> dict[str, np.ndarray]:
    """Codes, names, post codes and points of the communes of France, Paris by arrondissement; four in ten rows fall into the region."""
    points = layers().points
    drawn = points[points.index != "75056"]
    codes = layers().official_codes["postcodes"].reindex(drawn.index).fillna("").str.split(";").str[0].to_numpy(dtype=str)
    in_region = np.isin(drawn.index.to_numpy(dtype=str), np.array([*layers().communes.index, *layers().arrondissements.index], dtype=str))
    weights = np.where(in_region, 0.25 / in_region.sum(), 0.75 / (~in_region).sum())
    return {
        "code": drawn.index.to_numpy(dtype=str),
        "name": drawn["name"].str.upper().to_numpy(dtype=str),
        "postcode": codes,
        "latitude": drawn["latitude"].to_numpy(dtype=float),
        "longitude": drawn["longitude"].to_numpy(dtype=float),
        "cumulated": np.cumsum(weights / weights.sum()),
    }


@cache
def _names() -> pa.Array:
    """Fifty thousand invented names, some with blanks around them."""
    draw = np.random.default_rng(7)
    syllables = np.array([a + b for a in "BCDFGLMNPRSTVZ" for b in ("A", "E", "I", "O", "U", "AX", "EN", "IL")])
    words = syllables[draw.integers(0, len(syllables), (50_000, 3))]
    ends = np.array([" FICTIF", " EXEMPLE", " ESSAI", " IMAGINAIRE", "-FICTIF SAS", " & FILS FICTIFS"])[draw.integers(0, 6, 50_000)]
    joined = ["".join(word) + end for word, end in zip(words, ends, strict=True)]
    return pa.array([f" {name} " if place % 97 == 0 else name for place, name in enumerate(joined)])


def _pick(places: np.ndarray, pool: Sequence[str | None] | pa.Array) -> pa.DictionaryArray:
    values = pool if isinstance(pool, pa.Array) else pa.array(pool, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), values)


def _draw(draw: np.random.Generator, size: int, pool: Sequence[str | None], shares: Sequence[float] | None = None) -> pa.DictionaryArray:
    if shares is None:
        return _pick(draw.integers(0, len(pool), size), pool)
    return _pick(np.minimum(np.searchsorted(np.cumsum(shares), draw.random(size)), len(pool) - 1), pool)


def _digits(numbers: np.ndarray, width: int) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")


def _days(draw: np.random.Generator, size: int, first: str, last: str) -> pa.Array:
    low, high = (int(np.datetime64(day, "D").astype(int)) for day in (first, last))
    return pa.array(draw.integers(low, high, size).astype(np.int32), pa.int32()).cast(pa.date32())


def _hide(column: pa.Array, hidden: np.ndarray, value: str | None) -> pa.Array:
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    return pc.if_else(pa.array(hidden), pa.scalar(value, plain.type), plain)


@dataclass(frozen=True)
class _Units:
    """A part of the legal units: numbers, which are persons, which are masked."""

    numbers: np.ndarray
    persons: np.ndarray
    masked: np.ndarray
    table: pa.Table


def _make_units(part: int, size: int, seed: int) -> _Units:
    draw = np.random.default_rng((seed, part))
    bases = _LOWEST + part * _CHUNK * 20 + np.cumsum(draw.integers(1, 20, size))
    numbers = bases * 10 + _luhn(bases, 8)
    persons, masked = draw.random(size) < 0.6, draw.random(size) < 0.05
    names = _pick(draw.integers(0, 50_000, size), _names())
    category = np.where(persons, 1000, np.array([5710, 5499, 9220, 5710, 7348])[draw.integers(0, 5, size)])
    columns: dict[str, pa.Array] = {
        "siren": _digits(numbers, 9),
        "statutDiffusionUniteLegale": _pick(masked.astype(int), ("O", "P")),
        "unitePurgeeUniteLegale": pa.nulls(size, pa.bool_()),
        "dateCreationUniteLegale": _days(draw, size, "1990-01-01", "2026-10-01"),
        "sigleUniteLegale": _draw(draw, size, (None, "", "SIGLE FICTIF"), (0.6, 0.3, 0.1)),
        "prenomUsuelUniteLegale": _hide(_pick(persons.astype(int), (None, "PRENOMFICTIF")), masked & persons, "[ND]"),
        "nomUniteLegale": _hide(_pick(persons.astype(int), (None, "NOMFICTIF")), masked & persons, "[ND]"),
        "trancheEffectifsUniteLegale": _draw(draw, size, (None, "NN", "00", "01", "02", "03", "11", "12")),
        "dateDernierTraitementUniteLegale": _days(draw, size, "2024-01-01", EDITION).cast(pa.timestamp("us")),
        "nombrePeriodesUniteLegale": pa.array(draw.integers(1, 6, size)),
        "categorieEntreprise": _draw(draw, size, (None, "PME", "ETI", "GE"), (0.3, 0.65, 0.04, 0.01)),
        "dateDebut": _days(draw, size, "2010-01-01", "2026-10-01"),
        "etatAdministratifUniteLegale": _draw(draw, size, ("A", "C"), (0.6, 0.4)),
        "denominationUniteLegale": _hide(_hide(names, persons, None), masked & ~persons, "[ND]"),
        "categorieJuridiqueUniteLegale": pa.array(category, pa.int64()),
        "activitePrincipaleUniteLegale": _draw(draw, size, (*SECTOR, *OTHERS), (*[0.0006] * 7, *[0.0995] * 10)),
        "nomenclatureActivitePrincipaleUniteLegale": _pick(np.zeros(size), ("NAFRev2",)),
        "nicSiegeUniteLegale": _pick(np.zeros(size), ("00012",)),
    }
    return _Units(numbers, persons, masked, _fill(columns, UNIT_COLUMNS, size))


def _fill(columns: Mapping[str, pa.Array], names: Sequence[str], size: int) -> pa.Table:
    """A table with all columns of a layout; those that nobody made are empty."""
    types = {"anneeEffectifsUniteLegale": pa.int64(), "anneeCategorieEntreprise": pa.int64()}
    return pa.table({name: columns[name] if name in columns else pa.nulls(size, types.get(name, pa.string())) for name in names})


def _make_establishments(units: _Units, part: int, seed: int) -> tuple[pa.Table, pa.Table]:
    """The establishments of a part of the units, the first of each its seat, and their positions."""
    draw = np.random.default_rng((seed, part, 1))
    counts = draw.choice([1, 1, 1, 2], len(units.numbers)) + (draw.random(len(units.numbers)) < 0.0833) * 1
    owner = np.repeat(np.arange(len(units.numbers)), counts)
    size = len(owner)
    order = np.arange(size) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    bases = units.numbers[owner] * 10_000 + order
    numbers = bases * 10 + _luhn(bases, 13)
    masked = units.masked[owner]
    communes = _communes()
    places = np.minimum(np.searchsorted(communes["cumulated"], draw.random(size)), len(communes["code"]) - 1)
    foreign, closed = draw.random(size) < 0.002, draw.random(size) < 0.55
    old = closed & (draw.random(size) < 0.3)
    activity = _draw(draw, size, (*SECTOR, *OTHERS), (*[0.0006] * 7, *[0.0995] * 10)).dictionary_decode()
    shown = {
        "numeroVoieEtablissement": _pick(draw.integers(0, 200, size), [None, "", *(str(n) for n in range(1, 199))]),
        "typeVoieEtablissement": _draw(draw, size, ("RUE", "AVENUE", "BOULEVARD", "PLACE", None)),
        "libelleVoieEtablissement": _pick(draw.integers(0, 5_000, size), [f"DE L EXEMPLE {n}" for n in range(5_000)]),
        "codePostalEtablissement": _pick(places, communes["postcode"].tolist()),
        "libelleCommuneEtablissement": _pick(places, communes["name"].tolist()),
        "codeCommuneEtablissement": _hide(_pick(places, communes["code"].tolist()), foreign, None),
        "enseigne1Etablissement": _pick(np.where(draw.random(size) < 0.1, draw.integers(1, 50_000, size), 0), _signs()),
    }
    columns: dict[str, pa.Array] = {
        "siren": _digits(units.numbers[owner], 9),
        "nic": _digits(numbers % 100_000, 5),
        "siret": _digits(numbers, 14),
        "statutDiffusionEtablissement": _pick(masked.astype(int), ("O", "P")),
        "dateCreationEtablissement": _days(draw, size, "1990-01-01", "2026-10-01"),
        "trancheEffectifsEtablissement": _draw(draw, size, (None, "NN", "00", "01", "02", "03", "11", "12", "21")),
        "dateDernierTraitementEtablissement": _days(draw, size, "2024-01-01", EDITION).cast(pa.timestamp("us")),
        "etablissementSiege": _pick((order == 1).astype(int), ("false", "true")),
        "nombrePeriodesEtablissement": pa.array(draw.integers(1, 6, size)),
        "codePaysEtrangerEtablissement": _pick(foreign.astype(int), (None, "99132")),
        "dateDebut": _days(draw, size, "2010-01-01", "2026-10-01"),
        "etatAdministratifEtablissement": _pick(closed.astype(int), ("A", "F")),
        "activitePrincipaleEtablissement": pc.if_else(pa.array(old), "73.1Z", activity),
        "nomenclatureActivitePrincipaleEtablissement": _pick(old.astype(int), ("NAFRev2", "NAFRev1")),
        "caractereEmployeurEtablissement": _draw(draw, size, ("O", "N")),
        "activitePrincipaleNAF25Etablissement": _draw(draw, size, ("72.10Y", None)),
        **{name: _hide(column, masked, "[ND]") for name, column in shown.items()},
    }
    return _fill(columns, ESTABLISHMENT_COLUMNS, size), _make_positions(draw, columns["siret"], places, masked)


@cache
def _signs() -> pa.Array:
    return pa.concat_arrays([pa.nulls(1, pa.string()), _names()[1:]])


def _make_positions(draw: np.random.Generator, sirets: pa.Array, places: np.ndarray, masked: np.ndarray) -> pa.Table:
    """Points some hundred metres around that of the commune, of every quality; masked rows have none."""
    kept = ~masked
    communes, size = _communes(), int(kept.sum())
    east, north = draw.normal(0, 400, size), draw.normal(0, 400, size)
    latitude = communes["latitude"][places[kept]] + north / 111_000
    longitude = communes["longitude"][places[kept]] + east / 73_000
    columns = {
        "siret": sirets.filter(pa.array(kept)),
        "x": pa.array((650_000 + east).astype(np.float32)),
        "y": pa.array((6_860_000 + north).astype(np.float32)),
        "qualite_xy": _draw(draw, size, ("11", "12", "21", "22", "33"), (0.8, 0.11, 0.02, 0.02, 0.05)),
        "epsg": _pick(np.zeros(size), ("2154",)),
        "plg_qp24": _pick(np.zeros(size), ("HZ",)),
        "plg_code_commune": _pick(places[kept], communes["code"].tolist()),
        "distance_precision": pa.array(draw.random(size).astype(np.float32) * 50),
        "y_latitude": pa.array(latitude.astype(np.float32)),
        "x_longitude": pa.array(longitude.astype(np.float32)),
    }
    return _fill(columns, POSITION_COLUMNS, size)


# --- planted rows -----------------------------------------------------------------------------------------------------


def _plant(planted: Sequence[Planted]) -> tuple[pa.Table, pa.Table, pa.Table]:
    """The rows of the three files for what a test knows of; the last establishment of a legal unit says what the unit is."""
    establishments = [_list_establishment(one) for one in planted]
    units = {one.siren: _list_unit(one) for one in planted}
    positions = [_list_position(one) for one in planted if one.diffusion == "O" and one.quality]
    return (
        _tabulate(establishments, ESTABLISHMENT_COLUMNS, {"nombrePeriodesEtablissement": pa.int64()}),
        _tabulate(
            list(units.values()), UNIT_COLUMNS, {"categorieJuridiqueUniteLegale": pa.int64(), "nombrePeriodesUniteLegale": pa.int64()}
        ),
        _tabulate(positions, POSITION_COLUMNS, dict.fromkeys(("x", "y", "distance_precision", "y_latitude", "x_longitude"), pa.float32())),
    )


def _tabulate(rows: Sequence[Mapping[str, Any]], names: Sequence[str], types: Mapping[str, pa.DataType]) -> pa.Table:
    return pa.table({name: pa.array([row.get(name) for row in rows], types.get(name, pa.string())) for name in names})


def _list_establishment(one: Planted) -> dict[str, Any]:
    is_masked = one.diffusion == "P"
    shown = {
        "numeroVoieEtablissement": one.number,
        "typeVoieEtablissement": one.street_type,
        "libelleVoieEtablissement": one.street,
        "codePostalEtablissement": one.postcode,
        "libelleCommuneEtablissement": one.commune,
        "codeCommuneEtablissement": one.commune_code,
        "enseigne1Etablissement": one.sign,
    }
    told = {
        "siren": one.siren,
        "nic": one.siret[9:],
        "siret": one.siret,
        "statutDiffusionEtablissement": one.diffusion,
        "dateCreationEtablissement": one.created,
        "trancheEffectifsEtablissement": one.employees,
        "dateDernierTraitementEtablissement": f"{EDITION}T03:04:05",
        "etablissementSiege": "true" if one.seat else "false",
        "nombrePeriodesEtablissement": 2,
        "dateDebut": one.since,
        "etatAdministratifEtablissement": one.state,
        "activitePrincipaleEtablissement": one.activity,
        "nomenclatureActivitePrincipaleEtablissement": one.nomenclature,
        "caractereEmployeurEtablissement": "O",
    }
    return told | {name: "[ND]" if is_masked else text for name, text in shown.items()} | dict(one.more)


def _list_unit(one: Planted) -> dict[str, Any]:
    is_person, is_masked = one.category == 1000, one.diffusion == "P"
    name = "[ND]" if is_masked else one.name
    return {
        "siren": one.siren,
        "statutDiffusionUniteLegale": one.diffusion,
        "dateCreationUniteLegale": one.created if one.unit_created is None else one.unit_created,
        "sigleUniteLegale": one.acronym,
        "dateDernierTraitementUniteLegale": f"{EDITION}T03:04:05",
        "nombrePeriodesUniteLegale": 1,
        "dateDebut": one.unit_since,
        "etatAdministratifUniteLegale": one.unit_state,
        "nomUniteLegale": name if is_person else None,
        "denominationUniteLegale": None if is_person else name,
        "denominationUsuelle1UniteLegale": one.usual_name,
        "categorieJuridiqueUniteLegale": one.category,
        "activitePrincipaleUniteLegale": one.activity,
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "nicSiegeUniteLegale": one.siret[9:],
    }


def _list_position(one: Planted) -> dict[str, Any]:
    point = {"x": 650_000.0, "y": 6_860_000.0, "y_latitude": one.latitude, "x_longitude": one.longitude, "distance_precision": 10.0}
    return {"siret": one.siret, "qualite_xy": one.quality, "epsg": "2154", "plg_qp24": "HZ", "plg_code_commune": one.commune_code, **point}


# --- writing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Layout:
    """How files are written: as Parquet, CSV or ZIP, with how many columns, and which odd types and headers they have."""

    form: str = "parquet"
    columns: int = 54
    as_numbers: bool = False
    as_text: bool = False
    blank_header: bool = False
    delimiter: str = ","
    more_columns: Mapping[str, str] = field(default_factory=dict)


PARQUET = Layout()
"""As INSEE publishes them today."""


def write_sirene(folder: Path, size: int = 0, planted: Sequence[Planted] = (), *, seed: int = 1, layout: Layout = PARQUET) -> Path:
    """The three files in a folder, with about `size` made-up establishments from a seed and those that are planted; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = (ESTABLISHMENTS, UNITS, POSITIONS)
    sinks: list[_Sink | None] = [None, None, None]
    for tables in _make_parts(size, planted, seed):
        for place, table in enumerate(tables):
            shaped = _shape(table, layout, names[place])
            sink = sinks[place] or _Sink(folder / names[place], shaped.schema, layout)
            sink.write(shaped)
            sinks[place] = sink
    for whole in filter(None, sinks):
        whole.close()
    return folder


def _make_parts(size: int, planted: Sequence[Planted], seed: int) -> Iterator[tuple[pa.Table, pa.Table, pa.Table]]:
    whole = int(size * _SHARE_OF_UNITS)
    if _LOWEST + (whole // _CHUNK + 1) * _CHUNK * 20 > 100_000_000:
        raise ValueError(f"{size} establishments are more than there are numbers for")
    parts = _plant(planted)
    model = _make_tables(0, 2, seed)
    yield tuple(_cast(table, like.schema) for table, like in zip(parts, model, strict=True))
    taken = pa.array(sorted({one.siren for one in planted}), pa.string())
    for part, start in enumerate(range(0, whole, _CHUNK)):
        establishments, units, positions = _make_tables(part, min(_CHUNK, whole - start), seed)
        known = pc.utf8_slice_codeunits(positions["siret"], 0, 9)
        yield (
            establishments.filter(pc.invert(pc.is_in(establishments["siren"], taken))),
            units.filter(pc.invert(pc.is_in(units["siren"], taken))),
            positions.filter(pc.invert(pc.is_in(known, taken))),
        )


def _make_tables(part: int, size: int, seed: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    units = _make_units(part, size, seed)
    establishments, positions = _make_establishments(units, part, seed)
    return establishments, units.table, positions


def _cast(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table of planted rows with the types of the made-up ones."""
    columns = {}
    for name in table.column_names:
        kind = schema.field(name).type
        column = table[name].combine_chunks()
        plain = kind.value_type if pa.types.is_dictionary(kind) else kind
        if pa.types.is_date(plain):
            column = pc.utf8_slice_codeunits(column, 0, 10)
        columns[name] = column.cast(plain)
    return pa.table(columns)


def _shape(table: pa.Table, layout: Layout, name: str) -> pa.Table:
    """A part as a layout has it: fewer columns, other types, columns that nobody knows."""
    columns = {}
    for column in table.column_names:
        if name == ESTABLISHMENTS and layout.columns == 48 and column in NEW_IN_2024:
            continue
        cells = table[column].combine_chunks()
        kind = cells.type
        plain = cells.dictionary_decode() if pa.types.is_dictionary(kind) else cells
        if layout.as_text and not pa.types.is_floating(plain.type):
            plain = plain.cast(pa.string())
        if layout.as_numbers and column in {"siren", "siret", "nic"}:
            plain = plain.cast(pa.int64())
        columns[column] = plain
    size = table.num_rows
    return pa.table(columns | {column: pa.repeat(text, size) for column, text in layout.more_columns.items()})


class _Sink:
    """A file that parts are written to, in row groups or lines."""

    def __init__(self, stem: Path, schema: pa.Schema, layout: Layout) -> None:
        self.layout = layout
        self.path = stem.with_name(f"{stem.name}.{'parquet' if layout.form == 'parquet' else 'csv'}")
        self.parquet = pq.ParquetWriter(self.path, schema, compression="snappy") if layout.form == "parquet" else None
        self.text = None
        if self.parquet is None:
            self.text = self.path.open("wb")
            blank = "  " if layout.blank_header else ""
            self.text.write((layout.delimiter.join(f"{column}{blank}" for column in schema.names) + "\n").encode())

    def write(self, part: pa.Table) -> None:
        """A part more."""
        if self.parquet:
            self.parquet.write_table(part, row_group_size=part.num_rows or 1)
            return
        options = pa_csv.WriteOptions(include_header=False, delimiter=self.layout.delimiter, quoting_style="needed")
        pa_csv.write_csv(_write_truth(part), self.text, options)

    def close(self) -> None:
        """The file is whole."""
        if self.parquet:
            self.parquet.close()
            return
        assert self.text
        self.text.close()
        if self.layout.form == "zip":
            with zipfile.ZipFile(self.path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(self.path, self.path.name)
            self.path.unlink()


def _write_truth(part: pa.Table) -> pa.Table:
    """A part as text: `quoting_style` asks for it."""
    return pa.table({name: part[name].combine_chunks().cast(pa.string()) for name in part.column_names})
