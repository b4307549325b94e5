"""The page of sources: conflicts first, then every figure, table and layer, then method and limits."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.catalogue import Tables
from biocarto.i18n import localised, number
from biocarto.rows import Row, each
from biocarto.ui import html
from biocarto.ui.language import current, text


def _value(row: Row) -> str:
    """The value as published: a number is written as people write it, a range or a date stays as it is."""
    value, unit = str(row["value"]), localised(row, "unit", current())
    shown = number(float(value), current(), 3) if value.replace(".", "", 1).isdigit() else value
    return shown if unit == "date" else f"{shown} {unit}".strip()


def conflicts(found: dict[str, pd.DataFrame]) -> None:
    """Sources that disagree, side by side; nobody is corrected."""
    t, lang = text(), current()
    st.subheader(t("Quand les sources ne disent pas la même chose"), anchor=False)
    st.markdown(t("Les deux valeurs sont gardées, chacune avec sa source. L'écart peut venir de la date ou du périmètre."))
    cards = []
    for rows in found.values():
        lines = "".join(
            f"<tr><td><strong>{escape(_value(row))}</strong></td><td>{escape(localised(row, 'label', lang))}</td>"
            f"<td>{escape(row['as_of'] or '—')}</td><td>{html.source(row, t)}</td></tr>"
            for row in each(rows)
        )
        head = "".join(f"<th scope='col'>{escape(h)}</th>" for h in (t("Valeur"), t("Ce qui est dit"), t("Date"), t("Source")))
        cards.append(f"<div class='bc-scroll'><table class='bc-table'><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>")
    st.html("".join(cards))


def _linked(frame: pd.DataFrame, columns: dict[str, object]) -> None:
    t = text()
    sources = {
        t("Date"): frame["as_of"],
        t("Éditeur et titre"): frame["source_title"],
        t("Lien"): frame["source_url"].where(frame["source_url"].str.startswith("http"), ""),
    }
    st.dataframe(
        pd.DataFrame(columns | sources),
        hide_index=True,
        column_config={t("Lien"): st.column_config.LinkColumn(display_text=t("ouvrir"))},
    )


def figures(rows: pd.DataFrame) -> None:
    """Every published figure."""
    t, lang = text(), current()
    st.subheader(t("Chiffres publiés"), anchor=False)
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
    st.subheader(t("Chiffres des régions"), anchor=False)
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
    st.subheader(text()("Tables"), anchor=False)
    st.html(_resource_rows(found.resources, {name: len(getattr(found, name)) for name in found.resources}))


def layers(found: dict[str, dict[str, Any]]) -> None:
    """Every boundary layer: what it is, vintage, sources, licence."""
    st.subheader(text()("Couches géographiques"), anchor=False)
    st.html(_resource_rows(found, {name: layer.get("rows", "") for name, layer in found.items()}))


def method() -> None:
    """How the numbers are made, and what they cannot say."""
    t = text()
    st.subheader(t("Méthode et limites"), anchor=False)
    points = (
        t(
            "**Deux vérités, jamais mêlées.** Le recensement publié en 2023 compte des entreprises sans les nommer ; le "
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
            "**Taux.** Sites pour 100 000 habitants, populations municipales de l'INSEE. En dessous de cinq sites, un taux "
            "est hachuré : un site de plus ou de moins le change beaucoup."
        ),
        t(
            "**Classes des cartes.** Seuils naturels (Fisher-Jenks), cinq au plus, zéro à part. Une commune sans acteur "
            "connu n'est pas une commune sans acteur."
        ),
        t(
            "**Manques connus.** Fournisseurs et CRO sous-représentés, départements 77, 78 et 95 peu couverts, IVETh connu "
            "par le seul chapitre, liste du recensement non publique. Les sites nationaux ne sont pas un recensement."
        ),
    )
    st.markdown("\n".join(f"- {point}" for point in points))
