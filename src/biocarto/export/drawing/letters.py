"""How wide a text is in the fonts that draw it, so that lines are broken and names placed by what they really take."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

import typst

from biocarto import caches
from biocarto.render.printable import DRAWN, make_printable

_ENDS = "…"
_MEASURE = b"""#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 1000pt, weight: sys.inputs.weight)
#context [#metadata(json(bytes(sys.inputs.letters)).map(it => measure(text(it)).width.pt())) <widths>]"""


@lru_cache(maxsize=caches.LETTERS)
def _measure_letters(weight: str) -> Mapping[str, float]:
    """Width of every letter that we draw, in sizes of the text; asked of Typst once (50 ms, 0.2 MB)."""
    letters = re.findall(f"[{DRAWN}]", "".join(map(chr, range(0x20, 0x2600))))
    inputs = {"weight": weight, "letters": json.dumps(letters, ensure_ascii=False)}
    widths = json.loads(typst.query(_MEASURE, "<widths>", field="value", one=True, ignore_system_fonts=True, sys_inputs=inputs))
    return dict(zip(letters, (width / 1000 for width in widths), strict=True))


def measure_text(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of printable text; kerning would make it a little narrower."""
    widths = _measure_letters("bold" if bold else "regular")
    return size * sum(widths.get(letter, 0.6) for letter in text)


def wrap_text(text: str, width: float, size: float, *, bold: bool = False, most: int = 99) -> list[str]:
    """Lines of a printable text, none wider than `width`; a word that is too long is cut, and so is what `most` lines do not hold."""
    lines, left = [""], make_printable(text).split(" ")
    while left:
        word = left.pop(0)
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if measure_text(longer, size, bold=bold) <= width:
            lines[-1] = longer
        elif lines[-1]:
            lines.append("")
            left.insert(0, word)
        else:
            room = _count_letters(word, width, size, bold=bold)
            lines[-1] = word[:room]
            left.insert(0, word[room:])
            lines.append("")
    found = [line for line in lines if line]
    return found if len(found) <= most else [*found[: most - 1], _end_early(found[most - 1], width, size, bold=bold)]


def _count_letters(word: str, width: float, size: float, *, bold: bool) -> int:
    """How many letters of a word have room: one at least."""
    room = 1
    while room < len(word) - 1 and measure_text(word[: room + 1], size, bold=bold) <= width:
        room += 1
    return room


def _end_early(line: str, width: float, size: float, *, bold: bool) -> str:
    """The beginning of a line and the sign that there was more."""
    while line and measure_text(f"{line} {_ENDS}", size, bold=bold) > width:
        line = line[:-1].rstrip()
    return f"{line} {_ENDS}"
