"""One whole document per language: the page of sources, the navigation around the pages, the data that the scripts read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from markupsafe import Markup, escape

from biocarto import __version__, addresses
from biocarto.analysis.conformity import read_grid
from biocarto.analysis.sources import list_conflicts, list_series
from biocarto.build.static_edition import pages
from biocarto.build.static_edition.content import Content
from biocarto.build.static_edition.payload import Payload
from biocarto.clock import read_today
from biocarto.config import Settings
from biocarto.i18n import Locale
from biocarto.maps import escape as maps_escape
from biocarto.maps.texts import CREDIT
from biocarto.model import N_
from biocarto.render import accessibility_statement, cards, html
from biocarto.render import sources as source_html

FOLDER = Path(__file__).parent
FILES = "files"
"""The folder beside the documents that holds everything else."""

SCRIPTS = {"app.js": "page/app.js", "frame.js": "map_frame/frame.js"}
"""Script of the pages, and of the documents of the maps -> the module that it begins with."""

Page = Callable[[Content, Locale], Markup]


def render_sources(content: Content, t: Locale) -> Markup:
    """Who says what: disagreements first, then figures, tables, layers, method and limits."""
    figures, tables = content.tables.figures, content.tables.resources
    survey = cards.render_survey_notes(content.catalogue.figures, content.catalogue.events, t)
    method = Markup().join(
        Markup("<li>{}</li>").format(pages.render_stress(point)) for point in source_html.describe_method(content.catalogue.actors, t)
    )
    layer_rows = {name: layer.get("rows", "") for name, layer in content.layers.items()}
    more = t("Un même fait, d'autres dates ou d'autres périmètres")
    parts = [
        (t("Quand les sources ne disent pas la même chose"), source_html.render_side_by_side(list_conflicts(figures), t)),
        ("", Markup("<details><summary>{}</summary>{}</details>").format(more, source_html.render_side_by_side(list_series(figures), t))),
        (t("Chiffres publiés"), Markup("<p>{}</p>{}").format(survey, source_html.render_figures(figures, t))),
        (t("Chiffres des régions"), source_html.render_regional_figures(content.tables.regional_figures, t)),
        (t("Tables"), source_html.render_resources(t("Tables"), tables, {name: len(getattr(content.tables, name)) for name in tables}, t)),
        (
            t("Couches géographiques"),
            source_html.render_resources(t("Couches géographiques"), content.layers, layer_rows, t),
        ),
        (t("Méthode et limites"), Markup("<ul>{}</ul>").format(method)),
    ]
    lead = t("Chaque chiffre, chaque table et chaque couche : qui l'a publié, quand, sous quelle licence, avec un lien à ouvrir.")
    body = Markup().join((Markup("<h2>{}</h2>").format(title) if title else Markup()) + part for title, part in parts)
    return Markup("<h1 tabindex='-1'>{}</h1><p class='lead'>{}</p>{}").format(t("Sources, méthode et limites"), lead, body)


PAGES: Mapping[str, tuple[str, Page]] = {
    "": (N_("Vue d'ensemble"), pages.render_overview),
    "ile-de-france": (N_("Île-de-France"), pages.render_region),
    "annuaire": (N_("Annuaire"), pages.render_directory),
    "bioproduction-tour": (N_("Bioproduction Tour"), pages.render_tour),
    "sources": (N_("Sources"), render_sources),
}
"""Address of a page, the same as in the app -> its title and how it is made; the navigation has these."""


def render_accessibility(content: Content, t: Locale) -> Markup:
    """The declaration of the site that this copy was made of; who hands the copy on has no settings here."""
    del content
    parts = accessibility_statement.render_declaration(read_grid(), Settings(), read_today(), t)
    body = Markup().join(Markup("<h2>{}</h2>{}").format(part.title, part.body) for part in parts)
    return Markup("<h1 tabindex='-1'>{}</h1><div class='bc-statement'>{}</div>").format(t("Déclaration d'accessibilité"), body)


FOOT_PAGES: Mapping[str, tuple[str, Page]] = {addresses.ACCESSIBILITY: (N_("Accessibilité"), render_accessibility)}
"""Those that the foot leads to."""


def _sections(content: Content, t: Locale) -> Markup:
    return Markup().join(
        Markup("<section class='page' data-page='{}' data-title='{}'>{}</section>").format(address, t(title), page(content, t))
        for address, (title, page) in (*PAGES.items(), *FOOT_PAGES.items())
    )


def render_document(content: Content, known: Payload, styles: list[str], t: Locale) -> str:
    """The document of one language; `known` is what its scripts read, `styles` names its style sheets in the folder of files."""
    navigation = Markup().join(Markup("<li><a href='#/{}'>{}</a></li>").format(address, t(title)) for address, (title, _) in PAGES.items())
    return html.fill_template(
        FOLDER / "page.html",
        {
            "lang": t.language,
            "description": t("Les biothérapies et la bioproduction, carte en main"),
            "files": FILES,
            "styles": html.render_styles(f"{FILES}/{name}" for name in styles),
            "skip": t("Aller au contenu"),
            "pages": t("Pages"),
            "navigation": navigation,
            "language": t("Langue"),
            "fr": Markup(" aria-current='true'") if t.language == "fr" else "",
            "en": Markup(" aria-current='true'") if t.language == "en" else "",
            "noscript": escape(
                t("Sans scripts, les cartes, les filtres et les fiches restent fermés ; les textes, les listes et les sources sont là.")
            ),
            "sections": _sections(content, t),
            "sheets": pages.render_sheets(content, t),
            "close": t("Fermer la fiche"),
            "closeList": t("Fermer la liste"),
            "print": t("Imprimer"),
            "full": t("Fiche complète"),
            "foot": f"BioCarto {__version__} · {t(CREDIT)}. {t('Chaque chiffre porte sa source.')}",
            "edition": t("Édition statique : données du dossier au moment de sa fabrication, sans serveur ni réseau."),
            "legal": t(
                "Qui diffuse cette copie en est l'éditeur. Elle ne garde rien de qui la lit. Tables et couches : Licence Ouverte 2.0."
            ),
            "accessibility": Markup("<a href='#/{}'>{}</a>").format(
                addresses.ACCESSIBILITY, accessibility_statement.write_state(read_grid(), read_today(), t)
            ),
            "footTitle": t("Pied de page"),
            "data": Markup(maps_escape.write_literal(known)),
            "scripts": html.render_scripts([f"{FILES}/app.js"]),
        },
    )


def wrap_script(name: str, value: object) -> str:
    """A boundary file as a script that hands itself over: under file:// nothing can be fetched."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"BioCarto.handOver({json.dumps(name)},{content});\n"
