"""The directory: one search box, every facet, three views of one selection, one link, every format; or a list kept at a stand."""

import streamlit as st

from biocarto.query.select import sort_rows
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
    answers = questions.RunAnswers(catalogue)
    found = answers.find(chosen)
    search.box(meant.asked)
    suggestions.show(meant, answers)
    search.pills(meant, found, answers.find_beyond(chosen), catalogue)
    chips.chips(meant, found, filter_bar.summary(found.actors, chosen, catalogue))
    apart.show(found.actors, chosen, found.counts["status"], catalogue)
    with st.container(horizontal=True, key="directory-tools", vertical_alignment="bottom"):
        sort = results.sort_choice(found)
        rows = cache.filtered("ordered", chosen, lambda: sort_rows(found, sort), sort)
        downloads.formats(rows, active_filters.said(chosen, found), catalogue)
        downloads.link()
    results.show(rows, found, chosen, catalogue, answers)
sheet.comparison(catalogue)
if not check.is_asked():
    actor_table.show(rows, catalogue, keep=not typed)
