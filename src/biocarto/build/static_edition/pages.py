"""The pages of the static edition in one language: everything that can be read without a script, made of the app's own pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.build.static_edition.content import Content
from biocarto.i18n import Locale
from biocarto.model import LEVEL_LABELS, Level
from biocarto.query.filters import LONGEST_TEXT
from biocarto.render import cards as articles
from biocarto.render import html, locator, sources
from biocarto.rows import Row, each, one
from biocarto.territory.territory import fold

_STRESSED = re.compile(r"\*\*(.+?)\*\*")


def _heading(title: str, lead: str = "") -> str:
    return f"<h1 tabindex='-1'>{escape(title)}</h1>" + (f"<p class='lead'>{escape(lead)}</p>" if lead else "")


def _map(name: str, title: str, small: str = "") -> str:
    """Where a script puts a map; a reader without scripts is told that there is one."""
    return f"<div class='map {small}' data-map='{name}' data-title='{escape(title, quote=True)}'></div>"


def stressed(text: str) -> str:
    """A sentence as HTML; what stands between two asterisks is strong."""
    return _STRESSED.sub(r"<strong>\1</strong>", escape(text))


def _figure(content: Content, figure: str) -> Row:
    return one(content.catalogue.figures, figure)


# --- the overview -------------------------------------------------------------------------------------------------------


def _door(address: str, title: str, lead: str, label: str) -> str:
    return (
        f"<section class='door'><h2>{escape(title)}</h2><p>{escape(lead)}</p><p><a href='#/{address}'>{escape(label)}"
        "<span aria-hidden='true'> →</span></a></p></section>"
    )


def _doors(t: Locale) -> str:
    quick = t("Dix secondes : qui fait quoi, où, et avec quelle source ?")
    return "<div class='doors'>" + "".join(
        (
            _door("ile-de-france", t("Île-de-France"), quick, t("Ouvrir la carte")),
            _door(
                "ile-de-france?level=epci&amp;measure=rate",
                t("Couverture du territoire"),
                t("Quels territoires sont servis, avec un chiffre et sa source."),
                t("Voir par EPCI et EPT"),
            ),
            _door("annuaire", t("Recherche dans l'annuaire"), t("Chercher, filtrer, lire chaque fiche."), t("Ouvrir l'annuaire")),
        )
    ) + "</div>"  # fmt: skip


def _search_box(name: str, label: str, hint: str) -> str:
    return (
        f"<form role='search' class='search' data-search><label class='unseen' for='{name}'>{escape(label)}</label>"
        f"<input type='search' id='{name}' maxlength='{LONGEST_TEXT}' autocomplete='off' spellcheck='false'"
        f" placeholder='{escape(hint, quote=True)}'></form>"
    )


def overview(content: Content, t: Locale) -> str:
    """Four figures, two maps, three doors."""
    stages = articles.counted(
        content.tour.stages,
        t("étapes du Tour"),
        len(content.tour.around_initiator),
        t("pôles et clusters autour de Medicen"),
        row=_figure(content, "tour_etapes"),
        t=t,
    )
    figures = [
        articles.published(
            _figure(content, "idf_entreprises"),
            t("entreprises recensées en Île-de-France"),
            t,
            articles.survey_notes(content.catalogue.figures, content.catalogue.events, t),
        ),
        articles.published(_figure(content, "idf_part_acteurs_bioprod_fr"), t("des acteurs français de la bioproduction"), t),
        stages,
        articles.published(_figure(content, "tour_participants"), t("participants au Tour"), t),
    ]
    lead = t("Qui développe, fabrique et accompagne les biothérapies en Île-de-France, et comment les pôles fédèrent la filière en France.")
    named = t("Les acteurs nommés d'Île-de-France")
    hint = t("Chercher : « vecteurs viraux », « incubateurs Villejuif », « centres de recherche Paris »…")
    return (
        _heading(t("Les biothérapies et la bioproduction, carte en main"), lead)
        + _search_box("overview-q", t("Chercher dans l'annuaire"), hint)
        + articles.side_by_side(figures)
        + f"<div class='halves'><section><h2>{escape(t('Le French Bioproduction Tour'))}</h2>"
        + _map("tour-small", t("Le French Bioproduction Tour"), "small")
        + f"</section><section><h2>{escape(named)}</h2>{_map('region-small', named, 'small')}"
        + "</section></div>"
        + _doors(t)
    )


# --- Île-de-France ------------------------------------------------------------------------------------------------------


def _choice(name: str, label: str, options: Mapping[str, str], first: str) -> str:
    """One value out of a few, as radio buttons."""
    buttons = "".join(
        f"<label><input type='radio' name='{name}' value='{value}'{' checked' if value == first else ''}>"
        f"<span>{escape(text)}</span></label>"
        for value, text in options.items()
    )
    return f"<fieldset class='choice'><legend class='unseen'>{escape(label)}</legend>{buttons}</fieldset>"


def region(content: Content, t: Locale) -> str:
    """The survey beside the register, then the map with what was tapped, then the departments."""
    levels = {level.value: t(LEVEL_LABELS[level]) for level in (Level.DEPARTMENT, Level.EPCI, Level.COMMUNE)}
    measures = {"count": t("Nombre"), "rate": t("Pour 100 000 hab.")}
    invitation = t("Touchez un symbole ou un territoire de la carte : la liste s'ouvre ici, puis la fiche.")
    return (
        _heading(t("L'Île-de-France des biothérapies"))
        + "<div class='halves truths'><div>"
        + articles.survey(content.survey, content.catalogue, t)
        + "</div><div>"
        + articles.register(content.register, content.survey, t)
        + "</div></div>"
        + f"<div class='choices'>{_choice('level', t('Maille'), levels, 'department')}{_choice('measure', t('Mesure'), measures, 'count')}"
        + f"</div><div class='split'>{_map('region', t('Acteurs'))}<div class='beside' data-beside='ile-de-france'>"
        + f"<p class='bc-empty' data-invitation>{escape(invitation)}</p></div></div>"
        + f"<h2>{escape(t('Par département'))}</h2>{articles.departments(content.shown, t)}"
    )


# --- the Tour -----------------------------------------------------------------------------------------------------------


def _organisers(content: Content, t: Locale) -> Iterable[str]:
    """A row of HTML per organiser: seat, stages, field, source."""
    stages = content.catalogue.stages
    for cluster in each(content.catalogue.clusters.loc[list(content.tour.organisers)]):
        orders = ", ".join(str(stage["order"]) for stage in each(stages) if cluster["id"] in stage["organisers"])
        cells = (
            t(labels.CLUSTER_TYPES[cluster["type"]]),
            cluster["commune"] or t("non trouvé"),
            orders,
            t.read_cell(cluster, "focus"),
        )
        yield (
            f"<tr><th scope='row'>{escape(cluster['name'])}</th>"
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + f"<td>{html.source(cluster, t)}</td></tr>"
        )


def _totals(content: Content, t: Locale) -> str:
    summary = content.tour
    counts = [
        (summary.stages, t("étapes"), len(summary.visited), t("régions visitées"), "tour_etapes"),
        (len(summary.organisers), t("organisateurs"), len(summary.around_initiator), t("autour de Medicen"), "tour_poles_federes"),
    ]
    cards = [articles.counted(n, label, second, words, row=_figure(content, source), t=t) for n, label, second, words, source in counts]
    cards.append(articles.published(_figure(content, "tour_acteurs"), t("acteurs mobilisés"), t))
    cards.append(articles.published(_figure(content, "tour_participants"), t("participants"), t))
    return articles.side_by_side(cards)


def _stages(content: Content, t: Locale) -> str:
    """The picker, and the sheet of every stage; a script shows the chosen one."""
    stages = each(content.catalogue.stages)
    picks = "".join(
        f"<a href='#/bioproduction-tour?stage={stage['id']}' data-stage='{stage['id']}'"
        f" aria-label='{escape(t('Étape'))} {stage['order']}'>{stage['order']}</a>"
        for stage in stages
    )
    sheets = "".join(f"<div data-sheet='{stage['id']}'>{articles.stage(stage, content.catalogue.clusters, t)}</div>" for stage in stages)
    invitation = t("Choisissez une étape : un numéro ici, une région sur la carte, ou « Suivante ».")
    return (
        f"<nav class='picker' aria-label='{escape(t('Étape'))}'>{picks}</nav><p class='picker'>"
        f"<button type='button' data-step='-1'>← {escape(t('Précédente'))}</button>"
        f"<button type='button' data-step='1'>{escape(t('Suivante'))} →</button></p>"
        f"<p class='bc-empty' data-invitation>{escape(invitation)}</p>{sheets}"
    )


def tour(content: Content, t: Locale) -> str:
    """The map of France, the stages, the totals, the organisers, what is missing and what is unknown."""
    lead = t("À l'initiative de Medicen Paris Region, pôles et clusters ont montré les forces de leurs régions.")
    who = t("Qui a organisé le Tour")
    head = [t("Pôle ou cluster"), t("Nature"), t("Siège"), t("Étapes"), t("Domaine"), t("Source")]
    unknown = "".join(f"<p>{paragraph}</p>" for paragraph in articles.tour_unknown(content.catalogue, t, escape))
    return (
        _heading(t("Le French Bioproduction Tour"), f"{lead} {articles.tour_dates(content.catalogue.figures, t)}")
        + f"<div class='split'>{_map('tour', t('Le French Bioproduction Tour'))}<div class='beside' data-beside='tour'>"
        + f"{_stages(content, t)}</div></div>{_totals(content, t)}"
        + f"<h2>{escape(who)}</h2>{sources.table(who, head, list(_organisers(content, t)))}"
        + f"<h2>{escape(t('Les régions sans étape'))}</h2><p>{escape(articles.tour_unvisited(content.catalogue, content.tour, t))}</p>"
        + f"<h2>{escape(t('Ce que nos sources ne disent pas'))}</h2>{unknown}"
    )


# --- the directory ------------------------------------------------------------------------------------------------------


def _line(actor: Row, row: int, t: Locale) -> str:
    """One actor of the list: its name, a link to its sheet; then what it does, where, and who says so."""
    where = escape(whereabouts.name_place_and_department(actor, t))
    return (
        f"<li data-row='{row}'><a href='#/annuaire?actor={escape(actor['id'], quote=True)}' data-open>{escape(actor['name'])}</a>"
        f"<p class='bc-line'>{html.mark(actor['group'])}{escape(labels.groups(t)[actor['group']])} · {where}<br>"
        f"{escape(t.read_cell(actor, 'activity'))}<br>{html.dated_source(actor, t)}</p></li>"
    )


def _lines(content: Content, t: Locale) -> str:
    rows = content.actors.assign(row=range(len(content.actors))).sort_values("name", key=lambda names: names.map(fold))
    return "".join(_line(actor, actor["row"], t) for actor in each(rows))


def _networks(names: list[str], t: Locale) -> str:
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f"<h3>{escape(t('Réseaux dont une page le dit membre'))}</h3><ul>{items}</ul>" if names else ""


def _others(actor: Row, content: Content) -> list[Row]:
    return whereabouts.find_other_places(actor, content.catalogue)


def sheets(content: Content, t: Locale) -> str:
    """The sheet of every actor, kept aside in templates until it is asked for; the borders of its small map are in the style sheet."""
    bare = replace(content.ground, borders="")
    return "".join(
        f"<template data-actor='{escape(actor['id'], quote=True)}'>"
        + articles.actor(
            actor,
            locator.as_address(locator.locator(actor, bare)),
            t,
            others=_others(actor, content),
            claims=whereabouts.find_claims(actor, content.catalogue),
        )
        + _networks(content.networks[actor["id"]], t)
        + "</template>"
        for actor in each(content.actors)
    )


def directory(content: Content, t: Locale) -> str:
    """Search box, facets, the selection in words, the map, and the list or a sheet."""
    hint = t("Un nom, une activité, une ville, une modalité… fautes de frappe admises")
    nothing = t("Aucun acteur avec cette question. Retirez un filtre ou un mot ; rien n'est perdu.")
    return (
        _heading(t("L'annuaire"))
        + _search_box("q", t("Chercher"), hint)
        + "<div class='facets' data-facets></div><div class='chosen'><p role='status' data-summary></p><span data-chips></span>"
        + f"<button type='button' class='quiet' data-clear hidden>{escape(t('Tout effacer'))}</button></div>"
        + f"<div class='split half'>{_map('directory', t('Carte'))}<div class='beside' data-beside='annuaire'>"
        + f"<p class='bc-empty' data-nothing hidden>{escape(nothing)}</p>"
        + f"<ul class='list' data-list>{_lines(content, t)}</ul></div></div>"
    )
