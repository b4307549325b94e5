"""What is missing as a picture: for each role, in how many territories of a level no site has it, and how many people live there."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from biocarto.analysis.coverage import absences, chain
from biocarto.analysis.coverage.roles import ROLE_LABELS, ChainLink
from biocarto.export.drawing.letters import measure_text, wrap_text
from biocarto.export.picture.coverage_map import POPULATION, CoveragePicture
from biocarto.export.picture.layout import MUTED
from biocarto.export.picture.model import Picture
from biocarto.i18n import Locale
from biocarto.model import LEVEL_LABELS
from biocarto.render.svg import BORDER, INK, add, add_text

_FILL, _EMPTY = "#386988", "#F3F5F7"
_TALLEST = 62.0


@dataclass(frozen=True)
class ShareRow:
    """A part of a whole, and both in words."""

    name: str
    part: int
    whole: int
    said: str


@dataclass(frozen=True)
class SharesDrawing:
    """A bar for each share, all of one length."""

    rows: tuple[ShareRow, ...]
    note: str

    def draw(self, parent: ET.Element, width: float, height: float, _t: Locale) -> float:
        """One below the other, the note last; nothing has a scale."""
        notes = wrap_text(self.note, width, 10.5, most=3)
        step = min(_TALLEST, (height - 14 * len(notes) - 10) / max(len(self.rows), 1))
        names = min(width * 0.34, max([measure_text(row.name, 13) for row in self.rows] + [60.0]) + 18)
        told = max([measure_text(row.said, 12.5) for row in self.rows] + [60.0]) + 16
        for number, row in enumerate(self.rows):
            self._draw_row(parent, row, step * (number + 0.5), names, width - names - told)
        for number, line in enumerate(notes):
            add_text(parent, line, 0, step * len(self.rows) + 16 + 14 * number, font_size=10.5, fill=MUTED)
        return 0.0

    @staticmethod
    def _draw_row(parent: ET.Element, row: ShareRow, middle: float, left: float, across: float) -> None:
        add_text(parent, wrap_text(row.name, left - 8, 13, most=1)[0], 0, middle + 4.5, font_size=13)
        add(parent, "rect", x=left, y=middle - 10, width=across, height=20, fill=_EMPTY, stroke=BORDER, stroke_width=0.6)
        add(parent, "rect", class_="share", x=left, y=middle - 10, width=across * row.part / max(row.whole, 1), height=20, fill=_FILL)
        add_text(parent, row.said, left + across + 12, middle + 4.5, font_size=12.5, fill=INK)


def picture_absences(asked: CoveragePicture) -> Picture:
    """The territories of the whole region, whatever territory is chosen: an absence is told among all."""
    t, level = asked.context.t, asked.view.level
    table = absences.count_lacking(asked.found.actors, asked.context.catalogue.territory, level)
    rows = tuple(
        ShareRow(
            t(ROLE_LABELS[ChainLink(str(role))]),
            int(line["territories"]),
            int(line["of"]),
            t("{part} sur {whole} · {people} habitants").format(
                part=t.number(int(line["territories"])), whole=t.number(int(line["of"])), people=t.number(int(line["population"]))
            ),
        )
        for role, line in table.iterrows()
    )
    return asked.context.compose(
        t("Territoires d'Île-de-France sans aucun site, par rôle"),
        " · ".join([t("Territoires : {level}").format(level=t(LEVEL_LABELS[level])), *asked.tell_narrowing()]),
        SharesDrawing(rows, t(chain.MISSING_NOTE)),
        (),
        sources=asked.context.list_sources("actors", POPULATION),
        alt=", ".join(f"{row.name}{t.colon}{row.said}" for row in rows),
    )
