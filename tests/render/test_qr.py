"""QR codes, decoded by another library than the one that draws them."""

import io
import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from biocarto.errors import ExportError
from biocarto.render.qr import LONGEST_LINK, draw_png, draw_svg

LINK = "https://biocarto.example/annuaire?category=biotherapies&department=91&q=th%C3%A9rapie"


def decoded(png: bytes):
    """The one code of an image."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return found


def test_a_png_is_read_back() -> None:
    """The very link, with error correction M at least."""
    found = decoded(draw_png(LINK))
    assert (found.text, found.format) == (LINK, zxingcpp.BarcodeFormat.QRCode)
    assert found.ec_level in {"M", "Q", "H"}


def test_the_longest_link_is_read_back() -> None:
    """The limit is one that works."""
    link = f"{LINK}&x=".ljust(LONGEST_LINK, "a")
    assert decoded(draw_png(link, scale=4)).text == link


def test_other_scripts_are_percent_encoded() -> None:
    """Readers disagree about anything but ASCII."""
    assert decoded(draw_png("https://example.org/?q=é基\n")).text == "https://example.org/?q=%C3%A9%E5%9F%BA%0A"


@pytest.mark.parametrize("link", ["", "https://example.org/?q=" + "a" * LONGEST_LINK])
@pytest.mark.parametrize("draw", [draw_png, draw_svg])
def test_a_link_that_does_not_fit_is_refused(draw, link: str) -> None:
    """The message says the limit."""
    with pytest.raises(ExportError) as caught:
        draw(link)
    assert str(LONGEST_LINK) in caught.value.message("fr")
    assert str(LONGEST_LINK) in caught.value.message("en")


def test_the_quiet_zone_is_four_white_modules() -> None:
    """Without it, readers miss a code on a dark page."""
    image = Image.open(io.BytesIO(draw_png(LINK, scale=3))).convert("L")
    side = image.width
    assert image.height == side
    assert all(image.crop(box).getextrema() == (255, 255) for box in [(0, 0, side, 12), (0, 0, 12, side), (side - 12, 0, side, side)])
    assert image.getpixel((12, 12)) == 0


def test_an_svg_fills_its_place_on_white() -> None:
    """No size of its own, no script, a white ground."""
    svg = ET.fromstring(draw_svg(LINK))
    modules = Image.open(io.BytesIO(draw_png(LINK, scale=1))).width
    assert svg.attrib["viewBox"] == f"0 0 {modules} {modules}"
    assert [child.tag.rpartition("}")[2] for child in svg] == ["path", "path"]
    assert svg[0].attrib["fill"] == "#fff"
