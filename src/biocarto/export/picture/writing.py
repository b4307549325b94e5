"""A picture as a file: SVG whose texts are outlines, and PNG of exactly so many pixels; equal pictures give equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

import typst

from biocarto.export.picture.bands import join_bands
from biocarto.export.picture.layout import lay_out
from biocarto.export.picture.model import Picture, PictureSize
from biocarto.export.picture.outlines import outline_texts

_PAGE = b"""#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt, fill: none)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "stretch")"""
_MOST = 2_200_000
"""Pixels that are held at a time: 9 MB, of which Typst has three copies."""


def write_svg(picture: Picture, size: PictureSize, *, transparent: bool = False, with_code: bool = False) -> bytes:
    """UTF-8, without script, font or reference to anything outside; raises ExportError for an address that no QR code holds."""
    root = lay_out(picture, size, transparent=transparent, with_code=with_code)
    outline_texts(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def write_png(picture: Picture, size: PictureSize, *, transparent: bool = False, with_code: bool = False) -> bytes:
    """As many pixels as the size has, with its dots per inch; raises ExportError for an address that no QR code holds."""
    root = lay_out(picture, size, transparent=transparent, with_code=with_code)
    return join_bands(_render_bands(root, size), size.dpi)


def _render_bands(root: ET.Element, size: PictureSize) -> Iterator[bytes]:
    """The picture from top to bottom, in pieces of a few megapixels."""
    width, height = size.pixels
    step = max(_MOST // width, 1)
    for top in range(0, height, step):
        rows = min(step, height - top)
        unit = size.width / width
        root.set("viewBox", f"0 {top * unit:.6f} {size.width:g} {rows * unit:.6f}")
        root.set("height", str(rows))
        inputs = {"svg": ET.tostring(root, encoding="unicode"), "width": str(width), "height": str(rows)}
        yield bytes(typst.compile(_PAGE, format="png", ppi=72, ignore_system_fonts=True, sys_inputs=inputs))


WRITERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "png": (write_png, "image/png"),
    "svg": (write_svg, "image/svg+xml"),
}
"""Extension -> what writes a picture, and its media type."""
