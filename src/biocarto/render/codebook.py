"""The codebook as HTML: a table of columns for each table, with a list of contents before them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.render.sources import render_table

_TYPES = {"string": N_("texte"), "integer": N_("nombre entier"), "number": N_("nombre"), "list": N_("liste")}


def render_codebook(found: Mapping[str, Any], t: Locale) -> Markup:
    """Every table of the edition; each has an anchor, its name."""
    lang = t.language
    contents = Markup().join(
        Markup("<li><a href='#{}'>{}</a></li>").format(table["name"], table["title"][lang]) for table in found["tables"]
    )
    return Markup("<nav aria-label='{}'><ul>{}</ul></nav>{}").format(
        t("Tables"), contents, Markup().join(_render_table(table, t) for table in found["tables"])
    )


def _render_table(table: Mapping[str, Any], t: Locale) -> Markup:
    lang, title = t.language, table["title"][t.language]
    head = [t("Colonne"), t("Format"), t("Description"), t("Valeurs")]
    lines = [_render_column(column, t) for column in table["columns"]]
    return Markup("<h2 id='{}'>{} <code>{}</code></h2><p>{}</p>{}").format(
        table["name"], title, table["name"], table["description"][lang], render_table(title, head, lines)
    )


def _render_column(column: Mapping[str, Any], t: Locale) -> Markup:
    lang = t.language
    kind = t(_TYPES.get(column["type"], column["type"]))
    needed = Markup("<br>{}").format(t("obligatoire")) if column["required"] else Markup()
    return Markup("<tr><th scope='row'><code>{}</code><br>{}</th><td>{}{}</td><td>{}</td><td>{}</td></tr>").format(
        column["name"], column["label"][lang], kind, needed, column["description"][lang], _render_values(column, t)
    )


def _render_values(column: Mapping[str, Any], t: Locale) -> Markup:
    """The codes in words, else what a cell must be, else the row that it names."""
    lang = t.language
    if column["codes"]:
        return Markup("<br>").join(Markup("<code>{}</code> {}").format(code["code"], code[lang]) for code in column["codes"])
    if column["names"]:
        return Markup("{} <code>{}</code>").format(t("une ligne de"), column["names"])
    return escape(column["expected"].get(lang, ""))
