"""What is read, as embeds: names, the two breakdowns, one actor."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from biocarto import addresses
from biocarto.analysis import breakdown, whereabouts
from biocarto.analysis.changelog import group_by_row
from biocarto.api.embed.document import attribute, find_site, write_text_document
from biocarto.api.embed.question import EmbedQuestion
from biocarto.api.embed.selection import EmbedSelection
from biocarto.i18n import Locale
from biocarto.query.filters import DroppedValue, Filters
from biocarto.query.select import list_sorts, sort_rows
from biocarto.register.catalogue import Catalogue
from biocarto.render import cards, embedded, locator
from biocarto.render.embedding import TITLES, EmbedKind
from biocarto.rows import get_row


def _render_head(title: str, told: str, dropped: Sequence[DroppedValue], t: Locale) -> Markup:
    line = Markup("<p>{}</p>").format(told) if told else ""
    return Markup("<header><h1>{}</h1>{}{}</header>").format(title, line, embedded.render_dropped(dropped, t))


def write_list(question: EmbedQuestion, selection: EmbedSelection) -> str:
    """The first names of a selection, and the way to all of them."""
    t, found, site = Locale(question.lang), selection.found, find_site(question)
    title = t(TITLES[EmbedKind.LIST])
    rows = sort_rows(found, list_sorts(found)[0])
    names = embedded.render_names(rows, site) if len(rows) else Markup("<p>{}</p>").format(t("Aucun acteur avec ces filtres."))
    head = _render_head(title, selection.describe(t), selection.dropped, t)
    body = head + names + embedded.render_rest(found.total, selection.params, site)
    return write_text_document(question, title, body, attribute(question, selection.catalogue, addresses.DIRECTORY, selection.params))


def write_bar(question: EmbedQuestion, asked: Filters, dropped: Sequence[DroppedValue], catalogue: Catalogue) -> str:
    """The survey and the register, each under its own name; filters change neither, and are told to."""
    t = Locale(question.lang)
    title = t(TITLES[EmbedKind.BAR])
    told = t("Les deux répartitions portent sur toutes les entreprises : les filtres n'y changent rien.") if asked != Filters() else ""
    survey = breakdown.read_survey(catalogue.figures)
    register = breakdown.count_register(catalogue.actors, catalogue.edition)
    bars = Markup("<div class='bars'><div>{}</div><div>{}</div></div>").format(
        cards.render_survey(survey, catalogue, t), cards.render_register(register, survey, t)
    )
    body = _render_head(title, told, dropped, t) + bars
    return write_text_document(question, title, body, attribute(question, catalogue, addresses.REGION, {}))


def write_actor(question: EmbedQuestion, actor: str, dropped: Sequence[DroppedValue], catalogue: Catalogue) -> str:
    """The sheet of an actor of the register."""
    t, row = Locale(question.lang), get_row(catalogue.actors, actor)
    drawing = locator.encode_svg(locator.draw_locator(row, locator.draw_base(catalogue.territory)))
    sheet = cards.render_actor(
        row,
        drawing,
        t,
        others=whereabouts.find_other_places(row, catalogue),
        claims=whereabouts.find_claims(row, catalogue),
        log=group_by_row(catalogue.changes).get(("actors", actor), ()),
    )
    body = Markup("<h1 class='unseen'>{}</h1>{}{}").format(t(TITLES[EmbedKind.ACTOR]), embedded.render_dropped(dropped, t), sheet)
    return write_text_document(question, str(row["name"]), body, attribute(question, catalogue, addresses.DIRECTORY, {"actor": [actor]}))
