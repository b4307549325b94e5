"""Texts of a drawing as the outlines of their letters, so that it looks the same wherever it is opened, whatever fonts are there."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import typst

from biocarto.render.svg import add

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_STEP = 8
"""Points between two texts of the sheet that Typst sets, one below the other."""
_SHEET = b"""#let texts = json(bytes(sys.inputs.texts))
#set page(width: 100pt, height: (texts.len() + 1) * 8pt, margin: 0pt, fill: none)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), top-edge: "baseline", bottom-edge: "baseline")
#context for (row, it) in texts.enumerate() {
  let line = box(text(size: it.size * 1pt, weight: it.weight, style: it.style, it.text))
  place(dx: -measure(line).width * it.shift, dy: (row + 1) * 8pt, line)
}"""
_MATRIX = re.compile(r"matrix\(([^ ]+ [^ ]+ [^ ]+ [^ ]+) ([^ ]+) ([^ ]+)\)")
_SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_KEPT = ("fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "class")


def outline_texts(root: ET.Element) -> None:
    """Put the outlines of its letters in the place of every `text`; each shape of a letter is there once."""
    texts = list(root.iter("text"))
    if not texts:
        return
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    sheet = ET.fromstring(_set_texts(texts))  # noqa: S314 - written by Typst
    lines = _read_lines(sheet)
    for row, text in enumerate(texts):
        _replace_text(text, lines.get(row, []))
    letters = add(root, "defs")
    for symbol in sheet.iter(f"{_SVG}symbol"):
        letters.append(_strip_names(symbol))


def _set_texts(texts: list[ET.Element]) -> str:
    wanted = [
        {
            "text": text.text or "",
            "size": float(text.get("font-size", "11.5")),
            "weight": text.get("font-weight", "regular"),
            "style": text.get("font-style", "normal"),
            "shift": _SHIFTS[text.get("text-anchor", "start")],
        }
        for text in texts
    ]
    inputs = {"texts": json.dumps(wanted, ensure_ascii=False)}
    return bytes(typst.compile(_SHEET, format="svg", ignore_system_fonts=True, sys_inputs=inputs)).decode()


def _read_lines(sheet: ET.Element) -> dict[int, list[ET.Element]]:
    """Row of the sheet -> its runs of letters, each moved to the beginning of the row."""
    found: dict[int, list[ET.Element]] = {}
    for group in sheet.iter(f"{_SVG}g"):
        place = _MATRIX.fullmatch(group.get("transform", ""))
        if place is None or group.find(f"{_SVG}use") is None:
            continue
        run = ET.Element("g", {"transform": f"matrix({place[1]} {place[2]} 0)"})
        for letter in group.iter(f"{_SVG}use"):
            ET.SubElement(run, "use", {_LINK: letter.attrib[_LINK], "x": letter.get("x", "0")})
        found.setdefault(round(float(place[3]) / _STEP) - 1, []).append(run)
    return found


def _replace_text(text: ET.Element, runs: list[ET.Element]) -> None:
    """Make a `text` the group of its outlines, in the same place and the same colours."""
    looks = {name: text.attrib[name] for name in _KEPT if name in text.attrib}
    x, y = text.get("x", "0"), text.get("y", "0")
    text.tag, text.text = "g", None
    text.attrib.clear()
    text.attrib.update(looks | {"transform": f"translate({x} {y})"})
    text.extend(runs)


def _strip_names(element: ET.Element) -> ET.Element:
    """The same element without its namespace, which is that of the drawing."""
    copy = ET.Element(element.tag.removeprefix(_SVG), element.attrib)
    copy.extend(_strip_names(child) for child in element)
    return copy
