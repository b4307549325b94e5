"""The directory: one search box, every facet, three views of one selection, one link, every format; or a list kept at a stand."""

import streamlit as st

from biocarto.analysis import facets
from biocarto.ui import (
    active_filters,
    actor_table,
    apart,
    cache,
    directory_check,
    directory_chips,
    directory_kept,
    directory_results,
    directory_search,
    directory_sheet,
    filter_bar,
    frame,
    questions,
    readings,
    take_away,
)
from biocarto.ui.language import text

t = text()
catalogue = cache.catalogue()
kept, typed = directory_kept.read(catalogue), False

frame.heading(t("L'annuaire"))
if kept.ids:
    rows = directory_kept.show(kept, catalogue)
elif directory_check.is_asked():
    rows = directory_check.show(catalogue)
else:
    meant = questions.interpret(questions.read(catalogue), catalogue)
    chosen = meant.filters
    typed = chosen.is_typed()
    found, beyond = questions.answer(chosen, catalogue), questions.answer_beyond(chosen, catalogue)
    directory_search.box(meant.asked)
    readings.show(meant, catalogue)
    directory_search.pills(meant, found, beyond, catalogue)
    directory_chips.chips(meant, found, filter_bar.summary(found.actors, chosen, catalogue))
    apart.show(found.actors, chosen, found.counts["status"], catalogue)
    with st.container(horizontal=True, key="directory-tools", vertical_alignment="bottom"):
        sort = directory_results.sort_choice(found)
        rows = cache.filtered("ordered", chosen, lambda: facets.sort_rows(found, sort), sort)
        take_away.formats(rows, active_filters.said(chosen, found), catalogue)
        take_away.link()
    directory_results.show(rows, found, chosen, catalogue, beyond)
directory_sheet.comparison(catalogue)
if not directory_check.is_asked():
    actor_table.show(rows, catalogue, keep=not typed)
