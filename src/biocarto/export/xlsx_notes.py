"""The sheets of a workbook that explain it: where the rows come from, and what the columns mean."""

from __future__ import annotations

from datetime import date, datetime, time

import xlsxwriter

from biocarto.export.columns import TYPE_LABELS, ExportColumn
from biocarto.export.office import label_headers, order_columns
from biocarto.export.selection import Selection
from biocarto.export.xlsx_print import estimate_height, set_up_print
from biocarto.render.text import disarm_text, is_web

_WIDTH = 90
"""Of the column that explains."""

_Value = str | int | date


def _about(selection: Selection) -> list[tuple[str, _Value]]:
    """Label and value, line by line."""
    t = selection.text
    filters: list[tuple[str, _Value]] = [*selection.filters] or [(t("Filtres"), t("sans filtre"))]
    return [
        (t("Titre"), selection.title),
        (t("Lignes"), len(selection.actors)),
        (t("Date de l'extraction"), selection.made),
        (t("Version des données"), selection.version),
        (t("Lien"), selection.link),
        *filters,
        *((t("Source"), source) for source in selection.sources),
        (t("Licence"), selection.licence),
        (t("Cellules"), t("Une cellule vide : inconnu. Une apostrophe en tête désarme un texte qu'un tableur prendrait pour une formule.")),
    ]


def add_about(book: xlsxwriter.Workbook, selection: Selection) -> None:
    """Filters, date, sources, licence, link and number of rows."""
    t = selection.text
    sheet = book.add_worksheet(t("À propos"))
    bold, day = book.add_format({"bold": True, "valign": "top"}), book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    wrapped, left = book.add_format({"text_wrap": True}), book.add_format({"align": "left"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    set_up_print(sheet, selection.title, head=False)
    for line, (label, value) in enumerate(_about(selection)):
        sheet.write_string(line, 0, str(disarm_text(label)), bold)
        if isinstance(value, date):
            sheet.write_datetime(line, 1, datetime.combine(value, time()), day)
        elif isinstance(value, int):
            sheet.write_number(line, 1, value, left)
        elif is_web(value):
            sheet.write_url(line, 1, value, string=value)
        else:
            sheet.write_string(line, 1, str(disarm_text(value)), wrapped)


def add_dictionary(book: xlsxwriter.Workbook, selection: Selection) -> None:
    """Header, name in the files for programs, type and meaning of every column."""
    t = selection.text
    sheet = book.add_worksheet(t("Colonnes"))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for position, (label, width) in enumerate(
        [(t("Colonne"), 28), (t("Nom dans les fichiers simples"), 24), (t("Format"), 10), (t("Description"), _WIDTH)]
    ):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, label, bold)
    sheet.freeze_panes(1, 0)
    set_up_print(sheet, selection.title)
    columns = order_columns(selection)
    for line, (column, label) in enumerate(zip(columns, label_headers(selection, columns), strict=True), start=1):
        meaning = t(column.meaning) if column.meaning else selection.described.get(column.name, "")
        for position, text in enumerate((label, column.name, t(TYPE_LABELS[column.type]), str(disarm_text(meaning)))):
            sheet.write_string(line, position, text, wrapped)
        sheet.set_row(line, estimate_height((meaning,), (ExportColumn("", width=_WIDTH),)))
