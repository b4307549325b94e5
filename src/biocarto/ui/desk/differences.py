"""Rows that two editions tell differently, as people read them: by table, each with its cells before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from biocarto.desk.claims import CLAIMS
from biocarto.desk.description import find_key
from biocarto.desk.differences import RowDifference, count_changes
from biocarto.desk.editions import Files
from biocarto.desk.headlines import Headline
from biocarto.i18n import Locale
from biocarto.model import ROW_CHANGE_LABELS, RowChange
from biocarto.register.headers import translate_header
from biocarto.register.schema import Resource
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.render import changes
from biocarto.render import sources as source_html
from biocarto.ui.desk import links
from biocarto.ui.shared.markup import show_html

MOST_ROWS = 200
"""Rows of a table that are shown; the files have them all."""
MOST_CELLS = 30
MOST_OPEN = 12
"""Rows that are told without being asked; those of evidence repeat what the rows of actors say."""
RowIds = Mapping[str, Mapping[tuple[str, ...], str]]
"""Table -> key of a row -> what the store calls it."""


def show(found: Sequence[RowDifference], files: Files, t: Locale, ids: RowIds | None = None) -> None:
    """A table of counts, then every row, folded by table; a row of `ids` leads to its history."""
    package = parse_package(files[PACKAGE])
    titles = {name: str(resource.about[f"title_{t.language}"]) for name, resource in package.items()}
    show_html(_render_counts(found, titles, t))
    for name, rows in groupby(found, key=lambda row: row.resource):
        own = list(rows)
        with st.expander(
            f"{titles[name]} · {t.number(len(own))}", expanded=len(found) <= MOST_OPEN and name != CLAIMS, key=f"difference-{name}"
        ):
            show_html(_render_rows(own, package[name], t, (ids or {}).get(name, {})))


def _render_counts(found: Sequence[RowDifference], titles: Mapping[str, str], t: Locale) -> Markup:
    counts = count_changes(found)
    lines = [
        Markup("<tr><th scope='row'>{}</th>{}</tr>").format(
            titles[name], Markup().join(Markup("<td>{}</td>").format(t.number(count[kind]) if count[kind] else "–") for kind in RowChange)
        )
        for name, count in counts.items()
    ]
    heads = (t("Table"), *(t(label) for label in _HEADS))
    return source_html.render_table(t("Lignes qui changent pour les lecteurs"), heads, lines)


_HEADS = tuple(ROW_CHANGE_LABELS[kind] for kind in RowChange)


def _render_rows(rows: Sequence[RowDifference], resource: Resource, t: Locale, ids: Mapping[tuple[str, ...], str]) -> Markup:
    pieces = [_render_row(row, resource, t, ids.get(row.key)) for row in rows[:MOST_ROWS]]
    more = len(rows) - MOST_ROWS
    return Markup("<ul class='bc-acts'>{}{}</ul>").format(Markup().join(pieces), Markup("<li>+ {}</li>").format(more) if more > 0 else "")


def _render_row(row: RowDifference, resource: Resource, t: Locale, row_id: str | None) -> Markup:
    key = dict(zip(find_key(resource), row.key, strict=True))
    said = f"{key['actor_id']} · {translate_header(key['field'], t)}" if row.resource == CLAIMS else row.name
    name = links.render_row_link("historique", row.resource, row_id, said) if row_id else said
    cells = row.cells[:MOST_CELLS] if row.change is not RowChange.REMOVED else ()
    told = [changes.tell_cell(row.resource, cell.field, (cell.before, cell.after), t, key) for cell in cells]
    return Markup("<li>{} · <strong>{}</strong>{}</li>").format(t(ROW_CHANGE_LABELS[row.change]), name, links.render_list(told))


def render_headlines(found: Sequence[Headline], t: Locale) -> Markup:
    """The figures that readers quote, before and after; what changes stands out by a word, not by a colour."""
    lines = [
        Markup("<tr><th scope='row'>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            t(one.label), _write(one, one.before, t), _write(one, one.after, t), _tell_difference(one, t)
        )
        for one in found
    ]
    return source_html.render_table(t("Ce que les lecteurs comptent"), (t("Chiffre"), t("Avant"), t("Après"), t("Différence")), lines)


def _write(one: Headline, value: float, t: Locale) -> str:
    return t.percent(value, 1) if one.is_share else t.number(value)


def _tell_difference(one: Headline, t: Locale) -> str:
    change = round(one.after - one.before, 1)
    if not change:
        return t("inchangé")
    return f"{'+' if change > 0 else '−'}{_write(one, abs(change), t)}"
