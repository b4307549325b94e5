"""Île-de-France: its actors on a map, in a sheet, in a table, in files; the survey of 2023 and the public register side by side."""

from dataclasses import replace
from functools import partial

from biocarto.analysis import breakdown
from biocarto.query.filters import Filters
from biocarto.ui.region import map as region_map
from biocarto.ui.region import survey_and_register
from biocarto.ui.shared import (
    accessibility,
    actor_table,
    apart,
    cache,
    downloads,
    embedding,
    filter_bar,
    frame,
    questions,
    room,
    time_slider,
)
from biocarto.ui.shared.language import get_locale

t = get_locale()
catalogue = cache.load_catalogue()

frame.show_heading(t("L'Île-de-France des biothérapies"))
chosen = filter_bar.read()
answer = questions.answer(chosen, catalogue)
found = answer.actors

with room.open_head():
    filter_bar.show_pills(chosen, catalogue, region_map.show_choices)
    filter_bar.show_in_words(filter_bar.write_summary(found, chosen, catalogue), chosen, catalogue)
    time_slider.show(chosen, catalogue)
    accessibility.show_passed()
    region_map.show(found, catalogue, narrowed=replace(chosen, etat="") != Filters())
apart.show(found, chosen, answer.counts["status"], catalogue, answer.undated)
register = cache.make_once("register", lambda: breakdown.count_register(catalogue.actors, catalogue.edition))
survey_and_register.show(cache.make_once("survey", lambda: breakdown.read_survey(catalogue.figures)), register, catalogue)
actor_table.show(found, catalogue)
accessibility.show_files()
said = filter_bar.list_filter_labels(chosen, catalogue)
downloads.show_bar(found, said, catalogue, chosen, more=partial(embedding.show_button, embedding.OF_REGION, chosen.to_params()))
survey_and_register.show_departments(found)
