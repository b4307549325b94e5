"""What every picture is made with: the edition, the language, the day, and where the same view stands on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from biocarto.export.picture.layout import write_imprint
from biocarto.export.picture.model import Drawing, Imprint, LegendPart, Picture
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.register.catalogue import Catalogue

_COLUMNS = " (source_url, source_title)"
"""What the tables say to who opens them, and no reader of a picture needs."""
GROUND = N_("Contours et cours d'eau : IGN ; codes et populations : INSEE ; Licence Ouverte 2.0")
"""Who drew the outlines of France."""


@dataclass(frozen=True, eq=False)
class PictureContext:
    """`address` is what the picture says of where it comes from (`export.selection.write_link`)."""

    catalogue: Catalogue
    t: Locale
    made: date
    address: str

    def list_sources(self, table: str, *more: str) -> str:
        """Who a table of the register goes back to, then `more` (French texts)."""
        title = "title" if self.t.language == "fr" else f"title_{self.t.language}"
        named = [str(source[title]).replace(_COLUMNS, "") for source in self.catalogue.resources[table]["sources"]]
        return write_imprint(" · ".join([*named, *(self.t(text) for text in more)]) if named else "", self.t)

    def compose(self, title: str, subtitle: str, drawing: Drawing, legend: Sequence[LegendPart], *, sources: str, alt: str) -> Picture:
        """A picture of this edition, made today."""
        imprint = Imprint(sources, self.catalogue.edition, self.made, self.address)
        return Picture(title, subtitle, self.t.language, drawing, tuple(legend), imprint, alt)
