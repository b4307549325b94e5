"""The directory: one search box, every facet, three views of one selection, one link, every format; or a list kept at a stand."""

import streamlit as st

from biocarto.query import facets
from biocarto.ui.directory import check, chips, results, search, sheet, shortlist
from biocarto.ui.shared import active_filters, actor_table, apart, cache, downloads, filter_bar, frame, questions, suggestions
from biocarto.ui.shared.language import text

t = text()
catalogue = cache.catalogue()
kept, typed = shortlist.read(catalogue), False

frame.heading(t("L'annuaire"))
if kept.ids:
    rows = shortlist.show(kept, catalogue)
elif check.is_asked():
    rows = check.show(catalogue)
else:
    meant = questions.interpret(questions.read(catalogue), catalogue)
    chosen = meant.filters
    typed = chosen.is_typed()
    found, beyond = questions.answer(chosen, catalogue), questions.answer_beyond(chosen, catalogue)
    search.box(meant.asked)
    suggestions.show(meant, catalogue)
    search.pills(meant, found, beyond, catalogue)
    chips.chips(meant, found, filter_bar.summary(found.actors, chosen, catalogue))
    apart.show(found.actors, chosen, found.counts["status"], catalogue)
    with st.container(horizontal=True, key="directory-tools", vertical_alignment="bottom"):
        sort = results.sort_choice(found)
        rows = cache.filtered("ordered", chosen, lambda: facets.sort_rows(found, sort), sort)
        downloads.formats(rows, active_filters.said(chosen, found), catalogue)
        downloads.link()
    results.show(rows, found, chosen, catalogue, beyond)
sheet.comparison(catalogue)
if not check.is_asked():
    actor_table.show(rows, catalogue, keep=not typed)
