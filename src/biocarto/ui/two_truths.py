"""The survey of 2023 and the public register, side by side, each under its own name."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from biocarto import charts, labels, rows
from biocarto.analysis.breakdown import TOTAL_FIGURE, Register, Survey, by_department
from biocarto.i18n import number, percent
from biocarto.joins import Catalogue
from biocarto.model import CATEGORY_LABELS, SYMBOLS
from biocarto.ui import html
from biocarto.ui.language import current, text


def _survey_bar(survey: Survey) -> str:
    t, lang = text(), current()
    parts = []
    for share in survey.shares:
        counts = f" {t('ou')} ".join(str(count) for count in share.counts) or t("aucun nombre entier possible")
        derived = f"({counts})"
        parts.append(
            charts.Part(share.category.value, t(CATEGORY_LABELS[share.category]), share.percent, percent(share.percent, lang), derived)
        )
    subtitle = t("Institut Paris Région : {total} entreprises, parts arrondies").format(total=number(survey.total, lang))
    return charts.stacked_bar(
        t("Recensement mis à jour en {year}").format(year=survey.year), subtitle, parts, [html.mark(part.group) for part in parts]
    )


def _register_bar(register: Register) -> str:
    t, lang = text(), current()
    parts = [
        charts.Part(c.value, t(CATEGORY_LABELS[c]), n, number(n, lang), f"({percent(register.shares[c], lang)})")
        for c, n in register.by_category.items()
    ]
    subtitle = t("{companies} entreprises nommées, {sites} sites ; une entreprise peut compter deux fois").format(
        companies=number(register.companies, lang), sites=number(register.company_sites, lang)
    )
    return charts.stacked_bar(t("Répertoire public"), subtitle, parts, [html.mark(part.group) for part in parts])


def _coverage(survey: Survey, register: Register) -> str:
    """How much of the survey the register covers, said plainly; the details one tap away."""
    t, lang = text(), current()
    plain = t("Le répertoire nomme {named} entreprises pour {total} recensées : {share} au plus.").format(
        named=register.companies, total=survey.total, share=percent(100 * register.companies / survey.total, lang)
    )
    details = t(
        "La liste du recensement n'est pas publique : on ne peut pas dire lesquelles sont les mêmes. {twice} "
        "entreprises ont des sites dans deux catégories et comptent "
        "dans chacune. Selon leurs sources, {gone} sont rachetées ou fermées et {unknown} de statut inconnu. "
        "{historic} sites d'entreprises connus seulement par une page antérieure "
        "à 2015 ne sont comptés nulle part."
    ).format(twice=register.in_two_categories, gone=register.no_longer_active, unknown=register.unknown, historic=register.historic)
    return _more(plain, details)


def _more(summary: str, details: str) -> str:
    return f"<details class='bc-source'><summary>{escape(summary)}</summary><p>{details}</p></details>"


def show(survey: Survey, register: Register, catalogue: Catalogue) -> None:
    """Both breakdowns, and what one says of the other."""
    t = text()
    published, named = st.columns(2)
    with published:
        derived = t("Nombres d’entreprises calculés à partir du total et des parts : les seuls entiers qui s’arrondissent ainsi.")
        source = html.source(rows.one(catalogue.figures, TOTAL_FIGURE), t)
        st.html(_survey_bar(survey) + _more(f"{t('Source')} · {survey.year}", f"{source}. {escape(derived)}"))
    with named:
        st.html(_register_bar(register) + _coverage(survey, register))


def departments(found: pd.DataFrame) -> None:
    """The selection by department, each bar divided by group."""
    t = text()
    st.header(t("Par département"), anchor=False)
    if found.empty:
        st.info(t("Aucun acteur avec ces filtres."))
        return
    table = by_department(found)
    keys = [symbol.key for symbol in SYMBOLS if symbol.key in table]
    lines = [(f"{row['name']} ({code})", [(key, int(row[key])) for key in keys], int(row["total"])) for code, row in table.iterrows()]
    names = labels.groups(t)
    st.html(charts.bar_table(t("Sites d'acteurs par département"), (t("Département"), t("Sites"), t("Répartition")), lines))
    st.html("<p class='bc-key'>" + " ".join(f"<span>{html.mark(key)}{names[key]}</span>" for key in keys) + "</p>")
