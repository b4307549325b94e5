"""The survey and the register as a picture: two bars, each under its own name, never added up."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from biocarto.analysis.breakdown import TOTAL_FIGURE, count_register, read_survey
from biocarto.export.drawing.letters import measure_text, wrap_text
from biocarto.export.picture.layout import MUTED, write_imprint
from biocarto.export.picture.model import Picture
from biocarto.export.picture.subject import PictureContext
from biocarto.i18n import Locale
from biocarto.model import SYMBOLS
from biocarto.render import cards, html
from biocarto.render.charts import Bar, Part
from biocarto.render.svg import BORDER, INK, add, add_shape, add_text
from biocarto.rows import get_row

_COLOURS = {symbol.key: symbol.colour for symbol in SYMBOLS}
_SEVERAL = "#7A8793"
"""What is in no single group."""
_HIGH, _LINE, _COLUMNS = 46.0, 19.0, 2


@dataclass(frozen=True)
class BarsDrawing:
    """Bars one below the other, and what is said of each."""

    bars: tuple[tuple[Bar, str], ...]

    def draw(self, parent: ET.Element, width: float, height: float, _t: Locale) -> float:
        """Each bar in its share of the height."""
        step = min(height / len(self.bars), 300.0)
        for number, (bar, note) in enumerate(self.bars):
            _draw_bar(add(parent, "g", transform=f"translate(0 {step * number:.1f})"), bar, note, width)
        return 0.0


def _draw_bar(parent: ET.Element, bar: Bar, note: str, width: float) -> None:
    add_text(parent, bar.title, 0, 18, font_size=16, font_weight="bold")
    add_text(parent, bar.subtitle, measure_text(bar.title, 16, bold=True) + 12, 18, font_size=12.5, fill=MUTED)
    whole, x = sum(part.size for part in bar.parts) or 1, 0.0
    for part in bar.parts:
        across = width * part.size / whole
        add(parent, "rect", x=x, y=30, width=across, height=_HIGH, fill=_COLOURS.get(part.group, _SEVERAL), stroke="#fff", stroke_width=1.5)
        if measure_text(part.value, 20, bold=True) + 10 < across:
            add_text(parent, part.value, x + across / 2, 60, font_size=20, font_weight="bold", fill="#FFFFFF", text_anchor="middle")
        x += across
    y = 30 + _HIGH + 22
    for number, part in enumerate(bar.parts):
        _draw_entry(parent, part, (number % _COLUMNS) * width / _COLUMNS, y + _LINE * (number // _COLUMNS))
    y += _LINE * -(-len(bar.parts) // _COLUMNS) + 2
    for line in wrap_text(note, width, 11, most=2):
        add_text(parent, line, 0, y, font_size=11, fill=MUTED)
        y += 14


def _draw_entry(parent: ET.Element, part: Part, x: float, y: float) -> None:
    if part.group in _COLOURS:
        add_shape(parent, part.group, x + 7, y - 4, 5)
    else:
        add(parent, "rect", x=x + 2, y=y - 9, width=10, height=10, fill=_SEVERAL, stroke=BORDER, stroke_width=0.6)
    add_text(parent, f"{part.label} ", x + 20, y, font_size=12.5)
    at = x + 20 + measure_text(f"{part.label} ", 12.5) + 4
    add_text(parent, part.value, at, y, font_size=12.5, font_weight="bold", fill=INK)
    add_text(parent, part.note, at + measure_text(part.value, 12.5, bold=True) + 5, y, font_size=12.5, fill=MUTED)


def picture_breakdown(context: PictureContext) -> Picture:
    """What the survey published, and what the register names."""
    t, catalogue = context.t, context.catalogue
    survey = read_survey(catalogue.figures)
    register = count_register(catalogue.actors, catalogue.edition)
    published, named = cards.read_survey_bar(survey, t), cards.read_register_bar(register, t)
    plain = cards.write_named_share(register, survey, t)
    source = html.write_source_title(get_row(catalogue.figures, TOTAL_FIGURE), t)
    told = [f"{bar.title}{t.colon}{', '.join(f'{part.label} {part.value}' for part in bar.parts)}." for bar in (published, named)]
    return context.compose(
        t("Les entreprises d'Île-de-France, par catégorie"),
        t("Recensement et répertoire sont deux comptages : ils ne s'additionnent pas"),
        BarsDrawing(((published, t(cards.SURVEY_NOTE)), (named, plain))),
        (),
        sources=f"{write_imprint(source, t)} · {t('Répertoire public BioCarto')}",
        alt=" ".join(told),
    )
