"""One whole document per language: the page of sources, the navigation around the pages, the data that the scripts read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pandas as pd

from biocarto import __version__, labels
from biocarto.analysis.sources import conflicts, series
from biocarto.build.static_edition import pages
from biocarto.build.static_edition.content import Content
from biocarto.build.static_edition.payload import Payload
from biocarto.i18n import Locale
from biocarto.maps import escape as maps_escape
from biocarto.maps.texts import CREDIT
from biocarto.model import N_
from biocarto.render import cards, html
from biocarto.render import sources as source_html
from biocarto.rows import Row, each

FOLDER = Path(__file__).parent
FILES = "files"
"""The folder beside the documents that holds everything else."""

SCRIPTS = ("state.js", "search.js", "facets.js", "maps.js", "directory.js", "app.js")
"""In the order of loading."""

Page = Callable[[Content, Locale], str]


def _sourced(caption: str, rows: pd.DataFrame, head: list[str], cells: Callable[[Row], list[str]], lang: str) -> str:
    """A table of published values; every row ends with its date and its source."""
    t = Locale(lang)
    lines = [
        "<tr>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in [*cells(row), labels.figure_date(row, t) or "—"])
        + f"<td>{html.source(row, t)}</td></tr>"
        for row in each(rows)
    ]
    return source_html.table(caption, [*head, t("Date"), t("Source")], lines)


def _figures(content: Content, t: Locale) -> str:
    def cells(row: Row) -> list[str]:
        name = str(row["geography"])
        place = t(labels.GEOGRAPHIES.get(name, name))
        return [t.read_cell(row, "label"), source_html.published(row, t.language), place, t.read_cell(row, "context")]

    return _sourced(
        t("Chiffres publiés"), content.tables.figures, [t("Chiffre"), t("Valeur"), t("Territoire"), t("Contexte")], cells, t.language
    )


def _regional_figures(content: Content, t: Locale) -> str:
    def cells(row: Row) -> list[str]:
        region = ", ".join(row["region"]) if isinstance(row["region"], tuple) else str(row["region"])
        return [
            region,
            t.read_cell(row, "indicator"),
            source_html.published(row, t.language),
            t.read_cell(row, "notes"),
        ]

    return _sourced(
        t("Chiffres des régions"),
        content.tables.regional_figures,
        [t("Région"), t("Indicateur"), t("Valeur"), t("Remarque")],
        cells,
        t.language,
    )


def sources(content: Content, t: Locale) -> str:
    """Who says what: disagreements first, then figures, tables, layers, method and limits."""
    figures, tables = content.tables.figures, content.tables.resources
    survey = cards.survey_notes(content.catalogue.figures, content.catalogue.events, t)
    method = "".join(f"<li>{pages.stressed(point)}</li>" for point in source_html.method(content.catalogue.actors, t))
    layer_rows = {name: layer.get("rows", "") for name, layer in content.layers.items()}
    more = t("Un même fait, d'autres dates ou d'autres périmètres")
    parts = [
        (t("Quand les sources ne disent pas la même chose"), source_html.side_by_side(conflicts(figures), t)),
        ("", f"<details><summary>{escape(more)}</summary>{source_html.side_by_side(series(figures), t)}</details>"),
        (t("Chiffres publiés"), f"<p>{survey}</p>{_figures(content, t)}"),
        (t("Chiffres des régions"), _regional_figures(content, t)),
        (t("Tables"), source_html.resources(t("Tables"), tables, {name: len(getattr(content.tables, name)) for name in tables}, t)),
        (
            t("Couches géographiques"),
            source_html.resources(t("Couches géographiques"), content.layers, layer_rows, t),
        ),
        (t("Méthode et limites"), f"<ul>{method}</ul>"),
    ]
    lead = t("Chaque chiffre, chaque table et chaque couche : qui l'a publié, quand, sous quelle licence, avec un lien à ouvrir.")
    body = "".join((f"<h2>{escape(title)}</h2>" if title else "") + part for title, part in parts)
    return f"<h1 tabindex='-1'>{escape(t('Sources, méthode et limites'))}</h1><p class='lead'>{escape(lead)}</p>{body}"


PAGES: Mapping[str, tuple[str, Page]] = {
    "": (N_("Vue d'ensemble"), pages.overview),
    "ile-de-france": (N_("Île-de-France"), pages.region),
    "annuaire": (N_("Annuaire"), pages.directory),
    "bioproduction-tour": (N_("Bioproduction Tour"), pages.tour),
    "sources": (N_("Sources"), sources),
}
"""Address of a page, the same as in the app -> its title and how it is made."""


def filled(template: str, parts: Mapping[str, str]) -> str:
    """A template of this folder with its `{{name}}` replaced, each once: a part that looks like one stays as it is."""
    text = (FOLDER / template).read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], text)


def _sections(content: Content, t: Locale) -> str:
    return "".join(
        f"<section class='page' data-page='{address}' data-title='{escape(t(title), quote=True)}'>{page(content, t)}</section>"
        for address, (title, page) in PAGES.items()
    )


def scripts(names: list[str]) -> str:
    """Script elements; each file runs in its turn, once the document is read."""
    return "".join(f'<script defer src="{escape(name, quote=True)}"></script>\n' for name in names)


def document(content: Content, known: Payload, styles: list[str], t: Locale) -> str:
    """The document of one language; `known` is what its scripts read, `styles` names its style sheets in the folder of files."""
    navigation = "".join(f"<li><a href='#/{address}'>{escape(t(title))}</a></li>" for address, (title, _) in PAGES.items())
    return filled(
        "page.html",
        {
            "lang": t.language,
            "description": escape(t("Les biothérapies et la bioproduction, carte en main"), quote=True),
            "files": FILES,
            "styles": "".join(f'<link rel="stylesheet" href="{FILES}/{escape(name, quote=True)}">\n' for name in styles),
            "skip": escape(t("Aller au contenu")),
            "pages": escape(t("Pages"), quote=True),
            "navigation": navigation,
            "language": escape(t("Langue"), quote=True),
            "fr": " aria-current='true'" if t.language == "fr" else "",
            "en": " aria-current='true'" if t.language == "en" else "",
            "noscript": escape(
                t("Sans scripts, les cartes, les filtres et les fiches restent fermés ; les textes, les listes et les sources sont là.")
            ),
            "sections": _sections(content, t),
            "sheets": pages.sheets(content, t),
            "close": escape(t("Fermer la fiche")),
            "closeList": escape(t("Fermer la liste")),
            "print": escape(t("Imprimer")),
            "full": escape(t("Fiche complète")),
            "foot": escape(f"BioCarto {__version__} · {t(CREDIT)}. {t('Chaque chiffre porte sa source.')}"),
            "edition": escape(t("Édition statique : données du dossier au moment de sa fabrication, sans serveur ni réseau.")),
            "data": maps_escape.script(known),
            "scripts": scripts([f"{FILES}/{name}" for name in SCRIPTS]),
        },
    )


def as_script(name: str, value: object) -> str:
    """A boundary file as a script that hands itself over: under file:// nothing can be fetched."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"BioCarto.handOver({json.dumps(name)},{content});\n"
