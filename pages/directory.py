"""The directory: one search box, every facet, three views of one selection, one link, every format; or a list kept at a stand."""

import streamlit as st

from biocarto.query.select import sort_rows
from biocarto.ui.directory import check, chips, results, search, sheet, shortlist
from biocarto.ui.shared import (
    accessibility,
    active_filters,
    actor_table,
    apart,
    cache,
    downloads,
    filter_bar,
    frame,
    questions,
    suggestions,
)
from biocarto.ui.shared.language import get_locale

t = get_locale()
catalogue = cache.load_catalogue()
kept, typed = shortlist.read(catalogue), False

frame.show_heading(t("L'annuaire"))
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
    search.show_box(meant.asked)
    suggestions.show(meant, answers)
    search.show_pills(meant, found, answers.find_beyond(chosen), catalogue)
    chips.show_chips(meant, found, filter_bar.write_summary(found.actors, chosen, catalogue))
    apart.show(found.actors, chosen, found.counts["status"], catalogue, found.undated)
    accessibility.show_passed()
    with st.container(horizontal=True, key="directory-tools", vertical_alignment="bottom"):
        sort = results.choose_sort(found)
        rows = cache.make_for_filters("ordered", chosen, lambda: sort_rows(found, sort), sort)
        downloads.show_formats(rows, active_filters.list_filter_labels(chosen, found), catalogue)
        downloads.show_link()
    results.show(rows, found, chosen, catalogue, answers)
sheet.show_comparison(catalogue)
if not check.is_asked():
    actor_table.show(rows, catalogue, keep=not typed)
