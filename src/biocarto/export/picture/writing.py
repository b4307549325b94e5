"""A picture as a file: SVG whose texts are outlines, and PNG of exactly so many pixels; equal pictures give equal bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from xml.etree import ElementTree as ET

import typst

from biocarto.export.picture.layout import lay_out
from biocarto.export.picture.model import Picture, PictureSize
from biocarto.export.picture.outlines import outline_texts

_PAGE = b"""#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt, fill: none)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "stretch")"""
_HEADER = 33
"""Bytes of a PNG up to the end of its first chunk."""


def write_svg(picture: Picture, size: PictureSize, *, transparent: bool = False, with_code: bool = False) -> bytes:
    """UTF-8, without script, font or reference to anything outside; raises ExportError for an address that no QR code holds."""
    root = lay_out(picture, size, transparent=transparent, with_code=with_code)
    outline_texts(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def write_png(picture: Picture, size: PictureSize, *, transparent: bool = False, with_code: bool = False) -> bytes:
    """As many pixels as the size has, with its dots per inch; raises ExportError for an address that no QR code holds."""
    svg = ET.tostring(lay_out(picture, size, transparent=transparent, with_code=with_code), encoding="unicode")
    inputs = {"svg": svg, "width": str(size.pixels[0]), "height": str(size.pixels[1])}
    return _note_density(bytes(typst.compile(_PAGE, format="png", ppi=72, ignore_system_fonts=True, sys_inputs=inputs)), size.dpi)


def _note_density(png: bytes, dpi: int) -> bytes:
    """The same image, which also says how large it is on paper: after its header, a chunk with the dots per metre."""
    content = b"pHYs" + struct.pack(">IIB", *[round(dpi / 0.0254)] * 2, 1)
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return png[:_HEADER] + chunk + png[_HEADER:]


WRITERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "png": (write_png, "image/png"),
    "svg": (write_svg, "image/svg+xml"),
}
"""Extension -> what writes a picture, and its media type."""
