"""The pages of the static edition in one language: everything that can be read without a script, made of the app's own pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.analysis.changelog import group_by_row
from biocarto.build.static_edition.content import Content
from biocarto.i18n import Locale
from biocarto.model import LEVEL_LABELS, Level
from biocarto.names import fold
from biocarto.query.filters import LONGEST_TEXT
from biocarto.register import vocabulary
from biocarto.render import cards as render_cards
from biocarto.render import html, locator, sources
from biocarto.rows import Row, get_row, list_rows

_STRESSED = re.compile(r"\*\*(.+?)\*\*")


def _heading(title: str, lead: str = "") -> Markup:
    return Markup("<h1 tabindex='-1'>{}</h1>").format(title) + (Markup("<p class='lead'>{}</p>").format(lead) if lead else Markup())


def _map(name: str, title: str, small: str = "") -> Markup:
    """Where a script puts a map; a reader without scripts is told that there is one."""
    return Markup("<div class='map {}' data-map='{}' data-title='{}'></div>").format(small, name, title)


def render_stress(text: str) -> Markup:
    """A sentence as HTML; what stands between two asterisks is strong."""
    plain_and_strong = _STRESSED.split(text)
    return Markup().join(
        Markup("<strong>{}</strong>").format(part) if odd % 2 else escape(part) for odd, part in enumerate(plain_and_strong)
    )


def _figure(content: Content, figure: str) -> Row:
    return get_row(content.catalogue.figures, figure)


# --- the overview -------------------------------------------------------------------------------------------------------


def _door(address: str, title: str, lead: str, label: str) -> Markup:
    return Markup(
        "<section class='door'><h2>{}</h2><p>{}</p><p><a href='#/{}'>{}<span aria-hidden='true'> →</span></a></p></section>"
    ).format(title, lead, address, label)


def _doors(t: Locale) -> Markup:
    quick = t("Dix secondes : qui fait quoi, où, et avec quelle source ?")
    return Markup("<div class='doors'>") + Markup().join(
        (
            _door("ile-de-france", t("Île-de-France"), quick, t("Ouvrir la carte")),
            _door(
                "ile-de-france?level=epci&measure=rate",
                t("Couverture du territoire"),
                t("Quels territoires sont servis, avec un chiffre et sa source."),
                t("Voir par EPCI et EPT"),
            ),
            _door("annuaire", t("Recherche dans l'annuaire"), t("Chercher, filtrer, lire chaque fiche."), t("Ouvrir l'annuaire")),
        )
    ) + Markup("</div>")  # fmt: skip


def _search_box(name: str, label: str, hint: str) -> Markup:
    return Markup(
        "<form role='search' class='search' data-search><label class='unseen' for='{}'>{}</label>"
        "<input type='search' id='{}' maxlength='{}' autocomplete='off' spellcheck='false' placeholder='{}'>"
        "</form>"
    ).format(name, label, name, LONGEST_TEXT, hint)


def render_overview(content: Content, t: Locale) -> Markup:
    """Four figures, two maps, three doors."""
    stages = render_cards.render_counts(
        content.tour.stages,
        t("étapes du Tour"),
        len(content.tour.around_initiator),
        t("pôles et clusters autour de Medicen"),
        row=_figure(content, "tour_etapes"),
        t=t,
    )
    figures = [
        render_cards.render_published(
            _figure(content, "idf_entreprises"),
            t("entreprises recensées en Île-de-France"),
            t,
            render_cards.render_survey_notes(content.catalogue.figures, content.catalogue.events, t),
        ),
        render_cards.render_published(_figure(content, "idf_part_acteurs_bioprod_fr"), t("des acteurs français de la bioproduction"), t),
        stages,
        render_cards.render_published(_figure(content, "tour_participants"), t("participants au Tour"), t),
    ]
    lead = t("Qui développe, fabrique et accompagne les biothérapies en Île-de-France, et comment les pôles fédèrent la filière en France.")
    named = t("Les acteurs nommés d'Île-de-France")
    hint = t("Chercher : « vecteurs viraux », « incubateurs Villejuif », « centres de recherche Paris »…")
    return (
        _heading(t("Les biothérapies et la bioproduction, carte en main"), lead)
        + _search_box("overview-q", t("Chercher dans l'annuaire"), hint)
        + render_cards.render_side_by_side(figures)
        + Markup("<div class='halves'><section><h2>{}</h2>").format(t("Le French Bioproduction Tour"))
        + _map("tour-small", t("Le French Bioproduction Tour"), "small")
        + Markup("</section><section><h2>{}</h2>{}").format(named, _map("region-small", named, "small"))
        + Markup("</section></div>")
        + _doors(t)
    )


# --- Île-de-France ------------------------------------------------------------------------------------------------------


def _choice(name: str, label: str, options: Mapping[str, str], first: str) -> Markup:
    """One value out of a few, as radio buttons."""
    buttons = Markup().join(
        Markup("<label><input type='radio' name='{}' value='{}'{}><span>{}</span></label>").format(
            name, value, " checked" if value == first else "", text
        )
        for value, text in options.items()
    )
    return Markup("<fieldset class='choice'><legend class='unseen'>{}</legend>{}</fieldset>").format(label, buttons)


def render_region(content: Content, t: Locale) -> Markup:
    """The survey beside the register, then the map with what was tapped, then the departments."""
    levels = {level.value: t(LEVEL_LABELS[level]) for level in (Level.DEPARTMENT, Level.EPCI, Level.COMMUNE)}
    measures = {"count": t("Nombre"), "rate": t("Pour 100 000 hab.")}
    invitation = t("Touchez un symbole ou un territoire de la carte : la liste s'ouvre ici, puis la fiche.")
    return (
        _heading(t("L'Île-de-France des biothérapies"))
        + Markup("<div class='halves truths'><div>")
        + render_cards.render_survey(content.survey, content.catalogue, t)
        + Markup("</div><div>")
        + render_cards.render_register(content.register, content.survey, t)
        + Markup("</div></div>")
        + Markup("<div class='choices'>{}{}").format(
            _choice("level", t("Maille"), levels, "department"), _choice("measure", t("Mesure"), measures, "count")
        )
        + Markup("</div><div class='split'>{}<div class='beside' data-beside='ile-de-france'>").format(_map("region", t("Acteurs")))
        + Markup("<p class='bc-empty' data-invitation>{}</p></div></div>").format(invitation)
        + Markup("<h2>{}</h2>{}").format(t("Par département"), render_cards.render_departments(content.shown, t))
    )


# --- the Tour -----------------------------------------------------------------------------------------------------------


def _organisers(content: Content, t: Locale) -> Iterable[Markup]:
    """A row of HTML per organiser: seat, stages, field, source."""
    stages = content.catalogue.stages
    for cluster in list_rows(content.catalogue.clusters.loc[list(content.tour.organisers)]):
        orders = ", ".join(str(stage["order"]) for stage in list_rows(stages) if cluster["id"] in stage["organisers"])
        cells = (
            t(vocabulary.CLUSTER_TYPES[cluster["type"]]),
            cluster["commune"] or t("non trouvé"),
            orders,
            t.read_cell(cluster, "focus"),
        )
        yield (
            Markup("<tr><th scope='row'>{}</th>").format(cluster["name"])
            + Markup().join(Markup("<td>{}</td>").format(cell) for cell in cells)
            + Markup("<td>{}</td></tr>").format(html.render_source(cluster, t))
        )


def _totals(content: Content, t: Locale) -> Markup:
    summary = content.tour
    counts = [
        (summary.stages, t("étapes"), len(summary.visited), t("régions visitées"), "tour_etapes"),
        (len(summary.organisers), t("organisateurs"), len(summary.around_initiator), t("autour de Medicen"), "tour_poles_federes"),
    ]
    cards = [
        render_cards.render_counts(n, label, second, words, row=_figure(content, source), t=t) for n, label, second, words, source in counts
    ]
    cards.append(render_cards.render_published(_figure(content, "tour_acteurs"), t("acteurs mobilisés"), t))
    cards.append(render_cards.render_published(_figure(content, "tour_participants"), t("participants"), t))
    return render_cards.render_side_by_side(cards)


def _stages(content: Content, t: Locale) -> Markup:
    """The picker, and the sheet of every stage; a script shows the chosen one."""
    stages = list_rows(content.catalogue.stages)
    picks = Markup().join(
        Markup("<a href='#/bioproduction-tour?stage={}' data-stage='{}' aria-label='{} {}'>{}</a>").format(
            stage["id"], stage["id"], t("Étape"), stage["order"], stage["order"]
        )
        for stage in stages
    )
    sheets = Markup().join(
        Markup("<div data-sheet='{}'>{}</div>").format(stage["id"], render_cards.render_stage(stage, content.catalogue.clusters, t))
        for stage in stages
    )
    invitation = t("Choisissez une étape : un numéro ici, une région sur la carte, ou « Suivante ».")
    return Markup(
        "<nav class='picker' aria-label='{}'>{}</nav><p class='picker'>"
        "<button type='button' data-step='-1'>← {}</button><button type='button' data-step='1'>{} →</button>"
        "</p><p class='bc-empty' data-invitation>{}</p>{}"
    ).format(t("Étape"), picks, t("Précédente"), t("Suivante"), invitation, sheets)


def render_tour(content: Content, t: Locale) -> Markup:
    """The map of France, the stages, the totals, the organisers, what is missing and what is unknown."""
    lead = t("À l'initiative de Medicen Paris Region, pôles et clusters ont montré les forces de leurs régions.")
    who = t("Qui a organisé le Tour")
    head = [t("Pôle ou cluster"), t("Nature"), t("Siège"), t("Étapes"), t("Domaine"), t("Source")]
    unknown = Markup().join(
        Markup("<p>{}</p>").format(paragraph) for paragraph in render_cards.write_tour_unknown(content.catalogue, t, str)
    )
    return (
        _heading(t("Le French Bioproduction Tour"), f"{lead} {render_cards.write_tour_dates(content.catalogue.figures, t)}")
        + Markup("<div class='split'>{}<div class='beside' data-beside='tour'>").format(_map("tour", t("Le French Bioproduction Tour")))
        + Markup("{}</div></div>{}").format(_stages(content, t), _totals(content, t))
        + Markup("<h2>{}</h2>{}").format(who, sources.render_table(who, head, _organisers(content, t)))
        + Markup("<h2>{}</h2><p>{}</p>").format(
            t("Les régions sans étape"), render_cards.write_tour_unvisited(content.catalogue, content.tour, t)
        )
        + Markup("<h2>{}</h2>{}").format(t("Ce que nos sources ne disent pas"), unknown)
    )


# --- the directory ------------------------------------------------------------------------------------------------------


def _line(actor: Row, row: int, t: Locale) -> Markup:
    """One actor of the list: its name, a link to its sheet; then what it does, where, and who says so."""
    return Markup(
        "<li data-row='{}'><a href='#/annuaire?actor={}' data-open>{}</a><p class='bc-line'>{}{} · {}<br>{}<br>{}</p></li>"
    ).format(
        row,
        actor["id"],
        actor["name"],
        html.render_mark(actor["group"]),
        labels.label_groups(t)[actor["group"]],
        whereabouts.name_place_and_department(actor, t),
        t.read_cell(actor, "activity"),
        html.render_dated_source(actor, t),
    )


def _lines(content: Content, t: Locale) -> Markup:
    rows = content.actors.assign(row=range(len(content.actors))).sort_values("name", key=lambda names: names.map(fold))
    return Markup().join(_line(actor, actor["row"], t) for actor in list_rows(rows))


def _networks(names: list[str], t: Locale) -> Markup:
    items = Markup().join(Markup("<li>{}</li>").format(name) for name in names)
    return Markup("<h3>{}</h3><ul>{}</ul>").format(t("Réseaux dont une page le dit membre"), items) if names else Markup()


def _others(actor: Row, content: Content) -> list[Row]:
    return whereabouts.find_other_places(actor, content.catalogue)


def render_sheets(content: Content, t: Locale) -> Markup:
    """The sheet of every actor, kept aside in templates until it is asked for; the borders of its small map are in the style sheet."""
    bare = replace(content.ground, borders="")
    log = group_by_row(content.catalogue.changes)
    return Markup().join(
        Markup("<template data-actor='{}'>").format(actor["id"])
        + render_cards.render_actor(
            actor,
            locator.encode_svg(locator.draw_locator(actor, bare)),
            t,
            others=_others(actor, content),
            claims=whereabouts.find_claims(actor, content.catalogue),
            log=log.get(("actors", actor["id"]), ()),
        )
        + _networks(content.networks[actor["id"]], t)
        + Markup("</template>")
        for actor in list_rows(content.actors)
    )


def render_directory(content: Content, t: Locale) -> Markup:
    """Search box, facets, the selection in words, the map, and the list or a sheet."""
    hint = t("Un nom, une activité, une ville, une modalité… fautes de frappe admises")
    nothing = t("Aucun acteur avec cette question. Retirez un filtre ou un mot ; rien n'est perdu.")
    return (
        _heading(t("L'annuaire"))
        + _search_box("q", t("Chercher"), hint)
        + Markup("<div class='facets' data-facets></div><div class='chosen'><p role='status' data-summary></p><span data-chips></span>")
        + Markup("<button type='button' class='quiet' data-clear hidden>{}</button></div>").format(t("Tout effacer"))
        + Markup("<div class='split half'>{}<div class='beside' data-beside='annuaire'>").format(_map("directory", t("Carte")))
        + Markup("<p class='bc-empty' data-nothing hidden>{}</p>").format(nothing)
        + Markup("<ul class='list' data-list>{}</ul></div></div>").format(_lines(content, t))
    )
