"""« Citer » at the foot of a page: the sentence and the BibTeX of what is on screen, with its edition and its address."""

from __future__ import annotations

import streamlit as st

from biocarto.clock import read_today
from biocarto.errors import AppError
from biocarto.export.edition import refer_to_edition
from biocarto.export.view_citation import ViewCitation, write_sentence, write_view_bibtex
from biocarto.ui.shared import cache, downloads
from biocarto.ui.shared.language import get_locale


def show(title: str) -> None:
    """A button; what it opens is made then, so that it is of the view as it is. Nothing where the register cannot be read."""
    t = get_locale()
    try:
        catalogue = cache.load_catalogue()
    except AppError:  # the page itself says what is wrong
        return
    box = st.popover(t("Citer cette page"), icon=":material/format_quote:", key="cite", on_change="rerun")
    if not box.open:
        return
    settings, licence = cache.settings(), str(catalogue.resources["actors"]["licence"]["title"])
    reference = refer_to_edition(catalogue.edition, settings)
    found = ViewCitation(reference, settings.publisher, licence, read_today(), title, downloads.build_file_link())
    with box:
        st.code(write_sentence(found, t), language=None, wrap_lines=True)
        st.code(write_view_bibtex(found, t), language=None, wrap_lines=True)
