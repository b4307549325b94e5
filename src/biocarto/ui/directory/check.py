"""What a pole looks at again: sites that rest on old pages or are not known to be there, by age or by territory."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto.analysis import checklist
from biocarto.analysis.checklist import ASK, SORTS
from biocarto.model import PRESENCE_LABELS, TRUST_LABELS
from biocarto.query import filters
from biocarto.query.filters import DroppedValue, Filters
from biocarto.register import freshness
from biocarto.register.catalogue import Catalogue
from biocarto.rows import get_row
from biocarto.ui.directory import sheet
from biocarto.ui.shared import address, cache, downloads, filter_bar, questions, selectable
from biocarto.ui.shared.actor_table import FEW
from biocarto.ui.shared.language import get_language, get_locale


def is_asked() -> bool:
    """Whether the address asks for the list (`?verifier=1`)."""
    return address.read_value(ASK, {"1"}) == "1"


def _facets(catalogue: Catalogue) -> Filters:
    """What is chosen from lists; words, places and areas of the address stay for the directory, and a notice names them."""
    asked = questions.read(catalogue)
    unused = asked.to_params().keys() - {*filters.FACETS}
    address.note_unknown(DroppedValue(name, value) for name in sorted(unused) for value in asked.to_params()[name])
    return filters.keep_facets(asked)


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    """The list in words (index: actor id)."""
    t = get_locale()
    return pd.DataFrame(
        {
            t("Nom"): rows["name"],
            t("Âge de la page (années)"): rows["age"],
            t("Statut"): rows["presence"].map(lambda presence: t(PRESENCE_LABELS[presence])),
            t("Commune"): rows["commune_name"],
            t("Département"): rows["department_name"],
            t("Confiance"): rows["trust"].map(lambda trust: t(TRUST_LABELS[trust])),
            t("Page de"): rows["status_year"].astype("string"),
            t("Page du statut"): rows["status_source_url"].where(rows["status_source_url"].str.startswith("http"), ""),
            t("Titre de la source"): rows["status_source_title"],
        }
    )


def _territories(rows: pd.DataFrame, catalogue: Catalogue) -> None:
    t = get_locale()
    found = freshness.count_by_territory(rows, catalogue.actors)
    st.header(t("Par territoire"), anchor=False)
    frame = pd.DataFrame(
        {
            t("Département"): found["name"],
            t("À vérifier"): found["to_check"],
            t("Sites du répertoire"): found["actors"],
            t("Page la plus ancienne"): found["oldest"].astype("string"),
        }
    )
    selectable.show("check-territories", frame, "department", height="content", alt=t("Sites à vérifier par département"))


def _heading(rows: pd.DataFrame, catalogue: Catalogue) -> None:
    t, year = get_locale(), freshness.find_old_year(catalogue.edition)
    told = t("Sites dont la page est de {year} ou avant, ou dont la présence n'est pas établie ; les plus anciennes pages d'abord.")
    st.header(f"{t('À vérifier')} · {get_locale().number(len(rows))}", anchor=False)
    st.markdown(told.format(year=year))


def show(catalogue: Catalogue) -> pd.DataFrame:
    """The list to work through, its facets, files, sheet and territories; its rows in their order."""
    t, chosen = get_locale(), _facets(catalogue)
    sort = address.read_value("sort", SORTS, "age")
    rows = cache.make_for_filters("to check", chosen, lambda: checklist.list_rows(chosen, catalogue, sort), sort)
    _heading(rows, catalogue)
    filter_bar.show_pills(chosen, catalogue, lambda: None)
    with st.container(horizontal=True, key="directory-tools", vertical_alignment="bottom"):
        filter_bar.choose_one("sort", {key: t(label) for key, label in SORTS.items()}, "age", t("Trier par"))
        downloads.show_formats(rows, [(t("Liste"), t("À vérifier")), *filter_bar.list_filter_labels(chosen, catalogue)], catalogue)
        downloads.show_link()
        st.button(t("Voir tout l'annuaire"), key="leave-check", icon=":material/close:", on_click=address.clear, args=([ASK, "sort"],))
    if rows.empty:
        st.success(t("Rien à vérifier avec ces filtres."))
        return rows
    _listing(rows, catalogue)
    return rows


def _listing(rows: pd.DataFrame, catalogue: Catalogue) -> None:
    t = get_locale()
    table, beside = st.columns([3, 2])
    with table:
        frame = cache.make_for_rows("table to check", rows, lambda: _readable(rows), get_language())
        config = {t("Page du statut"): st.column_config.LinkColumn(display_text=t("ouvrir"))}
        selectable.show(
            "to-check",
            frame,
            "actor",
            height=560 if len(rows) > FEW else "content",
            column_config=config,
            alt=t("Sites à vérifier, une ligne par site"),
        )
    with beside:
        actor = address.read_value("actor", cache.list_actor_ids())
        if actor:
            sheet.show(get_row(catalogue.actors, catalogue.redirects.get(actor, actor)), catalogue)
        else:
            _territories(rows, catalogue)
