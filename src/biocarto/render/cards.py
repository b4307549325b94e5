"""The longer pieces of HTML, as pure functions of rows and a language: pages show them, and the static edition prints the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd
from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis import sources, whereabouts
from biocarto.analysis.breakdown import TOTAL_FIGURE, Register, Survey, count_by_department
from biocarto.analysis.tour import TourSummary, list_unplaced
from biocarto.i18n import Locale
from biocarto.model import (
    CATEGORY_LABELS,
    N_,
    OWNERSHIP_LABELS,
    PRECISION_LABELS,
    PRESENCE_LABELS,
    SYMBOLS,
    TRUST_LABELS,
)
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.register.changes import Change
from biocarto.register.headers import FACTS
from biocarto.render import changes, charts, html
from biocarto.render.charts import Bar, Part
from biocarto.rows import Row, get_row, list_rows

# --- an actor -----------------------------------------------------------------------------------------------------------


def _where(actor: Row, t: Locale) -> Markup:
    above = (str(actor[column]) for column in ("commune_name", "intercommunality_name", "department_name"))
    place = whereabouts.name_place(actor, t)
    named = [str(actor["site"]), place, *(name for name in above if not place.startswith(name))]
    parts = dict.fromkeys(filter(None, named))
    precision = t(PRECISION_LABELS[actor["precision"]])
    return Markup("{}<br><em>{} {}</em>").format(Markup(", ").join(parts), t("Position connue :"), precision)


def _status(actor: Row, t: Locale) -> Markup:
    """Whether the site is there, since which page, and that page where it is not the row's."""
    told = escape(f"{t(PRESENCE_LABELS[actor['presence']])} ({actor['status_year']})")
    if actor["status_source_url"] == actor["source_url"]:
        return told
    return Markup("{}<br>{}").format(told, html.render_source(_page(actor, "status_source"), t))


def _page(actor: Row, prefix: str) -> dict[str, str]:
    """A page of an actor as a source of its own."""
    return {"source_url": actor[f"{prefix}_url"], "source_title": actor[f"{prefix}_title"]}


def _owner(actor: Row, t: Locale) -> Markup:
    """Who owns it and since when, as far as a page says."""
    if not actor["owner"]:
        return escape(t(OWNERSHIP_LABELS[actor["ownership"]])) if actor["ownership"] else Markup()
    since: str = "" if pd.isna(actor["owner_since"]) else str(actor["owner_since"])
    return escape(t("{owner}, depuis {year}").format(owner=actor["owner"], year=since) if since else actor["owner"])


def _keys(actor: Row) -> Markup:
    """Official numbers, those that are known."""
    named = (("SIREN", actor["siren"]), ("SIRET", actor["siret"]), ("RNSR", actor["rnsr"]))
    return escape(" · ".join(f"{name} {number}" for name, number in named if number))


def _locator(actor: Row, drawing: str, t: Locale) -> Markup:
    """Where in the region, as an image with words for those who do not see it."""
    words = t("Île-de-France, et la position de {name} : {place}").format(name=actor["name"], place=whereabouts.name_place(actor, t))
    return Markup("<img class='bc-locator' src='{}' alt='{}'>").format(drawing, words)


def _elsewhere(places: Iterable[Row], t: Locale) -> Markup:
    """Where other pages put it, each with its year, its page and what is to be known of it."""
    lines = []
    for place in places:
        name = f"{whereabouts.name_place_and_department(place, t)} ({place['as_of']})"
        more = t.read_cell(place, "note")
        lines.append(
            Markup("{}<br>{}{}").format(name, html.render_source(place, t), Markup("<br><em>{}</em>").format(more) if more else "")
        )
    return Markup("<br>").join(lines)


def _proof(claim: Row, t: Locale) -> Markup:
    more = t.read_cell(claim, "note")
    fact = t("{fact} :").format(fact=t(FACTS[claim["field"]]))
    return Markup("<li>{} {} ({}){}</li>").format(
        fact, html.render_source(claim, t), claim["as_of"], Markup("<br><em>{}</em>").format(more) if more else ""
    )


def _proofs(claims: Iterable[Row], t: Locale) -> Markup:
    """The facts of the sheet that another page than its source proves, each with that page and its year, one tap away."""
    lines = Markup().join(_proof(claim, t) for claim in claims)
    title = t("Faits attestés par une autre page")
    return Markup("<details class='bc-source'><summary>{}</summary><ul>{}</ul></details>").format(title, lines) if lines else Markup()


def render_actor(
    row: Row, drawing: str, t: Locale, *, others: Iterable[Row] = (), claims: Iterable[Row] = (), log: Sequence[Change] = ()
) -> Markup:
    """One actor: what it does, where, since when, and who says so.

    `drawing` is the address of its small map, `others` and `claims` what `whereabouts` finds of other places and other pages, `log`
    what editions have changed of it.
    """
    group = row["group"]
    return (
        Markup("<article class='bc-sheet'>{}<p class='bc-kicker'>{}{}</p><h2>{}</h2><p>{}</p>").format(
            _locator(row, drawing, t), html.render_mark(group), labels.label_groups(t)[group], row["name"], t.read_cell(row, "activity")
        )
        + html.render_facts(
            [
                (t("Organisation"), escape(row["organisation"] if row["organisation"] != row["name"] else "")),
                (t("Lieu"), _where(row, t)),
                (t("Autre lieu, selon une autre page"), _elsewhere(others, t)),
                (t("Adresse publiée"), escape(str(row["address"]))),
                (t("Modalités"), escape(labels.label_modalities(row["modalities"], t))),
                (t("Statut"), _status(row, t)),
                (t("Propriétaire"), _owner(row, t)),
                (t("Création"), escape("" if pd.isna(row["founded"]) else row["founded"])),
                (t("Site web"), html.render_link(str(row["website"]), str(row["website"])) if row["website"] else Markup()),
                (t("Source"), html.render_source(row, t)),
                (t("Date de la source"), escape(str(row["as_of"]))),
                (t("Confiance"), escape(t(TRUST_LABELS[row["trust"]]))),
                (t("Numéros officiels"), _keys(row)),
                (t("Identifiant"), escape(str(row["id"]))),
            ]
        )
        + _proofs(claims, t)
        + changes.render_row_history(log, t)
        + Markup("</article>")
    )


# --- a stage of the Tour ------------------------------------------------------------------------------------------------


def _cluster(cluster: Row, t: Locale) -> Markup:
    """An organiser: name (its website), kind, seat and field."""
    name = html.render_link(cluster["website"], cluster["name"]) if cluster["website"] else escape(cluster["name"])
    seat = cluster["commune"] or t("siège non trouvé dans nos sources")
    kind = t(vocabulary.CLUSTER_TYPES[cluster["type"]])
    return Markup("<li><strong>{}</strong><br>{} · {}<br>{}</li>").format(name, kind, seat, t.read_cell(cluster, "focus"))


def render_stage(row: Row, clusters: pd.DataFrame, t: Locale) -> Markup:
    """What is known of one stage, its organisers included."""
    organisers = Markup().join(_cluster(get_row(clusters, cluster), t) for cluster in row["organisers"])
    return (
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{} {}</p><h2>{}</h2>").format(
            t("Étape"), row["order"], t.read_cell(row, "title")
        )
        + html.render_facts(
            [
                (t("Régions"), escape(", ".join(row["regions"]))),
                (t("Organisateurs"), Markup("<ul class='bc-clusters'>{}</ul>").format(organisers)),
                (t("Date et ville"), escape(", ".join(filter(None, (row["date"], row["city"]))) or t("inconnues de nos sources"))),
                (t("Ce que l'on sait"), escape(t.read_cell(row, "notes"))),
                (t("Source"), html.render_source(row, t)),
            ]
        )
        + Markup("</article>")
    )


def write_tour_dates(figures: pd.DataFrame, t: Locale) -> str:
    """When the Tour ran, as its two sources say."""
    start, end = (str(figures.at[figure, "value"]) for figure in ("tour_debut", "tour_fin"))
    return t("En {year} selon le chapitre ; du {start} au {end}, par des étapes virtuelles, selon une autre source.").format(
        year=figures.at["tour_etapes", "as_of"], start=t.day(start), end=t.day(end)
    )


def write_tour_unvisited(catalogue: Catalogue, summary: TourSummary, t: Locale) -> str:
    """The regions that no stage visited, by name."""
    regions = catalogue.territory.regions
    names = labels.join_words(list(regions.loc[list(summary.unvisited), "name"]), t("et"))
    return t("{visited} des {all} régions ont eu une étape. Sans étape : {names}.").format(
        visited=len(summary.visited), all=len(regions), names=names
    )


def write_tour_unknown(catalogue: Catalogue, t: Locale, written: Callable[[str], str]) -> list[str]:
    """What the sources do not say, a paragraph each; `written` makes a name harmless where the paragraphs go."""
    columns = {"date": t("la date"), "city": t("la ville"), "theme_fr": t("le thème")}
    empty = [word for column, word in columns.items() if catalogue.stages[column].eq("").any()]
    found = [t("De chaque étape : {facts}.").format(facts=labels.join_words(empty, t("et")))] if empty else []
    found.append(t("La route de la carte suit l'ordre de la source : c'est un ordre, pas un itinéraire."))
    missing = labels.join_words([written(name) for name in list_unplaced(catalogue)], t("et"))
    if missing:
        found.append(t("Le siège de ces organisateurs n'a pas été trouvé ; ils sont listés, pas placés :") + f" {missing}.")
    return found


# --- figures ------------------------------------------------------------------------------------------------------------


def render_published(row: Row, label: str, t: Locale, more: Markup = Markup()) -> Markup:
    """A row of figures.csv, as big as its source says it is: "3,000+" for more than 3,000."""
    value = float(row["value"])
    shown = t.percent(value) if row["unit_fr"] == "%" else t.number(value)
    origin, date = html.render_source(row, t) + more, labels.write_figure_date(row, t)
    return html.render_figure(labels.qualify_number(shown, row["qualifier"], t, short=True), label, origin, date, t)


def render_counts(count: int, label: str, second: int, second_label: str, *, row: Row, t: Locale) -> Markup:
    """Two numbers counted in the tables, beside the published figure that they can be checked against."""
    origin = Markup("{} {}").format(t("Compté dans la table des étapes ; liste publiée par :"), html.render_source(row, t))
    return html.render_figure(t.number(count), f"{label} · {t.number(second)} {second_label}", origin, str(row["as_of"]), t)


def render_side_by_side(figures: Iterable[Markup]) -> Markup:
    """Figures in a row; they wrap on a phone."""
    return Markup("<div class='bc-figures'>{}</div>").format(Markup().join(figures))


# --- two truths ---------------------------------------------------------------------------------------------------------


def _more(summary: str, details: Markup) -> Markup:
    return Markup("<details class='bc-source'><summary>{}</summary><p>{}</p></details>").format(summary, details)


SURVEY_NOTE = N_(
    "Un autre comptage : le recensement publié porte sur toute l'Île-de-France et sa liste n'est pas publique. "
    "Ses chiffres ne s'ajoutent pas à ceux du répertoire."
)
"""What a reader must know of the survey wherever it stands beside the register."""


def read_survey_bar(found: Survey, t: Locale) -> Bar:
    """The published breakdown, each share with the numbers that round to it."""
    parts = []
    for share in found.shares:
        counts = f" {t('ou')} ".join(str(count) for count in share.counts) or t("aucun nombre entier possible")
        derived = f"({counts})"
        parts.append(Part(share.category.value, t(CATEGORY_LABELS[share.category]), share.percent, t.percent(share.percent), derived))
    subtitle = t("Institut Paris Région : {total} entreprises, parts arrondies").format(total=t.number(found.total))
    return Bar(t("Recensement mis à jour en {year}").format(year=found.year), subtitle, tuple(parts))


def _render_bar(bar: Bar) -> Markup:
    return charts.render_stacked_bar(bar, [html.render_mark(part.group) for part in bar.parts])


def render_survey_notes(figures: pd.DataFrame, events: pd.DataFrame, t: Locale) -> Markup:
    """Who made the survey that the chapter quotes, and the studies that it refers to, each with its link; nothing where none is known."""
    studies = sources.list_publications(events, str(figures.at[TOTAL_FIGURE, "body_id"]))
    if studies.empty:
        return Markup()
    links = [html.render_link(row["source_url"], f"{t.read_cell(row, 'title')} ({t.day(row['start'])})") for row in list_rows(studies)]
    words = t("Cartographie élaborée avec L'Institut Paris Région ; le chapitre renvoie à : {studies}.")
    return Markup(" ") + escape(words).format(studies=html.join_pieces(links, t("et")))


def render_survey(found: Survey, catalogue: Catalogue, t: Locale) -> Markup:
    """The published breakdown, with what its numbers are derived from one tap away."""
    derived = t("Nombres d’entreprises calculés à partir du total et des parts : les seuls entiers qui s’arrondissent ainsi.")
    source = html.render_source(get_row(catalogue.figures, TOTAL_FIGURE), t)
    details = Markup("{}.{} {}").format(source, render_survey_notes(catalogue.figures, catalogue.events, t), derived)
    return _render_bar(read_survey_bar(found, t)) + _more(f"{t('Source')} · {found.year}", details)


def read_register_bar(found: Register, t: Locale) -> Bar:
    """The breakdown of the named companies."""
    parts = [Part(c.value, t(CATEGORY_LABELS[c]), n, t.number(n), f"({t.percent(found.shares[c])})") for c, n in found.by_category.items()]
    if found.in_two_categories:
        several, share = t.number(found.in_two_categories), t.percent(found.share_of_several)
        parts.append(Part("several", t("Dans plusieurs catégories, selon le site"), found.in_two_categories, several, f"({share})"))
    companies = t.write_count(found.companies, "{n} entreprise nommée", "{n} entreprises nommées")
    subtitle = f"{companies}, {labels.label_count(found.company_sites, 'site', 'sites', t.language)}"
    return Bar(t("Répertoire public"), subtitle, tuple(parts))


def write_named_share(found: Register, beside: Survey, t: Locale) -> str:
    """How much of the survey the named companies are, said plainly."""
    return t("Le répertoire nomme {named} entreprises pour {total} recensées : {share} au plus.").format(
        named=found.companies, total=beside.total, share=t.percent(100 * found.companies / beside.total)
    )


def write_apart(found: Register, lang: str) -> str:
    """The companies that are not counted, by what is known of them."""
    counts = {presence: count for presence, count in found.apart.items() if count}
    return ", ".join(labels.label_count(count, *labels.COMPANIES_APART[presence], lang) for presence, count in counts.items())


def render_register(found: Register, beside: Survey, t: Locale) -> Markup:
    """The breakdown of the named companies, and how much of the survey they cover, said plainly; the details one tap away."""
    details = t(
        "La liste du recensement n'est pas publique : on ne peut pas dire lesquelles sont les mêmes. "
        "{share} reposent seulement sur des pages de {year} ou avant. "
        "Comptées à part, faute d'un site présent : {apart}."
    ).format(share=t.percent(found.old_share), year=found.old_year, apart=write_apart(found, t.language))
    return _render_bar(read_register_bar(found, t)) + _more(write_named_share(found, beside, t), escape(details))


def render_departments(found: pd.DataFrame, t: Locale) -> Markup:
    """A selection by department, each bar divided by group, and the key of the groups."""
    table = count_by_department(found)
    keys = [symbol.key for symbol in SYMBOLS if symbol.key in table]
    lines = [(f"{row['name']} ({code})", [(key, int(row[key])) for key in keys], int(row["total"])) for code, row in table.iterrows()]
    names = labels.label_groups(t)
    bars = charts.render_bar_table(t("Sites d'acteurs par département"), (t("Département"), t("Sites"), t("Répartition")), lines, names)
    return (
        bars
        + Markup("<p class='bc-key'>")
        + Markup(" ").join(Markup("<span>{}{}</span>").format(html.render_mark(key), names[key]) for key in keys)
        + Markup("</p>")
    )
