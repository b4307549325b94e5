"""Take the report of a territory away: as PDF to print, as a workbook with every row; made when it is asked for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto.analysis.coverage.compare import has_level
from biocarto.clock import read_today
from biocarto.errors import AppError
from biocarto.export.report import files
from biocarto.export.report.coverage import compose
from biocarto.export.report.files import Writer
from biocarto.model import N_
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import accessibility, cache, choropleths, downloads, messages
from biocarto.ui.shared.language import get_language, get_locale

WRITERS: dict[str, tuple[Writer, str, str]] = {
    "pdf": (files.WRITERS["pdf"], "application/pdf", N_("Préparer le rapport PDF")),
    "xlsx": (files.WRITERS["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_("Préparer le classeur Excel")),
}
"""Extension -> what writes a report, its type, what its button says."""

_ICON = ":material/description:"
_COMPOSED = 0.3
"""Share of the progress when the report is composed and not yet written."""


@st.fragment
def show(catalogue: Catalogue, code: str, actors: pd.DataFrame, said: list[tuple[str, str]], undated: int | None = None) -> None:
    """One button per format for the territory of a code, with the actors that filters have left; only this part of the page reruns."""
    t = get_locale()
    with st.container(horizontal=True, key="coverage-report"):
        asked = [kind for kind, (_, _, label) in WRITERS.items() if st.button(t(label), key=f"report-{kind}", icon=_ICON)]
    accessibility.announce("file", "")
    for kind in asked:
        _make(kind, catalogue, code, actors, said, undated=undated)


def _make(kind: str, catalogue: Catalogue, code: str, actors: pd.DataFrame, said: list[tuple[str, str]], *, undated: int | None) -> None:
    """Compose and write while the progress shows, then offer the file; what goes wrong is said in words."""
    t, (write, mime, _) = get_locale(), WRITERS[kind]
    if not has_level(catalogue.territory, code):
        st.error(t("Ce territoire n'est pas dans nos contours : choisissez-en un autre. Le reste de la page est intact."))
        return
    told = t("Préparation du rapport")
    bar = st.progress(0.0, told)
    try:
        report = compose.compose(
            catalogue,
            code,
            actors,
            layer=cache.load_layer_resources()["communes"],
            lang=get_language(),
            link=downloads.build_file_link(),
            made=read_today(),
            scheme=choropleths.read_scheme(),
            filters_said=said,
            undated=undated,
        )
        bar.progress(_COMPOSED, told)
        data = write(report, lambda share: bar.progress(_COMPOSED + (1 - _COMPOSED) * share, told))
    except AppError as error:
        st.error(messages.escape_markdown(error.message(get_language())))
    else:
        name = files.name_file(report, catalogue, actors, said, kind)
        label = t("Télécharger {name}").format(name=messages.escape_markdown(name))
        accessibility.announce("file", t("Fichier prêt : {name}").format(name=name))
        st.download_button(label, data, name, mime, key=f"report-{kind}-file", icon=":material/download:", on_click="ignore")
    bar.empty()
