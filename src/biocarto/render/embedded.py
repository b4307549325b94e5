"""What stands in a page of others, as HTML: names as a list, the card of a symbol, the line that says whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from biocarto import addresses, labels
from biocarto.analysis import whereabouts
from biocarto.i18n import DEFAULT, Locale
from biocarto.query.filters import DroppedValue
from biocarto.render import html
from biocarto.render.embedding import Params
from biocarto.rows import Row, list_rows

MOST_LISTED = 50
"""Names of a list; beyond them a link leads to all."""


@dataclass(frozen=True)
class Site:
    """Where the pages are, from the document: `root` with a slash at its end; links open beside the page around it."""

    root: str
    t: Locale

    def render_link(self, page: str, params: Params, label: str | Markup) -> Markup:
        """A link to one of our pages, in the language of the document."""
        language = {} if self.t.language == DEFAULT else {"lang": self.t.language}
        query = urlencode({**params, **language}, doseq=True)
        return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(
            f"{self.root}{page}" + (f"?{query}" if query else ""), label
        )

    def render_actor_link(self, actor: str, label: str) -> Markup:
        """A link to the sheet of an actor."""
        return self.render_link(addresses.DIRECTORY, {"actor": [actor]}, label)


def _render_kind_and_place(actor: Row, t: Locale) -> Markup:
    group = actor["group"]
    place = whereabouts.name_place_and_department(actor, t)
    return Markup("{}{} · {}").format(html.render_mark(group), labels.label_groups(t)[group], place)


def render_names(rows: pd.DataFrame, site: Site) -> Markup:
    """The first actors of a selection: each its name, which leads to its sheet, its kind and where it is."""
    lines = Markup().join(
        Markup("<li>{}<span>{}</span></li>").format(
            site.render_actor_link(actor["id"], actor["name"]), _render_kind_and_place(actor, site.t)
        )
        for actor in list_rows(rows.head(MOST_LISTED))
    )
    return Markup('<ul class="names">{}</ul>').format(lines)


def render_rest(count: int, params: Params, site: Site) -> Markup:
    """The link to the whole list, where it is longer; `count` is how many it has."""
    if count <= MOST_LISTED:
        return Markup()
    t = site.t
    all_of_them = t("Voir les {n} sites d'acteurs").format(n=t.number(count))
    return Markup('<p class="rest">{}</p>').format(site.render_link(addresses.DIRECTORY, params, all_of_them))


def render_card(actor: Row, site: Site) -> Markup:
    """One actor, in short."""
    t = site.t
    return Markup("<h2 tabindex='-1'>{}</h2><p class='kind'>{}</p><p>{}</p><p>{}</p><p>{}</p>").format(
        actor["name"],
        _render_kind_and_place(actor, t),
        t.read_cell(actor, "activity"),
        site.render_actor_link(actor["id"], t("Fiche complète")),
        html.render_dated_source(actor, t),
    )


def render_place_card(rows: pd.DataFrame, site: Site) -> Markup:
    """Who is at one place."""
    name = whereabouts.name_place(list_rows(rows.head(1))[0], site.t)
    return Markup("<h2 tabindex='-1'>{}</h2>{}").format(name, render_names(rows, site))


def render_dropped(dropped: Sequence[DroppedValue], t: Locale) -> Markup:
    """What of the address means nothing here."""
    if not dropped:
        return Markup()
    values = ", ".join(f"{value.name} = {value.value}" for value in dropped)
    words = t("Le lien demandait ce que cette édition ne connaît pas : {values}. Le reste est en place.")
    return Markup('<p class="note" role="status">{}</p>').format(words.format(values=values))


def render_attribution(edition: str, licence: dict[str, Any], page: str, params: Params, site: Site) -> Markup:
    """Whose this is, of which day, by which sources and licence, and where all of it is."""
    t = site.t
    parts = (
        site.render_link(page, params, Markup("<b>BioCarto</b>")),
        Markup("<span>{}</span>").format(t("données du {edition}").format(edition=t.edition(edition))),
        site.render_link(addresses.SOURCES, {}, t("Sources")),
        html.render_link(str(licence["path"]), str(licence["title"])),
    )
    return Markup("<p>{}</p>").format(Markup(" · ").join(parts))
