"""INSEE's geolocation of the establishments, read by their numbers: what its quality codes allow a point to be called, and no more.

19 columns since 2024, 17 before; Parquet with Float32, which is some decimetres here, or CSV. Never run on a real file.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from biocarto import caches
from biocarto.caches import Cache
from biocarto.desk.official.files import OfficialFile
from biocarto.desk.official.scanning import scan
from biocarto.model import Precision

QUALITIES: Mapping[str, Precision] = {
    "11": Precision.STREET,
    "21": Precision.STREET,
    "12": Precision.IN_STREET,
    "22": Precision.IN_STREET,
    "33": Precision.COMMUNE,
}
"""`qualite_xy` -> what the point is: street sure (1x) or probable (2x), number found (x1) or not; 33 is a random point of the commune."""
DECIMALS = 5
_read = Cache(caches.OFFICIAL_POSITIONS)
_SIRET, _QUALITY, _LATITUDE, _LONGITUDE = "siret", "qualite_xy", "y_latitude", "x_longitude"


@dataclass(frozen=True)
class OfficialPosition:
    """What the file says of an establishment: latitude and longitude (degrees, WGS 84, whatever its projection), at five decimals.

    `precision` is None for a code of quality that nobody knows; there is a point only where it is STREET or IN_STREET.
    """

    siret: str
    quality: str
    precision: Precision | None
    point: tuple[float, float] | None = None


def look_up_positions(file: OfficialFile, sirets: Collection[str]) -> Mapping[str, tuple[OfficialPosition, ...]]:
    """`read_positions` of these numbers at least, once for a file: it is read again for more numbers only. Raises OfficialFileError."""
    asked = frozenset(sirets)
    known: tuple[frozenset[str], Mapping[str, tuple[OfficialPosition, ...]]] | None = _read.find(file.key)
    if known and known[0] >= asked:
        return known[1]
    found = read_positions(file, asked)
    _read.replace(file.key, (asked, found))
    return found


def read_positions(file: OfficialFile, sirets: Collection[str]) -> dict[str, tuple[OfficialPosition, ...]]:
    """Number of an establishment -> what the file says of it, each different thing once; without those of which it says nothing.

    Raises OfficialFileError.
    """
    wanted = pa.array(sorted(sirets), pa.string())
    found: dict[str, dict[OfficialPosition, None]] = {}

    def keep(part: pa.Table) -> pa.Array:
        return pc.is_in(part[_SIRET], wanted).combine_chunks()

    for part in scan(file, (_SIRET,), (_QUALITY, _LATITUDE, _LONGITUDE), keep, numbers={_LATITUDE, _LONGITUDE}):
        for position in _read_rows(part):
            found.setdefault(position.siret, {})[position] = None
    return {siret: tuple(positions) for siret, positions in found.items()}


def _read_rows(part: pa.Table) -> Iterator[OfficialPosition]:
    cells = (part[name].to_pylist() for name in (_SIRET, _QUALITY, _LATITUDE, _LONGITUDE))
    for siret, quality, latitude, longitude in zip(*cells, strict=True):
        precision = QUALITIES.get(quality)
        is_known = precision is not None and precision is not Precision.COMMUNE
        if is_known and _is_point(latitude, longitude):
            yield OfficialPosition(siret, quality, precision, (round(latitude, DECIMALS), round(longitude, DECIMALS)))
        else:
            yield OfficialPosition(siret, quality, precision)


def _is_point(latitude: float | None, longitude: float | None) -> bool:
    """Whether both are degrees; the point (0, 0) is what programs write that know none."""
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return False
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)
