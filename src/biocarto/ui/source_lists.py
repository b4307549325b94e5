"""The page of sources: conflicts first, then every figure, table and layer, then method and limits."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.analysis.territories import MOST_CLASSES, SMALL, least_served
from biocarto.catalogue import Tables
from biocarto.export.csv import harmless_frame
from biocarto.i18n import day, localised, number, percent
from biocarto.rows import Row, each
from biocarto.ui import html
from biocarto.ui.language import current, text


def _value(row: Row) -> str:
    """The value as published: a number is written as people write it, a range or a date stays as it is."""
    if row["value"] is None:
        return "—"
    value, unit, lang = str(row["value"]), localised(row, "unit", current()), current()
    if unit == "date":
        return day(value, lang)
    if not value.replace(".", "", 1).isdigit():
        return f"{value} {unit}".strip()
    return percent(float(value), lang, 3) if unit == "%" else f"{number(float(value), lang, 3)} {unit}".strip()


def _side_by_side(found: dict[str, pd.DataFrame]) -> str:
    """One table per fact: each value with what is said, when, and by whom."""
    t, lang = text(), current()
    head = "".join(f"<th scope='col'>{escape(h)}</th>" for h in (t("Valeur"), t("Ce qui est dit"), t("Date"), t("Source")))
    tables = []
    for rows in found.values():
        lines = "".join(
            f"<tr><td><strong>{escape(_value(row))}</strong></td><td>{escape(localised(row, 'label', lang))}</td>"
            f"<td>{escape(day(row['as_of'], lang) or '—')}</td><td>{html.source(row, t)}</td></tr>"
            for row in each(rows)
        )
        tables.append(f"<div class='bc-scroll'><table class='bc-table'><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>")
    return "".join(tables)


def disagreements(conflicts: dict[str, pd.DataFrame], series: dict[str, pd.DataFrame]) -> None:
    """Sources that contradict each other, side by side; then those that only speak of other dates or scopes."""
    t = text()
    st.header(t("Quand les sources ne disent pas la même chose"), anchor=False)
    st.markdown(t("Toutes les valeurs sont gardées, chacune avec sa source ; personne n'est corrigé."))
    st.html(_side_by_side(conflicts))
    with st.expander(t("Un même fait, d'autres dates ou d'autres périmètres")):
        st.html(_side_by_side(series))


def _linked(frame: pd.DataFrame, columns: dict[str, object]) -> None:
    t = text()
    sources = {
        t("Date"): frame["as_of"],
        t("Éditeur et titre"): frame["source_title"],
        t("Lien"): frame["source_url"].where(frame["source_url"].str.startswith("http"), ""),
    }
    st.dataframe(
        harmless_frame(pd.DataFrame(columns | sources)),
        hide_index=True,
        column_config={t("Lien"): st.column_config.LinkColumn(display_text=t("ouvrir"))},
    )


def figures(rows: pd.DataFrame) -> None:
    """Every published figure."""
    t, lang = text(), current()
    st.header(t("Chiffres publiés"), anchor=False)
    _linked(
        rows,
        {
            t("Chiffre"): [localised(row, "label", lang) for row in each(rows)],
            t("Valeur"): [_value(row) for row in each(rows)],
            t("Territoire"): [t(labels.GEOGRAPHIES.get(name, name)) for name in rows["geography"]],
            t("Contexte"): [localised(row, "context", lang) for row in each(rows)],
        },
    )


def regional_figures(rows: pd.DataFrame) -> None:
    """What any page says of a region; most are proxies, as their notes say."""
    t, lang = text(), current()
    st.header(t("Chiffres des régions"), anchor=False)
    _linked(
        rows,
        {
            t("Région"): [", ".join(names) if isinstance(names, tuple) else names for names in rows["region"]],
            t("Indicateur"): [localised(row, "indicator", lang) for row in each(rows)],
            t("Valeur"): [_value(row) for row in each(rows)],
            t("Remarque"): [localised(row, "notes", lang) for row in each(rows)],
        },
    )


def _resource_rows(resources: dict[str, dict[str, Any]], counts: dict[str, int]) -> str:
    t, lang = text(), current()
    lines = []
    for name, resource in resources.items():
        licence = html.link(str(resource["licence"].get("path", "")), str(resource["licence"]["title"]))
        origins = "<br>".join(html.link(item.get("path", ""), item.get(f"title_{lang}", item["title"])) for item in resource["sources"])
        lines.append(
            f"<tr><th scope='row'>{escape(resource[f'title_{lang}'])}<br><code>{escape(resource['path'])}</code></th>"
            f"<td>{counts.get(name, '')}</td><td>{escape(resource[f'date_{lang}'])}</td><td>{origins}</td><td>{licence}</td></tr>"
        )
    head = "".join(f"<th scope='col'>{escape(h)}</th>" for h in (t("Fichier"), t("Lignes"), t("Date"), t("Sources"), t("Licence")))
    return f"<div class='bc-scroll'><table class='bc-table'><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"


def tables(found: Tables) -> None:
    """Every table: what it is, how many rows, sources, licence."""
    st.header(text()("Tables"), anchor=False)
    st.html(_resource_rows(found.resources, {name: len(getattr(found, name)) for name in found.resources}))


def layers(found: dict[str, dict[str, Any]]) -> None:
    """Every boundary layer: what it is, vintage, sources, licence."""
    st.header(text()("Couches géographiques"), anchor=False)
    st.html(_resource_rows(found, {name: layer.get("rows", "") for name, layer in found.items()}))


def method(found: Tables) -> None:
    """How the numbers are made, and what they cannot say."""
    t = text()
    least = labels.joined(least_served(found.actors, 3), t("et"))
    st.header(t("Méthode et limites"), anchor=False)
    points = (
        t(
            "**Deux vérités, jamais mêlées.** Le recensement publié compte des entreprises sans les nommer ; le "
            "répertoire public nomme des acteurs, chacun avec une page à ouvrir."
        ),
        t(
            "**Entreprises et sites.** Une entreprise compte une fois, quel que soit le nombre de ses sites ; une carte, "
            "un taux et un tableau comptent des sites."
        ),
        t(
            "**Position.** Le point du campus quand une page le donne, sinon un point de la commune ou de "
            "l'arrondissement. Aucune adresse n'est géocodée ; aucun symbole ne prétend connaître la rue."
        ),
        t(
            "**Statut.** Celui de la page citée, à sa date : « en activité » en 2017 ne prouve rien pour aujourd'hui. Les "
            "sites connus seulement d'une page antérieure à 2015 n'apparaissent que sur demande."
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
    )
    st.markdown("\n".join(f"- {point}" for point in points))
