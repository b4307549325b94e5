"""The declaration of accessibility, in the order of the model of French law, as HTML: for the page and the static edition.

Law 2005-102, article 47; decree 2019-768; the model is that of the order of 20 September 2019, said in our own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from biocarto import config
from biocarto.analysis.conformity import (
    CONFORMITY_LABELS,
    LIFE,
    STATE_LABELS,
    THEMES,
    VERSION,
    Conformity,
    CriteriaGrid,
    Criterion,
    CriterionState,
    list_pages,
)
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.render import html
from biocarto.render.sources import render_table

_LAW = "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000809647"
_DECREE = "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000038811937"
_RGAA = "https://accessibilite.numerique.gouv.fr"
_RIGHTS_FORM = "https://formulaire.defenseurdesdroits.fr"
_RIGHTS_DELEGATES = "https://www.defenseurdesdroits.fr/saisir/delegues"

SAMPLE = {
    "accueil": ("", N_("Vue d'ensemble, la page d'accueil")),
    "ile-de-france": ("ile-de-france", N_("Île-de-France : carte, filtres, tableau")),
    "couverture": ("couverture", N_("Couverture : mesures, comparaison, rapport")),
    "annuaire": ("annuaire", N_("Annuaire : moteur de recherche, liste, fichiers")),
    "fiche": ("annuaire?actor=genethon", N_("La fiche d'un acteur, et ses formulaires")),
    "bioproduction-tour": ("bioproduction-tour", N_("Bioproduction Tour : carte et étapes")),
    "reseaux": ("reseaux", N_("Réseaux : carte, graphe, frise")),
    "sources": ("sources", N_("Sources : tableaux de données")),
    "mentions-legales": ("mentions-legales", N_("Mentions légales et contact")),
    "accessibilite": ("accessibilite", N_("Accessibilité, cette page")),
    "atelier": ("atelier", N_("Atelier : la connexion")),
    "stand": ("stand", N_("Stand : la boucle et ses écrans")),
    "edition-statique": ("", N_("L'édition statique, sans serveur")),
    "rapport": ("", N_("Le rapport d'un territoire, en PDF")),
}
"""Code in the grid -> address below the app's root, and what it is: every page of the site, a sheet, a form, a document."""


@dataclass(frozen=True)
class StatementPart:
    """A heading of the second level and what stands below it."""

    title: str
    body: Markup


def write_state(grid: CriteriaGrid, today: date, t: Locale) -> str:
    """What the foot of every page says, in the law's words."""
    return t("Accessibilité : {state}").format(state=t(CONFORMITY_LABELS[grid.tell_conformity(today)]))


def render_declaration(grid: CriteriaGrid, settings: config.Settings, today: date, t: Locale) -> list[StatementPart]:
    """The whole declaration; what the operator has not said is told as missing."""
    return [
        StatementPart(t("Engagement"), _commitment(settings, t)),
        StatementPart(t("État de conformité"), _state(grid, settings, today, t)),
        StatementPart(t("Contenus non accessibles"), _not_accessible(grid, t)),
        StatementPart(t("Établissement de cette déclaration"), _making(grid, settings, t)),
        StatementPart(t("Retour d'information et contact"), _contact(settings, t)),
        StatementPart(t("Voies de recours"), _appeal(t)),
    ]


def _paragraph(*pieces: str) -> Markup:
    return Markup("<p>{}</p>").format(Markup(" ").join(pieces))


def _list(items: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(item) for item in items))


def _below(title: str, *pieces: Markup) -> Markup:
    return Markup("<h3>{}</h3>{}").format(title, Markup().join(pieces))


def _missing(setting: str, t: Locale) -> Markup:
    said = t("l'exploitant de ce serveur ne l'a pas encore dit ({setting})").format(setting=config.PREFIX + setting.upper())
    return Markup("<em>{}</em>").format(said)


def _commitment(settings: config.Settings, t: Locale) -> Markup:
    """Who answers, under which law, and with which plan."""
    law = html.render_link(_LAW, t("loi n° 2005-102 du 11 février 2005, article 47"))
    decree = html.render_link(_DECREE, t("décret n° 2019-768 du 24 juillet 2019"))
    scheme = settings.accessibility_scheme
    facts = [
        (t("Qui en répond"), escape(settings.publisher) or _missing("publisher", t)),
        (t("Fondement"), Markup("{} ; {}").format(law, decree)),
        (t("Schéma pluriannuel"), html.render_link(scheme, scheme) if scheme else _missing("accessibility_scheme", t)),
        (
            t("S'applique à"),
            escape(settings.public_url or t("ce serveur, qui ne répond qu'à sa propre machine, et ce qu'il donne à emporter")),
        ),
    ]
    return html.render_facts(facts)


def _state(grid: CriteriaGrid, settings: config.Settings, today: date, t: Locale) -> Markup:
    state = grid.tell_conformity(today)
    site = settings.public_url or t("Ce site")
    told = t("{site} est {state} au référentiel général d'amélioration de l'accessibilité (RGAA).").format(
        site=site, state=t(CONFORMITY_LABELS[state])
    )
    if not grid.is_valid(today):
        why = t("Aucun résultat d'évaluation en cours de validité ne permet de dire autre chose.")
    elif state is Conformity.FULL:
        why = t("Tous les critères applicables sont respectés.")
    else:
        why = t("La raison en est dans les critères non conformes et non jugés, énumérés plus bas.")
    return _paragraph(Markup("<strong>{}</strong>").format(told), why) + (_below(t("Résultats des tests"), _results(grid, t)))


def _results(grid: CriteriaGrid, t: Locale) -> Markup:
    """Both rates with what they are made of, and each theme: all counted from the grid."""
    held = grid.count(CriterionState.CONFORM)
    how = t(
        "L'équipe de BioCarto a évalué elle-même, par des tests automatiques et la lecture du code produit. Sur {all} critères, "
        "{applicable} s'appliquent, {judged} ont pu être jugés ainsi."
    ).format(all=len(grid.criteria), applicable=grid.applicable, judged=grid.judged)
    declared = t("{rate} : {held} critères respectés sur {all} applicables ; un critère non jugé compte comme non conforme.")
    judged = t("{rate} : {held} critères respectés sur {all} jugés.")
    facts = [
        (t("Référentiel"), Markup("{} <code>{}</code>").format(html.render_link(_RGAA, "RGAA"), VERSION)),
        (t("Taux de la déclaration"), declared.format(rate=t.percent(grid.rate, 1), held=held, all=grid.applicable)),
        (t("Taux des critères jugés"), judged.format(rate=t.percent(grid.judged_rate, 1), held=held, all=grid.judged)),
    ]
    return _paragraph(how) + html.render_facts((name, escape(value)) for name, value in facts) + _themes(grid, t) + _criteria(grid, t)


def _themes(grid: CriteriaGrid, t: Locale) -> Markup:
    lines = [
        Markup("<tr><th scope='row'>{} {}</th>{}</tr>").format(
            number, t(theme), Markup().join(Markup("<td>{}</td>").format(grid.count(state, number)) for state in STATE_LABELS)
        )
        for number, theme in enumerate(THEMES, 1)
    ]
    return render_table(t("Critères par thème"), [t("Thème"), *(t(label) for label in STATE_LABELS.values())], lines)


def _criteria(grid: CriteriaGrid, t: Locale) -> Markup:
    lines = [
        Markup("<tr><th scope='row'><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            row.criterion, row.level, _name(row, t), t(STATE_LABELS[row.state]), t.day(row.date.isoformat())
        )
        for row in grid.criteria
    ]
    head = [t("Critère"), t("Niveau WCAG"), t("Ce qu'il demande"), t("État"), t("Jugé le")]
    table = render_table(t("Les critères du RGAA, un par un"), head, lines, tall=True)
    return Markup("<details><summary>{}</summary>{}</details>").format(t("Les critères du RGAA, un par un"), table)


def _name(row: Criterion, t: Locale) -> str:
    return t.read_cell({"name_fr": row.name_fr, "name_en": row.name_en}, "name")


def _tell(row: Criterion, t: Locale) -> Markup:
    note = t.read_cell({"note_fr": row.note_fr, "note_en": row.note_en}, "note")
    return Markup("<code>{}</code> <strong>{}</strong> ({}). {}").format(row.criterion, _name(row, t), row.level, note)


def _not_accessible(grid: CriteriaGrid, t: Locale) -> Markup:
    failed, unjudged = (grid.list_in_state(state) for state in (CriterionState.NOT_CONFORM, CriterionState.NOT_JUDGED))
    none = _paragraph(t("Aucune parmi les critères jugés."))
    waits = t("Ils demandent une personne, avec un lecteur d'écran ou devant le document, et comptent comme non conformes d'ici là.")
    maps = t(
        "Les cartes en ligne, que le décret exempte quand l'essentiel se lit autrement. Les nôtres ont été jugées quand même, et ce "
        "qu'elles montrent est aussi dans une liste ou un tableau de la même page."
    )
    others = t("Les pages d'autres sites où mènent les sources : nous ne les faisons pas.")
    return (
        _below(t("Non-conformités"), _list(_tell(row, t) for row in failed) if failed else none)
        + (_below(t("Critères non jugés"), _paragraph(waits), _list(_tell(row, t) for row in unjudged)) if unjudged else Markup())
        + _below(t("Dérogations pour charge disproportionnée"), _paragraph(t("Aucune n'est invoquée.")))
        + _below(t("Contenus non soumis à l'obligation d'accessibilité"), _list([maps, others]))
    )


def _making(grid: CriteriaGrid, settings: config.Settings, t: Locale) -> Markup:
    if grid.established:
        when = t("Établie le {day}, au vu de la version de BioCarto que vous lisez ; à refaire après {years} ans ou un changement de fond.")
        told = when.format(day=t.day(grid.established.isoformat()), years=LIFE)
    else:
        told = t("La grille des critères manque : rien n'a été établi.")
    tools = t(
        "axe-core sur chaque page, en deux langues et deux thèmes ; l'arbre d'accessibilité de chaque page, gardé et comparé ; la "
        "navigation au clavier ; le calcul des contrastes ; la lecture du HTML produit."
    )
    machine = t("Chromium sur Debian 12, piloté par Playwright, de 320 à 1920 pixels. Ni NVDA, ni JAWS, ni VoiceOver.")
    pages = [_name_page(page, settings, t) for page in list_pages(grid.criteria) if page in SAMPLE]
    return (
        _paragraph(told)
        + _below(t("Technologies utilisées"), _paragraph("HTML5, CSS, JavaScript, SVG, WAI-ARIA, PDF."))
        + _below(t("Environnement de test"), _paragraph(machine))
        + _below(t("Outils"), _paragraph(tools))
        + _below(t("Pages vérifiées"), _list(pages))
    )


def _name_page(page: str, settings: config.Settings, t: Locale) -> Markup:
    address, label = SAMPLE[page]
    where = f"{settings.public_url}/{address}" if settings.public_url else f"/{address}"
    return Markup("{} (<code>{}</code>)").format(t(label), where) if address or page == "accueil" else escape(t(label))


def _contact(settings: config.Settings, t: Locale) -> Markup:
    to = Markup("<a href='mailto:{0}'>{0}</a>").format(settings.contact) if settings.contact else _missing("contact", t)
    ask = t("Si un contenu ou un service vous résiste, demandez-le : sous une autre forme, ou par un autre chemin.")
    stand = t(
        "L'écran du stand, dans un congrès, n'a pas de pied de page : l'équipe du stand répond sur place, et mène ici depuis son espace."
    )
    return _paragraph(ask) + html.render_facts([(t("Contact"), to)]) + _paragraph(stand)


def _appeal(t: Locale) -> Markup:
    when = t(
        "Vous nous avez signalé un défaut d'accessibilité qui vous empêche d'utiliser ce site, et notre réponse manque ou ne suffit pas : "
        "vous pouvez saisir le Défenseur des droits."
    )
    post = t("Par la poste, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07")
    ways = [
        html.render_link(_RIGHTS_FORM, t("Lui écrire par son formulaire")),
        html.render_link(_RIGHTS_DELEGATES, t("Rencontrer sa déléguée ou son délégué, près de chez vous")),
        escape(post),
    ]
    return _paragraph(when) + _list(ways)
