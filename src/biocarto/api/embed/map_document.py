"""The map as an embed: the layers of the page of the region, and the card of a symbol."""

from __future__ import annotations

from markupsafe import Markup

from biocarto import addresses
from biocarto.analysis.places import group_by_place, select_at_place
from biocarto.api.embed.document import attribute, find_site, read_assets, write_document
from biocarto.api.embed.files import LOOK, MAP_SCRIPT, list_addresses
from biocarto.api.embed.question import EmbedQuestion
from biocarto.api.embed.selection import EmbedSelection
from biocarto.i18n import Locale
from biocarto.maps import escape
from biocarto.maps.actors import build_actor_layer
from biocarto.maps.base import ILE_DE_FRANCE, SCRIPTS, STYLES, build_base_map
from biocarto.maps.focus import build_focus_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.render import embedded, html
from biocarto.render.embedding import TITLES, EmbedKind
from biocarto.rows import get_row


def write_map(question: EmbedQuestion, selection: EmbedSelection) -> str:
    """The document; raises DataError where the files of the maps are not installed."""
    assets = read_assets(question)
    data = _write_data(build_base_map(assets, ILE_DE_FRANCE).config, _build_layers(selection, Locale(question.lang)), question)
    styles = [*(assets.url(name) for name in STYLES), *list_addresses(question.root, html.MARKS.name, LOOK)]
    scripts = [*(assets.url(name) for name in SCRIPTS), *list_addresses(question.root, MAP_SCRIPT)]
    attribution = attribute(question, selection.catalogue, addresses.REGION, selection.params)
    title, body = Locale(question.lang)(TITLES[EmbedKind.MAP]), _render_body(selection, Locale(question.lang))
    return write_document(question, title, body, attribution, styles=styles, scripts=scripts, data=data)


def write_card(question: EmbedQuestion, selection: EmbedSelection, actor: str) -> str:
    """What a tap on a symbol shows: an actor, or who of the selection is at the place asked for; empty where there is neither."""
    if actor:
        return embedded.render_card(get_row(selection.catalogue.actors, actor), find_site(question))
    here = select_at_place(selection.found.actors, (question.params.get("place") or [""])[-1])
    return embedded.render_place_card(here, find_site(question)) if len(here) else ""


def _build_layers(selection: EmbedSelection, t: Locale) -> list[tuple[str, ScriptLayer]]:
    rows = selection.found.actors
    focus = build_focus_layer(t, bounds=selection.find_bounds())
    return [("actors", build_actor_layer(group_by_place(rows), t, actors=rows)), ("focus", focus)]


def _write_data(base: str, layers: list[tuple[str, ScriptLayer]], question: EmbedQuestion) -> Markup:
    """JSON; `base` is some already."""
    t = Locale(question.lang)
    told = {
        "layers": [{"kind": kind, "payload": layer.payload} for kind, layer in layers],
        "failed": t("La fiche n'a pas pu être chargée ; la carte est intacte. Touchez de nouveau."),
        "cards": f"{question.root}{addresses.EMBED}/card",
    }
    return Markup('{{"base":{},"map":{}}}').format(Markup(base), Markup(escape.write_literal(told)))  # noqa: S704 - literals of ours


def _render_body(selection: EmbedSelection, t: Locale) -> Markup:
    none = t("Aucun acteur avec ces filtres.") if selection.found.total == 0 else ""
    return Markup(
        "<header><h1>{}</h1><p>{}</p>{}{}<noscript><p class='note'>{}</p></noscript></header>"
        "<main><div class='folium-map' id='map'></div>"
        "<section id='card' aria-label='{}' hidden><button type='button' aria-label='{}'>×</button><div></div></section></main>"
    ).format(
        t(TITLES[EmbedKind.MAP]),
        selection.describe(t),
        Markup("<p class='note'>{}</p>").format(none) if none else "",
        embedded.render_dropped(selection.dropped, t),
        t("La carte a besoin de scripts. La liste des mêmes acteurs s'en passe."),
        t("Fiche d'un acteur"),
        t("Fermer la fiche"),
    )
