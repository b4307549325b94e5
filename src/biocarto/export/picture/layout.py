"""A picture on its page: head, drawing, legend and foot, each in a room of its own."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from biocarto.export.drawing.legend import add_scale
from biocarto.export.drawing.letters import wrap_text
from biocarto.export.picture.model import LegendPart, Picture, PictureSize
from biocarto.i18n import Locale
from biocarto.render import qr
from biocarto.render.printable import make_printable
from biocarto.render.svg import FONT, GROUND, add, add_patterns, add_text
from biocarto.render.text import is_web

ACCENT, MUTED, RULE = "#0B5C8A", "#4A5A66", "#C3CED6"
MARGIN, GAP = 30.0, 20.0
COLUMN = 214.0
"""Width of a legend beside the drawing."""
CODE = 66.0
"""Side of the QR code."""
_LINE, _ENTRY, _PART, _SCALE = 14.0, 3.0, 10.0, 30.0
_TITLE, _SUBTITLE, _FOOT = 26.0, 13.5, 9.5


@dataclass(frozen=True)
class _Room:
    """A rectangle of the page."""

    x: float
    y: float
    width: float
    height: float


def lay_out(picture: Picture, size: PictureSize, *, transparent: bool = False, with_code: bool = False) -> ET.Element:
    """The whole picture as an SVG; raises ExportError for an address that no QR code holds."""
    root = _open_page(picture, size, transparent)
    top = _add_head(root, picture, size, with_code and is_web(picture.imprint.address))
    bottom = _add_foot(root, picture, size)
    body = _Room(MARGIN, top + 12, size.width - 2 * MARGIN, bottom - top - 24)
    if not picture.legend:
        _add_drawing(root, picture, body)
    elif size.is_upright:
        _fill_upright(root, picture, body)
    else:
        _fill_wide(root, picture, body)
    return root


def _open_page(picture: Picture, size: PictureSize, transparent: bool) -> ET.Element:
    width, height = (f"{value:.6g}" for value in (size.width, size.height))
    names = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", "font-family": FONT, "role": "img"}
    root = ET.Element("svg", names | {"width": str(size.pixels[0]), "height": str(size.pixels[1]), "lang": picture.lang})
    add(root, "title").text = make_printable(f"{picture.title}, {picture.subtitle}")
    add(root, "desc").text = make_printable(f"{picture.alt} {picture.imprint.sources} {picture.imprint.address}")
    add_patterns(root)
    if not transparent:
        add(root, "rect", width=size.width, height=size.height, fill=GROUND, class_="ground")
    return root


def _add_lines(parent: ET.Element, lines: list[str], x: float, y: float, size: float, **looks: str | float) -> float:
    """Lines of one text from the top `y` down; where they end."""
    for line in lines:
        y += size * 1.22
        add_text(parent, line, x, y - size * 0.22, font_size=size, **looks)
    return y


def _add_head(root: ET.Element, picture: Picture, size: PictureSize, with_code: bool) -> float:
    """The title and what was chosen, the code beside them; where the head ends."""
    width = size.width - 2 * MARGIN - (CODE + GAP if with_code else 0)
    add(root, "rect", x=MARGIN, y=22, width=44, height=4, fill=ACCENT)
    y = _add_lines(root, wrap_text(picture.title, width, _TITLE, bold=True, most=2), MARGIN, 32, _TITLE, font_weight="bold")
    y = _add_lines(root, wrap_text(picture.subtitle, width, _SUBTITLE, most=3), MARGIN, y + 2, _SUBTITLE, fill=MUTED)
    if not with_code:
        return y
    _add_code(root, picture.imprint.address, size.width - MARGIN - CODE, 22)
    return max(y, 22 + CODE)


def _add_code(root: ET.Element, address: str, x: float, y: float) -> None:
    code = ET.fromstring(qr.draw_svg(address))  # noqa: S314 - drawn by ourselves
    side = code.attrib["viewBox"].split()[2]
    place = add(root, "g", class_="code", transform=f"translate({x:g} {y:g}) scale({CODE / float(side):.5f})")
    for element in code:
        element.tag = element.tag.rpartition("}")[2]
        place.append(element)


def _add_foot(root: ET.Element, picture: Picture, size: PictureSize) -> float:
    """Sources, date, edition, address; where the foot begins."""
    t, imprint, width = picture.text, picture.imprint, size.width - 2 * MARGIN
    told = t("BioCarto, édition du {edition}, image du {made}").format(
        edition=t.edition(imprint.edition), made=t.day(imprint.made.isoformat())
    )
    sources = wrap_text(imprint.sources, width, _FOOT, most=3)
    lines = [*sources, *wrap_text(f"{told} · {imprint.address}", width, _FOOT, most=2)]
    top = size.height - 18 - len(lines) * _FOOT * 1.22
    add(root, "path", d=f"M{MARGIN:g} {top - 5:.1f}h{width:g}", stroke=RULE, stroke_width=0.8)
    _add_lines(root, lines, MARGIN, top, _FOOT, fill=MUTED)
    return top - 5


def _add_drawing(root: ET.Element, picture: Picture, room: _Room) -> float:
    place = add(root, "g", class_="drawing", transform=f"translate({room.x:g} {room.y:.2f})")
    return picture.drawing.draw(place, room.width, room.height, picture.text)


def _fill_wide(root: ET.Element, picture: Picture, body: _Room) -> None:
    """The legend in a column beside the drawing, smaller where it would not fit."""
    scale = _add_drawing(root, picture, _Room(body.x, body.y, body.width - COLUMN - GAP, body.height))
    column = add(root, "g", class_="legend")
    bottom = 0.0
    for part in picture.legend:
        bottom = _add_part(column, part, 0, bottom, COLUMN) + _PART
    if scale:
        add_scale(column, 2, bottom + 12, scale, picture.lang)
        bottom += _SCALE
    shrunk = min(1.0, body.height / bottom)
    column.set("transform", f"translate({body.x + body.width - COLUMN:g} {body.y:.2f}) scale({shrunk:.4g})")


def _fill_upright(root: ET.Element, picture: Picture, body: _Room) -> None:
    """The legend in columns below the drawing, which has what they leave."""
    columns = min(3, len(picture.legend))
    width = (body.width - GAP * (columns - 1)) / columns
    legend = ET.Element("g", {"class": "legend"})
    bottoms = [0.0] * columns
    for part in picture.legend:
        column = min(range(columns), key=bottoms.__getitem__)
        bottoms[column] = _add_part(legend, part, column * (width + GAP), bottoms[column], width) + _PART
    height = max(*bottoms, _SCALE) + _SCALE
    scale = _add_drawing(root, picture, _Room(body.x, body.y, body.width, body.height - height))
    legend.set("transform", f"translate({body.x:g} {body.y + body.height - height + 16:.2f})")
    if scale:
        last = bottoms.index(min(bottoms))
        add_scale(legend, last * (width + GAP) + 2, bottoms[last] + 12, scale, picture.lang)
    root.append(legend)


def _add_part(parent: ET.Element, part: LegendPart, x: float, y: float, width: float) -> float:
    """A part of the legend from the top `y` down; where it ends."""
    y = _add_lines(parent, wrap_text(part.title, width, 12, bold=True), x, y, 12, font_weight="bold") + _ENTRY
    for entry in part.entries:
        lines = wrap_text(entry.text, width - 30, 11.5)
        entry.mark.draw(parent, x + 11, y + _LINE / 2)
        y = max(_add_lines(parent, lines, x + 30, y, 11.5), y + _LINE) + _ENTRY
    for note in part.notes:
        y = _add_lines(parent, wrap_text(note, width, 10.5), x, y + 2, 10.5, fill=MUTED)
    return y


def write_imprint(sources: str, t: Locale) -> str:
    """`Sources : …` as the foot has it."""
    return f"{t('Sources')}{t.colon}{sources}"
