"""Which official files lie in the operator's folder, known by their columns, each with its date; nothing is ever fetched."""

from __future__ import annotations

import csv
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from biocarto.clock import read_today
from biocarto.desk.official.official_error import OfficialFileError
from biocarto.errors import Notice, quote_value


class OfficialKind(StrEnum):
    """What a file is, whatever it is called."""

    ESTABLISHMENTS = "establishments"
    LEGAL_UNITS = "legal_units"
    POSITIONS = "positions"
    STRUCTURES = "structures"
    I_NOV = "i_nov"
    I_LAB = "i_lab"


class Dating(StrEnum):
    """Where the date of a file comes from: what is in it, its name, else when it was written on this machine."""

    CONTENT = "content"
    NAME = "name"
    MODIFIED = "modified"


@dataclass(frozen=True)
class Dataset:
    """What a kind of file is called, the page that it is published on, and the columns that make it known."""

    name: str
    page: str
    columns: frozenset[str]


_INSEE = "https://www.data.gouv.fr/datasets/"
_MESR = "https://data.enseignementsup-recherche.gouv.fr/explore/dataset/"
_SIRENE = f"{_INSEE}base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret"
DATASETS = {
    OfficialKind.ESTABLISHMENTS: Dataset(
        "INSEE, Sirene, StockEtablissement",
        _SIRENE,
        frozenset(("siren", "siret", "etatAdministratifEtablissement", "codeCommuneEtablissement", "activitePrincipaleEtablissement")),
    ),
    OfficialKind.LEGAL_UNITS: Dataset(
        "INSEE, Sirene, StockUniteLegale",
        _SIRENE,
        frozenset(("siren", "etatAdministratifUniteLegale", "denominationUniteLegale", "categorieJuridiqueUniteLegale")),
    ),
    OfficialKind.POSITIONS: Dataset(
        "INSEE, Sirene, géolocalisation des établissements",
        f"{_INSEE}geolocalisation-des-etablissements-du-repertoire-sirene-pour-les-etudes-statistiques",
        frozenset(("siret", "qualite_xy", "x_longitude", "y_latitude")),
    ),
    OfficialKind.STRUCTURES: Dataset(
        "MESR, RNSR, structures de recherche publiques actives",
        f"{_MESR}fr-esr-structures-recherche-publiques-actives",
        frozenset(("numero_national_de_structure", "libelle", "commune")),
    ),
    OfficialKind.I_NOV: Dataset(
        "MESR, lauréats du concours i-Nov", f"{_MESR}fr-esr-laureats-concours-i-nov", frozenset(("projet", "entreprise", "siren"))
    ),
    OfficialKind.I_LAB: Dataset(
        "MESR, lauréats du concours i-Lab",
        f"{_MESR}fr-esr-laureats-concours-national-i-lab",
        frozenset(("libelle_entreprise", "annee_de_concours")),
    ),
}
"""Kind -> what it is; the first whose columns are all there is the kind of a file."""

TREATED = {
    OfficialKind.ESTABLISHMENTS: "dateDernierTraitementEtablissement",
    OfficialKind.LEGAL_UNITS: "dateDernierTraitementUniteLegale",
}
"""Column whose newest day is that of the file."""

_FIRST = date(1973, 1, 1)
"""SIRENE began in 1973: no file is older."""
_HEADER = 1 << 16
"""Bytes that a header may take."""
_DAY = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_KNOWN = {name.casefold(): name for dataset in DATASETS.values() for name in dataset.columns}


@dataclass(frozen=True)
class OfficialFile:
    """A file that can be read: `header` as it stands in it, `columns` by their official names -> places in the header, from 0.

    `dated` is a day (ISO 8601) and `dating` where it comes from. A table in a ZIP is `member`; `delimiter` is "" for Parquet.
    """

    path: Path
    kind: OfficialKind
    header: tuple[str, ...]
    columns: Mapping[str, int]
    dated: str
    dating: Dating
    delimiter: str = ""
    member: str = ""
    signature: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        """Its name, with that of the table inside of a ZIP."""
        return f"{write_name(self.path)}/{Path(self.member).name}" if self.member else write_name(self.path)

    @property
    def title(self) -> str:
        """As evidence cites it: publisher, file, date; the day on which it came here is not said to be that of its edition."""
        told = f"fichier reçu le {self.dated}" if self.dating is Dating.MODIFIED else self.dated
        return f"{DATASETS[self.kind].name} ({told})"

    @property
    def page(self) -> str:
        """Where it is published."""
        return DATASETS[self.kind].page

    @property
    def key(self) -> tuple[object, ...]:
        """What is another one as soon as the file is."""
        return str(self.path), self.member, self.kind, self.signature


@dataclass(frozen=True)
class OfficialFolder:
    """What lies in a folder: the newest file of each kind, what cannot be read or is not used (`troubles`), what is not there."""

    folder: Path
    files: tuple[OfficialFile, ...] = ()
    troubles: tuple[Notice, ...] = ()

    def find(self, kind: OfficialKind) -> OfficialFile | None:
        """The file of a kind; None where there is none."""
        return next((file for file in self.files if file.kind is kind), None)

    @property
    def missing(self) -> tuple[OfficialKind, ...]:
        """The kinds that no file is of."""
        return tuple(kind for kind in OfficialKind if self.find(kind) is None)


def write_name(path: Path) -> str:
    """The name of a file as text, also one of bytes that are none."""
    return path.name.encode("utf-8", "backslashreplace").decode()


def list_official(folder: Path) -> OfficialFolder:
    """The official files of a folder, and a sentence for each that is none; an absent folder has none."""
    found: list[OfficialFile] = []
    troubles: list[Notice] = []
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.exists() else []
    except OSError as error:
        return OfficialFolder(folder, (), (_tell_os_error(folder.name, error),))
    for path in paths:
        try:
            if path.is_dir():
                continue
            found += read_heads(path)
        except OfficialFileError as error:
            troubles.append(Notice(write_name(path), 0, "", error.fr, error.en))
        except OSError as error:
            troubles.append(_tell_os_error(write_name(path), error))
    newest, doubles = _choose_newest(found)
    return OfficialFolder(folder, newest, (*troubles, *doubles))


def read_heads(path: Path) -> list[OfficialFile]:
    """The tables of one file, known by their columns; raises OfficialFileError with what it is instead, OSError."""
    state = path.stat()
    signature = state.st_size, state.st_mtime_ns
    modified = datetime.fromtimestamp(state.st_mtime, UTC).date()
    if not state.st_size:
        raise OfficialFileError(path.name, "fichier vide", "an empty file")
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == b"PAR1":
        return [_read_parquet_head(path, modified, signature)]
    if magic == b"PK\x03\x04":
        return _read_zip_heads(path, modified, signature)
    with path.open("rb") as file:
        header, delimiter = _read_header(path.name, file.read(_HEADER))
    dated = _date_by_name(path.name, modified)
    columns = _place_columns(header)
    return [OfficialFile(path, know_kind(path.name, columns), header, columns, *dated, delimiter, "", signature)]


def know_kind(name: str, columns: Iterable[str]) -> OfficialKind:
    """The kind that has these columns; raises OfficialFileError for a table of another origin."""
    there = set(columns)
    kind = next((kind for kind, dataset in DATASETS.items() if dataset.columns <= there), None)
    if kind is None:
        seen = quote_value(", ".join(list(columns)[:5]))
        raise OfficialFileError(
            name, f"aucun fichier officiel connu n'a ces colonnes ({seen})", f"no known official file has these columns ({seen})"
        )
    return kind


# --- heads ------------------------------------------------------------------------------------------------------------


def _read_parquet_head(path: Path, modified: date, signature: tuple[int, int]) -> OfficialFile:
    try:
        with pq.ParquetFile(path) as file:
            header = tuple(file.schema_arrow.names)
            if len(set(header)) < len(header):
                raise OfficialFileError(path.name, "une colonne y est deux fois", "a column stands in it twice")
            columns = _place_columns(header)
            kind = know_kind(path.name, columns)
            place = columns.get(TREATED.get(kind, ""))
            treated = None if place is None else _find_newest(file.metadata, header[place])
            is_empty = not file.metadata.num_rows
    except (pa.ArrowException, ValueError) as error:
        raise OfficialFileError(path.name, "fichier Parquet abîmé ou coupé", "a Parquet file that is damaged or cut") from error
    if is_empty:
        raise OfficialFileError(path.name, "des colonnes et aucune ligne", "columns and no row")
    dated = (treated.isoformat(), Dating.CONTENT) if treated else _date_by_name(path.name, modified)
    return OfficialFile(path, kind, header, columns, *dated, "", "", signature)


def _find_newest(metadata: pq.FileMetaData, column: str) -> date | None:
    """The newest day of a column by the figures that Parquet keeps of each part, without reading it; None where it keeps none."""
    places = [place for place in range(metadata.num_columns) if metadata.schema.column(place).path == column]
    if not places:
        return None
    parts = (metadata.row_group(number).column(places[0]).statistics for number in range(metadata.num_row_groups))
    days = (_read_day(part.max) for part in parts if part is not None and part.has_min_max)
    return max((day for day in days if day and _FIRST <= day <= read_today()), default=None)


def _read_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


_DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, RuntimeError, ValueError),
)
"""What a ZIP raises whose list is whole and whose tables are not, or that has a password."""


def _read_zip_heads(path: Path, modified: date, signature: tuple[int, int]) -> list[OfficialFile]:
    """The official tables of a ZIP; what else is in it is left alone. Raises OfficialFileError where none is one."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if info.filename.lower().endswith((".csv", ".txt")) and not info.is_dir()]
            heads = []
            for info in members:
                with archive.open(info) as table:
                    heads.append((info, table.read(_HEADER)))
    except _DAMAGED as error:
        raise OfficialFileError(path.name, "archive ZIP abîmée, coupée ou protégée", "a ZIP that is damaged, cut or protected") from error
    if not heads:
        raise OfficialFileError(path.name, "archive ZIP sans fichier CSV", "a ZIP without a CSV file")
    files: list[OfficialFile] = []
    foreign: list[OfficialFileError] = []
    for info, head in heads:
        try:
            header, delimiter = _read_header(f"{path.name}/{info.filename}", head)
            columns = _place_columns(header)
            kind = know_kind(f"{path.name}/{info.filename}", columns)
        except OfficialFileError as error:
            foreign.append(error)
            continue
        dated = _date_by_name(path.name, modified, info.filename)
        files.append(OfficialFile(path, kind, header, columns, *dated, delimiter, info.filename, signature))
    if foreign and not files:
        raise foreign[0]
    return files


def _read_header(name: str, head: bytes) -> tuple[tuple[str, ...], str]:
    """The columns of a table as text, and what stands between them."""
    line = head.split(b"\n", 1)[0]
    try:
        text = line.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise OfficialFileError(name, "ni CSV en UTF-8, ni Parquet, ni ZIP", "neither CSV in UTF-8, nor Parquet, nor ZIP") from error
    delimiter = max(",;\t", key=text.count)
    is_text = text.replace("\t", "").isprintable()
    cells = next(csv.reader([text], delimiter=delimiter), []) if is_text else []
    if len(cells) < 2:
        raise OfficialFileError(name, "aucun en-tête de colonnes", "no header of columns")
    if not head[len(line) :].strip():
        raise OfficialFileError(name, "un en-tête et aucune ligne", "a header and no line")
    return tuple(cells), delimiter


def _place_columns(header: Sequence[str]) -> dict[str, int]:
    """Places by official names, whatever blanks and letter case they are written with; of two, the first."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(header):
        bare = cell.strip("\ufeff \t\u00a0")
        columns.setdefault(_KNOWN.get(bare.casefold(), bare), place)
    return columns


# --- dates and doubles ------------------------------------------------------------------------------------------------


def _date_by_name(name: str, modified: date, member: str = "") -> tuple[str, Dating]:
    """The newest day that a name tells (a month alone is its first day), else when the file was written."""
    for text in (member, name):
        for year, month, day in _DAY.findall(text):
            told = _read_day(f"{year}-{month}-{day or '01'}")
            if told and told <= read_today():
                return told.isoformat(), Dating.NAME
    return min(modified, read_today()).isoformat(), Dating.MODIFIED


def _choose_newest(files: Sequence[OfficialFile]) -> tuple[tuple[OfficialFile, ...], list[Notice]]:
    """One file of each kind; those that are left aside are named."""
    ordered = sorted(files, key=lambda file: file.dated, reverse=True)
    chosen = {kind: next(file for file in ordered if file.kind is kind) for kind in OfficialKind if any(f.kind is kind for f in ordered)}
    aside = [file for file in ordered if chosen[file.kind] is not file]
    told = [
        Notice(
            file.name,
            0,
            "",
            f"laissé de côté : {quote_value(chosen[file.kind].name)} est plus récent ou aussi récent",
            f"left aside: {quote_value(chosen[file.kind].name)} is newer or as new",
        )
        for file in aside
    ]
    return tuple(chosen.values()), told


def _tell_os_error(name: str, error: OSError) -> Notice:
    denied = isinstance(error, PermissionError)
    fr = "lecture refusée : vérifiez ses droits" if denied else "introuvable ou illisible : un lien qui ne mène nulle part ?"
    en = "reading denied: check its rights" if denied else "missing or unreadable: a link that leads nowhere?"
    return Notice(name, 0, "", fr, en)
