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
    embedding,
    filter_bar,
    frame,
    picture_button,
    questions,
    room,
    suggestions,
)
from biocarto.ui.shared.language import get_locale

t = get_locale()
catalogue = cache.load_catalogue()
kept, typed = shortlist.read(catalogue), False

with st.container(horizontal=True, key="title-row", vertical_alignment="center"):
    frame.show_heading(t("L'annuaire"))
    box = st.container(key="directory-box")
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
    sort = results.read_sort(found)
    rows = cache.make_for_filters("ordered", chosen, lambda: sort_rows(found, sort), sort)
    with box:
        search.show_box(meant.asked)
    with room.open_head():
        with st.container(key="directory-question"):
            suggestions.show(meant, answers)
            with st.container(horizontal=True, key="directory-bar", vertical_alignment="center"):
                search.show_pills(meant, found, answers.find_beyond(chosen), catalogue)
                accessibility.show_passed()
                with st.container(horizontal=True, key="directory-tools", vertical_alignment="center"):
                    downloads.show_formats(rows, active_filters.list_filter_labels(chosen, found), catalogue)
                    downloads.show_link()
            chips.show_chips(meant, found, filter_bar.write_summary(found.actors, chosen, catalogue))
        results.show(rows, found, chosen, catalogue, answers)
    apart.show(found.actors, chosen, found.counts["status"], catalogue, found.undated)
sheet.show_comparison(catalogue)
if not check.is_asked():
    actor_table.show(rows, catalogue, keep=not typed)
if not kept.ids and not check.is_asked():
    with st.container(horizontal=True, key="directory-elsewhere"):
        picture_button.show("directory", chosen.to_params())
        embedding.show_button(embedding.OF_DIRECTORY, meant.asked.to_params())
