"""What a picture says and shows, before it has a size: the same value makes the slide and the page, as SVG and as PNG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from xml.etree import ElementTree as ET

from biocarto.i18n import Locale


@dataclass(frozen=True)
class PictureSize:
    """A size in units of the drawing (on A4 a quarter of a millimetre) and in pixels; dots per inch tell how large paper shows it."""

    width: float
    pixels: tuple[int, int]
    dpi: int

    @property
    def height(self) -> float:
        """Units, as the pixels have it."""
        return self.width * self.pixels[1] / self.pixels[0]

    @property
    def is_upright(self) -> bool:
        """Whether it is higher than wide: the legend then stands below."""
        return self.pixels[1] > self.pixels[0]


SIZES = {
    "1920x1080": PictureSize(960.0, (1920, 1080), 144),
    "a4-portrait": PictureSize(840.0, (2480, 3508), 300),
    "a4-landscape": PictureSize(1188.0, (3508, 2480), 300),
}
"""The names of the sizes in addresses, the usual one first."""


class Drawing(Protocol):
    """What stands in the middle of a picture."""

    def draw(self, parent: ET.Element, width: float, height: float, t: Locale) -> float:
        """Draw from 0, 0 to `width`, `height`; the units per metre, 0 where nothing has a scale."""


class Mark(Protocol):
    """What an entry of a legend explains."""

    def draw(self, parent: ET.Element, x: float, y: float) -> None:
        """Draw around a point, 22 units wide and 12 high at most."""


@dataclass(frozen=True)
class LegendEntry:
    """A mark and what it means."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class LegendPart:
    """Entries under a title (or none), and what is said below them."""

    title: str
    entries: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imprint:
    """Where a picture comes from: its sources, the edition, the day on which it was made, its address (or that it is a local copy's)."""

    sources: str
    edition: str
    made: date
    address: str


@dataclass(frozen=True, eq=False)
class Picture:
    """Title, what was chosen in words, the drawing, its legend and where it comes from; `alt` says it to who does not see it."""

    title: str
    subtitle: str
    lang: str
    drawing: Drawing
    legend: tuple[LegendPart, ...]
    imprint: Imprint
    alt: str

    @property
    def text(self) -> Locale:
        """The translator of its language."""
        return Locale(self.lang)
