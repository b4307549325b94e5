"""The table twin of the map: the same rows, every fact with its source."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.i18n import Locale
from biocarto.model import N_, PRECISION_LABELS, PRESENCE_LABELS
from biocarto.names import fold
from biocarto.register.catalogue import Catalogue
from biocarto.rows import list_rows
from biocarto.ui.shared import cache, selectable
from biocarto.ui.shared.data_table import write_cells
from biocarto.ui.shared.language import get_language, get_locale

FEW = 10
"""Rows that a table shows whole: it is then as tall as they are, without empty lines."""
_WIDTHS = {N_("Nom"): 340, N_("Groupe"): 285, N_("Activité"): 260, N_("Modalités"): 150, N_("Commune"): 150, N_("Département"): 130}
"""CSS pixels of the first columns. Streamlit measures a few rows and cuts the names of the others; all of these are in sight at 1400."""


def _list_widths(t: Locale) -> dict[str, Any]:
    """How each column stands on the screen; what is not named here is as wide as its first cells."""
    widths = {t(name): st.column_config.Column(width=width) for name, width in _WIDTHS.items()}
    return {**widths, t("Source"): st.column_config.LinkColumn(display_text=t("ouvrir"))}


def _readable(actors: pd.DataFrame) -> pd.DataFrame:
    """The columns of the screen, in words, by name (index: actor id)."""
    t = get_locale()
    found = actors.sort_values("name", key=lambda names: names.map(fold))
    groups = labels.label_groups(t)
    return pd.DataFrame(
        {
            t("Nom"): found["name"],
            t("Groupe"): found["group"].map(groups),
            t("Activité"): [t.read_cell(row, "activity") for row in list_rows(found)],
            t("Modalités"): [labels.label_modalities(values, t) for values in found["modalities"]],
            t("Commune"): found["commune_name"],
            t("Département"): found["department_name"],
            t("Site"): found["site"],
            t("Statut"): found["presence"].map(lambda s: t(PRESENCE_LABELS[s])),
            t("Position connue"): found["precision"].map(lambda p: t(PRECISION_LABELS[p])),
            t("Date de la source"): found["as_of"].astype(str),
            t("Source"): found["source_url"].where(found["source_url"].str.startswith("http"), ""),
            t("Titre de la source"): found["source_title"],
        }
    )


def show(found: pd.DataFrame, catalogue: Catalogue, *, keep: bool = True) -> None:
    """The rows of the selection; a chosen row opens its sheet beside the map. `keep`: as in `cache.make_for_rows`."""
    t = get_locale()
    st.header(t("Le tableau"), anchor=False)
    if found.empty:
        st.info(t("Aucun acteur avec ces filtres. Retirez un filtre au-dessus de la carte ; rien n'est perdu."))
        return
    everyone = cache.make_once("actor table", lambda: _readable(catalogue.actors), get_language())
    selectable.show(
        "actors",
        cache.make_for_rows(
            "actor table", found, lambda: write_cells(everyone.loc[found.index], get_language()), get_language(), keep=keep
        ),
        "actor",
        unprinted=(t("Modalités"), t("Site"), t("Position connue"), t("Source")),
        height=420 if len(found) > FEW else "content",
        column_config=_list_widths(t),
        alt=t("Acteurs du répertoire public, une ligne par site"),
    )
