"""The frame of every embed: head, what it shows, the line that says whose it is; and the document that says no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from biocarto import config
from biocarto.api.embed.files import FOLDER, LOOK, TEXT_SCRIPT, list_addresses
from biocarto.api.embed.question import EmbedQuestion
from biocarto.i18n import Locale
from biocarto.maps.assets import Assets
from biocarto.register.catalogue import Catalogue
from biocarto.render import embedded, embedding, html
from biocarto.render.embedded import Site
from biocarto.render.embedding import Params


def find_site(question: EmbedQuestion) -> Site:
    """Where links of the document lead."""
    return Site(question.root, Locale(question.lang))


def read_assets(question: EmbedQuestion) -> Assets:
    """The front-end files, as the document asks for them."""
    return replace(Assets.read(config.STATIC), root=f"{question.root}assets/")


def write_document(
    question: EmbedQuestion,
    title: str,
    body: Markup,
    attribution: Markup,
    *,
    styles: Sequence[str],
    scripts: Sequence[str],
    data: Markup = Markup(),
) -> str:
    """A whole document; `data` is JSON that its script reads."""
    return html.fill_template(
        FOLDER / "document.html",
        {
            "lang": question.lang,
            "theme": question.theme,
            "kind": question.kind,
            "title": f"{title} · BioCarto",
            "discovery": embedding.render_discovery(question.site, question.own, title) if question.site and question.own else "",
            "styles": html.render_styles(styles),
            "scripts": html.render_scripts(scripts),
            "body": body,
            "attribution": attribution,
            "data": Markup('<script type="application/json" id="data">{}</script>\n').format(data) if data else Markup(),
        },
    )


def write_text_document(question: EmbedQuestion, title: str, body: Markup, attribution: Markup) -> str:
    """A document that is read from its beginning to its end, as high as what it holds."""
    assets = read_assets(question)
    fonts = [assets.url("fonts.css")] if "fonts.css" not in assets.missing else []
    styles = [*fonts, *list_addresses(question.root, LOOK, html.MARKS.name, html.PIECES.name)]
    text = Markup("<main class='stHtml'>{}</main>").format(body)
    return write_document(question, title, text, attribution, styles=styles, scripts=list_addresses(question.root, TEXT_SCRIPT))


def write_refusal(question: EmbedQuestion, words: str) -> str:
    """A document that says no in words; it has to fit in a frame."""
    t = Locale(question.lang)
    title = t("Rien à montrer ici")
    home = find_site(question).render_link("", {}, Markup("<b>BioCarto</b>"))
    body = Markup("<h1>{}</h1><p>{}</p>").format(title, words)
    return write_text_document(question, title, body, Markup("<p>{}</p>").format(home))


def attribute(question: EmbedQuestion, catalogue: Catalogue, page: str, params: Params) -> Markup:
    """The line at the foot; `page` and `params` are where all of it is."""
    return embedded.render_attribution(catalogue.edition, catalogue.resources["actors"]["licence"], page, params, find_site(question))
