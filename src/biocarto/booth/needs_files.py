"""The needs as files for the AIS and the Region: cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

import xlsxwriter

from biocarto.booth.needs import Need
from biocarto.export.words import clean, harmless
from biocarto.i18n import Translator
from biocarto.model import CATEGORY_LABELS, LEVEL_LABELS, N_, Category, Level

_TITLE = N_("Besoins entendus")
_STYLES = ({"bold": True}, {"num_format": "yyyy-mm-dd hh:mm:ss"}, {"text_wrap": True})
_COLUMNS = {
    N_("Numéro"): 9,
    N_("Date et heure (UTC)"): 20,
    N_("Catégorie"): 24,
    N_("Niveau"): 16,
    N_("Code"): 12,
    N_("Territoire"): 30,
    N_("Besoin"): 90,
    N_("Identifiant"): 36,
}
"""Header -> width in a spreadsheet."""

Names = Mapping[tuple[str, str], str]
"""(level, code) -> name of the territory; what is not there stays without a name."""


def _cells(need: Need, names: Names, t: Translator) -> tuple[str, ...]:
    """What follows the number and the date; a code that this version does not know stays as it is."""
    category = t(CATEGORY_LABELS[Category(need.category)]) if need.category in set(Category) else need.category
    level = t(LEVEL_LABELS[Level(need.level)]) if need.level in set(Level) else need.level
    cells = (category, level, need.territory, names.get((need.level, need.territory), ""), need.text, need.id)
    return tuple(str(harmless(clean(cell))) for cell in cells)


def needs_csv(needs: Iterable[Need], names: Names, t: Translator) -> bytes:
    """For Excel: byte-order mark, semicolons; one row per need in the order given, a line break stays inside its cell."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([t(header) for header in _COLUMNS])
    for need in needs:
        writer.writerow([need.seq, str(harmless(clean(need.made))), *_cells(need, names, t)])
    return target.getvalue().encode("utf-8-sig")


def needs_xlsx(needs: Iterable[Need], names: Names, t: Translator, made: date) -> bytes:
    """A workbook of one sheet: number and date typed, everything else text; `made` is the day of the export."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": t(_TITLE), "created": datetime.combine(made, time())})
        sheet = book.add_worksheet(t(_TITLE))
        bold, moment, text = (book.add_format({**style, "valign": "top"}) for style in _STYLES)
        for column, (header, width) in enumerate(_COLUMNS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, t(header), bold)
        sheet.freeze_panes(1, 0)
        for line, need in enumerate(needs, start=1):
            sheet.write_number(line, 0, need.seq)
            sheet.write_datetime(line, 1, datetime.fromisoformat(need.made).replace(tzinfo=None), moment)
            for column, cell in enumerate(_cells(need, names, t), start=2):
                sheet.write_string(line, column, cell, text)
    return target.getvalue()
