"""What a report says, in words of one language, before anything is laid out: the same value makes the PDF and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from biocarto.i18n import Locale, format_number
from biocarto.render.text import join_lines

Cell = str | int | float | None
"""None is unknown."""

UNKNOWN = "–"


def write_cell(value: Cell, lang: str, digits: int | None) -> str:
    """A cell as people read it: one line of text, a number with `digits` decimals at most, or the dash of the unknown."""
    if value is None:
        return UNKNOWN
    return join_lines(value) if isinstance(value, str) else format_number(value, lang, digits or 0)


@dataclass(frozen=True)
class KeyFigure:
    """A number that stands large on the first page; `unit` and `label` say of what, `source` and `date` from whom and when."""

    value: Cell
    label: str
    source: str
    unit: str = ""
    digits: int = 0
    url: str = ""
    date: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReportColumn:
    """A column of a table: text (as years are), or numbers with `digits` decimals at most, each with its `bar` if wanted.

    One that is not `printed` is in the workbook only.
    """

    label: str
    digits: int | None = None
    bar: bool = False
    printed: bool = True


@dataclass(frozen=True)
class Table:
    """Rows under their columns; the PDF prints the first `shown`, the workbook has them all."""

    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    shown: int = 25


@dataclass(frozen=True)
class ReportMap:
    """A drawing (SVG) with what it shows in words, for those who do not see it."""

    svg: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it: paragraphs, then the map, then the table."""

    title: str
    paragraphs: tuple[str, ...] = ()
    map: ReportMap | None = None
    table: Table | None = None


@dataclass(frozen=True)
class ReportSource:
    """A page or a file that the report rests on."""

    title: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True)
class Report:
    """A document about one territory; `link` is the address of the same view on a screen, `version` the date of the data."""

    title: str
    subtitle: str
    lang: str
    made: date
    version: str
    link: str
    licence: str
    figures: tuple[KeyFigure, ...] = ()
    sections: tuple[Section, ...] = ()
    method: tuple[str, ...] = ()
    sources: tuple[ReportSource, ...] = ()

    @property
    def text(self) -> Locale:
        """The translator of its language."""
        return Locale(self.lang)
