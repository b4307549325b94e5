"""What has changed, in words: a cell before and after, a row's history on its sheet, the last editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from biocarto import addresses
from biocarto.analysis.changelog import ChangedEdition, ChangedRow, find_cells
from biocarto.i18n import Locale
from biocarto.model import CHAPTER, ROW_CHANGE_LABELS, RowChange
from biocarto.register.changes import Change
from biocarto.register.headers import VALUES_BY, translate_header, translate_values
from biocarto.render import html

Cells = Mapping[str, str]
_COMMUNE_CODE = "commune_code"
_PARIS = {"75056": "Paris", "75101": "Paris 1er", **{f"751{number:02}": f"Paris {number}e" for number in range(2, 21)}}
"""Codes that the name of the commune does not tell apart -> how people say them."""
MOST_ROWS = 60
"""Rows of an edition that a page names."""


def tell_cell(resource: str, field: str, cells: tuple[str, str], t: Locale, row: Cells | None = None) -> str:
    """A cell before and after, in words: `Statut : « Ancien site », auparavant « Inconnu »`."""
    before, after = cells
    table, column = resource, field
    if (resource, field) in VALUES_BY and row:
        table, other = VALUES_BY[resource, field]
        column = row.get(other, column)
    words = translate_values(table, column, t)
    header = translate_header(field, t)
    if _COMMUNE_CODE in {column, field} and all(cell in _PARIS for cell in cells if cell):
        words, header = _PARIS, translate_header("commune", t)
    if not after:
        return t("{column} : vidé, auparavant « {before} »").format(column=header, before=_tell_value(before, words))
    if not before:
        return t("{column} : « {after} »").format(column=header, after=_tell_value(after, words))
    return t("{column} : « {after} », auparavant « {before} »").format(
        column=header, after=_tell_value(after, words), before=_tell_value(before, words)
    )


def _tell_value(cell: str, words: Mapping[str, str]) -> str:
    return ", ".join(words.get(item, item) for item in cell.split(";")) if words else cell


def tell_change(change: Change, t: Locale) -> str:
    """One line of the log, without its page: `Statut : « Ancien », auparavant « Présent », depuis mars 2022`."""
    if not change.field:
        return t("Ligne ajoutée au registre") if change.change == RowChange.ADDED else t("Ligne retirée du registre")
    told = tell_cell(change.table, change.field, (change.before, change.after), t, find_cells(change))
    return f"{told}, {t('depuis {day}').format(day=t.day(change.valid_from))}" if change.valid_from else told


def tell_row(row: ChangedRow, t: Locale) -> str:
    """What became of a row: `Fermeture : AAVLife`."""
    return t("{change} : {name}").format(change=t(ROW_CHANGE_LABELS[RowChange(row.change)]), name=row.name)


def tell_page(change: Change, t: Locale) -> str:
    """By which page, with its year; "" where none is known."""
    title = html.write_source_title(_source(change), t)
    if not title:
        return ""
    return t("selon {source}").format(source=title) + _tell_year(change)


def _source(change: Change) -> Any:
    return {"source_url": change.source_url, "source_title": change.source_title}


def _render_page(change: Change, t: Locale) -> Markup:
    """The page with its link and its year."""
    if not change.source_title and change.source_url != CHAPTER:
        return escape(t("sans page"))
    words = escape(t("selon {source}")).format(source=html.render_source(_source(change), t))
    return words + _tell_year(change)


def _tell_year(change: Change) -> str:
    """The year of the page, unless its title ends with it."""
    year = f" ({change.as_of})"
    return year if change.as_of and not change.source_title.endswith(year) else ""


def render_row_history(changes: Sequence[Change], t: Locale) -> Markup:
    """Since when each fact of a sheet is known, by which page, and since which edition; nothing where no edition has changed it."""
    if not changes:
        return Markup()
    lines = Markup().join(
        Markup("<li>{}<br>{} · {}</li>").format(
            tell_change(change, t), _render_page(change, t), t("depuis l'édition du {edition}").format(edition=t.edition(change.edition))
        )
        for change in changes
    )
    title = t("Depuis quand le sait-on, selon qui")
    return Markup("<details class='bc-source'><summary>{}</summary><ul>{}</ul></details>").format(title, lines)


def render_editions(found: Iterable[ChangedEdition], titles: Mapping[str, str], t: Locale) -> Markup:
    """What the last editions have changed, each folded, the newest open."""
    return Markup().join(_render_edition(edition, titles, t, is_open=not number) for number, edition in enumerate(found))


def render_comparison(found: ChangedEdition, titles: Mapping[str, str], t: Locale, *, has_pages: bool = True) -> Markup:
    """Every row that differs between two editions; `has_pages`: whether the lines know by which page."""
    if not found.rows:
        return Markup("<p>{}</p>").format(t("Ces deux éditions disent la même chose."))
    rows = Markup().join(_render_row(row, titles, t, has_pages=has_pages) for row in found.rows)
    count = t.write_count(len(found.rows), "{n} ligne diffère", "{n} lignes diffèrent")
    return Markup("<p>{}</p><ul class='bc-acts'>{}</ul>").format(count, rows)


def _render_edition(edition: ChangedEdition, titles: Mapping[str, str], t: Locale, *, is_open: bool) -> Markup:
    count = t.write_count(len(edition.rows), "{n} ligne", "{n} lignes")
    head = Markup("<summary>{}</summary>").format(t("Édition du {edition} : {count}").format(edition=t.edition(edition.name), count=count))
    rows = Markup().join(_render_row(row, titles, t) for row in edition.rows[:MOST_ROWS])
    more = len(edition.rows) - MOST_ROWS
    rest = Markup("<li>+ {}</li>").format(more) if more > 0 else Markup()
    state = Markup(" open") if is_open else Markup()
    return Markup("<details class='bc-edition'{}>{}<ul class='bc-acts'>{}{}</ul></details>").format(state, head, rows, rest)


def _render_row(row: ChangedRow, titles: Mapping[str, str], t: Locale, *, has_pages: bool = True) -> Markup:
    name = escape(row.name)
    if row.table == "actors" and row.change != RowChange.REMOVED:
        name = html.render_inner_link(addresses.DIRECTORY, {"actor": row.row_id, "lang": t.language}, row.name)
    lines = Markup().join(
        Markup("<li>{}{}</li>").format(tell_change(line, t), Markup(", {}").format(_render_page(line, t)) if has_pages else "")
        for line in row.lines
    )
    change = t(ROW_CHANGE_LABELS[RowChange(row.change)])
    table = titles.get(row.table, row.table)
    return Markup("<li>{} · <strong>{}</strong> · {}<ul class='bc-acts'>{}</ul></li>").format(change, name, table, lines)


def render_feed_link(t: Locale) -> Markup:
    """Where readers of feeds find the same."""
    address = f"{addresses.FEED}?lang={t.language}"
    return Markup("<p><a href='{}' target='_self' type='application/atom+xml'>{}</a></p>").format(
        address, t("Suivre ces changements (flux Atom)")
    )
