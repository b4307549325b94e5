"""The longer pieces of HTML, as pure functions of rows and a language: pages show them, and the static edition prints the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import pandas as pd

from biocarto import labels
from biocarto.analysis import sources, whereabouts
from biocarto.analysis.breakdown import TOTAL_FIGURE, Register, Survey, by_department
from biocarto.analysis.tour import TourSummary, unplaced
from biocarto.i18n import Locale
from biocarto.model import (
    CATEGORY_LABELS,
    N_,
    NP_,
    OWNERSHIP_LABELS,
    PRECISION_LABELS,
    PRESENCE_LABELS,
    SYMBOLS,
    TRUST_LABELS,
    Presence,
)
from biocarto.register.catalogue import Catalogue
from biocarto.render import charts, html
from biocarto.rows import Row, each, one

# --- an actor -----------------------------------------------------------------------------------------------------------


def _where(actor: Row, t: Locale) -> str:
    above = (str(actor[column]) for column in ("commune_name", "intercommunality_name", "department_name"))
    place = whereabouts.name_place(actor, t)
    named = [str(actor["site"]), place, *(name for name in above if not place.startswith(name))]
    parts = dict.fromkeys(filter(None, named))
    precision = t(PRECISION_LABELS[actor["precision"]])
    return f"{escape(', '.join(parts))}<br><em>{escape(t('Position connue :'))} {escape(precision)}</em>"


def _status(actor: Row, t: Locale) -> str:
    """Whether the site is there, since which page, and that page where it is not the row's."""
    told = escape(f"{t(PRESENCE_LABELS[actor['presence']])} ({actor['status_year']})")
    if actor["status_source_url"] == actor["source_url"]:
        return told
    return f"{told}<br>{html.source(_page(actor, 'status_source'), t)}"


def _page(actor: Row, prefix: str) -> dict[str, str]:
    """A page of an actor as a source of its own."""
    return {"source_url": actor[f"{prefix}_url"], "source_title": actor[f"{prefix}_title"]}


def _owner(actor: Row, t: Locale) -> str:
    """Who owns it and since when, as far as a page says."""
    if not actor["owner"]:
        return escape(t(OWNERSHIP_LABELS[actor["ownership"]])) if actor["ownership"] else ""
    since: str = "" if pd.isna(actor["owner_since"]) else str(actor["owner_since"])
    return escape(t("{owner}, depuis {year}").format(owner=actor["owner"], year=since) if since else actor["owner"])


def _keys(actor: Row) -> str:
    """Official numbers, those that are known."""
    named = (("SIREN", actor["siren"]), ("SIRET", actor["siret"]), ("RNSR", actor["rnsr"]))
    return escape(" · ".join(f"{name} {number}" for name, number in named if number))


def _locator(actor: Row, drawing: str, t: Locale) -> str:
    """Where in the region, as an image with words for those who do not see it."""
    words = t("Île-de-France, et la position de {name} : {place}").format(name=actor["name"], place=whereabouts.name_place(actor, t))
    return f"<img class='bc-locator' src='{drawing}' alt='{escape(words)}'>"


def _elsewhere(places: Iterable[Row], t: Locale) -> str:
    """Where other pages put it, each with its year, its page and what is to be known of it."""
    lines = []
    for place in places:
        name = f"{whereabouts.name_place_and_department(place, t)} ({place['as_of']})"
        more = t.read_cell(place, "note")
        lines.append(f"{escape(name)}<br>{html.source(place, t)}{f'<br><em>{escape(more)}</em>' if more else ''}")
    return "<br>".join(lines)


_CLAIMED = {
    "name": N_("Nom"),
    "activity_fr": N_("Activité"),
    "commune_code": N_("Lieu"),
    "postcode": N_("Code postal"),
    "address": N_("Adresse publiée"),
    "siren": "SIREN",
    "siret": "SIRET",
    "rnsr": "RNSR",
    "status": N_("Statut"),
    "owner": N_("Propriétaire"),
}
"""Fields of evidence.csv -> what the sheet calls them."""


def _proof(claim: Row, t: Locale) -> str:
    more = t.read_cell(claim, "note")
    fact = t("{fact} :").format(fact=t(_CLAIMED[claim["field"]]))
    told = f"{escape(fact)} {html.source(claim, t)} ({claim['as_of']})"
    return f"<li>{told}{f'<br><em>{escape(more)}</em>' if more else ''}</li>"


def _proofs(claims: Iterable[Row], t: Locale) -> str:
    """The facts of the sheet that another page than its source proves, each with that page and its year, one tap away."""
    lines = "".join(_proof(claim, t) for claim in claims)
    title = escape(t("Faits attestés par une autre page"))
    return f"<details class='bc-source'><summary>{title}</summary><ul>{lines}</ul></details>" if lines else ""


def actor(row: Row, drawing: str, t: Locale, *, others: Iterable[Row] = (), claims: Iterable[Row] = ()) -> str:
    """One actor: what it does, where, since when, and who says so.

    `drawing` is the address of its small map, `others` and `claims` what `whereabouts` finds of other places and other pages.
    """
    group = row["group"]
    return (
        f"<article class='bc-sheet'>{_locator(row, drawing, t)}<p class='bc-kicker'>{html.mark(group)}{escape(labels.groups(t)[group])}</p>"
        f"<h2>{escape(row['name'])}</h2><p>{escape(t.read_cell(row, 'activity'))}</p>"
        + html.facts(
            [
                (t("Organisation"), escape(str(row["organisation"])) if row["organisation"] != row["name"] else ""),
                (t("Lieu"), _where(row, t)),
                (t("Autre lieu, selon une autre page"), _elsewhere(others, t)),
                (t("Adresse publiée"), escape(str(row["address"]))),
                (t("Modalités"), escape(labels.modalities(row["modalities"], t))),
                (t("Statut"), _status(row, t)),
                (t("Propriétaire"), _owner(row, t)),
                (t("Création"), "" if pd.isna(row["founded"]) else escape(str(row["founded"]))),
                (t("Site web"), html.link(str(row["website"]), str(row["website"])) if row["website"] else ""),
                (t("Source"), html.source(row, t)),
                (t("Date de la source"), escape(str(row["as_of"]))),
                (t("Confiance"), escape(t(TRUST_LABELS[row["trust"]]))),
                (t("Numéros officiels"), _keys(row)),
                (t("Identifiant"), escape(str(row["id"]))),
            ]
        )
        + _proofs(claims, t)
        + "</article>"
    )


# --- a stage of the Tour ------------------------------------------------------------------------------------------------


def _cluster(cluster: Row, t: Locale) -> str:
    """An organiser: name (its website), kind, seat and field."""
    name = html.link(cluster["website"], cluster["name"]) if cluster["website"] else escape(cluster["name"])
    seat = cluster["commune"] or t("siège non trouvé dans nos sources")
    kind = t(labels.CLUSTER_TYPES[cluster["type"]])
    return f"<li><strong>{name}</strong><br>{escape(kind)} · {escape(seat)}<br>{escape(t.read_cell(cluster, 'focus'))}</li>"


def stage(row: Row, clusters: pd.DataFrame, t: Locale) -> str:
    """What is known of one stage, its organisers included."""
    organisers = "".join(_cluster(one(clusters, cluster), t) for cluster in row["organisers"])
    return (
        f"<article class='bc-sheet'><p class='bc-kicker'>{escape(t('Étape'))} {row['order']}</p>"
        f"<h2>{escape(t.read_cell(row, 'title'))}</h2>"
        + html.facts(
            [
                (t("Régions"), escape(", ".join(row["regions"]))),
                (t("Organisateurs"), f"<ul class='bc-clusters'>{organisers}</ul>"),
                (t("Date et ville"), escape(", ".join(filter(None, (row["date"], row["city"]))) or t("inconnues de nos sources"))),
                (t("Ce que l'on sait"), escape(t.read_cell(row, "notes"))),
                (t("Source"), html.source(row, t)),
            ]
        )
        + "</article>"
    )


def tour_dates(figures: pd.DataFrame, t: Locale) -> str:
    """When the Tour ran, as its two sources say."""
    start, end = (str(figures.at[figure, "value"]) for figure in ("tour_debut", "tour_fin"))
    return t("En {year} selon le chapitre ; du {start} au {end}, par des étapes virtuelles, selon une autre source.").format(
        year=figures.at["tour_etapes", "as_of"], start=t.day(start), end=t.day(end)
    )


def tour_unvisited(catalogue: Catalogue, summary: TourSummary, t: Locale) -> str:
    """The regions that no stage visited, by name."""
    regions = catalogue.territory.regions
    names = labels.joined(list(regions.loc[list(summary.unvisited), "name"]), t("et"))
    return t("{visited} des {all} régions ont eu une étape. Sans étape : {names}.").format(
        visited=len(summary.visited), all=len(regions), names=names
    )


def tour_unknown(catalogue: Catalogue, t: Locale, written: Callable[[str], str]) -> list[str]:
    """What the sources do not say, a paragraph each; `written` makes a name harmless where the paragraphs go."""
    columns = {"date": t("la date"), "city": t("la ville"), "theme_fr": t("le thème")}
    empty = [word for column, word in columns.items() if catalogue.stages[column].eq("").any()]
    found = [t("De chaque étape : {facts}.").format(facts=labels.joined(empty, t("et")))] if empty else []
    found.append(t("La route de la carte suit l'ordre de la source : c'est un ordre, pas un itinéraire."))
    missing = labels.joined([written(name) for name in unplaced(catalogue)], t("et"))
    if missing:
        found.append(t("Le siège de ces organisateurs n'a pas été trouvé ; ils sont listés, pas placés :") + f" {missing}.")
    return found


# --- figures ------------------------------------------------------------------------------------------------------------


def published(row: Row, label: str, t: Locale, more: str = "") -> str:
    """A row of figures.csv, as big as its source says it is: "3,000+" for more than 3,000."""
    value = float(row["value"])
    shown = t.percent(value) if row["unit_fr"] == "%" else t.number(value)
    origin, date = f"{html.source(row, t)}{more}", labels.figure_date(row, t)
    return html.figure(labels.qualified(shown, row["qualifier"], t, short=True), label, origin, date, t)


def counted(count: int, label: str, second: int, second_label: str, *, row: Row, t: Locale) -> str:
    """Two numbers counted in the tables, beside the published figure that they can be checked against."""
    origin = f"{escape(t('Compté dans la table des étapes ; liste publiée par :'))} {html.source(row, t)}"
    return html.figure(t.number(count), f"{label} · {t.number(second)} {second_label}", origin, str(row["as_of"]), t)


def side_by_side(figures: Iterable[str]) -> str:
    """Figures in a row; they wrap on a phone."""
    return f"<div class='bc-figures'>{''.join(figures)}</div>"


# --- two truths ---------------------------------------------------------------------------------------------------------


def _more(summary: str, details: str) -> str:
    return f"<details class='bc-source'><summary>{escape(summary)}</summary><p>{details}</p></details>"


def _survey_bar(found: Survey, t: Locale) -> str:
    parts = []
    for share in found.shares:
        counts = f" {t('ou')} ".join(str(count) for count in share.counts) or t("aucun nombre entier possible")
        derived = f"({counts})"
        parts.append(
            charts.Part(share.category.value, t(CATEGORY_LABELS[share.category]), share.percent, t.percent(share.percent), derived)
        )
    subtitle = t("Institut Paris Région : {total} entreprises, parts arrondies").format(total=t.number(found.total))
    return charts.stacked_bar(
        t("Recensement mis à jour en {year}").format(year=found.year), subtitle, parts, [html.mark(part.group) for part in parts]
    )


def survey_notes(figures: pd.DataFrame, events: pd.DataFrame, t: Locale) -> str:
    """Who made the survey that the chapter quotes, and the studies that it refers to, each with its link; nothing where none is known."""
    studies = sources.publications(events, str(figures.at[TOTAL_FIGURE, "body_id"]))
    if studies.empty:
        return ""
    links = [html.link(row["source_url"], f"{t.read_cell(row, 'title')} ({t.day(row['start'])})") for row in each(studies)]
    words = t("Cartographie élaborée avec L'Institut Paris Région ; le chapitre renvoie à : {studies}.")
    return f" {escape(words).format(studies=labels.joined(links, escape(t('et'))))}"


def survey(found: Survey, catalogue: Catalogue, t: Locale) -> str:
    """The published breakdown, with what its numbers are derived from one tap away."""
    derived = t("Nombres d’entreprises calculés à partir du total et des parts : les seuls entiers qui s’arrondissent ainsi.")
    source = html.source(one(catalogue.figures, TOTAL_FIGURE), t)
    details = f"{source}.{survey_notes(catalogue.figures, catalogue.events, t)} {escape(derived)}"
    return _survey_bar(found, t) + _more(f"{t('Source')} · {found.year}", details)


def _register_bar(found: Register, t: Locale) -> str:
    parts = [
        charts.Part(c.value, t(CATEGORY_LABELS[c]), n, t.number(n), f"({t.percent(found.shares[c])})") for c, n in found.by_category.items()
    ]
    if found.in_two_categories:
        several, share = t.number(found.in_two_categories), t.percent(found.share_of_several)
        parts.append(charts.Part("several", t("Dans plusieurs catégories, selon le site"), found.in_two_categories, several, f"({share})"))
    companies = t.write_count(found.companies, "{n} entreprise nommée", "{n} entreprises nommées")
    subtitle = f"{companies}, {labels.counted(found.company_sites, 'site', 'sites', t.language)}"
    return charts.stacked_bar(t("Répertoire public"), subtitle, parts, [html.mark(part.group) for part in parts])


_APART = {
    Presence.DATED: NP_("présente selon une page d'avant 2015", "présentes selon une page d'avant 2015"),
    Presence.PLANNED: NP_("en projet", "en projet"),
    Presence.UNKNOWN: NP_("de statut inconnu", "de statut inconnu"),
    Presence.FORMER: NP_("fermée ou partie", "fermées ou parties"),
}


def apart(found: Register, lang: str) -> str:
    """The companies that are not counted, by what is known of them."""
    counts = {presence: count for presence, count in found.apart.items() if count}
    return ", ".join(labels.counted(count, *_APART[presence], lang) for presence, count in counts.items())


def register(found: Register, beside: Survey, t: Locale) -> str:
    """The breakdown of the named companies, and how much of the survey they cover, said plainly; the details one tap away."""
    plain = t("Le répertoire nomme {named} entreprises pour {total} recensées : {share} au plus.").format(
        named=found.companies, total=beside.total, share=t.percent(100 * found.companies / beside.total)
    )
    details = t(
        "La liste du recensement n'est pas publique : on ne peut pas dire lesquelles sont les mêmes. "
        "{share} reposent seulement sur des pages de {year} ou avant. "
        "Comptées à part, faute d'un site présent : {apart}."
    ).format(share=t.percent(found.old_share), year=found.old_year, apart=apart(found, t.language))
    return _register_bar(found, t) + _more(plain, details)


def departments(found: pd.DataFrame, t: Locale) -> str:
    """A selection by department, each bar divided by group, and the key of the groups."""
    table = by_department(found)
    keys = [symbol.key for symbol in SYMBOLS if symbol.key in table]
    lines = [(f"{row['name']} ({code})", [(key, int(row[key])) for key in keys], int(row["total"])) for code, row in table.iterrows()]
    names = labels.groups(t)
    bars = charts.bar_table(t("Sites d'acteurs par département"), (t("Département"), t("Sites"), t("Répartition")), lines)
    return bars + "<p class='bc-key'>" + " ".join(f"<span>{html.mark(key)}{names[key]}</span>" for key in keys) + "</p>"
