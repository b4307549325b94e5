"""Official files read by column, part after part, never whole: every cell as clean text, whatever type the file gives it."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from biocarto.desk.official.files import OfficialFile, OfficialKind
from biocarto.desk.official.official_error import OfficialFileError

ROWS = 1 << 17
"""Rows of a part."""
_BLOCK = 1 << 23
"""Bytes of a part of a CSV."""
_SMALL = {OfficialKind.STRUCTURES, OfficialKind.I_NOV, OfficialKind.I_LAB}
"""Tables of some thousand rows, whose cells may hold line breaks."""
MASKED = "[ND]"
"""What INSEE writes where a person has asked not to be listed."""
UNKNOWN_DAY = "1900-01-01"
"""What SIRENE has for a day that it does not know."""

WIDTHS = {
    "siren": 9,
    "siret": 14,
    "nic": 5,
    "nicSiegeUniteLegale": 5,
    "categorieJuridiqueUniteLegale": 4,
    "codeCommuneEtablissement": 5,
    "codePostalEtablissement": 5,
    "plg_code_commune": 5,
    "ndeg_siren": 9,
    "ndeg_siret": 14,
}
"""Digits of codes that lose their zeros where a file has them as numbers."""

_DAYS = ("dateCreation", "dateDebut", "dateDernierTraitement")
"""What the names of SIRENE's columns of days begin with."""

Keep = Callable[[pa.Table], pa.Array]
"""A part with the key columns -> which rows of it are wanted."""


def scan(
    file: OfficialFile,
    keys: Sequence[str],
    rest: Sequence[str] = (),
    keep: Keep | None = None,
    *,
    numbers: Collection[str] = (),
    leave_out: Callable[[], None] = lambda: None,
) -> Iterator[pa.Table]:
    """The rows that `keep` wants by their `keys`, with `keys` and `rest`, part by part; all of them without `keep`.

    Cells are text without blanks at their ends, "" where the file has nothing or masks it; codes have their zeros, dates are ISO days,
    truth is "true" or "false". Columns named in `numbers` are float64 instead. A column that the file lacks is empty. `leave_out` is
    called for each line of a CSV that has too few or too many cells. Raises OfficialFileError for a file that cannot be read to its end.
    """
    names = list(dict.fromkeys((*keys, *rest)))
    try:
        for part in _read_parts(file, [name for name in names if name in file.columns], leave_out):
            clean = {name: _clean(part, name, numbers) for name in keys}
            if keep:
                wanted = keep(pa.table(clean))
                part = part.filter(wanted)  # noqa: PLW2901 - what is not wanted is not cleaned
                clean = {name: column.filter(wanted) for name, column in clean.items()}
            if part.num_rows:
                yield pa.table({name: clean[name] if name in clean else _clean(part, name, numbers) for name in names})
    except (pa.ArrowException, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise OfficialFileError(file.name, "lecture impossible jusqu'au bout", "it cannot be read to its end") from error


def _read_parts(file: OfficialFile, names: list[str], leave_out: Callable[[], None]) -> Iterator[pa.RecordBatch]:
    if file.delimiter:
        with _open_text(file) as stream:
            yield from _read_csv(file, stream, names, leave_out)
        return
    with pq.ParquetFile(file.path) as parquet:
        there = {file.header[file.columns[name]]: name for name in names}
        for batch in parquet.iter_batches(batch_size=ROWS, columns=list(there), use_threads=True):
            yield batch.rename_columns([there[name] for name in batch.schema.names])


@contextmanager
def _open_text(file: OfficialFile) -> Iterator[IO[bytes]]:
    if file.member:
        with zipfile.ZipFile(file.path) as archive, archive.open(file.member) as packed:
            yield packed
    else:
        with file.path.open("rb") as plain:
            yield plain


def _read_csv(file: OfficialFile, stream: IO[bytes], names: list[str], leave_out: Callable[[], None]) -> Iterator[pa.RecordBatch]:
    """Columns are told by their places; lines with too few or too many cells are left out, as a file that was cut ends with one."""

    def skip(_: object) -> str:
        leave_out()
        return "skip"

    places = [f"{place}" for place in range(len(file.header))]
    wanted = [places[file.columns[name]] for name in names]
    reader = pa_csv.open_csv(
        stream,
        read_options=pa_csv.ReadOptions(block_size=_BLOCK, column_names=places, skip_rows=1),
        parse_options=pa_csv.ParseOptions(delimiter=file.delimiter, newlines_in_values=file.kind in _SMALL, invalid_row_handler=skip),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, strings_can_be_null=False
        ),
    )
    for batch in reader:
        yield batch.rename_columns(names)


# --- cells ------------------------------------------------------------------------------------------------------------


def _clean(part: pa.RecordBatch, name: str, numbers: Collection[str]) -> pa.Array:
    """A column as `scan` promises it."""
    if name not in part.schema.names:
        return pa.nulls(part.num_rows, pa.float64()) if name in numbers else pa.repeat("", part.num_rows)
    column = part.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if name in numbers:
        return _read_numbers(column)
    text = _write_text(column)
    text = pc.fill_null(pc.utf8_trim_whitespace(text), "")
    text = pc.if_else(pc.equal(text, MASKED), "", text)
    if name.startswith(_DAYS):
        return _read_days(text)
    return _pad(text, WIDTHS[name]) if name in WIDTHS else text


def _read_days(text: pa.Array) -> pa.Array:
    """ISO days, also of moments and of days without dashes; "" for what is none."""
    days = pc.utf8_slice_codeunits(text, 0, 10)
    if pc.any(pc.equal(pc.binary_length(days), 8)).as_py():
        days = pc.replace_substring_regex(days, r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3")
    is_day = pc.match_substring_regex(days, r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")
    return pc.if_else(pc.and_not(is_day, pc.equal(days, UNKNOWN_DAY)), days, "")


def _write_text(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_temporal(kind):
        return column.cast(pa.timestamp("us"), safe=False).cast(pa.date32(), safe=False).cast(pa.string())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        whole = column.cast(pa.float64())
        is_whole = pc.equal(pc.floor(whole), whole)
        digits = pc.if_else(is_whole, whole, None).cast(pa.int64(), safe=False).cast(pa.string())
        return pc.if_else(is_whole, digits, column.cast(pa.string()))
    return column.cast(pa.string())


def _read_numbers(column: pa.Array) -> pa.Array:
    """Numbers, also written as text with a decimal comma; what is none is missing."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column.cast(pa.float64(), safe=False)
    text = pc.replace_substring(pc.utf8_trim_whitespace(column), ",", ".")
    is_number = pc.match_substring_regex(text, r"^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$")
    return pc.if_else(is_number, text, None).cast(pa.float64())


def _pad(text: pa.Array, width: int) -> pa.Array:
    """A code of digits with the zeros that it has lost; what has letters, or nothing, stays."""
    short = pc.and_(pc.less(pc.binary_length(text), width), pc.greater(pc.binary_length(text), 0))
    if not pc.any(short).as_py():
        return text
    return pc.if_else(pc.and_(short, pc.utf8_is_digit(text)), pc.utf8_lpad(text, width, "0"), text)
