"""What the page of sources says, as pure functions of rows and a language: the page shows it, and the static edition prints the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis.coverage.territories import MOST_CLASSES, SMALL, find_least_served
from biocarto.i18n import Locale, format_amount, format_day, format_number, format_percent, is_money, localise
from biocarto.model import OWN_POINTS
from biocarto.render import html
from biocarto.rows import Row, list_rows


def write_published(row: Row, lang: str) -> str:
    """The value as published, qualified as its source does: a number as people write it; a range, a name or a date has no number."""
    if row["value"] is None:
        return "—"
    value = str(row["value"])
    if row["unit_fr"] in _ALONE:
        return format_day(value, lang)
    return labels.qualify_number(_number(value, row, lang), row.get("qualifier", ""), Locale(lang))


_ALONE = ("date", "nom")
"""Units that only say what a value is."""


def _number(value: str, row: Row, lang: str) -> str:
    unit = localise(row, "unit", lang)
    if not value.replace(".", "", 1).isdigit():
        return f"{value} {unit}".strip()
    if is_money(row["unit_fr"]):
        return format_amount(float(value), row["unit_fr"], lang)
    return format_percent(float(value), lang, 3) if unit == "%" else f"{format_number(float(value), lang, 3)} {unit}".strip()


def render_table(caption: str, head: Sequence[str], lines: Iterable[Markup], *, tall: bool = False) -> Markup:
    """A table that scrolls in its own box, which the keyboard can reach; `lines` are the rows as HTML, `tall` when they may be many."""
    heads = Markup().join(Markup("<th scope='col'>{}</th>").format(name) for name in head)
    return Markup(
        "<div class='bc-scroll{}' tabindex='0' role='region' aria-label='{}'><table class='bc-table'>"
        "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(" bc-tall" if tall else "", caption, caption, heads, Markup().join(lines))


def render_side_by_side(found: Mapping[str, pd.DataFrame], t: Locale) -> Markup:
    """One table per fact: each value with what is said, when, and by whom."""
    return Markup().join(_fact(rows, t) for rows in found.values())


def _fact(rows: pd.DataFrame, t: Locale) -> Markup:
    lines = [
        Markup("<tr><td><strong>{}</strong></td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            write_published(row, t.language), t.read_cell(row, "label"), labels.write_figure_date(row, t) or "—", html.render_source(row, t)
        )
        for row in list_rows(rows)
    ]
    caption = t.read_cell(list_rows(rows)[0], "label")
    return render_table(caption, [t("Valeur"), t("Ce qui est dit"), t("Date"), t("Source")], lines)


def render_figures(rows: pd.DataFrame, t: Locale) -> Markup:
    """Every published figure; a real table, so that two on one page share no names in the document."""

    def write(row: Row) -> list[str]:
        name = str(row["geography"])
        place = t(labels.GEOGRAPHIES.get(name, name))
        return [t.read_cell(row, "label"), write_published(row, t.language), place, t.read_cell(row, "context")]

    return _render_sourced(t("Chiffres publiés"), rows, [t("Chiffre"), t("Valeur"), t("Territoire"), t("Contexte")], write, t)


def render_regional_figures(rows: pd.DataFrame, t: Locale) -> Markup:
    """What any page says of a region."""

    def write(row: Row) -> list[str]:
        region = ", ".join(row["region"]) if isinstance(row["region"], tuple) else str(row["region"])
        return [region, t.read_cell(row, "indicator"), write_published(row, t.language), t.read_cell(row, "notes")]

    return _render_sourced(t("Chiffres des régions"), rows, [t("Région"), t("Indicateur"), t("Valeur"), t("Remarque")], write, t)


def _render_sourced(caption: str, rows: pd.DataFrame, head: list[str], write: Callable[[Row], list[str]], t: Locale) -> Markup:
    """A table of published values, headed by the first cell of each row; every row ends with its date and its source."""
    lines = [
        Markup("<tr><th scope='row'>{}</th>").format(cells[0])
        + Markup().join(Markup("<td>{}</td>").format(cell) for cell in [*cells[1:], labels.write_figure_date(row, t) or "—"])
        + Markup("<td>{}</td></tr>").format(html.render_source(row, t))
        for row in list_rows(rows)
        for cells in [write(row)]
    ]
    return render_table(caption, [*head, t("Date"), t("Source")], lines, tall=True)


def _rows(count: object, lang: str) -> str:
    return format_number(count, lang) if isinstance(count, int) else ""


def render_resources(caption: str, found: Mapping[str, Mapping[str, Any]], counts: Mapping[str, object], t: Locale) -> Markup:
    """Tables or layers: what each is, how many rows, its date, sources and licence."""
    lines = []
    for name, resource in found.items():
        licence = html.render_link(str(resource["licence"].get("path", "")), str(resource["licence"]["title"]))
        origins = Markup("<br>").join(
            html.render_link(item.get("path", ""), item.get(f"title_{t.language}", item["title"])) for item in resource["sources"]
        )
        lines.append(
            Markup("<tr><th scope='row'>{}<br><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
                resource[f"title_{t.language}"],
                resource["path"],
                _rows(counts.get(name), t.language),
                t.day(resource[f"date_{t.language}"]),
                origins,
                licence,
            )
        )
    return render_table(caption, [t("Fichier"), t("Lignes"), t("Date"), t("Sources"), t("Licence")], lines)


def describe_method(actors: pd.DataFrame, t: Locale) -> list[str]:
    """How the numbers are made, and what they cannot say: sentences in which two asterisks part what is stressed."""
    least = labels.join_words(find_least_served(actors, 3), t("et"))
    return [
        t(
            "**Deux vérités, jamais mêlées.** Le recensement publié compte des entreprises sans les nommer ; le "
            "répertoire public nomme des acteurs, chacun avec une page à ouvrir."
        ),
        t(
            "**Entreprises et sites.** Une entreprise compte une fois, quel que soit le nombre de ses sites ; une carte, "
            "un taux et un tableau comptent des sites."
        ),
        t(
            "**Position.** Le point de l'établissement où un fichier officiel le donne (sites à leur adresse : {street} ; à un point au "
            "hasard de leur rue : {in_street}), sinon celui du campus quand une page le donne, sinon un point de la commune ou de "
            "l'arrondissement. Un symbole ne prétend connaître la rue que là où sa fiche le dit."
        ).format(**{precision: t.number(int(actors["position"].eq(precision).sum())) for precision in sorted(OWN_POINTS)}),
        t(
            "**Statut.** Celui de la page citée, à sa date : « présent » en 2017 ne prouve rien pour aujourd'hui. Les nombres "
            "comptent les sites présents selon une page de 2015 ou après ; projets, sites fermés, de statut inconnu ou connus "
            "d'une page plus ancienne sont à part. Le propriétaire est un autre fait : un site racheté qui travaille est présent."
        ),
        t(
            "**Taux.** Sites pour 100 000 habitants, populations municipales de l'INSEE. En dessous de {n} sites, un taux "
            "est hachuré : un site de plus ou de moins le change beaucoup."
        ).format(n=SMALL),
        t(
            "**Classes des cartes.** Seuils naturels (Fisher-Jenks), {n} classes au plus, zéro à part. Une commune sans acteur "
            "connu n'est pas une commune sans acteur."
        ).format(n=MOST_CLASSES),
        t(
            "**Manques connus.** Fournisseurs et CRO sous-représentés : peu ont une page qui donne un lieu. Départements les "
            "moins couverts : {departments}. La liste du recensement n'est pas publique. Les sites nationaux ne sont pas un recensement."
        ).format(departments=least),
    ]
