"""A large PNG from bands of it, one below the other, so that no more than a band is ever held as pixels.

A page of 300 dots per inch is 35 MB of pixels, of which a renderer holds three copies.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIXEL = 4
"""Bytes of a pixel: red, green, blue, alpha."""
_RGBA = bytes([8, 6, 0, 0, 0])
"""What the header of each band says after its size: 8 bits, four channels, not interlaced."""
_NONE, _SUB, _UP, _AVERAGE, _PAETH = range(5)
"""The filters of a row (PNG, 9.2)."""


def join_bands(bands: Iterable[bytes], dpi: int) -> bytes:
    """One PNG of PNGs of the same width (RGBA), which also says how large it is on paper (dots per inch)."""
    packer, packed, width, height = zlib.compressobj(6), [], 0, 0
    for band in bands:
        chunks = list(_read_chunks(band))
        width, rows = struct.unpack(">II", chunks[0][1][:8])
        if chunks[0][1][8:] != _RGBA:
            raise ValueError("A band is no PNG of four channels.")
        height += rows
        data = bytearray(zlib.decompress(b"".join(content for kind, content in chunks if kind == b"IDAT")))
        _free_first_row(data, 1 + width * _PIXEL)
        packed.append(packer.compress(data))
    packed.append(packer.flush())
    density = struct.pack(">IIB", *[round(dpi / 0.0254)] * 2, 1)
    header = struct.pack(">II", width, height) + _RGBA
    parts = ((b"IHDR", header), (b"pHYs", density), (b"IDAT", b"".join(packed)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_write_chunk(kind, content) for kind, content in parts)


def _read_chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _write_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _free_first_row(data: bytearray, length: int) -> None:
    """Write the first row of a band without the row above it, which was none and will be the last one of the band before."""
    kind = data[0]
    if kind in {_UP, _PAETH}:
        data[0] = _NONE if kind == _UP else _SUB
    elif kind == _AVERAGE:
        for at in range(1 + _PIXEL, length):
            data[at] = (data[at] + data[at - _PIXEL] // 2) & 0xFF
        data[0] = _NONE
