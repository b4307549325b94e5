"""A part of a packed workbook as bytes, unpacked piece by piece whatever size it declares; and how a workbook that is none is told."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.sheet_limits import build_bomb_error

PIECE = 1 << 20
"""Bytes that are looked at together."""
_HEADER = struct.Struct("<4s5H3I2H")
_LARGE, _MOST_PACKED = 20 * PIECE, 300
"""From so many bytes on, a part that is so many times larger than what it is packed in is no spreadsheet's: those reach 100 times."""
BROKEN = (
    "Redemandez-le à qui l'a envoyé, ou rouvrez-le dans le tableur et enregistrez-le de nouveau.",
    "Ask its sender for it again, or open it in the spreadsheet and save it anew.",
)


def build_broken_error(name: str) -> IntakeError:
    """The error of a workbook of which a part is missing."""
    return build_intake_error(
        name,
        ("un classeur abîmé ou incomplet : il s'arrête avant sa fin.", "a damaged or incomplete workbook: it stops before its end."),
        BROKEN,
    )


def build_password_error(name: str) -> IntakeError:
    """The error of a workbook that a password closes."""
    return build_intake_error(
        name,
        ("un classeur protégé par un mot de passe.", "a workbook that a password protects."),
        (
            "Ouvrez-le dans le tableur, enlevez son mot de passe, puis enregistrez.",
            "Open it in the spreadsheet, remove its password, then save.",
        ),
    )


def unpack(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member piece by piece, whatever size it declares."""
    header = _HEADER.unpack_from(data, member.header_offset)
    start = member.header_offset + _HEADER.size + header[-2] + header[-1]
    raw = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield bytes(raw)
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zlib.error("a method that no spreadsheet uses")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = raw
    while not inflater.eof:
        piece = inflater.decompress(rest, PIECE)
        rest = inflater.unconsumed_tail
        if not piece and not rest and not inflater.eof:
            raise zlib.error("a member without its end")
        yield piece


def limit_size(name: str, pieces: Iterator[bytes], packed: int, left: int) -> Iterator[bytes]:
    """The same pieces; raises IntakeError where they become more than `left` bytes, or far more than the `packed` bytes they come of."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > left or (size > _LARGE and size > _MOST_PACKED * packed):
            raise build_bomb_error(name)
        yield piece


def refuse_declarations(name: str, piece: bytes) -> None:
    """No spreadsheet writes a document type; who does can make a few bytes into a thousand million."""
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
        raise build_intake_error(
            name,
            (
                "ce classeur déclare des entités XML, ce qu'aucun tableur n'écrit.",
                "this workbook declares XML entities, which no spreadsheet writes.",
            ),
            ("Ouvrez-le dans le tableur et enregistrez-le de nouveau.", "Open it in the spreadsheet and save it anew."),
        )
