"""A PNG from bands of it: the pixels are those of the whole, whatever filter a band begins with."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from biocarto.export.picture.bands import join_bands

WIDTH = 5


def a_row(seed: int) -> bytes:
    """Pixels of a row, none like another."""
    return bytes((seed * 37 + at * 91) % 256 for at in range(WIDTH * 4))


def filter_row(kind: int, row: bytes, above: bytes) -> bytes:
    """A row as PNG 9.2 filters it, from the definition."""
    found = bytearray([kind])
    for at, value in enumerate(row):
        left, up, corner = (row[at - 4] if at > 3 else 0), above[at], (above[at - 4] if at > 3 else 0)
        guess = left + up - corner
        near = min((left, up, corner), key=lambda other: abs(guess - other))
        found.append((value - (0, left, up, (left + up) // 2, near)[kind]) % 256)
    return bytes(found)


def a_band(rows: list[bytes], first: int) -> bytes:
    """A PNG whose first row has one filter, and each after it the next."""
    above, data = bytes(WIDTH * 4), b""
    for number, row in enumerate(rows):
        data += filter_row((first + number) % 5, row, above)
        above = row
    parts = ((b"IHDR", struct.pack(">II", WIDTH, len(rows)) + bytes([8, 6, 0, 0, 0])), (b"IDAT", zlib.compress(data)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(c)) + k + c + struct.pack(">I", zlib.crc32(k + c)) for k, c in parts)


@pytest.mark.parametrize("first", range(5))
def test_bands_are_one_image(first: int) -> None:
    """Row for row, with the dots per inch."""
    rows = [a_row(seed) for seed in range(9)]
    joined = join_bands([a_band(rows[:4], 0), a_band(rows[4:7], first), a_band(rows[7:], (first + 2) % 5)], 300)
    image = Image.open(io.BytesIO(joined))
    assert image.size == (WIDTH, 9)
    assert image.tobytes() == b"".join(rows)
    assert [round(value) for value in image.info["dpi"]] == [300, 300]


def test_a_band_of_another_kind_is_refused() -> None:
    """Rather than mixed into the others."""
    grey = io.BytesIO()
    Image.new("L", (WIDTH, 2)).save(grey, "png")
    with pytest.raises(ValueError, match="four channels"):
        join_bands([grey.getvalue()], 72)
