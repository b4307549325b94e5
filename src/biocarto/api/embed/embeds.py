"""From a question to the document that answers it, made once for each edition, choice of lists, language and theme."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import replace

from biocarto import caches
from biocarto.api.embed.map_document import write_card, write_map
from biocarto.api.embed.question import THEMES, EmbedQuestion
from biocarto.api.embed.selection import read_filters, select_rows
from biocarto.api.embed.text_documents import write_actor, write_bar, write_list
from biocarto.api.source import LATEST
from biocarto.caches import Cache
from biocarto.i18n import LANGUAGES
from biocarto.query.filters import DroppedValue, Filters
from biocarto.register.catalogue import Catalogue
from biocarto.render.embedding import EmbedKind, build_embed
from biocarto.server.assets import BRIEF, Asset

CARD = "card"
"""What a tap on the map asks for: a piece of a document."""
KINDS = (*EmbedKind, CARD)
_documents = Cache(caches.EMBEDS)


def find_document(question: EmbedQuestion, catalogue: Catalogue) -> Asset | None:
    """The document; None where it is about an actor or a place that is not there. Raises DataError where files of the maps lack.

    What a visitor typed is kept nowhere.
    """
    given = catalogue.redirects.get(question.actor, question.actor)
    actor = given if given in catalogue.actors.index else ""
    if question.kind == EmbedKind.ACTOR and not actor:
        return None
    asked, unknown = read_filters(question.params, catalogue)
    dropped = (*unknown, *question.unread)
    named = replace(question, own=_write_own(question, actor, asked))

    def make() -> Asset | None:
        text = _write(named, actor, asked, dropped, catalogue)
        return Asset.pack(text.encode(), "text/html", BRIEF) if text else None

    if asked.is_typed() or dropped or not named.own:
        return make()
    return _documents.get((weakref.ref(catalogue), named.own, asked, question.lang, question.root), make)


def _write_own(question: EmbedQuestion, actor: str, asked: Filters) -> str:
    """The address of the document, of what was understood and in one way; empty for what is only a piece of one."""
    if question.kind == CARD:
        return ""
    lang = question.params.get("lang", [])[-1:]
    chosen = {
        **asked.to_params(),
        "lang": [code for code in lang if code in LANGUAGES],
        "theme": [question.theme] if question.theme != THEMES[0] else [],
        "edition": [question.edition] if question.edition != LATEST else [],
    }
    kind = EmbedKind(question.kind)
    return question.site + build_embed(kind, chosen, actor if kind is EmbedKind.ACTOR else "").address


def _write(question: EmbedQuestion, actor: str, asked: Filters, dropped: Sequence[DroppedValue], catalogue: Catalogue) -> str:
    if question.kind == EmbedKind.ACTOR:
        return write_actor(question, actor, dropped, catalogue)
    if question.kind == EmbedKind.BAR:
        return write_bar(question, asked, dropped, catalogue)
    selection = select_rows(asked, dropped, catalogue)
    if question.kind == EmbedKind.LIST:
        return write_list(question, selection)
    return write_map(question, selection) if question.kind == EmbedKind.MAP else write_card(question, selection, actor)
