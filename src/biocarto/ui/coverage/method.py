"""How the numbers of the coverage page are made: every formula, every definition, every limit."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.coverage.absences import DISTANCE_NOTE
from biocarto.analysis.coverage.chain import MISSING_NOTE
from biocarto.analysis.coverage.coverage import BASES, MEANINGS, SMALL_NUMBERS
from biocarto.analysis.coverage.territories import SCHEME_LABELS, SCHEME_NOTES, SMALL
from biocarto.labels import FIELD_LABELS
from biocarto.render import html
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html


def show() -> None:
    """Formulas, bases of the shares, class breaks, limits."""
    st.header(get_locale()("Méthode"), anchor=False)
    show_html(cache.make_once("method of coverage", _method, get_language()))


def _method() -> Markup:
    t = get_locale()
    formulas = [(t(meaning.label), escape(t(meaning.formula))) for meaning in MEANINGS.values()]
    bases = [(t(FIELD_LABELS[facet]), escape(t(base))) for facet, base in BASES.items()]
    schemes = [(t(label), escape(t(SCHEME_NOTES[scheme]))) for scheme, label in SCHEME_LABELS.items()]
    limits = [
        (t("Petits nombres"), escape(t(SMALL_NUMBERS).format(n=SMALL))),
        (t("Absences"), escape(t(MISSING_NOTE))),
        (t("Distances"), escape(t(DISTANCE_NOTE))),
    ]
    return Markup("<div class='bc-method'>{}</div>").format(html.render_facts([*formulas, *bases, *schemes, *limits]))
